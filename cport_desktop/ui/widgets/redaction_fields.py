"""The places of a picture as a list and as numbers, for whoever draws them without looking, or without a mouse."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QListWidget, QSpinBox, QVBoxLayout, QWidget

from cport_desktop.domain.redaction import LONGEST_REASON, Rectangle
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.redacting_places import Places
from cport_desktop.ui.widgets.controls import Choice, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import redaction_page as say

_LIST_HEIGHT = 92
_INDENT = 8
"""Points before a number, as before the text of every other field."""


class RedactionFields(QWidget):
    """One picture's places; what is changed here is seen on the glass, and the other way round."""

    def __init__(self, places: Places) -> None:
        super().__init__()
        self._places = places
        self.list = QListWidget()
        self.list.setAccessibleName(say.PLACES)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.new = button(say.NEW, places.add_in_the_middle, kind="small", key=say.NEW_KEY)
        self.remove = button(say.REMOVE, places.remove, kind="small", key=say.REMOVE_KEY)
        self.sides = tuple(_number(name) for name in (say.LEFT, say.TOP, say.WIDTH, say.HEIGHT))
        self.reason = text_field(say.WHY, say.WHY_HERE)
        self.reason.setMaxLength(LONGEST_REASON)
        self.usual = Choice(say.USUAL)
        self.usual.addItem(say.USUAL)
        self.usual.addItems(say.USUAL_REASONS)
        self._lay_out()
        self._connect()
        self._list_anew()
        self._show()

    def _put(self) -> None:
        left, top, width, height = (each.value() for each in self.sides)
        self._places.put(Rectangle(left, top, width, height))

    def _list_anew(self) -> None:
        with QSignalBlocker(self.list):
            lines = [
                one_line(say.place_line(number, str(each.rectangle), each.reason))
                for number, each in enumerate(self._places.all, start=1)
            ]
            if self.list.count() != len(lines):
                self.list.clear()
                self.list.addItems(lines)
            for row, line in enumerate(lines):
                self.list.item(row).setText(line)
            self.list.setCurrentRow(-1 if self._places.chosen is None else self._places.chosen)

    def _show(self) -> None:
        """The chosen one stands in the fields."""
        current = self._places.current
        for field in (*self.sides, self.reason, self.usual, self.remove):
            field.setEnabled(current is not None)
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(-1 if self._places.chosen is None else self._places.chosen)
        at = Rectangle(0, 0, 1, 1) if current is None else current.rectangle
        wide, high = self._places.sides
        limits = ((0, wide - 1), (0, high - 1), (1, wide - at.left), (1, high - at.top))
        values = (at.left, at.top, at.width, at.height)
        for field, (least, most), value in zip(self.sides, limits, values, strict=True):
            with QSignalBlocker(field):
                field.setRange(least, most)
                field.setValue(value)
        stated = "" if current is None else current.reason
        if self.reason.text() != stated:
            with QSignalBlocker(self.reason):
                self.reason.setText(stated)

    def _take_usual(self, number: int) -> None:
        if number > 0:
            self._places.state(say.USUAL_REASONS[number - 1])
            self.usual.setCurrentIndex(0)

    def _connect(self) -> None:
        self._places.changed.connect(self._list_anew)
        self._places.changed.connect(self._show)
        self._places.chosen_changed.connect(self._show)
        self.list.currentRowChanged.connect(self._places.choose)
        for field in self.sides:
            field.valueChanged.connect(lambda _value: self._put())
        self.reason.textChanged.connect(self._places.state)
        self.usual.activated.connect(self._take_usual)

    def _lay_out(self) -> None:
        acts = QWidget()
        row = FlowLayout(acts, gap=6)
        for made in (self.new, self.remove):
            row.addWidget(made)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for number, (name, field) in enumerate(
            zip((say.LEFT, say.TOP, say.WIDTH, say.HEIGHT), self.sides, strict=True)
        ):
            line, across = divmod(number, 2)
            grid.addWidget(PlainLabel(name, role="muted"), line, 2 * across)
            grid.addWidget(field, line, 2 * across + 1)
            grid.setColumnStretch(2 * across + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(section(say.PLACES))
        column.addWidget(self.list)
        column.addWidget(acts)
        column.addLayout(grid)
        why = section(say.WHY)
        why.setWordWrap(True)
        column.addWidget(why)
        column.addWidget(self.reason)
        column.addWidget(self.usual)


def _number(name: str) -> QSpinBox:
    """A number of pixels."""
    field = QSpinBox()
    field.setAccessibleName(name)
    field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    field.setAccelerated(True)
    field.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
    return field
