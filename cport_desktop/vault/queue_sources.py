"""Which undecided reports are compared for the queue: a bounded number, each source by an index.

- those received last, and those assigned longest ago;
- those for which a rule with an index of its own speaks: a hotline waits, they are flagged, given to the
  person who asks, or have a file on a list.

Whatever else there is cannot come first by the remaining rules alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault.transaction import Reader


@dataclass(frozen=True, slots=True)
class Windows:
    """How many reports each source brings in. `looked_at`: rows of one table (flags, hits) that are looked
    at for `of_each`, decided ones among them.
    """

    newest: int = 1_000
    oldest: int = 500
    of_each: int = 300
    looked_at: int = 3_000


_NEWEST: Final = """
SELECT r.row FROM report AS r INDEXED BY report_by_class WHERE r.classification = ?1
ORDER BY r.row DESC LIMIT ?2
"""
_OLDEST: Final = """
SELECT r.row FROM report AS r INDEXED BY report_undecided
WHERE r.classification = 0 AND r.assigned_at IS NOT NULL ORDER BY r.assigned_at LIMIT ?1
"""
_FLAGGED: Final = """
SELECT r.row FROM (SELECT reference FROM flag WHERE kind = 'report' LIMIT ?3) AS f
CROSS JOIN report AS r ON r.report_id = f.reference WHERE r.classification = ?1 LIMIT ?2
"""
_MINE: Final = """
SELECT r.row FROM (SELECT report_id FROM assignment INDEXED BY assignment_by_analyst
                   WHERE analyst_id = ?4 ORDER BY report_id DESC LIMIT ?3) AS a
CROSS JOIN report AS r ON r.report_id = a.report_id WHERE r.classification = ?1 LIMIT ?2
"""
_WAITED_FOR: Final = """
SELECT r.row FROM (SELECT reference FROM portal_record WHERE subject = 'takedownHold' LIMIT ?3) AS p
CROSS JOIN report AS r ON r.report_id = CAST(p.reference AS INTEGER)
WHERE r.classification = ?1 LIMIT ?2
"""
_KNOWN: Final = """
SELECT DISTINCT l.row FROM (SELECT sha256, list, ended_at FROM hit ORDER BY hit DESC LIMIT ?3) AS h
CROSS JOIN hash_list AS k ON k.list = h.list AND NOT k.is_negative
CROSS JOIN media_item AS m INDEXED BY media_by_announcement ON m.announced_sha256 = h.sha256
CROSS JOIN report_media AS l ON l.media_id = m.media_id
CROSS JOIN report AS r ON r.row = l.row
WHERE h.ended_at IS NULL AND r.classification = ?1 LIMIT ?2
"""


def rows_to_compare(
    reader: Reader, asker: AnalystId, windows: Windows = Windows()
) -> frozenset[int]:
    """The places of those reports. What an own assessment has decided meanwhile is still among them."""
    few = (UNDECIDED, windows.of_each, windows.looked_at)
    sources: tuple[tuple[str, tuple[int | str, ...]], ...] = (
        (_NEWEST, (UNDECIDED, windows.newest)),
        (_OLDEST, (windows.oldest,)),
        (_FLAGGED, few),
        (_MINE, (*few, asker)),
        (_WAITED_FOR, few),
        (_KNOWN, few),
    )
    return frozenset(
        row
        for statement, wanted in sources
        for (row,) in reader.connection.execute(statement, wanted)
    )
