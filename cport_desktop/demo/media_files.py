"""Which media a report has, which file each of them is, and what the file is called.

The first three media of a report are files that no earlier report has; further ones repeat a
file of an earlier report, mostly a recent one, as known material returns in life.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.families import plan
from cport_desktop.demo.names import CURIOUS_FILE_NAMES, FILE_STEMS
from cport_desktop.demo.numbering import MOST_MEDIA, media_id
from cport_desktop.demo.proportions import CONTENT_COUNTS, MEDIA_OF_FILE, MEDIA_OF_PAGE
from cport_desktop.domain.report import MediaNotice

_FRESH: Final = 3


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Size and SHA-256 (hex) of a file that was made."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PictureSign:
    """PDQ of a picture: quality, 0 to 100, and 64 hex digits."""

    quality: int
    pdq: str


@dataclass(frozen=True, slots=True)
class MediaPlan:
    """How a scenario deals out its files: `pictures` of them, to each report as many media as
    `per_report` says (None: a lifelike number).
    """

    seed: int
    pictures: int
    per_report: int | None

    def shape(self, number: int) -> tuple[int, ...]:
        """How many media each content item of report `number` has; the page comes first."""
        dice = Dice(self.seed, "shape", number)
        contents = dice.pick(CONTENT_COUNTS)
        if self.per_report is not None:
            media = min(self.per_report, MOST_MEDIA)
            return tuple(media // contents + (at < media % contents) for at in range(contents))
        return tuple(dice.pick(MEDIA_OF_FILE if at else MEDIA_OF_PAGE) for at in range(contents))

    def file(self, number: int, at: int) -> int:
        """Which file medium `at` of report `number` is."""
        fresh = _FRESH * number + at
        if at >= _FRESH:
            dice = Dice(self.seed, "repeated", number, at)
            reach = _FRESH * (number + 1)
            fresh = int(reach * (1 - dice.fraction() ** 2))
        return fresh % self.pictures

    def files(self, number: int) -> tuple[int, ...]:
        """The files of all media of report `number`, each once."""
        media = sum(self.shape(number))
        return tuple(dict.fromkeys(self.file(number, at) for at in range(media)))

    def notice(self, number: int, at: int, files: Mapping[int, FileFacts]) -> MediaNotice:
        """The announcement of medium `at` of report `number`."""
        file = self.file(number, at)
        claimed = plan(self.seed, file)
        dice = Dice(self.seed, "notice", number, at)
        return MediaNotice(
            media_id=media_id(number, at),
            size=files[file].size,
            sha256=files[file].sha256,
            file_name=_file_name(dice, claimed.extension),
            declared_type=None if dice.happens(0.05) else claimed.declared_type,
        )


def _file_name(dice: Dice, extension: str) -> str | None:
    kind = dice.below(100)
    if kind < 2:
        return None
    number = dice.between(1, 9999)
    if kind < 4:
        return dice.of(CURIOUS_FILE_NAMES).format(n=number) + extension
    return f"{dice.of(FILE_STEMS)}{number:04}{extension.upper() if kind < 12 else extension}"
