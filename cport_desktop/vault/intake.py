"""The way of one media file into the vault, resumable and never in the clear.

    row (key, durable) → staging file, chunk by chunk → examined → moved in:
    last chunk, flush, rename, flush of the folder → and only then the row, by the caller's
    transaction: a row never speaks of a file that a power cut could take away.

Several files are moved in together and entered by one transaction, which spares most of the
waiting: each file is flushed by itself, their folder and the database once.

How an intake begins, and goes on after an interruption, is `vault.intake_desk`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.crypto.sealing import SealedWriter, whole_chunks
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.domain.media_item import Examination
from cport_desktop.vault import likeness
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.durable_files import PRIVATE_FOLDER, naming_disk_faults, sync_folder
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Staged:
    """A row of `blob` whose file is arriving."""

    blob: BlobId
    key: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a staged file lies and what its seal is bound to."""

    layout: Layout
    context: bytes
    staged: Staged

    @property
    def path(self) -> Path:
        return self.layout.staged(self.staged.blob)

    @property
    def target(self) -> Path:
        return self.layout.blob(self.staged.blob)


class Intake:
    """One file on its way. Not for two threads at once. End it with `close` in every case."""

    def __init__(
        self,
        media_id: MediaId,
        place: Place,
        *,
        descriptor: int,
        sealed: SealedWriter,
        on_end: Callable[[], None],
    ) -> None:
        self._media_id = media_id
        self._place = place
        self._descriptor: int | None = descriptor
        self._sealed = sealed
        self._on_end = on_end
        self._is_moved_in = False

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
        """`move_in` and `enter` in one, for a file that comes alone.

        Raises:
            StorageFull, VaultDamaged: the disk; the transaction must not commit.
        """
        if _is_wanted(tx, self._media_id):
            move_in([Examined(self, digests, examination)])
        self.enter(tx, digests, examination)

    def enter(self, tx: Transaction, digests: Digests, examination: Examination) -> None:
        """The file is held, once the transaction commits. The caller has compared the digest.

        An item that became held meanwhile by other bytes of the same digest stays as it is, and
        one that was erased meanwhile does not come back.

        Raises:
            RuntimeError: the file was not moved in; a row may not speak of it.
        """
        if not _is_wanted(tx, self._media_id):
            self._discard(tx)
            return
        if not self._is_moved_in:
            raise RuntimeError("the file is not in its place yet")
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

    def drop(self, tx: Transaction) -> None:
        """Nothing of the file is kept, and it may come again from its beginning."""
        self._discard(tx)

    def close(self) -> None:
        """What fills whole chunks stays staged for the next intake. May be called again."""
        self._let_go()
        self._on_end()

    def finish_into(self, digests: Digests) -> Path:
        """The complete file is flushed and has its final name, in the folder that is returned and
        that is not flushed yet. For `move_in` alone.
        """
        if self._sealed.length != digests.size:
            raise ValueError("the digests are of another file")
        if self._descriptor is None:
            raise RuntimeError("this intake has ended")
        self._sealed.finish()
        self._flush(self._descriptor)
        self._let_go()
        layout, target = self._place.layout, self._place.target
        if not target.parent.exists():
            target.parent.mkdir(mode=PRIVATE_FOLDER)
            sync_folder(layout.blobs)
        self._place.path.replace(target)
        self._is_moved_in = True
        return target.parent

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
            where = self._place.target if self._is_moved_in else self._place.path
            where.unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that is whole, of the digests announced, and was examined."""

    intake: Intake
    digests: Digests
    examination: Examination


def move_in(files: Sequence[Examined]) -> None:
    """The files are complete and durable under their final names; `Intake.enter` may follow.

    Not in a transaction, where others would have to wait for the disk.

    Raises:
        StorageFull, VaultDamaged: the disk; none of the files may be entered.
    """
    with naming_disk_faults("blobs"):
        for folder in {file.intake.finish_into(file.digests) for file in files}:
            sync_folder(folder)


def _is_wanted(tx: Transaction, media_id: MediaId) -> bool:
    row = tx.connection.execute(
        "SELECT state <> 'held' FROM media_item WHERE media_id = ?", (media_id,)
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
        " cannot_show = :cannot_show, facts = :facts, held_at = :held_at, examined = :examined,"
        " pictures = :pictures, has_sound = :has_sound"
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
            "examined": likeness.EXAMINED,
            "pictures": examination.pictures,
            "has_sound": examination.has_sound,
        },
    )
    likeness.keep(tx.connection, digests.sha256, examination)
