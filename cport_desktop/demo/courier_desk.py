"""The gateway's side of the removable-media road: a file in, a file out.

In comes an enrolment request or a bundle of a station, out goes its answer. The state is the same
as behind HTTPS: one chain for each station, one decision for each operation, one witness.

1. A bundle is taken in only if it is signed by an enrolled station, newer than the one before, and
   whole. Decisions, receipts and the answer's manifest are kept in one transaction before the first byte
   of the answer is written.
2. The newest bundle of a station, brought again, gets the same answer again (the stick was lost); an
   older one changes nothing and is refused.
3. Newer is what has a higher number, or was made later, and was never here: a station that was put
   back to an earlier state counts from there and is told anew.
4. Files go along as far as the limits of both sides allow: asked-for ones first, then those of the
   reports in this bundle, the newest first.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

from cport_desktop.crypto import code_proof
from cport_desktop.demo.courier_gathering import Gathering, Terms
from cport_desktop.demo.courier_ledger import (
    CourierLedger,
    GivenAnswer,
    KeptMember,
    TakenBundle,
)
from cport_desktop.demo.enrolment_desk import station_of
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.ledger import StationRecord
from cport_desktop.domain.courier import (
    BundleId,
    Heading,
    Manifest,
    Member,
    MemberKind,
    Wanted,
)
from cport_desktop.domain.ids import StationId
from cport_desktop.domain.nature import require_same_nature
from cport_desktop.errors import BundleOutdated, CodeRefused
from cport_desktop.formats import carried_enrolment, portal_messages
from cport_desktop.formats.bundle_manifest import parse_manifest, parse_wanted, print_manifest
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE, unverified_payload
from cport_desktop.sync import courier
from cport_desktop.sync.bundle_reader import Members, OpenedBundle, envelope_length
from cport_desktop.sync.bundle_writer import Parcel, require_possible, write_bundle
from cport_desktop.sync.drive import open_to_read, read_carried, write_carried

__all__ = ["Answered", "CourierDesk", "Terms"]

_PIECE: Final = 1024 * 1024
_NOTHING: Final = Wanted(StationId(""), 0, ())
_OF_STATIONS: Final = frozenset(
    {MemberKind.OPERATIONS, MemberKind.ANCHOR, MemberKind.IN_HAND, MemberKind.WANTED}
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was written. `sequence` is None for an enrolment. `is_again`: the same answer as before."""

    station: StationId
    files: tuple[Path, ...]
    sequence: int | None = None
    batches: int = 0
    media: int = 0
    operations: int = 0
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """What a station's bundle says."""

    operations: tuple[bytes, ...]
    anchor: bytes | None
    in_hand: bytes | None
    wanted: Wanted


class CourierDesk:
    """Answers what is carried to `gateway`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._book = CourierLedger(gateway.ledger)

    def answer(self, paths: Sequence[Path], out: Path, terms: Terms) -> Answered:
        """The answer to what lies in `paths` (an enrolment request, or the parts of a bundle) lies in
        `out`, was read back, and may be unplugged.

        Raises:
            RoadError: a drive, or a station that is not, or no longer, enrolled.
            CodeRefused, NatureRefused: an enrolment that is not taken.
            UntrustedData: it is none of ours, damaged, or older than what was answered already; nothing
                was changed.
        """
        require_possible(out, terms.part_size)
        with open_to_read(paths[0]) as file:
            is_request = len(paths) == 1 and carried_enrolment.is_message(file.read(32))
        if is_request:
            return self._enrolled(paths[0], out)
        own = self._gateway.identity.sealing
        with OpenedBundle(paths, own, Heading.PORTAL) as bundle:
            record, manifest = self._accepted(bundle)
            members = Members(bundle, manifest)
            members.verify(announce=terms.announce, is_cancelled=terms.is_cancelled)
            said = _said(manifest, members, record)
        return self._answered(record.station, manifest, said, out, terms)

    def _enrolled(self, path: Path, out: Path) -> Answered:
        limit = carried_enrolment.LONGEST_CARRIED
        carried = carried_enrolment.parse_carried_request(read_carried(path, limit=limit))
        require_same_nature(self._gateway.identity.nature, carried.request.nature)
        code = self._code_of(carried)
        request = replace(carried.request, code=code)
        message = self._gateway.enrol(portal_messages.print_enrolment_request(request))
        to = code_proof.digest_of(carried.payload)
        proof = code_proof.prove_answer(code_proof.code_key(code), message, to=to)
        write_carried(out, carried_enrolment.print_carried_answer(message, proof))
        answer = portal_messages.unseal_enrolment_answer(message)
        return Answered(answer.station, (out,))

    def _code_of(self, carried: carried_enrolment.CarriedRequest) -> str:
        """The code that the request proves to know: the open one, or one that this station used."""
        station = station_of(carried.request)
        for code in self._gateway.codes.known_to(station):
            key = code_proof.code_key(code)
            if code_proof.is_request_proof(key, carried.payload, carried.proof):
                return code
        raise CodeRefused

    def _accepted(self, bundle: OpenedBundle) -> tuple[StationRecord, Manifest]:
        claimed = parse_manifest(unverified_payload(bundle.envelope))
        record = self._gateway.admission.enrolled(claimed.station)
        manifest = courier.accept_manifest(
            portal_messages.unseal(bundle.envelope, record.station_key),
            heading=Heading.PORTAL,
            portal=self._gateway.identity.portal,
            station=record.station,
            nature=self._gateway.identity.nature,
        )
        return record, manifest

    def _answered(
        self, station: StationId, manifest: Manifest, said: _Said, out: Path, terms: Terms
    ) -> Answered:
        known = self._book.taken(station)
        is_again = known is not None and known.digest == manifest.digest
        is_old = known is not None and not is_again and not self._is_new(station, manifest, known)
        if known is not None and is_old:
            raise BundleOutdated(sequence=manifest.sequence, known=known.sequence)
        with self._gateway.ledger.transaction():
            given = self._book.given(station) if is_again else None
            given = given or self._made(station, manifest, said, terms)
        answer = parse_manifest(given.manifest)
        self._require_kept(station, manifest, answer, given)
        files = self._written(station, answer, given, out, terms)
        kinds = [member.kind for member in answer.members]
        return Answered(
            station=station,
            files=files,
            sequence=answer.sequence,
            batches=kinds.count(MemberKind.BATCH),
            media=kinds.count(MemberKind.MEDIA),
            operations=len(said.operations),
            is_again=is_again,
        )

    def _is_new(self, station: StationId, manifest: Manifest, known: TakenBundle) -> bool:
        is_later = manifest.sequence > known.sequence or manifest.issued_at > known.issued_at
        return is_later and not self._book.was_taken(station, manifest.digest)

    def _made(
        self, station: StationId, manifest: Manifest, said: _Said, terms: Terms
    ) -> GivenAnswer:
        """The answer, decided and kept; and the bundle, taken in."""
        before = self._book.given(station)
        gathered = Gathering(self._gateway, station, terms)
        for message in said.operations:
            gathered.add(MemberKind.RECEIPTS, self._gateway.operations(station, message))
        gathered.add_stream(manifest)
        if said.anchor is not None:
            gathered.add(MemberKind.ANCHORED, self._gateway.anchor(station, said.anchor))
        if said.in_hand is not None:
            gathered.add(MemberKind.ELSEWHERE, self._gateway.in_hand(station, said.in_hand))
        gathered.add_files(said.wanted)
        identity = self._gateway.identity
        answer = Manifest(
            bundle=BundleId(secrets.token_hex(16)),
            heading=Heading.STATION,
            portal=identity.portal,
            station=station,
            nature=identity.nature,
            sequence=1 if before is None else before.sequence + 1,
            previous=None if before is None else before.digest,
            issued_at=self._gateway.clock.now(),
            position=None,
            answers=manifest.sequence,
            members=tuple(gathered.members),
        )
        payload = print_manifest(answer)
        given = GivenAnswer(
            answer.sequence, portal_messages.digest(payload), payload, tuple(gathered.kept)
        )
        taken = TakenBundle(manifest.sequence, manifest.digest, manifest.issued_at, answer.sequence)
        self._book.keep(station, taken, given)
        return given

    def _require_kept(
        self, station: StationId, manifest: Manifest, answer: Manifest, given: GivenAnswer
    ) -> None:
        """Nothing, if all batches of the answer are still kept: the station has not asked for later ones."""
        for member, kept in zip(answer.members, given.members, strict=True):
            if member.kind == MemberKind.BATCH and not self._batch(station, member, kept):
                raise BundleOutdated(sequence=manifest.sequence, known=manifest.sequence)

    def _written(
        self,
        station: StationId,
        answer: Manifest,
        given: GivenAnswer,
        out: Path,
        terms: Terms,
    ) -> tuple[Path, ...]:
        envelope = portal_messages.seal(given.manifest, self._gateway.sign)
        head = envelope_length(envelope) + envelope
        record = self._gateway.admission.enrolled(station)
        return write_bundle(
            out,
            Parcel(
                heading=Heading.STATION,
                bundle=answer.bundle,
                recipient=record.sealing_key,
                plain=chain([head], self._plain(station, answer, given)),
                size=len(head) + answer.size,
                part_size=terms.part_size,
            ),
            announce=terms.announce,
            is_cancelled=terms.is_cancelled,
        )

    def _plain(self, station: StationId, answer: Manifest, given: GivenAnswer) -> Iterator[bytes]:
        for member, kept in zip(answer.members, given.members, strict=True):
            if member.media is not None:
                content = self._gateway.media(station, member.media).content
                for at in range(member.start, len(content), _PIECE):
                    yield content[at : at + _PIECE]
            else:
                yield kept.content or self._batch(station, member, kept) or b""

    def _batch(self, station: StationId, member: Member, kept: KeptMember) -> bytes | None:
        return self._gateway.ledger.issued(station, member.sequence or 0, kept.previous)


def _said(manifest: Manifest, members: Members, record: StationRecord) -> _Said:
    """Each message of the bundle, which the station has signed."""
    operations: list[bytes] = []
    anchor: bytes | None = None
    in_hand: bytes | None = None
    wanted = _NOTHING
    for number, member in enumerate(manifest.members):
        if member.kind not in _OF_STATIONS:
            continue
        message = members.message(number, limit=LONGEST_MESSAGE)
        payload = portal_messages.unseal(message, record.station_key)
        match member.kind:
            case MemberKind.OPERATIONS:
                operations.append(payload)
            case MemberKind.ANCHOR:
                anchor = payload
            case MemberKind.IN_HAND:
                in_hand = payload
            case _:
                wanted = parse_wanted(payload)
    return _Said(tuple(operations), anchor, in_hand, wanted)
