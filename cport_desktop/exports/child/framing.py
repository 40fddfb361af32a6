"""The canvas: keeps its pages until their number is known, then completes each of them.

What a page says of others (its number of how many, where a section begins, bookmarks, links) is
noted while it is set and written when all are. Each page is set once.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from cport_desktop.exports.child.archival import Archive
from cport_desktop.exports.child.looks import (
    ALARM,
    ALARM_FAINT,
    HEAD,
    LINE,
    MARGIN,
    PAGE,
    QUIET,
    WIDTH,
)
from cport_desktop.exports.child.typefaces import Typeface, Typefaces
from cport_desktop.exports.pages import Document

NOTE_SIZE = 7.5
CONTENTS_SIZE = 9
LARGE, ACROSS = 84, 760
"""Points: the banner across a page, and the room for it."""
PRINTED = 4
"""The flag of an annotation that is printed (ISO 32000-1, 12.5.3); PDF/A asks for it."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A heading that was set: `key` is its own, `top` in points from the lower edge."""

    key: str
    text: str
    level: int
    top: float


@dataclass(frozen=True, slots=True)
class Pointer:
    """A line of the contents from `left` to `right`; the number of `key`'s page belongs to its end."""

    key: str
    text: str
    left: float
    right: float
    base: float


class FramedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """The canvas of one document. `banner` and running head are its own."""

    def __init__(
        self,
        *arguments: object,
        document: Document,
        faces: Typefaces,
        has_place: bool,
        **keywords: object,
    ) -> None:
        super().__init__(
            *arguments,
            **{**keywords, "initialFontName": faces.body.name, "lang": document.language},
        )
        self._document = document
        self._faces = faces
        self._archive = Archive(document, is_embedded=faces.are_embedded, has_place=has_place)
        self._pages: list[dict[str, object]] = []
        self._landmarks: list[Landmark] = []
        self._pointers: list[Pointer] = []

    def reached(self, key: str, text: str, level: int, height: float) -> None:
        """A heading stands here, its upper edge `height` above where the canvas is."""
        self._landmarks.append(Landmark(key, text, level, self.absolutePosition(0, height)[1]))

    def points(self, key: str, text: str, left: float, right: float, base: float) -> None:
        """A line of the contents stands here."""
        x, y = self.absolutePosition(left, base)
        self._pointers.append(Pointer(key, text, x, x + right - left, y))

    def mark(self) -> None:
        """What lies under the text of a page: the banner, and across it."""
        banner = self._document.banner
        if banner is None:
            return
        bold = self._faces.bold
        self.saveState()
        self.setFillColor(ALARM_FAINT)
        shown = self._faces.settable(banner, bold)
        width = self.stringWidth(shown, bold.name, LARGE)
        self.setFont(bold.name, LARGE * min(1, ACROSS / width) if width else LARGE)
        self.translate(PAGE[0] / 2, PAGE[1] / 2)
        self.rotate(52)
        self.drawCentredString(0, -28, shown)
        self.restoreState()
        self.saveState()
        self.setFillColor(ALARM)
        self.setFont(bold.name, 10)
        self.drawCentredString(PAGE[0] / 2, PAGE[1] - MARGIN / 2 - 4, shown)
        self.restoreState()

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        self._landmarks, self._pointers = [], []
        self._startPage()

    def save(self) -> None:
        pages = [(number, page) for number, page in enumerate(self._pages, start=1)]
        reached = {mark.key: number for number, page in pages for mark in page["_landmarks"]}  # type: ignore[attr-defined]
        section = ""
        for number, page in pages:
            self.__dict__.update(page)
            section = next((mark.text for mark in self._landmarks), section)
            self._frame(number, len(pages), section)
            self._land()
            self._point(reached)
            if number == 1:
                self._archive.sign_on(self)
            super().showPage()
            section = self._landmarks[-1].text if self._landmarks else section
        self._archive.complete(self)
        super().save()

    def _frame(self, number: int, pages: int, section: str) -> None:
        body = self._faces.body
        self.setFont(body.name, NOTE_SIZE)
        self.setFillColor(QUIET)
        place = self._document.page_of.format(page=number, pages=pages)
        right = self.stringWidth(place, body.name, NOTE_SIZE)
        self.drawRightString(PAGE[0] - MARGIN, MARGIN / 2, place)
        self.drawString(MARGIN, MARGIN / 2, self._cut(self._document.footer, WIDTH - right - 12))
        if number > 1:
            line = PAGE[1] - MARGIN - HEAD / 2 + 4
            self.drawString(MARGIN, line + 4, self._cut(self._document.title, WIDTH * 0.6))
            self.drawRightString(PAGE[0] - MARGIN, line + 4, self._cut(section, WIDTH * 0.36))
            self.setStrokeColor(LINE)
            self.setLineWidth(0.4)
            self.line(MARGIN, line, PAGE[0] - MARGIN, line)

    def _cut(self, text: str, width: float) -> str:
        body = self._faces.body
        return cut(self._faces.settable(text, body), body, NOTE_SIZE, width)

    def _land(self) -> None:
        for mark in self._landmarks:
            self.bookmarkPage(mark.key, fit="XYZ", left=0, top=mark.top + 6, zoom=0)
            self.addOutlineEntry(mark.text, mark.key, level=mark.level - 1, closed=mark.level == 1)

    def _point(self, reached: dict[str, int]) -> None:
        for pointer in self._pointers:
            self.setFont(self._faces.body.name, CONTENTS_SIZE)
            self.setFillColor(QUIET)
            self.drawRightString(pointer.right, pointer.base, str(reached[pointer.key]))
            edges = (pointer.left, pointer.base - 3, pointer.right, pointer.base + 10)
            self.linkAbsolute(pointer.text, pointer.key, edges, name=pointer.key, F=PRINTED)


def cut(text: str, face: Typeface, size: float, width: float) -> str:
    """As much of `text` as `width` has room for, with an ellipsis where something is missing."""
    if stringWidth(text, face.name, size) <= width:
        return text
    shown = text[:300]
    while shown and stringWidth(f"{shown}…", face.name, size) > width:
        shown = shown[:-1]
    return f"{shown}…"
