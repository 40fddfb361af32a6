"""Tab goes through a window as it is read: from top to bottom and along each row, pane by pane.

Qt visits widgets in the order in which they were made. What a pane shows is made anew with each
report, and would come last, behind the status line. Here the order is that of the layouts at the
moment of the key (WCAG 2.2, success criterion 2.4.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

_Position: TypeAlias = tuple[int, int, int, int]
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
"""What Tab takes for one thing, whatever it is made of."""


def walk_as_read(window: QWidget, *, forward: bool) -> bool:
    """The focus is where Tab (or, not `forward`, Shift+Tab) leads from where it was, and that can be
    seen; whether there was anywhere to go.
    """
    order = tuple(focusable_in(window))
    reached = [widget for widget in order if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    if not reached:
        return False
    goal = _after(window.focusWidget(), order, reached, step=1 if forward else -1)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    goal.setFocus(reason)
    show_where_it_scrolls(goal)
    return True


def focusable_in(widget: QWidget) -> Iterator[QWidget]:
    """Every widget in `widget` that can have the focus now, in the order of reading."""
    takes = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
    if takes and widget.isEnabled() and not widget.isWindow():
        yield widget
    if not isinstance(widget, _WHOLE):
        for child in _children_as_read(widget):
            if child.isVisible():
                yield from focusable_in(child)


def show_where_it_scrolls(widget: QWidget) -> None:
    """Every area that scrolls, and holds `widget`, scrolls to it."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _after(
    here: QWidget | None, order: tuple[QWidget, ...], reached: list[QWidget], *, step: int
) -> QWidget:
    """The next of `reached`, by the places in `order`; `here` may be one that only a click reaches."""
    way = list(order) if step > 0 else list(reversed(order))
    if here not in way:
        return reached[0 if step > 0 else -1]
    at = way.index(here)
    wanted = set(reached)
    return next((widget for widget in way[at + 1 :] + way[:at] if widget in wanted), reached[0])


def _children_as_read(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        return [] if shown is None else [shown]
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [] if inside is None else [inside]
    if isinstance(widget, QSplitter):
        parts = (widget.widget(place) for place in range(widget.count()))
        return [part for part in parts if part is not None]
    layout = widget.layout()
    laid = [] if layout is None else list(_laid_out(layout))
    known = set(laid)
    loose = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not child.isWindow() and child not in known
    ]
    return laid + sorted(loose, key=lambda child: (child.y(), child.x()))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in _places(layout):
        item = layout.itemAt(place)
        inner = None if item is None else item.layout()
        made = None if item is None else item.widget()
        if inner is not None:
            yield from _laid_out(inner)
        elif made is not None:
            yield made


def _places(layout: QLayout) -> list[int]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        return sorted(places, key=lambda place: _row_and_column(layout, place))
    return list(places)


def _row_and_column(grid: QGridLayout, place: int) -> tuple[int, int]:
    # The toolkit's stubs say `object` of a tuple of four numbers.
    row, column, _, _ = cast(_Position, grid.getItemPosition(place))
    return row, column
