"""One foreign file: recognised, decoded once, described or revealed.

Whatever a decoder raises becomes a reason. Only memory that ran out is told to the caller too,
since a process that met it should not go on.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    Picture,
    RevealLevel,
)
from cport_desktop.media.bounds import HEAD, MOST_BYTES, REVEAL_HEIGHT, REVEAL_WIDTH
from cport_desktop.media.child.decoded import Decoded
from cport_desktop.media.child.degradation import blurred, revealed, thumbnail, veil
from cport_desktop.media.child.endings import looks_cut
from cport_desktop.media.child.likeness import SAMPLE_SIDE, likeness
from cport_desktop.media.child.moving_pictures import decode_moving
from cport_desktop.media.child.recognition import Format, recognise
from cport_desktop.media.child.still_pictures import decode_still

_SAMPLE_BOX = (SAMPLE_SIDE, SAMPLE_SIDE)
_REVEAL_BOX = (REVEAL_WIDTH, REVEAL_HEIGHT)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, and whether the process is worn out by it."""

    format: Format | None
    decoded: Decoded
    is_worn: bool = False


def examine(untrusted: io.BytesIO, *, size: int) -> tuple[Examination, bool]:
    """The description of a file of `size` bytes; and whether this process should end now."""
    looked = _look(untrusted, size, _SAMPLE_BOX)
    found, image = looked.decoded, looked.decoded.image
    like = None if image is None else likeness(image)
    described = Examination(
        kind=found.kind,
        format=None if looked.format is None else looked.format.name,
        width=found.width,
        height=found.height,
        duration_ms=found.duration_ms,
        veil=None if image is None else veil(image),
        thumbnail=None if image is None else thumbnail(image),
        perceptual_hash=None if like is None else like.perceptual_hash,
        quality=None if like is None else like.quality,
        dct_hash=None if like is None else like.dct_hash,
        cannot_show=found.cannot_show,
        facts=found.facts,
        blurred=None if image is None else blurred(image),
        turned=() if like is None else like.turned,
        pictures=found.pictures,
        has_sound=found.has_sound,
    )
    return described, looked.is_worn


def reveal(untrusted: io.BytesIO, *, size: int, level: RevealLevel) -> tuple[Picture | None, bool]:
    """The picture at `level`, if the file can be shown; and whether to end now."""
    looked = _look(untrusted, size, _REVEAL_BOX)
    image = looked.decoded.image
    return (None if image is None else revealed(image, level)), looked.is_worn


def _look(untrusted: io.BytesIO, size: int, box: tuple[int, int]) -> Looked:
    known = recognise(untrusted.read(HEAD))
    untrusted.seek(0)
    if known is None:
        return Looked(None, _unseen(MediaKind.OTHER, CannotShow.NOT_MEDIA))
    if known.decoder is None:
        return Looked(known, _unseen(known.kind, CannotShow.FORMAT_REFUSED))
    if size > MOST_BYTES:
        return Looked(known, _unseen(known.kind, CannotShow.TOO_LARGE))
    return _decode(untrusted, known, known.decoder, box)


def _decode(untrusted: io.BytesIO, known: Format, decoder: str, box: tuple[int, int]) -> Looked:
    decode = decode_still if known.kind is MediaKind.IMAGE else decode_moving
    try:
        return Looked(known, decode(untrusted, decoder, box))
    except MemoryError:
        return Looked(known, _unseen(known.kind, CannotShow.TOO_LARGE), is_worn=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Looked(known, _unseen(known.kind, CannotShow.TOO_LARGE))
    except Exception as error:  # noqa: BLE001 - decoders raise anything; this is the child
        return Looked(known, _unseen(known.kind, _cause(error, known.name, untrusted)))


def _cause(error: Exception, format_name: str, untrusted: io.BytesIO) -> CannotShow:
    if "truncated" in str(error).lower() or looks_cut(format_name, untrusted.getbuffer()):
        return CannotShow.TRUNCATED
    return CannotShow.CORRUPT


def _unseen(kind: MediaKind, cause: CannotShow) -> Decoded:
    return Decoded(kind, None, None, None, None, (), cause)
