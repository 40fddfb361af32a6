"""The bytes of one media file, from the road into sealed staging, and what becomes of it if they
do not come.

A large file comes part by part, each checked against the digest that the portal signed before it
is kept (`sync.chunks`). What was kept is right; what is lost by a cut, a wrong byte or a crash is
one part at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.chunk_map import SMALLEST_CHUNK, ChunkMap, has_chunks
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.progress import IsCancelled
from cport_desktop.domain.report import MediaNotice
from cport_desktop.errors import (
    Cancelled,
    CportError,
    DigestMismatch,
    RoadError,
    UnknownReference,
    UntrustedData,
    UsageError,
)
from cport_desktop.sync.chunks import WRONG_CHUNK, accept_chunks, checked
from cport_desktop.sync.transfer import Fate, fate_after, rest_after
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.keep_aside import keep_aside
from cport_desktop.vault import transfers
from cport_desktop.vault.intake import Intake
from cport_desktop.vault.vault import Vault

CHUNK_TRIES = 3
"""How often one part is asked for in one exchange before the file is left for another time."""


@dataclass(slots=True)
class Receiving:
    """One file on its way. `travelled`: bytes that the road handed over, wrong ones included."""

    vault: Vault
    transport: Transport
    enrolment: Enrolment
    is_cancelled: IsCancelled
    notice: MediaNotice
    intake: Intake
    travelled: int = field(default=0)

    def receive(self) -> bool:
        """Whether all bytes are here now; if not, it is on record why, or a person stopped it.

        Raises:
            Cancelled, RoadError, UntrustedData: not the file's fault; no other would come either.
            StorageFull, VaultDamaged: the disk.
        """
        try:
            return self._received()
        except (UsageError, RoadError, UntrustedData) as error:
            match fate_after(error):
                case Fate.STOP:
                    raise
                case Fate.REFUSE:
                    self.refuse(error)
                case Fate.PASS_OVER:
                    self._leave(error)
        return False

    def refuse(self, error: CportError) -> None:
        """Nothing of it is kept, and the item says why."""
        with self.vault.transaction() as tx:
            self.intake.refuse(tx, error.code)
            tx.record(self._entry("refuse", error.code))

    def _received(self) -> bool:
        if self.intake.offset >= self.notice.size:
            return True
        chunks = None
        if has_chunks(self.notice.size):
            try:
                chunks = self._chunks()
            except UntrustedData as error:
                self._leave(error)
                return False
        return self._parts_taken(chunks)

    def _parts_taken(self, chunks: ChunkMap | None) -> bool:
        """Until all are here; a wrong part is asked for again, some times."""
        wrong = 0
        while self.intake.offset < self.notice.size:
            began = self.intake.offset
            try:
                if not self._taken(chunks):
                    return False
            except DigestMismatch as error:
                if chunks is None or error.facts.get("what") != WRONG_CHUNK:
                    raise
                wrong = 1 if self.intake.offset > began else wrong + 1
                if wrong == CHUNK_TRIES:
                    self._doubt(chunks)
                    raise
        return True

    def _doubt(self, chunks: ChunkMap) -> None:
        """The wrong byte may be in what was here of this part: the next try begins anew then."""
        if self.intake.offset % chunks.chunk_size:
            self._drop()

    def _chunks(self) -> ChunkMap | None:
        """The digests of its parts; None from a portal that tells none.

        Raises:
            UntrustedData: they cannot be used; they are kept aside.
            RoadError: they did not come.
        """
        try:
            message = self.transport.chunks(self.notice.media_id)
        except UnknownReference:
            return None
        try:
            return accept_chunks(message, enrolment=self.enrolment, notice=self.notice)
        except UntrustedData as error:
            keep_aside(self.vault, "chunks", error, message)
            raise

    def _taken(self, chunks: ChunkMap | None) -> bool:
        """Bytes are kept as they come, to the end of this answer; False if a person stopped it."""
        start, looked_at = self.intake.offset, 0
        with self.transport.media(
            self.notice.media_id, start=start, size=self.notice.size
        ) as pieces:
            for piece in self._right(self._counted(pieces), chunks, start):
                self.intake.write(piece)
                looked_at += len(piece)
                if looked_at >= SMALLEST_CHUNK:
                    looked_at = 0
                    if not self._may_go_on():
                        return False
        return True

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self.is_cancelled():
                raise Cancelled
            self.travelled += len(piece)
            yield piece

    def _right(
        self, pieces: Iterator[bytes], chunks: ChunkMap | None, start: int
    ) -> Iterator[bytes]:
        if chunks is None:
            return pieces
        head = self._head(start - start % chunks.chunk_size, start)
        return checked(pieces, chunks, start=start, head=head)

    def _head(self, first: int, start: int) -> bytes:
        """The bytes from `first` to `start`, which are here: a crash came between them and the
        rest of their part.
        """
        if first == start:
            return b""
        at, head = 0, bytearray()
        for piece in self.intake.read():
            head += piece[max(0, first - at) :]
            at += len(piece)
        return bytes(head)

    def _may_go_on(self) -> bool:
        with self.vault.reader() as reader:
            may = transfers.may_go_on(reader, self.notice.media_id)
            is_unwanted = not may and transfers.is_cancelled(reader, self.notice.media_id)
        if is_unwanted:
            self._drop()
        return may

    def _drop(self) -> None:
        with self.vault.transaction() as tx:
            self.intake.drop(tx)
            tx.record(self._entry("drop_transfer", None))

    def _leave(self, error: CportError) -> None:
        """It stays wanted with what is here of it, and is left alone for a while."""
        with self.vault.reader() as reader:
            tries = transfers.tries_of(reader, self.notice.media_id) + 1
        rest = rest_after(error, tries=tries)
        self.vault.transfers.failed(self.notice.media_id, error.code, rest)

    def _entry(self, verb: str, reason: str | None) -> AuditDraft:
        return AuditDraft(
            action=AuditAction.COLLECTION,
            verb=verb,
            object_kind=ObjectKind.MEDIA,
            object_reference=media_reference(self.notice.media_id),
            reason=reason,
        )
