"""Files of updates that are there after a power cut, or not at all; and the names of a disk's faults."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cport_desktop.errors import StorageFull, StorageUnwritable, VaultDamaged

_NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def naming_faults(where: str) -> Iterator[None]:
    """Raises:
    StorageFull, StorageUnwritable, VaultDamaged: what the operating system says; `where` names the part.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise StorageFull(where=where) from error
        if error.errno in _NOT_ALLOWED:
            cause = os.strerror(error.errno)
            raise StorageUnwritable(where=where, cause=cause) from error
        raise VaultDamaged(where=where) from error


@contextmanager
def new_file(path: Path, *, mode: int = 0o600) -> Iterator[int]:
    """The descriptor of a file that is made here; on the medium at the block's good end.

    Raises:
        StorageFull, StorageUnwritable, VaultDamaged: the disk.
    """
    with naming_faults(path.name):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, mode)
        try:
            yield descriptor
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(descriptor: int, content: bytes) -> None:
    """Raises:
    OSError: the medium took less.
    """
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_durably(path: Path, content: bytes) -> None:
    """`path` holds `content`, whole and durable; a crash leaves what was there before.

    Raises:
        StorageFull, StorageUnwritable, VaultDamaged: the disk.
    """
    fresh = path.with_name(path.name + ".new")
    remove(fresh)
    with new_file(fresh) as descriptor:
        write_all(descriptor, content)
    with naming_faults(path.name):
        fresh.replace(path)
        sync_folder(path.parent)


def remove(path: Path) -> None:
    """Nothing is there any more, file or folder.

    Raises:
        StorageUnwritable, VaultDamaged: the disk.
    """
    with naming_faults(path.name):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """The names in `folder` are durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
