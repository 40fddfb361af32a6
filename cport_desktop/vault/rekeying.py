"""Renewing the master key: what somebody learnt of the old one does not open the vault after.

    1  every page is copied under the new key; the copy says so in its log; it is checked
    2  the header carries both keys                     (either database opens)
    3  the copy takes the place of the database         (one renaming: the point of no return)
    4  the header carries the new key alone

Cut short before 3 the vault is as it was, after 3 it is rekeyed; the next opening finishes
either (`vault.unlocking`, rule 2). Every slot gets the new key by its public half: nobody's
secret is needed. Sealed files keep their keys, which lie in the database: whoever copied the
database and knew the old key knows those. Backups made before keep the old key.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.ids import VaultId
from cport_desktop.domain.progress import Announce
from cport_desktop.domain.roles import Analyst
from cport_desktop.errors import VaultDamaged, VaultError
from cport_desktop.vault import header_files, header_record
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import connect, copy_pages, faults_of, remove_database
from cport_desktop.vault.durable_files import naming_disk_faults
from cport_desktop.vault.ground import access_entry
from cport_desktop.vault.header import Header, VaultKeys, derive_keys
from cport_desktop.vault.key_slots import KEY_SIZE, rewrapped
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.lock_file import LockFile
from cport_desktop.vault.migrating import require_merged, swap
from cport_desktop.vault.picture_renewal import renew_pictures
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.unlocking import Unlocked, unlock


@dataclass(frozen=True, slots=True)
class Renewal:
    """A database under the new key, beside the old one, and the headers of steps 2 and 4."""

    between: Header
    final: Header
    keys: VaultKeys


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What a rekeying did: how many slots open with the new key, and the header's generation."""

    vault: VaultId
    slots: int
    generation: int


def rekey(
    directory: Path,
    *,
    secret: Secret,
    slot: str | None = None,
    clock: Clock,
    program: str,
    require: Callable[[Analyst], None],
    announce: Announce,
) -> Rekeyed:
    """The vault in `directory`, which nobody else has open, has another master key.

    `require` raises if the analyst whose slot opens it may not do this.

    Raises:
        As `open_vault`, and whatever `require` raises; the vault is as it was.
        StorageFull: no room for a copy of the database; the vault is as it was.
    """
    layout = Layout(directory)
    header_files.read(layout)
    lock = LockFile(layout.lock, program=program)
    try:
        unlocked = unlock(layout, secret, slot_name=slot, clock=clock, announce=announce)
        try:
            require(unlocked.analyst)
            lock.tell(analyst=unlocked.analyst.name)
            renewal = prepare(layout, unlocked, clock=clock, announce=announce)
        finally:
            unlocked.writer.close()
        _renew_derivatives(layout, unlocked.opened.keys, renewal.keys, announce)
        put_in_place(layout, renewal)
    finally:
        lock.release()
    return Rekeyed(unlocked.opened.vault, len(renewal.final.slots), renewal.final.generation)


def prepare(layout: Layout, unlocked: Unlocked, *, clock: Clock, announce: Announce) -> Renewal:
    """Step 1: a sound database under a new key lies beside the old one.

    Raises:
        StorageFull, VaultDamaged: there is none; the vault is as it was.
    """
    opened, copy = unlocked.opened, layout.next_database
    keys = derive_keys(secrets.token_bytes(KEY_SIZE), opened.vault)
    between, final = rewrapped(opened, keys.master, at=clock.now())
    try:
        unlocked.writer.copy_to(copy, keys.database, announce)
        writer = Writer(copy, keys.database, clock=clock, actor=unlocked.analyst.name)
        try:
            with writer.transaction() as tx:
                header_record.replace(tx.connection, final)
                entry = access_entry(opened.vault, "rekey", ("slots", str(len(final.slots))))
                tx.record(entry)
            with writer.bookkeeping() as connection:
                faults = faults_of(connection)
        finally:
            writer.close()
        if faults:
            raise VaultDamaged(where=layout.database.name)
    except BaseException:
        remove_database(copy)
        raise
    return Renewal(between, final, keys)


def put_in_place(layout: Layout, renewal: Renewal) -> None:
    """Steps 2 to 4. Nothing is open any more.

    Raises:
        StorageFull, VaultDamaged: the next opening goes back or finishes.
    """
    require_merged(layout)
    header_files.write(layout, renewal.between)
    swap(layout)
    header_files.write(layout, renewal.final)


def _renew_derivatives(
    layout: Layout, before: VaultKeys, keys: VaultKeys, announce: Announce
) -> None:
    """Veils and thumbnails lie under the new key, or are gone: they can be made again."""
    path = layout.derivatives
    new = layout.next_derivatives
    with naming_disk_faults(new.name):
        remove_database(new)
    try:
        source = connect(path, before.derivatives, durable=False)
        try:
            copy_pages(source, new, keys.derivatives, announce)
        finally:
            source.close()
        renew_pictures(new, before.derivatives, keys.derivatives, announce)
    except VaultError:
        remove_database(new)
        remove_database(path)
        return
    with naming_disk_faults(path.name):
        new.replace(path)
