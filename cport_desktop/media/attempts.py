"""What an intruder would try from inside a confined child: each a system call, made as native code
would make it.

All of them are harmless where they succeed: they ask, open or allocate, and leave nothing behind. A
child tries one and says what came of it, unless the kernel ended it before it could.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_AT_FDCWD: Final = -100
_READ, _NAMELESS = 0, 0o20200002
_INET, _UNIX, _NETLINK, _STREAM, _DATAGRAM = 2, 1, 16, 1, 2
_NEW_USER: Final = 0x10000000
_PAGE: Final = 4096
_READABLE_RUNNABLE, _ALL_ACCESS, _PRIVATE_ANONYMOUS = 5, 7, 0x22
_TWO_GIBIBYTES: Final = 2 << 30
_X32: Final = 0x40000000
_ROOM: Final = 256
_NO_SUCH_KEY: Final = 0x63706F72

Argument = int | bytes


@dataclass(frozen=True, slots=True)
class Attempt:
    """`x86_64`, `aarch64`: the number of the call; None where there is none, so that it cannot be
    tried there. Among the `arguments`, `PARENT` and `ROOM` stand for what only exists then.
    """

    name: str
    x86_64: int | None
    aarch64: int | None
    arguments: tuple[Argument, ...]

    def number(self, machine: str) -> int | None:
        return {"x86_64": self.x86_64, "aarch64": self.aarch64}.get(machine)


PARENT: Final = -1_000_001
"""Stands for the number of the parent process."""
ROOM: Final = -1_000_002
"""Stands for some bytes of memory."""

_PASSWD: Final = b"/etc/passwd"

ATTEMPTS: Final = (
    Attempt("open a file", 257, 56, (_AT_FDCWD, _PASSWD, _READ, 0)),
    Attempt("open a file, old call", 2, None, (_PASSWD, _READ, 0)),
    Attempt("open a file, new call", 437, 437, (_AT_FDCWD, _PASSWD, ROOM, 24)),
    Attempt("create a file here", 257, 56, (_AT_FDCWD, b".", _NAMELESS, 0o600)),
    Attempt("create a file in shared memory", 257, 56, (_AT_FDCWD, b"/dev/shm", _NAMELESS, 0o600)),
    Attempt("create a file, old call", 85, None, (b"/nonexistent/attempt", 0o600)),
    Attempt("look at a file", 262, 79, (_AT_FDCWD, _PASSWD, ROOM, 0)),
    Attempt("look at a file, new call", 332, 291, (_AT_FDCWD, _PASSWD, 0, 0, ROOM)),
    Attempt("list a folder", 217, 61, (0, ROOM, _ROOM)),
    Attempt("read a link", 267, 78, (_AT_FDCWD, b"/proc/self/exe", ROOM, _ROOM)),
    Attempt("change the folder", 80, 49, (b"/",)),
    Attempt("remove a file", 263, 35, (_AT_FDCWD, b"/nonexistent/attempt", 0)),
    Attempt(
        "rename a file", 316, 276, (_AT_FDCWD, b"/nonexistent/a", _AT_FDCWD, b"/nonexistent/b", 0)
    ),
    Attempt("control a device", 16, 29, (0, 0x5401, ROOM)),
    Attempt("a network socket", 41, 198, (_INET, _STREAM, 0)),
    Attempt("a datagram socket", 41, 198, (_INET, _DATAGRAM, 0)),
    Attempt("a local socket", 41, 198, (_UNIX, _STREAM, 0)),
    Attempt("a kernel socket", 41, 198, (_NETLINK, 3, 0)),
    Attempt("connect", 42, 203, (0, ROOM, 16)),
    Attempt("send to", 44, 206, (0, ROOM, 1, 0, ROOM, 16)),
    Attempt("another program", 59, 221, (b"/nonexistent/program", 0, 0)),
    Attempt("another program, new call", 322, 281, (_AT_FDCWD, b"/nonexistent/program", 0, 0, 0)),
    Attempt("fork", 57, None, ()),
    Attempt("clone", 56, 220, (17, 0, 0, 0, 0)),
    Attempt("clone, new call", 435, 435, (ROOM, 64)),
    Attempt("signal the parent", 62, 129, (PARENT, 0)),
    Attempt("hold the parent", 434, 434, (PARENT, 0)),
    Attempt("trace the parent", 101, 117, (0x4206, PARENT, 0, 0)),
    Attempt("read the parent's memory", 310, 270, (PARENT, ROOM, 1, ROOM, 1, 0)),
    Attempt("take a descriptor of the parent", 438, 438, (0, 0, 0)),
    Attempt("a namespace of its own", 272, 97, (_NEW_USER,)),
    Attempt("memory that can be run", 9, 222, (0, _PAGE, _ALL_ACCESS, _PRIVATE_ANONYMOUS, -1, 0)),
    Attempt("make memory runnable", 10, 226, (ROOM, _PAGE, _READABLE_RUNNABLE)),
    Attempt("a file in memory", 319, 279, (b"attempt", 0)),
    Attempt("an asynchronous queue", 425, 425, (1, ROOM)),
    Attempt("a program for the kernel", 321, 280, (0, ROOM, 16)),
    Attempt("the kernel's keys", 250, 219, (0, 0, 0)),
    Attempt("shared memory", 29, 194, (_NO_SUCH_KEY, 0, 0)),
    Attempt("a queue of messages", 68, 186, (_NO_SUCH_KEY, 0)),
    Attempt("the second numbering", _X32 + 39, None, ()),
    Attempt("page faults of its own", 323, 282, (1,)),
    Attempt("count events of the machine", 298, 241, (ROOM, 0, -1, -1, 0)),
    Attempt("lift its limits", 302, 261, (0, 7, ROOM, 0)),
    Attempt("become another user", 117, 147, (0, 0, 0)),
    Attempt("change its own rules", 157, 167, (4, 1, 0, 0, 0)),
    Attempt("another filter", 317, 277, (1, 0, ROOM)),
    Attempt("move data between pipes", 275, 76, (3, 0, 4, 0, 1, 0)),
    Attempt("copy a descriptor", 32, 23, (0,)),
    Attempt("another pipe", 293, 59, (ROOM, 0)),
    Attempt("two gibibytes above the limit", 9, 222, (0, 2 * _TWO_GIBIBYTES, 3, 0x22, -1, 0)),
)
"""Those of the machine's tables that reach outside, start something, or loosen the confinement."""


class Outcome(StrEnum):
    """What came of an attempt."""

    ENDED = "ended"
    """The kernel ended the child."""
    DENIED = "denied"
    """The call was answered with a refusal."""
    REACHED = "reached"
    """The call was carried out, or looked at by the kernel: nothing stands before it."""
    UNKNOWN = "unknown"
    """This machine has no such call."""


_REFUSALS: Final = frozenset({errno.EACCES, errno.ENOMEM})
"""The soft refusal of the filter, and memory above the limit."""


@dataclass(frozen=True, slots=True)
class Tried:
    name: str
    outcome: Outcome


def outcome_of(error: int) -> Outcome:
    """What an error's number means; 0: it succeeded."""
    return Outcome.DENIED if error in _REFUSALS else Outcome.REACHED
