"""Bring the media files of a bundle into the vault.

Each file goes: bytes from the drive → sealed staging → one pass for all digests and the confined
child → held, with its pictures. One file that fails costs itself only; one that is not wanted
any more is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.roles import Role
from cport_desktop.errors import DigestMismatch, MessageTooLarge, UnknownReference, UntrustedData
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.sync.transfer import require_announced
from cport_desktop.usecases.media_leave import may_come
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.settling import Arrived, Settling
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.vault import media_items, transfers
from cport_desktop.vault.intake import Examined, Intake
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """Bytes of a media file from `start` to its end. `pieces` gives them without the first so many."""

    media: MediaId
    start: int
    size: int
    pieces: Callable[[int], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Examiner:
    """Who looks at files on their way in, and who hears of it and may stop it."""

    sandbox: Sandbox
    announce: Announce
    is_cancelled: IsCancelled


def take_in_file(
    vault: Vault, examiner: Examiner, settling: Settling, carried: CarriedFile
) -> bool:
    """Whether the file is held once `settling` has ended; it is not if it was not wanted, does not
    join what is here, or is not the one that was announced.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids, AgreementLapsed: the agreement lets no file come.
        SandboxRefused: this machine cannot confine a decoder as demanded.
        Cancelled: somebody stopped it; the bytes stay staged.
        RoadError: the drive. StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    notice = _wanted(vault, carried.media)
    if notice is None or not may_come(vault, notice):
        return False
    intake, examined = vault.intake(notice.media_id), None
    try:
        if _arrived(vault, intake, notice, carried):
            examined = _examined(vault, examiner, intake, notice)
    finally:
        if examined is None:
            intake.close()
    if examined is None:
        return False
    settling.put(Arrived(notice.media_id, examined))
    return True


def _wanted(vault: Vault, media: MediaId) -> MediaNotice | None:
    with vault.reader() as reader:
        try:
            item: MediaItem = media_items.item(reader, media)
        except UnknownReference:
            return None
        is_cancelled = transfers.is_cancelled(reader, media)
    if item.state is not MediaState.WANTED or is_cancelled:
        return None
    return MediaNotice(
        item.media_id, item.size, item.announced_sha256, item.file_name, item.declared_type
    )


def _arrived(vault: Vault, intake: Intake, notice: MediaNotice, carried: CarriedFile) -> bool:
    """Whether all bytes are here."""
    if carried.start > intake.offset:
        return False
    if carried.start + carried.size > notice.size:
        _refuse(vault, intake, notice, MessageTooLarge(limit=notice.size))
        return False
    for piece in carried.pieces(intake.offset - carried.start):
        intake.write(piece)
    return intake.offset == notice.size


def _examined(
    vault: Vault, examiner: Examiner, intake: Intake, notice: MediaNotice
) -> Examined | None:
    """The file with its digests and what the child said; None if it is not the one announced."""
    stream = DigestingStream(intake.read())
    terms = decoding_terms(
        vault,
        size=notice.size,
        announce=examiner.announce,
        is_cancelled=examiner.is_cancelled,
    )
    examination = examiner.sandbox.examine(stream, size=notice.size, terms=terms)
    digests = stream.digests()
    try:
        require_announced(notice, digests)
    except DigestMismatch as error:
        _refuse(vault, intake, notice, error)
        return None
    # First what can be made again, then what counts: a held item never lacks its veil.
    vault.derivatives.put(notice.media_id, examination)
    return Examined(intake, digests, examination)


def _refuse(vault: Vault, intake: Intake, notice: MediaNotice, error: UntrustedData) -> None:
    with vault.transaction() as tx:
        intake.refuse(tx, error.code)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="refuse",
                object_kind=ObjectKind.MEDIA,
                object_reference=media_reference(notice.media_id),
                reason=error.code,
            )
        )
