"""A backup, laid out as a vault again.

    DIR/unfinished-restore/…   built, opened, checked and recorded in there
    DIR/…                      then moved, the two headers last

Until the first header has its place there is no vault in DIR, whatever is killed when; what was
cut off says so by its name, and the next restore into DIR removes it and begins anew. Every byte
is proved on its way and flushed before the file after it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cport_desktop.domain.progress import Phase
from cport_desktop.errors import OutputExists, StorageFull, VaultExists
from cport_desktop.vault import header_files
from cport_desktop.vault.backup import Watch
from cport_desktop.vault.backup_chain import Chain
from cport_desktop.vault.database import remove_database
from cport_desktop.vault.durable_files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    make_folder_durably,
    naming_disk_faults,
    sync_folder,
    write_all,
)
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.lock_file import LockFile

SPARE = 64 * 1024 * 1024
"""Bytes beside what a backup holds: the log of writes, veils that are made again."""


@contextmanager
def restored_into(directory: Path, *, program: str) -> Iterator[Layout]:
    """A place to lay a vault out in, which is the vault in `directory` when the block ends well,
    and gone when it does not.

    Raises:
        VaultExists: there is a vault already.
        OutputExists: the folder holds something else.
        VaultHeld: another restore is under way there.
        StorageFull, VaultDamaged: the disk.
    """
    target = Layout(directory)
    with naming_disk_faults(directory.name):
        make_folder_durably(directory)
        _require_room_for_a_vault(target)
        lock = LockFile(target.lock, program=program)
    try:
        with naming_disk_faults(directory.name):
            _clear(target)
            directory.chmod(PRIVATE_FOLDER)
            target.unfinished_restore.mkdir(mode=PRIVATE_FOLDER)
            sync_folder(directory)
        try:
            yield Layout(target.unfinished_restore)
            with naming_disk_faults(directory.name):
                _move_up(target)
        except BaseException:
            if not header_files.exist(target):
                _clear(target)
            raise
    finally:
        lock.release()


def unpack(chain: Chain, layout: Layout, *, watch: Watch) -> None:
    """Database and blobs lie in `layout`, durably; every byte was proved.

    Raises:
        BackupDamaged: a part cannot be read; the rest was not looked at.
        StorageFull, VaultDamaged: the disk.
        Cancelled: it was asked to stop.
    """
    total, done = chain.size, 0
    _require_space(layout.directory, total)
    with naming_disk_faults(layout.directory.name):
        for folder in (layout.blobs, layout.staging):
            folder.mkdir(mode=PRIVATE_FOLDER)
    for piece_length in _written(layout.database, chain.target.database()):
        done += piece_length
        watch.tell(Phase.RESTORING, done, total)
    folders: set[Path] = set()
    for reader, entry, offset in chain.blobs():
        path = layout.blob(entry.blob)
        if path.parent not in folders:
            with naming_disk_faults(layout.blobs.name):
                path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            folders.add(path.parent)
        for piece_length in _written(path, reader.blob(entry, offset)):
            done += piece_length
            watch.tell(Phase.RESTORING, done, total)
    with naming_disk_faults(layout.blobs.name):
        for folder in (*sorted(folders), layout.blobs, layout.directory):
            sync_folder(folder)


def space_needed(chain: Chain) -> int:
    """Bytes that have to be free."""
    return chain.size + SPARE


def _require_space(directory: Path, size: int) -> None:
    """Told before an hour's work and not after it."""
    if shutil.disk_usage(directory).free < size + SPARE:
        raise StorageFull(where=str(directory))


def _written(path: Path, pieces: Iterable[bytes]) -> Iterator[int]:
    """A new file of these pieces, flushed behind the last one; the length of each as it goes."""
    with naming_disk_faults(path.name):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        try:
            for piece in pieces:
                write_all(descriptor, piece)
                yield len(piece)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _require_room_for_a_vault(target: Layout) -> None:
    if header_files.exist(target):
        raise VaultExists(path=str(target.directory))
    if target.unfinished_restore.is_dir():
        return
    if any(path != target.lock for path in target.directory.iterdir()):
        raise OutputExists(path=str(target.directory))


def _clear(target: Layout) -> None:
    """Nothing of a restore that was cut off is left in the folder."""
    if not target.unfinished_restore.is_dir():
        return
    for database in (target.database, target.derivatives):
        remove_database(database)
    for folder in (target.blobs, target.staging, target.unfinished_restore):
        with naming_disk_faults(folder.name), suppress(FileNotFoundError):
            shutil.rmtree(folder)


def _move_up(target: Layout) -> None:
    """Everything that was laid out has its place; what makes it a vault comes last."""
    built = Layout(target.unfinished_restore)
    last = built.headers
    for path in sorted(built.directory.iterdir()):
        if path not in last and path != built.lock:
            path.rename(target.directory / path.name)
    sync_folder(target.directory)
    for path in reversed(last):
        path.rename(target.directory / path.name)
        sync_folder(target.directory)
    shutil.rmtree(built.directory)
    sync_folder(target.directory)
