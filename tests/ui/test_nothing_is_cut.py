"""At the usual size no word is cut off: each label, button and heading has the room that it asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import USUAL
from cport_desktop.ui.widgets.plain_label import PlainLabel
from tests.ui.test_accessibility import dialogs_from, main, parts_shown

__all__ = ["main"]
_TURNS = 20
_ROUNDED = 2
"""Pixels by which a size may differ from what was asked for."""


def cut_in(window: QWidget) -> list[str]:
    """What is shown in less room than its words need."""
    cut = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        wanted, given = widget.sizeHint(), widget.size()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(given.width()) > given.height() + _ROUNDED:
                cut.append(f"lines of {widget.text()[:60]!r}")
        elif type(widget) is PlainLabel or isinstance(widget, QAbstractButton):
            is_wide = wanted.width() > given.width() + _ROUNDED
            if is_wide or wanted.height() > given.height() + _ROUNDED:
                cut.append(f"{widget.text()!r} wants {wanted.toTuple()}, has {given.toTuple()}")
    return cut


def cut_at_rest(window: QWidget, qtbot: QtBot) -> list[str]:
    """The same once everything asked for is there and laid out."""
    for _ in range(_TURNS):
        if not (cut := cut_in(window)):
            break
        qtbot.wait(30)
    return cut


def test_on_the_usual_screen_no_page_and_no_dialog_cuts_a_word(
    main: MainWindow, qtbot: QtBot
) -> None:
    shell = main.window()
    shell.resize(*USUAL)
    assert shell.minimumSizeHint().width() <= USUAL[0]
    assert shell.minimumSizeHint().height() <= USUAL[1]
    cut: set[str] = set()
    for entry in PAGES:
        for title, part in parts_shown(main, entry, qtbot):
            cut |= {f"{title}: {what}" for what in cut_at_rest(shell, qtbot)}
            for dialog in dialogs_from(part, qtbot):
                found = cut_at_rest(dialog, qtbot)
                cut |= {f"{title}, {dialog.windowTitle()}: {what}" for what in found}
                assert dialog.width() <= USUAL[0]
                assert dialog.height() <= USUAL[1]
    assert sorted(cut) == []


def test_the_walk_sees_what_is_cut(qtbot: QtBot, application: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = PlainLabel("words that need some room", parent=window)
    window.show()
    label.setFixedWidth(30)
    assert len(cut_in(window)) == 1
    label.setFixedWidth(400)
    label.setFixedHeight(label.sizeHint().height())
    assert cut_in(window) == []
