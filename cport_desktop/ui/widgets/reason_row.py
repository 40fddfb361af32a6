"""Why an item is to be looked at, where the agreement asks for it: stated once, before the first look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.named_choice import NamedChoice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import looking as say


class ReasonRow(QWidget):
    """Usual reasons to choose from, and a line for another.

    Signals:
        stated(str): this is the reason; never empty.
    """

    stated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choice = NamedChoice(
            say.REASON,
            choose=say.CHOOSE_REASON,
            another=say.ANOTHER_REASON,
            placeholder=say.REASON_HERE,
        )
        self._choice.offer([(reason, reason) for reason in say.USUAL_REASONS])
        self._state = button(say.STATE_REASON, self._say, kind="small")
        self._choice.changed.connect(self._tell)
        self._choice.returned.connect(self._say)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._choice, 1)
        line.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(say.ASKS_REASON, role="caption", wraps=True))
        column.addLayout(line)
        self._tell()

    def clear(self) -> None:
        """Nothing is chosen, and nothing written."""
        self._choice.line.clear()
        self._choice.choice.setCurrentIndex(0)

    def _tell(self) -> None:
        self._state.setEnabled(bool(self._choice.name()))

    def _say(self) -> None:
        if reason := self._choice.name():
            self.stated.emit(reason)
