"""The real window, driven by lines of JSON on standard input instead of a person.

A program of its own, outside the package: it puts a hand on the widgets and nothing else. When the
window is locked its process is replaced, and this program runs again under the same number, with
the same standard input. One answer for each command:

    {"do": "state"}                     where the window stands
    {"do": "unlock", "text": …}         type a passphrase at the door
    {"do": "search", "text": …}         ask a query
    {"do": "type_query", "text": …}     type into the query line and do not ask
    {"do": "open", "number": n}         open the n-th row
    {"do": "write", "text": …}          type feedback on the open report
    {"do": "select", "from": a, "to": b}  mark a part of the feedback
    {"do": "scroll", "pixels": n}       scroll the table
    {"do": "page", "number": n}         go to a page
    {"do": "open_medium"}               open the first media item
    {"do": "look"}                      hold it revealed, in full colour
    {"do": "compose", "title": …}       open the composer and name the package
    {"do": "files"}                     open a file dialog over the composer
    {"do": "menu"}                      open a menu
    {"do": "copy", "text": …}           put something on the clipboard
    {"do": "key", "key": "Key_F12"}     a key stroke to whatever has the keyboard; no answer
    {"do": "lock"}                      no answer
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit

from cport_desktop.bootstrap import furnish, harden_process
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.app import prepare
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import open_window
from cport_desktop.ui.renewal import ProcessRenewal, same_command
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.compose_dialog import ComposeDialog
from cport_desktop.words import window as say


class Driver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self._unread = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    @property
    def shell(self) -> Shell:
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))

    @property
    def main(self) -> MainWindow:
        assert self.shell.main is not None
        return self.shell.main

    def _read(self) -> None:
        piece = os.read(0, 65_536)
        if not piece:
            os._exit(0)
        self._unread += piece
        while b"\n" in self._unread:
            line, self._unread = self._unread.split(b"\n", 1)
            command = json.loads(line)
            answer = getattr(self, command.pop("do"))(**command)
            if answer is not None:
                tell(answer)

    def state(self) -> dict[str, Any]:
        shell = self.shell
        told: dict[str, Any] = {
            "is_open": shell.main is not None,
            "theme": shell._theme.name,
            "place": [shell.x(), shell.y(), shell.width(), shell.height()],
            "door": "" if shell.unlock is None else shell.unlock._hint.text(),
            "is_busy": shell._is_busy,
            "buses": sorted(shell._surroundings.heard),
            "pid": os.getpid(),
        }
        return told if shell.main is None else told | self._inside(shell.main)

    def _inside(self, main: MainWindow) -> dict[str, Any]:
        editor = main.reports.pane.findChild(QPlainTextEdit)
        composer = main.findChild(ComposeDialog)
        assert editor is not None
        cursor = editor.textCursor()
        drafting = self.shell._drafting
        assert drafting is not None
        return {
            "page": main.page,
            "rows": main.reports.model.rowCount(),
            "asked": main.reports.query_text,
            "is_searching": main.reports.head.detail.text() == say.SEARCHING,
            "typed": main.reports.query.text(),
            "scroll": main.reports.table.verticalScrollBar().value(),
            "report": main.reports.pane.report_id,
            "refusals": [main.reports.pane.acts.notice.message(), main.notice.message()],
            "chosen": main.reports.table.chosen(),
            "feedback": editor.toPlainText() if editor.isVisible() else None,
            "selection": [cursor.anchor(), cursor.position()],
            "package": None if composer is None else composer.form.name.text(),
            "is_writing": drafting._pending._is_writing or drafting._burst.isActive(),
            "look": main.media.pane.panel.looking.state.name,
            "media": 0 if main.media.is_empty else main.media.model.rowCount(),
            "media_open": main.media.pane.media_id,
            "files": main.findChild(QFileDialog) is not None,
        }

    def unlock(self, text: str) -> dict[str, Any]:
        assert self.shell.unlock is not None
        field = self.shell.unlock.findChild(QLineEdit)
        assert field is not None
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return {}

    def search(self, text: str) -> dict[str, Any]:
        self.type_query(text)
        QTest.keyClick(self.main.reports.query.field, Qt.Key.Key_Return)
        return {}

    def type_query(self, text: str) -> dict[str, Any]:
        self.main.reports.query.field.clear()
        QTest.keyClicks(self.main.reports.query.field, text)
        return {}

    def open(self, number: int) -> dict[str, Any]:
        self.main.reports.table.clearSelection()
        self.main.reports.table.choose(number)
        return {}

    def write(self, text: str) -> dict[str, Any]:
        self.main.reports.pane.edit_feedback()
        QTest.keyClicks(self._editor(), text)
        return {}

    def select(self, start: int, end: int) -> dict[str, Any]:
        cursor = self._editor().textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        self._editor().setTextCursor(cursor)
        return {}

    def scroll(self, pixels: int) -> dict[str, Any]:
        self.main.reports.table.verticalScrollBar().setValue(pixels)
        return {}

    def page(self, number: int) -> dict[str, Any]:
        self.main.show_page(number)
        return {}

    def open_medium(self) -> dict[str, Any]:
        self.main.media.grid.choose(0)
        return {}

    def look(self) -> dict[str, Any]:
        looking = self.main.media.pane.panel.looking
        looking.level = RevealLevel.FULL
        looking.press()
        return {}

    def compose(self, title: str) -> dict[str, Any]:
        self.main.show_page(places.REPORTS)
        self.main.compose()
        dialog = self.main.findChild(ComposeDialog)
        assert dialog is not None
        dialog.form.name.clear()
        QTest.keyClicks(dialog.form.name, title)
        return {}

    def files(self) -> dict[str, Any]:
        dialog = self.main.findChild(ComposeDialog)
        assert dialog is not None
        dialog.form.choose_path()
        return {}

    def menu(self) -> dict[str, Any]:
        self.main.reports.sorting.open_menu()
        return {}

    def copy(self, text: str) -> dict[str, Any]:
        QGuiApplication.clipboard().setText(text)
        return {}

    def theme(self) -> dict[str, Any]:
        self.shell._next_theme()
        return {}

    def key(self, key: str) -> None:
        window = QGuiApplication.focusWindow() or self.shell.windowHandle()
        QTest.keyClick(window, Qt.Key[key])

    def lock(self) -> None:
        self.main.lock_wanted.emit()

    def _editor(self) -> QPlainTextEdit:
        editor = self.main.reports.pane.findChild(QPlainTextEdit)
        assert editor is not None
        return editor


def tell(answer: dict[str, Any]) -> None:
    os.write(1, json.dumps(answer).encode() + b"\n")


def main() -> int:
    harden_process()
    vault, lock_after = Path(sys.argv[1]), float(sys.argv[2])
    settings = Settings(lock_after_seconds=lock_after, reveal_seconds=60.0)
    prepare(settings.resources, [say.PRODUCT])
    driver = Driver()
    tell({"started": os.getpid(), "remains": os.environ.get("CPORT_WINDOW")})
    command = same_command(sys.executable, sys.orig_argv, sys.argv[1:])
    renewal = ProcessRenewal(command, os.environ)
    status = open_window(furnish(settings), vault, None, renewal=renewal, environment=os.environ)
    del driver
    return status


if __name__ == "__main__":
    sys.exit(main())
