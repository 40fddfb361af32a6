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

import re
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
from cport_desktop.errors import RedactionsUnreadable
from cport_desktop.words import redactions as words

LARGEST_FILE: Final = 16 * 1024 * 1024
"""Bytes; `MOST_REDACTIONS` with all their rectangles are below it."""

_MISSING: Final = re.compile(r"Object missing required field `(?P<name>\w+)`")
_BYTE: Final = re.compile(r"\(byte (?P<byte>\d+)\)")
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
        RedactionsUnreadable: anything else than the form above; it says where.
    """
    if len(untrusted) > LARGEST_FILE:
        raise RedactionsUnreadable(where=words.THE_WHOLE, cause=words.TOO_LONG)
    try:
        told = msgspec.json.decode(untrusted, type=_File)
    except msgspec.ValidationError as error:
        where, cause = _misfit(str(error))
        raise RedactionsUnreadable(where=where, cause=cause) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        where = words.at_line(_line_of(untrusted, error))
        raise RedactionsUnreadable(where=where, cause=words.NOT_JSON) from error
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
            raise RedactionsUnreadable(where=f"redactions[{place}]", cause=words.NEITHER)


def _rectangles(line: _Line, place: int) -> tuple[Rectangle, ...]:
    found: list[Rectangle] = []
    for number, each in enumerate(line.rectangles):
        try:
            found.append(Rectangle(*each))
        except ValueError as error:
            where = f"redactions[{place}].rectangles[{number}]"
            raise RedactionsUnreadable(where=where, cause=words.WRONG_RECTANGLE) from error
    return tuple(found)


def _misfit(told: str) -> tuple[str, str]:
    """Where the schema does not hold and which sentence says why, out of what the decoder says:
    ``Object missing required field `reason` - at `$.redactions[0]` ``. Members that the file names are
    not repeated: they are no words of ours.
    """
    message, _, path = told.partition(" - at `$")
    where = path.rstrip("`").lstrip(".")
    if named := _MISSING.fullmatch(message):
        where = f"{where}.{named['name']}".lstrip(".")
        return where or words.THE_WHOLE, words.MEMBER_MISSING
    unknown = message.startswith("Object contains unknown field")
    return where or words.THE_WHOLE, words.UNKNOWN_MEMBER if unknown else words.WRONG_VALUE


def _line_of(untrusted: bytes, error: Exception) -> int:
    """The line, counted from 1, in which the decoder gave up; the last one where it does not say."""
    found = _BYTE.search(str(error))
    place = len(untrusted) if found is None else int(found["byte"])
    return untrusted[:place].count(b"\n") + 1
