"""A vault: a folder in which nothing lies in the clear, and the one door to it.

Promises: one process at a time; one transaction at a time, from any thread; any number of
readers beside it; a vault is demo or live from birth and for ever. Does not know what
reports are: the rooms beside this one read and write them.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from cport_desktop.clock import Clock
from cport_desktop.domain.audit import AnchorKind, AuditDraft
from cport_desktop.domain.erasure import ErasureId
from cport_desktop.domain.ids import Actor, AnalystId, MediaId, VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled, never, silent
from cport_desktop.domain.roles import EVERY_ROLE, Analyst, Role
from cport_desktop.errors import KeepingUnderWay, StorageFull, VaultDamaged
from cport_desktop.vault import exchange_history, header_files, header_record, keeping, write_log
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.blob_guard import BlobGuard
from cport_desktop.vault.blobs import BlobStore
from cport_desktop.vault.check_progress import CheckProgress
from cport_desktop.vault.checkpoints import anchor_head
from cport_desktop.vault.clear_room import ClearRoom, Sealed
from cport_desktop.vault.connections import ReaderPool
from cport_desktop.vault.database import Connection
from cport_desktop.vault.derivatives import Derivatives
from cport_desktop.vault.drafts import DraftBook
from cport_desktop.vault.durable_files import make_folder_durably, naming_disk_faults
from cport_desktop.vault.erasure_finishing import Files, finish
from cport_desktop.vault.exposure_book import ExposureBook
from cport_desktop.vault.ground import (
    access_entry,
    clear_away,
    lay_out,
    make_empty_folder,
)
from cport_desktop.vault.header import Header, sealed
from cport_desktop.vault.intake import Intake
from cport_desktop.vault.intake_desk import IntakeDesk
from cport_desktop.vault.keeping import Kept
from cport_desktop.vault.key_slots import NewSlot, OpenedHeader, new_header
from cport_desktop.vault.last_session import cut_off_entry
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.lists_told_before import lift_told_before
from cport_desktop.vault.lock_file import LockFile, alone_in
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.transfer_desk import TransferDesk
from cport_desktop.vault.unlocking import Unlocked, unlock
from cport_desktop.vault.water_mark import MarkKeeper, admit, record_marked
from cport_desktop.vault.write_log import WriteLog, log_of_writes
from cport_desktop.words.vault_faults import LOST_WRITES

_ASKED_AT_ONCE = 500
"""Media items in one query: a page of any list at once."""


class Vault:
    """An open vault. Made by `open_vault`; ends with `close` (or the `with` block)."""

    def __init__(
        self, layout: Layout, unlocked: Unlocked, *, lock: LockFile, marks: MarkKeeper
    ) -> None:
        header, writer = unlocked.opened, unlocked.writer
        self._layout = layout
        self._header = header
        self._analyst = unlocked.analyst
        self._writer = writer
        self._lock = lock
        self._marks = marks
        self._readers = ReaderPool(layout.database, header.keys.database, self._writer.turns)
        self._intakes = IntakeDesk(layout, header.vault, writer)
        self._transfers = TransferDesk(layout, writer, self._intakes.under_way)
        self._blobs = BlobStore(layout, header.vault)
        self._blob_guard = BlobGuard()
        self._check_progress = CheckProgress(writer)
        self._drafts = DraftBook(
            header.vault,
            unlocked.analyst.analyst_id,
            header.personal,
            writer=writer,
            readers=self._readers,
        )
        self._exposure = ExposureBook(
            header.vault,
            unlocked.analyst.analyst_id,
            header.personal,
            writer=writer,
            readers=self._readers,
        )
        self._derivatives = Derivatives(
            layout.derivatives, header.keys.derivatives, self._announced_digests
        )
        self._clear_room = ClearRoom(
            Sealed(
                header.vault,
                unlocked.analyst.name,
                self._derivatives,
                self._blobs,
                reader=self.reader,
                monotonic=writer.monotonic,
                key=header.keys.derivatives,
            )
        )
        self._exchange = threading.Lock()
        self._is_closed = False

    @property
    def identity(self) -> VaultId:
        return self._header.vault

    @property
    def nature(self) -> Nature:
        return self._header.nature

    @property
    def analyst(self) -> Analyst:
        """Whose slot opened the vault."""
        return self._analyst

    @property
    def actor(self) -> Actor:
        """The name of that analyst, as the audit log has it."""
        return self._analyst.name

    def now(self) -> datetime:
        """What this machine's clock says."""
        return self._writer.now()

    @property
    def roles(self) -> frozenset[Role]:
        return self._analyst.roles

    @property
    def personal_key(self) -> bytes | None:
        """32 bytes that only this analyst's own slots open; None if the slot carries none."""
        return self._header.personal

    @property
    def directory(self) -> Path:
        return self._layout.directory

    @property
    def layout(self) -> Layout:
        return self._layout

    @property
    def header(self) -> OpenedHeader:
        """The header as it is, and what the slot that opened the vault gave."""
        return self._header

    def change_header(
        self,
        edit: Callable[[Header], Header],
        draft: AuditDraft,
        *,
        alongside: Callable[[Transaction], None] | None = None,
    ) -> None:
        """The header is as `edit` makes it, on record with `draft` and in both copies.

        A crash in between is made good by the next opening. What `alongside` writes is in the
        same transaction.

        Raises:
            StorageFull, VaultDamaged: the disk.
            Whatever `edit` raises: nothing was changed.
        """
        with self._writer.transaction() as tx:
            header = edit(header_record.load(tx.connection))
            header = msgspec.structs.replace(header, generation=header.generation + 1)
            header = sealed(header, self._header.keys)
            header_record.replace(tx.connection, header)
            if alongside is not None:
                alongside(tx)
            tx.record(draft)
        self._header = replace(self._header, header=header)
        header_files.write(self._layout, header)

    @property
    def blobs(self) -> BlobStore:
        return self._blobs

    @property
    def blob_guard(self) -> BlobGuard:
        """Keeps those who copy blobs and those who remove them apart."""
        return self._blob_guard

    @property
    def check_progress(self) -> CheckProgress:
        """How far a deep check came that was interrupted."""
        return self._check_progress

    @property
    def drafts(self) -> DraftBook:
        """What the analyst who opened it left unfinished."""
        return self._drafts

    @property
    def exposure(self) -> ExposureBook:
        """What the analyst who opened it keeps of their own looking."""
        return self._exposure

    @property
    def derivatives(self) -> Derivatives:
        return self._derivatives

    @property
    def clear_room(self) -> ClearRoom:
        """Where what lies behind a veil is unsealed, against a grant."""
        return self._clear_room

    def intake(self, media_id: MediaId) -> Intake:
        """The way in for the bytes of an announced media item, behind what is here already.

        Not inside a transaction of the same thread.

        Raises:
            UnknownReference: no such item was announced.
            StorageFull, VaultDamaged: the disk.
            RuntimeError: an intake of this item is under way.
        """
        return self._intakes.begin(media_id)

    def intake_ahead(self, media_id: MediaId, sha256: str) -> Intake:
        """See `IntakeDesk.begin_ahead`. Not inside a transaction of the same thread."""
        return self._intakes.begin_ahead(media_id, sha256)

    @contextmanager
    def exchanging(self) -> Iterator[None]:
        """Within, nobody else in this process exchanges with the portal; no other process can.

        Raises:
            KeepingUnderWay: somebody does already. Nobody waits: one exchange brings it all.
        """
        if not self._exchange.acquire(blocking=False):
            raise KeepingUnderWay(what="an exchange with the portal")
        try:
            yield
        finally:
            self._exchange.release()

    @property
    def transfers(self) -> TransferDesk:
        """What is known of media files on their way while the vault is open."""
        return self._transfers

    def expect(self, media_ids: Sequence[MediaId]) -> None:
        """Intakes of these items begin without waiting for the disk. See `IntakeDesk.expect`."""
        self._intakes.expect(media_ids)

    @property
    def marks(self) -> MarkKeeper:
        """The high-water mark of this vault on this machine."""
        return self._marks

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All that happens in the block, durably, or nothing of it.

        One at a time: others wait at the door. Leaving by an exception undoes everything.

        Raises:
            WroteWithoutTrace: something was changed and no audit entry recorded.
            StorageFull, VaultDamaged: the disk; nothing was changed.
            RuntimeError: a transaction inside a transaction.
        """
        with self._anchoring(self._writer.transaction()) as tx:
            yield tx

    def leave_trace(self, draft: AuditDraft) -> None:
        """An entry is in the log, durably, before what it tells of happens; nothing else is changed.

        Raises:
            StorageFull, VaultDamaged: the disk; nothing was changed.
        """
        with self._anchoring(self._writer.trace()) as tx:
            tx.record(draft)

    @contextmanager
    def _anchoring(self, writing: AbstractContextManager[Transaction]) -> Iterator[Transaction]:
        signed = None
        with writing as tx:
            yield tx
            if tx.has_recorded and self._marks.is_due:
                signed = anchor_head(tx, AnchorKind.SESSION)
        if signed is not None:
            self._marks.write(signed)

    def bookkeeping(self) -> AbstractContextManager[Connection]:
        """As `transaction`, for the vault's own books, which say nothing about anybody's acts.

        For this room alone: what a person does leaves a trace.
        """
        return self._writer.bookkeeping()

    def reader(self, is_cancelled: IsCancelled = never) -> AbstractContextManager[Reader]:
        """One state of the vault, as it is now, for as long as the block lasts. A statement that runs
        when `is_cancelled` begins to hold ends soon after.

        Keep it short: what is written meanwhile cannot be merged into the file.

        Raises:
            Cancelled: it was interrupted.
        """
        return self._readers.reader(is_cancelled)

    def searching(self, is_cancelled: IsCancelled = never) -> AbstractContextManager[Reader]:
        """As `reader`, for a search that has left its trace: in the state that it sees, entries that
        `leave_trace` wrote lately may be missing, and nothing else. What the search before deciphered
        is at hand.
        """
        return self._readers.searching(is_cancelled)

    def finish_erasures(self) -> tuple[ErasureId, ...]:
        """Nothing of what was erased is left in any file of the vault, and it is certified.

        The erasures that were finished now. May be called again, and is at each opening.

        Raises:
            KeepingUnderWay: somebody reads an earlier state, or a backup is being made.
            StorageFull, VaultDamaged: the disk; the next call goes on.
        """
        files = Files(
            self.identity,
            self._layout,
            self._writer,
            self._derivatives,
            arriving=self._intakes.arriving,
        )
        with self._blob_guard.going():
            return finish(files)

    def close(self) -> None:
        """Nobody holds the vault any more. May be called more than once."""
        if self._is_closed:
            return
        self._is_closed = True
        self._clear_room.close()
        try:
            # The end of a session on a full disk must not keep the vault locked.
            with suppress(StorageFull):
                record_marked(self._writer, self._marks, access_entry(self.identity, "close"))
        finally:
            self._readers.close()
            self._derivatives.close()
            self._writer.close()
            self._lock.release()

    def _announced_digests(self, media_ids: Sequence[MediaId]) -> dict[MediaId, str]:
        """What is known of these media items, in one query for each few hundred."""
        found: dict[MediaId, str] = {}
        with self.reader() as reader:
            for first in range(0, len(media_ids), _ASKED_AT_ONCE):
                some = media_ids[first : first + _ASKED_AT_ONCE]
                marks = ", ".join("?" * len(some))
                query = "SELECT media_id, announced_sha256 FROM media_item WHERE media_id IN"
                found.update(reader.connection.execute(f"{query} ({marks})", some).fetchall())
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def create_vault(
    directory: Path,
    *,
    nature: Nature,
    analyst: str,
    slots: Sequence[NewSlot],
    clock: Clock,
) -> VaultId:
    """A new, empty vault lies in `directory`, which is made if need be, and is closed.

    `analyst` is the first one, with every role; `slots` are theirs. The header is written last:
    without it there is no vault. What was begun is removed again if it cannot be finished, and
    what a crash left behind is removed by the next attempt.

    Raises:
        VaultExists: there is a vault.
        VaultHeld: another process makes one there now.
        OutputExists: the folder holds something else.
        StorageFull: no room.
        ValueError: no slot, or a secret or a name that no vault accepts.
    """
    layout = Layout(directory)
    if not analyst.strip():
        raise ValueError("an analyst has a name")
    first = Analyst(AnalystId(secrets.token_hex(16)), Actor(analyst.strip()), EVERY_ROLE)
    opened = new_header(nature=nature, analyst=first.analyst_id, slots=tuple(slots), at=clock.now())
    with naming_disk_faults("vault"), _alone_where_it_will_lie(layout):
        make_empty_folder(layout)
        try:
            lay_out(layout, opened, first, clock=clock)
            header_files.write(layout, opened.header)
            layout.unfinished.unlink()
        except BaseException:
            for path in layout.headers:
                path.unlink(missing_ok=True)
            clear_away(layout)
            raise
    return opened.vault


@contextmanager
def _alone_where_it_will_lie(layout: Layout) -> Iterator[None]:
    """What is being made there by somebody else at this moment is no leftover of a crash."""
    make_folder_durably(layout.directory)
    with alone_in(layout.directory):
        yield


def open_vault(
    directory: Path,
    *,
    secret: Secret,
    clock: Clock,
    program: str,
    slot: str | None = None,
    announce: Announce = silent,
    marks: Path | None = None,
    acknowledge_rollback: str | None = None,
) -> Vault:
    """The vault in `directory`, unlocked and held by this process. `program` is who says so.

    `slot` names the one to be tried; without it every slot of the secret's kind is. `announce`
    hears of a migration, the only part that may take long. `marks` is the folder of this
    machine's high-water marks. `acknowledge_rollback` is the reason for which a vault older than
    its mark is opened all the same: a new lineage of the log begins, on record.

    Raises:
        NotAVault: there is none.
        VaultHeld: another process has it.
        WrongPassphrase: no slot opens.
        SlotRevoked: the slot that would open was removed.
        VaultNewer: written by a later version.
        VaultRolledBack: this machine has seen a longer or another log of this vault.
        DatabasePutBack: the database is older than the header.
        VaultDamaged: header, database and nature do not agree, or a page fails its check.
        StorageFull: no room to record that it was opened, or for the copy that is migrated.
    """
    layout = Layout(directory)
    header_files.read(layout)
    lock = LockFile(layout.lock, program=program)
    try:
        # Before SQLite reads it: afterwards nothing tells what it left out.
        writes = write_log.scan(log_of_writes(layout.database), most=write_log.AT_OPENING)
        unlocked = unlock(
            layout,
            secret,
            slot_name=slot,
            clock=clock,
            announce=announce,
            acknowledged=acknowledge_rollback,
        )
        try:
            lock.tell(analyst=unlocked.analyst.name)
            keeper = MarkKeeper(marks, unlocked.opened.vault, clock)
            admit(unlocked.writer, keeper, acknowledged=acknowledge_rollback)
            IntakeDesk(layout, unlocked.opened.vault, unlocked.writer).sweep()
            with suppress(StorageFull):
                lift_told_before(unlocked.writer)
            note_opening(unlocked, program, writes)
            return _tidied(Vault(layout, unlocked, lock=lock, marks=keeper))
        except BaseException:
            unlocked.writer.close()
            raise
    except BaseException:
        lock.release()
        raise


def _tidied(vault: Vault) -> Vault:
    """The vault, without anything that a crash left of an erasure.

    Nobody is locked out by an erasure that cannot be finished on this disk: its keys are gone,
    and the list of erasures says that it is unfinished.
    """
    with suppress(StorageFull, VaultDamaged):
        vault.finish_erasures()
    return vault


def note_opening(unlocked: Unlocked, program: str, writes: WriteLog) -> None:
    """Who opened it with which slot is on record, when the slot was last of use, and whether the
    session before was cut off, or lost something that was acknowledged.
    """
    opened = unlocked.opened
    with unlocked.writer.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO slot_use (slot, opened_at) VALUES (?, ?)"
            " ON CONFLICT (slot) DO UPDATE SET opened_at = excluded.opened_at",
            (opened.slot.slot, microseconds(tx.now)),
        )
        if (cut_off := cut_off_entry(tx.connection, opened.vault)) is not None:
            tx.record(cut_off)
        if writes.is_damaged:
            frame, commits = str(writes.sound + 1), str(writes.lost_commits)
            keeping.note(tx, Kept.CHECK, LOST_WRITES, {"frame": frame, "commits": commits})
            payload = (("frame", frame), ("commits", commits))
            tx.record(access_entry(opened.vault, "lost_writes", *payload))
        exchange_history.close_cut_off(tx.connection)
        tx.record(
            access_entry(opened.vault, "open", ("program", program), ("slot", opened.slot.name))
        )
