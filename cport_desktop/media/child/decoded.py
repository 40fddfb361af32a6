"""What a decoder of this child gives: a picture fit to be worked on, and what was read beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from cport_desktop.domain.likeness import FrameSign
from cport_desktop.domain.media_item import CannotShow, MediaKind

MOST_PIXELS = 120_000_000
"""The pixel budget of one picture: the largest cameras in phones make 108 million."""

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decoded:
    """`image` is upright, RGB, opaque, within the box that was asked for; None with a cause."""

    kind: MediaKind
    image: Image.Image | None
    width: int | None
    height: int | None
    duration_ms: int | None
    facts: Facts
    cannot_show: CannotShow | None
    pictures: int | None = None
    """Of an animation or of several pages: two or more."""
    has_sound: bool | None = None
    frames: tuple[FrameSign, ...] = ()


def fitted(width: int, height: int, box: tuple[int, int]) -> tuple[int, int]:
    """The largest sides within `box` of the same shape; never larger than they are, never 0."""
    share = min(box[0] / width, box[1] / height, 1.0)
    return max(1, round(width * share)), max(1, round(height * share))
