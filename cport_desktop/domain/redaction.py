"""What is destroyed before anything leaves: parts of pictures, labels of files, fields, whole items.

A redaction is done to a copy that is made for a package; the original in the vault is never altered.
What is listed of it says what was done, where and why, and never what was there: no digest, no
likeness and no words of what was removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import MediaId, ReportId, media_reference, report_reference

MOST_RECTANGLES: Final = 32
"""In one picture."""
LARGEST_SIDE: Final = 65_535
"""Pixels that a coordinate can tell."""
MOST_REDACTIONS: Final = 10_000
"""In one package: each of them was decided by a person."""
LONGEST_REASON: Final = 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Pixels of the picture as it is shown upright, counted from its upper left corner.

    Raises:
        ValueError: it has no pixel, or begins or ends where no picture has any.
    """

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if min(self.left, self.top) < 0 or min(self.width, self.height) < 1:
            raise ValueError("a rectangle has at least one pixel, inside the picture")
        if max(self.left + self.width, self.top + self.height) > LARGEST_SIDE:
            raise ValueError("a rectangle ends where no picture has pixels")

    def __str__(self) -> str:
        return f"{self.left},{self.top} {self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class PictureRedaction:
    """The picture leaves as one that was drawn anew: without these rectangles, if there are any, and
    without anything that its file said beside its pixels.
    """

    media_id: MediaId
    rectangles: tuple[Rectangle, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class FieldRedaction:
    """The report leaves without this field (`withholding.WITHHOLDABLE`), at whatever depth."""

    report_id: ReportId
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class MediaLeftOut:
    """The file stays here; only its number is told."""

    media_id: MediaId
    reason: str


@dataclass(frozen=True, slots=True)
class ReportLeftOut:
    """The report stays here, with all that belongs to it alone."""

    report_id: ReportId
    reason: str


Redaction = PictureRedaction | FieldRedaction | MediaLeftOut | ReportLeftOut


@dataclass(frozen=True, slots=True)
class Redacted:
    """A line of the list that travels in the package.

    `what`: `M-…` or `HL-…`; `how`: a word of `HOW_…`; `where`: rectangles or the name of a field;
    `sha256`: of the file that left instead, where one did.
    """

    what: str
    how: str
    where: tuple[str, ...]
    reason: str
    sha256: str | None = None


PIXELS: Final = "pixels"
METADATA: Final = "metadata"
FIELD: Final = "field"
LEFT_OUT: Final = "left_out"
"""What `Redacted.how` says."""


def as_listed(redaction: Redaction, *, sha256: str | None = None) -> Redacted:
    """The line for `redaction`; `sha256` of what leaves in place of the original."""
    match redaction:
        case PictureRedaction(media_id, rectangles, reason):
            where = tuple(str(each) for each in rectangles)
            how = PIXELS if rectangles else METADATA
            return Redacted(media_reference(media_id), how, where, reason, sha256)
        case FieldRedaction(report_id, field, reason):
            return Redacted(report_reference(report_id), FIELD, (field,), reason)
        case MediaLeftOut(media_id, reason):
            return Redacted(media_reference(media_id), LEFT_OUT, (), reason)
        case ReportLeftOut(report_id, reason):
            return Redacted(report_reference(report_id), LEFT_OUT, (), reason)
