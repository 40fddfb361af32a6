"""One process at a time holds a vault.

The lock belongs to the open file and so dies with the process: after a crash nothing has to
be cleared away. The file says who holds it, for the one who is refused.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from cport_desktop.errors import VaultHeld
from cport_desktop.vault.durable_files import PRIVATE_FILE, naming_disk_faults, write_all

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LONGEST = 4096
"""Bytes; what a holder writes is far shorter."""
_FAR_AWAY = 1 << 30
"""Windows locks bytes against reading as well: lock one that nobody reads."""


class LockFile:
    """The lock of one vault, held from construction to `release`.

    Raises:
        VaultHeld: if another process (or another opening in this one) holds it.
    """

    def __init__(self, path: Path, *, program: str) -> None:
        with naming_disk_faults("lock"):
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        self._program = program
        if not _try_to_lock(self._descriptor):
            holder, pid = _read_holder(self._descriptor)
            os.close(self._descriptor)
            raise VaultHeld(holder=holder, pid=pid)
        self.tell(analyst=None)

    def tell(self, *, analyst: str | None) -> None:
        """Write who holds the vault, readable for those who are refused."""
        told = json.dumps({"analyst": analyst, "program": self._program, "pid": os.getpid()})
        with naming_disk_faults("lock"):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            write_all(self._descriptor, told.encode())

    def release(self) -> None:
        """Nobody holds the vault. The file stays: removing it would race with the next one."""
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)


def _try_to_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR_AWAY, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read_holder(descriptor: int) -> tuple[str | None, int | None]:
    """Name of the holder and its process number, as far as they can be read."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        told = json.loads(os.read(descriptor, _LONGEST))
        name, program, pid = told["analyst"], told["program"], int(told["pid"])
    except (ValueError, KeyError, TypeError):
        return None, None
    return f"{name} ({program})" if name else str(program), pid
