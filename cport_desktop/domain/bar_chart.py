"""Bars on paper: lying ones with their names beside them, or standing ones along time.

Every bar has its number in words beside it or on an axis with lines, so that its length is never all
there is to go by. Heights and names come in; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from cport_desktop.domain.drawing import (
    Anchor,
    Box,
    Drawing,
    Ink,
    Label,
    Measure,
    Part,
    Stroke,
    shortened_to,
)

MOST_LYING: Final = 20
"""Lying bars that are drawn; the table beside them has all."""
TYPE: Final = 12.0
_ROW: Final = 24.0
_THICK: Final = 14.0
_GAP: Final = 8.0
_NAMES: Final = 0.34
"""Share of the width that names may take."""
_FOOT: Final = 24.0
_HEAD: Final = 14.0
_BETWEEN: Final = 14.0
"""Between two names on an axis, at least."""


@dataclass(frozen=True, slots=True)
class Bars:
    """`names` and `numbers` of bars, each with its `said` number; `chosen`: the one that is marked."""

    names: Sequence[str]
    numbers: Sequence[int]
    said: Sequence[str]
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """How much room there is, and how wide a text is in it."""

    width: float
    height: float
    measure: Measure


def lying(bars: Bars, paper: Paper) -> Drawing:
    """One bar below the other, the first `MOST_LYING`."""
    names, numbers = bars.names[:MOST_LYING], bars.numbers[:MOST_LYING]
    most = max(numbers, default=0)
    widest = max((paper.measure(name, TYPE) for name in names), default=0.0)
    left = min(widest, paper.width * _NAMES) + _GAP
    said = max((paper.measure(text, TYPE) for text in bars.said[:MOST_LYING]), default=0.0)
    room = max(1.0, paper.width - left - said - 2 * _GAP)
    parts: list[Part] = []
    for at, number in enumerate(numbers):
        top = at * _ROW
        if at == bars.chosen:
            parts.append(Box(0, top, paper.width, _ROW, fill=Ink.SELECTION))
        name = shortened_to(names[at], left - _GAP, TYPE, paper.measure)
        base = top + _ROW / 2 + TYPE * 0.36
        parts.append(Label(left - _GAP, base, name, anchor=Anchor.END))
        length = _length(number, most, room)
        if length:
            edge = Ink.TEXT if at == bars.chosen else None
            middle = top + (_ROW - _THICK) / 2
            parts.append(Box(left, middle, length, _THICK, Ink.ACCENT, edge, item=at))
        parts.append(Label(left + length + _GAP, base, bars.said[at], Ink.MUTED))
        parts.append(Box(0, top, paper.width, _ROW, item=at))
    return Drawing(paper.width, max(_ROW, len(numbers) * _ROW), tuple(parts))


def standing(bars: Bars, paper: Paper, ticks: Sequence[str]) -> Drawing:
    """Bars beside each other over an axis. `ticks`: how the numbers of `levels` are said."""
    marks = levels(max(bars.numbers, default=0))
    top = marks[-1] or 1
    left = max((paper.measure(tick, TYPE) for tick in ticks), default=0.0) + _GAP
    foot = paper.height - _FOOT
    parts: list[Part] = []
    for mark, tick in zip(marks, ticks, strict=True):
        y = foot - (foot - _HEAD) * mark / top
        parts.append(Stroke(((left, y), (paper.width, y)), Ink.LINE))
        parts.append(Label(left - _GAP, y + TYPE * 0.36, tick, Ink.MUTED, anchor=Anchor.END))
    room = (paper.width - left) / max(1, len(bars.numbers))
    gap = min(3.0, room * 0.2)
    for at, number in enumerate(bars.numbers):
        x = left + at * room
        if at == bars.chosen:
            parts.append(Box(x, _HEAD, room, foot - _HEAD, fill=Ink.SELECTION))
        height = _length(number, top, foot - _HEAD)
        if height:
            edge = Ink.TEXT if at == bars.chosen else None
            wide = max(1.0, room - gap)
            parts.append(Box(x + gap / 2, foot - height, wide, height, Ink.ACCENT, edge, item=at))
        parts.append(Box(x, _HEAD, room, foot - _HEAD, item=at))
    parts.append(Stroke(((left, foot), (paper.width, foot)), Ink.MUTED))
    parts += _names_below(bars.names, left, room, foot, paper)
    return Drawing(paper.width, paper.height, tuple(parts))


def levels(most: int) -> tuple[int, ...]:
    """Round numbers from 0 on, the last of them no less than `most`; six at most."""
    if most <= 0:
        return (0,)
    rough = most / 5
    power = 10 ** max(0, floor(log10(rough))) if rough >= 1 else 1
    step = next(power * by for by in (1, 2, 5, 10, 20) if power * by * 5 >= most)
    return tuple(range(0, most + step, step))


def _length(number: int, most: int, room: float) -> float:
    """What is there at all can be seen."""
    return max(1.0, room * number / most) if number and most else 0.0


def _names_below(
    names: Sequence[str], left: float, room: float, foot: float, paper: Paper
) -> list[Part]:
    """As many names as fit beside each other, at even distances, the last one's among them."""
    if not names:
        return []
    widest = max(paper.measure(name, TYPE) for name in names)
    every = max(1, -(-int(widest + _BETWEEN) // max(1, int(room))))
    parts: list[Part] = []
    for at in range(len(names) - 1, -1, -every):
        half = paper.measure(names[at], TYPE) / 2
        x = left + (at + 0.5) * room
        place = min(max(x, half), paper.width - half)
        if place - half < left - _GAP and len(names) > 1 and at < len(names) - 1:
            continue
        parts.append(Label(place, foot + TYPE + 5, names[at], Ink.MUTED, anchor=Anchor.MIDDLE))
        parts.append(Stroke(((x, foot), (x, foot + 4)), Ink.MUTED))
    return parts
