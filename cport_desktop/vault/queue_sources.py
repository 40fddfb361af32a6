"""Which undecided reports are compared for the queue: a bounded number, each source by an index.

- those received last, and those assigned longest ago; and likewise of those that are in nobody else's
  hands, so that there is something to do for whoever asks, however many a colleague was given;
- those for which a rule with an index of its own speaks: a hotline waits, they are flagged, given to the
  person who asks, or have a file on a list.

Whatever else there is cannot come first by the remaining rules alone. Undecided is what nobody has decided
here either: a station without network may have thousands that it could not send.
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


OWN_WORD_WAITS: Final = """
EXISTS (SELECT 1 FROM operation AS w CROSS JOIN second_reading AS s ON s.sequence = w.sequence
        CROSS JOIN analyst AS n ON n.name = w.actor
        WHERE w.report_id = {report} AND +w.state = 'needs_you' AND s.verdict IS NULL
          AND n.analyst_id = {asker})
"""
"""Whoever asks has assessed it, and it waits for a second reader: it is in their hands."""

_UNDECIDED: Final = """
r.classification = :undecided AND NOT EXISTS (SELECT 1 FROM report_overlay AS o
                                              WHERE o.row = r.row AND o.classification <> :undecided)
"""
_FREE: Final = f"""
NOT EXISTS (SELECT 1 FROM assignment AS a
            WHERE a.report_id = r.report_id AND a.analyst_id <> :asker)
AND NOT EXISTS (SELECT 1 FROM in_hand_elsewhere AS e WHERE e.report_id = r.report_id
                AND e.kind = 'assignment' AND e.told_at > :told_since)
AND NOT {OWN_WORD_WAITS.format(report="r.report_id", asker=":asker")}
"""  # noqa: S608 - constant text
"""In nobody else's hands, but for leases, which are few."""
_NEWEST: Final = f"""
SELECT r.row FROM report AS r INDEXED BY report_by_class
WHERE {_UNDECIDED} {{and_more}} ORDER BY r.row DESC LIMIT :newest
"""  # noqa: S608 - constant text
_OLDEST: Final = f"""
SELECT r.row FROM report AS r INDEXED BY report_undecided
WHERE r.classification = 0 AND r.assigned_at IS NOT NULL AND {_UNDECIDED} {{and_more}}
ORDER BY r.assigned_at LIMIT :oldest
"""  # noqa: S608 - constant text
_FLAGGED: Final = f"""
SELECT r.row FROM (SELECT reference FROM flag WHERE kind = 'report' LIMIT :looked_at) AS f
CROSS JOIN report AS r ON r.report_id = f.reference WHERE {_UNDECIDED} LIMIT :of_each
"""  # noqa: S608 - constant text
_MINE: Final = f"""
SELECT r.row FROM (SELECT report_id FROM assignment INDEXED BY assignment_by_analyst
                   WHERE analyst_id = :asker ORDER BY report_id DESC LIMIT :looked_at) AS a
CROSS JOIN report AS r ON r.report_id = a.report_id WHERE {_UNDECIDED} LIMIT :of_each
"""  # noqa: S608 - constant text
_WAITED_FOR: Final = f"""
SELECT r.row FROM (SELECT reference FROM portal_record WHERE subject = 'takedownHold'
                   LIMIT :looked_at) AS p
CROSS JOIN report AS r ON r.report_id = CAST(p.reference AS INTEGER)
WHERE {_UNDECIDED} LIMIT :of_each
"""  # noqa: S608 - constant text
_KNOWN: Final = f"""
SELECT DISTINCT l.row
FROM (SELECT sha256, list, ended_at FROM hit ORDER BY hit DESC LIMIT :looked_at) AS h
CROSS JOIN hash_list AS k ON k.list = h.list AND NOT k.is_negative
CROSS JOIN media_item AS m INDEXED BY media_by_announcement ON m.announced_sha256 = h.sha256
CROSS JOIN report_media AS l ON l.media_id = m.media_id
CROSS JOIN report AS r ON r.row = l.row
WHERE h.ended_at IS NULL AND {_UNDECIDED} LIMIT :of_each
"""  # noqa: S608 - constant text
_SOURCES: Final = (
    _NEWEST.format(and_more=""),
    _OLDEST.format(and_more=""),
    _NEWEST.format(and_more=f"AND {_FREE}"),
    _OLDEST.format(and_more=f"AND {_FREE}"),
    _FLAGGED,
    _MINE,
    _WAITED_FOR,
    _KNOWN,
)


def rows_to_compare(
    reader: Reader, asker: AnalystId, windows: Windows = Windows(), *, told_since: int = 0
) -> frozenset[int]:
    """The places of those reports. `told_since`: microseconds since 1970; what other stations told before
    of who has what counts no more.
    """
    wanted = {
        "undecided": UNDECIDED,
        "asker": asker,
        "told_since": told_since,
        "newest": windows.newest,
        "oldest": windows.oldest,
        "of_each": windows.of_each,
        "looked_at": windows.looked_at,
    }
    return frozenset(
        row for statement in _SOURCES for (row,) in reader.connection.execute(statement, wanted)
    )
