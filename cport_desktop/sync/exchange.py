"""What an answer of the portal means: decisions about bytes, with no I/O.

Whoever brings the bytes (HTTPS now, a stick later) asks here whether they may be used. A
message is used only if it

1. is signed by the portal that this vault is bound to (`formats.sealed_message.unseal`),
2. has the protocol's shape (`formats.portal_messages`),
3. is of our nature: demo and live never meet,
4. is from that portal, for this station,
5. follows what we have: it starts at our cursor, and leads on unless it is the last.

Rule 5 makes a replayed or reordered batch harmless and keeps a portal from leading a station
round in a circle.
"""

from __future__ import annotations

from cport_desktop.domain.anchoring import AnchorAnswer
from cport_desktop.domain.batch import Batch
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.ids import Cursor, PortalId, StationId
from cport_desktop.domain.nature import require_same_nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.errors import MessageMixup
from cport_desktop.formats import portal_messages
from cport_desktop.formats.certificates import is_issued_by, public_key_of


def check_answer(message: bytes, *, request: EnrolmentRequest) -> EnrolmentAnswer:
    """The portal's answer to `request`, fit to be kept as a bond.

    The road vouches for the sender (its TLS authority was pinned on paper); the answer's own
    signature shows that the sender holds the key that will sign every batch.

    Raises:
        MalformedMessage, MessageTooLarge, SignatureInvalid: if it is not a sealed answer.
        NatureRefused: if the portal is of another nature.
        MessageMixup: if it answers somebody else's request (what: certificate), or its
            certificate is not from the authority that comes with it (what: authority).
    """
    answer = portal_messages.unseal_enrolment_answer(message)
    require_same_nature(request.nature, answer.nature)
    certified = public_key_of(answer.signing_certificate, "$.signingCertificate")
    if certified != request.signing_key:
        raise MessageMixup(what="certificate")
    authority = answer.signing_authority
    if not is_issued_by(answer.signing_certificate, authority, "$.signingAuthority"):
        raise MessageMixup(what="authority")
    return answer


def accept_batch(payload: bytes, *, enrolment: Enrolment, cursor: Cursor | None) -> Batch:
    """The batch in `payload`, which continues from `cursor` and may be applied.

    Raises:
        MalformedMessage, MessageTooLarge: if it has not the protocol's shape.
        NatureRefused: if the portal is of another nature.
        MessageMixup: if it is not for us or not for now (what: portal, station, cursor).
    """
    batch = portal_messages.parse_batch(payload)
    require_same_nature(enrolment.answer.nature, batch.nature)
    _require_ours(enrolment, batch.portal, batch.station)
    if batch.cursor != cursor or not _leads_on(batch):
        raise MessageMixup(what="cursor")
    return batch


def accept_receipts(payload: bytes, *, enrolment: Enrolment) -> tuple[Receipt, ...]:
    """The receipts in `payload`, which may be entered in the outbox.

    They may speak of fewer operations than were sent: the portal may take its time. Receipts
    for operations that the outbox does not know settle nothing.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused, MessageMixup: as `accept_batch`.
    """
    message = portal_messages.parse_receipts(payload)
    require_same_nature(enrolment.answer.nature, message.nature)
    _require_ours(enrolment, message.portal, message.station)
    return message.receipts


def accept_anchor(payload: bytes, *, enrolment: Enrolment) -> AnchorAnswer:
    """What the portal in `payload` says of our log's head. Its co-signature is not checked yet.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused, MessageMixup: as `accept_batch`.
    """
    answer = portal_messages.parse_anchored(payload)
    require_same_nature(enrolment.answer.nature, answer.nature)
    _require_ours(enrolment, answer.portal, answer.station)
    return answer


def _require_ours(enrolment: Enrolment, portal: PortalId, station: StationId) -> None:
    if portal != enrolment.answer.portal:
        raise MessageMixup(what="portal")
    if station != enrolment.answer.station:
        raise MessageMixup(what="station")


def _leads_on(batch: Batch) -> bool:
    """The cursor moves, unless this is the last batch and brought no change."""
    return batch.next_cursor != batch.cursor or (batch.is_last and not batch.changes)
