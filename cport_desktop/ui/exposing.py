"""What the window may ask for about one's own looking, and about the rules of the unit.

Both belong to an open vault and are filled by `ui.exposing_opening`. Every callable may be called from
any thread and raises errors of the family `CportError` and nothing else on purpose. None takes a
person: there is nobody else's looking to be had.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cport_desktop.domain.breaks import BreakFigures, OwnFigures, Standing
from cport_desktop.domain.exposure import DayLedger, GivenSum, UnitWeek, Week
from cport_desktop.domain.unit_rule import SetRule


@dataclass(frozen=True, slots=True)
class TodayLine:
    """What today came to, and how it stands with breaks. `cause` and `ends` say what is due, in
    sentences; both are empty while nothing is.
    """

    day: DayLedger
    standing: Standing
    cause: str
    ends: str


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The last days on which something was counted, the newest first; figures; the unit's weeks."""

    days: tuple[DayLedger, ...]
    own: OwnFigures
    unit: BreakFigures
    figures: BreakFigures
    weeks: tuple[UnitWeek, ...]


@dataclass(frozen=True, slots=True)
class GivableLine:
    week: Week
    given: GivenSum


@dataclass(frozen=True, slots=True)
class Exposing:
    """Intentions about one's own looking. Without a personal key (`is_kept`) nothing is counted;
    `today` is then None, and everything else is refused.
    """

    is_kept: bool
    today: Callable[[], TodayLine | None]
    lines: Callable[[], OwnLines]
    put_off: Callable[[], TodayLine | None]
    choose: Callable[[OwnFigures], None]
    givable: Callable[[], GivableLine]
    """What would be given of the latest week that is over."""
    give: Callable[[Week], GivableLine]
    clear: Callable[[date | None], int]
    """Days before this one, or all; how many it was."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with its value as a person types it; `choices` are what else it could be, where that is
    little.
    """

    rule: SetRule
    shown: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesOfUnit:
    """Intentions about the rules of the unit."""

    rules: Callable[[], tuple[RuleLine, ...]]
    set_rule: Callable[[str, str], None]
    """(name, value as a person types it)."""
