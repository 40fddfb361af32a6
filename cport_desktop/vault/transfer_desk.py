"""What is known of transfers while the vault is open: what is on a screen, and what just failed.

What somebody looks at is nobody's business afterwards, and is kept in memory alone. That a file
did not come is the vault's own note, without an entry in the log.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from datetime import timedelta

from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.staged import whole_bytes

MOST_VISIBLE = 500
"""Items on a screen: several pages of a grid."""


class TransferDesk:
    """Usable from any thread."""

    def __init__(
        self, layout: Layout, writer: Writer, under_way: Callable[[], frozenset[MediaId]]
    ) -> None:
        self._layout = layout
        self._writer = writer
        self._under_way = under_way
        self._lock = threading.Lock()
        self._visible: tuple[MediaId, ...] = ()

    @property
    def visible(self) -> tuple[MediaId, ...]:
        """What is on a screen now, in its order."""
        with self._lock:
            return self._visible

    def show(self, media_ids: Collection[MediaId]) -> None:
        """These are on a screen now, and nothing else."""
        with self._lock:
            self._visible = tuple(media_ids)[:MOST_VISIBLE]

    def under_way(self) -> frozenset[MediaId]:
        """Items of which bytes come in just now."""
        return self._under_way()

    def bytes_here(self, staged: BlobId | None) -> int:
        """How many bytes of a file that grows are sealed on the disk."""
        return 0 if staged is None else whole_bytes(self._layout.staged(staged))

    def failed(self, media_id: MediaId, code: str, rest: timedelta) -> None:
        """It did not come, for this reason, and is not asked for again before it has rested."""
        with self._writer.bookkeeping() as books:
            until = microseconds(self._writer.now() + rest) if rest else None
            books.execute(
                "INSERT INTO transfer (media_id, tries, last_error, not_before)"
                " SELECT media_id, 1, ?2, ?3 FROM media_item"
                " WHERE media_id = ?1 AND state = 'wanted'"
                " ON CONFLICT (media_id) DO UPDATE SET tries = tries + 1,"
                " last_error = excluded.last_error, not_before = excluded.not_before",
                (media_id, code, until),
            )
