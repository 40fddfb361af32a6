"""Bring the announced media files into the vault, newest reports first.

Each file goes: bytes by the road → sealed staging (resumable) → one pass for all digests and
the confined child → held, with veil and thumbnail. One file that fails costs itself only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import Examination
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    Cancelled,
    CportError,
    DigestMismatch,
    RoadError,
    UnknownReference,
    UntrustedData,
    UsageError,
)
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.sync.transfer import Fate, fate_after, require_announced
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.settling import Arrived, Settling
from cport_desktop.vault import media_items
from cport_desktop.vault.intake import Examined, Intake
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault

FILES_AT_ONCE = 2
"""Files on their way at the same time: one decodes while the other travels."""

PAGE = 64
"""Files looked up in one query."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`items`: media items that became held. `bytes`: what travelled."""

    items: int
    bytes: int


@dataclass(frozen=True, slots=True)
class _Errand:
    vault: Vault
    transport: Transport
    sandbox: Sandbox
    settling: Settling
    is_cancelled: IsCancelled


def fetch_media(
    vault: Vault,
    transport: Transport,
    sandbox: Sandbox,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> Fetched:
    """Every media file that the portal can give is held, or refused with its reason.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids, AgreementLapsed: the agreement does not let media come.
        Cancelled, RoadError: what arrived so far stays, partly arrived files included.
        SandboxRefused: this machine cannot confine a decoder as demanded.
    """
    require(vault, Role.ANALYST)
    items = share_what_is_here(vault)
    done, travelled, passed_over = 0, 0, set[MediaId]()
    with vault.reader() as reader:
        total = media_items.files_wanted(reader)
    if total:
        require_allowed(vault, Function.MEDIA_RECEIVE)
    with (
        Settling(vault) as settling,
        ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="media") as workers,
    ):
        errand = _Errand(vault, transport, sandbox, settling, is_cancelled)
        while notices := _next_page(vault, passed_over):
            vault.expect([notice.media_id for notice in notices])
            for notice, length in _all_done(workers, errand, notices):
                done += 1
                announce(Progress(Phase.MEDIA, done, max(total, done)))
                if length is None:
                    # It may stay wanted (not to be had now), and must not be asked for for ever.
                    passed_over.add(notice.media_id)
                else:
                    travelled += length
                    items += 1
            settling.wait()
            items += _share(vault, [notice.sha256 for notice in notices])
    return Fetched(items, travelled)


def share_what_is_here(vault: Vault) -> int:
    """Wanted items whose bytes were held before need no transfer; how many that were."""
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        digests = media_items.shareable(reader)
    return _share(vault, digests)


def _share(vault: Vault, digests: Sequence[str]) -> int:
    if not digests:
        return 0
    with vault.transaction() as tx:
        shared = media_items.share_held_bytes(tx, digests)
        tx.record(_collection("share", f"{shared} media items"))
    return shared


def _next_page(vault: Vault, passed_over: set[MediaId]) -> tuple[MediaNotice, ...]:
    """Wanted files, one for each digest: equal bytes travel once."""
    with vault.reader() as reader:
        wanted = media_items.wanted(reader, limit=PAGE + len(passed_over))
    by_digest = {notice.sha256: notice for notice in reversed(wanted)}
    return tuple(
        notice for notice in reversed(by_digest.values()) if notice.media_id not in passed_over
    )


def _all_done(
    workers: ThreadPoolExecutor, errand: _Errand, notices: tuple[MediaNotice, ...]
) -> Iterator[tuple[MediaNotice, int | None]]:
    """Each notice with the bytes that travelled for it (None if it is not held), as they end."""
    waiting: dict[Future[int | None], MediaNotice] = {}
    queue = iter(notices)
    try:
        while True:
            while len(waiting) < FILES_AT_ONCE and (notice := next(queue, None)):
                waiting[workers.submit(_fetch_one, errand, notice)] = notice
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()


def _fetch_one(errand: _Errand, notice: MediaNotice) -> int | None:
    """Bytes that travelled; None if the file is not held, because the portal has not got it, or
    its report was erased meanwhile.
    """
    try:
        return _fetched(errand, notice)
    except UnknownReference:
        return None


def _fetched(errand: _Errand, notice: MediaNotice) -> int | None:
    intake = errand.vault.intake(notice.media_id)
    examined = None
    try:
        length = _receive(errand, notice, intake)
        if length is None:
            return None
        examined = _examined(errand, notice, intake)
    finally:
        if examined is None:
            intake.close()
    if examined is None:
        return None
    errand.settling.put(Arrived(notice.media_id, examined))
    return length


def _receive(errand: _Errand, notice: MediaNotice, intake: Intake) -> int | None:
    """Bytes that travelled until the file is whole; None if the portal has not got it."""
    start = intake.offset
    if start >= notice.size:
        return 0
    try:
        with errand.transport.media(notice.media_id, start=start, size=notice.size) as pieces:
            for piece in pieces:
                if errand.is_cancelled():
                    raise Cancelled
                intake.write(piece)
    except (UsageError, RoadError, UntrustedData) as error:
        match fate_after(error):
            case Fate.STOP:
                raise
            case Fate.REFUSE:
                _refuse_alone(errand, intake, notice, error)
            case Fate.PASS_OVER:
                pass
        return None
    return notice.size - start


def _refuse_alone(errand: _Errand, intake: Intake, notice: MediaNotice, error: CportError) -> None:
    with errand.vault.transaction() as tx:
        _refuse(tx, intake, notice, error)


def _examined(errand: _Errand, notice: MediaNotice, intake: Intake) -> Examined | None:
    """The file with its digests and what the child said; None if it is not the one announced."""
    stream = DigestingStream(intake.read())
    examination = errand.sandbox.examine(stream, size=notice.size)
    digests = stream.digests()
    try:
        require_announced(notice, digests)
    except DigestMismatch as error:
        _refuse_alone(errand, intake, notice, error)
        return None
    # First what can be made again, then what counts: a held item never lacks its veil.
    _keep_derivatives(errand.vault, notice.media_id, examination)
    return Examined(intake, digests, examination)


def _keep_derivatives(vault: Vault, media_id: MediaId, examination: Examination) -> None:
    if examination.veil is not None and examination.thumbnail is not None:
        vault.derivatives.put(media_id, examination.veil, examination.thumbnail)


def _refuse(tx: Transaction, intake: Intake, notice: MediaNotice, error: CportError) -> None:
    intake.refuse(tx, error.code)
    tx.record(_collection("refuse", media_reference(notice.media_id), error.code))


def _collection(verb: str, reference: str, reason: str | None = None) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.COLLECTION,
        verb=verb,
        object_kind=ObjectKind.MEDIA,
        object_reference=reference,
        reason=reason,
    )
