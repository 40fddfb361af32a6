"""Sets a document: A4, a title page with facts, sections, tables that may run over pages.

On every page: the footer, the page number of how many, and the banner in the head and across
the page where the document has one. The same document gives the same bytes (no date, no
random identifier). Text is text: nothing in it is taken for markup, and long words break.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, PageBreak, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as SetParagraph

from cport_desktop.exports.child.typefaces import Typeface, Typefaces, typefaces
from cport_desktop.exports.pages import Block, Document, Facts, Heading, Job, Paragraph, Table

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
LONGEST_CELL = 1_500
"""Signs: a cell cannot run over a page, so a longer text is set as rows of this length."""
INK = colors.HexColor("#1b1f24")
QUIET = colors.HexColor("#5a6470")
LINE = colors.HexColor("#c8ced6")
SHADE = colors.HexColor("#f2f4f7")
ALARM = colors.HexColor("#b42318")


def set_document(job: Job) -> bytes:
    """The PDF of a job."""
    setting = _Setting(job.document, typefaces(Path(job.fonts) if job.fonts else None))
    return setting.pdf()


class _Setting:
    def __init__(self, document: Document, faces: Typefaces) -> None:
        self._document = document
        self._faces = faces
        self._title = _style("title", faces.bold, 20, space_after=4)
        self._subtitle = _style("subtitle", faces.body, 11, color=QUIET, space_after=14)
        self._heading = _style("heading", faces.bold, 14, space_after=8)
        self._small_heading = _style("small", faces.bold, 9.5, space_before=10, space_after=4)
        self._text = _style("text", faces.body, 9.5, space_before=10, space_after=8)
        self._cell = _style("cell", faces.body, 8)
        self._name = _style("name", faces.body, 8, color=QUIET)
        self._head = _style("head", faces.bold, 8)

    def pdf(self) -> bytes:
        out = io.BytesIO()
        template = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN + 6 * mm,
            bottomMargin=MARGIN,
            title=self._document.title,
            author=self._document.footer,
            invariant=1,
        )
        template.build(list(self._flow()), canvasmaker=self._canvas)
        return out.getvalue()

    def _canvas(self, *arguments: object, **keywords: object) -> Canvas:
        return _FramedCanvas(*arguments, document=self._document, faces=self._faces, **keywords)

    def _flow(self) -> Iterator[Flowable]:
        yield self._set(self._document.title, self._title)
        yield self._set(self._document.subtitle, self._subtitle)
        yield from self._facts(self._document.facts)
        for block in self._document.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading():
                yield PageBreak() if block.begins_page else Spacer(0, 8)
                yield self._set(block.text, self._heading)
            case Paragraph():
                yield self._set(block.text, self._text)
            case Facts():
                yield from self._facts(block)
            case Table():
                yield from self._table(block)

    def _facts(self, facts: Facts) -> Iterator[Flowable]:
        rows = [
            [self._set(name if part == 0 else "", self._name), self._set(text, self._cell)]
            for name, value in facts.rows
            for part, text in enumerate(_parts(value))
        ]
        if rows:
            yield _grid(rows, [WIDTH * 0.24, WIDTH * 0.76])

    def _table(self, table: Table) -> Iterator[Flowable]:
        yield self._set(table.title, self._small_heading)
        if not table.rows:
            yield self._set(table.nothing, self._name)
            return
        total = sum(table.widths)
        rows = [[self._set(text, self._head) for text in table.header]]
        rows += [[self._set(cell, self._cell) for cell in line] for line in _lines(table)]
        yield _grid(rows, [WIDTH * share / total for share in table.widths], has_head=True)

    def _set(self, text: str, style: ParagraphStyle) -> SetParagraph:
        face = self._faces.bold if style.fontName == self._faces.bold.name else self._faces.body
        return SetParagraph(self._faces.marked(text, face), style)


class _FramedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Keeps its pages until their number is known, then frames each of them."""

    def __init__(
        self, *arguments: object, document: Document, faces: Typefaces, **keywords: object
    ) -> None:
        super().__init__(*arguments, **keywords)
        self._document = document
        self._faces = faces
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._frame(number)
            super().showPage()
        super().save()

    def _frame(self, number: int) -> None:
        self.setFont(self._faces.body.name, 7.5)
        self.setFillColor(QUIET)
        place = self._document.page_of.format(page=number, pages=len(self._pages))
        self.drawRightString(A4[0] - MARGIN, MARGIN / 2, place)
        self.drawString(MARGIN, MARGIN / 2, _settable(self._document.footer, self._faces.body))
        if self._document.banner is not None:
            self._mark(self._document.banner)

    def _mark(self, banner: str) -> None:
        self.setFillColor(ALARM)
        self.setFont(self._faces.bold.name, 11)
        self.drawCentredString(A4[0] / 2, A4[1] - MARGIN, banner)
        self.saveState()
        self.setFillColor(ALARM, alpha=0.07)
        self.setFont(self._faces.bold.name, 84)
        self.translate(A4[0] / 2, A4[1] / 2)
        self.rotate(52)
        self.drawCentredString(0, -28, banner)
        self.restoreState()


def _settable(text: str, face: Typeface) -> str:
    return "".join(sign if face.has(sign) else f"<U+{ord(sign):04X}>" for sign in text)


def _style(
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


def _grid(
    rows: list[list[SetParagraph]], widths: list[float], *, has_head: bool = False
) -> LongTable:
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    if has_head:
        look.append(("BACKGROUND", (0, 0), (-1, 0), SHADE))
    return LongTable(rows, colWidths=widths, repeatRows=int(has_head), style=look)


def _lines(table: Table) -> Iterator[tuple[str, ...]]:
    """The rows of `table`, one with long cells as several."""
    columns = len(table.header)
    for row in table.rows:
        parts = [_parts(cell) for cell in (*row, *[""] * (columns - len(row)))[:columns]]
        for line in range(max(len(part) for part in parts)):
            yield tuple(part[line] if line < len(part) else "" for part in parts)


def _parts(text: str) -> list[str]:
    return [text[start : start + LONGEST_CELL] for start in range(0, len(text), LONGEST_CELL)] or [
        ""
    ]
