"""Every page, part and dialog on a small screen, where the toolkit draws everything larger. Run in a process of its
own by `test_on_a_small_screen`: the size of a screen and the scale are told to a process once.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui.fitting import FRAME, fit_on_screen
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from tests.ui.accessible_walk import described, parts_of
from tests.ui.test_accessibility import dialogs_from, main, parts_shown
from tests.ui.test_nothing_is_cut import cut_at_rest

__all__ = ["main"]
_TURNS = 20
"""So often it is looked again: what was asked for comes and moves what is beneath it."""
_SEEN = 12
"""Pixels of what has the focus that must be seen, either way."""


def out_of_sight(part: QWidget) -> list[str]:
    """What is still not seen when it has the focus."""
    return [
        f"not seen: {described(widget)}"
        for widget in parts_of(part)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_seen_with_focus(widget)
    ]


def _is_seen_with_focus(widget: QWidget) -> bool:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    seen = widget.visibleRegion().boundingRect()
    whole = QRect(QPoint(), widget.size())
    return seen.width() >= min(_SEEN, whole.width()) and seen.height() >= min(_SEEN, whole.height())


def faults_in(window: QWidget, part: QWidget, qtbot: QtBot) -> list[str]:
    """What is cut off in `window`, and what of `part` no key brings into sight."""
    cut = [str(each) for each in cut_at_rest(window, qtbot)]
    # A dialog that was closed leaves no window active; only in an active one does the focus move.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _ in range(_TURNS):
        if not (hidden := out_of_sight(part)):
            break
        qtbot.wait(30)
    return [*map(str, cut), *hidden]


def test_no_word_is_cut_off_and_everything_is_seen_once_it_has_the_focus(
    main: MainWindow, qtbot: QtBot
) -> None:
    shell = main.window()
    fit_on_screen(shell)
    screen = shell.screen().availableGeometry().size()
    assert shell.height() + FRAME.height() <= screen.height()
    assert shell.width() + FRAME.width() <= screen.width()
    faults: set[str] = set()
    pages, dialogs = 0, 0
    for entry in PAGES:
        for title, part in parts_shown(main, entry, qtbot):
            pages += 1
            faults |= {f"{title}: {fault}" for fault in faults_in(shell, part, qtbot)}
            for dialog in dialogs_from(part, qtbot):
                dialogs += 1
                name = f"{title}, {dialog.windowTitle()}"
                faults |= {f"{name}: {fault}" for fault in faults_in(dialog, dialog, qtbot)}
                fits = screen.expandedTo(dialog.size()) == screen
                if not fits:
                    faults.add(f"{name}: is larger than the screen, {dialog.size().toTuple()}")
    assert sorted(faults) == []
    assert pages >= 30
    assert dialogs >= 20
