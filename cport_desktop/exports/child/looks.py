"""How a page looks: measures in points, colours, the styles of text. No transparency anywhere."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from cport_desktop.exports.child.typefaces import Typeface, Typefaces

PAGE = A4
MARGIN = 18 * mm
HEAD = 9 * mm
"""What the running head takes of the page above the text."""
WIDTH = PAGE[0] - 2 * MARGIN
INK = colors.HexColor("#1b1f24")
QUIET = colors.HexColor("#4f5964")
LINE = colors.HexColor("#c8ced6")
SHADE = colors.HexColor("#eef1f5")
ALARM = colors.HexColor("#b42318")
ALARM_FAINT = colors.HexColor("#fbf0ef")
"""The alarm's colour as it is across a page, under the text."""


class Looks:
    """The styles of a document in its typefaces."""

    def __init__(self, faces: Typefaces) -> None:
        self.title = style("title", faces.bold, 22, space_after=4)
        self.subtitle = style("subtitle", faces.body, 12, color=QUIET, space_after=16)
        self.section = style("section", faces.bold, 16, space_after=8)
        self.part = style("part", faces.bold, 13, space_after=6)
        self.table = style("table", faces.bold, 9.5, space_before=10, space_after=4)
        self.text = style("text", faces.body, 9.5, space_before=8, space_after=8)
        self.cell = style("cell", faces.body, 8)
        self.code = style("code", faces.code, 7)
        self.name = style("name", faces.body, 8, color=QUIET)
        self.head = style("head", faces.bold, 8)


def style(
    name: str,
    face: Typeface,
    size: float,
    *,
    color: colors.Color = INK,
    space_before: float = 0,
    space_after: float = 0,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=face.name,
        fontSize=size,
        leading=size * 1.3,
        textColor=color,
        spaceBefore=space_before,
        spaceAfter=space_after,
        splitLongWords=True,
    )
