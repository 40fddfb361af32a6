"""What is to be done to a file whenever it leaves, kept until somebody takes it back.

It belongs to the content, whichever items have it: what was drawn over one picture is burned into every
other with the same bytes. The original in the vault is never altered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import Actor, MediaId
from cport_desktop.domain.redaction import (
    LEFT_OUT,
    METADATA,
    PIXELS,
    MediaLeftOut,
    PictureRedaction,
    Rectangle,
    Redaction,
)


class RedactionWay(StrEnum):
    """The words are those of `Redacted.how`."""

    PIXELS = PIXELS
    """Rectangles are painted black, and nothing goes along but pixels."""
    METADATA = METADATA
    """Every pixel goes, and nothing beside them."""
    LEFT_OUT = LEFT_OUT
    """The file stays here."""


@dataclass(frozen=True, slots=True)
class Burned:
    """A place of a picture that is painted black, and why."""

    rectangle: Rectangle
    reason: str


@dataclass(frozen=True, slots=True)
class FileRedaction:
    """What is done to one file. `burned`: of the way `PIXELS`, one place at least; `reason`: of the others."""

    way: RedactionWay
    burned: tuple[Burned, ...] = ()
    reason: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason that is given, once."""
        if self.way is RedactionWay.PIXELS:
            return tuple(dict.fromkeys(each.reason for each in self.burned))
        return (self.reason,)

    def of(self, media_id: MediaId) -> tuple[Redaction, ...]:
        """As redactions of a package: places of one reason are one line of its list."""
        match self.way:
            case RedactionWay.LEFT_OUT:
                return (MediaLeftOut(media_id, self.reason),)
            case RedactionWay.METADATA:
                return (PictureRedaction(media_id, (), self.reason),)
            case RedactionWay.PIXELS:
                places: defaultdict[str, list[Rectangle]] = defaultdict(list)
                for each in self.burned:
                    places[each.reason].append(each.rectangle)
                return tuple(
                    PictureRedaction(media_id, tuple(rectangles), reason)
                    for reason, rectangles in places.items()
                )


@dataclass(frozen=True, slots=True)
class KeptRedaction:
    """A redaction that is kept. `sha256`: of the content, as announced; `media`: the items here that have it."""

    sha256: str
    media: tuple[MediaId, ...]
    redaction: FileRedaction
    drawn_by: Actor
    at: datetime
