"""Criteria of a list, one beneath the other: how each stands, and a note."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from cport_desktop.domain.operation import LONGEST_WORDS, Criterion, CriterionState
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say

_ORDER = (CriterionState.UNDETERMINED, CriterionState.MET, CriterionState.NOT_MET)
_STATE_WIDTH = 138
_NOTE_WIDTH = 116


class CriteriaRows(QWidget):
    """The criteria of one version at a time; what was said of another's stays.

    Signals:
        returned(): Enter in a note.
    """

    returned = Signal()

    def __init__(self, versions: Mapping[str, Mapping[str, str]]) -> None:
        """`versions`: criteria by their codes, by the word of each version; the first is shown."""
        super().__init__()
        self._fields: dict[str, dict[str, tuple[Choice, QLineEdit]]] = {}
        self._blocks: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for version, criteria in versions.items():
            block = QWidget()
            self._fields[version] = self._lay_out(block, criteria)
            self._blocks[version] = block
            column.addWidget(block)
        self._shown = next(iter(versions))
        self.show_version(self._shown)

    def show_version(self, version: str) -> None:
        """Show the criteria of `version`."""
        self._shown = version
        for word, block in self._blocks.items():
            block.setVisible(word == version)

    def criteria(self) -> tuple[Criterion, ...]:
        """How those that are shown stand, in their order."""
        return tuple(
            Criterion(code, _ORDER[state.currentIndex()], note.text().strip())
            for code, (state, note) in self._fields[self._shown].items()
        )

    def lay(self, said: Criterion) -> None:
        """What was said of one that is shown stands in its fields."""
        state, note = self.field(said.code)
        state.setCurrentIndex(_ORDER.index(said.state))
        note.setText(said.note)

    def field(self, code: str) -> tuple[Choice, QLineEdit]:
        """State and note of a criterion that is shown."""
        return self._fields[self._shown][code]

    def _lay_out(
        self, block: QWidget, criteria: Mapping[str, str]
    ) -> dict[str, tuple[Choice, QLineEdit]]:
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        made = {}
        for row, (code, words) in enumerate(criteria.items()):
            state = Choice(words)
            state.addItems([say.STATES[each.value] for each in _ORDER])
            state.setMinimumWidth(_STATE_WIDTH)
            note = text_field(f"{words}: {say.CRITERION_NOTE}", say.CRITERION_NOTE)
            note.setMaxLength(LONGEST_WORDS)
            note.setFixedWidth(_NOTE_WIDTH)
            note.returnPressed.connect(self.returned)
            grid.addWidget(PlainLabel(f"{code}  {words}", wraps=True), row, 0)
            grid.addWidget(state, row, 1)
            grid.addWidget(note, row, 2)
            made[code] = (state, note)
        return made
