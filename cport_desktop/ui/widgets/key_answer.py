"""Bringing a key: a passphrase, a recovery code, a key file, or a PIN."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cport_desktop.ui.keys import Key, KeyKind
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import keys_window as say

_HIDDEN = (KeyKind.PASSPHRASE, KeyKind.KEYRING, KeyKind.TOKEN)


class KeyAnswer(QWidget):
    """The fields of one kind of key at a time. What is taken out is in no field any more.

    Signals:
        given(): Enter in a field.
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    given = Signal()
    lock_wanted = Signal()

    def __init__(self, kind: KeyKind = KeyKind.PASSPHRASE, *, is_labelled: bool = True) -> None:
        super().__init__()
        self._kind = kind
        self._label = PlainLabel(role="strong")
        self._label.setVisible(is_labelled)
        self._is_labelled = is_labelled
        self.secret = secret_field(say.PASSPHRASE)
        self.code = text_field(say.RECOVERY, say.RECOVERY_PLACEHOLDER, is_mono=True)
        self.file = PathField(say.KEY_FILE, say.KEY_FILE_PLACEHOLDER, Choosing.FILE)
        self.module = PathField(say.MODULE, say.MODULE_PLACEHOLDER, Choosing.FILE)
        self._module_label = PlainLabel(say.MODULE, role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._label)
        for part in (self.secret, self.code, self.file, self._module_label, self.module):
            column.addWidget(part)
        self.secret.returnPressed.connect(self.given)
        self.code.returnPressed.connect(self.given)
        for field in (self.file, self.module):
            field.returned.connect(self.given)
            field.lock_wanted.connect(self.lock_wanted)
        self.ask_for(kind)

    @property
    def kind(self) -> KeyKind:
        return self._kind

    def ask_for(self, kind: KeyKind) -> None:
        """Show the fields of this kind, empty."""
        self.clear()
        self._kind = kind
        words = say.LABELS[kind.value]
        self._label.say(words)
        self.secret.setAccessibleName(words)
        self.secret.setVisible(kind in _HIDDEN)
        self.code.setVisible(kind is KeyKind.RECOVERY)
        self.file.setVisible(kind is KeyKind.KEY_FILE)
        for part in (self.module, self._module_label):
            part.setVisible(kind is KeyKind.TOKEN)
        self.setFocusProxy(self.first_field())

    def first_field(self) -> QLineEdit:
        """Where typing begins."""
        if self._kind is KeyKind.RECOVERY:
            return self.code
        return self.file.field if self._kind is KeyKind.KEY_FILE else self.secret

    def clear(self) -> None:
        """No field holds anything."""
        for field in (self.secret, self.code):
            field.setText("")
        self.file.clear()
        self.module.clear()

    def take(self, *, slot: str | None = None) -> Key | None:
        """What was brought, for the slot of this name or for any; None if nothing was."""
        path = self.module.path() if self._kind is KeyKind.TOKEN else self.file.path()
        text = taken(self.code if self._kind is KeyKind.RECOVERY else self.secret)
        key = Key(self._kind, text, path, slot)
        self.clear()
        if self._kind is KeyKind.KEY_FILE:
            return key if key.path is not None else None
        # A token with a pad of its own asks for the PIN itself.
        return key if text.strip() or self._kind is KeyKind.TOKEN else None

    def needs(self) -> str:
        """What is missing, where `take` gave nothing."""
        return say.NEEDS[self._kind.value]
