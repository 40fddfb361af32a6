"""From files and a secret to an open database, whatever was cut short the last time.

Rules, in this order:
1. Of two header copies the newer one that the secret opens and whose MAC holds is tried.
2. Between two master keys (a rekey was cut short) the database decides: if it is under the
   new key already, the new header on its record is the right one; else the old one is.
3. The header on the database's record is the right one. Older files are written anew, and if
   the slot that opened them is not in it any more, it does not open the vault.
4. Files newer than the record mean that the database was put back to an earlier state. With a
   reason it opens all the same: the header of the files is the right one then, and a new
   lineage of the log begins.
5. A vault of the first version gets a header of this one, with the slot that opened it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cport_desktop.clock import Clock
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import Actor, AnalystId, SlotId
from cport_desktop.domain.progress import Announce
from cport_desktop.domain.roles import EVERY_ROLE, Analyst
from cport_desktop.errors import (
    DatabasePutBack,
    SlotRevoked,
    VaultDamaged,
    VaultError,
    WrongPassphrase,
)
from cport_desktop.vault import analysts, checkpoints, header_files, header_record, leftovers
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.ground import access_entry, keep, open_database, record, require_own
from cport_desktop.vault.header import Header, derive_keys
from cport_desktop.vault.header_files import FoundHeaders
from cport_desktop.vault.header_v1 import OpenedV1, open_header_v1
from cport_desktop.vault.key_slots import NewSlot, OpenedHeader, new_header, open_header
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.migrating import migrate_copy, pending
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open database of this version's schema, and whose it is."""

    opened: OpenedHeader
    writer: Writer
    analyst: Analyst


def unlock(
    layout: Layout,
    secret: Secret,
    *,
    slot_name: str | None,
    clock: Clock,
    announce: Announce,
    acknowledged: str | None = None,
) -> Unlocked:
    """The database in `layout` is open, up to date, and the header files agree with it.

    `acknowledged` is the reason for which a database is opened that was put back.

    Raises:
        NotAVault, WrongPassphrase, SlotRevoked, DatabasePutBack, VaultNewer, VaultDamaged,
        StorageFull: as the rules give reason.
    """
    found = header_files.read(layout)
    if not found.headers:
        return _upgraded(layout, found, secret, clock=clock, announce=announce)
    opened = _open_newest(found, secret, slot_name)
    opened, writer = _right_key(layout, opened, clock=clock)
    try:
        require_own(writer, opened.vault, opened.nature)
        writer = _up_to_date(layout, writer, opened, clock=clock, announce=announce)
        _require_current(writer, opened, acknowledged)
        opened = _settled(layout, writer, opened, secret)
        with writer.bookkeeping() as connection:
            analyst = analysts.find(connection, opened.slot.analyst)
        writer.act_as(analyst.name)
        if not header_files.are_as(layout, opened.header):
            header_files.write(layout, opened.header)
            record(writer, access_entry(opened.vault, "repair_header"))
        leftovers.remove(layout)
    except BaseException:
        writer.close()
        raise
    return Unlocked(opened, writer, analyst)


def _open_newest(found: FoundHeaders, secret: Secret, slot_name: str | None) -> OpenedHeader:
    """The newest header that opens. A copy that was tampered with gives way to the other."""
    fault: VaultError | None = None
    for header in dict.fromkeys(found.headers):
        try:
            return open_header(header, secret, slot_name=slot_name)
        except WrongPassphrase as error:
            fault = fault or error
        except VaultDamaged as error:
            fault = error
    raise fault or WrongPassphrase


def _right_key(
    layout: Layout, opened: OpenedHeader, *, clock: Clock
) -> tuple[OpenedHeader, Writer]:
    """The database, opened with the key it is under. See rule 2."""
    if opened.before is None:
        return opened, open_database(layout, opened.keys.database, clock=clock)
    try:
        return opened, open_database(layout, opened.keys.database, clock=clock)
    except VaultDamaged:
        before = OpenedHeader(opened.header, opened.slot, opened.before, None, opened.personal)
        return before, open_database(layout, opened.before.database, clock=clock)


def _up_to_date(
    layout: Layout, writer: Writer, opened: OpenedHeader, *, clock: Clock, announce: Announce
) -> Writer:
    if not pending(writer):
        return writer
    with writer.bookkeeping() as connection:
        actor = analysts.find(connection, opened.slot.analyst).name
    return migrate_copy(
        writer,
        layout,
        opened.vault,
        key=opened.keys.database,
        actor=actor,
        clock=clock,
        complete=lambda _tx: None,
        announce=announce,
    )


def _require_current(writer: Writer, opened: OpenedHeader, acknowledged: str | None) -> None:
    """The database is as new as the header; or it is made so, for the reason given. See rule 4."""
    header = opened.header
    with writer.bookkeeping() as connection:
        recorded = header_record.load(connection)
        actor = analysts.find(connection, opened.slot.analyst).name
    if header.is_between_keys or recorded.generation >= header.generation:
        return
    if acknowledged is None:
        raise DatabasePutBack(found=recorded.generation, known=header.generation)
    writer.act_as(actor)
    with writer.transaction() as tx:
        header_record.replace(tx.connection, header)
        tx.record(_acknowledgement(opened, recorded, acknowledged))
        verb = "acknowledge_rollback"
        checkpoints.begin_lineage(tx, opened.vault, verb=verb, reason=acknowledged)


def _acknowledgement(opened: OpenedHeader, recorded: Header, reason: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb="acknowledge_rollback",
        object_kind=ObjectKind.VAULT,
        object_reference=opened.vault,
        reason=reason,
        payload=(
            ("found", str(recorded.generation)),
            ("known", str(opened.header.generation)),
        ),
    )


def _settled(layout: Layout, writer: Writer, opened: OpenedHeader, secret: Secret) -> OpenedHeader:
    """What the slot gives access to by the header that the database has on record."""
    with writer.bookkeeping() as connection:
        recorded = header_record.load(connection)
    found = opened.header
    if recorded == found:
        return opened
    if recorded.generation == found.generation and not found.is_between_keys:
        raise VaultDamaged(where="header")
    if not _has_slot(recorded, opened.slot.slot):
        header_files.write(layout, recorded)
        raise SlotRevoked
    try:
        return open_header(recorded, secret, slot_name=_name_in(recorded, opened.slot.slot))
    except WrongPassphrase as error:
        header_files.write(layout, recorded)
        raise SlotRevoked from error


def _has_slot(header: Header, slot: SlotId) -> bool:
    return any(each.slot == slot for each in header.slots)


def _name_in(header: Header, slot: SlotId) -> str:
    return next(each.name for each in header.slots if each.slot == slot)


def _upgraded(
    layout: Layout, found: FoundHeaders, secret: Secret, *, clock: Clock, announce: Announce
) -> Unlocked:
    """A vault of the first version is one of this version. See rule 5."""
    if found.first_version is None or not isinstance(secret, Passphrase):
        raise WrongPassphrase
    old = open_header_v1(found.first_version, secret.value)
    keys = derive_keys(old.master, old.vault)
    writer = open_database(layout, keys.database, clock=clock)
    try:
        require_own(writer, old.vault, old.nature)
        if pending(writer):
            opened, analyst = _new_keeping(old, secret, clock=clock)
            writer.act_as(analyst.name)
            writer = migrate_copy(
                writer,
                layout,
                old.vault,
                key=keys.database,
                actor=analyst.name,
                clock=clock,
                complete=lambda tx: keep(tx, opened, analyst),
                announce=announce,
            )
        with writer.bookkeeping() as connection:
            recorded = header_record.load(connection)
            opened = open_header(recorded, secret)
            analyst = analysts.find(connection, opened.slot.analyst)
    except BaseException:
        writer.close()
        raise
    writer.act_as(analyst.name)
    header_files.write(layout, opened.header)
    return Unlocked(opened, writer, analyst)


def _new_keeping(
    old: OpenedV1, secret: Passphrase, *, clock: Clock
) -> tuple[OpenedHeader, Analyst]:
    """A header of this version for an old vault, and the one analyst it had, with every role."""
    analyst = Analyst(AnalystId(secrets.token_hex(16)), Actor(old.analyst), EVERY_ROLE)
    opened = new_header(
        nature=old.nature,
        analyst=analyst.analyst_id,
        slots=(NewSlot(old.analyst, NewPassphrase(secret.value, old.cost)),),
        at=clock.now(),
        vault=old.vault,
        master=old.master,
    )
    return opened, analyst
