"""One foreign file: recognised, decoded once, described, revealed or kept open.

Whatever a decoder raises becomes a reason. Only memory that ran out is told to the caller too,
since a process that met it should not go on.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    OptionalFormat,
    Picture,
    RevealLevel,
)
from cport_desktop.media.bounds import HEAD, MOST_BYTES, REVEAL_HEIGHT, REVEAL_WIDTH
from cport_desktop.media.child.decoded import Decoded
from cport_desktop.media.child.degradation import blurred, revealed, small, thumbnail, veil
from cport_desktop.media.child.endings import looks_cut
from cport_desktop.media.child.heic_pictures import decode_heic
from cport_desktop.media.child.likeness import SAMPLE_SIDE, likeness
from cport_desktop.media.child.moving_pictures import decode_moving
from cport_desktop.media.child.progress import Tell, ToldFile
from cport_desktop.media.child.recognition import Format, recognise
from cport_desktop.media.child.still_pictures import decode_still

_SAMPLE_BOX = (SAMPLE_SIDE, SAMPLE_SIDE)
_REVEAL_BOX = (REVEAL_WIDTH, REVEAL_HEIGHT)

Formats = frozenset[OptionalFormat]
_DECODERS = {"heic": decode_heic}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, and whether the process is worn out by it."""

    format: Format | None
    decoded: Decoded
    is_worn: bool = False


def examine(
    untrusted: ToldFile, *, size: int, formats: Formats, tell: Tell
) -> tuple[Examination, bool]:
    """The description of a file of `size` bytes; and whether this process should end now."""
    looked = look(untrusted, size, formats, _SAMPLE_BOX, tell)
    found, image = looked.decoded, looked.decoded.image
    like = None if image is None else likeness(image)
    miniature = None if image is None else small(image)
    described = Examination(
        kind=found.kind,
        format=None if looked.format is None else looked.format.name,
        width=found.width,
        height=found.height,
        duration_ms=found.duration_ms,
        veil=None if miniature is None else veil(miniature),
        thumbnail=None if miniature is None else thumbnail(miniature),
        perceptual_hash=None if like is None else like.perceptual_hash,
        quality=None if like is None else like.quality,
        dct_hash=None if like is None else like.dct_hash,
        cannot_show=found.cannot_show,
        facts=found.facts,
        blurred=None if miniature is None else blurred(miniature),
        turned=() if like is None else like.turned,
        frames=found.frames,
        pictures=found.pictures,
        has_sound=found.has_sound,
    )
    return described, looked.is_worn


def reveal(
    untrusted: ToldFile, *, size: int, level: RevealLevel, formats: Formats
) -> tuple[Picture | None, bool]:
    """The picture at `level`, if the file can be shown; and whether to end now."""
    looked = look(untrusted, size, formats, _REVEAL_BOX, None)
    image = looked.decoded.image
    return (None if image is None else revealed(image, level)), looked.is_worn


def recognised(
    untrusted: ToldFile, size: int, formats: Formats
) -> tuple[Format | None, str, CannotShow | None]:
    """Its format, what decodes it (nothing, if it is not decoded here), and why not."""
    known = recognise(untrusted.read(HEAD))
    untrusted.seek(0)
    if known is None:
        return None, "", CannotShow.NOT_MEDIA
    decoder = known.decoder_among(formats)
    if decoder is None:
        return known, "", CannotShow.FORMAT_REFUSED
    if size > MOST_BYTES:
        return known, "", CannotShow.TOO_LARGE
    return known, decoder, None


def why_not(error: Exception, known: Format, untrusted: ToldFile) -> CannotShow:
    """The reason in what a decoder raised."""
    if isinstance(
        error, MemoryError | Image.DecompressionBombError | Image.DecompressionBombWarning
    ):
        return CannotShow.TOO_LARGE
    if "truncated" in str(error).lower() or looks_cut(known.name, untrusted.getbuffer()):
        return CannotShow.TRUNCATED
    return CannotShow.CORRUPT


def look(
    untrusted: ToldFile, size: int, formats: Formats, box: tuple[int, int], tell: Tell | None
) -> Looked:
    """The file, recognised and decoded into `box`; or why not. With `tell`, how far it is."""
    known, decoder, cause = recognised(untrusted, size, formats)
    if known is None or cause is not None:
        kind = MediaKind.OTHER if known is None else known.kind
        return Looked(known, _unseen(kind, cause))
    is_still = known.kind is MediaKind.IMAGE
    decode = _DECODERS.get(known.name, decode_still if is_still else decode_moving)
    untrusted.tell_reads(tell if is_still else None)
    try:
        return Looked(known, decode(untrusted, decoder, box, tell))
    except Exception as error:  # noqa: BLE001 - decoders raise anything; this is the child
        is_worn = isinstance(error, MemoryError)
        return Looked(known, _unseen(known.kind, why_not(error, known, untrusted)), is_worn)


def _unseen(kind: MediaKind, cause: CannotShow | None) -> Decoded:
    return Decoded(kind, None, None, None, None, (), cause)
