"""What every road to a portal keeps to, whether it has a network or not.

A suite for one implementation is a class named `Test…` that inherits from `TransportContract`
and gives it a `ground` fixture.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from cport_desktop.crypto.checkpoint import Checkpoint
from cport_desktop.crypto.merkle import Frontier, consistency_proof, leaf_hash
from cport_desktop.crypto.message_keys import KeyPair, generate_ed25519, signing_with
from cport_desktop.crypto.signed_note import (
    SignatureType,
    SignedNote,
    VerifierKey,
    parse_signature,
    print_note,
    sign_note,
    verified,
)
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.anchoring import (
    AnchorAnswer,
    AnchorOutcome,
    AnchorRequest,
    LogOrigin,
)
from cport_desktop.domain.batch import START, Batch, Position, Standing
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import Actor, MediaId, ReportId, StationId, VaultId
from cport_desktop.domain.in_hand import HandKind, InHand, InHandHere
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import MediaNotice
from cport_desktop.errors import (
    AccessRevoked,
    CodeRefused,
    MalformedMessage,
    MessageMixup,
    MessageTooLarge,
    NatureRefused,
    NotEnrolled,
    SignatureInvalid,
    TransferCut,
    UnknownReference,
)
from cport_desktop.formats import portal_messages as messages
from cport_desktop.formats.message_kind import MessageKind, kind_of
from cport_desktop.sync import exchange
from cport_desktop.sync.chunks import accept_chunks
from cport_desktop.sync.transport import Transport
from tests.demo.stations import (
    Station,
    assessment_of,
    enrol,
    feedback_on,
    new_keys,
    notices_of,
    reports_of,
    request_for,
)

Ask = Callable[[], bytes]
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Ground:
    """A gateway, and how to set out for it: unknown, or as a station with its key."""

    gateway: Gateway
    stranger: Callable[[], Transport]
    road: Callable[[Station], Transport]


def bond(station: Station) -> Enrolment:
    private = station.keys.message.private
    return Enrolment(
        station.answer, "https://127.0.0.1", b"", private, b"", station.gateway.clock.now()
    )


def heard(
    road: Transport, station: Station, position: Position = START, limit: int = 20
) -> Batch | Standing:
    """What the portal answers to who stands at `position`, and a vault would take."""
    payload = station.unsealed(road.changes(position, limit=limit))
    enrolment = bond(station)
    if kind_of(payload) is MessageKind.STANDING:
        now = station.gateway.clock.now()
        return exchange.accept_standing(payload, enrolment=enrolment, position=position, now=now)
    return exchange.accept_batch(payload, enrolment=enrolment, position=position)


def page(road: Transport, station: Station, position: Position = START, limit: int = 20) -> Batch:
    batch = heard(road, station, position, limit)
    assert isinstance(batch, Batch)
    return batch


def first_notice(road: Transport, station: Station) -> MediaNotice:
    reports = reports_of([page(road, station)])
    return max(
        (notice for report in reports for notice in notices_of(report)),
        key=lambda notice: notice.size,
    )


def whole(road: Transport, media_id: MediaId, *, start: int, size: int) -> bytes:
    with road.media(media_id, start=start, size=size) as pieces:
        taken = list(pieces)
    assert all(len(piece) <= 1024 * 1024 for piece in taken)
    return b"".join(taken)


class ALog:
    """An audit log of three entries and its key, without a vault around it."""

    def __init__(self, station: Station, pair: KeyPair) -> None:
        self.station = station
        self.pair = pair
        self.origin = LogOrigin(VaultId("5f" * 16), 1)
        self.key = VerifierKey(str(self.origin), SignatureType.ED25519, pair.public)
        self.tree = Frontier()
        self.leaves: list[bytes] = []
        self.grow(3)

    def grow(self, entries: int, *, salt: bytes = b"entry") -> None:
        for _ in range(entries):
            self.leaves.append(leaf_hash(salt + bytes([len(self.leaves)])))
            self.tree.append(self.leaves[-1])

    @property
    def text(self) -> str:
        return Checkpoint(str(self.origin), self.tree.size, self.tree.root()).text

    def head(self, *, old_size: int = 0, proof: Sequence[bytes] = ()) -> AnchorRequest:
        line = sign_note(self.text, self.key, signing_with(self.pair.private))
        return AnchorRequest(
            station=self.station.name,
            log_key=str(self.key),
            checkpoint=print_note(SignedNote(self.text, (line,))),
            old_size=old_size,
            proof=tuple(proof),
        )

    def request(self, *, old_size: int = 0, proof: Sequence[bytes] = ()) -> bytes:
        return messages.print_anchor(self.head(old_size=old_size, proof=proof))


def a_log(station: Station, *, pair: KeyPair | None = None) -> ALog:
    return ALog(station, pair or generate_ed25519())


def anchored(road: Transport, station: Station, request: bytes) -> AnchorAnswer:
    payload = station.unsealed(road.anchor(request))
    return exchange.accept_anchor(payload, enrolment=bond(station))


def is_cosigned(log: ALog, answer: AnchorAnswer, station: Station) -> bool:
    given = station.answer
    note = SignedNote(log.text, (parse_signature(answer.cosignature or ""),))
    return verified(note, messages.portal_witness(given.portal, given.portal_key)) is not None


class TransportContract:
    def test_a_stranger_with_the_code_becomes_a_station(self, ground: Ground):
        keys = new_keys()
        request = request_for(ground.gateway, keys)
        message = ground.stranger().enrol(request)
        answer = exchange.check_answer(message, request=messages.parse_enrolment_request(request))
        station = Station(ground.gateway, keys, answer)
        assert page(ground.road(station), station).changes

    def test_a_wrong_code_is_refused_by_name(self, ground: Ground):
        with pytest.raises(CodeRefused):
            ground.stranger().enrol(request_for(ground.gateway, new_keys(), code="0" * 16))

    def test_a_station_of_another_nature_is_refused_by_name(self, ground: Ground):
        request = request_for(ground.gateway, new_keys(), nature=Nature.LIVE)
        with pytest.raises(NatureRefused) as caught:
            ground.stranger().enrol(request)
        assert set(caught.value.facts.values()) == {"demo", "live"}

    def test_what_is_no_request_is_refused_by_name(self, ground: Ground):
        with pytest.raises(MalformedMessage):
            ground.stranger().enrol(b'{"schema":1}')

    def test_a_stranger_gets_nothing(self, ground: Ground):
        road = ground.stranger()
        asks: list[Ask] = [
            lambda: road.changes(START, limit=1),
            lambda: road.operations(b"{}"),
            lambda: road.anchor(b"{}"),
            lambda: whole(road, MediaId(1), start=0, size=1),
        ]
        for ask in asks:
            with pytest.raises((NotEnrolled, AccessRevoked)):
                ask()

    def test_pages_follow_one_another_to_the_last(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        batches = [page(road, station)]
        while isinstance(following := heard(road, station, batches[-1].position), Batch):
            batches.append(following)
        assert sum(len(batch.changes) for batch in batches) > len(batches) > 2
        assert [batch.sequence for batch in batches] == list(range(1, len(batches) + 1))
        assert batches[0].is_snapshot
        assert not batches[-1].remaining
        assert following.digest == batches[-1].digest

    def test_the_same_question_has_the_same_answer_to_the_byte(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        assert road.changes(START, limit=20) == road.changes(START, limit=20)

    def test_a_batch_is_the_same_whatever_page_is_asked_for_the_second_time(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        assert road.changes(START, limit=20) == road.changes(START, limit=7)

    def test_a_place_of_another_station_is_refused(self, ground: Ground):
        station, other = enrol(ground.gateway), enrol(ground.gateway)
        position = page(ground.road(station), station).position
        with pytest.raises(MessageMixup):
            ground.road(other).changes(position, limit=20)

    def test_an_operation_counts_once_however_often_it_is_sent(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        report = reports_of([page(road, station)])[0]
        body = messages.print_operations(station.name, (feedback_on(report, 1),))
        answers = [
            exchange.accept_receipts(
                station.unsealed(road.operations(body)), enrolment=bond(station)
            )
            for _ in range(2)
        ]
        assert answers[0] == answers[1]
        assert [receipt.is_settled for receipt in answers[0]] == [True]

    def test_a_rejected_operation_comes_back_with_its_reason(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        report = reports_of([page(road, station)])[0]
        elsewhere = replace(report, contents=())
        operation = assessment_of(elsewhere, 999_999_999, 2)  # type: ignore[arg-type]
        body = messages.print_operations(station.name, (operation,))
        (receipt,) = exchange.accept_receipts(
            station.unsealed(road.operations(body)), enrolment=bond(station)
        )
        assert not receipt.is_settled
        assert receipt.reason

    def test_operations_of_another_station_are_refused(self, ground: Ground):
        station, other = enrol(ground.gateway), enrol(ground.gateway)
        body = messages.print_operations(other.name, ())
        with pytest.raises(MalformedMessage):
            ground.road(station).operations(body)

    def test_what_is_in_hand_is_told_to_the_other_stations_and_to_nobody_else(self, ground: Ground):
        station, other = enrol(ground.gateway), enrol(ground.gateway)
        now = ground.gateway.clock.now()
        entry = InHand(ReportId(17), HandKind.LEASE, Actor("analyst-1"), now, now + HOUR)
        told = messages.print_in_hand(InHandHere(station.name, now, (entry,)))
        for _ in range(2):
            ground.road(station).in_hand(told)
        nothing = messages.print_in_hand(InHandHere(other.name, now, ()))
        answer = other.unsealed(ground.road(other).in_hand(nothing))
        heard = exchange.accept_elsewhere(answer, enrolment=bond(other))
        assert [(each.station, each.entry) for each in heard.entries] == [(station.name, entry)]
        with pytest.raises(MessageMixup):
            exchange.accept_elsewhere(answer, enrolment=bond(station))
        with pytest.raises(MalformedMessage):
            ground.road(station).in_hand(nothing)

    def test_a_head_of_the_log_is_co_signed_and_the_next_one_behind_it(self, ground: Ground):
        station = enrol(ground.gateway)
        road, log = ground.road(station), a_log(station)
        first = anchored(road, station, log.request())
        assert (first.outcome, first.size) == (AnchorOutcome.COSIGNED, 3)
        assert is_cosigned(log, first, station)
        earlier = log.tree.copy()
        log.grow(5)
        proof = consistency_proof(earlier, log.leaves[3:])
        second = anchored(road, station, log.request(old_size=3, proof=proof))
        assert (second.outcome, second.size) == (AnchorOutcome.COSIGNED, 8)
        assert is_cosigned(log, second, station)

    def test_the_same_head_may_be_handed_over_again(self, ground: Ground):
        station = enrol(ground.gateway)
        road, log = ground.road(station), a_log(station)
        anchored(road, station, log.request())
        again = anchored(road, station, log.request(old_size=3))
        assert (again.outcome, again.size) == (AnchorOutcome.COSIGNED, 3)

    def test_a_head_that_is_proved_from_elsewhere_is_told_where_the_portal_stands(
        self, ground: Ground
    ):
        station = enrol(ground.gateway)
        road, log = ground.road(station), a_log(station)
        anchored(road, station, log.request())
        root = log.tree.root()
        log.grow(4)
        answer = anchored(road, station, log.request(old_size=2))
        assert (answer.outcome, answer.size) == (AnchorOutcome.OTHER_SIZE, 3)
        assert answer.root == root
        assert answer.cosignature is None

    def test_a_shorter_head_is_a_roll_back_and_a_forked_one_inconsistent(self, ground: Ground):
        station = enrol(ground.gateway)
        road, log = ground.road(station), a_log(station)
        log.grow(4)
        anchored(road, station, log.request())
        shorter = a_log(station, pair=log.pair)
        rolled_back = anchored(road, station, shorter.request())
        assert (rolled_back.outcome, rolled_back.size) == (AnchorOutcome.ROLLED_BACK, 7)
        shorter.grow(20, salt=b"forked")
        forked = anchored(road, station, shorter.request(old_size=7))
        assert (forked.outcome, forked.cosignature) == (AnchorOutcome.INCONSISTENT, None)

    def test_a_head_that_is_not_signed_by_its_log_is_refused(self, ground: Ground):
        station = enrol(ground.gateway)
        road, log = ground.road(station), a_log(station)
        other = a_log(station)
        for request in (
            replace(log.head(), log_key=str(other.key)),
            replace(log.head(), checkpoint=b"rubbish"),
            replace(log.head(), log_key="rubbish"),
            replace(log.head(), station=StationId("another")),
        ):
            with pytest.raises((MalformedMessage, SignatureInvalid, AccessRevoked)):
                road.anchor(messages.print_anchor(request))
        with pytest.raises(MalformedMessage):
            road.anchor(b"{}")

    def test_a_file_comes_whole_and_from_any_byte_on(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        notice = first_notice(road, station)
        everything = whole(road, notice.media_id, start=0, size=notice.size)
        assert len(everything) == notice.size
        for start in (1, notice.size // 2, notice.size - 1, notice.size):
            rest = whole(road, notice.media_id, start=start, size=notice.size)
            assert rest == everything[start:]

    def test_a_file_that_is_longer_or_shorter_than_announced_has_a_name(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        notice = first_notice(road, station)
        for start in (0, 10):
            with pytest.raises(MessageTooLarge):
                whole(road, notice.media_id, start=start, size=notice.size - 1)
            with pytest.raises(TransferCut):
                whole(road, notice.media_id, start=start, size=notice.size + 1)

    def test_the_digests_of_a_files_parts_are_signed_and_make_up_the_file(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        notice = first_notice(road, station)

        message = road.chunks(notice.media_id)

        chunks = accept_chunks(message, enrolment=bond(station), notice=notice)
        content = whole(road, notice.media_id, start=0, size=notice.size)
        parts = [
            content[at : at + chunks.chunk_size] for at in range(0, len(content), chunks.chunk_size)
        ]
        assert chunks.digests == b"".join(hashlib.sha256(part).digest() for part in parts)

    def test_a_file_that_the_portal_has_not_got_has_no_parts_either(self, ground: Ground):
        with pytest.raises(UnknownReference):
            ground.road(enrol(ground.gateway)).chunks(MediaId(1))

    def test_a_file_that_the_portal_has_not_got_has_a_name(self, ground: Ground):
        road = ground.road(enrol(ground.gateway))
        with pytest.raises(UnknownReference):
            whole(road, MediaId(999_999_999_999), start=0, size=10)

    def test_a_file_may_be_left_in_the_middle(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        notice = first_notice(road, station)
        with road.media(notice.media_id, start=0, size=notice.size) as pieces:
            next(pieces)
        assert page(road, station).changes

    def test_a_revoked_station_is_told_so(self, ground: Ground):
        station = enrol(ground.gateway)
        road = ground.road(station)
        notice = first_notice(road, station)
        ground.gateway.revoke(station.name)
        asks: list[Ask] = [
            lambda: road.changes(START, limit=1),
            lambda: road.operations(messages.print_operations(station.name, ())),
            lambda: road.anchor(a_log(station).request()),
            lambda: whole(road, notice.media_id, start=0, size=notice.size),
        ]
        for ask in asks:
            with pytest.raises(AccessRevoked):
                ask()

    def test_what_comes_is_signed_by_the_portal_and_nobody_else(self, ground: Ground):
        station = enrol(ground.gateway)
        message = ground.road(station).changes(START, limit=1)
        with pytest.raises(SignatureInvalid):
            messages.unseal(message, new_keys().message.public)

    def test_a_road_may_be_closed_twice(self, ground: Ground):
        road = ground.stranger()
        road.close()
        road.close()
