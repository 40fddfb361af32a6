"""The way of a media file into the vault, resumable and never in the clear.

    row (key, durable) → staging file, chunk by chunk → examined → settled:
    last chunk, flush, rename, flush of the folder, and only then the row, by the caller's
    transaction: a row never speaks of a file that a power cut could take away.

After an interruption the next intake of the same item goes on behind the last whole chunk.
A chunk number is never sealed twice under one key: where something lies behind the last
good chunk (a crash in the middle of a write, a settlement that was rolled back), what is
good is sealed anew under another key first.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cport_desktop.crypto.sealing import (
    CHUNK,
    HEADER,
    KEY_SIZE,
    SEALED_CHUNK,
    SealedWriter,
    whole_chunks,
)
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import BlobId, MediaId, VaultId, media_reference
from cport_desktop.domain.media_item import Examination
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.blobs import seal_context
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.durable_files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    naming_disk_faults,
    sync_folder,
    write_all,
)
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Staged:
    """A row of `blob` whose file is arriving."""

    blob: BlobId
    key: bytes


class IntakeDesk:
    """Where intakes begin: one at a time for each media item."""

    def __init__(self, layout: Layout, vault: VaultId, writer: Writer) -> None:
        self._layout = layout
        self._vault = vault
        self._writer = writer
        self._lock = threading.Lock()
        self._busy: set[MediaId] = set()

    def begin(self, media_id: MediaId) -> Intake:
        """An intake for an announced item, behind what is here of it already.

        Raises:
            UnknownReference: no such item was announced.
            StorageFull, VaultDamaged: the disk.
            RuntimeError: an intake of this item is under way.
        """
        with self._lock:
            if media_id in self._busy:
                raise RuntimeError("an intake of this media item is under way")
            self._busy.add(media_id)
        try:
            with naming_disk_faults("staging"):
                return self._begun(media_id)
        except BaseException:
            self.end(media_id)
            raise

    def end(self, media_id: MediaId) -> None:
        """Another intake of the item may begin."""
        with self._lock:
            self._busy.discard(media_id)

    def sweep(self) -> None:
        """Nothing lies in staging that nobody waits for. Called once, when the vault opens."""
        with self._writer.bookkeeping() as books:
            books.execute(
                "DELETE FROM blob WHERE state = 'staged' AND NOT EXISTS ("
                " SELECT 1 FROM media_item AS m"
                " WHERE m.media_id = blob.media_id AND m.state = 'wanted')"
            )
            rows = books.execute("SELECT blob_id FROM blob WHERE state = 'staged'").fetchall()
        known = {row[0] for row in rows}
        with naming_disk_faults("staging"):
            for path in self._layout.staging.iterdir():
                if path.name not in known:
                    path.unlink()

    def _begun(self, media_id: MediaId) -> Intake:
        announced, earlier = self._look_up(media_id)
        if earlier is None:
            return self._fresh(media_id, announced)
        staged = self._layout.staged(earlier.blob)
        # A settlement that was rolled back after its file had been moved.
        if (settled := self._layout.blob(earlier.blob)).exists():
            settled.replace(staged)
        if not staged.exists():
            return self._fresh(media_id, announced)
        return self._resumed(media_id, announced, earlier)

    def _look_up(self, media_id: MediaId) -> tuple[str, _Staged | None]:
        """The digest announced, and what is staged for it (not for an earlier announcement)."""
        with self._writer.bookkeeping() as books:
            item = books.execute(
                "SELECT announced_sha256 FROM media_item WHERE media_id = ?", (media_id,)
            ).fetchone()
            if item is None:
                raise UnknownReference(kind="media", reference=media_reference(media_id))
            row = books.execute(
                "SELECT blob_id, key FROM blob"
                " WHERE media_id = ? AND state = 'staged' AND sha256 = ?",
                (media_id, item[0]),
            ).fetchone()
        return item[0], None if row is None else _Staged(BlobId(row[0]), row[1])

    def _fresh(self, media_id: MediaId, announced: str) -> Intake:
        staged = self._replace_row(media_id, announced)
        path = self._layout.staged(staged.blob)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
        context = seal_context(self._vault, staged.blob)
        sealed = SealedWriter.begin(_sink(descriptor), staged.key, context)
        return self._intake(media_id, staged, descriptor, sealed)

    def _resumed(self, media_id: MediaId, announced: str, earlier: _Staged) -> Intake:
        path, context = self._layout.staged(earlier.blob), seal_context(self._vault, earlier.blob)
        with path.open("rb") as file:
            good = sum(map(len, whole_chunks(file, earlier.key, context))) // CHUNK
            file.seek(0)
            header = file.read(HEADER)
        if path.stat().st_size != HEADER + good * SEALED_CHUNK:
            return self._resealed(media_id, announced, earlier)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        sealed = SealedWriter.go_on(
            _sink(descriptor), earlier.key, context, header=header, chunks=good
        )
        return self._intake(media_id, earlier, descriptor, sealed)

    def _resealed(self, media_id: MediaId, announced: str, earlier: _Staged) -> Intake:
        """An intake behind all that is good of `earlier`, under a key of its own."""
        intake = self._fresh(media_id, announced)
        path = self._layout.staged(earlier.blob)
        with path.open("rb") as file:
            for piece in whole_chunks(file, earlier.key, seal_context(self._vault, earlier.blob)):
                intake.write(piece)
        path.unlink()
        return intake

    def _intake(
        self, media_id: MediaId, staged: _Staged, descriptor: int, sealed: SealedWriter
    ) -> Intake:
        place = _Place(self._layout, seal_context(self._vault, staged.blob), staged)
        return Intake(self, media_id, place, descriptor, sealed)

    def _replace_row(self, media_id: MediaId, announced: str) -> _Staged:
        """A new name and key are on record for the item's file, and no other staged ones."""
        staged = _Staged(BlobId(secrets.token_hex(16)), secrets.token_bytes(KEY_SIZE))
        with self._writer.bookkeeping() as books:
            books.execute("DELETE FROM blob WHERE media_id = ? AND state = 'staged'", (media_id,))
            books.execute(
                "INSERT INTO blob (blob_id, key, state, media_id, sha256)"
                " VALUES (?, ?, 'staged', ?, ?)",
                (staged.blob, staged.key, media_id, announced),
            )
        return staged


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a staged file lies and what its seal is bound to."""

    layout: Layout
    context: bytes
    staged: _Staged

    @property
    def path(self) -> Path:
        return self.layout.staged(self.staged.blob)


class Intake:
    """One file on its way. Not for two threads at once. End it with `close` in every case."""

    def __init__(
        self,
        desk: IntakeDesk,
        media_id: MediaId,
        place: _Place,
        descriptor: int,
        sealed: SealedWriter,
    ) -> None:
        self._desk = desk
        self._media_id = media_id
        self._place = place
        self._descriptor: int | None = descriptor
        self._sealed = sealed

    @property
    def offset(self) -> int:
        """Bytes that are here: what is fetched next begins there."""
        return self._sealed.length

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the file.

        Raises:
            StorageFull, VaultDamaged: the disk; this intake takes nothing more.
        """
        with naming_disk_faults("staging"):
            self._sealed.write(piece)

    def read(self) -> Iterator[bytes]:
        """All that is here so far, from the beginning, in pieces of 1 MiB at most."""
        place = self._place
        with naming_disk_faults("staging"), place.path.open("rb") as file:
            yield from whole_chunks(file, place.staged.key, place.context)
        if pending := self._sealed.pending:
            yield pending

    def settle(self, tx: Transaction, digests: Digests, examination: Examination) -> None:
        """The file is held, once the transaction commits. The caller has compared the digest.

        An item that became held meanwhile by other bytes of the same digest stays as it is.

        Raises:
            StorageFull, VaultDamaged: the disk; the transaction must not commit.
        """
        if self._sealed.length != digests.size:
            raise ValueError("the digests are of another file")
        if _is_held(tx, self._media_id):
            self._discard(tx)
            return
        with naming_disk_faults("blobs"):
            self._sealed.finish()
            self._move_in()
        blob = self._place.staged.blob
        tx.connection.execute(
            "UPDATE blob SET state = 'held', size = ?, sha256 = ? WHERE blob_id = ?",
            (digests.size, digests.sha256, blob),
        )
        _mark_held(tx, self._media_id, blob, digests, examination)

    def refuse(self, tx: Transaction, reason: str) -> None:
        """Nothing of the file is kept, and the item says why, once the transaction commits."""
        self._discard(tx)
        tx.connection.execute(
            "UPDATE media_item SET state = 'refused', refusal = ? WHERE media_id = ?",
            (reason, self._media_id),
        )

    def close(self) -> None:
        """What fills whole chunks stays staged for the next intake. May be called again."""
        self._let_go()
        self._desk.end(self._media_id)

    def _move_in(self) -> None:
        """The complete file is durable under its final name."""
        layout, blob = self._place.layout, self._place.staged.blob
        if self._descriptor is None:
            raise RuntimeError("this intake has ended")
        self._flush(self._descriptor)
        self._let_go()
        target = layout.blob(blob)
        if not target.parent.exists():
            target.parent.mkdir(mode=PRIVATE_FOLDER)
            sync_folder(layout.blobs)
        self._place.path.replace(target)
        sync_folder(target.parent)

    def _flush(self, descriptor: int) -> None:
        try:
            os.fsync(descriptor)
        except OSError:
            # The kernel may call the pages clean now although they are lost: start afresh.
            self._let_go()
            self._place.path.unlink(missing_ok=True)
            raise

    def _discard(self, tx: Transaction) -> None:
        tx.connection.execute("DELETE FROM blob WHERE blob_id = ?", (self._place.staged.blob,))
        self._let_go()
        with naming_disk_faults("staging"):
            self._place.path.unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)


def _sink(descriptor: int) -> Callable[[memoryview], None]:
    return partial(write_all, descriptor)


def _is_held(tx: Transaction, media_id: MediaId) -> bool:
    row = tx.connection.execute(
        "SELECT state = 'held' FROM media_item WHERE media_id = ?", (media_id,)
    ).fetchone()
    return row is not None and bool(row[0])


def _mark_held(
    tx: Transaction,
    media_id: MediaId,
    blob: BlobId,
    digests: Digests,
    examination: Examination,
) -> None:
    cannot_show = examination.cannot_show
    tx.connection.execute(
        "UPDATE media_item SET state = 'held', refusal = NULL, blob_id = :blob, kind = :kind,"
        " format = :format, width = :width, height = :height, duration_ms = :duration_ms,"
        " md5 = :md5, sha1 = :sha1, sha256 = :sha256, crc32 = :crc32,"
        " perceptual_hash = :perceptual_hash, quality = :quality, dct_hash = :dct_hash,"
        " cannot_show = :cannot_show, facts = :facts, held_at = :held_at"
        " WHERE media_id = :media_id",
        {
            "media_id": media_id,
            "blob": blob,
            "kind": examination.kind.value,
            "format": examination.format,
            "width": examination.width,
            "height": examination.height,
            "duration_ms": examination.duration_ms,
            "md5": digests.md5,
            "sha1": digests.sha1,
            "sha256": digests.sha256,
            "crc32": digests.crc32,
            "perceptual_hash": examination.perceptual_hash,
            "quality": examination.quality,
            "dct_hash": examination.dct_hash,
            "cannot_show": None if cannot_show is None else cannot_show.value,
            "facts": json.dumps(examination.facts, ensure_ascii=False),
            "held_at": microseconds(tx.now),
        },
    )
