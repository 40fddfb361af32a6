"""Veils and thumbnails, in a SQLCipher file of their own that can be rebuilt at any time.

Kept by the digest of the original, so that media items with the same bytes share them. A
file that is missing, damaged or of another layout is begun anew: what is lost is work, not
evidence. A power cut may cost the last ones put.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import Picture
from cport_desktop.errors import UnknownReference, VaultDamaged
from cport_desktop.vault.database import Connection, Row, connect, naming_faults
from cport_desktop.vault.durable_files import make_private_file, naming_disk_faults

DigestsOf = Callable[[Sequence[MediaId]], Mapping[MediaId, str]]
"""The announced SHA-256 of each media item that is known."""

_LAYOUT = 1
_LARGEST = 192 * 192 * 3
"""Bytes of pixels: the largest thumbnail. More than this is never unpacked."""
_AT_ONCE = 500
_PICTURES = """
    CREATE TABLE picture (
        sha256   TEXT NOT NULL,
        purpose  TEXT NOT NULL,
        width    INTEGER NOT NULL,
        height   INTEGER NOT NULL,
        channels INTEGER NOT NULL,
        packed   BLOB NOT NULL,
        PRIMARY KEY (sha256, purpose)
    ) WITHOUT ROWID
"""


class Derivatives:
    """From any thread; one at a time."""

    def __init__(self, path: Path, key: bytes, digests_of: DigestsOf) -> None:
        self._name = path.name
        self._path = path
        self._key = key
        self._digests_of = digests_of
        self._lock = threading.Lock()
        self._connection = _open_or_begin_anew(path, key)

    def put(self, media_id: MediaId, veil: Picture, thumbnail: Picture) -> None:
        """Both are kept for the item and for all that have the same bytes.

        Raises:
            UnknownReference: no such item was announced.
            StorageFull: no room.
        """
        digest = self._digests_of([media_id]).get(media_id)
        if digest is None:
            raise UnknownReference(kind="media", reference=media_reference(media_id))
        rows = [_row(digest, "veil", veil), _row(digest, "thumbnail", thumbnail)]
        with self._alone() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(
                    "INSERT OR REPLACE INTO picture"
                    " (sha256, purpose, width, height, channels, packed)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    rows,
                )
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        if media_id not in self._digests_of([media_id]):
            self.forget([digest])  # It was erased meanwhile.

    def forget(self, digests: Sequence[str]) -> None:
        """No picture of these originals is in the file or its log of writes any more, durably.

        Raises:
            StorageFull: no room.
        """
        with self._alone() as connection:
            connection.executemany(
                "DELETE FROM picture WHERE sha256 = ?", [(digest,) for digest in digests]
            )
            # Merging flushes the file: without it the deletion could be lost in a power cut.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def veils(self, media_ids: Sequence[MediaId]) -> dict[MediaId, Picture]:
        """The veils of those items that have one here."""
        digests = self._digests_of(media_ids)
        found = self._pictures("veil", sorted(set(digests.values())))
        return {media: found[digest] for media, digest in digests.items() if digest in found}

    def thumbnail(self, media_id: MediaId) -> Picture | None:
        """The thumbnail of an item; None if there is none here."""
        digest = self._digests_of([media_id]).get(media_id)
        return None if digest is None else self._pictures("thumbnail", [digest]).get(digest)

    def lacking(self, digests: Sequence[str]) -> set[str]:
        """Those of these originals that have not both pictures here."""
        whole: set[str] = set()
        with self._alone() as connection:
            for first in range(0, len(digests), _AT_ONCE):
                some = digests[first : first + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT sha256 FROM picture WHERE sha256 IN ({marks})"  # noqa: S608 - marks only
                    " AND purpose IN ('veil', 'thumbnail') GROUP BY sha256 HAVING count(*) = 2",
                    some,
                ).fetchall()
                whole.update(row[0] for row in rows)
        return set(digests) - whole

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

    def _pictures(self, purpose: str, digests: Sequence[str]) -> dict[str, Picture]:
        found: dict[str, Picture] = {}
        with self._alone() as connection:
            for first in range(0, len(digests), _AT_ONCE):
                some = digests[first : first + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                for digest, *facts in connection.execute(
                    "SELECT sha256, width, height, channels, packed FROM picture"  # noqa: S608 - marks only
                    f" WHERE purpose = ? AND sha256 IN ({marks})",
                    (purpose, *some),
                ):
                    found[digest] = _picture(tuple(facts))
        return found

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        with self._lock, naming_faults(self._name):
            yield self._connection


def _row(digest: str, purpose: str, picture: Picture) -> Row:
    packed = zlib.compress(picture.pixels, 1)
    return digest, purpose, picture.width, picture.height, picture.channels, packed


def _picture(row: Row) -> Picture:
    width, height, channels, packed = row
    pixels = zlib.decompressobj().decompress(packed, _LARGEST)
    return Picture(width, height, channels, pixels)


def _open_or_begin_anew(path: Path, key: bytes) -> Connection:
    try:
        connection = _opened(path, key)
        if connection.execute("PRAGMA user_version").fetchone() == (_LAYOUT,):
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
        connection.execute(_PICTURES)
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    return connection
