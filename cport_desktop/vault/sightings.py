"""How often the bytes of a file were reported here, by whom, since when, and what was decided then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.transaction import Reader

_REPORTS: Final = """
SELECT r.row, r.received_at, r.hotline,
       ifnull((SELECT o.classification FROM report_overlay AS o WHERE o.row = r.row),
              r.classification)
FROM (SELECT DISTINCT l.row FROM media_item AS m INDEXED BY media_by_announcement
      CROSS JOIN report_media AS l ON l.media_id = m.media_id
      WHERE m.announced_sha256 = ?) AS f
CROSS JOIN report AS r ON r.row = f.row
"""


@dataclass(frozen=True, slots=True)
class Sighting:
    """`decisions`: how many reports with these bytes have which classification, as seen here, the
    most frequent first; undecided ones are left out and counted as `undecided`.
    """

    reports: int
    hotlines: int
    first_received: datetime | None
    last_received: datetime | None
    decisions: tuple[tuple[int, int], ...]
    undecided: int


def of_content(reader: Reader, sha256: str) -> Sighting:
    """Where the content with this announced SHA-256 (hex) was met."""
    found = reader.connection.execute(_REPORTS, (sha256,)).fetchall()
    received = [moment_of(at) for _, at, _, _ in found]
    decided = Counter(code for *_, code in found if code is not None and code != UNDECIDED)
    return Sighting(
        reports=len(found),
        hotlines=len({hotline for _, _, hotline, _ in found}),
        first_received=min(received, default=None),
        last_received=max(received, default=None),
        decisions=tuple(decided.most_common()),
        undecided=len(found) - decided.total(),
    )
