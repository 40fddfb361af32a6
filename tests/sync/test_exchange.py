"""Only what is ours, of our nature and in its turn is applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.domain.batch import START, Batch, Position, Standing, Withdrawal
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.ids import Cursor, OperationId, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.errors import (
    ChainForked,
    MalformedMessage,
    MessageMissing,
    MessageMixup,
    MessageNewer,
    MessageReplayed,
    NatureRefused,
    PortalAhead,
    PortalFrozen,
    PortalRolledBack,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats import portal_messages as messages
from cport_desktop.formats.portal_messages import ReceiptsMessage
from cport_desktop.sync import exchange
from tests.agreement_builders import an_agreement, signed
from tests.hostile.certificates import Authority, new_authority

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PORTAL = message_keys.generate_ed25519()
STATION = message_keys.generate_ed25519()
PACKAGE = message_keys.generate_p256()
AUTHORITY = new_authority()
SEALING = key_wrapping.generate_pair()
TRANSPORT = message_keys.generate_p256()
REQUEST = EnrolmentRequest(
    code="code-1",
    station_name="Desk 1",
    agency="Agency Example",
    nature=Nature.DEMO,
    station_key=STATION.public,
    signing_key=PACKAGE.public,
    sealing_key=SEALING.public,
    transport_key=TRANSPORT.public,
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
    signed_agreement=signed(an_agreement(), PORTAL),
    signing_certificate=certificate(PACKAGE),
    signing_authority=AUTHORITY.pem,
    sealing_key=key_wrapping.generate_pair().public,
    transport_certificate=certificate(TRANSPORT),
    transport_authority=AUTHORITY.pem,
)
ENROLMENT = Enrolment(ANSWER, "https://portal.example", b"", b"", b"", NOON)
GONE = Withdrawal(ReportId(17), NOON, None)
LEAVES = {
    "replayed": MessageReplayed,
    "gap": MessageMissing,
    "chain": ChainForked,
    "rolled_back": PortalRolledBack,
    "frozen": PortalFrozen,
    "ahead": PortalAhead,
}
"""Each of these has a name, a sentence and a cure of its own."""
HERE = Position(7, "7" * 64, Cursor("c-7"))
"""Where the station stands: seven batches were applied."""
BATCH = Batch(
    portal=PortalId("portal-1"),
    station=StationId("station-1"),
    nature=Nature.DEMO,
    issued_at=NOON,
    sequence=8,
    previous="7" * 64,
    cursor=Cursor("c-7"),
    next_cursor=Cursor("c-8"),
    is_snapshot=False,
    remaining=1,
    changes=(GONE,),
    receipts=(),
    digest="",
)
FIRST = replace(BATCH, sequence=1, previous=None, cursor=None)
STANDING = Standing(
    PortalId("portal-1"), StationId("station-1"), Nature.DEMO, NOON, HERE.sequence, HERE.digest
)


def sealed(answer: EnrolmentAnswer, pair: KeyPair = PORTAL) -> bytes:
    payload = messages.print_enrolment_answer(answer)
    return messages.seal(payload, message_keys.signing_with(pair.private))


def accepted(
    batch: Batch, position: Position = HERE, *, issued_after: datetime | None = None
) -> Batch:
    payload = messages.print_batch(batch)
    return exchange.accept_batch(
        payload, enrolment=ENROLMENT, position=position, issued_after=issued_after
    )


def mixed_up(
    batch: Batch, position: Position = HERE, *, issued_after: datetime | None = None
) -> object:
    with pytest.raises(MessageMixup) as caught:
        accepted(batch, position, issued_after=issued_after)
    what = caught.value.facts["what"]
    assert type(caught.value) is LEAVES.get(str(what), MessageMixup)
    return what


def heard(
    standing: Standing,
    position: Position = HERE,
    *,
    now: datetime | None = NOON,
    issued_after: datetime | None = None,
) -> Standing:
    payload = messages.print_standing(standing)
    return exchange.accept_standing(
        payload, enrolment=ENROLMENT, position=position, now=now, issued_after=issued_after
    )


def test_an_answer_to_our_request_is_kept_as_it_is():
    assert exchange.check_answer(sealed(ANSWER), request=REQUEST) == ANSWER


def test_an_answer_must_be_signed_with_the_key_that_it_brings():
    with pytest.raises(SignatureInvalid):
        exchange.check_answer(sealed(ANSWER, STATION), request=REQUEST)


def test_an_answer_with_somebody_elses_transport_certificate_is_refused():
    other = replace(ANSWER, transport_certificate=certificate(message_keys.generate_p256()))
    with pytest.raises(MessageMixup) as caught:
        exchange.check_answer(sealed(other), request=REQUEST)
    assert caught.value.facts["what"] == "certificate"


def test_an_answer_whose_transport_certificate_comes_from_elsewhere_is_refused():
    other = replace(ANSWER, transport_authority=new_authority().pem)
    with pytest.raises(MessageMixup) as caught:
        exchange.check_answer(sealed(other), request=REQUEST)
    assert caught.value.facts["what"] == "authority"


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


def test_the_next_link_of_our_chain_is_accepted():
    assert accepted(BATCH).changes == (GONE,)
    assert accepted(FIRST, START).next_cursor == "c-8"


def test_where_it_stands_afterwards_is_where_the_next_one_begins():
    first = accepted(FIRST, START)
    following = replace(BATCH, sequence=2, previous=first.digest, cursor=first.next_cursor)
    second = accepted(replace(following, next_cursor=Cursor("c-9")), first.position)
    assert second.position == Position(2, second.digest, Cursor("c-9"))
    assert first.digest != second.digest


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("portal", {"portal": "portal-2"}),
        ("station", {"station": "station-2"}),
        ("replayed", {"sequence": 7}),
        ("replayed", {"sequence": 1, "previous": None, "cursor": None}),
        ("gap", {"sequence": 9}),
        ("gap", {"sequence": 900}),
        ("chain", {"previous": "8" * 64}),
        ("chain", {"previous": None}),
        ("chain", {"cursor": "c-6"}),
        ("chain", {"cursor": None}),
        ("cursor", {"next_cursor": "c-7"}),
        ("cursor", {"next_cursor": "c-7", "changes": ()}),
    ],
)
def test_a_batch_that_is_not_for_us_or_not_for_now_is_refused_by_name(what, fields):
    assert mixed_up(replace(BATCH, **fields)) == what


def test_the_first_batch_is_not_taken_from_the_middle():
    assert mixed_up(BATCH, START) == "gap"
    assert mixed_up(replace(BATCH, sequence=1), START) == "chain"


def test_a_batch_older_than_what_was_applied_last_is_a_portal_that_went_back():
    late = NOON + exchange.CLOCK_STEP + timedelta(microseconds=1)
    assert mixed_up(BATCH, issued_after=late) == "rolled_back"


def test_a_portals_clock_may_be_set_right_between_two_batches():
    assert accepted(BATCH, issued_after=NOON + exchange.CLOCK_STEP).issued_at == NOON


def test_a_batch_of_the_future_is_refused_where_the_portal_answers_at_once():
    payload = messages.print_batch(
        replace(BATCH, issued_at=NOON + exchange.OLDEST_LIVE_STANDING + timedelta(seconds=1))
    )
    with pytest.raises(PortalAhead):
        exchange.accept_batch(payload, enrolment=ENROLMENT, position=HERE, now=NOON)
    carried = exchange.accept_batch(payload, enrolment=ENROLMENT, position=HERE)
    assert carried.issued_at > NOON


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        (exchange.Place.NEXT, {}),
        (exchange.Place.BEFORE, {"sequence": 7}),
        (exchange.Place.BEFORE, {"sequence": 6, "previous": "8" * 64}),
        (exchange.Place.AHEAD, {"sequence": 9, "previous": "7" * 64}),
        (exchange.Place.ELSEWHERE, {"previous": "8" * 64}),
        (exchange.Place.ELSEWHERE, {"cursor": "c-6"}),
    ],
)
def test_every_place_towards_the_chain_has_its_name(place, fields):
    assert exchange.place_of(replace(BATCH, **fields), HERE) is place


def test_the_word_that_nothing_waits_is_accepted_for_where_we_stand():
    assert heard(STANDING) == STANDING
    nothing_ever = replace(STANDING, sequence=0, digest=None)
    assert heard(nothing_ever, START) == nothing_ever


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("portal", {"portal": "portal-2"}),
        ("station", {"station": "station-2"}),
        ("chain", {"sequence": 6}),
        ("chain", {"sequence": 8}),
        ("chain", {"digest": "8" * 64}),
        ("chain", {"sequence": 0, "digest": None}),
        ("frozen", {"issued_at": NOON - exchange.OLDEST_LIVE_STANDING - timedelta(seconds=1)}),
        ("ahead", {"issued_at": NOON + exchange.OLDEST_LIVE_STANDING + timedelta(seconds=1)}),
    ],
)
def test_the_word_that_nothing_waits_is_refused_if_it_is_of_elsewhere_or_of_long_ago(what, fields):
    with pytest.raises(MessageMixup) as caught:
        heard(replace(STANDING, **fields))
    assert caught.value.facts["what"] == what
    assert type(caught.value) is LEAVES.get(str(what), MessageMixup)


def test_a_word_that_travelled_for_days_is_accepted_and_one_before_our_last_batch_is_not():
    days_old = replace(STANDING, issued_at=NOON - timedelta(days=9))
    assert heard(days_old, now=None) == days_old
    with pytest.raises(MessageMixup) as caught:
        heard(days_old, now=None, issued_after=NOON)
    assert caught.value.facts["what"] == "rolled_back"


def test_a_word_of_another_nature_is_refused():
    with pytest.raises(NatureRefused):
        heard(replace(STANDING, nature=Nature.LIVE))


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


def test_receipts_of_a_later_version_are_named_as_such():
    payload = messages.print_receipts(RECEIPTS).replace(b'"schema":2', b'"schema":3')
    with pytest.raises(MessageNewer):
        exchange.accept_receipts(payload, enrolment=ENROLMENT)


def test_a_message_of_one_kind_is_not_taken_for_another():
    with pytest.raises(UntrustedData):
        exchange.accept_receipts(messages.print_batch(BATCH), enrolment=ENROLMENT)
    with pytest.raises(UntrustedData):
        exchange.accept_batch(messages.print_receipts(RECEIPTS), enrolment=ENROLMENT, position=HERE)
    with pytest.raises(UntrustedData):
        exchange.accept_standing(
            messages.print_batch(BATCH), enrolment=ENROLMENT, position=HERE, now=NOON
        )
    with pytest.raises(UntrustedData):
        exchange.accept_batch(messages.print_standing(STANDING), enrolment=ENROLMENT, position=HERE)
