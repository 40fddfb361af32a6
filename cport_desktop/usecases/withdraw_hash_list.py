"""Withdraw a hash list of our own: its hits stand no more, and what changed is told."""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.known import HitTally, KnownList, ListOrigin
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ListKept
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import hash_lists, list_listing
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.list_reading import empty_list
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words


def withdraw_hash_list(
    vault: Vault, list_id: str, *, reason: str | None
) -> tuple[KnownList, HitTally]:
    """The list as it is now, and how many hits ended. What ended hits speak of stays; all else that
    was on it is gone.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        PurposeMissing: no reason in a vault with real content.
        UnknownReference: no such list.
        ListKept: it is the portal's, which alone withdraws it; or it is withdrawn already.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    stated = require_purpose(vault, reason, what=words.WITHDRAWAL)
    with vault.transaction() as tx:
        known = list_listing.find(tx, list_id)
        if known.origin is ListOrigin.PORTAL:
            raise ListKept(rule=words.PORTAL_LIST)
        if not known.is_standing:
            raise ListKept(rule=words.WITHDRAWN_ALREADY)
        ended = hash_lists.withdraw_list(
            tx.connection, known.number, stated, at=microseconds(tx.now)
        )
        hash_lists.count_digests(tx.connection, known.entries)
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb="withdraw_list",
                object_kind=ObjectKind.HASH_LIST,
                object_reference=list_id,
                reason=stated,
                payload=(("name", known.name), ("hits_ended", str(ended))),
            )
        )
        withdrawn = list_listing.find(tx, list_id)
    empty_list(vault, known.number)
    return withdrawn, HitTally(ended=ended)
