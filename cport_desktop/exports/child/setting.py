"""Sets a document: A4, a title page with facts, contents, sections, tables that may run over pages.

On every page: the footer, the page number of how many, and the banner in the head and across
the page where the document has one. The same document gives the same bytes (no clock, no
random identifier). Text is text: nothing in it is taken for markup, and long words break.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Spacer,
)

from cport_desktop.exports.child.contents import contents
from cport_desktop.exports.child.framing import FramedCanvas
from cport_desktop.exports.child.looks import HEAD, MARGIN, PAGE, WIDTH, Looks
from cport_desktop.exports.child.tables import Cells
from cport_desktop.exports.child.typefaces import typefaces
from cport_desktop.exports.pages import (
    Block,
    Document,
    Facts,
    Heading,
    Job,
    Paragraph,
    Pictures,
    Table,
)
from cport_desktop.exports.pdf_place import with_range

ROOM_FOR_A_TABLE = 32 * mm
"""A title with its table begins a new page rather than stand alone at the end of one."""
PDF_VERSION = (1, 7)
"""ISO 32000-1, on which PDF/A-2 stands."""


def set_document(job: Job) -> bytes:
    """The PDF of a job.

    Raises:
        ValueError: a picture of it is none.
    """
    rl_config.useA85 = 0
    made = _Setting(job).pdf()
    return with_range(made) if job.has_place else made


class _Setting:
    def __init__(self, job: Job) -> None:
        self._document: Document = job.document
        self._has_place = job.has_place
        self._faces = typefaces(Path(job.fonts) if job.fonts else None)
        self._looks = Looks(self._faces)
        self._cells = Cells(self._faces, self._looks)

    def pdf(self) -> bytes:
        out = io.BytesIO()
        template = BaseDocTemplate(out, pagesize=PAGE, invariant=1)
        frame = Frame(MARGIN, MARGIN, WIDTH, PAGE[1] - 2 * MARGIN - HEAD, 0, 0, 0, 0, id="text")
        template.addPageTemplates(
            PageTemplate("page", [frame], onPage=lambda canvas, _template: canvas.mark())
        )
        template.build(list(self._flow()), canvasmaker=self._canvas)
        return out.getvalue()

    def _canvas(self, *arguments: object, **keywords: object) -> FramedCanvas:
        return FramedCanvas(
            *arguments,
            document=self._document,
            faces=self._faces,
            has_place=self._has_place,
            **{**keywords, "pdfVersion": PDF_VERSION},
        )

    def _flow(self) -> Iterator[Flowable]:
        document = self._document
        yield self._cells.set(document.title, self._looks.title)
        yield self._cells.set(document.subtitle, self._looks.subtitle)
        yield from self._cells.facts(document.facts)
        keyed = [(f"s{place}", block) for place, block in enumerate(document.blocks)]
        if document.contents:
            yield PageBreak()
            yield self._cells.set(document.contents, self._looks.section)
            headings = ((key, block) for key, block in keyed if isinstance(block, Heading))
            yield from contents(headings, self._faces)
        for key, block in keyed:
            yield from self._block(key, block)

    def _block(self, key: str, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading():
                yield PageBreak() if block.begins_page else Spacer(0, 12)
                yield CondPageBreak(ROOM_FOR_A_TABLE)
                yield _Landing(key, self._faces.spelled(block.text), block.level)
                look = self._looks.section if block.level == 1 else self._looks.part
                yield self._cells.set(block.text, look)
            case Paragraph():
                yield self._cells.set(block.text, self._looks.text)
            case Facts():
                yield from self._cells.facts(block)
            case Table() | Pictures():
                yield CondPageBreak(ROOM_FOR_A_TABLE)
                if block.title:
                    yield self._cells.set(block.title, self._looks.table)
                yield from self._table(block)

    def _table(self, block: Table | Pictures) -> Iterator[Flowable]:
        if isinstance(block, Pictures):
            yield from self._cells.pictures(block)
        elif block.rows:
            yield from self._cells.table(block)
        else:
            yield self._cells.set(block.nothing, self._looks.name)


class _Landing(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Has no size: tells the canvas that a section begins here."""

    _ZEROSIZE = 1

    def __init__(self, key: str, text: str, level: int) -> None:
        super().__init__()
        self._told = (key, text, level)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        canvas: FramedCanvas = self.canv
        canvas.reached(*self._told, height=0)
