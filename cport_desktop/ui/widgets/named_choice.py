"""One of some names that are known, or another that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field


class NamedChoice(QWidget):
    """A line to type into; once names are known, a choice of them above it. None of them is taken
    by itself, and what was typed before they came stays.

    Signals:
        changed(): another name is meant.
        returned(): Enter in the line.
    """

    changed = Signal()
    returned = Signal()

    def __init__(self, name: str, *, choose: str, another: str, placeholder: str) -> None:
        """`choose` asks for a choice, `another` is the choice to type."""
        super().__init__()
        self._choose = choose
        self._another = another
        self._names: tuple[str, ...] = ()
        self.choice = Choice(name)
        self.line = text_field(name, placeholder)
        self.choice.hide()
        self.choice.currentIndexChanged.connect(self._chosen)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.returned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.choice)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)

    def offer(self, names: Sequence[tuple[str, str]]) -> None:
        """These are known: each by itself, and how it stands in the choice."""
        if not names:
            return
        meant = self.name()
        self._names = tuple(name for name, _ in names)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItem(self._choose)
        self.choice.addItems([one_line(words) for _, words in names])
        self.choice.addItem(self._another)
        self.choice.setCurrentIndex(self._place_of(meant))
        self.choice.blockSignals(False)
        had_focus = self.line.hasFocus()
        self.choice.show()
        self.setFocusProxy(self.choice)
        self._chosen(self.choice.currentIndex())
        if had_focus and self.line.isHidden():
            self.choice.setFocus()

    def name(self) -> str:
        """The name that is meant; empty while there is none."""
        if self._types:
            return self.line.text().strip()
        at = self.choice.currentIndex() - 1
        return self._names[at] if 0 <= at < len(self._names) else ""

    @property
    def _types(self) -> bool:
        return not self._names or self.choice.currentIndex() > len(self._names)

    def _place_of(self, name: str) -> int:
        if not name:
            return 0
        return self._names.index(name) + 1 if name in self._names else len(self._names) + 1

    def _chosen(self, _at: int) -> None:
        self.line.setVisible(self._types)
        self.changed.emit()
