"""Landlock: the kernel lets this process reach no file, no network, no neighbour.

A second wall behind the filter of system calls (`call_filter`). Whatever this kernel can forbid is
forbidden and nothing allowed. Numbers and rights from linux/landlock.h; the calls have the same
numbers on all architectures.
"""

from __future__ import annotations

import ctypes
import errno
import os
from typing import Final

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1

_FILE_RIGHTS: Final = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From this version on so many rights of files, from bit 0 on: what can be done with a file or a
folder, linking elsewhere, cutting short, controlling devices."""
_NET_RIGHTS: Final = ((4, 2),)
"""Binding and connecting TCP."""
_SCOPES: Final = ((6, 2),)
"""Abstract sockets, and signals, of processes outside."""


class _Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`."""

    _fields_ = (
        ("files", ctypes.c_uint64),
        ("net", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


def raise_wall() -> bool:
    """Nothing outside can be reached any more; False where this kernel has no Landlock. Needs that no
    new privileges can be gained, and one free descriptor.

    Raises:
        OSError: it was refused; then no foreign byte may be read.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(
        ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)
    )
    if version < 0:
        if ctypes.get_errno() in {errno.ENOSYS, errno.EOPNOTSUPP}:
            return False
        raise _failed()
    rules = _Ruleset(*(_all_of(rights, version) for rights in (_FILE_RIGHTS, _NET_RIGHTS, _SCOPES)))
    ruleset = libc.syscall(
        ctypes.c_long(_CREATE_RULESET),
        ctypes.byref(rules),
        ctypes.c_size_t(_known_to(version)),
        ctypes.c_uint32(0),
    )
    if ruleset < 0:
        raise _failed()
    try:
        if libc.syscall(ctypes.c_long(_RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint32(0)):
            raise _failed()
    finally:
        os.close(ruleset)
    return True


def _all_of(rights: tuple[tuple[int, int], ...], version: int) -> int:
    """All bits that `version` knows."""
    known = max((count for since, count in rights if version >= since), default=0)
    return (1 << known) - 1


def _known_to(version: int) -> int:
    """Bytes of the ruleset that `version` knows; a kernel refuses what it does not."""
    fields = 1 + (version >= 4) + (version >= 6)
    return fields * ctypes.sizeof(ctypes.c_uint64)


def _failed() -> OSError:
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code))
