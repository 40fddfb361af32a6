"""What an analyst chose about looking, for as long as the vault is open: the same at every glass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import RevealLevel

TONES: Final = (RevealLevel.SMALL_GREY, RevealLevel.GREY, RevealLevel.FULL)
"""Levels without blur."""
_BLURRED: Final[Mapping[RevealLevel, RevealLevel]] = {
    RevealLevel.SMALL_GREY: RevealLevel.BLURRED,
    RevealLevel.GREY: RevealLevel.BLURRED,
    RevealLevel.FULL: RevealLevel.BLURRED_COLOUR,
}
_SHARP: Final[Mapping[RevealLevel, RevealLevel]] = {
    RevealLevel.BLURRED: RevealLevel.GREY,
    RevealLevel.BLURRED_COLOUR: RevealLevel.FULL,
}
LIKE: Final[Mapping[RevealLevel, tuple[RevealLevel, ...]]] = {
    RevealLevel.SMALL_GREY: (RevealLevel.GREY, RevealLevel.FULL),
    RevealLevel.BLURRED_COLOUR: (RevealLevel.FULL,),
}
"""Levels that go without saying where one of these is not allowed either."""


@dataclass(slots=True)
class LookChoice:
    """`wanted`: the level that was chosen last, None before any was. `reasons`: what was stated for an
    item; once in a session is enough. `seconds`: how long a look at what stands still lasts, None: as the
    machine has it.
    """

    wanted: RevealLevel | None = None
    reasons: dict[MediaId, str] = field(default_factory=dict)
    seconds: float | None = None


def is_blurred(level: RevealLevel) -> bool:
    return level in _SHARP


def tone_of(level: RevealLevel) -> RevealLevel:
    """The level without its blur."""
    return _SHARP.get(level, level)


def combined(tone: RevealLevel, *, blur: bool) -> RevealLevel:
    """The level that two separate controls come to."""
    return _BLURRED[tone] if blur else tone


def nearest(wanted: RevealLevel, offered: Iterable[RevealLevel]) -> RevealLevel | None:
    """The wanted level, or the next that shows less, or else the least of all; None if there is none."""
    ranked = tuple(RevealLevel)
    allowed = sorted(offered, key=ranked.index)
    less = [each for each in allowed if ranked.index(each) <= ranked.index(wanted)]
    return less[-1] if less else next(iter(allowed), None)
