"""The real window as a process, with a hand inside that works its keys and fields when told to.

`python -m tests.hostile.window_driver ARGUMENTS` is `cport ARGUMENTS`; besides, each line on its
standard input is an order in JSON, and each answer one line on standard output. It goes on
through a lock, which replaces the program image and keeps both descriptors.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

import cport_desktop.__main__
from cport_desktop.ui import places
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell

PATIENCE = 60.0
"""Seconds until something that was waited for is given up."""
_LOOK_MS = 3

Until = Callable[[], object]


class Hand(QObject):
    """Lives in the window's thread. Each order ends with one answer."""

    ordered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(application().thread())
        self.ordered.connect(self.carry_out, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def carry_out(self, order: dict[str, Any]) -> None:
        act = getattr(self, f"do_{order.pop('do')}")
        try:
            act(**order)
        except Exception as error:  # noqa: BLE001 - whoever ordered hears of it
            answer(f"{type(error).__name__}: {error}")

    # -- orders

    def do_unlock(self, passphrase: str) -> None:
        def type_it() -> None:
            field = door_field()
            assert field is not None
            QTest.keyClicks(field, passphrase)
            QTest.keyClick(field, Qt.Key.Key_Return)
            wait(lambda: shell().main is not None, self.settle)

        wait(is_door_ready, type_it)

    def do_search(self, text: str) -> None:
        main = window()
        main.show_page(places.REPORTS)
        field = main.reports.query.field
        field.clear()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def do_open(self, place: int) -> None:
        main = window()
        main.show_page(places.REPORTS)
        rows = main.reports.model.rowCount()
        if rows:
            main.reports.table.choose(place % rows)
        self.settle()

    def do_media(self, place: int) -> None:
        main = window()
        main.show_page(places.MEDIA)

        def choose() -> None:
            if not main.media.is_empty:
                main.media.grid.choose(place)
            self.settle()

        self.barrier(choose)

    def do_reveal(self) -> None:
        main = window()
        looking = main.media.pane.panel.looking
        if main.media.pane.media_id is None:
            answer()
            return
        looking.press()

        def release() -> None:
            looking.release()
            self.settle()

        wait(lambda: looking.state is not LookState.VEILED, release, seconds=2.0)

    def do_feedback(self, text: str, send: bool) -> None:
        main = window()
        pane = main.reports.pane
        if pane.report_id is None:
            answer()
            return
        pane.edit_feedback()
        editor = pane.findChild(QPlainTextEdit)
        assert editor is not None
        editor.clear()
        QTest.keyClicks(editor, text)
        if send:
            QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def do_page(self, place: int) -> None:
        window().show_page(place)
        self.settle()

    def do_sync(self) -> None:
        exchange = window().exchange
        exchange.start()
        wait(lambda: not exchange.is_running, self.settle)

    def do_compose(self, recipient: str, path: str, title: str) -> None:
        main = window()
        main.show_page(places.REPORTS)
        main.compose()
        dialog = main.leaving.composer
        assert dialog is not None
        dialog.form.keys.setPlainText(recipient)
        dialog.form.path.setText(path)
        dialog.form.name.setText(title)

        def begin() -> None:
            dialog._begin()
            wait(lambda: bool(dialog.digest), close)

        def close() -> None:
            dialog.close()
            self.settle()

        wait(lambda: dialog.is_foreseen() and dialog._compose.isEnabled(), begin)

    def do_lock(self) -> None:
        """No answer comes from this image: the next one answers `ready`."""
        shell().lock()

    def do_close(self) -> None:
        answer()
        shell().close()

    # -- waiting

    def settle(self) -> None:
        """Answer when every lane has done what it was asked for and what that led to."""
        self.barrier(lambda: self.barrier(answer))

    def barrier(self, then: Callable[[], None]) -> None:
        lanes = window()._seat.lanes.all()
        left = [len(lanes)]

        def one_less(_answer: object) -> None:
            left[0] -= 1

        for lane in lanes:
            lane.ask(self, lambda: None, then=one_less)
        wait(lambda: left[0] == 0, then)


def shell() -> Shell:
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, Shell))


def window() -> MainWindow:
    main = shell().main
    if main is None:
        raise RuntimeError("the vault is locked")
    return main


def application() -> QApplication:
    made = QApplication.instance()
    assert isinstance(made, QApplication)
    return made


def is_door_ready() -> bool:
    field = door_field()
    return field is not None and field.isEnabled()


def door_field() -> QLineEdit | None:
    door = shell().unlock
    return None if door is None else door.findChild(QLineEdit)


def wait(until: Until, then: Callable[[], None], *, seconds: float = PATIENCE) -> None:
    """Go on with `then` as soon as `until` holds, or the time is over; the window lives on."""
    end = time.monotonic() + seconds

    def look() -> None:
        if until() or time.monotonic() > end:
            try:
                then()
            except Exception as error:  # noqa: BLE001 - as above
                answer(f"{type(error).__name__}: {error}")
        else:
            QTimer.singleShot(_LOOK_MS, look)

    look()


def answer(fault: str = "") -> None:
    os.write(1, (json.dumps({"fault": fault}) + "\n").encode())


def listen() -> None:
    """Orders come one by one: the next is written when the last was answered."""
    while QApplication.instance() is None or not QApplication.topLevelWidgets():
        time.sleep(0.02)
    hand = Hand()
    os.write(1, b'{"ready": true}\n')
    line = b""
    while (byte := os.read(0, 1)) != b"":
        line += byte
        if byte == b"\n":
            hand.ordered.emit(json.loads(line))
            line = b""


if __name__ == "__main__":
    threading.Thread(target=listen, name="hand", daemon=True).start()
    sys.exit(cport_desktop.__main__.main())
