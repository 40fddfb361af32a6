"""How large the stacks are in which the items of a page are: one query, however many they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.ids import MediaId
from cport_desktop.vault.transaction import Reader

_SIZES: Final = """
WITH asked AS MATERIALIZED (
    SELECT m.media_id, l.stack FROM json_each(?) AS j
    CROSS JOIN media_item AS m ON m.media_id = j.value AND m.in_stack = 1 AND m.state = 'held'
    CROSS JOIN likeness AS l ON l.sha256 = m.announced_sha256),
sized AS MATERIALIZED (
    SELECT a.stack, count(*) AS items FROM (SELECT DISTINCT stack FROM asked) AS a
    CROSS JOIN likeness AS l INDEXED BY likeness_by_stack ON l.stack = a.stack
    CROSS JOIN media_item AS m INDEXED BY media_by_announcement
        ON m.announced_sha256 = l.sha256 AND m.state = 'held'
    GROUP BY a.stack)
SELECT a.media_id, s.items FROM asked AS a CROSS JOIN sized AS s ON s.stack = a.stack
WHERE s.items > 1
"""


def sizes_of(reader: Reader, media_ids: Sequence[MediaId]) -> dict[MediaId, int]:
    """For those of these items that are in a stack with others: how many items it has in all."""
    found = reader.connection.execute(_SIZES, (json.dumps(list(media_ids)),))
    return {MediaId(media): items for media, items in found}
