"""Anchor the audit log with the portal: hand over the head, get it back co-signed.

    entry and signed head (one transaction) → proof from the head that the portal holds →
    its answer → co-signature checked → kept as an anchor, on record

By removable media the same takes two steps: `anchor_request` for the bundle that goes,
`settle_anchor` with the answer that comes back.

The last step of an exchange. Whatever becomes of it, what was fetched stays; but nothing that
became of it is swallowed: it is in the answer of the exchange, and a log that is not the one the
portal knows is on record in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.crypto.merkle import consistency_proof
from cport_desktop.crypto.signed_note import parse_signature, verified
from cport_desktop.domain.anchoring import (
    AnchorAnswer,
    Anchoring,
    AnchorOutcome,
    AnchorRequest,
    AnchorState,
)
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    Cancelled,
    CheckpointMalformed,
    MalformedMessage,
    RoadError,
    SignatureInvalid,
    UnknownReference,
    UntrustedData,
)
from cport_desktop.formats import portal_messages
from cport_desktop.sync import exchange
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.keep_aside import keep_aside
from cport_desktop.usecases.permission import require
from cport_desktop.vault import anchors, checkpoints, courier_book
from cport_desktop.vault.audit_trail import frontier_at, leaves_behind
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class _Ask:
    """One head to anchor, and with whom."""

    vault: Vault
    enrolment: Enrolment
    signed: SignedHead


def anchor_with_portal(vault: Vault, transport: Transport, enrolment: Enrolment) -> Anchoring:
    """What became of handing the log's head to the portal.

    Raises:
        RoleMissing: not this analyst.
        Cancelled: it was asked to stop.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        tx.record(_entry(enrolment, AuditAction.DISCLOSURE, "anchor"))
        signed = checkpoints.sign_head(tx)
    ask = _Ask(vault, enrolment, signed)
    try:
        return _settled(ask, _answered(ask, transport))
    except UnknownReference:
        return _became(ask, AnchorState.NOT_OFFERED)
    except Cancelled:
        raise
    except (RoadError, UntrustedData) as error:
        return _became(ask, AnchorState.FAILED, error=error.code)


def anchor_request(vault: Vault, enrolment: Enrolment, signed: SignedHead) -> bytes:
    """What is handed to the portal to have the head co-signed: proved from the head that it holds, as
    far as is known here. The caller has put it on record.

    Raises:
        RoleMissing: not this analyst.
    """
    require(vault, Role.ANALYST)
    ask = _Ask(vault, enrolment, signed)
    with vault.reader() as reader:
        last = anchors.newest(reader, AnchorKind.PORTAL, lineage=signed.lineage)
        said = courier_book.portal_holds(reader, lineage=signed.lineage) or 0
    held = max(said, 0 if last is None else last.size)
    return _request(ask, held if held <= signed.checkpoint.size else 0)


def settle_anchor(
    vault: Vault, enrolment: Enrolment, signed: SignedHead, message: bytes
) -> Anchoring:
    """What became of a head that was handed over before, by the portal's answer in `message`. Where the
    portal asks for a proof from another head, the next request has it.

    Raises:
        RoleMissing: not this analyst.
        UntrustedData: it may not be used; it is kept aside.
    """
    require(vault, Role.ANALYST)
    ask = _Ask(vault, enrolment, signed)
    answer = _heard(ask, message)
    if answer.outcome is AnchorOutcome.OTHER_SIZE and not _is_ahead(ask, answer):
        with vault.transaction() as tx:
            courier_book.note_portal_holds(tx, lineage=answer.lineage, size=answer.size)
            tx.record(_entry(enrolment, AuditAction.COLLECTION, "anchor_elsewhere"))
        return _became(ask, AnchorState.FAILED, answer)
    return _settled(ask, answer)


def _answered(ask: _Ask, transport: Transport) -> AnchorAnswer:
    """The portal's answer; asked a second time if it holds another head than we thought."""
    with ask.vault.reader() as reader:
        last = anchors.newest(reader, AnchorKind.PORTAL, lineage=ask.signed.lineage)
    answer = _said(ask, transport, 0 if last is None else last.size)
    if answer.outcome is not AnchorOutcome.OTHER_SIZE or _is_ahead(ask, answer):
        return answer
    # An answer that was lost on the way, or a vault that forgot: prove from what it does hold.
    return _said(ask, transport, answer.size if answer.lineage == ask.signed.lineage else 0)


def _said(ask: _Ask, transport: Transport, old_size: int) -> AnchorAnswer:
    return _heard(ask, transport.anchor(_request(ask, old_size)))


def _request(ask: _Ask, old_size: int) -> bytes:
    return portal_messages.print_anchor(
        AnchorRequest(
            station=ask.enrolment.answer.station,
            log_key=str(ask.signed.key),
            checkpoint=ask.signed.content,
            old_size=old_size,
            proof=_proof(ask, old_size),
        )
    )


def _heard(ask: _Ask, message: bytes) -> AnchorAnswer:
    try:
        payload = portal_messages.unseal(message, ask.enrolment.answer.portal_key)
        answer = exchange.accept_anchor(payload, enrolment=ask.enrolment)
        return _with_sound_signature(ask, answer)
    except UntrustedData as error:
        keep_aside(ask.vault, "anchor", error, message)
        raise


def _proof(ask: _Ask, old_size: int) -> tuple[bytes, ...]:
    """From the head at `old_size`: by its frontier if we kept it, else by all leaves before."""
    with ask.vault.reader() as reader:
        connection = reader.connection
        kept = anchors.at_size(connection, old_size, lineage=ask.signed.lineage)
        earlier = frontier_at(connection, old_size) if kept is None else kept.frontier()
        later = leaves_behind(connection, old_size)
    return consistency_proof(earlier, later[: ask.signed.checkpoint.size - old_size])


def _with_sound_signature(ask: _Ask, answer: AnchorAnswer) -> AnchorAnswer:
    if answer.outcome is not AnchorOutcome.COSIGNED:
        return answer
    given = ask.enrolment.answer
    try:
        line = parse_signature(answer.cosignature or "")
    except CheckpointMalformed as error:
        raise MalformedMessage(where="$.cosignature", cause="not a signature") from error
    witness = portal_messages.portal_witness(given.portal, given.portal_key)
    if verified(ask.signed.note.with_signature(line), witness) is None:
        raise SignatureInvalid(what="co-signature")
    return answer


def _settled(ask: _Ask, answer: AnchorAnswer) -> Anchoring:
    """What the answer means is on record; a co-signed head is an anchor."""
    match answer.outcome:
        case AnchorOutcome.COSIGNED:
            return _kept(ask, answer)
        case AnchorOutcome.OTHER_SIZE if not _is_ahead(ask, answer):
            return _became(ask, AnchorState.FAILED, answer, error=MalformedMessage.code)
        case AnchorOutcome.ROLLED_BACK | AnchorOutcome.OTHER_SIZE:
            return _refused(ask, answer, AnchorState.ROLLED_BACK)
        case AnchorOutcome.INCONSISTENT:
            return _refused(ask, answer, AnchorState.INCONSISTENT)


def _kept(ask: _Ask, answer: AnchorAnswer) -> Anchoring:
    portal = ask.enrolment.answer.portal
    line = parse_signature(answer.cosignature or "")
    with ask.vault.transaction() as tx:
        tx.record(_entry(ask.enrolment, AuditAction.COLLECTION, "cosigned"))
        cosigned = checkpoints.with_signature(ask.signed, line)
        checkpoints.keep(tx, cosigned, AnchorKind.PORTAL, portal)
        marked = checkpoints.anchor_head(tx, AnchorKind.SESSION)
    ask.vault.marks.write(marked)
    return _became(ask, AnchorState.COSIGNED, answer)


def _refused(ask: _Ask, answer: AnchorAnswer, state: AnchorState) -> Anchoring:
    with ask.vault.transaction() as tx:
        tx.record(
            _entry(
                ask.enrolment,
                AuditAction.COLLECTION,
                "anchor_refused",
                ("because", state.value),
                ("size", str(ask.signed.checkpoint.size)),
                ("held_size", str(answer.size)),
            )
        )
    return _became(ask, state, answer)


def _became(
    ask: _Ask, state: AnchorState, answer: AnchorAnswer | None = None, *, error: str | None = None
) -> Anchoring:
    return Anchoring(
        state=state,
        size=ask.signed.checkpoint.size,
        lineage=ask.signed.lineage,
        held_size=None if answer is None else answer.size,
        held_lineage=None if answer is None else answer.lineage,
        error=error,
    )


def _is_ahead(ask: _Ask, answer: AnchorAnswer) -> bool:
    """Whether the portal knows a longer log of this vault than ours is."""
    ours = (ask.signed.lineage, ask.signed.checkpoint.size)
    return (answer.lineage, answer.size) > ours


def _entry(
    enrolment: Enrolment, action: AuditAction, verb: str, *payload: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=action,
        verb=verb,
        object_kind=ObjectKind.AUDIT_LOG,
        object_reference="head",
        recipient=enrolment.answer.portal,
        payload=payload,
    )
