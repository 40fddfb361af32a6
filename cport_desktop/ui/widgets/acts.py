"""What an analyst can do about a report: assess, and confirm."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.ids import ContentId
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, NOT_ILLEGAL, Taxonomy
from cport_desktop.ui.models.report_columns import class_words
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say

ASSESSABLE = (BASELINE, NATIONAL, NOT_ILLEGAL)


class AssessRow(QWidget):
    """One button for each classification that may be given.

    Signals:
        chosen(int): this classification is to be confirmed.
    """

    chosen = Signal(int)

    def __init__(self, content_id: ContentId, taxonomy: Taxonomy, *, has_keys: bool) -> None:
        super().__init__()
        self.content_id = content_id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        for code in ASSESSABLE:
            label = taxonomy["classification"].label(code)
            made = button(
                class_words(code, taxonomy),
                partial(self.chosen.emit, code),
                kind="small",
                name=f"{say.ASSESS} {label}" + (f", Alt+{code}" if has_keys else ""),
            )
            row.addWidget(made)
        row.addStretch()


class Confirmation(QWidget):
    """A sentence and two buttons, where the act was chosen; Escape leaves.

    Signals:
        confirmed(): the analyst means it.
        left(): the analyst does not.
    """

    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = PlainLabel(role="strong", wraps=True)
        self._yes = button(say.CONFIRM, self._confirm, kind="primary", key="Enter")
        self._no = button(say.LEAVE, self._leave, key="Esc")
        row = QHBoxLayout()
        row.addWidget(self._yes)
        row.addWidget(self._no)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addLayout(row)
        self.hide()

    def ask(self, words: str) -> None:
        self._words.say(words)
        self.show()
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        return self._words.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._no_or_yes()
        else:
            super().keyPressEvent(event)

    def _no_or_yes(self) -> None:
        (self._leave if self._no.hasFocus() else self._confirm)()

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
