"""The ground a vault stands on: its folder, its database, and that they are truly its own."""

from __future__ import annotations

from contextlib import suppress

from cport_desktop.clock import Clock
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import VaultId
from cport_desktop.errors import OutputExists, VaultDamaged, VaultExists
from cport_desktop.vault import migrations
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import require_ciphertext
from cport_desktop.vault.durable_files import PRIVATE_FOLDER, make_private_file, sync_folder
from cport_desktop.vault.key_slots import OpenedHeader
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.migrations import Migration


def make_empty_folder(layout: Layout) -> None:
    """The folder is there, private and empty.

    Raises:
        VaultExists: there is a vault in it, or a part of one.
        OutputExists: there is something else in it.
    """
    directory = layout.directory
    if layout.header.exists() or layout.database.exists():
        raise VaultExists(path=str(directory))
    directory.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    if any(directory.iterdir()):
        raise OutputExists(path=str(directory))
    directory.chmod(PRIVATE_FOLDER)


def lay_out(layout: Layout, header: OpenedHeader, *, clock: Clock) -> None:
    """All of a vault but its header."""
    for folder in (layout.blobs, layout.staging):
        folder.mkdir(mode=PRIVATE_FOLDER)
    make_private_file(layout.database)
    writer = Writer(layout.database, header.keys.database, actor=header.actor, clock=clock)
    try:
        _migrate(writer, header, _missing_migrations(writer))
        with writer.transaction() as tx:
            tx.connection.executemany(
                "INSERT INTO meta (name, value) VALUES (?, ?)",
                [("vault", header.vault), ("nature", header.nature.value)],
            )
            tx.record(access_entry(header.vault, "create", ("nature", header.nature.value)))
    finally:
        writer.close()
    require_ciphertext(layout.database)
    sync_folder(layout.directory)


def clear_away(layout: Layout) -> None:
    """Remove what `lay_out` may have made; the folder itself was the caller's or stays empty."""
    database = layout.database
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    layout.header.with_name(layout.header.name + ".new").unlink(missing_ok=True)
    for folder in (layout.blobs, layout.staging):
        with suppress(FileNotFoundError):
            folder.rmdir()


def open_database(layout: Layout, header: OpenedHeader, *, clock: Clock) -> Writer:
    """The database, encrypted, of this version's schema, and truly the header's own."""
    if not layout.database.is_file():
        raise VaultDamaged(where=f"{layout.database.name} (missing)")
    require_ciphertext(layout.database)
    writer = Writer(layout.database, header.keys.database, actor=header.actor, clock=clock)
    try:
        missing = _missing_migrations(writer)
        _require_own(writer, header)
        _migrate(writer, header, missing)
    except BaseException:
        writer.close()
        raise
    return writer


def _missing_migrations(writer: Writer) -> tuple[Migration, ...]:
    with writer.bookkeeping() as connection:
        return migrations.pending(connection, migrations.known_migrations())


def _require_own(writer: Writer, header: OpenedHeader) -> None:
    """The database says the same of itself as the header."""
    with writer.bookkeeping() as connection:
        rows = connection.execute("SELECT name, value FROM meta").fetchall()
    inscribed: dict[str, str] = dict(rows)
    if inscribed.get("vault") != header.vault:
        raise VaultDamaged(where="identity")
    if inscribed.get("nature") != header.nature.value:
        raise VaultDamaged(where="nature")


def _migrate(writer: Writer, header: OpenedHeader, missing: tuple[Migration, ...]) -> None:
    """Bring the schema up to this version, each step with its entry in the log."""
    for migration in missing:
        with writer.transaction() as tx:
            migrations.apply(tx.connection, migration, at=tx.now)
            step = f"{migration.number:04}_{migration.name}"
            tx.record(access_entry(header.vault, "migrate", ("migration", step)))


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
