"""One page of the manual: our own HTML, drawn; nothing is fetched, nothing is decoded, nothing leads out.

This is the one place where the window draws rich text. What it draws comes with the program and holds nothing from outside
(a test walks the code for any other place). The widget is asked for pages and pictures by name, here, and has no way of its own
to a file or a network.
"""

from __future__ import annotations

from string import Template
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage, QResizeEvent, QTextDocument, qRgb
from PySide6.QtWidgets import QTextBrowser, QWidget

from cport_desktop.formats.manual_pages import ManualDamaged
from cport_desktop.ui.manual_book import ManualBook
from cport_desktop.ui.theme import MONO
from cport_desktop.words import manual as say

_PAGE: Final = ".html"
_EDGE: Final = 24
"""Pixels beside the text, and beside a picture."""
_SMOOTH: Final = Qt.TransformationMode.SmoothTransformation

_LOOK: Final = Template("""
h1 { font-size: 22px; font-weight: 600; margin-bottom: 12px; }
h2 { font-size: 17px; font-weight: 600; margin-top: 22px; }
h3 { font-size: 14px; font-weight: 600; margin-top: 16px; }
h4 { font-size: 13px; font-weight: 600; margin-top: 12px; }
p, li { line-height: 135%; }
.picture { line-height: 100%; }
code { font-family: "$mono"; font-size: 12px; }
pre { font-family: "$mono"; font-size: 12px; background-color: $raised; white-space: pre-wrap; margin-top: 8px; margin-bottom: 8px; }
a { color: $link; }
b, th { font-weight: 600; }
th { background-color: $raised; text-align: left; }
td, th { border-bottom: 1px solid $muted; }
.caption { color: $muted; font-size: 12px; }
""")
"""In the colours of the theme."""


class ManualBrowser(QTextBrowser):
    """Shows a place of a book: `chapter`, or `chapter#anchor`. Arrows and page keys scroll, Tab goes through the links, Alt+Left
    goes back.

    Signals:
        arrived(str): the name of the chapter that is shown now.
    """

    arrived = Signal(str)

    def __init__(self, book: ManualBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._drawn_for = 0
        """The width for which the pictures of this page were drawn; 0 where it has none."""
        # Behind the event: a page that is laid out anew while it is resized is resized again.
        self._redrawing = QTimer(self)
        self._redrawing.setSingleShot(True)
        self._redrawing.setInterval(0)
        self._redrawing.timeout.connect(self._again)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        # Always: a picture's width would otherwise depend on whether its page is long.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(_EDGE)
        self._dress()

    def show_place(self, place: str) -> None:
        """Go there; a place that is not in the book is its beginning."""
        name, _, anchor = place.partition("#")
        target = QUrl(f"{self._book.known(name)}{_PAGE}")
        if anchor:
            target.setFragment(anchor)
        self.setSource(target)

    def chapter(self) -> str:
        """The name of the chapter that is shown."""
        return self.source().path().removesuffix(_PAGE)

    def doSetSource(
        self,
        name: QUrl | str,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,  # noqa: A002, ARG002 - Qt's name
    ) -> None:
        """Go to another page of the book; anything else goes nowhere."""
        target = QUrl(name)
        if target.isRelative() and self._book.has(target.path().removesuffix(_PAGE)):
            self._drawn_for = 0
            super().doSetSource(target, QTextDocument.ResourceType.HtmlResource)
            self.arrived.emit(self.chapter())

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, ARG002 - Qt's name
        """A page or a picture of the book; nothing else is looked for anywhere."""
        if not QUrl(name).isRelative():
            return None
        asked = QUrl(name).path()
        try:
            if asked.endswith(_PAGE):
                return self._book.page(asked.removesuffix(_PAGE))
            return self._drawn(asked)
        except ManualDamaged:
            return say.PAGE_DAMAGED if asked.endswith(_PAGE) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are as wide as the page."""
        super().resizeEvent(event)
        if self._drawn_for and abs(self._room() - self._drawn_for) > _EDGE:
            self._redrawing.start()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._dress()
            self._redrawing.start()

    # -- inside

    def _room(self) -> int:
        return max(self.viewport().width() - 2 * _EDGE, 1)

    def _drawn(self, file: str) -> QImage:
        picture = self._book.picture(file)
        wide, indexed = picture.width, QImage.Format.Format_Indexed8
        drawn = QImage(picture.rows, wide, picture.height, wide, indexed)
        triples = zip(*[iter(picture.colours)] * 3, strict=True)
        drawn.setColorTable([qRgb(*triple) for triple in triples])
        self._drawn_for = self._room()
        ratio = self.devicePixelRatioF()
        shown = drawn.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
            round(min(self._room(), picture.width) * ratio), _SMOOTH
        )
        shown.setDevicePixelRatio(ratio)
        return shown

    def _again(self) -> None:
        """Draw the page again, at the place where it stood."""
        if not self.source().isEmpty():
            bar = self.verticalScrollBar()
            share = bar.value() / max(bar.maximum(), 1)
            self.reload()
            bar.setValue(round(share * bar.maximum()))

    def _dress(self) -> None:
        colours = QGuiApplication.palette()
        look = _LOOK.substitute(
            mono=MONO,
            link=colours.link().color().name(),
            raised=colours.alternateBase().color().name(),
            muted=colours.placeholderText().color().name(),
        )
        self.document().setDefaultStyleSheet(look)
