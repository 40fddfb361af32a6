"""Bring the announced media files into the vault: asked for first, then seen, then newest.

Each file goes: bytes by the road → sealed staging (resumable) → one pass for all digests and
the confined child → held, with veil and thumbnail. One file that fails costs itself only, and is
left alone for a while (`receive_file`); whose turn is next is decided file by file (`media_turns`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.roles import Role
from cport_desktop.errors import DigestMismatch, NotEnrolled, UnknownReference
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.sync.transfer import require_announced
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.media_leave import may_come
from cport_desktop.usecases.media_turns import Turns
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.receive_file import Receiving
from cport_desktop.usecases.settling import Arrived, Settling
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.vault import bond, media_items
from cport_desktop.vault.intake import Examined
from cport_desktop.vault.vault import Vault

FILES_AT_ONCE = 2
"""Files on their way at the same time: one decodes while the other travels."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`items`: media items that became held. `bytes`: what travelled."""

    items: int
    bytes: int


class _Odometer:
    """Counts the bytes that travel, for all files at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.bytes = 0

    def add(self, count: int) -> None:
        with self._lock:
            self.bytes += count


@dataclass(frozen=True, slots=True)
class _Errand:
    vault: Vault
    transport: Transport
    enrolment: Enrolment
    sandbox: Sandbox
    settling: Settling
    odometer: _Odometer
    announce: Announce
    is_cancelled: IsCancelled


def fetch_media(
    vault: Vault,
    transport: Transport,
    sandbox: Sandbox,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
    link: Link = ANY_LINK,
    note: Callable[[Fetched], None] = lambda _: None,
) -> Fetched:
    """Every media file that the portal can give and `link` carries is held, or it is on record why
    not. Files that a person paused or cancelled are left out, and those of kinds that the agreement
    does not grant. `note` is told what came, however it ends.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled: the vault knows no portal.
        AgreementForbids, AgreementLapsed: files wait, and the agreement lets none come.
        Cancelled, RoadError: what arrived so far stays, partly arrived files included.
        SandboxRefused: this machine cannot confine a decoder as demanded.
    """
    require(vault, Role.ANALYST)
    items = share_what_is_here(vault)
    if link.media is MediaPolicy.NONE:
        return Fetched(items, 0)
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    if enrolment is None:
        raise NotEnrolled
    turns = Turns(vault, link)
    total = turns.count()
    if total != 0:
        require_allowed(vault, Function.MEDIA_RECEIVE)
    done, odometer, settling = 0, _Odometer(), Settling(vault)
    try:
        with settling, ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="media") as workers:
            errand = _Errand(
                vault,
                transport,
                enrolment,
                sandbox,
                settling,
                odometer,
                announce,
                is_cancelled,
            )
            had_a_turn = True
            while had_a_turn:
                digests: list[str] = []
                for notice, is_whole in _all_done(workers, errand, turns.lot()):
                    done += 1
                    announce(_progress(done, total))
                    digests.append(notice.sha256)
                    if not is_whole:
                        # It may stay wanted, and must not be asked for for ever.
                        turns.pass_over(notice.media_id)
                settling.wait()
                shared = _share(vault, digests)
                items, done = items + shared, done + shared
                had_a_turn = bool(digests)
    finally:
        note(Fetched(items + settling.settled, odometer.bytes))
    return Fetched(items + settling.settled, odometer.bytes)


def _progress(done: int, total: int | None) -> Progress:
    return Progress(Phase.MEDIA, done, None if total is None else max(total, done))


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


def _all_done(
    workers: ThreadPoolExecutor, errand: _Errand, lot: Iterator[MediaNotice]
) -> Iterator[tuple[MediaNotice, bool]]:
    """Each file of `lot`, as they end, and whether it is on its way to be held."""
    waiting: dict[Future[bool], MediaNotice] = {}
    try:
        while True:
            while len(waiting) < FILES_AT_ONCE and (notice := next(lot, None)):
                waiting[workers.submit(_fetch_one, errand, notice)] = notice
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()


def _fetch_one(errand: _Errand, notice: MediaNotice) -> bool:
    """Whether it is on its way to be held; it is not if its report was erased meanwhile, or files of
    its kind may not come.
    """
    try:
        return may_come(errand.vault, notice) and _fetched(errand, notice)
    except UnknownReference:
        return False


def _fetched(errand: _Errand, notice: MediaNotice) -> bool:
    intake = errand.vault.intake(notice.media_id)
    receiving = Receiving(
        errand.vault, errand.transport, errand.enrolment, errand.is_cancelled, notice, intake
    )
    examined = None
    try:
        if receiving.receive():
            examined = _examined(errand, notice, receiving)
    finally:
        errand.odometer.add(receiving.travelled)
        if examined is None:
            intake.close()
    if examined is not None:
        errand.settling.put(Arrived(notice.media_id, examined))
    return examined is not None


def _examined(errand: _Errand, notice: MediaNotice, receiving: Receiving) -> Examined | None:
    """The file with its digests and what the child said; None if it is not the one announced."""
    stream = DigestingStream(receiving.intake.read())
    terms = decoding_terms(
        errand.vault, size=notice.size, announce=errand.announce, is_cancelled=errand.is_cancelled
    )
    examination = errand.sandbox.examine(stream, size=notice.size, terms=terms)
    digests = stream.digests()
    try:
        require_announced(notice, digests)
    except DigestMismatch as error:
        receiving.refuse(error)
        return None
    # First what can be made again, then what counts: a held item never lacks its veil.
    errand.vault.derivatives.put(notice.media_id, examination)
    return Examined(receiving.intake, digests, examination)


def _collection(verb: str, reference: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.COLLECTION,
        verb=verb,
        object_kind=ObjectKind.MEDIA,
        object_reference=reference,
    )
