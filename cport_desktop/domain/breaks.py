"""When a break is proposed: figures that a unit and an analyst chose, applied to minutes looked.

Rules:
1. A *stretch* is the looking of the last `within` minutes since the last break. A break is `pause`
   minutes without a look.
2. A break is due when a stretch comes to `after` minutes of looking; the day ends when it comes to
   `day_cap` (0: never).
3. An analyst's own figures count. Where the unit's bind, nothing looser than they counts.
4. What is due can be put off once for each stretch, and once a day, by `PUT_OFF` minutes.
5. Looking is refused only where the unit's figures bind. Else what is due is said, and that is all.

The figures of a unit that set none have no source: they are a beginning, which nothing enforces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.exposure import KEPT_MINUTES, DayLedger, Minute, all_minutes, minute_of

PUT_OFF: Final = 15
"""Minutes."""
MINUTES_OF_A_DAY: Final = 1_440


@dataclass(frozen=True, slots=True)
class BreakFigures:
    """Minutes, all of them; `day_cap` 0: no cap."""

    after: int = 20
    within: int = 60
    pause: int = 10
    day_cap: int = 0
    is_binding: bool = False


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What an analyst chose for themselves; None: as the unit has it."""

    after: int | None = None
    pause: int | None = None
    day_cap: int | None = None

    @property
    def is_empty(self) -> bool:
        return (self.after, self.pause, self.day_cap) == (None, None, None)


class Due(StrEnum):
    BREAK = "break"
    DAY_END = "day_end"


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands at a moment. `stretch` and `day`: seconds looked. `until`: when a break that
    begins now is over; None at the end of a day. `is_put_off`: due, and put off for now.
    """

    figures: BreakFigures
    stretch: float
    day: float
    due: Due | None
    until: datetime | None
    can_put_off: bool
    is_put_off: bool

    @property
    def is_asked_for(self) -> bool:
        """Something is due and was not put off."""
        return self.due is not None and not self.is_put_off

    @property
    def forbids_looks(self) -> bool:
        """Nothing may be looked at now: the unit chose that its figures bind."""
        return self.is_asked_for and self.figures.is_binding


def in_force(unit: BreakFigures, own: OwnFigures) -> BreakFigures:
    """The figures that count for one analyst."""
    after = unit.after if own.after is None else own.after
    pause = unit.pause if own.pause is None else own.pause
    cap = unit.day_cap if own.day_cap is None else own.day_cap
    if unit.is_binding:
        after, pause = min(after, unit.after), max(pause, unit.pause)
        cap = _stricter_cap(cap, unit.day_cap)
    # In a window shorter than the looking that it is to hold, nothing would ever be due.
    return BreakFigures(after, max(unit.within, after), pause, cap, unit.is_binding)


def out_of_bounds(own: OwnFigures) -> str | None:
    """The name of the first figure that no rule can apply; None if none is."""
    for name, figure in (("after", own.after), ("pause", own.pause)):
        if figure is not None and not 1 <= figure <= KEPT_MINUTES:
            return name
    if own.day_cap is not None and not 0 <= own.day_cap <= MINUTES_OF_A_DAY:
        return "day_cap"
    return None


def looser_than(unit: BreakFigures, own: OwnFigures) -> str | None:
    """The name of the first figure that is looser than a binding one; None if none is."""
    if not unit.is_binding:
        return None
    if own.after is not None and own.after > unit.after:
        return "after"
    if own.pause is not None and own.pause < unit.pause:
        return "pause"
    if own.day_cap is not None and _stricter_cap(own.day_cap, unit.day_cap) != own.day_cap:
        return "day_cap"
    return None


def standing(
    figures: BreakFigures, *, today: DayLedger, before: DayLedger, now: datetime
) -> Standing:
    """How it stands at `now`, by this day and the one before.

    Minutes that a clock set back would put in the future do not count.
    """
    here = minute_of(now)
    minutes = [m for m in all_minutes((before, today)) if m.number <= here]
    stretch = _stretch(minutes, figures, here)
    looked = sum(minute.seconds for minute in stretch)
    due = _due(figures, looked=looked, day=today.seconds)
    began = stretch[-1].number if stretch else here
    put_off = _put_off(due, today, before, began)
    return Standing(
        figures=figures,
        stretch=looked,
        day=today.seconds,
        due=due,
        until=_end_of_break(stretch[0].number, figures) if due is Due.BREAK else None,
        can_put_off=due is not None and put_off is None,
        is_put_off=put_off is not None and put_off <= here < put_off + PUT_OFF,
    )


def _due(figures: BreakFigures, *, looked: float, day: float) -> Due | None:
    if figures.day_cap and day >= figures.day_cap * 60:
        return Due.DAY_END
    return Due.BREAK if looked >= figures.after * 60 else None


def _put_off(due: Due | None, today: DayLedger, before: DayLedger, began: int) -> int | None:
    """The minute in which what is due was put off already."""
    if due is Due.DAY_END:
        return today.day_put_off
    known = [m for m in (today.break_put_off, before.break_put_off) if m is not None]
    return next((minute for minute in known if due is Due.BREAK and minute >= began), None)


def _stretch(minutes: Sequence[Minute], figures: BreakFigures, here: int) -> list[Minute]:
    """Minutes of looking since the last break, the newest first."""
    found: list[Minute] = []
    last = here
    for minute in reversed(minutes):
        # Of two minutes as far apart as a break is long, the ends may be a minute nearer.
        if last - minute.number > figures.pause or here - minute.number > figures.within:
            break
        found.append(minute)
        last = minute.number
    return found


def _end_of_break(last: int, figures: BreakFigures) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(minutes=last + figures.pause + 1)


def _stricter_cap(one: int, other: int) -> int:
    """The lower of two caps, of which 0 is none."""
    return min(one or other, other or one)
