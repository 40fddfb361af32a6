"""Fields with a name: text, secrets that are taken out at once, and paths."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.files import Choosing, open_file_dialog
from cport_desktop.ui.widgets.plain_label import set_plain_tip
from cport_desktop.words import vault_page as say

LONGEST_SECRET = 4096
"""Characters: a passphrase of 1,000 in whichever normal form is far below."""
_LONGEST = 1000
_PARTS_THOUSANDS = ",.'’"
_PATHS_HEIGHT = 58


def text_field(name: str, placeholder: str = "", *, is_mono: bool = False) -> QLineEdit:
    """One line of text."""
    field = QLineEdit()
    field.setAccessibleName(name)
    hint(field, placeholder)
    field.setMaxLength(_LONGEST)
    if is_mono:
        field.setProperty("role", "mono")
    return field


def hint(field: QLineEdit, placeholder: str) -> None:
    """What stands in the field while it is empty; where it does not fit, the whole is on hover."""
    field.setPlaceholderText(placeholder)
    set_plain_tip(field, placeholder)


def typed_number(text: str) -> int | None:
    """The number that was typed, by hand or copied from a sentence in any language; None if it is none."""
    digits = "".join(part for part in text if part not in _PARTS_THOUSANDS and not part.isspace())
    return int(digits) if digits.isascii() and digits.isdigit() else None


def secret_field(name: str) -> QLineEdit:
    """One line that is not shown, and that no menu copies."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    field.setMaxLength(LONGEST_SECRET)
    field.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    return field


def taken(field: QLineEdit) -> str:
    """What was typed; the field is empty, and has no history that brings it back."""
    text = field.text()
    field.setText("")
    return text


def paths_field(name: str) -> QPlainTextEdit:
    """Some paths, one a line."""
    field = QPlainTextEdit()
    field.setProperty("role", "mono")
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(_PATHS_HEIGHT)
    return field


def paths_in(field: QPlainTextEdit) -> tuple[Path, ...]:
    """The paths that stand in it."""
    lines = (line.strip() for line in field.toPlainText().splitlines())
    return tuple(path_named(line) for line in lines if line)


class PathField(QWidget):
    """A path, typed or chosen.

    Signals:
        returned(): Enter in the field.
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    returned = Signal()
    lock_wanted = Signal()

    def __init__(self, name: str, placeholder: str, choosing: Choosing) -> None:
        super().__init__()
        self._name = name
        self._choosing = choosing
        self.field = text_field(name, placeholder, is_mono=True)
        self.field.setMaxLength(4096)
        self.field.returnPressed.connect(self.returned)
        self._chooser = button(say.CHOOSE, self._choose, kind="small", name=f"{say.CHOOSE} {name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._chooser)
        self.setFocusProxy(self.field)

    def path(self) -> Path | None:
        """The path, or None while there is none."""
        text = self.field.text().strip()
        return path_named(text) if text else None

    def clear(self) -> None:
        self.field.setText("")

    def _choose(self) -> None:
        dialog = open_file_dialog(self, self._name, choosing=self._choosing)
        dialog.fileSelected.connect(self.field.setText)
        bind_key("Ctrl+L", dialog, self.lock_wanted.emit, everywhere=True)


class PathsField(QWidget):
    """Some paths, one a line, typed or chosen one after the other.

    Signals:
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    lock_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.field = paths_field(name)
        self._chooser = button(say.CHOOSE, self._choose, kind="small", name=f"{say.CHOOSE} {name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._chooser, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.field)

    def paths(self) -> tuple[Path, ...]:
        """Those that stand in it."""
        return paths_in(self.field)

    def _choose(self) -> None:
        dialog = open_file_dialog(self, self._name, choosing=Choosing.FILE)
        dialog.fileSelected.connect(self.field.appendPlainText)
        bind_key("Ctrl+L", dialog, self.lock_wanted.emit, everywhere=True)
