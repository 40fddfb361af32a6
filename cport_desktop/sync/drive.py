"""Removable media: files that appear whole or not at all, and a name for each way to fail.

A file is written under an unfinished name, flushed, opened again, read back through the drive and
compared with what was meant to be written. Only then it gets its name, and only when its folder is
flushed too may the drive be unplugged. Nothing that lies there is ever overwritten.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from cport_desktop.errors import (
    BundleMalformed,
    CportError,
    DriveAbsent,
    DriveForeign,
    DriveFull,
    DriveLocked,
    DriveReadOnly,
    DriveRemoved,
    DriveUnreliable,
    FileTooLargeForDrive,
    MessageTooLarge,
    OutputExists,
)
from cport_desktop.formats.bundle_header import MAGIC
from cport_desktop.formats.sealed_message import FORMAT_LINE

PIECE: Final = 1024 * 1024
"""Bytes that are read at once."""

_KINDS: Final[dict[int, type[CportError]]] = {
    errno.EEXIST: OutputExists,
    errno.ENOSPC: DriveFull,
    errno.EDQUOT: DriveFull,
    errno.EFBIG: FileTooLargeForDrive,
    errno.EROFS: DriveReadOnly,
    errno.EACCES: DriveLocked,
    errno.EPERM: DriveLocked,
    errno.EIO: DriveRemoved,
    errno.ENODEV: DriveRemoved,
    errno.ENXIO: DriveRemoved,
    errno.ESTALE: DriveRemoved,
    errno.ENOTCONN: DriveRemoved,
    errno.ESHUTDOWN: DriveRemoved,
}
_NOT_THERE: Final = (errno.ENOENT, errno.ENOTDIR)
_PART: Final = re.compile(r"\.[0-9]{3,4}")
_BEGINNING: Final = 8
_OURS: Final = (MAGIC[:_BEGINNING], FORMAT_LINE[:_BEGINNING], b'{"schema')
"""How bundles, messages and answers begin."""
_BINARY: Final = getattr(os, "O_BINARY", 0)
_WITHOUT_WAITING: Final = getattr(os, "O_NONBLOCK", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def naming_drive_faults(path: Path, *, is_begun: bool) -> Iterator[None]:
    """What the operating system raises inside becomes an error of our tree. `is_begun`: the drive
    was there a moment ago, so that what is missing now was taken away.

    Raises:
        DriveAbsent, DriveLocked, DriveReadOnly, DriveFull, DriveRemoved, DriveForeign,
        FileTooLargeForDrive, OutputExists.
    """
    try:
        yield
    except OSError as error:
        code, where = error.errno or 0, str(path)
        if code in _NOT_THERE:
            kind: type[CportError] = DriveRemoved if is_begun else DriveAbsent
            raise kind(path=where) from error
        if code in _KINDS:
            raise _KINDS[code](path=where) from error
        cause = os.strerror(code) if code else "unknown"
        raise DriveForeign(path=where, cause=cause) from error


def require_room(folder: Path, size: int) -> None:
    """Nothing, if `size` bytes fit there by what the drive says of itself.

    Raises:
        DriveFull: they do not (wanted, free).
        DriveAbsent, DriveLocked: there is no such folder, or not for this account.
    """
    with naming_drive_faults(folder, is_begun=False):
        if not folder.stat() or not hasattr(os, "statvfs"):
            return
        room = os.statvfs(folder)
    free = room.f_bavail * room.f_frsize
    # Some file systems tell no size at all.
    if room.f_blocks and free < size:
        raise DriveFull(path=str(folder), wanted=size, free=free)


def require_free(path: Path) -> None:
    """Nothing, if no file has this name.

    Raises:
        OutputExists: one has.
    """
    with naming_drive_faults(path, is_begun=False):
        if os.path.lexists(path):
            raise OutputExists(path=str(path))


class UnfinishedFile:
    """A new private file beside `target`, under another name until `name` is called."""

    def __init__(self, target: Path) -> None:
        """Begun; what a cut left there of a bundle is replaced.

        Raises:
            The errors of `naming_drive_faults`.
        """
        self.target = target
        self._path = target.with_name(f"{target.name}.unfinished")
        self._digest = hashlib.sha256()
        with naming_drive_faults(target, is_begun=False):
            _remove_left_over(self._path)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK
            self._descriptor: int | None = os.open(self._path, flags, 0o600)

    def write(self, piece: memoryview) -> None:
        """All of `piece` was taken by the drive's file system, or an error is raised."""
        if self._descriptor is None:
            raise RuntimeError("this file is closed")
        self._digest.update(piece)
        with naming_drive_faults(self.target, is_begun=True):
            rest = piece
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]

    def flush(self) -> None:
        """All that was written lies on the drive, by what the drive says."""
        with naming_drive_faults(self.target, is_begun=True):
            descriptor, self._descriptor = self._descriptor, None
            if descriptor is None:
                raise RuntimeError("this file is closed")
            try:
                os.fsync(descriptor)
                _forget_cached(descriptor)
            finally:
                os.close(descriptor)

    def verify(self) -> None:
        """What lies on the drive is what was written: every byte, asked of the drive and not of this
        machine's memory, where the system has a way to ask.

        Raises:
            DriveUnreliable: it is something else.
        """
        found = hashlib.sha256()
        with naming_drive_faults(self.target, is_begun=True), self._path.open("rb") as file:
            _forget_cached(file.fileno())
            while piece := file.read(PIECE):
                found.update(piece)
        if found.digest() != self._digest.digest():
            raise DriveUnreliable(path=str(self.target))

    def name(self) -> None:
        """It is called as it should be, and has taken nobody's place."""
        with naming_drive_faults(self.target, is_begun=True):
            try:
                os.link(self._path, self.target)  # Unlike a renaming it never replaces.
                self._path.unlink()
            except FileExistsError:
                raise
            except OSError:
                # File systems of removable media know no links.
                if os.path.lexists(self.target):
                    raise OutputExists(path=str(self.target)) from None
                self._path.rename(self.target)

    def discard(self) -> None:
        """Nothing of it is left, as far as the drive still answers."""
        with suppress(OSError):
            if self._descriptor is not None:
                os.close(self._descriptor)
        self._descriptor = None
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """The names in `folder` lie on the drive. Where a file system cannot flush a folder by itself, all
    of this machine's drives are flushed.

    Raises:
        The errors of `naming_drive_faults`.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    with naming_drive_faults(folder, is_begun=True):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
            os.sync()
        finally:
            os.close(descriptor)


def open_to_read(path: Path) -> BinaryIO:
    """The file, if it is a usual one: nothing that never ends, waits, or stands for a device.

    Raises:
        DriveAbsent, DriveLocked, DriveRemoved: it cannot be opened.
        BundleMalformed: it is no usual file.
    """
    with naming_drive_faults(path, is_begun=False):
        descriptor = os.open(path, os.O_RDONLY | _BINARY | _WITHOUT_WAITING)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise BundleMalformed(cause="it is no usual file")
            return os.fdopen(descriptor, "rb")
        except BaseException:
            os.close(descriptor)
            raise


def parts_at(path: Path) -> tuple[Path, ...]:
    """`path` itself; or its parts (`path.001` …), where there is no such file but there are those."""
    if os.path.lexists(path):
        return (path,)
    with naming_drive_faults(path, is_begun=False):
        beside = [each for each in path.parent.iterdir() if each.stem == path.name]
    parts = [each for each in beside if _PART.fullmatch(each.suffix)]
    return tuple(sorted(parts)) or (path,)


def write_carried(path: Path, content: bytes) -> None:
    """A new file with this content lies under its name, was read back, and may be unplugged.

    Raises:
        The errors of `naming_drive_faults`, DriveUnreliable.
    """
    require_free(path)
    file = UnfinishedFile(path)
    try:
        file.write(memoryview(content))
        file.flush()
        file.verify()
        file.name()
        flush_folder(path.parent)
    except BaseException:
        file.discard()
        raise


def read_carried(path: Path, *, limit: int) -> bytes:
    """A small file, whole.

    Raises:
        MessageTooLarge: it is longer than `limit`; no more was read.
        The errors of `open_to_read`.
    """
    with open_to_read(path) as file, naming_drive_faults(path, is_begun=True):
        content = file.read(limit + 1)
    if len(content) > limit:
        raise MessageTooLarge(limit=limit)
    return content


def _remove_left_over(path: Path) -> None:
    """What a cut left under the unfinished name is gone, if it is the beginning of what we write.

    Raises:
        OutputExists: it is something else.
    """
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_file():
        raise OutputExists(path=str(path))
    with path.open("rb") as file:
        head = file.read(_BEGINNING)
    # After a power cut the first bytes may be zeros although later ones had arrived.
    if any(head) and not any(each.startswith(head) for each in _OURS):
        raise OutputExists(path=str(path))
    path.unlink()


def _forget_cached(descriptor: int) -> None:
    """What is read next comes from the drive; a wish that not every system grants."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
