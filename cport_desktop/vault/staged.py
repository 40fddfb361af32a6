"""How much of a file is here that has not come to its end."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cport_desktop.crypto.sealing import CHUNK, HEADER, SEALED_CHUNK
from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.transaction import Reader


def bytes_here(reader: Reader, layout: Layout, media_ids: Sequence[MediaId]) -> dict[MediaId, int]:
    """Bytes from the beginning of these files that were kept, of those of which any were: by the
    length of what is staged. It may turn out to be less when the file goes on.
    """
    found = reader.connection.execute(
        "SELECT b.media_id, b.blob_id FROM json_each(?) AS j"
        " JOIN blob AS b ON b.media_id = j.value AND b.state = 'staged'",
        (json.dumps(list(media_ids)),),
    ).fetchall()
    here = {}
    for media, blob in found:
        path = layout.staged(BlobId(blob))
        chunks = (path.stat().st_size - HEADER) // SEALED_CHUNK if path.exists() else 0
        if chunks > 0:
            here[MediaId(media)] = chunks * CHUNK
    return here
