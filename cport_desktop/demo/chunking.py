"""The digests of a file's parts, made by the portal that has the file."""

from __future__ import annotations

import hashlib

from cport_desktop.domain.chunk_map import ChunkMap, chunk_size_for
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature


def chunk_map_of(
    content: bytes,
    sha256: str,
    *,
    media: MediaId,
    portal: PortalId,
    station: StationId,
    nature: Nature,
) -> ChunkMap:
    """Of the file with this content and SHA-256 (hex), for one station."""
    size = chunk_size_for(len(content))
    parts = (content[at : at + size] for at in range(0, len(content), size))
    return ChunkMap(
        portal=portal,
        station=station,
        nature=nature,
        media_id=media,
        size=len(content),
        sha256=sha256,
        digests=b"".join(hashlib.sha256(part).digest() for part in parts),
    )
