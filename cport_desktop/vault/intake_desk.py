"""Where intakes begin, and go on where the last one of the same item was interrupted.

The next intake goes on behind the last whole chunk that is as it was sealed. A chunk number
is never sealed twice under one key: where something lies behind the last good chunk (a crash
in the middle of a write, a settlement that was rolled back), what is good is first sealed
anew under another key.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from cport_desktop.crypto.sealing import (
    CHUNK,
    HEADER,
    KEY_SIZE,
    SEALED_CHUNK,
    SealedWriter,
    whole_chunks,
)
from cport_desktop.domain.ids import BlobId, MediaId, VaultId, media_reference
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.blobs import seal_context
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import Connection
from cport_desktop.vault.durable_files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    naming_disk_faults,
    sync_folder,
    write_all,
)
from cport_desktop.vault.intake import Intake, Place, Staged
from cport_desktop.vault.layout import Layout

_STAGED = """
    SELECT b.blob_id, EXISTS (
        SELECT 1 FROM media_item AS m WHERE m.media_id = b.media_id AND m.state = 'wanted'
    ) FROM blob AS b WHERE b.state = 'staged'
"""
_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)


class IntakeDesk:
    """Where intakes begin: one at a time for each media item."""

    def __init__(self, layout: Layout, vault: VaultId, writer: Writer) -> None:
        self._layout = layout
        self._vault = vault
        self._writer = writer
        self._lock = threading.Lock()
        self._busy: set[MediaId] = set()
        self._arriving: dict[MediaId, BlobId] = {}

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

    def begin_ahead(self, media_id: MediaId, sha256: str) -> Intake:
        """An intake, from its first byte, for an item that is announced in the same transaction in which
        the file is entered: of something that comes whole or not at all. Unless that transaction
        commits, the next opening sweeps the file away.

        Raises:
            StorageFull, VaultDamaged: the disk.
            RuntimeError: an intake of this item is under way.
        """
        with self._lock:
            if media_id in self._busy:
                raise RuntimeError("an intake of this media item is under way")
            self._busy.add(media_id)
        try:
            with naming_disk_faults("staging"):
                return self._fresh(media_id, self._replace_row(media_id, sha256))
        except BaseException:
            self.end(media_id)
            raise

    def expect(self, media_ids: Sequence[MediaId]) -> None:
        """Names and keys for the files of these items are on record: none of their intakes has
        to wait for the disk at its beginning. Items that are not wanted are passed over.

        The names share their folder, which is so flushed once for all of them; what lies together
        in it came together, and the files' times tell as much.

        Raises:
            StorageFull, VaultDamaged: the disk.
        """
        folder = secrets.token_hex(1)
        with self._lock:
            idle = [media_id for media_id in media_ids if media_id not in self._busy]
        with self._writer.bookkeeping() as books:
            rows = [
                (media_id, announced)
                for media_id in idle
                for announced in books.execute(_WITHOUT_A_ROW, (media_id,)).fetchone() or ()
            ]
            for media_id, announced in rows:
                _put_row(books, media_id, announced, _new_name(folder))

    def end(self, media_id: MediaId) -> None:
        """Another intake of the item may begin."""
        with self._lock:
            self._busy.discard(media_id)
            self._arriving.pop(media_id, None)

    def under_way(self) -> frozenset[MediaId]:
        """Items that have an intake."""
        with self._lock:
            return frozenset(self._busy)

    def arriving(self) -> frozenset[BlobId]:
        """Files that an intake has open."""
        with self._lock:
            return frozenset(self._arriving.values())

    def sweep(self) -> None:
        """Nothing lies in staging that nobody waits for. Called once, when the vault opens."""
        with self._writer.bookkeeping() as books:
            rows = books.execute(_STAGED).fetchall()
        known = {blob for blob, is_wanted in rows if is_wanted}
        forsaken = [BlobId(blob) for blob, is_wanted in rows if not is_wanted]
        with naming_disk_faults("staging"):
            # Programs that copy folders may leave an empty one out.
            self._layout.staging.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            for path in self._layout.staging.iterdir():
                if path.name in known:
                    continue
                if path.is_dir():
                    shutil.rmtree(path)  # A drill that was killed.
                else:
                    path.unlink()
            # Moved in by a settlement that was cut short, and nobody wants it any more. The rows
            # go last and after a flush: they are all that knows of these files.
            for blob in forsaken:
                self._layout.blob(blob).unlink(missing_ok=True)
            for folder in {self._layout.blob(blob).parent for blob in forsaken}:
                if folder.is_dir():
                    sync_folder(folder)
        if forsaken:
            with self._writer.bookkeeping() as books:
                books.executemany(
                    "DELETE FROM blob WHERE blob_id = ? AND state = 'staged'",
                    [(blob,) for blob in forsaken],
                )

    def _begun(self, media_id: MediaId) -> Intake:
        announced, earlier = self._look_up(media_id)
        if earlier is None:
            return self._fresh(media_id, self._replace_row(media_id, announced))
        staged = self._layout.staged(earlier.blob)
        # A settlement that was rolled back after its file had been moved.
        if (settled := self._layout.blob(earlier.blob)).exists():
            settled.replace(staged)
        if not staged.exists():
            # Sealed under a salt of its own, whatever was sealed with this key before and lost.
            return self._fresh(media_id, earlier)
        return self._resumed(media_id, announced, earlier)

    def _look_up(self, media_id: MediaId) -> tuple[str, Staged | None]:
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
        return item[0], None if row is None else Staged(BlobId(row[0]), row[1])

    def _fresh(self, media_id: MediaId, staged: Staged) -> Intake:
        path = self._layout.staged(staged.blob)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | _APPEND, PRIVATE_FILE)
        context = seal_context(self._vault, staged.blob)
        with _closed_on_failure(descriptor):
            sealed = SealedWriter.begin(_sink(descriptor), staged.key, context)
        return self._intake(media_id, staged, descriptor, sealed)

    def _resumed(self, media_id: MediaId, announced: str, earlier: Staged) -> Intake:
        path, context = self._layout.staged(earlier.blob), seal_context(self._vault, earlier.blob)
        with path.open("rb") as file:
            good = sum(map(len, whole_chunks(file, earlier.key, context))) // CHUNK
            file.seek(0)
            header = file.read(HEADER)
        if path.stat().st_size != HEADER + good * SEALED_CHUNK:
            return self._resealed(media_id, announced, earlier)
        descriptor = os.open(path, _APPEND)
        with _closed_on_failure(descriptor):
            sealed = SealedWriter.go_on(
                _sink(descriptor), earlier.key, context, header=header, chunks=good
            )
        return self._intake(media_id, earlier, descriptor, sealed)

    def _resealed(self, media_id: MediaId, announced: str, earlier: Staged) -> Intake:
        """An intake behind all that is good of `earlier`, under a key of its own."""
        intake = self._fresh(media_id, self._replace_row(media_id, announced))
        path, context = self._layout.staged(earlier.blob), seal_context(self._vault, earlier.blob)
        try:
            with path.open("rb") as file:
                for piece in whole_chunks(file, earlier.key, context):
                    intake.write(piece)
            path.unlink()
        except BaseException:
            intake.close()
            raise
        return intake

    def _intake(
        self, media_id: MediaId, staged: Staged, descriptor: int, sealed: SealedWriter
    ) -> Intake:
        place = Place(self._layout, seal_context(self._vault, staged.blob), staged)
        with self._lock:
            self._arriving[media_id] = staged.blob
        return Intake(
            media_id,
            place,
            descriptor=descriptor,
            sealed=sealed,
            on_end=partial(self.end, media_id),
        )

    def _replace_row(self, media_id: MediaId, announced: str) -> Staged:
        """A new name and key are on record for the item's file, and no other staged ones."""
        with self._writer.bookkeeping() as books:
            return _put_row(books, media_id, announced, _new_name(secrets.token_hex(1)))


_WITHOUT_A_ROW = (
    "SELECT announced_sha256 FROM media_item AS m WHERE media_id = ? AND state = 'wanted'"
    " AND NOT EXISTS (SELECT 1 FROM blob AS b WHERE b.media_id = m.media_id"
    " AND b.state = 'staged' AND b.sha256 = m.announced_sha256)"
)


def _new_name(folder: str) -> BlobId:
    """A random name in one of the 256 folders."""
    return BlobId(folder + secrets.token_hex(15))


def _put_row(books: Connection, media_id: MediaId, announced: str, blob: BlobId) -> Staged:
    staged = Staged(blob, secrets.token_bytes(KEY_SIZE))
    books.execute("DELETE FROM blob WHERE media_id = ? AND state = 'staged'", (media_id,))
    books.execute(
        "INSERT INTO blob (blob_id, key, state, media_id, sha256) VALUES (?, ?, 'staged', ?, ?)",
        (staged.blob, staged.key, media_id, announced),
    )
    return staged


@contextmanager
def _closed_on_failure(descriptor: int) -> Iterator[None]:
    try:
        yield
    except BaseException:
        os.close(descriptor)
        raise


def _sink(descriptor: int) -> Callable[[memoryview], None]:
    return partial(write_all, descriptor)
