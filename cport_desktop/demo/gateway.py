"""The reference gateway: plays the portal for one jurisdiction, on synthetic reports.

It understands the protocol and knows no network: bytes in, sealed bytes out. `demo.server`
puts it behind HTTPS, `demo.double` behind the `Transport` port in the same process.

What it promises:

1. Keys, scenario, stations, receipts and settled assessments are made once and kept in its
   folder; a restart goes on where it was.
2. Each station has a stream of its own (`demo.pages`): batches in a chain. A batch that was
   sealed is answered again, to the byte, until the station's next question shows that it came; so
   roads can be changed in the middle. A station that was put back to an earlier state is told
   anew from there.
3. Receipts ride along with batches, each once; what was sent again is answered again.
4. An operation counts once, however often it is sent; its first decision stands.
5. Of each station's audit log it holds the longest head, and co-signs none that does not go on
   from it.
6. What a station has in hand is told to the other stations of its agency, and to nobody else.
7. An enrolment code is good for one station.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.crypto import message_keys
from cport_desktop.demo.admission import Admission
from cport_desktop.demo.agreement_desk import AgreementDesk
from cport_desktop.demo.chunking import chunk_map_of
from cport_desktop.demo.code_book import CodeBook
from cport_desktop.demo.enrolment_desk import EnrolmentDesk
from cport_desktop.demo.hands import Hands
from cport_desktop.demo.iccam_import import IccamDesk, IccamFile, Imported
from cport_desktop.demo.ledger import Ledger
from cport_desktop.demo.operation_desk import OperationDesk
from cport_desktop.demo.pages import PageMaker
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.portal_identity import kept_scenario, publish_code, settle_in
from cport_desktop.demo.records import (
    FIRST_LIST,
    first_records,
    later_records,
    pictured_files,
)
from cport_desktop.demo.scenario import DEFAULT_PICTURES, Scenario
from cport_desktop.demo.witness import Witness
from cport_desktop.domain.anchoring import AnchorAnswer
from cport_desktop.domain.batch import Batch, Change, Position, Standing, Subject
from cport_desktop.domain.ids import Cursor, HotlineId, MediaId, StationId, media_reference
from cport_desktop.domain.in_hand import InHandElsewhere
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import MalformedMessage, UnknownReference
from cport_desktop.formats import portal_messages
from cport_desktop.formats.message_kind import MessageKind, kind_of
from cport_desktop.formats.portal_messages import ReceiptsMessage

LARGEST_PAGE: Final = 1000
"""Changes of one page; the protocol's own bound."""

DEFAULT_SEED: Final = 20260


@dataclass(frozen=True, slots=True)
class MediaFile:
    """The bytes of a media item, and their SHA-256 in hex."""

    content: bytes
    sha256: str


class Gateway:
    """A portal whose state lives in `directory`. Usable from any thread."""

    def __init__(
        self,
        directory: Path,
        *,
        scenario: Scenario,
        pictures: Pictures,
        clock: Clock,
        nature: Nature = Nature.DEMO,
    ) -> None:
        """Settle into `directory`, or take up again what is kept there.

        Raises:
            NatureRefused: if the gateway kept there is of another nature.
            ValueError: if it plays another scenario (see `open_gateway`).
        """
        self.identity = settle_in(directory, scenario, nature, clock.now())
        self.directory = directory
        self.scenario = scenario
        self.clock = clock
        self._pictures = pictures
        self._ledger = Ledger(directory / "ledger.db")
        self.codes = CodeBook(self._ledger, self.identity.enrolment_code)
        self._show_open_code()
        self._sign = message_keys.signing_with(self.identity.message_key)
        self._pages = PageMaker(self.identity, pictures, self._ledger, clock)
        self._enrolments = EnrolmentDesk(
            self.identity, scenario.jurisdiction, self._ledger, self.codes, self._sign, clock
        )
        self._desk = OperationDesk(self._ledger, self._pages, clock)
        self.admission = Admission(self._ledger, clock)
        public = message_keys.public_half(self.identity.message_key)
        key = portal_messages.portal_witness(self.identity.portal, public)
        self._hands = Hands(self._ledger, clock)
        self._witness = Witness(self._ledger, clock, key=key, sign=self._sign)

    @property
    def ledger(self) -> Ledger:
        """What it remembers."""
        return self._ledger

    @property
    def sign(self) -> message_keys.Sign:
        """Signs as the portal."""
        return self._sign

    def close(self) -> None:
        """Let go of files and children. May be called more than once."""
        self._pictures.close()
        self._ledger.close()

    def enrol(self, untrusted: bytes) -> bytes:
        """The sealed answer to an enrolment request; the same again for the same keys. Its code is
        used up then, and another one is open.

        Raises:
            MalformedMessage, MessageTooLarge: if it is no such request.
            NatureRefused: if the station is of another nature.
            CodeRefused: if the code is not the open one, nor the one that this very request used.
            AccessRevoked: if the station was enrolled and shut out again.
        """
        request = portal_messages.parse_enrolment_request(untrusted)
        answer = self._enrolments.enrol(request)
        self._show_open_code()
        return portal_messages.seal(answer, self._sign)

    def import_reports(self, files: Iterable[IccamFile], *, hotline: HotlineId) -> Imported:
        """Feed reports from files in the ICCAM dialect (`demo.iccam_import`); `hotline` reported what
        does not say who did.
        """
        desk = IccamDesk(self._ledger, self._pages, self.clock, hotline)
        return desk.take(files)

    def stations(self) -> Sequence[StationId]:
        """Every station that was ever enrolled."""
        return self._ledger.stations()

    @property
    def agreements(self) -> AgreementDesk:
        """Which agreement a station has, a new version of it, its end."""
        return AgreementDesk(self._ledger, self._sign, self.clock)

    def revoke(self, station: StationId) -> None:
        """Shut a station out: from now on it is answered with `access_revoked`."""
        record = self._ledger.station(station)
        if record is not None:
            self._ledger.save_station(replace(record, is_revoked=True))

    def changes(
        self, station: StationId, cursor: Cursor | None, *, digest: str | None, limit: int
    ) -> bytes:
        """The sealed batch that follows `cursor`, with at most `limit` changes; or the sealed
        standing if nothing does. `digest` is that of the last batch that the station applied.

        Raises:
            AccessRevoked: if the station may not ask.
            MessageMixup: if the cursor was not made here for this station.
            MalformedMessage: if the limit is out of range.
        """
        self.admission.enrolled(station)
        if not 1 <= limit <= LARGEST_PAGE:
            raise MalformedMessage(where="limit", cause=f"not from 1 to {LARGEST_PAGE}")
        with self._ledger.transaction():
            marks = self._pages.marks(station, cursor)
            sequence = 0 if marks is None else marks.sequence
            self._ledger.forget_issued(station, sequence)
            kept = self._ledger.issued(station, sequence + 1, digest)
            return kept or self._issue(station, cursor, digest, sequence=sequence, limit=limit)

    def feed(self, changes: Sequence[Change]) -> None:
        """Changes that every station gets behind what it has: reports, lists, decisions."""
        self._ledger.feed(changes)

    def feed_first_records(self, taxonomy: Taxonomy) -> None:
        """Lists, decisions and a newer version of `taxonomy` are in every stream (`demo.records`),
        if they are not there from an earlier start; if they are, so is what became of the lists
        since.
        """
        files = pictured_files(self.scenario)
        facts = self._pictures.facts(files)
        if self._ledger.told(Subject.HASH_LIST.value, FIRST_LIST) is None:
            signs = self._pictures.signs(files)
            records = first_records(self.scenario, facts, taxonomy, signs)
        else:
            records = later_records(
                self._ledger.told_below(Subject.HASH_LIST_ENTRY.value, f"{FIRST_LIST}/"),
                self.clock.now(),
            )
        with self._ledger.transaction():
            self._ledger.feed(records)

    def waiting(
        self, station: StationId, position: Position, *, limit: int
    ) -> Iterator[tuple[bytes, Batch | Standing]]:
        """Each sealed batch that follows `position`, and the sealed standing behind the last: what
        `changes` would answer, question by question. But nothing here says that the station has any
        of it; it has what lies before `position`.

        Raises:
            AccessRevoked, MessageMixup: as `changes`.
        """
        self.admission.enrolled(station)
        public = message_keys.public_half(self.identity.message_key)
        with self._ledger.transaction():
            marks = self._pages.marks(station, position.cursor)
            sequence = 0 if marks is None else marks.sequence
            self._ledger.forget_issued(station, sequence)
        cursor, digest = position.cursor, position.digest
        while True:
            with self._ledger.transaction():
                kept = self._ledger.issued(station, sequence + 1, digest)
                message = kept or self._issue(
                    station, cursor, digest, sequence=sequence, limit=limit
                )
            payload = portal_messages.unseal(message, public)
            if kind_of(payload) is MessageKind.STANDING:
                yield message, portal_messages.parse_standing(payload)
                return
            batch = portal_messages.parse_batch(payload)
            yield message, batch
            sequence, cursor, digest = batch.sequence, batch.next_cursor, batch.digest

    def operations(self, station: StationId, untrusted: bytes) -> bytes:
        """The sealed receipts for operations, each decided once.

        Raises:
            AccessRevoked: if the station may not ask.
            MalformedMessage, MessageTooLarge: if it is no such message, or names another station; nothing
                was decided.
        """
        self.admission.enrolled(station)
        message = portal_messages.parse_operations(untrusted)
        if message.station != station:
            raise MalformedMessage(where="$.station", cause="another than who asks")
        answer = ReceiptsMessage(
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
            issued_at=self.clock.now(),
            receipts=tuple(self._desk.receive(station, each) for each in message.operations),
        )
        return portal_messages.seal(portal_messages.print_receipts(answer), self._sign)

    def anchor(self, station: StationId, untrusted: bytes) -> bytes:
        """The sealed answer to a head of the station's audit log (`demo.witness`).

        Raises:
            AccessRevoked: if the station may not ask.
            MalformedMessage, MessageTooLarge, SignatureInvalid: if it is no signed head.
        """
        self.admission.enrolled(station)
        request = portal_messages.parse_anchor(untrusted)
        if request.station != station:
            raise MalformedMessage(where="$.station", cause="another than who asks")
        testimony = self._witness.testify(station, request)
        held = testimony.held
        answer = AnchorAnswer(
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
            issued_at=self.clock.now(),
            outcome=testimony.outcome,
            lineage=0 if held is None else held.origin.lineage,
            size=0 if held is None else held.size,
            root=None if held is None else held.root,
            cosignature=testimony.cosignature,
        )
        return portal_messages.seal(portal_messages.print_anchored(answer), self._sign)

    def in_hand(self, station: StationId, untrusted: bytes) -> bytes:
        """What the station has in hand is kept (`demo.hands`); the sealed word of what other stations of
        its agency have.

        Raises:
            AccessRevoked: if the station may not ask.
            MalformedMessage, MessageTooLarge: if it is no such message, or names another station.
        """
        record = self.admission.enrolled(station)
        told = portal_messages.parse_in_hand(untrusted)
        if told.station != station:
            raise MalformedMessage(where="$.station", cause="another than who asks")
        agency = portal_messages.parse_enrolment_answer(record.answer).agreement.agency
        answer = InHandElsewhere(
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
            issued_at=self.clock.now(),
            entries=self._hands.exchange(told, agency),
        )
        return portal_messages.seal(portal_messages.print_elsewhere(answer), self._sign)

    def media(self, station: StationId, media: MediaId) -> MediaFile:
        """The bytes of a media item.

        Raises:
            AccessRevoked: if the station may not ask.
            UnknownReference: if there is no such item.
        """
        self.admission.enrolled(station)
        file = self.scenario.file_of_media(media)
        if file is None:
            raise UnknownReference(kind="media item", reference=media_reference(media))
        return MediaFile(self._pictures.read(file), self._pictures.facts([file])[file].sha256)

    def chunks(self, station: StationId, media: MediaId) -> bytes:
        """The sealed digests of a media item's parts.

        Raises:
            AccessRevoked: if the station may not ask.
            UnknownReference: if there is no such item.
        """
        file = self.media(station, media)
        chunks = chunk_map_of(
            file.content,
            file.sha256,
            media=media,
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
        )
        payload = portal_messages.print_chunks(chunks, issued_at=self.clock.now())
        return portal_messages.seal(payload, self._sign)

    def _issue(
        self,
        station: StationId,
        cursor: Cursor | None,
        digest: str | None,
        *,
        sequence: int,
        limit: int,
    ) -> bytes:
        page = self._pages.page(station, cursor, previous=digest, limit=limit)
        if page is None:
            return self._standing(station, sequence, digest)
        payload = portal_messages.print_batch(page)
        message = portal_messages.seal(payload, self._sign)
        self._ledger.keep_issued(station, page, portal_messages.digest(payload), message)
        return message

    def _standing(self, station: StationId, sequence: int, digest: str | None) -> bytes:
        standing = Standing(
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
            issued_at=self.clock.now(),
            sequence=sequence,
            digest=digest,
        )
        return portal_messages.seal(portal_messages.print_standing(standing), self._sign)

    def _show_open_code(self) -> None:
        """Who looks here, or into the folder, finds the code that is open."""
        self.identity = replace(self.identity, enrolment_code=self.codes.open_code())
        publish_code(self.directory, self.identity.enrolment_code)


def open_gateway(
    directory: Path,
    *,
    reports: int,
    clock: Clock,
    seed: int = DEFAULT_SEED,
    jurisdiction: str = "NL",
    pictures: int = DEFAULT_PICTURES,
) -> Gateway:
    """The demo gateway kept in `directory` with its own scenario, or a new one as described.

    Raises:
        NatureRefused: if the one kept there is not a demo gateway.
    """
    scenario = kept_scenario(directory) or Scenario(
        seed=seed,
        reports=reports,
        until=clock.now().replace(microsecond=0),
        jurisdiction=jurisdiction,
        pictures=pictures,
    )
    files = Pictures(directory / "media", seed=scenario.seed)
    return Gateway(directory, scenario=scenario, pictures=files, clock=clock)
