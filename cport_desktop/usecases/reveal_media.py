"""Reveal one media item: deliberate, timed, recorded.

The audit entry is durable before a pixel exists outside the vault; how long the look lasted
is added when it ends. The file itself goes from its sealed blob into a confined child only.
"""

from __future__ import annotations

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import Picture, RevealGrant, RevealLevel
from cport_desktop.domain.roles import Role
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.permission import require
from cport_desktop.vault import media_items
from cport_desktop.vault.vault import Vault


def reveal_media(
    vault: Vault, sandbox: Sandbox, media_id: MediaId, level: RevealLevel, *, seconds: float
) -> tuple[RevealGrant, Picture | None]:
    """A grant on record, and the picture at its level; None where it cannot be shown.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids, AgreementLapsed: the agreement does not allow it, at this level, for this
            kind.
        UnknownReference: if the vault holds no such item.
        SandboxRefused: if this machine cannot confine a decoder as demanded.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        item = media_items.item(reader, media_id)
    kinds = () if item.kind is None else (item.kind.value,)
    require_answer(vault, Question(Function.MEDIA_REVEAL, level=level.value, kinds=kinds))
    grant = _grant(vault, media_id, level, seconds)
    if item.cannot_show is not None or item.digests is None:
        return grant, None
    with vault.reader() as reader:
        pieces = vault.blobs.read(reader, media_id)
    return grant, sandbox.reveal(pieces, size=item.size, grant=grant)


def end_reveal(vault: Vault, grant: RevealGrant, *, seconds: float) -> None:
    """Record that the look under `grant` ended after `seconds`."""
    payload = (("seconds", f"{seconds:.1f}"), ("reveal", str(grant.audit_sequence)))
    with vault.transaction() as tx:
        tx.record(_entry("veil", grant.media_id, payload))


def _grant(vault: Vault, media_id: MediaId, level: RevealLevel, seconds: float) -> RevealGrant:
    payload = (("level", level.value), ("seconds_allowed", f"{seconds:.1f}"))
    with vault.transaction() as tx:
        sequence = tx.record(_entry("reveal", media_id, payload))
    return RevealGrant(media_id, level, seconds, sequence)


def _entry(verb: str, media_id: MediaId, payload: tuple[tuple[str, str], ...]) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb=verb,
        object_kind=ObjectKind.MEDIA,
        object_reference=media_reference(media_id),
        payload=payload,
    )
