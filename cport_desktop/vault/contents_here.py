"""What is known here of media items and of contents that somebody names."""

from __future__ import annotations

import json
from collections.abc import Collection

from cport_desktop.domain.ids import MediaId
from cport_desktop.vault.transaction import Reader


def announced_digests(reader: Reader, media_ids: Collection[MediaId]) -> dict[MediaId, str]:
    """The digests that those of these items are announced with that were heard of."""
    found = reader.connection.execute(
        "SELECT m.media_id, m.announced_sha256 FROM json_each(?) AS j"
        " CROSS JOIN media_item AS m ON m.media_id = j.value",
        (json.dumps(list(media_ids)),),
    )
    return {MediaId(media): digest for media, digest in found}


def held_digests(reader: Reader, digests: Collection[str]) -> frozenset[str]:
    """Those of these contents whose bytes are here."""
    found = reader.connection.execute(
        "SELECT j.value FROM json_each(?) AS j WHERE EXISTS (SELECT 1 FROM blob AS b"
        " INDEXED BY blob_held_by_sha256 WHERE b.sha256 = j.value AND b.state = 'held')",
        (json.dumps(sorted(digests)),),
    )
    return frozenset(digest for (digest,) in found)
