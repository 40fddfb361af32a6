"""Which entries a picture or a video is known by, as it is seen: nearness, not equality.

    picture    one of its eight ways round is within 31 bits of an entry's picture
    video      80 percent of its comparable frames are near frames, or the picture, of an entry

A picture is not held against frames of videos: being like a moment of one is not being known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from cport_desktop.domain.known import Algorithm, Found
from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_FRAMES
from cport_desktop.vault.matching_due import Content

if TYPE_CHECKING:
    from cport_desktop.matching.known_pictures import KnownPictures

SEEN: Final = (Algorithm.PDQ, Algorithm.VPDQ)
"""Digests of what is seen."""


def by_sight(
    known: KnownPictures, algorithm: Algorithm, contents: Sequence[Content]
) -> list[Found]:
    """Hits of `contents` on the entries in `known`, whose digests are of `algorithm`."""
    found: list[Found] = []
    if algorithm is Algorithm.PDQ:
        found += _pictures(known, [content for content in contents if content.ways])
    for content in contents:
        if content.frames:
            found += _video(known, algorithm, content)
    return found


def _pictures(known: KnownPictures, contents: Sequence[Content]) -> Iterator[Found]:
    """The nearest way round of each picture to each entry."""
    owners = [
        (content, turn) for content in contents for turn in range(len(content.ways) // PDQ_BYTES)
    ]
    nearest: dict[tuple[str, int], Found] = {}
    for place, entry, distance in known.near(b"".join(content.ways for content in contents)):
        content, turn = owners[place]
        found = Found(content.sha256, entry, Algorithm.PDQ, distance, turn, quality=content.quality)
        before = nearest.setdefault((content.sha256, entry), found)
        if (distance, turn) < (before.distance, before.turn):
            nearest[content.sha256, entry] = found
    yield from nearest.values()


def _video(known: KnownPictures, algorithm: Algorithm, content: Content) -> Iterator[Found]:
    frames = len(content.frames) // PDQ_BYTES
    apart: dict[int, list[int]] = defaultdict(list)
    for _, entry, distance in known.near(content.frames):
        apart[entry].append(distance)
    for entry, distances in apart.items():
        share = 100 * len(distances) // frames
        if share >= SIMILAR_FRAMES:
            mean = round(sum(distances) / len(distances))
            yield Found(content.sha256, entry, algorithm, mean, share=share)
