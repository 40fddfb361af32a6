"""What the columns of a table of digests have: as they were understood, and to be chosen otherwise."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cport_desktop.formats.lists.columns import Meaning
from cport_desktop.ui.knowing import ReadColumn
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import list_files as meanings
from cport_desktop.words import list_reading as words

_CHOICES: Final = (None, *(meaning.value for meaning in Meaning))
_MOST: Final = 40
"""Columns that can be chosen here; of the others none has digests that anybody meant."""


class ListColumns(QWidget):
    """A choice for each column. A meaning belongs to one column: given to another, the first has none.

    Signals:
        changed(): somebody chose otherwise.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[ReadColumn, ...] = ()
        self._choices: list[Choice] = []
        self._is_said = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_columns(self, columns: tuple[ReadColumn, ...], *, is_said: bool = False) -> None:
        """These are the columns; `is_said`: a person chose what they have."""
        while (item := self._column.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.hide()
                shown.deleteLater()
        self._columns, self._is_said, self._choices = columns[:_MOST], is_said, []
        if columns:
            grid = QWidget()
            lines = QGridLayout(grid)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setColumnStretch(1, 1)
            for at, column in enumerate(self._columns):
                named = words.column_named(column.number, one_line(column.heading)[:60])
                lines.addWidget(PlainLabel(named, role="muted", wraps=True), at, 0)
                lines.addWidget(self._choice(at, named, column.meaning), at, 1)
            self._column.addWidget(section(words.COLUMNS))
            self._column.addWidget(grid)
            self._column.addWidget(PlainLabel(words.COLUMNS_HELP, role="caption", wraps=True))
        self.setVisible(bool(columns))

    def said(self) -> tuple[tuple[str, str], ...]:
        """What somebody chose: meanings, and numbers of columns; nothing while nobody chose."""
        if not self._is_said:
            return ()
        return tuple(
            (meaning, str(column.number))
            for column, choice in zip(self._columns, self._choices, strict=True)
            if (meaning := _CHOICES[choice.currentIndex()]) is not None
        )

    def _choice(self, at: int, named: str, meaning: str | None) -> Choice:
        choice = Choice(named)
        choice.addItems([meanings.meaning(each) for each in _CHOICES])
        choice.setCurrentIndex(_CHOICES.index(meaning) if meaning in _CHOICES else 0)
        choice.currentIndexChanged.connect(partial(self._chosen, at))
        self._choices.append(choice)
        return choice

    def _chosen(self, at: int, place: int) -> None:
        self._is_said = True
        for other, choice in enumerate(self._choices):
            if place and other != at and choice.currentIndex() == place:
                choice.setCurrentIndex(0)
        self.changed.emit()
