"""The ground a vault stands on: its folder, its database, and that they are truly its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.roles import Analyst
from cport_desktop.errors import OutputExists, VaultDamaged, VaultExists
from cport_desktop.vault import analysts, header_files, header_record, log_identity, migrations
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import remove_database, require_ciphertext
from cport_desktop.vault.durable_files import (
    PRIVATE_FOLDER,
    half_written,
    make_folder_durably,
    make_private_file,
    sync_folder,
    write_durably,
)
from cport_desktop.vault.key_slots import OpenedHeader
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.migrating import migrate
from cport_desktop.vault.transaction import Transaction


def make_empty_folder(layout: Layout) -> None:
    """The folder is there, private and empty but for the mark that a vault is being made in it.

    What an earlier attempt left behind that was cut short is removed first.

    Raises:
        VaultExists: there is a vault in it.
        OutputExists: there is something else in it.
    """
    directory = layout.directory
    if header_files.exist(layout):
        raise VaultExists(path=str(directory))
    make_folder_durably(directory)
    if any(path.exists() for path in marks_of_an_attempt(layout)):
        clear_away(layout)
    if layout.database.exists():
        raise VaultExists(path=str(directory))
    if any(directory.iterdir()):
        raise OutputExists(path=str(directory))
    directory.chmod(PRIVATE_FOLDER)
    write_durably(layout.unfinished, b"")


def lay_out(layout: Layout, opened: OpenedHeader, analyst: Analyst, *, clock: Clock) -> None:
    """All of a vault but its header."""
    for folder in (layout.blobs, layout.staging):
        folder.mkdir(mode=PRIVATE_FOLDER)
    make_private_file(layout.database)
    writer = Writer(layout.database, opened.keys.database, clock=clock, actor=analyst.name)
    try:
        migrate(
            writer,
            opened.vault,
            migrations.known_migrations(),
            lambda tx: inscribe(tx, opened, analyst),
        )
    finally:
        writer.close()
    require_ciphertext(layout.database)
    sync_folder(layout.directory)


def inscribe(tx: Transaction, opened: OpenedHeader, analyst: Analyst) -> None:
    """What a new database says of itself: identity, nature, header, log and first analyst."""
    tx.connection.executemany(
        "INSERT INTO meta (name, value) VALUES (?, ?)",
        [("vault", opened.vault), ("nature", opened.nature.value)],
    )
    keep(tx, opened, analyst)
    tx.record(access_entry(opened.vault, "create", ("nature", opened.nature.value)))


def keep(tx: Transaction, opened: OpenedHeader, analyst: Analyst) -> None:
    """Who keeps the vault: its header on record, its log's key, its first analyst."""
    header_record.begin(tx.connection, opened.header)
    log_identity.begin(tx.connection, opened.vault)
    analysts.insert(tx, analyst)


def clear_away(layout: Layout) -> None:
    """Remove what the making of a vault may have left; the folder itself stays."""
    for database in (layout.database, layout.next_database, layout.derivatives):
        remove_database(database)
    for path in layout.headers:
        half_written(path).unlink(missing_ok=True)
    for folder in (layout.blobs, layout.staging):
        with suppress(FileNotFoundError):
            folder.rmdir()
    layout.lock.unlink(missing_ok=True)
    # The mark goes last: while anything is left, the next attempt must know that it may remove it.
    sync_folder(layout.directory)
    for mark in marks_of_an_attempt(layout):
        mark.unlink(missing_ok=True)


def marks_of_an_attempt(layout: Layout) -> tuple[Path, Path]:
    """The mark that a vault is being made, half-written and whole: either says so."""
    return half_written(layout.unfinished), layout.unfinished


def open_database(layout: Layout, key: bytes, *, clock: Clock) -> Writer:
    """The database as it lies there, encrypted.

    Raises:
        VaultDamaged: there is none, it lies in the clear, or `key` is not its own.
    """
    if not layout.database.is_file():
        raise VaultDamaged(where=f"{layout.database.name} (missing)")
    require_ciphertext(layout.database)
    return Writer(layout.database, key, clock=clock)


def require_own(writer: Writer, vault: VaultId, nature: Nature) -> None:
    """The database says the same of itself as the header.

    Raises:
        VaultDamaged: it does not.
    """
    with writer.bookkeeping() as connection:
        rows = connection.execute("SELECT name, value FROM meta").fetchall()
    inscribed: dict[str, str] = dict(rows)
    if inscribed.get("vault") != vault:
        raise VaultDamaged(where="identity")
    if inscribed.get("nature") != nature.value:
        raise VaultDamaged(where="nature")


def record(writer: Writer, draft: AuditDraft) -> None:
    """One entry in the log, in a transaction of its own."""
    with writer.transaction() as tx:
        tx.record(draft)


def access_entry(vault: VaultId, verb: str, *payload: tuple[str, str]) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=vault,
        payload=payload,
    )
