"""Making a key: which kind, and what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.keys import KeyKind, NewKey
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.recovery_sheet import RecoverySheet, SaveSheet
from cport_desktop.words import keys_window as say
from cport_desktop.words import vault_page as words


class NewPassphrase(QWidget):
    """A passphrase or a PIN, typed twice, with what its length is worth.

    Signals:
        returned(): Enter in a field.
    """

    returned = Signal()

    def __init__(self, name: str = say.NEW_PASSPHRASE, *, is_judged: bool = True) -> None:
        super().__init__()
        self._is_judged = is_judged
        self.first = secret_field(name)
        self.second = secret_field(say.AGAIN)
        self._strength = PlainLabel(role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(section(name))
        column.addWidget(self.first)
        if is_judged:
            column.addWidget(self._strength)
        column.addWidget(section(say.AGAIN))
        column.addWidget(self.second)
        if is_judged:
            column.addWidget(PlainLabel(say.STRENGTH_HONEST, role="caption", wraps=True))
        self.first.textChanged.connect(self._judge)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.returned)
        self.setFocusProxy(self.first)
        self._judge("")

    def fault(self) -> str:
        """Why it cannot be taken as it stands; empty if it can."""
        text = self.first.text()
        if not text.strip():
            return say.EMPTY
        if self._is_judged and len(text) < say.LEAST:
            return say.WEAK
        return "" if text == self.second.text() else say.DIFFER

    def take(self) -> str:
        """What was typed; both fields are empty."""
        self.second.setText("")
        return taken(self.first)

    def _judge(self, text: str) -> None:
        words_, tone = say.strength(len(text))
        self._strength.say(words_ if text else "")
        self._strength.set_tone(tone if text else None)


class NewKeyFields(QWidget):
    """The kind of a new slot, and the fields that kind needs.

    Signals:
        lock_wanted(): the vault is to be locked, although a file is being chosen.
        resized(): it needs another height.
        returned(): Enter in the last field.
    """

    lock_wanted = Signal()
    returned = Signal()
    resized = Signal()

    def __init__(
        self, kinds: Sequence[KeyKind], *, recovery: str, save: SaveSheet, lane: Lane
    ) -> None:
        """`recovery` is a new code, shown if that kind is chosen; `save` writes its sheet."""
        super().__init__()
        self._kinds = tuple(kinds)
        self._recovery = recovery
        self.choice = Choice(say.KIND)
        for kind in self._kinds:
            self.choice.addItem(words.KINDS[kind.value])
        self._explained = PlainLabel(role="caption", wraps=True)
        self.passphrase = NewPassphrase()
        self.pin = NewPassphrase(say.NEW_PIN, is_judged=False)
        self.file = PathField(say.NEW_KEY_FILE, say.NEW_KEY_FILE_PLACEHOLDER, Choosing.NEW_FILE)
        self.sheet = RecoverySheet(recovery, save=save, lane=lane)
        self.sheet.resized.connect(self.resized)
        self.module = PathField(say.TOKEN_MODULE, say.TOKEN_MODULE_PLACEHOLDER, Choosing.FILE)
        self.token = text_field(say.TOKEN_WHICH)
        self.token_pin = secret_field(say.TOKEN_PIN)
        self._parts: dict[KeyKind, tuple[QWidget, ...]] = {
            KeyKind.PASSPHRASE: (self.passphrase,),
            KeyKind.RECOVERY: (self.sheet,),
            KeyKind.KEY_FILE: (section(say.NEW_KEY_FILE), self.file),
            KeyKind.KEYRING: (self.pin,),
            KeyKind.TOKEN: (
                section(say.TOKEN_MODULE),
                self.module,
                section(say.TOKEN_WHICH),
                self.token,
                section(say.TOKEN_PIN),
                self.token_pin,
            ),
        }
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._show_kind)
        for part in (self.passphrase, self.pin, self.sheet, self.file):
            part.returned.connect(self.returned)
        self.token_pin.returnPressed.connect(self.returned)
        for field in (self.file, self.module, self.sheet):
            field.lock_wanted.connect(self.lock_wanted)
        self._show_kind(0)

    @property
    def kind(self) -> KeyKind:
        return self._kinds[self.choice.currentIndex()]

    def choose(self, kind: KeyKind) -> None:
        self.choice.setCurrentIndex(self._kinds.index(kind))

    def fault(self) -> tuple[str, QWidget] | None:
        """What is missing and where; None if it can be taken."""
        match self.kind:
            case KeyKind.PASSPHRASE:
                found, field = self.passphrase.fault(), self.passphrase.first
            case KeyKind.KEYRING:
                found, field = self.pin.fault(), self.pin.first
            case KeyKind.RECOVERY:
                return self.sheet.fault()
            case KeyKind.KEY_FILE:
                found, field = _unless(self.file.path(), say.NEEDS_FILE), self.file.field
            case KeyKind.TOKEN:
                found, field = _unless(self.module.path(), say.NEEDS_MODULE), self.module.field
        return (found, field) if found else None

    def take(self, name: str) -> NewKey:
        """The new key under `name`; no field holds anything secret any more."""
        match self.kind:
            case KeyKind.PASSPHRASE:
                return NewKey(name, self.kind, self.passphrase.take())
            case KeyKind.KEYRING:
                return NewKey(name, self.kind, self.pin.take())
            case KeyKind.RECOVERY:
                self.sheet.back.clear()
                return NewKey(name, self.kind, self._recovery)
            case KeyKind.KEY_FILE:
                return NewKey(name, self.kind, path=self.file.path())
            case KeyKind.TOKEN:
                which = self.token.text().strip() or None
                return NewKey(name, self.kind, taken(self.token_pin), self.module.path(), which)

    def _show_kind(self, _place: int) -> None:
        self._explained.say(words.KINDS_EXPLAINED[self.kind.value])
        for kind, parts in self._parts.items():
            for part in parts:
                part.setVisible(kind is self.kind)
        self.resized.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        several = len(self._kinds) > 1
        kind_label = section(say.KIND)
        heads: tuple[QWidget, ...] = (kind_label, self.choice, self._explained)
        for part in heads:
            column.addWidget(part)
            part.setVisible(several)
        for parts in self._parts.values():
            for part in parts:
                column.addWidget(part)
        first = self.choice if several else self.passphrase
        self.setFocusProxy(first)


def _unless(is_good: object, words_: str) -> str:
    return "" if is_good else words_
