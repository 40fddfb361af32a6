"""Moments on paper: a lane for each kind of thing that happens, time from left to right.

Moments that lie too near each other to be told apart are one mark with their number in it. The time axis
has whole days, months or years as its ticks, those of the zone that moments are told in, so that a mark can
be read against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from cport_desktop.domain.bar_chart import TYPE, Paper
from cport_desktop.domain.case import MomentKind
from cport_desktop.domain.drawing import Anchor, Disc, Drawing, Ink, Label, Part, Stroke
from cport_desktop.domain.figure import Step, beginning

LANES: Final = ("reports", "hotlines", "ours", "notes", "case")
_LANE_OF: Final = {
    MomentKind.RECEIVED: "reports",
    MomentKind.WITHDRAWN: "reports",
    MomentKind.ASSESSED: "hotlines",
    MomentKind.ACTED: "hotlines",
    MomentKind.DONE: "ours",
    MomentKind.NOTED: "notes",
    MomentKind.NOTE_TAKEN_BACK: "notes",
    MomentKind.TASK_SET: "notes",
    MomentKind.TASK_DONE: "notes",
}
_LANE_HEIGHT: Final = 38.0
_FOOT: Final = 26.0
_GAP: Final = 10.0
_APART: Final = 24.0
"""Marks are no nearer to each other than this: what would be, is one."""
_LEAST: Final = 5.0
_LARGEST: Final = 11.0
_MOST_TICKS: Final = 8
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """`moments`: their places in what was given, in that order; `first`: the oldest."""

    lane: str
    x: float
    first: datetime
    moments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """`names` of all `LANES`, in their order; `zone`: whose days are the ticks, None for that of the machine;
    `day`: how one is called.
    """

    names: Sequence[str]
    zone: tzinfo | None = UTC
    day: Callable[[date], str] = date.isoformat


def lane_of(kind: MomentKind) -> str:
    """Where such a moment stands."""
    return _LANE_OF.get(kind, "case")


def marks(moments: Sequence[tuple[datetime, str]], left: float, right: float) -> tuple[Mark, ...]:
    """The marks of moments and their lanes between two places, lane by lane, the oldest first."""
    if not moments:
        return ()
    axis = _Axis(min(at for at, _ in moments), max(at for at, _ in moments), left, right)
    found: list[Mark] = []
    for lane in LANES:
        here = sorted((at, place) for place, (at, its) in enumerate(moments) if its == lane)
        group: list[tuple[datetime, int]] = []
        for each in here:
            if group and axis.x(each[0]) - axis.x(group[0][0]) >= _APART:
                found.append(axis.mark(lane, group))
                group = []
            group.append(each)
        if group:
            found.append(axis.mark(lane, group))
    return tuple(found)


def along_time(
    moments: Sequence[tuple[datetime, str]],
    lanes: Lanes,
    paper: Paper,
    *,
    chosen: int | None = None,
) -> Drawing:
    """The picture, in which a mark's `item` is its oldest moment. `chosen`: a moment."""
    left = max(paper.measure(name, TYPE) for name in lanes.names) + 2 * _GAP + _LARGEST
    right = max(left + 1, paper.width - _LARGEST - _GAP)
    foot = _LANE_HEIGHT * len(LANES)
    parts: list[Part] = []
    for at, name in enumerate(lanes.names):
        y = (at + 0.5) * _LANE_HEIGHT
        parts.append(Label(0, y + TYPE * 0.36, name))
        parts.append(Stroke(((left - _LARGEST, y), (paper.width, y)), Ink.LINE))
    shown = marks(moments, left, right)
    parts.append(Stroke(((left, foot), (paper.width, foot)), Ink.MUTED))
    if moments:
        axis = _Axis(min(at for at, _ in moments), max(at for at, _ in moments), left, right)
        parts += _drawn_axis(axis, foot, paper, lanes)
    most = max((len(mark.moments) for mark in shown), default=1)
    for mark in shown:
        at = mark.moments[0]
        y = (LANES.index(mark.lane) + 0.5) * _LANE_HEIGHT
        many = len(mark.moments)
        radius = _LARGEST if many > 1 else _LEAST
        if many > 1 and most > 1:
            radius = _LARGEST - 3 + 3 * (many / most) ** 0.5
        is_chosen = chosen is not None and chosen in mark.moments
        if is_chosen:
            parts.append(Disc(mark.x, y, radius + 4, Ink.SELECTION, Ink.TEXT, item=at))
        parts.append(Disc(mark.x, y, radius, Ink.RAISED, Ink.ACCENT, item=at))
        if many > 1:
            said = str(many) if many < 1_000 else "…"
            parts.append(Label(mark.x, y + 3.5, said, size=10.0, anchor=Anchor.MIDDLE))
    return Drawing(paper.width, foot + _FOOT, tuple(parts))


def ticks(first: datetime, last: datetime, zone: tzinfo | None = UTC) -> tuple[datetime, ...]:
    """Beginnings of days, weeks, months or years from `first` to `last`, `_MOST_TICKS` at most, as they
    are in `zone` (None: in that of the machine).
    """
    day, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    days = (end - day).days
    found: list[date] = []
    if days <= 3 * 365:
        whole = Step.DAY if days < _MOST_TICKS else Step.WEEK if days < 50 else Step.MONTH
        here = beginning(end, whole)
        while here > day and len(found) < 40:
            found.append(here)
            here = beginning(here - _A_DAY, whole)
        found.reverse()
    else:
        found = [date(year, 1, 1) for year in range(day.year + 1, end.year + 1)]
    every = -(-len(found) // _MOST_TICKS) or 1
    return tuple(_begun(each, zone) for each in found[::every])


def _begun(day: date, zone: tzinfo | None) -> datetime:
    """The first moment of the day. One without a zone is the machine's, in summer and in winter."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(zone)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Time from `first` to `last`, laid between two places."""

    first: datetime
    last: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        whole = (self.last - self.first).total_seconds()
        if whole <= 0:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * (at - self.first).total_seconds() / whole

    def mark(self, lane: str, group: Sequence[tuple[datetime, int]]) -> Mark:
        middle = (self.x(group[0][0]) + self.x(group[-1][0])) / 2
        return Mark(lane, middle, group[0][0], tuple(place for _, place in group))


def _drawn_axis(axis: _Axis, foot: float, paper: Paper, lanes: Lanes) -> list[Part]:
    parts: list[Part] = []
    free = axis.left - 2 * _GAP
    for tick in ticks(axis.first, axis.last, lanes.zone):
        x = axis.x(tick)
        parts.append(Stroke(((x, 0), (x, foot + 4)), Ink.LINE, is_dashed=True))
        said = lanes.day(tick.date())
        half = paper.measure(said, TYPE) / 2
        place = min(x, paper.width - half)
        if place - half >= free + _GAP:
            parts.append(Label(place, foot + TYPE + 6, said, Ink.MUTED, anchor=Anchor.MIDDLE))
            free = place + half
    return parts
