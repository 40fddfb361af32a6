"""Three pictures of each content, in a SQLCipher file of their own that can be rebuilt at any time.

Kept by the digest of the original, so that media items with the same bytes share them. The veil
lies as it is, so that a page of a list costs one query and unseals nothing; what is behind it, the
blurred picture and the clear thumbnail, is sealed once more (`picture_seal`) and comes out of this
room as it lies. A file that is missing, damaged or of another layout is begun anew: what is lost
is work, not evidence. A power cut may cost the last ones put.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import Examination, Picture
from cport_desktop.errors import UnknownReference, VaultDamaged
from cport_desktop.vault import kept_filter
from cport_desktop.vault.database import Connection, Row, connect, naming_faults
from cport_desktop.vault.durable_files import make_private_file, naming_disk_faults
from cport_desktop.vault.picture_seal import Derived, clear_room_key, seal_picture, unpacked
from cport_desktop.vault.segment_table import forget_segments

DigestsOf = Callable[[Sequence[MediaId]], Mapping[MediaId, str]]
"""The announced SHA-256 of each media item that is known."""

LAYOUT = 2
_AT_ONCE = 500
_TABLES = (
    """
    CREATE TABLE veil (
        sha256   TEXT PRIMARY KEY,
        width    INTEGER NOT NULL,
        height   INTEGER NOT NULL,
        channels INTEGER NOT NULL,
        packed   BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE behind (
        sha256  TEXT NOT NULL,
        purpose TEXT NOT NULL,
        sealed  BLOB NOT NULL,
        PRIMARY KEY (sha256, purpose)
    ) WITHOUT ROWID
    """,
)


@dataclass(frozen=True, slots=True)
class SealedPicture:
    """A picture as it lies: of the original with this SHA-256, under the clear room's key."""

    digest: str
    purpose: Derived
    sealed: bytes


class Derivatives:
    """From any thread; one at a time."""

    def __init__(self, path: Path, key: bytes, digests_of: DigestsOf) -> None:
        self._name = path.name
        self._path = path
        self._key = key
        self._room_key = clear_room_key(key)
        self._digests_of = digests_of
        self._lock = threading.Lock()
        self._connection = _open_or_begin_anew(path, key)

    def put(self, media_id: MediaId, seen: Examination) -> bool:
        """The three pictures that a child made are kept for the item and for all that have the same
        bytes. False where it could make none; then nothing is changed.

        Raises:
            UnknownReference: no such item was announced.
            StorageFull: no room.
        """
        veil, blurred, clear = seen.veil, seen.blurred, seen.thumbnail
        if veil is None or blurred is None or clear is None:
            return False
        digest = self._digests_of([media_id]).get(media_id)
        if digest is None:
            raise UnknownReference(kind="media", reference=media_reference(media_id))
        behind = [
            (digest, purpose.value, seal_picture(self._room_key, digest, purpose, picture))
            for purpose, picture in ((Derived.BLURRED, blurred), (Derived.CLEAR, clear))
        ]
        packed = zlib.compress(veil.pixels, 1)
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO veil (sha256, width, height, channels, packed)"
                " VALUES (?, ?, ?, ?, ?)",
                (digest, veil.width, veil.height, veil.channels, packed),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO behind (sha256, purpose, sealed) VALUES (?, ?, ?)", behind
            )
        if media_id not in self._digests_of([media_id]):
            self.forget([digest])  # It was erased meanwhile.
        return True

    def forget(self, digests: Sequence[str], *, segments: Sequence[int] = ()) -> None:
        """No picture of these originals, and none of these packed indexes of likeness, is in the file
        or its log of writes any more, durably.

        Raises:
            StorageFull: no room.
        """
        with self._writing() as connection:
            those = [(digest,) for digest in digests]
            connection.executemany("DELETE FROM veil WHERE sha256 = ?", those)
            connection.executemany("DELETE FROM behind WHERE sha256 = ?", those)
            forget_segments(connection, segments)
        with self._alone() as connection:
            # Merging flushes the file: without it the deletion could be lost in a power cut.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def veils(self, media_ids: Sequence[MediaId]) -> dict[MediaId, Picture]:
        """The veils of those items that have one here."""
        digests = self._digests_of(media_ids)
        found: dict[str, Picture] = {}
        for digest, width, height, channels, packed in self._rows(
            "SELECT sha256, width, height, channels, packed FROM veil WHERE sha256 IN",
            sorted(set(digests.values())),
        ):
            found[digest] = Picture(width, height, channels, unpacked(packed))
        return {media: found[digest] for media, digest in digests.items() if digest in found}

    def sealed(self, media_id: MediaId, purpose: Derived) -> SealedPicture | None:
        """What lies behind the veil of an item, sealed; None if there is none here."""
        digest = self._digests_of([media_id]).get(media_id)
        with self._alone() as connection:
            row = connection.execute(
                "SELECT sealed FROM behind WHERE sha256 = ? AND purpose = ?",
                (digest, purpose.value),
            ).fetchone()
        return None if digest is None or row is None else SealedPicture(digest, purpose, row[0])

    def lacking(self, digests: Sequence[str]) -> set[str]:
        """Those of these originals that have not all three pictures here."""
        whole = self._rows(
            "SELECT v.sha256 FROM veil AS v"
            " WHERE (SELECT count(*) FROM behind AS b WHERE b.sha256 = v.sha256) = 2"
            " AND v.sha256 IN",
            digests,
        )
        return set(digests).difference(row[0] for row in whole)

    def keep_filter(self, parts: Sequence[bytes], *, reach: int, count: int) -> None:
        """The filter in front of the digests of lists is this one (`vault.kept_filter`).

        Raises:
            StorageFull: no room.
        """
        with self._writing() as connection:
            kept_filter.keep(connection, parts, reach=reach, count=count)

    def kept_filter(self) -> kept_filter.KeptFilter | None:
        """The filter that was kept last; None if there is none, or a damaged one."""
        with self._alone() as connection:
            return kept_filter.load(connection)

    def begin_anew(self) -> None:
        """The file is empty and sound; what was in it can be made again.

        Raises:
            StorageFull: no room.
        """
        with self._lock:
            self._connection.close()
            _remove(self._path)
            self._connection = _begun(self._path, self._key)

    def is_damaged(self) -> bool:
        """A page fails its check: the next opening may begin anew."""
        try:
            with self._alone() as connection:
                return connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None
        except VaultDamaged:
            return True

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _rows(self, query: str, digests: Sequence[str]) -> Iterator[Row]:
        """What `query`, which ends in IN, finds for these digests, some hundreds at once."""
        for first in range(0, len(digests), _AT_ONCE):
            some = digests[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            with self._alone() as connection:
                rows = connection.execute(f"{query} ({marks})", some).fetchall()
            yield from rows

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """All that happens in the block, or nothing of it."""
        with self._alone() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        with self._lock, naming_faults(self._name):
            yield self._connection


def _open_or_begin_anew(path: Path, key: bytes) -> Connection:
    try:
        connection = _opened(path, key)
        if connection.execute("PRAGMA user_version").fetchone() == (LAYOUT,):
            return connection
        connection.close()
    except VaultDamaged:
        pass  # Said in the module's first lines: nothing is lost that cannot be made again.
    _remove(path)
    return _begun(path, key)


def _remove(path: Path) -> None:
    with naming_disk_faults(path.name):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path, key: bytes) -> Connection:
    if not path.is_file():
        raise VaultDamaged(where=path.name)
    return connect(path, key, durable=False)


def _begun(path: Path, key: bytes) -> Connection:
    with naming_disk_faults(path.name):
        make_private_file(path)
    connection = connect(path, key, durable=False)
    with naming_faults(path.name):
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
    return connection
