"""At the usual size no word is cut off: each label, button and heading has the room that it asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import USUAL
from cport_desktop.ui.widgets.plain_label import PlainLabel
from tests.ui.cut_words import Cut, cut_in
from tests.ui.test_accessibility import dialogs_from, main, parts_shown

__all__ = ["main"]
_TURNS = 20


def cut_at_rest(window: QWidget, qtbot: QtBot) -> list[Cut]:
    """What is cut once everything asked for is there and laid out."""
    for _ in range(_TURNS):
        if not (cut := list(cut_in(window))):
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
    window.resize(500, 100)
    window.show()
    label.setFixedWidth(30)
    assert [each.text for each in cut_in(window)] == [label.text()]
    label.setFixedWidth(400)
    label.setFixedHeight(label.sizeHint().height())
    assert list(cut_in(window)) == []
