"""Lays an application out that lies in an archive: plain files and folders, nothing else, within bounds.

The archive was signed, so its names are not those of a stranger; they are bounded all the same, since a
mistake of whoever built it must not write beside the folder.
"""

from __future__ import annotations

import os
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NoReturn

from cport_desktop.domain.progress import IsCancelled
from cport_desktop.errors import Cancelled, UpdateUntrusted
from cport_desktop.updates.durably import naming_faults, new_file, sync_folder, write_all
from cport_desktop.words import updates as words

MOST_FILES: Final = 50_000
LARGEST_WHOLE: Final = 4 * 1024**3
_LONGEST_NAME: Final = 400
_PIECE: Final = 1 << 20


def unpack(archive: Path, into: Path, *, is_cancelled: IsCancelled) -> None:
    """The tree in the gzipped tar file `archive` lies in `into`, without the one folder around it; all of
    it is on the medium.

    Raises:
        UpdateUntrusted: it is no such archive, or holds anything else or more than an application.
        Cancelled: it was asked to stop. StorageFull, StorageUnwritable, VaultDamaged: the disk.
    """
    with naming_faults(into.name):
        into.mkdir(mode=0o700)
    folders = {into}
    try:
        # A stream: the archive is read once, and no member is looked up by its name.
        with tarfile.open(archive, "r|gz") as tar:
            for member, path in _members(tar):
                if is_cancelled():
                    raise Cancelled
                _write(tar, member, into / path)
                folders.update(folder for folder in (into / path).parents if folder != into.parent)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise _untrusted() from error
    with naming_faults(into.name):
        for folder in sorted(folders):
            if folder.is_relative_to(into):
                sync_folder(folder)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, Path]]:
    """Each file and where it belongs, below one folder that all are in."""
    total, top, count = 0, None, 0
    for member in tar:
        total, count = total + member.size, count + 1
        if total > LARGEST_WHOLE or count > MOST_FILES:
            _refuse()
        if member.isdir():
            continue
        parts = PurePosixPath(member.name).parts
        top = top or parts[0]
        is_sound = parts[0] == top and len(parts) > 1 and not {"..", "/"} & set(parts)
        if not member.isreg() or not is_sound or not _is_plain(member.name):
            _refuse()
        yield member, Path(*parts[1:])


def _is_plain(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and "\\" not in name and ":" not in name and "\0" not in name


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    source = tar.extractfile(member)
    if source is None:
        _refuse()
    mode = 0o700 if member.mode & 0o100 else 0o600
    with naming_faults(path.name):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.path.lexists(path):
        _refuse()
    with new_file(path, mode=mode) as descriptor:
        while piece := source.read(_PIECE):
            write_all(descriptor, piece)


def _refuse() -> NoReturn:
    raise _untrusted()


def _untrusted() -> UpdateUntrusted:
    return UpdateUntrusted(what="archive", cause=words.UNTRUSTED["archive"])
