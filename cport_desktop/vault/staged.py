"""How much of a file is here that has not come to its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cport_desktop.crypto.sealing import CHUNK, HEADER, SEALED_CHUNK
from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.domain.media_item import MediaItem, MediaState
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
    here = {MediaId(media): whole_bytes(layout.staged(BlobId(blob))) for media, blob in found}
    return {media: size for media, size in here.items() if size}


def items_with_bytes_here(
    reader: Reader, layout: Layout, items: Sequence[MediaItem]
) -> tuple[MediaItem, ...]:
    """`items`, those that are on their way with how much of them is here."""
    coming = [item.media_id for item in items if item.state is MediaState.WANTED]
    here = bytes_here(reader, layout, coming) if coming else {}
    return tuple(
        replace(item, bytes_here=here[item.media_id]) if item.media_id in here else item
        for item in items
    )


def whole_bytes(path: Path) -> int:
    """How many bytes of a file that grows are sealed in `path` to the end of a chunk."""
    try:
        size = path.stat().st_size
    except OSError:
        return 0  # Not begun, or moved in at this moment.
    return max(0, size - HEADER) // SEALED_CHUNK * CHUNK
