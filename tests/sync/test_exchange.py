"""Only what is ours, of our nature and in its turn is applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.domain.batch import Batch, Withdrawal
from cport_desktop.domain.enrolment import (
    Agreement,
    Clause,
    Enrolment,
    EnrolmentAnswer,
    EnrolmentRequest,
)
from cport_desktop.domain.ids import Cursor, OperationId, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.errors import (
    MalformedMessage,
    MessageMixup,
    NatureRefused,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats import portal_messages as messages
from cport_desktop.formats.portal_messages import ReceiptsMessage
from cport_desktop.sync import exchange
from tests.hostile.certificates import Authority, new_authority

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PORTAL = message_keys.generate_ed25519()
STATION = message_keys.generate_ed25519()
PACKAGE = message_keys.generate_p256()
AUTHORITY = new_authority()
REQUEST = EnrolmentRequest(
    "code-1", "Desk 1", "Agency Example", Nature.DEMO, STATION.public, PACKAGE.public
)


def certificate(pair: KeyPair, authority: Authority = AUTHORITY) -> bytes:
    public = load_der_public_key(pair.public)
    assert isinstance(public, EllipticCurvePublicKey)
    return authority.certify(public)


ANSWER = EnrolmentAnswer(
    portal=PortalId("portal-1"),
    portal_name="Portal Example",
    nature=Nature.DEMO,
    station=StationId("station-1"),
    portal_key=PORTAL.public,
    agreement=Agreement("A-1", "NL", "Agency Example", NOON, (Clause("1", "read", "Reports."),)),
    signing_certificate=certificate(PACKAGE),
    signing_authority=AUTHORITY.pem,
)
ENROLMENT = Enrolment(ANSWER, "https://portal.example", b"", b"", b"", NOON)
GONE = Withdrawal(ReportId(17), NOON, None)
BATCH = Batch(
    portal=PortalId("portal-1"),
    station=StationId("station-1"),
    nature=Nature.DEMO,
    issued_at=NOON,
    cursor=Cursor("c-1"),
    next_cursor=Cursor("c-2"),
    is_last=False,
    remaining=1,
    hotlines=(),
    changes=(GONE,),
    receipts=(),
    digest="",
)


def sealed(answer: EnrolmentAnswer, pair: KeyPair = PORTAL) -> bytes:
    payload = messages.print_enrolment_answer(answer)
    return messages.seal(payload, message_keys.signing_with(pair.private))


def accepted(batch: Batch, cursor: str | None = "c-1") -> Batch:
    payload = messages.print_batch(batch)
    ours = None if cursor is None else Cursor(cursor)
    return exchange.accept_batch(payload, enrolment=ENROLMENT, cursor=ours)


def mixed_up(batch: Batch, cursor: str | None = "c-1") -> object:
    with pytest.raises(MessageMixup) as caught:
        accepted(batch, cursor)
    return caught.value.facts["what"]


def test_an_answer_to_our_request_is_kept_as_it_is():
    assert exchange.check_answer(sealed(ANSWER), request=REQUEST) == ANSWER


def test_an_answer_must_be_signed_with_the_key_that_it_brings():
    with pytest.raises(SignatureInvalid):
        exchange.check_answer(sealed(ANSWER, STATION), request=REQUEST)


def test_an_answer_of_another_nature_is_refused():
    live = replace(ANSWER, nature=Nature.LIVE)
    with pytest.raises(NatureRefused) as caught:
        exchange.check_answer(sealed(live), request=REQUEST)
    assert caught.value.facts == {"ours": "demo", "theirs": "live"}


@pytest.mark.parametrize(
    ("expected", "what", "fields"),
    [
        (MessageMixup, "certificate", {"signing_certificate": certificate(message_keys.generate_p256())}),
        (MessageMixup, "authority", {"signing_certificate": certificate(PACKAGE, new_authority())}),
        (MalformedMessage, None, {"signing_certificate": b"rubbish"}),
        (MalformedMessage, None, {"signing_authority": b"rubbish"}),
    ],
)  # fmt: skip
def test_an_answer_with_a_certificate_that_is_not_ours_is_refused(expected, what, fields):
    with pytest.raises(expected) as caught:
        exchange.check_answer(sealed(replace(ANSWER, **fields)), request=REQUEST)
    assert what is None or caught.value.facts["what"] == what


def test_a_batch_that_follows_our_cursor_is_accepted():
    assert accepted(BATCH).changes == (GONE,)
    assert accepted(replace(BATCH, cursor=None), None).next_cursor == "c-2"


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("portal", {"portal": "portal-2"}),
        ("station", {"station": "station-2"}),
        ("cursor", {"cursor": "c-0"}),
        ("cursor", {"cursor": None}),
        ("cursor", {"next_cursor": "c-1"}),
        ("cursor", {"next_cursor": "c-1", "is_last": True}),
        ("cursor", {"next_cursor": "c-1", "changes": ()}),
    ],
)
def test_a_batch_that_is_not_for_us_or_not_for_now_is_refused(what, fields):
    assert mixed_up(replace(BATCH, **fields)) == what


def test_the_first_batch_is_not_taken_from_the_middle():
    assert mixed_up(BATCH, None) == "cursor"


def test_the_last_batch_may_bring_nothing_and_stay_where_it_is():
    nothing = replace(BATCH, next_cursor=Cursor("c-1"), is_last=True, changes=())
    assert accepted(nothing).next_cursor == "c-1"


def test_a_page_of_receipts_alone_may_lead_on():
    receipts = (Receipt(OperationId("0" * 8 + "-0000-0000-0000-" + "0" * 12), True, None),)
    assert accepted(replace(BATCH, changes=(), receipts=receipts)).receipts == receipts


def test_a_batch_of_another_nature_is_refused_before_anything_else():
    with pytest.raises(NatureRefused):
        accepted(replace(BATCH, nature=Nature.LIVE, portal=PortalId("portal-2")))


RECEIPTS = ReceiptsMessage(
    PortalId("portal-1"),
    StationId("station-1"),
    Nature.DEMO,
    NOON,
    (Receipt(OperationId("0" * 8 + "-0000-0000-0000-" + "0" * 12), False, "baseline_is_final"),),
)


def test_receipts_for_us_are_accepted():
    payload = messages.print_receipts(RECEIPTS)
    assert exchange.accept_receipts(payload, enrolment=ENROLMENT) == RECEIPTS.receipts


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        (MessageMixup, {"portal": "portal-2"}),
        (MessageMixup, {"station": "station-2"}),
        (NatureRefused, {"nature": Nature.LIVE}),
    ],
)
def test_receipts_for_somebody_else_are_refused(expected, fields):
    payload = messages.print_receipts(replace(RECEIPTS, **fields))
    with pytest.raises(expected):
        exchange.accept_receipts(payload, enrolment=ENROLMENT)


def test_a_message_of_one_kind_is_not_taken_for_another():
    with pytest.raises(UntrustedData):
        exchange.accept_receipts(messages.print_batch(BATCH), enrolment=ENROLMENT)
    with pytest.raises(UntrustedData):
        exchange.accept_batch(
            messages.print_receipts(RECEIPTS), enrolment=ENROLMENT, cursor=Cursor("c-1")
        )
