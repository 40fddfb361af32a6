"""A picture drawn anew, as a file that never was part of the old one.

What is redacted is overwritten in decoded pixels, and only pixels go on: no label, profile, preview or
byte of the old file. A rectangle covers every pixel that it touches, also where the picture is shrunk.
"""

from __future__ import annotations

import io
import math

from PIL import Image

from cport_desktop.domain.media_item import CannotShow, MediaKind
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.media.bounds import REDRAWN_SIDE
from cport_desktop.media.child.decoded import Decoded
from cport_desktop.media.child.examination import look
from cport_desktop.media.child.progress import ToldFile
from cport_desktop.media.pixel_messages import RedrawRequest

_BOX = (REDRAWN_SIDE, REDRAWN_SIDE)
_BLACK = (0, 0, 0)
_BLENDED = 2
"""Pixels beside a rectangle into which a shrunk picture may have blended what was in it."""


def redraw(untrusted: ToldFile, request: RedrawRequest) -> tuple[bytes | CannotShow, bool]:
    """The new file, or why there is none; and whether this process should end now."""
    looked = look(untrusted, request.size, request.formats, _BOX, None)
    found = looked.decoded
    if found.image is None or found.kind is not MediaKind.IMAGE:
        return found.cannot_show or CannotShow.NOT_MEDIA, looked.is_worn
    return _drawn(found, found.image, request.rectangles), looked.is_worn


def _drawn(found: Decoded, image: Image.Image, rectangles: tuple[Rectangle, ...]) -> bytes:
    sides = (found.width or image.width, found.height or image.height)
    # From its pixels alone: what a decoder keeps beside them would be written again.
    fresh = Image.frombytes("RGB", image.size, image.tobytes())
    for each in rectangles:
        fresh.paste(_BLACK, _covered(each, sides, fresh.size))
    out = io.BytesIO()
    fresh.save(out, "PNG")
    return out.getvalue()


def _covered(
    each: Rectangle, sides: tuple[int, int], shown: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in the picture as it is `shown`."""
    across, down = shown[0] / sides[0], shown[1] / sides[1]
    around = 0 if sides == shown else _BLENDED
    return (
        max(0, math.floor(each.left * across) - around),
        max(0, math.floor(each.top * down) - around),
        min(shown[0], math.ceil((each.left + each.width) * across) + around),
        min(shown[1], math.ceil((each.top + each.height) * down) + around),
    )
