"""Tables that break well: the head again on each page, no row higher than a page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TypeAlias

from PIL import Image as Pictured
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Image, LongTable
from reportlab.platypus import Paragraph as SetParagraph
from reportlab.platypus.paraparser import ParaFrag

from cport_desktop.exports.child.looks import LINE, SHADE, WIDTH, Looks
from cport_desktop.exports.child.typefaces import Typefaces, is_plain
from cport_desktop.exports.pages import LONGEST_SIDE, Facts, Picture, Pictures, Table

PADDING = 3
MOST_LINES = 30
"""In one row: what is longer goes on in the next, so that a row never fills a page."""
PICTURES_IN_A_ROW = 5
PICTURE_SIDE = 28 * mm
NAME_SHARE = 0.26
"""Of the width, for the names of facts."""

_Cell: TypeAlias = str | SetParagraph


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
            yield self._grid(rows, widths, styles)

    def table(self, table: Table) -> Iterator[Flowable]:
        total, columns = sum(table.widths), len(table.header)
        widths = [WIDTH * share / total for share in table.widths]
        styles = [
            self._looks.code if column in table.codes else self._looks.cell
            for column in range(columns)
        ]
        heads = [self._looks.head] * columns
        rows = list(self._lines(table.header, widths, heads))[:1]
        for row in table.rows:
            cells = (*row, *[""] * (columns - len(row)))[:columns]
            rows += self._lines(cells, widths, styles)
        yield self._grid(rows, widths, styles, has_head=True)

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
    ) -> Iterator[list[_Cell]]:
        """`row` as one row, or as several where a cell is long."""
        parts = [
            _parts(self._faces.spelled(text), width, style)
            for text, width, style in zip(row, widths, styles, strict=True)
        ]
        for line in zip_longest(*parts, fillvalue=""):
            yield [
                self._cell(text, width, style)
                for text, width, style in zip(line, widths, styles, strict=True)
            ]

    def _cell(self, spelled: str, width: float, style: ParagraphStyle) -> _Cell:
        """Most cells are a line or two of words that fit: a table sets these itself, in a third of the
        time of paragraphs, and they look the same.
        """
        lines = _wrapped(spelled, width - 2 * PADDING, style) if is_plain(spelled) else None
        return self._paragraph(spelled, style) if lines is None else "\n".join(lines)

    def _grid(
        self,
        rows: list[list[_Cell]],
        widths: Sequence[float],
        styles: Sequence[ParagraphStyle],
        *,
        has_head: bool = False,
    ) -> LongTable:
        look = [
            *_faces(styles),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
        if has_head:
            head = self._looks.head
            look.append(("BACKGROUND", (0, 0), (-1, 0), SHADE))
            look.append(("FONT", (0, 0), (-1, 0), head.fontName, head.fontSize, head.leading))
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


def _faces(styles: Sequence[ParagraphStyle]) -> Iterator[tuple[object, ...]]:
    """The typeface and the colour of each column's own text."""
    for column, style in enumerate(styles):
        whole = ((column, 0), (column, -1))
        yield ("FONT", *whole, style.fontName, style.fontSize, style.leading)
        yield ("TEXTCOLOR", *whole, style.textColor)


def _wrapped(plain: str, room: float, style: ParagraphStyle) -> list[str] | None:
    """`plain` in lines that `room` holds, broken between words; None if a word is wider."""
    if stringWidth(plain, style.fontName, style.fontSize) <= room:
        return [plain]
    lines, line = [], ""
    for word in plain.split(" "):
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, style.fontName, style.fontSize) <= room:
            line = longer
        elif stringWidth(word, style.fontName, style.fontSize) > room:
            return None
        else:
            lines.append(line)
            line = word
    return [*lines, line]


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
