"""What a package is held against before it gets its name, and how one that left is found again."""

from __future__ import annotations

import json
from collections.abc import Collection

from cport_desktop.domain.disclosure import DisclosureId
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import ReportStatus
from cport_desktop.vault.transaction import Reader


def statuses(reader: Reader, reports: Collection[ReportId]) -> dict[ReportId, ReportStatus]:
    """How each of these reports stands now, of those that are here."""
    found = reader.connection.execute(
        "SELECT r.report_id, r.status FROM json_each(?) AS j"
        " CROSS JOIN report AS r ON r.report_id = j.value",
        (json.dumps(list(reports)),),
    )
    return {ReportId(report): ReportStatus(status) for report, status in found}


def package_that_left(reader: Reader, sha256: str, *, title: str) -> DisclosureId | None:
    """The latest package of this title that left as a file with this digest; None if none did."""
    found = reader.connection.execute(
        "SELECT disclosure_id FROM disclosure"
        " WHERE sha256 = ? AND title = ? AND kind = 'package' AND outcome = 'left'"
        " ORDER BY number DESC LIMIT 1",
        (sha256, title),
    ).fetchone()
    return None if found is None else DisclosureId(found[0])
