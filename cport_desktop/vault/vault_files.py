"""The files of a vault's folder: both headers as they should be, the log of writes whole, and
nothing there that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cport_desktop.errors import VaultDamaged
from cport_desktop.vault import header_record, write_log
from cport_desktop.vault.header import LONGEST_HEADER, print_header
from cport_desktop.vault.snapshot import COPY_PREFIX
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import vault_faults as words

DRILL_PREFIX = "drill-"
"""How folders of drills begin, in staging."""
_BESIDE_A_DATABASE = ("", "-wal", "-shm")
_HEX = frozenset("0123456789abcdef")

Fault = tuple[str, str]
"""Where, and what in a sentence."""


def faults_of_folder(vault: Vault) -> Iterator[Fault]:
    """All that is wrong with the files but with what is in them."""
    yield from _headers(vault)
    yield from _log_of_writes(vault)
    yield from _strays(vault)
    yield from _stray_blobs(vault)
    yield from _stray_staged(vault)


def _headers(vault: Vault) -> Iterator[Fault]:
    try:
        with vault.reader() as reader:
            expected = print_header(header_record.load(reader.connection))
    except VaultDamaged:
        yield "header", words.RECORD_UNREADABLE
        return
    for path in vault.layout.headers:
        content = None
        with suppress(OSError), path.open("rb") as file:
            content = file.read(LONGEST_HEADER + 1)
        if content is None:
            yield path.name, words.HEADER_MISSING
        elif content != expected:
            yield path.name, words.HEADER_DIFFERS


def _log_of_writes(vault: Vault) -> Iterator[Fault]:
    path = write_log.log_of_writes(vault.layout.database)
    try:
        with vault.transaction():  # Nobody writes while it is read.
            found = write_log.scan(path)
    except VaultDamaged:
        yield path.name, words.CANNOT_BE_READ
        return
    if found.is_damaged:
        yield path.name, words.log_of_writes_damaged(found.sound + 1, found.lost_commits)


def _strays(vault: Vault) -> Iterator[Fault]:
    layout = vault.layout
    known = {path.name for path in (*layout.headers, layout.blobs, layout.staging, layout.lock)}
    for database in (layout.database, layout.derivatives, layout.next_database):
        known |= {database.name + suffix for suffix in _BESIDE_A_DATABASE}
    for path in sorted(layout.directory.iterdir()):
        if path.name not in known:
            yield path.name, words.FILE_STRAY


def _stray_blobs(vault: Vault) -> Iterator[Fault]:
    """Files among the blobs that no row knows; a folder at a time, so that memory is bounded."""
    for folder in sorted(vault.layout.blobs.iterdir()):
        if len(folder.name) != 2 or not _HEX.issuperset(folder.name) or not folder.is_dir():
            yield f"blob {folder.name}", words.FILE_STRAY
            continue
        # Files first: a row is there before its file has its place.
        names = sorted(path.name for path in folder.iterdir())
        try:
            with vault.reader() as reader:
                known = _known_in(reader, folder)
        except VaultDamaged:
            return  # That `vault.db` cannot be read is among the findings already.
        for name in names:
            if name not in known:
                yield f"blob {name}", words.FILE_STRAY


def _known_in(reader: Reader, folder: Path) -> set[str]:
    rows = reader.connection.execute(
        "SELECT blob_id FROM blob WHERE blob_id >= ? AND blob_id < ?",
        (folder.name, f"{folder.name}g"),
    )
    return {row[0] for row in rows.fetchall()}


def _stray_staged(vault: Vault) -> Iterator[Fault]:
    names = sorted(path.name for path in vault.layout.staging.iterdir())
    try:
        with vault.reader() as reader:
            known = {name for name in names if _is_known(reader, name)}
    except VaultDamaged:
        return
    for name in names:
        if name not in known and not name.startswith((COPY_PREFIX, DRILL_PREFIX)):
            yield f"staging {name}", words.FILE_STRAY


def _is_known(reader: Reader, name: str) -> bool:
    # Also once it is held: it was staged when the folder was read.
    row = reader.connection.execute("SELECT 1 FROM blob WHERE blob_id = ?", (name,)).fetchone()
    return row is not None
