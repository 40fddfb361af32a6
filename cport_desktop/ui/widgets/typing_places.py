"""What is typed in a field, with cursor and selection, taken out and put back."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from cport_desktop.domain.draft import Typed


def typed_in(editor: QPlainTextEdit) -> Typed:
    cursor = editor.textCursor()
    return Typed(editor.toPlainText(), cursor.position(), cursor.anchor())


def lay_typed(editor: QPlainTextEdit, typed: Typed) -> None:
    """The editor holds `typed`, selected as it was."""
    editor.setPlainText(typed.text)
    end = editor.document().characterCount() - 1
    cursor = editor.textCursor()
    cursor.setPosition(min(typed.anchor, end))
    cursor.setPosition(min(typed.cursor, end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def typed_on(line: QLineEdit) -> Typed:
    cursor = line.cursorPosition()
    if not line.hasSelectedText():
        return Typed(line.text(), cursor, cursor)
    start, end = line.selectionStart(), line.selectionEnd()
    return Typed(line.text(), cursor, start if cursor == end else end)


def lay_on(line: QLineEdit, typed: Typed) -> None:
    """The line holds `typed`, selected as it was."""
    line.setText(typed.text)
    line.setSelection(typed.anchor, typed.cursor - typed.anchor)
    if typed.cursor == typed.anchor:
        line.setCursorPosition(typed.cursor)
