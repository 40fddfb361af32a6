"""What people here put on reports, for the rows of a list: tags and flags."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cport_desktop.domain.rows import ReportRow
from cport_desktop.vault.transaction import Reader

_TAGS: Final = """
SELECT x.reference, t.name FROM json_each(?) AS j
CROSS JOIN tagged AS x ON x.kind = 'report' AND x.reference = j.value
CROSS JOIN tag AS t ON t.tag_id = x.tag_id ORDER BY t.name COLLATE by_name
"""
_FLAGS: Final = """
SELECT x.reference FROM json_each(?) AS j
CROSS JOIN flag AS x ON x.kind = 'report' AND x.reference = j.value
"""


def marked(reader: Reader, rows: Sequence[ReportRow]) -> tuple[ReportRow, ...]:
    """`rows` with the tags and flags of their reports, in two queries for all of them."""
    named = (json.dumps([row.report_id for row in rows]),)
    tags = defaultdict[int, list[str]](list)
    for report, name in reader.connection.execute(_TAGS, named):
        tags[report].append(name)
    flags = {report for (report,) in reader.connection.execute(_FLAGS, named)}
    if not tags and not flags:
        return tuple(rows)
    return tuple(
        replace(row, tags=tuple(tags[row.report_id]), is_flagged=row.report_id in flags)
        if row.report_id in tags or row.report_id in flags
        else row
        for row in rows
    )
