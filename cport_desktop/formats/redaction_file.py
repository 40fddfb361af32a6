"""Redactions as a file that somebody wrote, or that was kept for the next time: small and strict.

{"format": "cport-redactions", "version": 1, "redactions": [
    {"media": "M-12", "rectangles": [[40, 30, 100, 50]], "reason": "a bystander"},
    {"media": "M-13", "reason": "labels of the camera"},
    {"media": "M-14", "leave_out": true, "reason": "not needed"},
    {"report": "HL-3", "field": "memo", "reason": "names an informant"},
    {"report": "HL-4", "leave_out": true, "reason": "belongs to another inquiry"}]}

Rectangles are left, top, width and height in pixels of the upright picture; a picture without any is
drawn anew all the same, without what its file says beside its pixels.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.ids import parse_media_reference, parse_report_reference
from cport_desktop.domain.redaction import (
    LARGEST_SIDE,
    LONGEST_REASON,
    MOST_RECTANGLES,
    MOST_REDACTIONS,
    FieldRedaction,
    MediaLeftOut,
    PictureRedaction,
    Rectangle,
    Redaction,
    ReportLeftOut,
)
from cport_desktop.errors import MalformedMessage

LARGEST_FILE: Final = 16 * 1024 * 1024
"""Bytes; `MOST_REDACTIONS` with all their rectangles are below it."""

_Pixel = Annotated[int, Meta(ge=0, le=LARGEST_SIDE)]


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON)]
    media: str | None = None
    report: str | None = None
    rectangles: Annotated[
        list[tuple[_Pixel, _Pixel, _Pixel, _Pixel]], Meta(max_length=MOST_RECTANGLES)
    ] = []
    field: Annotated[str, Meta(max_length=100)] | None = None
    leave_out: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["cport-redactions"]
    version: Literal[1]
    redactions: Annotated[list[_Line], Meta(max_length=MOST_REDACTIONS)]


def parse_redactions(untrusted: bytes) -> tuple[Redaction, ...]:
    """The redactions of a file.

    Raises:
        MalformedMessage: anything else than the form above.
    """
    if len(untrusted) > LARGEST_FILE:
        raise MalformedMessage(where="redactions", cause="too long")
    try:
        told = msgspec.json.decode(untrusted, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedMessage(where="redactions", cause=str(error)[:200]) from error
    return tuple(_redaction(line, place) for place, line in enumerate(told.redactions))


def _redaction(line: _Line, place: int) -> Redaction:
    media = None if line.media is None else parse_media_reference(line.media)
    report = None if line.report is None else parse_report_reference(line.report)
    match media, report, line.field, line.leave_out:
        case int(), None, None, False:
            return PictureRedaction(media, _rectangles(line, place), line.reason)
        case int(), None, None, True if not line.rectangles:
            return MediaLeftOut(media, line.reason)
        case None, int(), str(field), False if not line.rectangles:
            return FieldRedaction(report, field, line.reason)
        case None, int(), None, True if not line.rectangles:
            return ReportLeftOut(report, line.reason)
        case _:
            where = f"redactions[{place}]"
            raise MalformedMessage(where=where, cause="neither a picture, a field nor an item")


def _rectangles(line: _Line, place: int) -> tuple[Rectangle, ...]:
    try:
        return tuple(Rectangle(*each) for each in line.rectangles)
    except ValueError as error:
        raise MalformedMessage(where=f"redactions[{place}]", cause=str(error)) from error
