"""Links on paper: reports at the left, what they share at the right, a line for each that shares.

Kinds of things differ by the letter in their mark, and reports by the form of theirs, as everywhere in
the product: ● Baseline, ◆ National, ○ anything else. What is chosen is drawn strong, and all else stays
where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.bar_chart import TYPE, Paper
from cport_desktop.domain.drawing import (
    Anchor,
    Box,
    Disc,
    Drawing,
    Ink,
    Label,
    Part,
    Shape,
    Stroke,
    shortened_to,
)

_ROW: Final = 24.0
_GAP: Final = 8.0
_MARK: Final = 6.0
_LEAST: Final = 90.0
"""Between the two sides, for the lines."""
_NAMES: Final = 0.42
_BASELINE, _NATIONAL = 1, 2


@dataclass(frozen=True, slots=True)
class Seat:
    """One thing at the right: its letter, its name, and the places of the reports that share it."""

    letter: str
    name: str
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """`reports`: names and classifications. `chosen`: a place among `things`."""

    reports: Sequence[tuple[str, int]]
    things: Sequence[Seat]
    chosen: int | None = None


def linked(sides: Sides, paper: Paper) -> Drawing:
    """The picture, in which `item` is the place of a thing."""
    rows = max(len(sides.reports), len(sides.things), 1)
    height = rows * _ROW
    room = paper.width * _NAMES
    left = min(max((paper.measure(n, TYPE) for n, _ in sides.reports), default=0), room)
    wide = min(max((paper.measure(s.name, TYPE) for s in sides.things), default=0), room)
    here = left + 2 * _GAP
    there = max(here + _LEAST, paper.width - wide - 3 * _GAP - _MARK)
    reports = [_y(at, len(sides.reports), height) for at in range(len(sides.reports))]
    parts: list[Part] = []
    parts += _lines(sides, here + _MARK, there - _MARK - 2, reports, height)
    for at, (name, code) in enumerate(sides.reports):
        text = shortened_to(name, room, TYPE, paper.measure)
        is_met = sides.chosen is not None and at in sides.things[sides.chosen].reports
        base = reports[at] + TYPE * 0.36
        parts.append(Label(left, base, text, anchor=Anchor.END, is_strong=is_met))
        parts.append(_sign(here, reports[at], code))
    for at, seat in enumerate(sides.things):
        y = _y(at, len(sides.things), height)
        if at == sides.chosen:
            top = y - _ROW / 2 + 2
            parts.append(
                Box(there - _GAP - 2, top, paper.width - there + _GAP, _ROW - 4, Ink.SELECTION)
            )
        parts.append(Box(there - _MARK - 1, y - _MARK - 1, 14, 14, Ink.RAISED, Ink.ACCENT, item=at))
        parts.append(Label(there, y + 3.6, seat.letter, size=10.0, anchor=Anchor.MIDDLE))
        text = shortened_to(seat.name, paper.width - there - 2 * _GAP - 2, TYPE, paper.measure)
        strong = at == sides.chosen
        parts.append(Label(there + _MARK + _GAP, y + TYPE * 0.36, text, is_strong=strong))
        parts.append(Box(there - _GAP, y - _ROW / 2, paper.width - there + _GAP, _ROW, item=at))
    return Drawing(paper.width, height, tuple(parts))


def _lines(
    sides: Sides, here: float, there: float, reports: Sequence[float], height: float
) -> list[Part]:
    """Those of what is chosen come last, above the others."""
    weak: list[Part] = []
    strong: list[Part] = []
    for at, seat in enumerate(sides.things):
        y = _y(at, len(sides.things), height)
        for report in seat.reports:
            ends = ((here, reports[report]), (there, y))
            if at == sides.chosen:
                strong.append(Stroke(ends, Ink.ACCENT, 2.0, item=at))
            else:
                weak.append(Stroke(ends, Ink.MUTED, 1.0, item=at))
    return weak + strong


def _sign(x: float, y: float, code: int) -> Part:
    if code == _BASELINE:
        return Disc(x, y, _MARK - 1, Ink.GRAVEST, Ink.GRAVEST)
    if code == _NATIONAL:
        return Shape(
            ((x, y - _MARK), (x + _MARK, y), (x, y + _MARK), (x - _MARK, y)), Ink.GRAVE, Ink.GRAVE
        )
    return Disc(x, y, _MARK - 1, Ink.PANEL, Ink.MUTED)


def _y(at: int, many: int, height: float) -> float:
    return height * (at + 0.5) / max(1, many)
