"""A picture as a list of simple parts, which a window paints and a file spells out.

Lengths are in pixels at 100 %, y grows downwards. Inks are named as the colours of a theme
(`ui.theme.Theme`), so the same drawing is shown in any of them. How wide a text is, whoever lays
something out is told (`Measure`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Measure = Callable[[str, float], float]
"""(text, size of the type) → its width."""
Point = tuple[float, float]


class Ink(StrEnum):
    """A colour by its name in a theme."""

    GROUND = "ground"
    PANEL = "panel"
    RAISED = "raised"
    LINE = "line"
    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    SELECTION = "selection"
    GRAVEST = "gravest"
    GRAVE = "grave"
    LIGHTEST = "lightest"


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: Ink | None = None
    edge: Ink | None = None
    item: int | None = None
    """Of what is shown, which one this stands for: what a click on it means."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through `points`."""

    points: tuple[Point, ...]
    ink: Ink
    width: float = 1.0
    is_dashed: bool = False
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline of straight sides."""

    points: tuple[Point, ...]
    fill: Ink
    edge: Ink
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    x: float
    y: float
    radius: float
    fill: Ink
    edge: Ink
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; `y` is that of its baseline."""

    x: float
    y: float
    text: str
    ink: Ink = Ink.TEXT
    size: float = 12.0
    anchor: Anchor = Anchor.START
    is_strong: bool = False


Part = Box | Stroke | Shape | Disc | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    parts: tuple[Part, ...]


def shortened_to(text: str, room: float, size: float, measure: Measure) -> str:
    """`text`, or its beginning and an ellipsis, no wider than `room`."""
    if measure(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(f"{text[:middle]}…", size) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low]}…"
