"""Files that are there after a power cut, or not at all; and the names of a disk's faults.

A file is durable once it and then its folder were flushed. A flush that failed is never
tried again: the kernel may have marked the pages clean although they were lost.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.errors import StorageFull, StorageUnwritable, VaultDamaged

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""EFBIG: the file system (or a limit set for this process) takes no file of that length."""
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def naming_disk_faults(where: str) -> Iterator[None]:
    """What the operating system raises inside becomes an error of our tree.

    Raises:
        StorageFull, StorageUnwritable, VaultDamaged: as the code says; `where` names the part.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise StorageFull(where=where) from error
        if error.errno in _NOT_ALLOWED:
            raise StorageUnwritable(where=where, cause=os.strerror(error.errno)) from error
        raise VaultDamaged(where=where) from error


def write_all(descriptor: int, content: bytes | bytearray | memoryview) -> None:
    """Every byte of `content` was taken by the operating system, or OSError is raised.

    One call may write less than it was given without an error, on a disk nearly full.
    """
    rest = memoryview(content)
    while rest:
        written = os.write(descriptor, rest)
        if written == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def write_durably(path: Path, content: bytes) -> None:
    """`path` holds `content`, whole and durable; a crash leaves what was there before."""
    new = half_written(path)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(new, path)  # noqa: PTH105 - the one spelling that replaces on every system
    sync_folder(path.parent)


def half_written(path: Path) -> Path:
    """Where `write_durably` prepares what is to lie in `path`; a crash may leave it."""
    return path.with_name(path.name + ".new")


def sync_file(path: Path) -> None:
    """What was written to `path` by whomever is durable."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """The names in `folder` are durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder_durably(folder: Path) -> None:
    """`folder` is there, private, and so are the folders above it that had to be made."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        sync_folder(each.parent)


def make_private_file(path: Path) -> None:
    """An empty file that only its owner reads; whatever is opened there later keeps the mode.

    Raises:
        FileExistsError: if there is one.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
