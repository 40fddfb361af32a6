"""Which slot, and what opens it: for a vault that is closed, or a copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.keys import Key, KeyKind
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.key_answer import KeyAnswer
from cport_desktop.words import keys_window as say
from cport_desktop.words import vault_page as words


class NamedSlot(Protocol):
    """What is known of a slot without a key."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> KeyKind: ...


class KeyChoice(QWidget):
    """«Any passphrase» first, then each slot by its label. The choice is left out where there is
    nothing to choose.

    Signals:
        given(): Enter in a field.
        turned(): another slot was chosen.
        resized(): it needs another height.
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    given = Signal()
    turned = Signal()
    resized = Signal()
    lock_wanted = Signal()

    def __init__(self, slots: Sequence[NamedSlot], *, is_labelled: bool = True) -> None:
        super().__init__()
        self._slots: tuple[NamedSlot, ...] = ()
        self.choice = Choice(say.SLOT_CHOICE)
        self.choice.currentIndexChanged.connect(self._turn)
        self.answer = KeyAnswer(is_labelled=is_labelled)
        self.answer.given.connect(self.given)
        self.answer.lock_wanted.connect(self.lock_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.answer)
        self.setFocusProxy(self.answer)
        self.offer(slots)

    def offer(self, slots: Sequence[NamedSlot]) -> None:
        """Let the person choose among these. What was typed so far stays."""
        self._slots = tuple(slots)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItem(say.ANY_PASSPHRASE)
        for slot in self._slots:
            label = say.slot_named(one_line(slot.name), words.KINDS[slot.kind.value])
            self.choice.addItem(label)
        self.choice.blockSignals(False)
        self.choice.setVisible(self.has_choice)

    @property
    def has_choice(self) -> bool:
        """Something else than a passphrase opens it."""
        return any(slot.kind is not KeyKind.PASSPHRASE for slot in self._slots)

    def take(self) -> Key | None:
        """What was brought; the fields are empty."""
        slot = self._chosen()
        return self.answer.take(slot=None if slot is None else slot.name)

    def clear(self) -> None:
        """No field holds anything."""
        self.answer.clear()

    def needs(self) -> str:
        """What is missing, where `take` gave nothing."""
        return self.answer.needs()

    def hint(self) -> str:
        """What is worth knowing about the kind of key that is asked for."""
        return say.HINTS[self.answer.kind.value]

    def _chosen(self) -> NamedSlot | None:
        place = self.choice.currentIndex()
        return self._slots[place - 1] if place > 0 else None

    def _turn(self, _place: int) -> None:
        slot = self._chosen()
        self.answer.ask_for(KeyKind.PASSPHRASE if slot is None else slot.kind)
        self.turned.emit()
        self.resized.emit()
