"""The manual as a PDF: A4, contents with page numbers, bookmarks, links inside, page numbers; in our own typefaces.

The same source gives the same bytes: no clock and no random identifier. It is set by the build, of our own text, and
not by the program; the documents of packages are set by `exports.child`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final, assert_never

from manual_blocks import Aside, Block, Code, Figure, Grid, Heading, Items, Run, Runs, Text, plain
from manual_book import ROOT, Book, Chapter
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    ListFlowable,
    ListItem,
    LongTable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
    XPreformatted,
)
from reportlab.platypus.tableofcontents import TableOfContents

from cport_desktop.exports.child.looks import INK, LINE, MARGIN, PAGE, QUIET, SHADE, WIDTH
from cport_desktop.exports.child.typefaces import BODY_FILES, BOLD_FILES, CODE_FILES

BODY, BOLD, MONO, SLANTED = "Body", "Bold", "Code", "Slanted"
LINK: Final = colors.HexColor("#1f5fbf")
LONGEST_LINE: Final = 108
"""Characters of a block of commands that stand in one line; what is longer goes on in the next."""
_PADDING: Final = 4
_SHARE_OF_WIDTH: Final = 0.86
"""What a picture takes of it: its words can still be read, and two and their text fit a page."""


def write_pdf(book: Book, path: Path, *, version: str) -> None:
    """The whole book."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_Setting(book, version).pdf())


class _Template(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Tells the contents and the bookmarks of each heading that was set; a bookmark stands one deeper than the one
    before at most, as PDF has it.
    """

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        self._depth = -1

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        told = getattr(flowable, "landmark", None)
        if told is None:
            return
        wanted, text, key = told
        level = self._depth = min(wanted, self._depth + 1)
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level=level, closed=level > 0)
        if level < 2:
            self.notify("TOCEntry", (level, text, self.page, key))


class _Setting:
    def __init__(self, book: Book, version: str) -> None:
        rl_config.invariant = 1
        rl_config.useA85 = 0
        _register(ROOT / "resources" / "fonts")
        self._book = book
        self._version = version
        self._styles = _styles()

    def pdf(self) -> bytes:
        out = io.BytesIO()
        template = _Template(
            out,
            pagesize=PAGE,
            invariant=1,
            title=self._book.title,
            author="CPORT Desktop",
            lang="en",
            initialFontName=BODY,
        )
        frame = Frame(MARGIN, MARGIN, WIDTH, PAGE[1] - 2 * MARGIN, 0, 0, 0, 0, id="text")
        template.addPageTemplates(PageTemplate("page", [frame], onPage=self._mark))
        template.multiBuild(list(self._flow()))
        return out.getvalue()

    def _mark(self, canvas: Any, _template: object) -> None:
        if canvas.getPageNumber() == 1:
            return
        canvas.setFont(BODY, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, MARGIN / 2, f"{self._book.title} – {self._version}")
        canvas.drawRightString(PAGE[0] - MARGIN, MARGIN / 2, str(canvas.getPageNumber()))

    def _flow(self) -> Iterator[Flowable]:
        yield Spacer(0, 60 * mm)
        yield Paragraph(escape(self._book.title), self._styles["title"])
        yield Paragraph(escape(self._version), self._styles["quiet"])
        yield PageBreak()
        yield Paragraph("Contents", self._styles["h1"])
        contents = TableOfContents(dotsMinLevel=-1)
        # Otherwise its table names a typeface that nothing is set in and that is not embedded.
        contents.tableStyle = TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), BODY, 8),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
        contents.levelStyles = [self._styles["toc0"], self._styles["toc1"]]
        yield contents
        part = ""
        for chapter in self._book.chapters:
            yield PageBreak()
            if chapter.part != part:
                part = chapter.part
                yield self._landmark(0, part, f"part-{part}", self._styles["part"], shown=part)
            for block in chapter.blocks:
                yield from self._block(block, chapter, WIDTH)

    def _landmark(
        self, level: int, text: str, key: str, style: ParagraphStyle, *, shown: str
    ) -> Flowable:
        """`text` stands in the contents and the bookmarks, `shown` on the page."""
        made = Paragraph(f'<a name="{escape(key)}"/>{escape(shown)}', style)
        made.landmark = (level, text, key)
        return made

    def _block(self, block: Block, chapter: Chapter, width: float) -> Iterator[Flowable]:
        match block:
            case Heading():
                is_title = block.level == 1
                key = chapter.name if is_title else f"{chapter.name}#{block.anchor}"
                yield CondPageBreak(30 * mm)
                style = self._styles[f"h{min(block.level, 4)}"]
                told = chapter.title if is_title else plain(block.runs)
                yield self._landmark(block.level, told, key, style, shown=plain(block.runs))
            case Text():
                yield Paragraph(_runs(block.runs), self._styles["text"])
            case Code():
                yield XPreformatted(escape(_folded(block.text)), self._styles["code"])
            case Items():
                yield self._items(block, chapter, width)
            case Grid():
                yield from self._grid(block, width)
            case Figure():
                yield self._figure(block, width)
            case Aside():
                for inner in block.blocks:
                    yield from self._block(inner, chapter, width)
            case _:
                assert_never(block)

    def _items(self, block: Items, chapter: Chapter, width: float) -> Flowable:
        items = [
            ListItem([made for each in item for made in self._block(each, chapter, width - 14)])
            for item in block.items
        ]
        kind = {"bulletType": "1"} if block.is_numbered else {"bulletType": "bullet", "start": "•"}
        look = {"bulletFontName": BODY, "bulletFontSize": 9, "bulletColor": QUIET}
        return ListFlowable(items, leftIndent=14, spaceAfter=4, **kind, **look)

    def _grid(self, grid: Grid, width: float) -> Iterator[Flowable]:
        head = [Paragraph(_runs(cell), self._styles["head"]) for cell in grid.head]
        rows = [[Paragraph(_runs(cell), self._styles["cell"]) for cell in row] for row in grid.rows]
        look = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONT", (0, 0), (-1, -1), BODY, 8),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("BACKGROUND", (0, 0), (-1, 0), SHADE),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ]
        yield LongTable([head, *rows], colWidths=_widths(grid, width), repeatRows=1, style=look)
        yield Spacer(0, 8)

    def _figure(self, figure: Figure, width: float) -> Flowable:
        picture = Image(figure.path)
        wide = width * _SHARE_OF_WIDTH
        picture.drawWidth, picture.drawHeight = (
            wide,
            picture.imageHeight * wide / picture.imageWidth,
        )
        picture.hAlign = "LEFT"
        caption = Paragraph(escape(figure.caption), self._styles["caption"])
        return KeepTogether([Spacer(0, 4), picture, caption])


def _register(fonts: Path) -> None:
    files = ((BODY, BODY_FILES), (BOLD, BOLD_FILES), (MONO, CODE_FILES))
    for name, (file, *_) in files:
        pdfmetrics.registerFont(TTFont(name, str(fonts / file), shapable=False))


def _styles() -> dict[str, ParagraphStyle]:
    def made(
        name: str, face: str, size: float, before: float, after: float, **more: object
    ) -> None:
        leading = size * 1.38
        found[name] = ParagraphStyle(
            name,
            **{"fontName": face, "fontSize": size, "leading": leading, "textColor": INK, **more},
            spaceBefore=before,
            spaceAfter=after,
            splitLongWords=True,
        )

    found: dict[str, ParagraphStyle] = {}
    made("title", BOLD, 26, 0, 8)
    made("quiet", BODY, 11, 0, 0, textColor=QUIET)
    made("part", BODY, 11, 0, 2, textColor=QUIET)
    made("h1", BOLD, 18, 0, 8)
    made("h2", BOLD, 13, 12, 4, keepWithNext=1)
    made("h3", BOLD, 10.5, 10, 3, keepWithNext=1)
    made("h4", BOLD, 9.5, 8, 2, keepWithNext=1)
    made("text", BODY, 9.5, 2, 5)
    made("cell", BODY, 8, 0, 0)
    made("head", BOLD, 8, 0, 0)
    made("caption", BODY, 8, 2, 8, textColor=QUIET)
    code = {"backColor": SHADE, "borderPadding": 5, "leftIndent": 5, "rightIndent": 5}
    made("code", MONO, 7.2, 6, 9, **code)
    made("toc0", BOLD, 10.5, 8, 2)
    made("toc1", BODY, 9.5, 1, 1, leftIndent=10)
    return found


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    """Reportlab's own markup of a paragraph; all text in it is escaped."""
    made = escape(run.text)
    if run.is_code:
        made = f'<font face="{MONO}" size="-1">{made}</font>'
    elif run.is_bold:
        made = f'<font face="{BOLD}">{made}</font>'
    elif run.is_italic:
        made = f'<font color="{QUIET.hexval().replace("0x", "#")}">{made}</font>'
    if run.link is None:
        return made
    return f'<a href="#{escape(run.link)}" color="{LINK.hexval().replace("0x", "#")}">{made}</a>'


def _widths(grid: Grid, width: float) -> list[float]:
    """Columns by the words in them: none narrower than an eighth, so that a code breaks seldom."""
    cells = zip(*(grid.head, *grid.rows), strict=True)
    longest = [max(len(plain(cell)) for cell in column) for column in cells]
    shares = [min(max(each, 8), 60) for each in longest]
    least = width / 8
    wanted = [max(least, width * share / sum(shares)) for share in shares]
    return [each * width / sum(wanted) for each in wanted]


def _folded(text: str) -> str:
    """Long lines of a block, broken between words, with what follows set in."""
    return "\n".join(part for line in text.splitlines() for part in _parts(line))


def _parts(line: str) -> Iterator[str]:
    while len(line) > LONGEST_LINE:
        at = line.rfind(" ", 20, LONGEST_LINE)
        at = at if at > 0 else LONGEST_LINE
        yield line[:at]
        line = f"    {line[at:].lstrip()}"
    yield line
