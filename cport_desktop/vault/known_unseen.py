"""Media that can be settled without a look: here, showable, and known by a list or by what was decided.

The reasons, the surest first: a hash list has the content; a report with the same bytes was decided;
a report with an item of the same stack was decided.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault.transaction import Reader

_KNOWN: Final = f"""
SELECT m.announced_sha256,
       EXISTS (SELECT 1 FROM hit AS h WHERE h.sha256 = m.announced_sha256 AND h.ended_at IS NULL),
       EXISTS (SELECT 1 FROM media_item AS s INDEXED BY media_by_announcement
               CROSS JOIN report_media AS x INDEXED BY report_media_by_media
                   ON x.media_id = s.media_id
               CROSS JOIN report_as_seen AS v ON v.row = x.row
               WHERE s.announced_sha256 = m.announced_sha256 AND v.row <> r.row
                 AND v.classification <> {UNDECIDED}),
       EXISTS (SELECT 1 FROM likeness AS a
               CROSS JOIN likeness AS b INDEXED BY likeness_by_stack ON b.stack = a.stack
               CROSS JOIN media_item AS s INDEXED BY media_by_announcement
                   ON s.announced_sha256 = b.sha256
               CROSS JOIN report_media AS x INDEXED BY report_media_by_media
                   ON x.media_id = s.media_id
               CROSS JOIN report_as_seen AS v ON v.row = x.row
               WHERE a.sha256 = m.announced_sha256 AND v.row <> r.row
                 AND v.classification <> {UNDECIDED})
FROM json_each(?) AS j
CROSS JOIN report AS r ON r.report_id = json_extract(j.value, '$[0]')
CROSS JOIN report_media AS l ON l.row = r.row AND l.content_id = json_extract(j.value, '$[1]')
CROSS JOIN media_item AS m ON m.media_id = l.media_id
WHERE m.state = 'held' AND m.examined > 0 AND m.cannot_show IS NULL
ORDER BY j.key, l.position
"""  # noqa: S608 - constant text
_WHY: Final = (Avoided.LISTED, Avoided.DUPLICATE, Avoided.STACK)


def known_unseen(
    reader: Reader, contents: Sequence[tuple[ReportId, ContentId]]
) -> dict[str, Avoided]:
    """The contents (announced SHA-256) of media of these content items that need no look to be settled
    now, each with why. What several of them share is known from the second one on.
    """
    found: dict[str, Avoided] = {}
    met: set[str] = set()
    for digest, *reasons in reader.connection.execute(_KNOWN, (json.dumps(contents),)):
        why = next((each for each, holds in zip(_WHY, reasons, strict=True) if holds), None)
        if why is None and digest in met:
            why = Avoided.DUPLICATE
        met.add(digest)
        if why is not None:
            found.setdefault(digest, why)
    return found
