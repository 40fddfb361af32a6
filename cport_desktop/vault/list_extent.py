"""Against how much a content was compared: how many lists and entries there are, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.transaction import Reader

_STANDING: Final = (
    "SELECT count(*), ifnull(sum(entries), 0), max(arrived_at) FROM hash_list"
    " WHERE is_whole AND withdrawn_at IS NULL"
)
_DUE: Final = """
SELECT EXISTS (SELECT 1 FROM match_due WHERE what <> 'content' OR reference = ?)
"""


@dataclass(frozen=True, slots=True)
class ListExtent:
    """`lists` and `entries` stand; `newest`: when the last of these lists came. `is_compared`: with all
    of them, nothing is outstanding.
    """

    lists: int
    entries: int
    newest: datetime | None
    is_compared: bool


def extent(reader: Reader, sha256: str) -> ListExtent:
    """What the content with this announced SHA-256 (hex) was compared with."""
    lists, entries, newest = reader.connection.execute(_STANDING).fetchone() or (0, 0, None)
    (is_due,) = reader.connection.execute(_DUE, (sha256,)).fetchone() or (0,)
    came = None if newest is None else moment_of(newest)
    return ListExtent(lists, entries, came, is_compared=not is_due)
