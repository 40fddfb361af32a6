"""What an answer of the portal means: decisions about bytes, with no I/O.

Whoever brings the bytes (HTTPS now, a stick later) asks here whether they may be used. A
message is used only if it

1. is signed by the portal that this vault is bound to (`formats.sealed_message.unseal`),
2. has the protocol's shape (`formats.portal_messages`),
3. is of our nature: demo and live never meet,
4. is from that portal, for this station,
5. follows what we have: it is the next link of our chain, starts at our cursor and leads on, and
   was not issued before what we applied last, nor, where the portal answers at once, in the future.

Rule 5 tells a replayed, reordered, missing or doubled batch, one of another stream, and a portal
that was put back, from the one that may be applied; and it keeps a portal from leading a station
round in a circle. `place_of` gives each of these its name, so that a person can be told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto

from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.anchoring import AnchorAnswer
from cport_desktop.domain.batch import Batch, Position, RecordChange, Standing
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.in_hand import InHandElsewhere
from cport_desktop.domain.nature import require_same_nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.errors import (
    ChainForked,
    MalformedMessage,
    MessageMissing,
    MessageMixup,
    MessageReplayed,
    PortalAhead,
    PortalFrozen,
    PortalRolledBack,
)
from cport_desktop.formats import portal_messages
from cport_desktop.formats.agreement_document import require_signed_by
from cport_desktop.formats.certificates import is_issued_by, public_key_of
from cport_desktop.formats.message_kind import MessageKind, kind_of


def check_answer(message: bytes, *, request: EnrolmentRequest) -> EnrolmentAnswer:
    """The portal's answer to `request`, fit to be kept as a bond.

    The road vouches for the sender (its TLS authority was pinned on paper); the answer's own
    signature shows that the sender holds the key that will sign every batch.

    Raises:
        MalformedMessage, MessageTooLarge, SignatureInvalid: if it is not a sealed answer.
        NatureRefused: if the portal is of another nature.
        MessageMixup: if it answers somebody else's request (what: certificate), or its
            certificates are not from the authorities that come with them (what: authority), or its
            agreement is with another portal (what: portal).
    """
    answer = portal_messages.unseal_enrolment_answer(message)
    require_same_nature(request.nature, answer.nature)
    certified = public_key_of(answer.signing_certificate, "$.signingCertificate")
    if certified != request.signing_key:
        raise MessageMixup(what="certificate")
    authority = answer.signing_authority
    if not is_issued_by(answer.signing_certificate, authority, "$.signingAuthority"):
        raise MessageMixup(what="authority")
    certified = public_key_of(answer.transport_certificate, "$.transportCertificate")
    if certified != request.transport_key:
        raise MessageMixup(what="certificate")
    authority = answer.transport_authority
    if not is_issued_by(answer.transport_certificate, authority, "$.transportAuthority"):
        raise MessageMixup(what="authority")
    _require_agreed_with(answer.signed_agreement, answer)
    return answer


class Place(Enum):
    """Where a batch stands towards the station that it was made for."""

    NEXT = auto()
    """It follows what is here."""
    BEFORE = auto()
    """It, or another way to the same place, was applied already."""
    AHEAD = auto()
    """At least one that comes before it is missing."""
    ELSEWHERE = auto()
    """It belongs to another chain than the one that is here."""


def place_of(batch: Batch, position: Position) -> Place:
    """Where `batch` stands, seen from `position`; by its sequence first."""
    if batch.sequence <= position.sequence:
        return Place.BEFORE
    if batch.sequence > position.sequence + 1:
        return Place.AHEAD
    follows = batch.previous == position.digest and batch.cursor == position.cursor
    return Place.NEXT if follows else Place.ELSEWHERE


def parse_batch(payload: bytes, *, enrolment: Enrolment) -> Batch:
    """The batch in `payload`, which is ours; whether its turn has come is not looked at.

    Raises:
        MalformedMessage, MessageTooLarge: if it has not the protocol's shape.
        NatureRefused: if the portal is of another nature.
        MessageMixup: if it is not for us (what: portal, station).
    """
    batch = portal_messages.parse_batch(payload)
    require_same_nature(enrolment.answer.nature, batch.nature)
    _require_ours(enrolment, batch.portal, batch.station)
    return batch


def accept_batch(
    payload: bytes,
    *,
    enrolment: Enrolment,
    position: Position,
    now: datetime | None = None,
    issued_after: datetime | None = None,
) -> Batch:
    """The batch in `payload`, which continues from `position` and may be applied.

    `issued_after`: when the portal issued what was applied last. `now` on a road where the portal
    answers at once: what was made in the future would make all that follows look old.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused: as `parse_batch`.
        MessageMixup: if it is not for us (what: portal, station) or leads nowhere (cursor).
        MessageReplayed, MessageMissing, ChainForked: if its turn is past, has not come, or is in
            another chain.
        PortalRolledBack, PortalAhead: if it is older than what was applied last, or of the future.
        SignatureInvalid: if an agreement in it is not signed by the portal.
    """
    batch = parse_batch(payload, enrolment=enrolment)
    match place_of(batch, position):
        case Place.BEFORE:
            raise MessageReplayed(what="replayed")
        case Place.AHEAD:
            raise MessageMissing(what="gap")
        case Place.ELSEWHERE:
            raise ChainForked(what="chain")
        case Place.NEXT:
            pass
    if batch.next_cursor == batch.cursor:
        raise MessageMixup(what="cursor")
    _require_not_earlier(batch.issued_at, issued_after)
    _require_not_later(batch.issued_at, now)
    _require_agreements_sound(batch, enrolment)
    return batch


def _require_agreements_sound(batch: Batch, enrolment: Enrolment) -> None:
    """An agreement has to stand by itself, apart from the batch that it came in."""
    for change in batch.changes:
        if not isinstance(change, RecordChange) or not isinstance(change.value, SignedAgreement):
            continue
        made = change.value.agreement
        require_signed_by(change.value, enrolment.answer.portal_key)
        _require_agreed_with(change.value, enrolment.answer)
        if made.revision != change.revision:
            raise MalformedMessage(where="$.changes.record.document.revision", cause="another")


def _require_agreed_with(signed: SignedAgreement, answer: EnrolmentAnswer) -> None:
    made = signed.agreement
    if (made.portal, made.nature) != (answer.portal, answer.nature):
        raise MessageMixup(what="portal")


OLDEST_LIVE_STANDING = timedelta(hours=1)
"""How old the word «nothing more is waiting» may be when the portal itself is asked. Clocks differ
by five minutes at most (a signed request is refused beyond); the rest is patience with slow lines."""


def accept_standing(
    payload: bytes,
    *,
    enrolment: Enrolment,
    position: Position,
    now: datetime | None,
    issued_after: datetime | None = None,
) -> Standing:
    """The portal's word in `payload` that nothing waits behind `position`.

    `now` on a road where the portal answers at once: an old answer there means that somebody keeps
    the portal's news back. None where a message travels for days; its age is shown then.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused, MessageMixup, ChainForked,
            PortalRolledBack, PortalAhead: as `accept_batch`.
        PortalFrozen: if it was said long ago.
    """
    standing = portal_messages.parse_standing(payload)
    require_same_nature(enrolment.answer.nature, standing.nature)
    _require_ours(enrolment, standing.portal, standing.station)
    if (standing.sequence, standing.digest) != (position.sequence, position.digest):
        raise ChainForked(what="chain")
    _require_not_earlier(standing.issued_at, issued_after)
    _require_not_later(standing.issued_at, now)
    if now is not None and now - standing.issued_at > OLDEST_LIVE_STANDING:
        raise PortalFrozen(what="frozen")
    return standing


def accept_receipts(payload: bytes, *, enrolment: Enrolment) -> tuple[Receipt, ...]:
    """The receipts in `payload`, which may be entered in the outbox.

    They may speak of fewer operations than were sent: the portal may take its time. Receipts
    for operations that the outbox does not know settle nothing.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused, MessageMixup: as `accept_batch`.
    """
    _require_kind(payload, MessageKind.RECEIPTS)
    message = portal_messages.parse_receipts(payload)
    require_same_nature(enrolment.answer.nature, message.nature)
    _require_ours(enrolment, message.portal, message.station)
    return message.receipts


def accept_anchor(payload: bytes, *, enrolment: Enrolment) -> AnchorAnswer:
    """What the portal in `payload` says of our log's head. Its co-signature is not checked yet.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused, MessageMixup: as `accept_batch`.
    """
    _require_kind(payload, MessageKind.ANCHORED)
    answer = portal_messages.parse_anchored(payload)
    require_same_nature(enrolment.answer.nature, answer.nature)
    _require_ours(enrolment, answer.portal, answer.station)
    return answer


def accept_elsewhere(payload: bytes, *, enrolment: Enrolment) -> InHandElsewhere:
    """What the portal in `payload` says that the agency's other stations have in hand.

    Raises:
        MalformedMessage, MessageTooLarge, NatureRefused, MessageMixup: as `accept_batch`.
    """
    _require_kind(payload, MessageKind.ELSEWHERE)
    told = portal_messages.parse_elsewhere(payload)
    require_same_nature(enrolment.answer.nature, told.nature)
    _require_ours(enrolment, told.portal, told.station)
    return told


def _require_kind(payload: bytes, kind: MessageKind) -> None:
    """A message of a later version says so, before its shape is looked at."""
    if kind_of(payload) is not kind:
        raise MalformedMessage(where="$.kind", cause="not the kind of message that was asked for")


def _require_ours(enrolment: Enrolment, portal: PortalId, station: StationId) -> None:
    if portal != enrolment.answer.portal:
        raise MessageMixup(what="portal")
    if station != enrolment.answer.station:
        raise MessageMixup(what="station")


CLOCK_STEP = timedelta(minutes=5)
"""How far a portal's clock may be set back between two messages. More means that it is an older
portal that speaks: one that was put back, or somebody who plays its earlier words."""


def _require_not_earlier(issued_at: datetime, issued_after: datetime | None) -> None:
    if issued_after is not None and issued_at < issued_after - CLOCK_STEP:
        raise PortalRolledBack(what="rolled_back")


def _require_not_later(issued_at: datetime, now: datetime | None) -> None:
    if now is not None and issued_at - now > OLDEST_LIVE_STANDING:
        raise PortalAhead(what="ahead")
