"""One process at a time holds a vault.

The lock belongs to the open file and so dies with the process: after a crash nothing has to
be cleared away, and neither what is left in the file nor a process number that was given to
somebody else decides anything. The file says who holds the vault, for the one who is refused:
a name, a program and a process number, and no more.

Where the system allows it the folder itself is locked too, so that a file that somebody
removed does not let a second one in.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import msgspec

from cport_desktop.errors import LockUnsupported, StorageFull, VaultDamaged, VaultHeld
from cport_desktop.vault.durable_files import PRIVATE_FILE, naming_disk_faults, write_all
from cport_desktop.words import places as words

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_RECORD = 4096
"""Bytes of what a holder writes, filled up with blanks: written in one call over what was there,
so that nobody reads half of it. Two words of the longest kind fit in JSON's longest spelling."""
_LONGEST_WORD = 200
"""Characters of a name or a program that are told."""
_FAR_AWAY = 1 << 30
"""Windows locks bytes against reading as well: lock one that nobody reads."""
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
_UNSUPPORTED = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL)
_ATTEMPTS = 5
"""How often a file that was removed between opening and locking is made anew."""
_ASKED_FOR_HOLDER = 20
_BETWEEN = 0.01
"""Seconds between two looks: a new holder has not yet told its name, for some microseconds."""


_ProcessNumber = Annotated[int, msgspec.Meta(gt=0, lt=2**31)]


class _Holder(msgspec.Struct, frozen=True):
    """What the file says. It vouches for nothing: anybody who may write there wrote it."""

    program: str
    pid: _ProcessNumber
    analyst: str | None = None


class LockFile:
    """The lock of one vault, held from construction to `release`.

    Raises:
        VaultHeld: another process (or another opening in this one) holds it. Nobody waits.
        LockUnsupported: the file system knows no locks.
        StorageFull, VaultDamaged: the disk.
    """

    def __init__(self, path: Path, *, program: str) -> None:
        self._program = program
        self._descriptor = _locked(path)
        self._folder: int | None = None
        try:
            self._folder = _locked_folder(path)
            self.tell(analyst=None)
        except BaseException:
            self.release()
            raise

    def tell(self, *, analyst: str | None) -> None:
        """Write who holds the vault, readable for those who are refused."""
        name = None if analyst is None else analyst[:_LONGEST_WORD]
        told = msgspec.json.encode(_Holder(self._program[:_LONGEST_WORD], os.getpid(), name))
        self._overwrite(told.ljust(_RECORD))

    def release(self) -> None:
        """Nobody holds the vault. The file stays: removing it would race with the next one."""
        try:
            # What stands in the file decides nothing; a full or broken disk must not keep the lock.
            with suppress(StorageFull, VaultDamaged):
                self._overwrite(b"")
        finally:
            if self._folder is not None:
                os.close(self._folder)
                self._folder = None
            os.close(self._descriptor)

    def _overwrite(self, content: bytes) -> None:
        with naming_disk_faults("lock"):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            write_all(self._descriptor, content)
            os.ftruncate(self._descriptor, len(content))


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else makes a vault in `folder` in the block, or has one open there.

    Where folders cannot be locked nothing is promised.

    Raises:
        VaultHeld: somebody does.
    """
    descriptor = _locked_folder(folder / "lock")
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(path: Path) -> int:
    """A descriptor of the file that bears this name, locked."""
    for _ in range(_ATTEMPTS):
        with naming_disk_faults("lock"):
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(path, flags, PRIVATE_FILE)
        try:
            if not _try_to_lock(descriptor):
                raise _held(descriptor)
            if _bears_name(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    raise VaultDamaged(where="lock (removed again and again)")


def _locked_folder(path: Path) -> int | None:
    """The folder, locked; None where only files can be."""
    if sys.platform == "win32":
        return None
    with naming_disk_faults("lock"):
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _try_to_lock(descriptor):
            return descriptor
        # Its file had been removed under the one who holds the folder.
        raise VaultHeld(holder=words.UNKNOWN_HOLDER, pid=None)
    except LockUnsupported:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise


def _try_to_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR_AWAY, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return refused_lock(error)
    return True


def refused_lock(error: OSError) -> bool:
    """False: somebody else has the lock.

    Raises:
        LockUnsupported: nobody can have one there.
        VaultDamaged: the disk.
    """
    if error.errno in _TAKEN:
        return False
    # EBADF: some file systems lock only what is open for writing, and a folder never is.
    if error.errno in (*_UNSUPPORTED, errno.EBADF):
        raise LockUnsupported(cause=errno.errorcode[error.errno]) from error
    raise VaultDamaged(where="lock") from error


def _bears_name(descriptor: int, path: Path) -> bool:
    """Nobody removed or replaced the file between our opening and our locking it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _held(descriptor: int) -> VaultHeld:
    for _ in range(_ASKED_FOR_HOLDER):
        holder = _read_holder(descriptor)
        if holder is not None and _is_running(holder.pid):
            return VaultHeld(holder=_in_words(holder), pid=holder.pid)
        time.sleep(_BETWEEN)
    return VaultHeld(holder=words.UNKNOWN_HOLDER, pid=None)


def _read_holder(descriptor: int) -> _Holder | None:
    """What the file says, if it can be understood."""
    with naming_disk_faults("lock"):
        os.lseek(descriptor, 0, os.SEEK_SET)
        untrusted = os.read(descriptor, _RECORD)
    try:
        return msgspec.json.decode(untrusted, type=_Holder)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _is_running(pid: int) -> bool:
    """Whether there is such a process: what a dead one left behind names nobody."""
    if sys.platform == "win32":
        return True  # os.kill would end it there.
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True


def _in_words(holder: _Holder) -> str:
    program = _legible(holder.program)
    return f"{_legible(holder.analyst)} ({program})" if holder.analyst else program


def _legible(untrusted: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in untrusted[:_LONGEST_WORD])
