"""Tables that break well: the head again on each page, no row higher than a page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from PIL import Image as Pictured
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, LongTable
from reportlab.platypus import Paragraph as SetParagraph
from reportlab.platypus.paraparser import ParaFrag

from cport_desktop.exports.child.looks import LINE, SHADE, WIDTH, Looks
from cport_desktop.exports.child.typefaces import Typefaces
from cport_desktop.exports.pages import LONGEST_SIDE, Facts, Picture, Pictures, Table

PADDING = 3
MOST_LINES = 30
"""In one row: what is longer goes on in the next, so that a row never fills a page."""
PICTURES_IN_A_ROW = 5
PICTURE_SIDE = 28 * mm
NAME_SHARE = 0.26
"""Of the width, for the names of facts."""


class Cells:
    """Makes cells of text in the typefaces and styles of a document."""

    def __init__(self, faces: Typefaces, looks: Looks) -> None:
        self._faces = faces
        self._looks = looks
        self._patterns: dict[str, ParaFrag] = {}

    def set(self, text: str, style: ParagraphStyle) -> SetParagraph:
        return self._paragraph(self._faces.spelled(text), style)

    def facts(self, facts: Facts) -> Iterator[Flowable]:
        widths = (WIDTH * NAME_SHARE, WIDTH * (1 - NAME_SHARE))
        styles = (self._looks.name, self._looks.cell)
        rows = [line for row in facts.rows for line in self._lines(row, widths, styles)]
        if rows:
            yield self._grid(rows, widths)

    def table(self, table: Table) -> Iterator[Flowable]:
        total, columns = sum(table.widths), len(table.header)
        widths = [WIDTH * share / total for share in table.widths]
        styles = [
            self._looks.code if column in table.codes else self._looks.cell
            for column in range(columns)
        ]
        rows = [[self.set(text, self._looks.head) for text in table.header]]
        for row in table.rows:
            cells = (*row, *[""] * (columns - len(row)))[:columns]
            rows += self._lines(cells, widths, styles)
        yield self._grid(rows, widths, has_head=True)

    def pictures(self, pictures: Pictures) -> Iterator[Flowable]:
        cells = [
            [_image(each), self.set(each.caption, self._looks.name)] for each in pictures.pictures
        ]
        rows = [
            (cells[at : at + PICTURES_IN_A_ROW] + [[]] * PICTURES_IN_A_ROW)[:PICTURES_IN_A_ROW]
            for at in range(0, len(cells), PICTURES_IN_A_ROW)
        ]
        if rows:
            look = [("VALIGN", (0, 0), (-1, -1), "TOP"), self._own_face()]
            widths = [WIDTH / PICTURES_IN_A_ROW] * PICTURES_IN_A_ROW
            yield LongTable(rows, colWidths=widths, style=look)

    def _lines(
        self, row: Sequence[str], widths: Sequence[float], styles: Sequence[ParagraphStyle]
    ) -> Iterator[list[SetParagraph]]:
        """`row` as one row, or as several where a cell is long."""
        parts = [
            _parts(self._faces.spelled(text), width, style)
            for text, width, style in zip(row, widths, styles, strict=True)
        ]
        for line in zip_longest(*parts, fillvalue=""):
            yield [self._paragraph(text, style) for text, style in zip(line, styles, strict=True)]

    def _grid(
        self,
        rows: list[list[SetParagraph]],
        widths: Sequence[float],
        *,
        has_head: bool = False,
    ) -> LongTable:
        look = [
            self._own_face(),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
        if has_head:
            look.append(("BACKGROUND", (0, 0), (-1, 0), SHADE))
        return LongTable(rows, colWidths=list(widths), repeatRows=int(has_head), style=look)

    def _own_face(self) -> tuple[object, ...]:
        """Otherwise a table names Helvetica, which nothing is set in and which is not embedded."""
        return ("FONT", (0, 0), (-1, -1), self._faces.body.name, 8)

    def _paragraph(self, spelled: str, style: ParagraphStyle) -> SetParagraph:
        """Its parts are handed over as they are: no text goes through a parser of markup."""
        faces = (self._faces.bold, self._faces.code, self._faces.body)
        face = next(one for one in faces if one.name == style.fontName)
        pattern = self._patterns.get(style.name)
        if pattern is None:
            pattern = self._patterns[style.name] = SetParagraph("x", style).frags[0]
        runs = self._faces.runs(spelled, face)
        return SetParagraph("", style, frags=[pattern.clone(fontName=n, text=t) for n, t in runs])


def _parts(spelled: str, width: float, style: ParagraphStyle) -> list[str]:
    """`spelled` in pieces of at most `MOST_LINES` lines, were every sign as wide as it is high;
    they end between words where there are any.
    """
    longest = max(1, int((width - 2 * PADDING) / style.fontSize)) * MOST_LINES
    parts, rest = [], spelled
    while len(rest) > longest:
        end = rest.rfind(" ", longest // 2, longest) + 1 or longest
        parts.append(rest[:end])
        rest = rest[end:]
    return [*parts, rest]


def _image(picture: Picture) -> Flowable:
    """Its pixels alone, on white: nothing else that the file says reaches the PDF.

    Raises:
        ValueError: it is no small PNG.
    """
    with Pictured.open(io.BytesIO(picture.png), formats=("PNG",)) as opened:
        if max(opened.size) > LONGEST_SIDE:
            raise ValueError("a picture is larger than a veiled one")
        seen = opened.convert("RGBA")
    ground = Pictured.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    scale = PICTURE_SIDE / max(ground.size)
    flat = io.BytesIO()
    ground.save(flat, "PNG")
    flat.seek(0)
    return Image(flat, ground.width * scale, ground.height * scale, hAlign="LEFT")
