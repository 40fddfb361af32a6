"""Each attack on the list of The Update Framework, told in terms of the portal's stream.

TUF's list is of attacks on software updates; a stream of signed batches is the same problem. Each
test says what the attack is here, tries it by both roads where it can be carried by both, and shows
that it has a name, changes nothing in the vault, and leaves nothing lying about. Whoever attacks
sits on the road (a network, or a stick) unless a test says otherwise.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from cport_desktop.clock import SteppingClock, SystemClock
from cport_desktop.crypto import message_keys
from cport_desktop.crypto.key_wrapping import pair_of
from cport_desktop.crypto.message_keys import Sign
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.batch import START, Position, Standing, Withdrawal
from cport_desktop.domain.courier import BundleId, Heading, Manifest, Member, MemberKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.query import Query
from cport_desktop.errors import (
    AlreadyEnrolled,
    ChainForked,
    MalformedMessage,
    MessageMissing,
    MessageMixup,
    MessageReplayed,
    MessageTooLarge,
    PortalAhead,
    PortalFrozen,
    PortalRolledBack,
    SignatureInvalid,
    TransferCut,
    UntrustedData,
)
from cport_desktop.formats import portal_messages
from cport_desktop.formats.bundle_manifest import print_manifest
from cport_desktop.formats.message_kind import MessageKind, kind_of
from cport_desktop.formats.sealed_message import FORMAT_LINE, LONGEST_MESSAGE
from cport_desktop.formats.session_message import SessionToken, print_token
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.sync.bundle_reader import envelope_length
from cport_desktop.sync.bundle_writer import Parcel, write_bundle
from cport_desktop.sync.countdown import Patience
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.transfer import Persistence
from cport_desktop.usecases import inspect_vault
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.usecases.receive_by_courier import Reception, receive_by_courier
from cport_desktop.usecases.take_in import HTTPS, Road, Tally, take_in
from cport_desktop.vault import quarantine, replica, reports
from cport_desktop.vault.replica import StreamState
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault, reopened
from tests.demo.stations import new_keys, request_for
from tests.hostile.certificates import new_authority, server_context
from tests.hostile.scripted_server import Asked, Piece, answer, serving

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)
BUNDLE = Road("bundle", is_live=False)
LIMIT = 7
"""Changes of a page: the thirty reports make five."""


@dataclass(frozen=True)
class Ground:
    """A vault that has applied two batches of an honest portal, and expects the third."""

    vault: Vault
    gateway: Gateway
    enrolment: Enrolment
    clock: SteppingClock
    stick: Path

    def take(self, message: bytes, road: Road = HTTPS) -> None:
        """The message comes by this road, as if its turn had come."""
        if road is BUNDLE:
            path = self.bundle(message)
            receive_by_courier(self.vault, Reception([path], RefusingSandbox(), silent, never))
        else:
            take_in(self.vault, self.enrolment, message, road=road, tally=Tally())

    def bundle(self, message: bytes) -> Path:
        """A bundle in perfect order, which says that the message in it is the one that comes next:
        sealed to the station, and signed with the portal's own key.
        """
        number = len(list(self.stick.iterdir())) + 1
        answer, place = self.enrolment.answer, self.stream.position.sequence
        is_standing = self.says_that_nothing_waits(message)
        kind = MemberKind.STANDING if is_standing else MemberKind.BATCH
        member = Member(
            kind.value,
            len(message),
            hashlib.sha256(message).hexdigest(),
            sequence=place if is_standing else place + 1,
        )
        manifest = Manifest(
            bundle=BundleId(f"{number:032x}"),
            heading=Heading.STATION,
            portal=answer.portal,
            station=answer.station,
            nature=answer.nature,
            sequence=number,
            previous=None,
            issued_at=self.clock.now(),
            position=self.stream.position,
            answers=None,
            members=(member,),
        )
        envelope = portal_messages.seal(print_manifest(manifest), self.portal_signs)
        head = envelope_length(envelope) + envelope
        parcel = Parcel(
            heading=Heading.STATION,
            bundle=manifest.bundle,
            recipient=pair_of(self.enrolment.sealing_private_key).public,
            plain=iter([head, message] if message else [head]),
            size=len(head) + len(message),
            part_size=None,
        )
        path = self.stick / f"bundle-{number}"
        [written] = write_bundle(path, parcel, announce=silent, is_cancelled=never)
        return written

    def says_that_nothing_waits(self, message: bytes) -> bool:
        try:
            return kind_of(self.payload(message)) is MessageKind.STANDING
        except UntrustedData:
            return False

    @property
    def stream(self) -> StreamState:
        with self.vault.reader() as reader:
            return replica.stream(reader)

    def asked(self, position: Position | None = None) -> bytes:
        """What the portal answers to who stands at `position`, or where the vault stands."""
        road = DemoTransport(self.gateway, self.enrolment.answer.station)
        return road.changes(position or self.stream.position, limit=LIMIT)

    def take_all(self) -> list[bytes]:
        """The vault hears the portal to the end; all messages that it took."""
        messages: list[bytes] = []
        while not messages or not self.says_that_nothing_waits(messages[-1]):
            messages.append(self.asked())
            self.take(messages[-1])
        return messages

    def reports(self) -> tuple[ReportId, ...]:
        with self.vault.reader() as reader:
            return reports.matching(reader, Query(), limit=1000)

    @property
    def portal_signs(self) -> Sign:
        return message_keys.signing_with(self.gateway.identity.message_key)

    def forged(self, message: bytes, **fields: object) -> bytes:
        """`message` with other fields, signed with the portal's own key."""
        tree = msgspec.json.decode(self.payload(message))
        return portal_messages.seal(msgspec.json.encode(tree | fields), self.portal_signs)

    def payload(self, message: bytes) -> bytes:
        return portal_messages.unseal(message, self.enrolment.answer.portal_key)

    def unharmed(self) -> tuple[str, StreamState, list[str]]:
        """All that no attack may change: the vault's state, its place, what lies in staging."""
        staging = sorted(path.name for path in self.vault.layout.staging.iterdir())
        return inspect_vault.digest_of(self.vault), self.stream, staging

    def kept_aside(self) -> int:
        with self.vault.reader() as reader:
            return len(quarantine.listing(reader))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@dataclass(frozen=True)
class Prepared:
    """Folders of a closed gateway and a closed vault, for tests to copy."""

    folder: Path
    pictures: Path
    enrolment: Enrolment
    now: datetime


def open_gateway(folder: Path, pictures: Path, clock: SteppingClock) -> Gateway:
    return Gateway(
        folder,
        scenario=Scenario(7, 30, UNTIL, pictures=16),
        pictures=Pictures(pictures, seed=7),
        clock=clock,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Prepared:
    folder, clock = tmp_path_factory.mktemp("prepared"), SteppingClock(UNTIL)
    gateway = open_gateway(folder / "gateway", pictures, clock)
    with closing(gateway), a_vault(folder / "vault", clock=clock) as vault:
        enrolment, _ = enrol(vault, DemoTransport(gateway), introduction(gateway))
        ground = Ground(vault, gateway, enrolment, clock, folder)
        ground.take(ground.asked())
        ground.take(ground.asked())
    return Prepared(folder, pictures, enrolment, clock.now())


@pytest.fixture
def ground(prepared: Prepared, tmp_path: Path) -> Iterator[Ground]:
    clock = SteppingClock(prepared.now)
    for name in ("gateway", "vault"):
        shutil.copytree(prepared.folder / name, tmp_path / name)
    gateway = open_gateway(tmp_path / "gateway", prepared.pictures, clock)
    with closing(gateway), reopened(tmp_path / "vault", clock=clock) as vault:
        (tmp_path / "stick").mkdir()
        made = Ground(vault, gateway, prepared.enrolment, clock, tmp_path / "stick")
        assert made.unharmed()[2] == []
        yield made


def introduction(gateway: Gateway) -> Introduction:
    return Introduction(
        portal_url="https://127.0.0.1:8443",
        authority=gateway.identity.transport_authority.certificate,
        code=gateway.identity.enrolment_code,
        station_name="Test station",
        agency="Example Agency",
    )


@pytest.fixture(params=[HTTPS, BUNDLE], ids=lambda road: road.name)
def road(request: pytest.FixtureRequest) -> Road:
    return request.param  # type: ignore[no-any-return]


def refused(
    ground: Ground, message: bytes, expected: type[UntrustedData], road: Road = HTTPS
) -> UntrustedData:
    """The attack is named, nothing has changed, and the message is kept aside to be looked at."""
    before, aside = ground.unharmed(), ground.kept_aside()
    with pytest.raises(expected) as caught:
        ground.take(message, road)
    assert type(caught.value) is expected
    assert ground.unharmed() == before
    # What is too long to be a message is not even read out of a bundle.
    is_read = road is not BUNDLE or len(message) <= LONGEST_MESSAGE
    assert ground.kept_aside() == aside + is_read
    return caught.value


def goes_on(ground: Ground, road: Road = HTTPS) -> None:
    """What the honest portal says next is taken as if nothing had been."""
    before = ground.stream.position.sequence
    ground.take(ground.asked(), road)
    assert ground.stream.position.sequence == before + 1


class TestArbitrarySoftwareInstallation:
    """Somebody hands over what they like, in place of what the portal said."""

    def test_a_batch_that_the_portal_did_not_sign_is_refused(
        self, ground: Ground, road: Road
    ) -> None:
        payload = ground.payload(ground.asked())
        own = message_keys.signing_with(message_keys.generate_ed25519().private)
        refused(ground, portal_messages.seal(payload, own), SignatureInvalid, road)
        goes_on(ground, road)

    def test_one_that_is_changed_by_a_bit_is_refused(self, ground: Ground, road: Road) -> None:
        message = ground.asked()
        changed = message[:-1] + bytes([message[-1] ^ 1])
        refused(ground, changed, SignatureInvalid, road)
        goes_on(ground, road)


class TestEndlessData:
    """An answer has no end, or unpacks to more than anybody could hold."""

    def test_a_message_beyond_the_bound_is_refused(self, ground: Ground, road: Road) -> None:
        endless = FORMAT_LINE + b"A" * 88 + b"\nplain 1\n" + bytes(LONGEST_MESSAGE)
        refused(ground, endless, MessageTooLarge, road)
        goes_on(ground, road)

    @pytest.mark.parametrize(
        ("packing", "size", "expected"),
        [
            (b"zstd 1000", 128 * 1024 * 1024, MalformedMessage),
            (b"zstd %d" % LONGEST_MESSAGE, 128 * 1024 * 1024, MalformedMessage),
            (b"zstd 134217728", 128 * 1024 * 1024, MessageTooLarge),
        ],
    )
    def test_a_bomb_is_not_unpacked_even_if_the_portal_signed_it(
        self,
        ground: Ground,
        road: Road,
        packing: bytes,
        size: int,
        expected: type[UntrustedData],
    ) -> None:
        body = a_bomb(size)
        assert len(body) < 1024 * 1024
        refused(ground, signed(ground, packing, body), expected, road)
        goes_on(ground, road)


def a_bomb(size: int) -> bytes:
    """A frame of zeros, written piece by piece so that this test does not hold them."""
    packing = zstandard.ZstdCompressor(level=3).compressobj(size=size)
    piece = bytes(1024 * 1024)
    return b"".join(packing.compress(piece) for _ in range(size // len(piece))) + packing.flush()


def signed(ground: Ground, packing: bytes, body: bytes) -> bytes:
    """An envelope that the portal's key has signed, whatever is in it."""
    content = packing + b"\n" + body
    signature = base64.b64encode(ground.portal_signs(FORMAT_LINE + content))
    return FORMAT_LINE + signature + b"\n" + content


class TestExtraneousDependencies:
    """A message makes a station take things that do not belong to it."""

    def test_what_is_appended_to_a_message_is_not_taken_with_it(
        self, ground: Ground, road: Road
    ) -> None:
        message = ground.asked()
        refused(ground, message + message, SignatureInvalid, road)
        goes_on(ground, road)

    def test_what_is_packed_behind_a_batch_is_not_taken_with_it(
        self, ground: Ground, road: Road
    ) -> None:
        payload = ground.payload(ground.asked())
        frame = zstandard.ZstdCompressor().compress(payload)
        for body in (frame + frame, frame + b"more"):
            forged = signed(ground, b"zstd %d" % len(payload), body)
            refused(ground, forged, MalformedMessage, road)
        goes_on(ground, road)

    def test_things_of_a_kind_that_nobody_knows_are_kept_and_do_nothing(
        self, ground: Ground, road: Road
    ) -> None:
        known = ground.reports()
        unknown = [{"kind": "fetchAndRun", "from": "https://elsewhere.example/", "reportId": 17}]
        ground.take(ground.forged(ground.asked(), changes=unknown), road)
        assert ground.reports() == known
        goes_on(ground, road)


class TestFastForward:
    """A number far ahead is to make all that follows look old."""

    def test_a_sequence_far_ahead_is_a_gap_and_the_next_in_turn_is_still_taken(
        self, ground: Ground, road: Road
    ) -> None:
        refused(ground, ground.forged(ground.asked(), sequence=10**17), MessageMissing, road)
        goes_on(ground, road)

    def test_a_date_in_the_future_is_refused_where_the_portal_answers_at_once(
        self, ground: Ground
    ) -> None:
        for message in (ground.asked(), ground.forged(ground.asked(), changes=[])):
            forged = ground.forged(message, issuedAt="2099-01-01T00:00:00Z")
            refused(ground, forged, PortalAhead)
        goes_on(ground)


class TestIndefiniteFreeze:
    """Somebody keeps news back by showing again and again what was true once."""

    def test_an_old_word_that_nothing_waits_is_not_believed(self, ground: Ground) -> None:
        nothing_waits = ground.take_all()[-1]
        ground.clock.advance(timedelta(hours=2))
        refused(ground, nothing_waits, PortalFrozen)
        ground.gateway.feed([Withdrawal(ground.reports()[0], UNTIL, "synthetic reason")])
        goes_on(ground)

    def test_the_last_batch_again_is_not_believed(self, ground: Ground, road: Road) -> None:
        *_, last, _ = ground.take_all()
        refused(ground, last, MessageReplayed, road)

    def test_a_portal_that_leads_round_in_a_circle_is_noticed(
        self, ground: Ground, road: Road
    ) -> None:
        here = ground.stream.position.cursor
        error = refused(ground, ground.forged(ground.asked(), nextCursor=here), MessageMixup, road)
        assert error.facts == {"what": "cursor"}
        goes_on(ground, road)

    def test_a_word_that_travelled_long_makes_nothing_look_fresher_than_it_is(
        self, ground: Ground
    ) -> None:
        nothing_waits = ground.take_all()[-1]
        said_at = ground.stream.heard_at
        ground.clock.advance(timedelta(days=20))
        ground.take(nothing_waits, BUNDLE)
        assert ground.stream.heard_at == said_at


class TestMaliciousMirrors:
    """One road gives nothing but rubbish: no news come by it, and nothing is lost by it."""

    def test_rubbish_as_often_as_it_likes_stops_only_the_road_that_it_came_by(
        self, ground: Ground
    ) -> None:
        honest = ground.asked()
        for rubbish in (b"", b"<html>", honest[:80], bytes(10_000), honest[::-1], b"{}"):
            refused(ground, rubbish, MalformedMessage)
        for damaged in (honest[:-1], honest[:500], honest + b"\n"):
            refused(ground, damaged, SignatureInvalid)
        goes_on(ground, BUNDLE)


class TestMixAndMatch:
    """Messages that are genuine, each by itself, are put together as the portal never said them."""

    def test_a_batch_of_another_chain_of_this_very_station_is_refused(
        self, ground: Ground, road: Road
    ) -> None:
        # The portal tells a station anew that asks from the beginning: as genuine as the first.
        honest, position, anew = ground.asked(), ground.stream.position, START
        for _ in range(2):
            batch = portal_messages.parse_batch(ground.payload(ground.asked(anew)))
            anew = batch.position
        assert anew.sequence == position.sequence
        refused(ground, ground.asked(anew), ChainForked, road)
        ground.take(honest, road)

    def test_the_word_that_nothing_waits_of_another_place_is_refused(
        self, ground: Ground, road: Road
    ) -> None:
        honest = ground.asked()
        standing = Standing(
            ground.enrolment.answer.portal,
            ground.enrolment.answer.station,
            ground.enrolment.answer.nature,
            ground.clock.now(),
            1,
            "1" * 64,
        )
        payload = portal_messages.print_standing(standing)
        message = portal_messages.seal(payload, ground.portal_signs)
        refused(ground, message, ChainForked, road)
        ground.take(honest, road)

    def test_a_later_batch_before_an_earlier_one_is_refused(
        self, ground: Ground, road: Road
    ) -> None:
        third = ground.asked()
        behind = portal_messages.parse_batch(ground.payload(third)).position
        fourth = ground.asked(behind)
        refused(ground, fourth, MessageMissing, road)
        ground.take(third, road)
        ground.take(fourth, road)


class TestRollback:
    """What was true earlier is to take the place of what is true now."""

    def test_an_earlier_batch_is_refused(self, ground: Ground, road: Road) -> None:
        third = ground.asked()
        ground.take(third, road)
        refused(ground, third, MessageReplayed, road)
        goes_on(ground, road)

    def test_a_portal_that_was_put_back_is_noticed(self, ground: Ground, road: Road) -> None:
        yesterday = (ground.clock.now() - timedelta(days=1)).isoformat()
        refused(ground, ground.forged(ground.asked(), issuedAt=yesterday), PortalRolledBack, road)
        goes_on(ground, road)

    def test_an_older_state_of_a_report_changes_nothing_even_in_its_turn(
        self, ground: Ground, road: Road
    ) -> None:
        ground.take_all()
        position = ground.stream.position
        before = inspect_vault.digest_of(ground.vault)
        first = msgspec.json.decode(ground.payload(ground.asked(START)))
        olden = [lowered(change) for change in first["changes"] if "report" in change]
        place = {
            "sequence": position.sequence + 1,
            "previous": position.digest,
            "cursor": position.cursor,
            "nextCursor": "c-later",
        }
        message = portal_messages.seal(
            msgspec.json.encode(first | place | {"changes": olden}), ground.portal_signs
        )
        ground.take(message, road)
        assert inspect_vault.digest_of(ground.vault) == before


def lowered(change: dict[str, Any]) -> dict[str, Any]:
    """`change`, as a report of an earlier revision that says something else."""
    return change | {"report": change["report"] | {"revision": 0, "memo": "as it once was"}}


class TestSlowRetrieval:
    """An answer comes so slowly that it never ends."""

    def test_a_drip_is_given_up_in_time_and_what_came_of_it_is_not_used(
        self, ground: Ground, tmp_path: Path
    ) -> None:
        honest, authority = ground.asked(), new_authority()
        token = answer(200, print_token(SessionToken("t-1", 1800)))
        drip: list[Piece] = [answer(200, b"", length=len(honest))]
        drip += [piece for byte in honest[:600] for piece in (0.05, bytes([byte]))]

        def script(asked: Asked) -> list[Piece]:
            return [token] if asked.target == "/v1/token" else drip

        before = ground.unharmed()
        with (
            serving(script, server_context(authority, tmp_path)) as server,
            closing(impatient(ground, server.url, authority.pem)) as transport,
            pytest.raises(TransferCut),
        ):
            transport.changes(ground.stream.position, limit=LIMIT)
        assert ground.unharmed() == before
        goes_on(ground)


def impatient(ground: Ground, url: str, authority: bytes) -> PortalTransport:
    return PortalTransport(
        url,
        authority_pem=authority,
        clock=SystemClock(),
        station=ground.enrolment.answer.station,
        sign=message_keys.signing_with(message_keys.generate_ed25519().private),
        terms=Terms(
            patience=Patience(connect=2.0, silence=1.0, whole=1.0, grace=0.3, slowest=50_000.0),
            persistence=Persistence(attempts=1),
        ),
    )


class TestVulnerabilityToKeyCompromise:
    """One key in the wrong hands is not all of it."""

    def test_who_holds_the_road_cannot_speak_for_the_portal(self, ground: Ground) -> None:
        """TLS was broken, or its authority taken over: the batches have a key of their own."""
        transport_key = message_keys.signing_with(message_keys.generate_ed25519().private)
        payload = ground.payload(ground.asked())
        refused(ground, portal_messages.seal(payload, transport_key), SignatureInvalid)
        goes_on(ground)

    def test_who_holds_the_stations_key_cannot_speak_for_the_portal(
        self, ground: Ground, road: Road
    ) -> None:
        stations = message_keys.signing_with(ground.enrolment.station_private_key)
        payload = ground.payload(ground.asked())
        refused(ground, portal_messages.seal(payload, stations), SignatureInvalid, road)
        goes_on(ground, road)

    def test_who_holds_the_portals_key_can_add_to_its_words_and_not_take_them_back(
        self, ground: Ground, road: Road
    ) -> None:
        """The chain that was applied stands; what is added is visible as a link of its own."""
        honest = ground.asked()
        for fields, named in (
            ({"sequence": 2}, MessageReplayed),
            ({"previous": "0" * 64}, ChainForked),
            ({"sequence": 9}, MessageMissing),
            ({"portal": "another"}, MessageMixup),
        ):
            refused(ground, ground.forged(honest, **fields), named, road)
        goes_on(ground, road)

    def test_a_vault_takes_no_other_portals_key_for_its_own(
        self, ground: Ground, tmp_path: Path, pictures: Path
    ) -> None:
        other = Gateway(
            tmp_path / "other",
            scenario=Scenario(8, 5, UNTIL, pictures=16),
            pictures=Pictures(pictures, seed=7),
            clock=ground.clock,
        )
        before = ground.unharmed()
        with closing(other), pytest.raises(AlreadyEnrolled):
            enrol(ground.vault, DemoTransport(other), introduction(other))
        assert ground.unharmed() == before
        goes_on(ground)


class TestWrongSoftwareInstallation:
    """Genuine, and not what this station asked for."""

    def test_a_batch_for_another_station_is_refused(self, ground: Ground, road: Road) -> None:
        request = request_for(ground.gateway, new_keys())
        other = portal_messages.unseal_enrolment_answer(ground.gateway.enrol(request)).station
        message = ground.gateway.changes(other, None, digest=None, limit=LIMIT)
        error = refused(ground, message, MessageMixup, road)
        assert error.facts == {"what": "station"}
        goes_on(ground, road)

    def test_a_genuine_message_of_another_kind_is_refused(self, ground: Ground, road: Road) -> None:
        station = ground.enrolment.answer.station
        body = portal_messages.print_operations(station, ())
        receipts = ground.gateway.operations(station, body)
        assert kind_of(ground.payload(receipts)) is MessageKind.RECEIPTS
        refused(ground, receipts, MalformedMessage, road)
        goes_on(ground, road)
