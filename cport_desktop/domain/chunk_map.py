"""The digests of a large file's parts: a wrong byte is found where it is, and costs its part only.

How large the parts are follows from the file's size alone, so that nobody can choose it badly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature

SMALLEST_CHUNK: Final = 1 << 20
"""Bytes. What a cut may cost on a slow line, and what is kept in memory until it is checked."""

MOST_CHUNKS: Final = 1 << 16
"""Parts of one file: 2 MiB of digests. Up to 64 GiB a part has 1 MiB, at 1 TiB it has 16."""

DIGEST_SIZE: Final = 32


@dataclass(frozen=True, slots=True)
class ChunkMap:
    """`digests`: SHA-256 of each part in its order, 32 bytes each, one behind the other. Every part
    but the last has `chunk_size_for(size)` bytes. `sha256` (hex) is that of the whole file.
    """

    portal: PortalId
    station: StationId
    nature: Nature
    media_id: MediaId
    size: int
    sha256: str
    digests: bytes

    @property
    def chunk_size(self) -> int:
        return chunk_size_for(self.size)

    def digest_at(self, start: int) -> bytes:
        """That of the part that begins at `start`."""
        place = start // self.chunk_size * DIGEST_SIZE
        return self.digests[place : place + DIGEST_SIZE]


def chunk_size_for(size: int) -> int:
    """The least power of two, from `SMALLEST_CHUNK` on, with which `MOST_CHUNKS` parts suffice."""
    chunk = SMALLEST_CHUNK
    while chunks_of(size, chunk) > MOST_CHUNKS:
        chunk *= 2
    return chunk


def chunks_of(size: int, chunk: int) -> int:
    """How many parts of `chunk` bytes `size` bytes have."""
    return -(-size // chunk)


def has_chunks(size: int) -> bool:
    """Whether a file of this size is checked part by part; a smaller one is one part itself."""
    return size > SMALLEST_CHUNK
