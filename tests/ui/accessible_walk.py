"""What somebody meets who sees nothing, or uses no mouse: the widgets of a window, one after the other.

`faults_of` says in words what is wrong with what is shown now, `faults_of_tab` what is wrong with the
way through it. Nothing is excused but what stands here, with why.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

Role = QAccessible.Role
_ROLES = (
    (QAbstractButton, {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu}),
    (QLineEdit, {Role.EditableText}),
    (QPlainTextEdit, {Role.EditableText}),
    (QComboBox, {Role.ComboBox}),
    (QAbstractItemView, {Role.Table, Role.List, Role.Tree}),
    (QAbstractSlider, {Role.Slider}),
    (QLabel, {Role.StaticText}),
)
_SAY_NOTHING = {Role.NoRole, Role.Client, Role.Pane, Role.Grouping, Role.Border}
_MOST_ROWS = 12
"""Rows of a table that are read; the others are made alike."""
_MOST_STEPS = 400


def said_by(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is told of `widget`."""
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def name_of(widget: QWidget) -> str:
    return said_by(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    """Which widget it is, for who mends it."""
    path: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(path) < 4:
        path.append(type(at).__name__)
        at = at.parentWidget()
    return f"{name_of(widget)!r} {' < '.join(path)}"


def parts_of(window: QWidget) -> Iterator[QWidget]:
    """What somebody can act on now: it takes the focus, or a click."""
    for widget in window.findChildren(QWidget):
        # Headers and bars are moved through the keys of their tables; they take no focus.
        if isinstance(widget, QHeaderView | QScrollBar) or widget.focusProxy() is not None:
            continue
        is_there = widget.window() is window.window() and widget.isVisible() and widget.isEnabled()
        takes = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        if is_there and (takes or isinstance(widget, QAbstractButton)):
            yield widget


def faults_of(window: QWidget) -> list[str]:
    """What has no name or does not say what it is; tables with columns or rows that say nothing."""
    faults: list[str] = []
    for widget in parts_of(window):
        role = said_by(widget).role()
        if not name_of(widget).strip():
            faults.append(f"has no name: {described(widget)}")
        wrong = any(isinstance(widget, kind) and role not in fit for kind, fit in _ROLES)
        if wrong or role in _SAY_NOTHING:
            faults.append(f"does not say what it is ({role.name}): {described(widget)}")
        if isinstance(widget, QAbstractItemView):
            faults += _silent_cells(widget)
    return faults


def _silent_cells(view: QAbstractItemView) -> list[str]:
    model = view.model()
    is_table = said_by(view).role() is Role.Table
    columns = range(model.columnCount()) if is_table else range(1)
    faults = [
        f"column {column} has no title: {described(view)}"
        for column in columns
        if is_table and not str(model.headerData(column, Qt.Orientation.Horizontal) or "").strip()
    ]
    for row in range(min(_MOST_ROWS, model.rowCount())):
        for column in columns:
            index = model.index(row, column)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
            if not str(spoken or "").strip():
                faults.append(f"row {row}, column {column} says nothing: {described(view)}")
    return faults


# -- the way through it


def way_of_tab(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What Tab reaches, from where the focus is until it is there again."""
    first = window.focusWidget() or window
    QTest.keyClick(first, key)
    start = window.focusWidget()
    assert start is not None
    way = [start]
    while len(way) < _MOST_STEPS:
        QTest.keyClick(way[-1], key)
        here = window.focusWidget()
        if here is None or here is start:
            break
        assert here not in way, f"Tab goes round without {described(start)}: {described(here)}"
        way.append(here)
    return way


def faults_of_tab(window: QWidget) -> list[str]:
    """What no key reaches, and steps that lead up or to the left where nothing begins anew."""
    way = way_of_tab(window)
    faults = [
        f"Tab never reaches: {described(part)}"
        for part in parts_of(window)
        if part not in way and not _is_reached_otherwise(part)
    ]
    back = [
        (here, there)
        for here, there in zip(way, [*way[1:], way[0]], strict=True)
        if len(way) > 1 and not _is_onwards(here, there)
    ]
    # Behind the last it begins anew, at the one that stands highest of those that are led back to.
    again = min(back, key=lambda step: step[1].mapTo(window, QPoint()).y(), default=None)
    faults += [
        f"Tab leads back: {described(here)} -> {described(there)}"
        for here, there in back
        if (here, there) != again
    ]
    return faults


def _is_reached_otherwise(part: QWidget) -> bool:
    # Arrow keys lead to the other buttons of a group, and to the other facts of a list of facts.
    if isinstance(part, QAbstractButton):
        group = part.group()
        return part.autoExclusive() or (group is not None and group.exclusive())
    return isinstance(part, QLabel) and type(part.parentWidget()).__name__ == "FactGrid"


def _is_onwards(here: QWidget, there: QWidget) -> bool:
    """`there` stands beneath `here` or to its right, or where another column begins."""
    first, second = _beside_each_other(here, there)
    beneath = second.top() >= first.bottom() - 4
    above = second.bottom() <= first.top() + 4
    if beneath:
        return True
    if above:
        # Another column begins: it stands wholly to the right.
        return second.left() >= first.right() - 4
    return second.left() >= first.left()


def _beside_each_other(here: QWidget, there: QWidget) -> tuple[QRect, QRect]:
    """The places of the two in what holds both, each with all that stands around it there: what
    scrolls lies beneath its pane, wherever its own place would be.
    """
    if here.isAncestorOf(there):
        return here.rect().translated(0, -here.height()), here.rect()
    return _outermost_without(there, here).geometry(), _outermost_without(here, there).geometry()


def _outermost_without(other: QWidget, part: QWidget) -> QWidget:
    """The largest widget around `part` that does not hold `other`."""
    around = part.parentWidget()
    while around is not None and not around.isAncestorOf(other):
        part, around = around, around.parentWidget()
    return part
