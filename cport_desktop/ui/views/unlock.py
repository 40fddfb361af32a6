"""The door: which vault this is, and what opens it: a passphrase, or any other of its slots."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Progress
from cport_desktop.errors import CportError, VaultRolledBack
from cport_desktop.ui import figures
from cport_desktop.ui.keys import DoorSlot, OpeningOrder
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.acknowledging import Acknowledging
from cport_desktop.ui.widgets.controls import bind_key, button, panel
from cport_desktop.ui.widgets.key_choice import KeyChoice
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.yielding import fit_height
from cport_desktop.words import guide, labels
from cport_desktop.words import window as say
from cport_desktop.words.help import DOOR

_WIDTH = 420


class UnlockView(QWidget):
    """Asks for the passphrase, or for what the chosen slot needs; says why a refusal was one.

    Signals:
        key_given(object): the analyst wants the vault opened with this `OpeningOrder`.
        practise_wanted(): somebody wants to practise with made-up reports.
    """

    key_given = Signal(object)
    practise_wanted = Signal()

    def __init__(self, *, vault_name: str, nature: Nature) -> None:
        super().__init__()
        self._choice = KeyChoice(())
        self._choice.given.connect(self._give)
        self._choice.turned.connect(self._hint_for)
        self._field = self._choice.answer.secret
        self._field.installEventFilter(self)
        self._acknowledging = Acknowledging()
        self._acknowledging.returned.connect(self._give)
        self._button = button(say.UNLOCK, self._give, kind="primary", key="Enter")
        self._practise = button(
            guide.PRACTISE, self.practise_wanted.emit, kind="quiet", key=guide.PRACTISE_KEY
        )
        self._practise.hide()
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
        HelpKey(self, DOOR)
        bind_key(guide.PRACTISE_KEY, self, self._practise.click, everywhere=True)
        self.set_busy(None)

    def focus(self) -> None:
        self._choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, slots: tuple[DoorSlot, ...]) -> None:
        """Let the analyst choose among these slots, where there is anything to choose."""
        self._choice.offer(slots)
        fit_height(self._card)

    def offer_practice(self, *, is_offered: bool) -> None:
        """Whether somebody without a vault of reports to practise in finds one here."""
        self._practise.setVisible(is_offered)
        fit_height(self._card)

    def set_busy(self, sentence: str | None) -> None:
        """While `sentence` stands there nothing can be typed; None lets the analyst type."""
        is_busy = sentence is not None
        self._choice.setEnabled(not is_busy)
        self._button.setEnabled(not is_busy)
        self._busy.setVisible(is_busy)
        self._hint.say(sentence or self._choice.hint())
        self._hint.set_tone(None)
        fit_height(self._card)
        self._busy.setRange(0, 0)
        if not is_busy:
            self.focus()

    def show_progress(self, progress: Progress) -> None:
        """How far it is while the vault is brought up to date, or gets another master key."""
        if progress.total and self._busy.isVisible():
            self._busy.setRange(0, progress.total)
            self._busy.setValue(progress.done)
            done, total = figures.count(progress.done), figures.count(progress.total)
            self._hint.say(say.progress(labels.phase(progress.phase.value), done, total))

    def tell(self, sentence: str) -> None:
        """Why the vault is locked, until something is typed."""
        self._hint.say(sentence)

    def refuse(self, error: CportError) -> None:
        """Say why the vault did not open; the fields are empty and ready again. A vault that was
        put back can be opened all the same, for a reason.
        """
        self.set_busy(None)
        self._choice.clear()
        self._notice.tell(error)
        if isinstance(error, VaultRolledBack):
            self._acknowledging.ask()
            fit_height(self._card)

    def tell_error(self, error: CportError) -> None:
        """Something about the vault that is known before anybody tries to open it."""
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
        self._notice.dismiss()
        key = self._choice.take()
        if key is None:
            self._hint.say(self._choice.needs())
            self.focus()
            return
        self.set_busy(say.UNLOCKING)
        self.key_given.emit(OpeningOrder(key, self._acknowledging.reason()))

    def _hint_for(self) -> None:
        self._hint.say(self._choice.hint())
        self._hint.set_tone(None)
        self.focus()

    def _hint_at_capitals(self, event: QKeyEvent) -> None:
        # Qt tells nothing of Caps Lock: a capital without Shift (or the reverse) betrays it.
        letter = event.text()
        if len(letter) != 1 or not letter.isalpha() or letter.upper() == letter.lower():
            return
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_locked = letter.isupper() is not has_shift
        self._hint.say(say.CAPS_LOCK if is_locked else self._choice.hint())
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
        column.addWidget(self._choice)
        column.addWidget(self._hint)
        column.addWidget(self._busy)
        column.addWidget(self._acknowledging)
        column.addWidget(self._button)
        column.addWidget(self._practise)
        column.addWidget(self._notice)
        self._card = card = panel(column)
        card.setFixedWidth(_WIDTH)
        self._notice.shown.connect(lambda _shown: fit_height(card))
        self._choice.resized.connect(lambda: fit_height(card))
        fit_height(card)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)
