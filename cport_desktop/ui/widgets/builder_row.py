"""One condition of the builder: not, field, relation, values, and away with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.query_builder import (
    WORDS,
    ConditionRow,
    Relation,
    relations_of,
    with_field,
)
from cport_desktop.domain.query_completion import FIELD_NAMES, Named
from cport_desktop.ui.widgets.builder_values import ValueEditors
from cport_desktop.ui.widgets.controls import Choice, button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import queries as say


class BuilderRow(QWidget):
    """Shows a row and says when a person makes another of it.

    Signals:
        edited(object): this `ConditionRow` stands in its place; its editors are the same.
        turned(object): so does this one, and it wants other editors.
        removed(): away with it.
    """

    edited = Signal(object)
    turned = Signal(object)
    removed = Signal()

    def __init__(self, row: ConditionRow, known: Sequence[Named], *, is_closed: bool) -> None:
        super().__init__()
        self.row = row
        self._not = QCheckBox(say.NOT)
        self._not.setAccessibleName(say.NOT)
        self._not.setChecked(row.is_negated)
        self.field = _field_choice(row.field)
        relations = relations_of(row.field)
        self.relation = _choice(
            say.RELATION, [(r.value, say.RELATIONS[r.value]) for r in relations]
        )
        self.relation.setCurrentIndex(max(0, self.relation.findData(row.relation.value)))
        self.relation.setEnabled(len(relations) > 1)
        self.values = ValueEditors(row, known, is_closed=is_closed)
        self._wrong = PlainLabel(role="caption", tone="gravest", wraps=True)
        self._wrong.hide()
        self._lay_out()
        self._not.toggled.connect(self._negate)
        self.field.currentIndexChanged.connect(self._turn_field)
        self.relation.currentIndexChanged.connect(self._turn_relation)
        self.values.changed.connect(self._edit)
        self.values.more_wanted.connect(self._add_value)

    def complain(self, message: str) -> None:
        """Say what is wrong with it; nothing, if that is empty."""
        self._wrong.say(message)
        self._wrong.setVisible(bool(message))

    def wrong(self) -> str:
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._not)
        line.addWidget(self.field)
        line.addWidget(self.relation)
        line.addWidget(self.values, 1)
        line.addWidget(
            button(say.REMOVE, self.removed.emit, kind="quiet", name=say.REMOVE_CONDITION)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._wrong)
        self.setFocusProxy(self.field)

    def _negate(self, is_negated: bool) -> None:
        self.row = replace(self.row, is_negated=is_negated)
        self.edited.emit(self.row)

    def _edit(self, values: tuple[str, ...]) -> None:
        had = len(self.row.values)
        self.row = replace(self.row, values=values)
        # The first value that is chosen brings the button for another one.
        is_chosen = isinstance(self.values.focusProxy(), Choice) and len(values) != had
        (self.turned if is_chosen else self.edited).emit(self.row)

    def _turn_field(self, _at: int) -> None:
        self.turned.emit(with_field(self.row, str(self.field.currentData())))

    def _turn_relation(self, _at: int) -> None:
        relation = Relation(str(self.relation.currentData()))
        self.turned.emit(replace(self.row, relation=relation))

    def _add_value(self) -> None:
        self.turned.emit(replace(self.row, values=(*self.row.values, "")))


def _field_choice(name: str) -> Choice:
    choice = _choice(say.FIELD, [(each, each) for each in (WORDS, *FIELD_NAMES)])
    choice.setMaxVisibleItems(20)
    choice.setCurrentIndex(max(0, choice.findData(name)))
    return choice


def _choice(name: str, values: Sequence[tuple[str, str]]) -> Choice:
    choice = Choice(name)
    for value, label in values:
        choice.addItem(label, value)
    return choice
