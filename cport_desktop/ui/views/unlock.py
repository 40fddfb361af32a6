"""The door: which vault this is, and its passphrase, without echo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.nature import Nature
from cport_desktop.errors import CportError
from cport_desktop.ui.widgets.controls import button, panel
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say

_WIDTH = 420


class UnlockView(QWidget):
    """Asks for the passphrase; says why a refusal was one.

    Signals:
        passphrase_given(str): the analyst wants the vault opened with it.
    """

    passphrase_given = Signal(str)

    def __init__(self, *, vault_name: str, nature: Nature) -> None:
        super().__init__()
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(say.UNLOCK_PASSPHRASE)
        self._field.setMaxLength(1024)
        self._field.installEventFilter(self)
        self._field.returnPressed.connect(self._give)
        self._button = button(say.UNLOCK, self._give, kind="primary", key="Enter")
        self._hint = PlainLabel(say.UNLOCK_HINT, role="caption", wraps=True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(say.UNLOCKING)
        policy = self._busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._busy.setSizePolicy(policy)
        self._notice = Notice()
        self._lay_out(vault_name, nature)
        self.set_busy(None)

    def focus(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, sentence: str | None) -> None:
        """While `sentence` stands there nothing can be typed; None lets the analyst type."""
        is_busy = sentence is not None
        self._field.setEnabled(not is_busy)
        self._button.setEnabled(not is_busy)
        self._busy.setVisible(is_busy)
        self._hint.say(sentence or say.UNLOCK_HINT)
        self._hint.set_tone(None)
        if not is_busy:
            self.focus()

    def tell(self, sentence: str) -> None:
        """Why the vault is locked, until something is typed."""
        self._hint.say(sentence)

    def refuse(self, error: CportError) -> None:
        """Say why the vault did not open; the field is empty and ready again."""
        self.set_busy(None)
        self._field.clear()
        self._notice.tell(error)

    def tell_bug(self, reference: str) -> None:
        """The door itself met what it does not know."""
        self.set_busy(None)
        self._notice.tell_bug(reference)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._hint_at_capitals(event)
        return super().eventFilter(watched, event)

    def _give(self) -> None:
        text = self._field.text()
        self._field.clear()
        self._notice.dismiss()
        if not text:
            self._hint.say(say.NO_PASSPHRASE)
            self.focus()
            return
        self.set_busy(say.UNLOCKING)
        self.passphrase_given.emit(text)

    def _hint_at_capitals(self, event: QKeyEvent) -> None:
        # Qt tells nothing of Caps Lock: a capital without Shift (or the reverse) betrays it.
        letter = event.text()
        if len(letter) != 1 or not letter.isalpha() or letter.upper() == letter.lower():
            return
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_locked = letter.isupper() is not has_shift
        self._hint.say(say.CAPS_LOCK if is_locked else say.UNLOCK_HINT)
        self._hint.set_tone("grave" if is_locked else None)

    def _lay_out(self, vault_name: str, nature: Nature) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(28, 26, 28, 24)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(say.PRODUCT, role="title"))
        head.addStretch()
        if nature.is_synthetic:
            head.addWidget(PlainLabel(say.SYNTHETIC_VAULT, role="synthetic"))
        column.addLayout(head)
        column.addWidget(PlainLabel(f"{say.UNLOCK_VAULT} {vault_name}", role="muted", wraps=True))
        if nature.is_synthetic:
            column.addWidget(PlainLabel(say.SYNTHETIC_EXPLAINED, role="caption", wraps=True))
        column.addSpacing(6)
        label = PlainLabel(say.UNLOCK_PASSPHRASE, role="strong")
        label.setBuddy(self._field)
        column.addWidget(label)
        column.addWidget(self._field)
        column.addWidget(self._hint)
        column.addWidget(self._busy)
        column.addWidget(self._button)
        column.addWidget(self._notice)
        card = panel(column)
        card.setFixedWidth(_WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)
