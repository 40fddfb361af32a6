"""Counts that people would rather look at than read: what a query finds, over time or by what it is.

A figure is a few bars. Days, weeks (from Monday, ISO 8601) and months are those of UTC, as in a query
(`domain.query_times`), so that each bar leads to the query that finds its reports.

*Removal* is the time from a report's receipt to the first action that says that something of it was
removed (code 3 of the network's list), in whole days begun: 0 is within the first 24 hours. A removal
that is dated before the receipt, by others' clocks, counts as 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

REMOVED: Final = 3
"""«Removed», of the network's list of actions (ICCAM v2 and v3)."""
MOST_BARS: Final = 400
"""Rows of a figure: a year of days, eight of weeks; more countries than there are."""
A_DAY_US: Final = 86_400_000_000
_EPOCH: Final = date(1970, 1, 1)
_A_WEEK: Final = 7
_LAST_DAY: Final = (date.max - _EPOCH).days
SPANS: Final = (0, 1, 2, 3, 7, 14, 30, 60, 90)
"""The first day of each span of removal; the last span has no end."""


class FigureKind(StrEnum):
    """By what reports are counted."""

    RECEIVED = "received"
    COUNTRY = "host"
    SITE = "site"
    HOTLINE = "hotline"
    REMOVAL = "removal"


class Step(StrEnum):
    """How long a time a bar of `FigureKind.RECEIVED` stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """Which figure, of the reports that `asked` finds. `step`: of those over time."""

    kind: FigureKind = FigureKind.RECEIVED
    asked: str = ""
    step: Step = Step.MONTH


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is stable: a code, a country, the first day of a time (`2026-03-02`), the span of a
    removal in days (`3-6`, `90-`). `condition`: what a query would say; '' where none could.
    """

    value: str
    count: int
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`found`: reports that the query finds. `unknown`: of those, how many tell nothing to count by.
    `left_out`: reports in bars beyond `MOST_BARS`. `median`: of a removal, days; None without one.
    """

    question: FigureQuestion
    found: int
    bars: tuple[Bar, ...]
    unknown: int
    left_out: int
    median: int | None = None

    @property
    def most(self) -> Bar | None:
        """The longest bar, the first of several; None where nothing was counted."""
        longest = max(self.bars, key=lambda bar: bar.count, default=None)
        return longest if longest is not None and longest.count else None


def over_time(days: Mapping[int, int], step: Step, *, now: datetime) -> tuple[Bar, ...]:
    """Bars without gaps, the oldest first, of reports by days since 1970; `MOST_BARS` at most, up to
    the last day that has any, or to that of `now` where clocks of others are ahead.
    """
    counted: dict[date, int] = {}
    for number, count in days.items():
        begun = beginning(_EPOCH + timedelta(days=max(0, min(number, _LAST_DAY))), step)
        counted[begun] = counted.get(begun, 0) + count
    if not counted:
        return ()
    today = beginning(now.astimezone(UTC).date(), step)
    past = [begun for begun in counted if begun <= today] or [min(counted)]
    shown = [max(past)]
    while shown[-1] > min(past) and len(shown) < MOST_BARS:
        shown.append(beginning(shown[-1] - timedelta(days=1), step))
    return tuple(
        Bar(begun.isoformat(), counted.get(begun, 0), condition_of(begun, step))
        for begun in reversed(shown)
    )


def beginning(day: date, step: Step) -> date:
    """The first day of the day, week or month that `day` lies in."""
    match step:
        case Step.DAY:
            return day
        case Step.WEEK:
            return day - timedelta(days=min(day.weekday(), (day - date.min).days))
        case Step.MONTH:
            return day.replace(day=1)


def condition_of(begun: date, step: Step) -> str:
    """What finds the reports of the time that begins on this day."""
    match step:
        case Step.DAY:
            return f"received:{begun.isoformat()}"
        case Step.WEEK:
            last = begun + timedelta(days=min(_A_WEEK - 1, (date.max - begun).days))
            return f"received:{begun.isoformat()}..{last.isoformat()}"
        case Step.MONTH:
            return f"received:{begun.isoformat()[:7]}"


def by_span(days: Mapping[int, int]) -> tuple[Bar, ...]:
    """Bars of removals, by whole days; none where there are no removals."""
    if not days:
        return ()
    return tuple(
        Bar(_span(first, following), sum(_within(days, first, following)))
        for first, following in zip(SPANS, (*SPANS[1:], None), strict=True)
    )


def median(days: Mapping[int, int]) -> int | None:
    """The day by which half of them had come; None of none."""
    half, so_far = (sum(days.values()) + 1) // 2, 0
    for day in sorted(days):
        so_far += days[day]
        if so_far >= half:
            return day
    return None


def with_condition(asked: str, condition: str) -> str:
    """The query that finds what `asked` finds and what meets `condition`."""
    if not asked.strip() or not condition:
        return asked.strip() or condition
    return f"({asked.strip()}) {condition}"


def most_frequent(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """The longest `MOST_BARS` of bars that have no order of their own."""
    return tuple(sorted(bars, key=lambda bar: (-bar.count, bar.value))[:MOST_BARS])


def _within(days: Mapping[int, int], first: int, following: int | None) -> Iterator[int]:
    for day, count in days.items():
        if first <= max(0, day) and (following is None or max(0, day) < following):
            yield count


def _span(first: int, following: int | None) -> str:
    if following is None:
        return f"{first}-"
    return str(first) if following == first + 1 else f"{first}-{following - 1}"
