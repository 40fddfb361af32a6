"""The sealed blobs that a database holds, in the order of their names, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cport_desktop.crypto.sealing import sealed_size
from cport_desktop.domain.ids import BlobId
from cport_desktop.vault.database import Connection

_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class HeldBlob:
    """A row of `blob`. `size` is that of the plaintext, `sha256` its digest."""

    blob: BlobId
    key: bytes = field(repr=False)
    size: int
    sha256: str

    @property
    def sealed_size(self) -> int:
        return sealed_size(self.size)


def held_blobs(connection: Connection, *, after: str = "") -> Iterator[HeldBlob]:
    """Held blobs behind the name `after`."""
    while page := page_of_held(connection, after=after, limit=_ROWS_AT_ONCE):
        yield from page
        after = page[-1].blob


def page_of_held(connection: Connection, *, after: str, limit: int) -> tuple[HeldBlob, ...]:
    """The first `limit` of them behind the name `after`."""
    rows = connection.execute(
        "SELECT blob_id, key, size, sha256 FROM blob"
        " WHERE state = 'held' AND blob_id > ? ORDER BY blob_id LIMIT ?",
        (after, limit),
    ).fetchall()
    return tuple(HeldBlob(*row) for row in rows)
