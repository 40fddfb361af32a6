"""How an analyst's own unsettled assessments change what a report is seen as.

A projection and no truth of its own: made again for a report whenever its operations or its
content items change. The last unsettled assessment of a content item counts; of the report's
items the gravest classification counts, as for the portal's own. An operation that the portal
rejected or settled is laid over nothing: the portal is the authority.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby

from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, UNDECIDED
from cport_desktop.vault.database import Connection

Codes = tuple[int, int | None, int | None]
"""Classification, age, gender."""

_SEVERITY = {BASELINE: 0, NATIONAL: 1, UNDECIDED: 3}

_CONTENTS = """
SELECT c.row, c.content_id, c.classification, c.age, c.gender
FROM report AS r JOIN content_item AS c ON c.row = r.row
WHERE r.report_id IN (SELECT value FROM json_each(?1))
  AND EXISTS (SELECT 1 FROM operation AS o WHERE o.report_id = r.report_id
              AND o.state IN ('queued', 'sending') AND o.kind = 'assessment')
ORDER BY c.row, c.position
"""
_ASSESSMENTS = """
SELECT r.row, o.content_id, o.classification, o.age, o.gender
FROM operation AS o JOIN report AS r ON r.report_id = o.report_id
WHERE o.state IN ('queued', 'sending') AND o.kind = 'assessment'
  AND o.report_id IN (SELECT value FROM json_each(?1))
ORDER BY o.sequence
"""


def lay_over(connection: Connection, report_ids: Iterable[int]) -> None:
    """The overlay of these reports says what their unsettled operations say."""
    wanted = (json.dumps(sorted(set(report_ids))),)
    connection.execute(
        "DELETE FROM report_overlay WHERE row IN (SELECT row FROM report"
        " WHERE report_id IN (SELECT value FROM json_each(?)))",
        wanted,
    )
    own: dict[tuple[int, int], Codes] = {
        (row, content): (classification, age, gender)
        for row, content, classification, age, gender in connection.execute(_ASSESSMENTS, wanted)
    }
    if not own:
        return
    contents = connection.execute(_CONTENTS, wanted).fetchall()
    connection.executemany(
        "INSERT INTO report_overlay (row, classification, age, gender) VALUES (?, ?, ?, ?)",
        [
            (row, *_gravest([own.get((row, item[1]), item[2:]) for item in items]))
            for row, items in ((row, list(group)) for row, group in groupby(contents, _row))
            if any((row, item[1]) in own for item in items)
        ],
    )


def _row(item: tuple[int, ...]) -> int:
    return item[0]


def _gravest(items: list[Codes]) -> Codes:
    """As `assessment.gravest_classification`; the first item that has it gives the codes."""
    return min(items, key=lambda codes: (_SEVERITY.get(codes[0], 2), codes[0]))
