"""Legal holds: place one, release one, see which are in force and why.

Only supervisors place and release, each time for a stated reason; both are on record for ever.
Everybody sees what is held.
"""

from __future__ import annotations

import secrets
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.hold import HeldItem, HeldKind, Hold, HoldId
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ItemErased
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.vault import erased, holds
from cport_desktop.vault.vault import Vault
from cport_desktop.words import retention as words

_KINDS: Final = {HeldKind.REPORT: ObjectKind.REPORT, HeldKind.MEDIA: ObjectKind.MEDIA}


def place_hold(vault: Vault, item: HeldItem, *, reason: str) -> tuple[Hold, Changes]:
    """Nothing takes `item` away any more: no word of the portal, no erasure, no period.

    Raises:
        RoleMissing: not this analyst.
        PurposeMissing, TextUnfit: no reason, or one too long.
        UnknownReference: it is not here.
        ItemErased: it was erased; a hold does not bring it back.
    """
    require(vault, Role.SUPERVISOR)
    stated = stated_reason(reason, what=words.A_HOLD)
    hold_id = HoldId(f"H-{secrets.token_hex(6)}")
    with vault.transaction() as tx:
        if item.kind is HeldKind.REPORT and erased.erased_reports(tx.connection, [item.number]):
            raise ItemErased(reference=item.reference)
        hold = holds.place(tx, item, hold_id=hold_id, reason=stated)
        tx.record(_entry("hold", hold, stated))
    return hold, Changes.REPORTS | Changes.MEDIA


def release_hold(vault: Vault, hold_id: HoldId, *, reason: str) -> tuple[Hold, Changes]:
    """The hold is no longer in force. Other holds on the same item still are.

    Raises:
        RoleMissing: not this analyst.
        PurposeMissing, TextUnfit: no reason, or one too long.
        UnknownReference: no such hold is in force.
    """
    require(vault, Role.SUPERVISOR)
    stated = stated_reason(reason, what=words.A_RELEASE)
    with vault.transaction() as tx:
        hold = holds.release(tx, hold_id, reason=stated)
        tx.record(_entry("release", hold, stated))
    return hold, Changes.REPORTS | Changes.MEDIA


def list_holds(vault: Vault, *, with_released: bool = False) -> tuple[Hold, ...]:
    """Holds in force, the newest first; those that were released too if asked for."""
    with vault.reader() as reader:
        return holds.listing(reader, with_released=with_released)


def holds_on(vault: Vault, item: HeldItem) -> tuple[Hold, ...]:
    """The holds that keep an item, those on what it belongs to included."""
    with vault.reader() as reader:
        if item.kind is HeldKind.REPORT:
            return holds.on_report(reader, ReportId(item.number))
        return holds.on_media(reader, MediaId(item.number))


def _entry(verb: str, hold: Hold, reason: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=_KINDS[hold.item.kind],
        object_reference=hold.item.reference,
        reason=reason,
        payload=(("hold", hold.hold_id),),
    )
