"""What an analyst can do about a report: assess, confirm, give feedback."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cport_desktop.domain.draft import Typed
from cport_desktop.domain.ids import ContentId
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, NOT_ILLEGAL, Taxonomy
from cport_desktop.ui.models.report_columns import class_words
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.words import locking
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


class FeedbackBox(QWidget):
    """A few words to the hotline. What was typed is kept until it is sent.

    Signals:
        given(str): queue this feedback.
        left(): Escape; the text stays for the next time.
        typed(): text, cursor or selection is another.
    """

    given = Signal(str)
    left = Signal()
    typed = Signal()

    def __init__(self, *, is_kept: bool) -> None:
        """`is_kept`: drafts outlive a lock."""
        super().__init__()
        self._text = QPlainTextEdit()
        self._text.textChanged.connect(self._tell)
        self._text.cursorPositionChanged.connect(self._tell)
        self._text.selectionChanged.connect(self._tell)
        self._text.setPlaceholderText(say.FEEDBACK_PLACEHOLDER)
        self._text.setAccessibleName(say.FEEDBACK_TITLE)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(84)
        send = button(say.FEEDBACK_SEND, self._give, kind="primary", key="Ctrl+Enter")
        leave = button(say.LEAVE, self._leave, key="Esc")
        row = QHBoxLayout()
        row.addWidget(send)
        row.addWidget(leave)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(say.FEEDBACK_TITLE, role="strong"))
        column.addWidget(self._text)
        told = say.FEEDBACK_KEPT if is_kept else locking.FEEDBACK_NOT_KEPT
        column.addWidget(PlainLabel(told, role="caption", wraps=True))
        column.addLayout(row)
        bind_key("Ctrl+Return", self, self._give)
        bind_key("Ctrl+Enter", self, self._give)
        bind_key("Escape", self, self._leave)
        self.is_open = False
        self.hide()

    def edit(self, draft: Typed) -> None:
        """Begin with `draft`, where its cursor was."""
        lay_typed(self._text, draft)
        self.is_open = True
        self.show()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Put the editor away; nothing of the text stays in it."""
        self.is_open = False
        self._text.clear()
        self.hide()

    def draft(self) -> Typed:
        return typed_in(self._text)

    def _give(self) -> None:
        text = self.draft().text.strip()
        if text:
            self.close_editor()
            self.given.emit(text)

    def _tell(self) -> None:
        if self.is_open:
            self.typed.emit()

    def _leave(self) -> None:
        self.left.emit()
