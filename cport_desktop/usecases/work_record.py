"""The trace of what is put on things: one entry for each of them, so that each has its own history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.case import LARGEST_ACT
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ActTooLarge
from cport_desktop.usecases.permission import require
from cport_desktop.vault import abouts as things
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault

_KINDS: Final[Mapping[AboutKind, ObjectKind]] = {
    AboutKind.REPORT: ObjectKind.REPORT,
    AboutKind.MEDIA: ObjectKind.MEDIA,
    AboutKind.CONTENT: ObjectKind.CONTENT,
    AboutKind.DOMAIN: ObjectKind.DOMAIN,
    AboutKind.HOTLINE: ObjectKind.HOTLINE,
    AboutKind.CASE: ObjectKind.CASE,
}
Payload = tuple[tuple[str, str], ...]


def chosen_things(vault: Vault, tx: Transaction, abouts: Sequence[About]) -> tuple[About, ...]:
    """These things, each once; all of them are here.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ActTooLarge: none, or more than one act takes.
        ItemErased, UnknownReference: one of them is not here.
    """
    require(vault, Role.ANALYST)
    chosen = tuple(dict.fromkeys(abouts))
    if not 0 < len(chosen) <= LARGEST_ACT:
        raise ActTooLarge(count=len(chosen), limit=LARGEST_ACT)
    things.require_here(tx, chosen)
    return chosen


def record_each(
    vault: Vault, tx: Transaction, verb: str, abouts: Sequence[About], payload: Payload = ()
) -> None:
    """What was done to each of these is on record, once the transaction commits."""
    require(vault, Role.ANALYST)
    for about in abouts:
        tx.record(entry_of(verb, about, payload))


def entry_of(
    verb: str,
    about: About,
    payload: Payload = (),
    *,
    action: AuditAction = AuditAction.ALTERATION,
    reason: str | None = None,
) -> AuditDraft:
    """One entry about one thing."""
    return AuditDraft(
        action=action,
        verb=verb,
        object_kind=_KINDS[about.kind],
        object_reference=str(about),
        reason=reason,
        payload=payload,
    )
