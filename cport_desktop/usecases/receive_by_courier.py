"""Take in a bundle of the portal: every byte is checked first, then each message by itself.

What holds at every moment, so that it may be stopped anywhere and repeated at any time:

1. Nothing is applied before every part was read to its end and every member compared with the signed
   manifest.
2. Each batch is applied in a transaction of its own, as on the other road; what was applied already is
   passed over. After a cut the same command goes on.
3. A bundle counts as received when all of it was taken in, media files included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cport_desktop.crypto.key_wrapping import pair_of
from cport_desktop.domain.anchoring import Anchoring
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.courier import Heading, Manifest, Member, MemberKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.exchange_history import Direction
from cport_desktop.domain.in_hand import Sharing
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    AgreementForbids,
    AgreementLapsed,
    Cancelled,
    CheckpointMalformed,
    Refused,
    SandboxRefused,
    UntrustedData,
)
from cport_desktop.formats import portal_messages
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.sync import courier
from cport_desktop.sync.bundle_reader import Members, OpenedBundle
from cport_desktop.usecases.anchor_log import settle_anchor
from cport_desktop.usecases.carried_stream import CarriedStream
from cport_desktop.usecases.courier_bond import courier_bond
from cport_desktop.usecases.erase import finish as finish_erasures
from cport_desktop.usecases.exchange_record import ExchangeOnRecord, on_record
from cport_desktop.usecases.fetch_media import share_what_is_here
from cport_desktop.usecases.keep_aside import keep_aside
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.remember import catch_up_traits
from cport_desktop.usecases.settling import Settling
from cport_desktop.usecases.share_hands import hear_elsewhere
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.usecases.synchronise import SyncResult, concluded
from cport_desktop.usecases.take_in import Tally, take_in_receipts
from cport_desktop.usecases.take_in_media import CarriedFile, Examiner, take_in_file
from cport_desktop.vault import checkpoints, courier_book, replica
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Reception:
    """What is to be received: the parts of one bundle, in any order."""

    paths: Sequence[Path]
    sandbox: Sandbox
    announce: Announce
    is_cancelled: IsCancelled


@dataclass(frozen=True, slots=True)
class Received:
    """What a bundle brought. `is_new`: False if all of it was here already. `passed_over`: members of
    kinds that a later version knows.
    """

    bundle: str
    sequence: int
    is_new: bool
    passed_over: int
    result: SyncResult


def receive_by_courier(vault: Vault, reception: Reception) -> Received:
    """All that the bundle holds is in the vault.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled, CourierUnready: the vault knows no portal, or has no keys for this road.
        Cancelled: somebody stopped it; what was committed stays, and the next call goes on.
        RoadError: the drive; as for Cancelled.
        UntrustedData: the bundle, or a message in it, may not be used; nothing of that was applied.
        SandboxRefused: media wait, since nothing here may decode them; all else was taken in.
        AgreementForbids, AgreementLapsed: media wait, since they may not come; likewise.
    """
    require(vault, Role.ANALYST)
    enrolment = courier_bond(vault)
    portal = enrolment.answer.portal
    with on_record(vault, road="courier", direction=Direction.IN, recipient=portal) as record:
        own = pair_of(enrolment.sealing_private_key)
        with OpenedBundle(reception.paths, own, Heading.STATION) as bundle:
            manifest = _manifest(vault, enrolment, bundle)
            record.say(bundle=manifest.bundle, sequence=manifest.sequence)
            receiving = _Receiving(vault, enrolment, reception, bundle, manifest)
            try:
                received = receiving.carry_out()
            finally:
                _note(record, receiving.so_far)
        _note(record, received.result)
        record.say(already_applied=not received.is_new)
        return received


def _manifest(vault: Vault, enrolment: Enrolment, bundle: OpenedBundle) -> Manifest:
    answer = enrolment.answer
    try:
        return courier.accept_manifest(
            portal_messages.unseal(bundle.envelope, answer.portal_key),
            heading=Heading.STATION,
            portal=answer.portal,
            station=answer.station,
            nature=answer.nature,
        )
    except UntrustedData as error:
        keep_aside(vault, "bundle", error, bundle.envelope)
        raise


class _Receiving:
    """One bundle on its way into the vault."""

    def __init__(
        self,
        vault: Vault,
        enrolment: Enrolment,
        reception: Reception,
        bundle: OpenedBundle,
        manifest: Manifest,
    ) -> None:
        self._vault = vault
        self._enrolment = enrolment
        self._reception = reception
        self._manifest = manifest
        self._members = Members(bundle, manifest)
        self._tally = Tally()
        self._anchoring: Anchoring | None = None
        self._in_hand: Sharing | None = None
        self._in_hand_changed = False
        self._media_new = 0
        self._media_bytes = 0
        self._passed_over = 0
        self._stream = CarriedStream(vault, enrolment)

    def carry_out(self) -> Received:
        with self._vault.reader() as reader:
            position = replica.stream(reader).position
            newest = courier_book.newest_received(reader)
            is_known = courier_book.was_received(reader, self._manifest)
        if is_known and courier.lies_behind(self._manifest, position):
            return self._received(is_new=False)
        last = 0 if newest is None else newest.sequence
        courier.require_turn(self._manifest, position, last=last)
        reception = self._reception
        self._members.verify(announce=reception.announce, is_cancelled=reception.is_cancelled)
        self._take_in_messages()
        refusal = self._take_in_files()
        finish_erasures(self._vault)
        catch_up_traits(self._vault, is_cancelled=reception.is_cancelled)
        found = match_due(self._vault, is_cancelled=reception.is_cancelled)
        self._tally = self._tally.with_hits(found)
        if refusal is not None:
            raise refusal
        self._close()
        return self._received(is_new=self._brought_something)

    @property
    def so_far(self) -> SyncResult:
        """What was taken in of it until now."""
        return SyncResult(
            tally=self._tally,
            media_new=self._media_new,
            media_bytes=self._media_bytes,
            anchoring=self._anchoring,
            in_hand=self._in_hand,
            in_hand_changed=self._in_hand_changed,
        )

    @property
    def _brought_something(self) -> bool:
        nothing = replace(Tally(), bytes=self._tally.bytes)
        return self._tally != nothing or bool(self._media_new) or self._stream.was_heard

    def _take_in_messages(self) -> None:
        announce = self._reception.announce
        batches = sum(member.kind == MemberKind.BATCH for member in self._manifest.members)
        done = 0
        for number, member in enumerate(self._manifest.members):
            if member.kind == MemberKind.MEDIA:
                continue
            self._stop_if_asked()
            self._take_in_message(number, member)
            if member.kind == MemberKind.BATCH:
                done += 1
                announce(Progress(Phase.CHANGES, done, batches))

    def _take_in_message(self, number: int, member: Member) -> None:
        match member.kind:
            case MemberKind.BATCH | MemberKind.STANDING:
                self._tally = self._stream.take_in(
                    member, lambda: self._message(number), tally=self._tally
                )
            case MemberKind.RECEIPTS:
                message = self._message(number)
                _, self._tally = take_in_receipts(
                    self._vault, self._enrolment, message, tally=self._tally
                )
            case MemberKind.ANCHORED:
                self._settle_anchor(self._message(number))
            case MemberKind.ELSEWHERE:
                self._hear_elsewhere(self._message(number))
            case _:
                self._passed_over += 1

    def _settle_anchor(self, message: bytes) -> None:
        """What the portal said of the head that the bundle carried which this one answers."""
        with self._vault.reader() as reader:
            head = courier_book.head_of(reader, self._manifest.answers or 0)
            if head is None:
                return
            try:
                signed = checkpoints.signed_again(reader, head.note, head.frontier)
            except CheckpointMalformed:
                return
        if signed.lineage == head.lineage:
            self._anchoring = settle_anchor(self._vault, self._enrolment, signed, message)

    def _hear_elsewhere(self, message: bytes) -> None:
        """Advice: what cannot be used is kept aside, and the rest of the bundle stands."""
        try:
            is_else = hear_elsewhere(self._vault, self._enrolment, message)
        except UntrustedData:
            self._in_hand = Sharing.FAILED
        else:
            self._in_hand = Sharing.SHARED
            self._in_hand_changed |= is_else

    def _take_in_files(self) -> Refused | None:
        """The files are held, or refused with their reason; the reason if none can be decoded, or none
        may come by the agreement.
        """
        vault, reception = self._vault, self._reception
        shared = share_what_is_here(vault)
        files = [
            (number, member)
            for number, member in enumerate(self._manifest.members)
            if member.kind == MemberKind.MEDIA and member.media is not None
        ]
        refusal: Refused | None = None
        examiner = Examiner(reception.sandbox, reception.announce, reception.is_cancelled)
        settling = Settling(vault)
        try:
            with settling:
                for done, (number, member) in enumerate(files, start=1):
                    self._stop_if_asked()
                    try:
                        carried = self._carried(number, member)
                        is_held = take_in_file(vault, examiner, settling, carried)
                    except (SandboxRefused, AgreementForbids, AgreementLapsed) as error:
                        refusal = error
                        break
                    self._media_bytes += member.size if is_held else 0
                    reception.announce(Progress(Phase.MEDIA, done, len(files)))
        finally:
            self._media_new = shared + settling.settled
        self._media_new += share_what_is_here(vault)
        catch_up(vault, announce=reception.announce, is_cancelled=reception.is_cancelled)
        return refusal

    def _carried(self, number: int, member: Member) -> CarriedFile:
        assert member.media is not None
        return CarriedFile(
            media=member.media,
            start=member.start,
            size=member.size,
            pieces=lambda skip: self._members.pieces(number, skip=skip),
        )

    def _message(self, number: int) -> bytes:
        return self._members.message(number, limit=LONGEST_MESSAGE)

    def _close(self) -> None:
        manifest = self._manifest
        with self._vault.transaction() as tx:
            courier_book.mark_received(tx, manifest)
            if manifest.answers is not None:
                courier_book.mark_answered(tx, manifest.answers)
            tx.record(
                AuditDraft(
                    action=AuditAction.COLLECTION,
                    verb="receive_bundle",
                    object_kind=ObjectKind.VAULT,
                    object_reference=f"bundle {manifest.sequence}",
                    recipient=manifest.portal,
                    payload=(("bundle", manifest.bundle), ("manifest", manifest.digest)),
                )
            )

    def _received(self, *, is_new: bool) -> Received:
        return Received(
            bundle=self._manifest.bundle,
            sequence=self._manifest.sequence,
            is_new=is_new,
            passed_over=self._passed_over,
            result=concluded(self._vault, self.so_far),
        )

    def _stop_if_asked(self) -> None:
        if self._reception.is_cancelled():
            raise Cancelled


def _note(record: ExchangeOnRecord, result: SyncResult) -> None:
    record.say(**asdict(result.tally), **result.media_facts, complete=result.is_complete)
    record.say(bytes=result.bytes)
