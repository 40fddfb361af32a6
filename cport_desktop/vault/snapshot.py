"""One state of the database, copied into a private file while the vault goes on working.

The copy lies in `staging/` under the vault's own key, so that what a kill leaves behind is
ciphertext and is swept at the next opening. What the backup says of the vault is read from the
copy and not from the vault, which may be further by then.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.progress import Announce, IsCancelled, Progress
from cport_desktop.errors import Cancelled, VaultDamaged
from cport_desktop.vault import audit_log, header_record, state_digest
from cport_desktop.vault.database import (
    Connection,
    connect_reader,
    copy_pages,
    faults_of,
    naming_faults,
    remove_database,
)
from cport_desktop.vault.durable_files import naming_disk_faults
from cport_desktop.vault.header import Header, is_sealed_with
from cport_desktop.vault.held_blobs import HeldBlob, held_blobs
from cport_desktop.vault.migrations import schema_version
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

COPY_PREFIX = "copy-"
"""How names of copies begin, so that a check does not take them for strays."""
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the database and what it says. `faults`: what the checks of SQLite found."""

    path: Path
    size: int
    sha256: str
    schema: int
    log_size: int
    log_root: str
    state: str
    header: Header
    faults: tuple[str, ...]
    connection: Connection

    def held_blobs(self) -> Iterator[HeldBlob]:
        """Every held blob, in the order of their names; memory does not grow with them."""
        return held_blobs(self.connection)


@contextmanager
def snapshot(vault: Vault, *, announce: Announce, is_cancelled: IsCancelled) -> Iterator[Snapshot]:
    """A copy of the database as it is now, for as long as the block lasts.

    Raises:
        StorageFull, VaultDamaged: no room for the copy, or a page fails its check.
        Cancelled: it was asked to stop.
    """
    path = vault.layout.staging / f"{COPY_PREFIX}{secrets.token_hex(8)}.db"
    key = vault.header.keys.database
    try:
        with vault.reader() as reader:
            # From the first query on, the reader sees one state whatever is written meanwhile.
            schema_version(reader.connection)
            copy_pages(reader.connection, path, key, _stopping(announce, is_cancelled))
        with _read_only(path, key) as connection:
            yield _described(vault, path, connection)
    finally:
        with naming_disk_faults(path.name):
            remove_database(path)


def file_digest(path: Path) -> tuple[int, str]:
    """Length and SHA-256 of a file, in constant memory."""
    digest, size = hashlib.sha256(), 0
    with naming_disk_faults(path.name), path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _described(vault: Vault, path: Path, connection: Connection) -> Snapshot:
    reader = Reader(connection)
    with naming_faults(path.name):
        header = header_record.load(connection)
        if not is_sealed_with(header, vault.header.keys, None):
            raise VaultDamaged(where="header record")
        size, root = audit_log.head(reader)
        length, digest = file_digest(path)
        return Snapshot(
            path=path,
            size=length,
            sha256=digest,
            schema=schema_version(connection),
            log_size=size,
            log_root=root,
            state=state_digest.digest(reader),
            header=header,
            faults=faults_of(connection),
            connection=connection,
        )


@contextmanager
def _read_only(path: Path, key: bytes) -> Iterator[Connection]:
    connection = connect_reader(path, key)
    try:
        yield connection
    finally:
        connection.close()


def _stopping(announce: Announce, is_cancelled: IsCancelled) -> Announce:
    def tell(progress: Progress) -> None:
        if is_cancelled():
            raise Cancelled
        announce(progress)

    return tell
