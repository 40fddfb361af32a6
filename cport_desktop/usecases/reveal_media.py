"""Reveal one media item: deliberate, timed, recorded.

The audit entry is durable before the clear room gives a grant, and nothing that lies behind a
veil is unsealed without one; how long the look lasted is added when it ends. What is looked at
blurred or small comes from the small pictures; else the file goes from its sealed blob into a
confined child only.
"""

from __future__ import annotations

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.exposure import Look
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import MediaItem, Picture, RevealGrant, RevealLevel
from cport_desktop.domain.roles import Role
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.exposure import count_look
from cport_desktop.usecases.exposure_breaks import require_no_break
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.usecases.rebuild_derivatives import rebuild_one
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.usecases.views_avoided import note_look
from cport_desktop.vault import media_items
from cport_desktop.vault.clear_room import reveal_entry
from cport_desktop.vault.vault import Vault
from cport_desktop.words.looking import A_LOOK

_FROM_THE_ORIGINAL = frozenset({RevealLevel.GREY, RevealLevel.FULL})


def reveal_media(
    vault: Vault,
    sandbox: Sandbox,
    media_id: MediaId,
    level: RevealLevel,
    *,
    seconds: float,
    reason: str | None = None,
) -> tuple[RevealGrant, Picture | None]:
    """A grant on record, and the picture at its level; None where it cannot be shown.

    `reason` is what was stated; the agreement may demand one.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids, AgreementLapsed: the agreement does not allow it, at this level, for this
            kind, or not without a reason.
        UnknownReference: if the vault holds no such item.
        TextUnfit: the reason is too long.
        SandboxRefused: if this machine cannot confine a decoder as demanded.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        item = media_items.item(reader, media_id)
    grant = grant_look(vault, item, level, seconds=seconds, reason=reason)
    if item.cannot_show is not None or item.digests is None:
        return grant, None
    if level in _FROM_THE_ORIGINAL:
        pieces = vault.clear_room.original(grant)
        terms = decoding_terms(vault)
        return grant, sandbox.reveal(pieces, size=item.size, grant=grant, terms=terms)
    picture = vault.clear_room.picture(grant)
    if picture is None and rebuild_one(vault, sandbox, media_id, size=item.size):
        picture = vault.clear_room.picture(grant)
    return grant, picture


def grant_look(
    vault: Vault,
    item: MediaItem,
    level: RevealLevel,
    *,
    seconds: float,
    reason: str | None,
    is_played: bool = False,
) -> RevealGrant:
    """Leave to look at `item`, durably on record. Whatever shows something asks for it first.
    `is_played`: it is kept open, to see it move and to hear it.

    Raises:
        RoleMissing, AgreementForbids, AgreementLapsed, TextUnfit: as `reveal_media`.
        BreakDue: the unit chose that its breaks bind, and one is due.
    """
    require(vault, Role.ANALYST)
    stated = stated_reason(reason, what=A_LOOK) if (reason or "").strip() else None
    kinds = () if item.kind is None else (item.kind.value,)
    question = Question(Function.MEDIA_REVEAL, level=level.value, kinds=kinds)
    require_answer(vault, question, reason=stated)
    require_no_break(vault, now=vault.now())
    with vault.transaction() as tx:
        entry = reveal_entry(
            item.media_id, level, seconds=seconds, reason=stated, is_played=is_played
        )
        sequence = tx.record(entry)
    return vault.clear_room.admit(item.media_id, level, seconds=seconds, audit_sequence=sequence)


def end_reveal(vault: Vault, grant: RevealGrant, *, seconds: float) -> None:
    """`grant` opens nothing any more, and it is on record that the look lasted so long. It counts
    among what the analyst looked, for them alone.
    """
    vault.clear_room.end(grant)
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="veil",
                object_kind=ObjectKind.MEDIA,
                object_reference=media_reference(grant.media_id),
                payload=(("seconds", f"{seconds:.1f}"), ("reveal", str(grant.audit_sequence))),
            )
        )
    if seconds > 0:
        count_look(vault, Look(grant.level.value, seconds, grant.seconds), now=vault.now())
        note_look(vault, grant.media_id)
