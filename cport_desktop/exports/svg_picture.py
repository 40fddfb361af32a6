"""A drawing as an SVG file (SVG 1.1): shapes, lines and texts as they are shown, and nothing else.

No script, no link, no style that names anything outside, no words beyond those that are shown, the name
of the picture and what it says in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from cport_desktop.domain.drawing import Box, Disc, Drawing, Ink, Label, Part, Shape, Stroke

BEGINS_WITH: Final = b"<svg "
_FACE: Final = "Inter, Helvetica, Arial, sans-serif"
_MARGIN: Final = 16
_LONGEST_LINE: Final = 150
"""Letters that fit above a picture, in its smallest type."""
_LEGIBLE: Final = frozenset({0x9, 0xA, 0xD})

PAPER: Final[Mapping[Ink, str]] = {
    Ink.GROUND: "#ffffff",
    Ink.PANEL: "#ffffff",
    Ink.RAISED: "#f0f2f5",
    Ink.LINE: "#dfe3e8",
    Ink.TEXT: "#1b2027",
    Ink.MUTED: "#5a6675",
    Ink.ACCENT: "#1f5fbf",
    Ink.SELECTION: "#dbe8fb",
    Ink.GRAVEST: "#a8322a",
    Ink.GRAVE: "#80590c",
    Ink.LIGHTEST: "#256b3c",
}
"""What is printed is dark on white, whatever the window wears."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a picture that leaves. `mark`: that nothing is real; '' where it is."""

    title: str
    sentence: str
    mark: str = ""


def svg(drawing: Drawing, caption: Caption) -> bytes:
    """The picture, on white, with its caption above it."""
    above = head_of(caption, drawing.width)
    head = above.height
    width, height = drawing.width + 2 * _MARGIN, drawing.height + head + _MARGIN
    size = f'width="{_n(width)}" height="{_n(height)}"'
    seen = f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" font-family={quoteattr(_FACE)}'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {seen}>',
        f"<title>{_said(caption.title)}</title>",
        f"<desc>{_said(caption.sentence)}</desc>",
        f'<rect {size} fill="{PAPER[Ink.PANEL]}"/>',
        *map(_part, above.parts),
    ]
    lines.append(f'<g transform="translate({_MARGIN} {_n(head)})">')
    lines += [_part(part) for part in drawing.parts if _is_seen(part)]
    lines += ["</g>", "</svg>", ""]
    return "\n".join(lines).encode()


def head_of(caption: Caption, width: float) -> Drawing:
    """What stands above a picture: its name, what it says as far as a line holds it, and its mark."""
    said = caption.sentence
    told = said if len(said) <= _LONGEST_LINE else f"{said[: _LONGEST_LINE - 1]}…"
    lines = [
        Label(_MARGIN, 1.6 * _MARGIN, caption.title, size=15.0, is_strong=True),
        Label(_MARGIN, 2.7 * _MARGIN, told, Ink.MUTED, 11.0),
    ]
    if caption.mark:
        lines.append(Label(_MARGIN, 3.7 * _MARGIN, caption.mark, Ink.GRAVE, 11.0))
    return Drawing(width, (len(lines) + 2) * _MARGIN, tuple(lines))


def _is_seen(part: Part) -> bool:
    return not isinstance(part, Box) or part.fill is not None or part.edge is not None


def _part(part: Part) -> str:
    match part:
        case Box(x, y, width, height, fill, edge):
            return (
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
                f' fill="{_ink(fill)}" stroke="{_ink(edge)}"/>'
            )
        case Stroke(points, ink, width, is_dashed):
            dashes = ' stroke-dasharray="4 3"' if is_dashed else ""
            return (
                f'<polyline points="{_points(points)}" fill="none" stroke="{_ink(ink)}"'
                f' stroke-width="{_n(width)}"{dashes}/>'
            )
        case Shape(points, fill, edge):
            return (
                f'<polygon points="{_points(points)}" fill="{_ink(fill)}" stroke="{_ink(edge)}"/>'
            )
        case Disc(x, y, radius, fill, edge):
            return (
                f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"'
                f' fill="{_ink(fill)}" stroke="{_ink(edge)}"/>'
            )
        case Label():
            return _text(part)


def _text(label: Label) -> str:
    weight = ' font-weight="600"' if label.is_strong else ""
    return (
        f'<text x="{_n(label.x)}" y="{_n(label.y)}" font-size="{_n(label.size)}"'
        f' text-anchor="{label.anchor.value}" fill="{_ink(label.ink)}"{weight}>'
        f"{_said(label.text)}</text>"
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _ink(ink: Ink | None) -> str:
    return "none" if ink is None else PAPER[ink]


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _said(text: str) -> str:
    """Without what XML 1.0 (2.2) does not know."""
    return escape("".join(each if _is_legible(ord(each)) else "\ufffd" for each in text))


def _is_legible(point: int) -> bool:
    is_surrogate = 0xD800 <= point <= 0xDFFF
    return point in _LEGIBLE or (
        point >= 0x20 and not is_surrogate and point not in (0xFFFE, 0xFFFF)
    )
