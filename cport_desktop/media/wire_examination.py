"""The description of a file on the wire: every field bounded, and all of them agreeing."""

from __future__ import annotations

import re
import struct

from cport_desktop.domain.likeness import COMPARABLE_QUALITY, PDQ_BYTES, TURNS, FrameSign
from cport_desktop.domain.media_item import Examination, MediaKind, Picture
from cport_desktop.media.bounds import (
    LONGEST_FACT,
    MOST_FACTS,
    MOST_FRAMES,
    THUMBNAIL_SIDE,
    VEIL_GREY,
    VEIL_HEIGHT,
    VEIL_SWING,
    VEIL_WIDTH,
)
from cport_desktop.media.plain_text import is_plain
from cport_desktop.media.wire_parts import (
    CAUSES,
    KINDS,
    Cursor,
    breach,
    chosen,
    maybe,
    parse_picture,
    parse_text,
    print_byte,
    print_picture,
    print_text,
)

_LARGEST_SIDE = 2**31 - 1
_LONGEST_DURATION = 2**48
_FORMAT = re.compile(r"[a-z0-9]{1,16}\Z")
_FACT_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")

_SIDES = struct.Struct(">II")
_DURATION = struct.Struct(">Q")
_COUNT = struct.Struct(">I")
_FRAME = struct.Struct(">IB")


def print_examination(seen: Examination) -> bytes:
    sides = None if seen.width is None or seen.height is None else (seen.width, seen.height)
    parts = [
        print_byte(KINDS.index(seen.kind)),
        print_byte(CAUSES.index(seen.cannot_show)),
        maybe(None if seen.format is None else print_text(seen.format)),
        maybe(None if sides is None else _SIDES.pack(*sides)),
        maybe(None if seen.duration_ms is None else _DURATION.pack(seen.duration_ms)),
        print_picture(seen.veil),
        print_picture(seen.thumbnail),
        maybe(None if seen.quality is None else print_byte(seen.quality)),
        maybe(None if seen.perceptual_hash is None else bytes.fromhex(seen.perceptual_hash)),
        maybe(None if seen.dct_hash is None else bytes.fromhex(seen.dct_hash)),
        print_picture(seen.blurred),
        maybe(bytes.fromhex("".join(seen.turned)) or None),
        _COUNT.pack(len(seen.frames)),
        *(_print_frame(each) for each in seen.frames),
        maybe(None if seen.pictures is None else _COUNT.pack(seen.pictures)),
        maybe(None if seen.has_sound is None else print_byte(seen.has_sound)),
        print_byte(len(seen.facts)),
    ]
    parts += [print_text(text) for fact in seen.facts for text in fact]
    return b"".join(parts)


def _print_frame(frame: FrameSign) -> bytes:
    return _FRAME.pack(frame.at_ms, frame.quality) + bytes.fromhex(frame.perceptual_hash)


def parse_examination(cursor: Cursor) -> Examination:
    kind = chosen(KINDS, cursor.byte(), "kind")
    cause = chosen(CAUSES, cursor.byte(), "cannot_show")
    untrusted_format = parse_text(cursor, LONGEST_FACT) if cursor.has_some() else None
    sides = cursor.take(_SIDES) if cursor.has_some() else None
    duration = cursor.take(_DURATION)[0] if cursor.has_some() else None
    seen = Examination(
        kind=kind,
        format=untrusted_format,
        width=None if sides is None else sides[0],
        height=None if sides is None else sides[1],
        duration_ms=duration,
        veil=parse_picture(cursor, VEIL_WIDTH, VEIL_HEIGHT, (1,)),
        thumbnail=parse_picture(cursor, THUMBNAIL_SIDE, THUMBNAIL_SIDE, (3,)),
        quality=cursor.byte() if cursor.has_some() else None,
        perceptual_hash=cursor.piece(PDQ_BYTES).hex() if cursor.has_some() else None,
        dct_hash=cursor.piece(8).hex() if cursor.has_some() else None,
        cannot_show=cause,
        blurred=parse_picture(cursor, THUMBNAIL_SIDE, THUMBNAIL_SIDE, (1,)),
        turned=_parse_turned(cursor) if cursor.has_some() else (),
        frames=_parse_frames(cursor),
        pictures=cursor.take(_COUNT)[0] if cursor.has_some() else None,
        has_sound=chosen((False, True), cursor.byte(), "sound") if cursor.has_some() else None,
        facts=_parse_facts(cursor),
    )
    _require_coherent(seen)
    return seen


def _require_coherent(seen: Examination) -> None:
    """Nothing, if the parts of an examination are within bounds and agree with each other."""
    shows = seen.cannot_show is None
    compares = seen.quality is not None and seen.quality >= COMPARABLE_QUALITY
    rules = {
        "format": seen.format is None or _FORMAT.match(seen.format) is not None,
        "sides": all(
            side is None or 1 <= side <= _LARGEST_SIDE for side in (seen.width, seen.height)
        ),
        "duration": seen.duration_ms is None or seen.duration_ms <= _LONGEST_DURATION,
        "veil": (seen.veil is not None) == shows and _is_haze(seen.veil),
        "thumbnail": (seen.thumbnail is not None) == shows,
        "quality": (seen.quality is not None) == shows and (seen.quality or 0) <= 100,
        "blurred": (seen.blurred is not None) == shows,
        "perceptual_hash": (seen.perceptual_hash is not None) == compares,
        "turned": not seen.turned or compares,
        "frames": not seen.frames or (shows and seen.kind is MediaKind.VIDEO),
        "pictures": seen.pictures is None or seen.pictures >= 2,
        "dct_hash": (seen.dct_hash is not None) == compares,
        "kind": not shows or seen.kind in {MediaKind.IMAGE, MediaKind.VIDEO},
    }
    for where, holds in rules.items():
        if not holds:
            raise breach(f"answer.{where}", "out of bounds")


def _is_haze(veil: Picture | None) -> bool:
    if veil is None:
        return True
    lightest, darkest = max(veil.pixels), min(veil.pixels)
    return darkest >= VEIL_GREY - VEIL_SWING and lightest <= VEIL_GREY + VEIL_SWING


def _parse_turned(cursor: Cursor) -> tuple[str, ...]:
    return tuple(cursor.piece(PDQ_BYTES).hex() for _ in TURNS[1:])


def _parse_frames(cursor: Cursor) -> tuple[FrameSign, ...]:
    """In order, each later than the one before, and of a quality that can be compared."""
    (count,) = cursor.take(_COUNT)
    if count > MOST_FRAMES:
        raise breach("answer.frames", "too many")
    frames, last = [], -1
    for _ in range(count):
        at_ms, quality = cursor.take(_FRAME)
        digest = cursor.piece(PDQ_BYTES)
        if at_ms <= last or not COMPARABLE_QUALITY <= quality <= 100:
            raise breach("answer.frames", "out of order or bounds")
        frames.append(FrameSign(at_ms, quality, digest.hex()))
        last = at_ms
    return tuple(frames)


def _parse_facts(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    count = cursor.byte()
    if count > MOST_FACTS:
        raise breach("answer.facts", "too many")
    facts = tuple(
        (parse_text(cursor, LONGEST_FACT), parse_text(cursor, LONGEST_FACT)) for _ in range(count)
    )
    for name, value in facts:
        if not _FACT_NAME.match(name) or not is_plain(value, limit=LONGEST_FACT):
            raise breach("answer.facts", "not plain text")
    return facts
