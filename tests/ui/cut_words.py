"""Words that have less room than they need: what a window cuts off, told widget by widget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.wrapped_text import WrappedText

_ROUNDED = 2
"""Pixels by which a size may differ from what was asked for."""
_CARET = 4
"""Pixels that a line edit keeps free beside its text (`QLineEdit`, horizontal margins of 2)."""


class Cut(NamedTuple):
    """Words that need more room than they have, in pixels along the side where it lacks."""

    widget: str
    text: str
    needs: int
    has: int


def cut_in(window: QWidget) -> Iterator[Cut]:
    """What of `window` is shown in less room than its words need. What is elided by design, with the
    whole on hover, is not cut, nor is what a scroll bar brings into view.
    """
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield from _cut_of(widget)


def _cut_of(widget: QWidget) -> Iterator[Cut]:
    match widget:
        case QLabel() if widget.wordWrap() or isinstance(widget, WrappedText):
            width, height = widget.width(), widget.height()
            needs = widget.heightForWidth(width) if widget.wordWrap() else height
            yield from _where_short(widget, widget.text(), ((needs, height),))
        case QLabel() | QAbstractButton() if _shows_words(widget):
            wanted, given = widget.sizeHint(), widget.size()
            pairs = ((wanted.width(), given.width()), (wanted.height(), given.height()))
            yield from _where_short(widget, widget.text(), pairs)
            yield from _over_the_edge(widget)
        case QComboBox():
            needs = widget.fontMetrics().horizontalAdvance(widget.currentText())
            yield from _where_short(widget, widget.currentText(), ((needs, _room_in(widget)),))
        case QLineEdit() if not widget.text() and not widget.toolTip():
            needs = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + _CARET
            has = widget.contentsRect().width()
            yield from _where_short(widget, widget.placeholderText(), ((needs, has),))
        case QTabBar():
            for place in range(widget.count()):
                pair = (widget.tabSizeHint(place).width(), widget.tabRect(place).width())
                yield from _where_short(widget, widget.tabText(place), (pair,))
        case QHeaderView() if isinstance(widget.parentWidget(), QTableView):
            yield from _cut_of_header(widget)


def _shows_words(widget: QLabel | QAbstractButton) -> bool:
    return isinstance(widget, QAbstractButton) or type(widget) is PlainLabel


def _cut_of_header(header: QHeaderView) -> Iterator[Cut]:
    model = header.model()
    if model is None or header.orientation() is not Qt.Orientation.Horizontal:
        return
    for place in range(header.count()):
        if header.isSectionHidden(place):
            continue
        title = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        tip = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if title and not tip:
            pair = (header.sectionSizeHint(place), header.sectionSize(place))
            yield from _where_short(header, title, (pair,))


def _room_in(choice: QComboBox) -> int:
    """Pixels for the words of what is chosen."""
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    return (
        choice.style()
        .subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            choice,
        )
        .width()
    )


def _over_the_edge(widget: QLabel | QAbstractButton) -> Iterator[Cut]:
    """Words that reach beyond what they lie in, where nothing scrolls."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return
        above = above.parentWidget()
    seen = widget.visibleRegion().boundingRect()
    pairs = ((widget.width(), seen.width()), (widget.height(), seen.height()))
    yield from _where_short(widget, widget.text(), pairs)


def _where_short(widget: QWidget, text: str, pairs: tuple[tuple[int, int], ...]) -> Iterator[Cut]:
    for needs, has in pairs:
        if text.strip() and needs > has + _ROUNDED:
            yield Cut(type(widget).__name__, text[:80], needs, has)
            return
