"""The digests of a media file's parts, as JSON within a sealed message:

    {"schema":2,"kind":"chunks","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "mediaId":20417,"size":734003200,"sha256":"<hex>","chunkSize":1048576,"digests":"<base64>"}

`digests` are SHA-256 of the parts in their order, 32 bytes each. `chunkSize` follows from `size`
(`domain.chunk_map`): it is stated for other readers, and any other one is refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.chunk_map import (
    DIGEST_SIZE,
    MOST_CHUNKS,
    ChunkMap,
    chunk_size_for,
    chunks_of,
)
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST_CHUNK_MESSAGE = MOST_CHUNKS * DIGEST_SIZE * 4 // 3 + 64 * 1024
"""Bytes of its payload, and of what is read of one."""


class WireChunks(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["chunks"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    media_id: bounds.Identifier
    size: bounds.Size
    sha256: bounds.Sha256
    chunk_size: bounds.Count
    digests: Annotated[bytes, Meta(max_length=MOST_CHUNKS * DIGEST_SIZE)]


_CHUNKS = msgspec.json.Decoder(WireChunks)


def parse_chunks(payload: bytes) -> ChunkMap:
    """What an unsealed payload says of a file's parts.

    Raises:
        MalformedMessage, MessageTooLarge: if it is no such message, or its parts do not make up
            the file.
    """
    require_sound(payload, limit=LONGEST_CHUNK_MESSAGE)
    wire = decode(_CHUNKS, payload, "$")
    expected = chunk_size_for(wire.size)
    if wire.chunk_size != expected:
        raise MalformedMessage(where="$.chunkSize", cause="not the one for this size")
    if len(wire.digests) != chunks_of(wire.size, expected) * DIGEST_SIZE:
        raise MalformedMessage(where="$.digests", cause="not one for each part")
    return ChunkMap(
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        media_id=MediaId(wire.media_id),
        size=wire.size,
        sha256=wire.sha256,
        digests=wire.digests,
    )


def print_chunks(chunks: ChunkMap, *, issued_at: datetime) -> bytes:
    """The payload for `chunks`, not yet sealed."""
    return msgspec.json.encode(
        WireChunks(
            schema=2,
            kind="chunks",
            portal=chunks.portal,
            station=chunks.station,
            nature=chunks.nature,
            issued_at=issued_at,
            media_id=chunks.media_id,
            size=chunks.size,
            sha256=chunks.sha256,
            chunk_size=chunks.chunk_size,
            digests=chunks.digests,
        )
    )
