"""A few words to somebody, written where the act was chosen. What was typed is kept until it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.draft import DraftContent, Typed
from cport_desktop.ui.widgets.careful_editor import CarefulEditor
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.words import locking
from cport_desktop.words import window as say
from cport_desktop.words.hotline_acts import KEPT
from cport_desktop.words.vault_page import WORKING

_HEIGHT = 84


@dataclass(frozen=True, slots=True)
class BoxWords:
    """What stands on a box. `needed`: said where somebody sends it without a word in it."""

    title: str
    placeholder: str
    send: str
    needed: str


class WordsBox(QWidget):
    """Words and two buttons; Escape leaves. Whoever has it closes it.

    Signals:
        given(object): queue this, as `content` gave it.
        left(): Escape; the text stays for the next time.
        typed(): text, cursor, selection or a field is another.
    """

    given = Signal(object)
    left = Signal()
    typed = Signal()

    def __init__(
        self,
        words: BoxWords,
        *,
        is_kept: bool,
        fields: QWidget | None = None,
        editor: CarefulEditor | None = None,
    ) -> None:
        """`is_kept`: drafts outlive a lock. `fields` stand between title and text, which is typed in
        `editor`, or in a plain one.
        """
        super().__init__()
        self._words = words
        self._told = KEPT if is_kept else locking.FEEDBACK_NOT_KEPT
        self._caption = PlainLabel(role="caption", wraps=True)
        self._text = editor or CarefulEditor()
        self._text.textChanged.connect(self._forgive)
        self._text.paste_refused.connect(self.complain)
        for changed in (
            self._text.textChanged,
            self._text.cursorPositionChanged,
            self._text.selectionChanged,
        ):
            changed.connect(self._tell)
        self._text.setPlaceholderText(words.placeholder)
        self._text.setAccessibleName(words.title)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(words.title, role="strong", wraps=True))
        if fields is not None:
            column.addWidget(fields)
        column.addWidget(self._text)
        column.addWidget(self._caption)
        column.addLayout(self._make_foot())
        for keys, act in (
            ("Ctrl+Return", self._give),
            ("Ctrl+Enter", self._give),
            ("Escape", self.left.emit),
        ):
            bind_key(keys, self, act)
        self.is_open = False
        self.hide()

    def edit(self, draft: DraftContent | None) -> None:
        """Begin with `draft`, where its cursor was; with nothing, if it is none of this box's."""
        self._lay(draft)
        self._forgive()
        self.is_open = True
        self.show()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Put the editor away; nothing of the text stays in it."""
        self.is_open = False
        self._text.clear()
        self.hide()

    def content(self) -> DraftContent:
        """What stands in it."""
        return typed_in(self._text)

    def is_blank(self) -> bool:
        """Nothing in it is worth keeping."""
        return not self._text.toPlainText().strip()

    def complain(self, sentence: str) -> None:
        """Say beneath the text why it was not kept, sent or taken; until it is another."""
        self._caption.say(sentence)
        self._caption.set_tone("grave")

    def wait(self, *, is_waiting: bool, told: str = WORKING) -> None:
        """Nothing can be written while what stands in it is being kept or sent, and `told` says so."""
        self.setEnabled(not is_waiting)
        self._forgive()
        if is_waiting:
            self._caption.say(told)

    def take_focus(self) -> None:
        """The keys go on in the text."""
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def caption(self) -> str:
        """What is said beneath the text."""
        return self._caption.text()

    def _lay(self, draft: DraftContent | None) -> None:
        lay_typed(self._text, draft if isinstance(draft, Typed) else Typed())

    def _give(self) -> None:
        if self._text.toPlainText().strip():
            self.given.emit(self.content())
        else:
            self.complain(self._words.needed)
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forgive(self) -> None:
        self._caption.set_tone(None)
        self._caption.say(self._told)

    def _tell(self) -> None:
        if self.is_open:
            self.typed.emit()

    def _make_foot(self) -> FlowLayout:
        """In a narrow pane the second button stands beneath the first, in whatever language."""
        row = FlowLayout(gap=6)
        row.addWidget(button(self._words.send, self._give, kind="primary", key="Ctrl+Enter"))
        row.addWidget(button(say.LEAVE, self.left.emit, key="Esc"))
        return row
