"""What an analyst keeps of their own looking: a day's seconds by level, looks, and views avoided.

Everything here is counted and nothing concluded: no figure says anything about anybody's health.
A day is that of the moment's own zone. What is believed of a look:

1. its seconds are those on the screen, by a clock that no setting of the time can bend;
2. more than was granted is not believed (`SLACK` aside): no look lasts through a night in which the
   machine slept;
3. of two looks one began after the other had ended: one window is open at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

HEARD_ONLY: Final = "sound"
"""The level of what was heard while nothing was seen."""
SLACK: Final = 2.0
"""Seconds by which a busy machine may take a picture away late."""
KEPT_MINUTES: Final = 240
"""So far back the minutes are kept in which somebody looked: the longest stretch a rule can mean."""
MOST_LEVELS: Final = 16
"""Kinds of looks that a day tells apart; there are eight."""
_MINUTE: Final = 60


class Avoided(StrEnum):
    """Why an item was settled without being looked at."""

    LISTED = "listed"
    """A hash list knows it."""
    STACK = "stack"
    """It was decided together with its stack."""
    DUPLICATE = "duplicate"
    """The same bytes were decided before."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look that ended: `seconds` on the screen, of those `granted`. `level` is a word of
    `media_item.RevealLevel`, or `HEARD_ONLY`.
    """

    level: str
    seconds: float
    granted: float
    with_sound: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """All looks of a day at one level, with or without sound."""

    level: str
    with_sound: bool
    seconds: float
    looks: int


@dataclass(frozen=True, slots=True)
class AvoidedCount:
    why: Avoided
    count: int


@dataclass(frozen=True, slots=True)
class Minute:
    """Seconds looked within one minute, numbered from 1970 on."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DayLedger:
    """What one day came to. `minutes` are the last ones in which somebody looked, in order; the two
    numbers are the minutes in which a break, and the end of the day, were put off.
    """

    day: date
    looked: tuple[Looked, ...] = ()
    avoided: tuple[AvoidedCount, ...] = ()
    minutes: tuple[Minute, ...] = ()
    break_put_off: int | None = None
    day_put_off: int | None = None

    @property
    def seconds(self) -> float:
        """Seconds on the screen; what was only heard is not among them."""
        return sum(each.seconds for each in self.looked if each.level != HEARD_ONLY)

    @property
    def looks(self) -> int:
        return sum(each.looks for each in self.looked if each.level != HEARD_ONLY)

    @property
    def views_avoided(self) -> int:
        return sum(each.count for each in self.avoided)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of one analyst: the days asked for, the newest first."""

    days: tuple[DayLedger, ...] = field(default=())

    def on(self, day: date) -> DayLedger:
        """That day; an empty one if nothing was counted."""
        return next((each for each in self.days if each.day == day), DayLedger(day))


def with_look(ledger: DayLedger, look: Look, *, ended_at: datetime) -> DayLedger:
    """The day with one more look, which ended at that moment."""
    seconds = believed(look)
    before = [each for each in ledger.looked if _same_kind(each, look)]
    was = before[0] if before else Looked(look.level, look.with_sound, 0.0, 0)
    now = replace(was, seconds=was.seconds + seconds, looks=was.looks + 1)
    others = [each for each in ledger.looked if not _same_kind(each, look)]
    if not before and len(others) >= MOST_LEVELS:
        raise ValueError("more levels than there are")
    looked = sorted((*others, now), key=lambda each: (each.level, each.with_sound))
    if look.level == HEARD_ONLY:
        return replace(ledger, looked=tuple(looked))
    return replace(
        ledger, looked=tuple(looked), minutes=_with_minutes(ledger.minutes, seconds, ended_at)
    )


def with_avoided(ledger: DayLedger, why: Avoided, count: int) -> DayLedger:
    """The day with so many more items that nobody had to look at."""
    counts = {each.why: each.count for each in ledger.avoided}
    counts[why] = counts.get(why, 0) + max(0, count)
    return replace(
        ledger,
        avoided=tuple(AvoidedCount(each, counts[each]) for each in Avoided if each in counts),
    )


def believed(look: Look) -> float:
    """Seconds of a look that are counted: never more than was granted, never less than none."""
    most = max(0.0, look.granted) + SLACK
    return min(max(0.0, look.seconds), most)


def minute_of(moment: datetime) -> int:
    """The number of the minute in which `moment` lies."""
    return int(moment.timestamp()) // _MINUTE


def all_minutes(days: Iterable[DayLedger]) -> tuple[Minute, ...]:
    """The minutes of several days, in order."""
    return tuple(sorted((m for day in days for m in day.minutes), key=lambda m: m.number))


def _same_kind(looked: Looked, look: Look) -> bool:
    return (looked.level, looked.with_sound) == (look.level, look.with_sound)


def _with_minutes(
    before: Sequence[Minute], seconds: float, ended_at: datetime
) -> tuple[Minute, ...]:
    """`before` with `seconds` that ended then, spread over the minutes in which they lay."""
    counted = {minute.number: minute.seconds for minute in before}
    end = ended_at.timestamp()
    left = seconds
    while left > 0:
        number = int((end - 1e-6) // _MINUTE)
        part = min(left, max(end - number * _MINUTE, 1e-3))
        counted[number] = min(float(_MINUTE), counted.get(number, 0.0) + part)
        end, left = end - part, left - part
        if number <= minute_of(ended_at) - KEPT_MINUTES:
            break
    newest = sorted(counted)[-KEPT_MINUTES:]
    return tuple(Minute(number, round(counted[number], 1)) for number in newest)


# -- weeks, and what is given of them

ROUNDED_TO: Final = timedelta(minutes=5)
"""To so much a week's seconds are rounded before they are given away."""
AVOIDED_ROUNDED_TO: Final = 10
FEWEST_GIVERS: Final = 5
"""Of fewer than so many, a sum is not shown to anybody."""
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of ISO 8601, from Monday: `2026-W21`."""

    monday: date

    @property
    def name(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=number) for number in range(7))

    def is_over(self, today: date) -> bool:
        return today >= self.monday + _WEEK

    def before(self) -> Week:
        return Week(self.monday - _WEEK)


def week_of(day: date) -> Week:
    """The week in which `day` lies."""
    return Week(day - timedelta(days=day.weekday()))


def week_named(name: str) -> Week | None:
    """`2026-W21` → that week; None if it names none."""
    year, _, number = name.strip().upper().partition("-W")
    if not (year.isdecimal() and number.isdecimal() and year.isascii() and number.isascii()):
        return None
    try:
        return Week(date.fromisocalendar(int(year), int(number), 1))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class GivenSum:
    """What an analyst gives of a week, or what all givers of a week gave: rounded."""

    seconds: int
    views_avoided: int


def rounded_sum(days: Iterable[DayLedger]) -> GivenSum:
    """The sum of these days, to the nearest five minutes and ten views."""
    known = tuple(days)
    step = int(ROUNDED_TO.total_seconds())
    seconds = sum(day.seconds for day in known)
    avoided = sum(day.views_avoided for day in known)
    return GivenSum(
        round(seconds / step) * step, round(avoided / AVOIDED_ROUNDED_TO) * AVOIDED_ROUNDED_TO
    )


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """What the unit knows of a week. `given` is None where fewer than `FEWEST_GIVERS` gave; then
    nothing is told of how many did. `is_closed`: it was shown, and nobody can add to it.
    """

    week: Week
    given: GivenSum | None
    givers: int | None
    is_closed: bool
