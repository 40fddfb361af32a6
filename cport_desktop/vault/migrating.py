"""Bringing an old vault up to date: on a copy, which takes the place of the original when sound.

    copy every page -> migrate the copy, each step on record -> check every page -> swap

The original is untouched until the swap, which is one renaming: a power cut, a full disk or a
fault in a migration leaves the old vault as it was.
"""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.clock import Clock
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import Actor, VaultId
from cport_desktop.domain.progress import Announce
from cport_desktop.errors import StorageFull, VaultDamaged
from cport_desktop.vault import migrations
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import faults_of, remove_database
from cport_desktop.vault.durable_files import naming_disk_faults, sync_folder
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.migrations import Migration
from cport_desktop.vault.transaction import Transaction

Complete = Callable[[Transaction], None]
"""What a schema cannot say: rows that the new schema wants to be there."""


def pending(writer: Writer) -> tuple[Migration, ...]:
    """Migrations that have not run in this database yet.

    Raises:
        VaultNewer: it has run one that this version does not know.
    """
    with writer.bookkeeping() as connection:
        return migrations.pending(connection, migrations.known_migrations())


def migrate_copy(
    writer: Writer,
    layout: Layout,
    vault: VaultId,
    *,
    key: bytes,
    actor: Actor,
    clock: Clock,
    complete: Complete,
    announce: Announce,
) -> Writer:
    """The database is of this version's schema; the writer on it. The one given is closed.

    Raises:
        VaultDamaged: the copy is not sound; the original is as it was.
        StorageFull: no room for a copy; the original is as it was.
    """
    copy = layout.next_database
    try:
        with naming_disk_faults(copy.name):
            remove_database(copy)
        with writer.bookkeeping() as connection:
            missing = migrations.pending(connection, migrations.known_migrations())
        writer.copy_to(copy, key, announce)
        with_steps = Writer(copy, key, clock=clock, actor=actor)
        try:
            migrate(with_steps, vault, missing, complete)
            with with_steps.bookkeeping() as connection:
                faults = faults_of(connection)
        finally:
            with_steps.close()
        if faults:
            raise VaultDamaged(where=copy.name)
    except BaseException:
        remove_database(copy)
        raise
    writer.close()
    swap(layout)
    return Writer(layout.database, key, clock=clock, actor=actor)


def migrate(
    writer: Writer, vault: VaultId, missing: tuple[Migration, ...], complete: Complete
) -> None:
    """Run `missing` where they are, each step with its entry; then `complete`, once."""
    for migration in missing:
        with writer.transaction() as tx:
            migrations.apply(tx.connection, migration, at=tx.now)
            tx.record(_entry(vault, migration))
            if migration is missing[-1]:
                complete(tx)


def swap(layout: Layout) -> None:
    """The copy is the database. Both are closed.

    Raises:
        StorageFull: there was no room to merge one's log of writes, which would be taken for the
            other's.
    """
    require_merged(layout)
    with naming_disk_faults(layout.database.name):
        layout.next_database.replace(layout.database)
        sync_folder(layout.directory)


def require_merged(layout: Layout) -> None:
    """Both databases are whole without their logs of writes, and these are durably gone.

    A log that came back after a power cut would be written over the database that took the
    place of its own.

    Raises:
        StorageFull: one is still there: there was no room to merge it.
    """
    for database in (layout.database, layout.next_database):
        log = database.with_name(database.name + "-wal")
        if log.exists():
            raise StorageFull(where=log.name)
    with naming_disk_faults(layout.database.name):
        sync_folder(layout.directory)


def _entry(vault: VaultId, migration: Migration) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb="migrate",
        object_kind=ObjectKind.VAULT,
        object_reference=vault,
        payload=(("migration", f"{migration.number:04}_{migration.name}"),),
    )
