"""Which media items have a content."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from cport_desktop.domain.ids import MediaId
from cport_desktop.vault.transaction import Reader


def items_of_same_bytes(reader: Reader, media_id: MediaId) -> tuple[MediaId, ...]:
    """All other items that announce the same bytes, newest report first."""
    rows = reader.connection.execute(
        "SELECT d.media_id FROM media_item AS m CROSS JOIN media_item AS d"
        " INDEXED BY media_by_announcement ON d.announced_sha256 = m.announced_sha256"
        " WHERE m.media_id = ?1 AND d.media_id <> ?1"
        " ORDER BY d.newest_received DESC, d.media_id DESC",
        (media_id,),
    )
    return tuple(MediaId(number) for (number,) in rows)


def items_of_contents(reader: Reader, contents: Sequence[int]) -> Mapping[int, tuple[MediaId, ...]]:
    """The held items of each of these contents that is here, in one query."""
    rows = reader.connection.execute(
        "SELECT l.content, m.media_id FROM json_each(?) AS j"
        " CROSS JOIN likeness AS l ON l.content = j.value"
        " CROSS JOIN media_item AS m INDEXED BY media_by_announcement"
        " ON m.announced_sha256 = l.sha256 AND m.state = 'held' ORDER BY m.media_id DESC",
        (json.dumps(list(contents)),),
    )
    found: dict[int, tuple[MediaId, ...]] = {}
    for content, media in rows:
        found[content] = (*found.get(content, ()), MediaId(media))
    return found
