"""From page to page of a window over a demo vault, each dialog opened: what is said there."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings
from cport_desktop.ui import app
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.parts_page import PartsPage
from tests.ui.cut_words import cut_in

LONGEST_WAIT = 60.0
CUT = "cut"
"""Instead of a kind of widget: what follows are the fields of a `cut_words.Cut`."""


class Stays:
    """A window that is listened to never locks."""

    def again(self, remains: object) -> None:
        raise SystemExit("locked")

    def end(self) -> None:
        raise SystemExit("the vault did not close")


def walk(demo: Path) -> None:
    workstation = furnish(Settings(marks=demo / "marks"))
    application = app.prepare(workstation.settings.resources)
    desk = make_desk(workstation, demo / "vault", Nature.DEMO)
    styles = workstation.settings.resources / "styles"
    shell = Shell(desk, Frame(theme=DARK, styles=styles, renewal=Stays()))
    shell.resize(1366, 768)
    shell.show()
    say("door", shell)
    shell.open((demo / "passphrase.txt").read_text(encoding="utf-8").strip())
    until(lambda: shell.main is not None)
    assert shell.main is not None
    walk_pages(shell, shell.main)
    shell.main._show_keys()
    say_windows("keys", besides=(shell,))
    shell.close()
    until(lambda: not shell.isVisible())
    application.quit()


def walk_pages(shell: Shell, main: MainWindow) -> None:
    for entry in PAGES:
        main.show_page(entry.place)
        page = main.pages.widget_at(entry.place)
        if not isinstance(page, PartsPage):
            say_part(f"{entry.place} {entry.title}", page, shell)
            continue
        for section in page._sections:
            page.show_part(section.title)
            say_part(f"{entry.place} {section.title}", section, shell)


def say_part(where: str, part: QWidget, shell: Shell) -> None:
    wait(0.3)
    choose_first(part)
    wait(0.3)
    say(where, shell)
    say_what_opens(f"{where}, dialog", part, besides=(shell,))


def choose_first(part: QWidget) -> None:
    """Where something is listed its first row is chosen, so that the pane beside it speaks."""
    for view in part.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None and model.rowCount():
            view.setCurrentIndex(model.index(0, 0))


def say_what_opens(where: str, part: QWidget, *, besides: Sequence[QWidget]) -> None:
    """Each window that a button of `part` opens, and what its own buttons do; files that are chosen, too."""
    for press in part.findChildren(QAbstractButton):
        is_there = isValid(press) and press.isVisible() and press.isEnabled()
        if is_there and "…" in press.accessibleName().partition(",")[0]:
            press.click()
            say_windows(where, besides=besides)


def say_windows(where: str, *, besides: Sequence[QWidget]) -> None:
    wait(0.05)
    for window in QApplication.topLevelWidgets():
        if not isValid(window) or not window.isVisible() or window in besides:
            continue
        say(where, window)
        if isinstance(window, QFileDialog):
            window.reject()
        elif isinstance(window, QDialog):
            say_what_opens(f"{where}, its own", window, besides=(*besides, window))
            window.reject()
        else:
            window.close()


def say(where: str, window: QWidget) -> None:
    for kind, text in texts_of(window):
        if text.strip():
            print(json.dumps([where, kind, text], ensure_ascii=False))
    for cut in cut_in(window):
        print(json.dumps([where, CUT, *cut], ensure_ascii=False))


def texts_of(window: QWidget) -> Iterator[tuple[str, str]]:
    """All that the widgets of `window` show, offer on hover or tell a screen reader, but what was
    typed and the cells of tables.
    """
    yield "title", window.windowTitle()
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        kind = type(widget).__name__
        for text in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()):
            yield kind, text
        match widget:
            case QLabel() | QAbstractButton():
                yield kind, widget.text()
            case QLineEdit() | QPlainTextEdit():
                yield kind, widget.placeholderText()
            case QComboBox():
                for place in range(widget.count()):
                    yield kind, widget.itemText(place)
            case QHeaderView() if isinstance(widget.parentWidget(), QTableView):
                model = widget.model()
                if widget.orientation() is Qt.Orientation.Horizontal and model is not None:
                    for place in range(model.columnCount()):
                        yield kind, str(model.headerData(place, Qt.Orientation.Horizontal) or "")
            case QHeaderView() if isinstance(widget.parentWidget(), QTreeView):
                for place in range(widget.count()):
                    if not widget.isSectionHidden(place):
                        yield (
                            kind,
                            str(widget.model().headerData(place, widget.orientation()) or ""),
                        )


def until(is_so: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > LONGEST_WAIT:
            raise SystemExit("the window did not get ready")
        wait(0.02)


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
