"""Carry to the portal by removable media: what analysts did and have in hand, the log's head, what files are
missing.

    on record and in the register → gathered → sealed → written → read back → its name → on record

What holds at every moment:

1. What leaves is on record before the first byte of it is on the drive.
2. An operation stays in the outbox until the portal's receipt: a bundle that was lost, or cut off while
   it was written, costs nothing, since the next one holds all of it again.
3. «Safe to unplug» is said when every byte was read back from the drive, and not before.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from cport_desktop.crypto import message_keys
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.courier import (
    BundleId,
    Heading,
    Manifest,
    Member,
    MemberKind,
    Wanted,
    WantedFile,
)
from cport_desktop.domain.disclosure import (
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Recipient,
)
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.exchange_history import Direction
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.in_hand import InHandHere
from cport_desktop.domain.link import ANY_LINK
from cport_desktop.domain.operation import Operation
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.formats import portal_messages
from cport_desktop.formats.bundle_header import key_id
from cport_desktop.formats.bundle_manifest import MOST_WANTED, print_manifest, print_wanted
from cport_desktop.sync.bundle_reader import envelope_length
from cport_desktop.sync.bundle_writer import Parcel, require_possible, write_bundle
from cport_desktop.usecases.anchor_log import anchor_request
from cport_desktop.usecases.courier_bond import courier_bond
from cport_desktop.usecases.disclosing import enter_operations, new_disclosure_id
from cport_desktop.usecases.exchange_record import ExchangeOnRecord, on_record
from cport_desktop.usecases.hand_out_operations import hold_back_doubtful
from cport_desktop.usecases.media_leave import kinds_withheld, media_pending
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.share_hands import put_on_record, told_here
from cport_desktop.vault import (
    checkpoints,
    courier_book,
    disclosures,
    outbox,
    replica,
    turns,
)
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.staged import bytes_here
from cport_desktop.vault.turns import Turn
from cport_desktop.vault.vault import Vault
from cport_desktop.words import courier as words

OPERATIONS_AT_ONCE = 200
"""Operations of one message, as on the other road."""

MOST_OPERATIONS = 5_000
"""Operations of one bundle; the rest goes with the next."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is asked for. `part_size`: bytes of one file at most, None: one file. `media_limit`: bytes of
    media files that the portal may send along, None: as many as there are.
    """

    path: Path
    part_size: int | None
    media_limit: int | None
    announce: Announce
    is_cancelled: IsCancelled


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle that lies on the drive, which may be unplugged. `bytes`: of all its files."""

    bundle: BundleId
    sequence: int
    files: tuple[Path, ...]
    bytes: int
    operations_sent: int
    media_pending: int
    media_not_granted: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class _Begun:
    sequence: int
    operations: tuple[Operation, ...]
    signed: SignedHead
    told: InHandHere | None
    disclosure: DisclosureId


def send_by_courier(vault: Vault, dispatch: Dispatch) -> Sent:
    """A bundle for the portal lies under its name, was read back, and may be unplugged.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled, CourierUnready: the vault knows no portal, or has no keys for this road.
        OutputExists, ValueUnknown: the name is taken; the parts would be too small.
        Cancelled: somebody stopped it; nothing of it is left on the drive.
        RoadError: the drive (`sync.drive` names each case).
    """
    require(vault, Role.ANALYST)
    enrolment = courier_bond(vault)
    require_possible(dispatch.path, dispatch.part_size)
    portal = enrolment.answer.portal
    with on_record(vault, road="courier", direction=Direction.OUT, recipient=portal) as record:
        return _sent(vault, enrolment, dispatch, record)


def _sent(vault: Vault, enrolment: Enrolment, dispatch: Dispatch, record: ExchangeOnRecord) -> Sent:
    dispatch.announce(Progress(Phase.OPERATIONS, 0, None))
    bundle = BundleId(secrets.token_hex(16))
    begun = _begin(vault, enrolment, bundle)
    record.say(bundle=bundle, sequence=begun.sequence, operations_sent=len(begun.operations))
    members = _members(vault, enrolment, begun, dispatch)
    manifest = _manifest(vault, enrolment, bundle, begun, [kind for kind, _ in members])
    payload = print_manifest(manifest)
    envelope = portal_messages.seal(payload, _signing(enrolment))
    head = envelope_length(envelope) + envelope
    files = write_bundle(
        dispatch.path,
        Parcel(
            heading=Heading.PORTAL,
            bundle=bundle,
            recipient=enrolment.answer.sealing_key,
            plain=chain([head], (content for _, content in members)),
            size=len(head) + manifest.size,
            part_size=dispatch.part_size,
        ),
        announce=dispatch.announce,
        is_cancelled=dispatch.is_cancelled,
    )
    _note_written(vault, enrolment, begun, portal_messages.digest(payload), files)
    size = sum(file.stat().st_size for file in files)
    media = media_pending(vault)
    sent = Sent(
        bundle=bundle,
        sequence=begun.sequence,
        files=files,
        bytes=size,
        operations_sent=len(begun.operations),
        media_pending=media.coming,
        media_not_granted=media.not_granted,
        cursor=None if manifest.position is None else manifest.position.cursor,
    )
    record.say(bytes=sent.bytes, parts=len(files), media_pending=media.coming)
    return sent


def _begin(vault: Vault, enrolment: Enrolment, bundle: BundleId) -> _Begun:
    """All that leaves is on record, with the head of the log that says so."""
    portal = enrolment.answer.portal
    hold_back_doubtful(vault)
    told = told_here(vault, enrolment)
    with vault.reader() as reader:
        waiting = outbox.unsettled(reader, limit=MOST_OPERATIONS)
    ids = tuple(operation.operation_id for operation in waiting)
    with vault.transaction() as tx:
        sequence = courier_book.begin(tx, bundle, operations=len(waiting))
        if waiting:
            outbox.mark_sending(tx, ids)
            enter_operations(tx, waiting, portal=portal)
        left = _disclosure(enrolment, sequence)
        disclosures.enter(tx, left)
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="send_bundle",
                object_kind=ObjectKind.OPERATION,
                object_reference=f"bundle {sequence}",
                recipient=portal,
                payload=(
                    ("bundle", bundle),
                    *(("operation", operation_id) for operation_id in ids),
                ),
            )
        )
        if told is not None:
            put_on_record(tx, enrolment, told)
        signed = checkpoints.sign_head(tx)
        courier_book.carry_head(tx, sequence, signed)
    return _Begun(sequence, waiting, signed, told, left.disclosure_id)


def _disclosure(enrolment: Enrolment, sequence: int) -> Disclosure:
    """The bundle itself: the head of the log and which files are missing. What it holds of
    operations is entered as such.
    """
    answer = enrolment.answer
    return Disclosure(
        disclosure_id=new_disclosure_id(),
        kind=DisclosureKind.COURIER,
        title=words.bundle_title(sequence),
        recipients=(Recipient(answer.portal, key_id(answer.sealing_key)),),
    )


def _members(
    vault: Vault, enrolment: Enrolment, begun: _Begun, dispatch: Dispatch
) -> list[tuple[Member, bytes]]:
    """What goes into the bundle, in order; each signed by this station."""
    station = enrolment.answer.station
    payloads: list[tuple[MemberKind, bytes]] = [
        (MemberKind.OPERATIONS, portal_messages.print_operations(station, some))
        for some in _portions(begun.operations)
    ]
    payloads.append((MemberKind.ANCHOR, anchor_request(vault, enrolment, begun.signed)))
    if begun.told is not None:
        payloads.append((MemberKind.IN_HAND, portal_messages.print_in_hand(begun.told)))
    payloads.append((MemberKind.WANTED, print_wanted(_wanted(vault, enrolment, dispatch))))
    sign = _signing(enrolment)
    sealed = [(kind, portal_messages.seal(payload, sign)) for kind, payload in payloads]
    return [
        (Member(kind.value, len(content), hashlib.sha256(content).hexdigest()), content)
        for kind, content in sealed
    ]


def _portions(operations: tuple[Operation, ...]) -> Iterator[tuple[Operation, ...]]:
    for first in range(0, len(operations), OPERATIONS_AT_ONCE):
        yield operations[first : first + OPERATIONS_AT_ONCE]


def _wanted(vault: Vault, enrolment: Enrolment, dispatch: Dispatch) -> Wanted:
    """What is missing, equal bytes once: what somebody asked for first, and nothing that was paused or
    cancelled, or that the agreement does not grant; nothing at all, if no files are to come along.
    """
    files: tuple[WantedFile, ...] = ()
    if dispatch.media_limit != 0:
        withheld = frozenset(each.kind for each in kinds_withheld(vault))
        turn = Turn(vault.now(), ANY_LINK, withheld)
        with vault.reader() as reader:
            notices = (
                *turns.asked_for(reader, turn, limit=MOST_WANTED),
                *turns.newest(reader, turn, limit=MOST_WANTED),
            )
            by_digest: dict[str, MediaId] = {}
            for notice in notices:
                by_digest.setdefault(notice.sha256, notice.media_id)
            media = list(by_digest.values())[:MOST_WANTED]
            here = bytes_here(reader, vault.layout, media)
        files = tuple(WantedFile(each, here.get(each, 0)) for each in media)
    return Wanted(enrolment.answer.station, dispatch.media_limit, files)


def _manifest(
    vault: Vault,
    enrolment: Enrolment,
    bundle: BundleId,
    begun: _Begun,
    members: Sequence[Member],
) -> Manifest:
    answer = enrolment.answer
    with vault.reader() as reader:
        position = replica.stream(reader).position
        before = courier_book.last_written(reader)
    return Manifest(
        bundle=bundle,
        heading=Heading.PORTAL,
        portal=answer.portal,
        station=answer.station,
        nature=answer.nature,
        sequence=begun.sequence,
        previous=None if before is None else before.digest,
        issued_at=vault.now(),
        position=position,
        answers=None,
        members=tuple(members),
    )


def _signing(enrolment: Enrolment) -> message_keys.Sign:
    return message_keys.signing_with(enrolment.station_private_key)


def _note_written(
    vault: Vault, enrolment: Enrolment, begun: _Begun, digest: str, files: tuple[Path, ...]
) -> None:
    with vault.transaction() as tx:
        courier_book.mark_written(tx, begun.sequence, digest=digest, parts=len(files))
        disclosures.mark_left(tx, begun.disclosure)
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="bundle_written",
                object_kind=ObjectKind.OPERATION,
                object_reference=f"bundle {begun.sequence}",
                recipient=enrolment.answer.portal,
                payload=(("parts", str(len(files))),),
            )
        )
