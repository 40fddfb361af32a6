"""How much a confined child may be given, and how little it may hand over. Both sides hold to it."""

from __future__ import annotations

from cport_desktop.domain.redaction import MOST_RECTANGLES

VEIL_WIDTH, VEIL_HEIGHT = 16, 12
THUMBNAIL_SIDE = 200
"""Half of what is decoded for likeness, so that two by two pixels make one."""
REVEAL_WIDTH, REVEAL_HEIGHT = 1600, 1200
REDRAWN_SIDE = 4096
"""Pixels; what is drawn anew for a package has no longer side."""

VEIL_GREY = 128
VEIL_SWING = 13
"""A veil keeps within this many steps of mid grey: a haze in every theme, whatever lies under
it. The parent checks it, so that not even a subverted child can put a picture there."""

MOST_BYTES = 1024**3
"""The longest file that a child takes into memory. Of a longer one it gets the beginning, so
that it can say what it is."""
RECOGNISABLE = 64 * 1024

HEAD = 4096
"""Bytes of a file that recognition looks at."""

LONGEST_PIECE = 1024 * 1024
LONGEST_REQUEST = 64 + 8 * MOST_RECTANGLES
LONGEST_ANSWER = REVEAL_WIDTH * REVEAL_HEIGHT * 3 + 64
"""Bytes; the largest picture and its head. An examination is far shorter."""
LONGEST_REDRAWN = REDRAWN_SIDE * REDRAWN_SIDE * 3 + 1024 * 1024
"""Bytes; the largest picture that is drawn anew, as a PNG that nothing could make smaller."""

MOST_FRAMES = 7_200
"""Frames of a video by which it is compared: two hours, one a second. A longer one has fewer."""

MOST_IN_STRIP = 24
"""Keyframes that are shown beside each other."""
LONGEST_SOUND_MS = 10_000
SOUND_BYTES_A_MS = 96
"""Of one channel: 48 samples of two bytes."""

MOST_FACTS = 32
LONGEST_FACT = 200
"""Characters of a fact's value."""


def bytes_wanted(size: int) -> int:
    """How many bytes of a file of `size` bytes the child gets: all, or enough to recognise it."""
    return size if size <= MOST_BYTES else RECOGNISABLE
