"""A person at the real window over a real vault of test cards: what they do, and what the log says."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from PIL import Image, ImageDraw
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget
from pytestqt.exceptions import TimeoutError as Late
from pytestqt.qtbot import QtBot

from cport_desktop.domain.ids import MediaId
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui import places
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.redact_dialog import RedactDialog
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.ui.widgets.tile_grid import TileGrid
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, digests_of
from tests.media.samples import encoded
from tests.report_builders import a_notice, a_report, an_item, new
from tests.ui.door import Door
from tests.ui.every_frame import EveryFrame
from tests.vault.erasing import apply

LONG = 60_000
"""Milliseconds; decoders start in children, and the machine may be busy."""
MARKERS = ((255, 0, 200), (0, 230, 20), (255, 60, 0), (30, 0, 255))
"""Hues that no theme has, not even nearly."""


def a_card(number: int) -> bytes:
    """A synthetic test card: four saturated fields and a fine grid, as PNG."""
    card = Image.new("RGB", (320, 240))
    draw = ImageDraw.Draw(card)
    for place in range(4):
        x, y = 160 * (place % 2), 120 * (place // 2)
        draw.rectangle((x, y, x + 159, y + 119), fill=MARKERS[(place + number) % 4])
    for step in range(0, 320, 16 + number):
        draw.line((step, 0, step, 239), fill=(255, 255, 255), width=2)
        draw.line((0, step, 319, step), fill=(0, 0, 0), width=2)
    return encoded(card, "PNG")


def recompressed(card: bytes) -> bytes:
    with Image.open(io.BytesIO(card)) as picture:
        return encoded(picture.convert("RGB"), "JPEG", quality=80)


def fill(vault: Vault, sandbox: Sandbox, cards: int) -> None:
    """So many reports, each with one test card that has arrived; the last card is the first again,
    recompressed, so that there is a stack.
    """
    contents = {number: a_card(number) for number in range(1, cards)}
    contents[cards] = recompressed(contents[1])
    reports = []
    for number, content in contents.items():
        url = f"https://files-{number}.example/a/{number}.png"
        item = an_item(number * 10, url, media=(a_notice(number, content),))
        reports.append(new(a_report(number, contents=(item,))))
    apply(vault, *reports)
    for number, content in contents.items():
        examination = sandbox.examine(iter([content]), size=len(content))
        intake = vault.intake(MediaId(number))
        intake.write(content)
        assert vault.derivatives.put(MediaId(number), examination)
        with vault.transaction() as tx:
            intake.settle(tx, digests_of(content), examination)
            tx.record(an_entry("hold"))
        intake.close()


class Person:
    """Every act ends with the glass veiled, but for `look`."""

    def __init__(self, shell: Shell, door: Door, qtbot: QtBot) -> None:
        assert shell.main is not None
        self.shell = shell
        self.main: MainWindow = shell.main
        self.door = door
        self.qtbot = qtbot
        self.panel: LookPanel = self.main.media.pane.panel
        """Where the person looks: on the media page, or for a while on another."""
        self.watch = EveryFrame(self.is_looking)
        self.main.show_page(places.MEDIA)
        qtbot.waitUntil(lambda: not self.main.media.is_empty, timeout=LONG)
        self.main.media.grid.choose(0)
        qtbot.waitUntil(lambda: self.main.media.pane.media_id is not None, timeout=LONG)

    def is_looking(self) -> bool:
        """A picture is on the screen by right: it is held, and the log says so."""
        return self.panel.looking.state is LookState.SHOWN and self.door.somebody_looks()

    def does(self, act: Callable[[], None]) -> None:
        self.watch.step = getattr(act, "__name__", str(act))
        act()
        self.watch.judge()

    # -- while nobody looks

    def hover(self) -> None:
        for widget in (self.main.media.grid.viewport(), self.panel.glass, self.main.status):
            for x in range(5, widget.width(), max(9, widget.width() // 6)):
                QTest.mouseMove(widget, QPoint(x, widget.height() // 2))

    def select(self) -> None:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
            QTest.keyClick(self.main.media.grid, key)
            self.turn()

    def scroll(self) -> None:
        bar = self.main.media.grid.verticalScrollBar()
        for value in (bar.maximum(), bar.minimum()):
            bar.setValue(value)
            self.turn()

    def resize(self) -> None:
        size = self.shell.size()
        for wider in (160, 0):
            self.shell.resize(size.width() + wider, size.height() + wider // 2)
            self.turn()

    def tooltip(self) -> None:
        for widget in (self.panel.glass, self.main.media.grid.viewport()):
            middle = widget.rect().center()
            QApplication.sendEvent(
                widget, QHelpEvent(QEvent.Type.ToolTip, middle, widget.mapToGlobal(middle))
            )
            self.turn()
        QToolTip.hideText()

    def context_menu(self) -> None:
        for widget in (self.panel.glass, self.main.media.grid.viewport()):
            middle = widget.rect().center()
            QApplication.sendEvent(
                widget,
                QContextMenuEvent(
                    QContextMenuEvent.Reason.Mouse, middle, widget.mapToGlobal(middle)
                ),
            )
            self.turn()

    def drag(self) -> None:
        self._pull(self.main.media.grid.viewport(), QPoint(40, 40))

    def copy(self) -> None:
        for widget in (self.main.media.grid, self.panel.glass):
            QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    def switch_pages(self) -> None:
        self.main.show_page(places.REPORTS)
        self.qtbot.waitUntil(self._opens_a_report, timeout=LONG)
        for page in (places.HOTLINES, places.REPORTS, places.MEDIA):
            self.main.show_page(page)
            self.turn()

    def _opens_a_report(self) -> bool:
        reports = self.main.reports
        if not reports.is_empty and not reports.table.selectionModel().hasSelection():
            reports.table.choose(0)
        return reports.pane.report_id is not None

    # -- a look, and what ends it

    def look(self) -> None:
        """A picture is on the screen. Whoever meets a window that was just moved or woken presses
        again: what it still has to say of itself veils.
        """
        looking, glass = self.panel.looking, self.panel.glass
        for _ in range(10):
            self.qtbot.waitUntil(self._can_look, timeout=LONG)
            glass.setFocus()
            QTest.keyPress(glass, Qt.Key.Key_Space)
            with suppress(Late):
                self.qtbot.waitUntil(lambda: looking.state is not LookState.VEILED, timeout=2_000)
            self.qtbot.waitUntil(lambda: looking.state is not LookState.ASKED, timeout=LONG)
            if looking.state is LookState.SHOWN:
                self.turn()
                self.watch.judge()
                return
            QTest.keyRelease(glass, Qt.Key.Key_Space)
            self.turn()
        raise AssertionError(self.panel.words())

    def _can_look(self) -> bool:
        """What was chosen has come, and is veiled."""
        return self.panel.can_look and self.panel.looking.state is LookState.VEILED

    def look_and_release(self) -> None:
        self._look_until(lambda: QTest.keyRelease(self.panel.glass, Qt.Key.Key_Space))

    def look_and_press_another_key(self) -> None:
        self._look_until(lambda: QTest.keyPress(self.panel.glass, Qt.Key.Key_X))

    def look_and_leave_with_the_button_down(self) -> None:
        glass = self.panel.glass
        self.look()  # What a window that was just woken has to say of itself is over then.
        QTest.keyRelease(glass, Qt.Key.Key_Space)
        self.turn()
        self.qtbot.waitUntil(self._can_look, timeout=LONG)
        QTest.mousePress(glass, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
        self.qtbot.waitUntil(lambda: self.panel.looking.state is LookState.SHOWN, timeout=LONG)
        self.turn()
        self.watch.judge()
        self._pull(glass, QPoint(30, 30), is_pressed=True)
        self._must_be_veiled()
        QTest.mouseRelease(glass, Qt.MouseButton.LeftButton, pos=QPoint(-50, 30))

    def look_and_lose_the_focus(self) -> None:
        self._look_until(lambda: QApplication.sendEvent(self.panel.glass, _out_of_focus()))

    def look_while_another_window_comes(self) -> None:
        self._look_until(
            lambda: QApplication.sendEvent(self.shell, QEvent(QEvent.Type.WindowDeactivate))
        )

    def look_and_minimise(self) -> None:
        self._look_until(self.shell.showMinimized)
        self.shell.showNormal()
        self.turn()

    def look_and_go_to_another_screen(self) -> None:
        handle = self.shell.windowHandle()
        assert handle is not None
        self._look_until(lambda: handle.screenChanged.emit(handle.screen()))

    def look_and_switch_page(self) -> None:
        self._look_until(lambda: self.main.show_page(places.REPORTS))
        self.main.show_page(places.MEDIA)
        self.turn()

    def look_and_choose_another_item(self) -> None:
        chosen = self.main.media.grid.chosen() or 0
        rows = self.main.media.model.rowCount()
        self._look_until(lambda: self.main.media.grid.choose((chosen + 1) % rows))

    def look_and_switch_the_level(self) -> None:
        buttons = [made for made in self.panel.levels.findChildren(QPushButton) if made.isVisible()]
        for made in buttons:
            self._look_until(made.click)

    def look_till_the_time_is_up(self) -> None:
        seen: list[LookState] = []
        looking = self.panel.looking
        looking.changed.connect(lambda: seen.append(looking.state))
        QTest.keyPress(self.panel.glass, Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: LookState.SPENT in seen, timeout=LONG)
        assert seen == [LookState.ASKED, LookState.SHOWN, LookState.SPENT]
        self._must_be_veiled()
        QTest.keyRelease(self.panel.glass, Qt.Key.Key_Space)

    def look_and_drag(self) -> None:
        def drag() -> None:
            self._pull(self.panel.glass, QPoint(20, 20))
            QApplication.sendEvent(self.panel.glass, _something_dragged_in())
            QTest.keyRelease(self.panel.glass, Qt.Key.Key_Space)

        self._look_until(drag)

    def look_on_the_page_of_a_report(self) -> None:
        """Its pane has a glass and a strip of veils of its own."""
        self.main.show_page(places.REPORTS)
        self.qtbot.waitUntil(self._opens_a_report, timeout=LONG)
        pane, first = self.main.reports.pane, self.main.reports.pane.report_id
        self.turn()
        with self._looking_at(self._panel_of_the_report()):
            self._look_until(lambda: QTest.keyRelease(self.panel.glass, Qt.Key.Key_Space))
            self._look_until(lambda: self.main.reports.table.choose(self._another_report()))
        # Whoever leaves the page in the middle of it has seen enough.
        self.qtbot.waitUntil(lambda: pane.report_id not in {None, first}, timeout=LONG)
        self.turn()
        with self._looking_at(self._panel_of_the_report()):
            self._look_until(lambda: self.main.show_page(places.MEDIA))
        self.turn()

    def look_among_stacks(self) -> None:
        """Listed by stacks, one is opened, and what is in it looked at."""
        media = self.main.media
        self._list_by(stacks=True)
        for widget in (media.stacks.grid.viewport(), media.pane.panel.glass):
            QTest.mouseMove(widget, QPoint(20, 20))
        self._open_one_of(media.stacks.grid)
        self._look_until(lambda: QTest.keyRelease(self.panel.glass, Qt.Key.Key_Space))
        self._look_until(lambda: self._list_by(stacks=False))
        self._open_one_of(media.grid)

    def look_while_redacting(self) -> None:
        """Places are drawn over the veil and over the picture, by mouse and by keys, at every zoom."""
        with self._redacting() as dialog:
            glass = dialog.panel.glass
            _draw(glass)
            self.turn()
            self._look_until(lambda: QTest.keyRelease(glass, Qt.Key.Key_Space))
            self.look()
            _draw(glass)
            for key in (Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Tab, Qt.Key.Key_Minus):
                QTest.keyClick(glass, key)
                self.turn()
                self.watch.judge()
            QTest.keyPress(glass, Qt.Key.Key_X)
            self._must_be_veiled()
            QTest.keyRelease(glass, Qt.Key.Key_Space)
            self._look_until(lambda: QApplication.sendEvent(glass, _out_of_focus()))
            self._look_until(dialog.reject)
        self.turn()

    @contextmanager
    def _redacting(self) -> Iterator[RedactDialog]:
        """The dialog over the item that is chosen, without a draft of an earlier time."""
        card = self.main.media.pane.redaction
        assert card is not None
        self.qtbot.waitUntil(card.redact.isEnabled, timeout=LONG)
        card.open()
        dialog = card.dialog
        assert dialog is not None
        dialog.places.lay(())
        dialog.activateWindow()
        self.turn()
        with self._looking_at(dialog.panel):
            yield dialog

    def look_that_comes_late(self) -> None:
        """The child answers when nobody holds anything any more."""
        begun = self.door.looks()[0]
        self.qtbot.waitUntil(self._can_look, timeout=LONG)
        self.panel.looking.press()
        self.panel.looking.release()
        self.qtbot.waitUntil(
            lambda: self.door.looks()[0] > begun and not self.door.somebody_looks(), timeout=LONG
        )
        self.turn()

    def look_and_lock(self) -> None:
        """The last thing that a person does."""
        self.look()
        self.shell.lock()
        self.watch.judge()
        self.turn()

    def _panel_of_the_report(self) -> LookPanel:
        found = self.main.reports.pane.findChild(LookPanel)
        assert isinstance(found, LookPanel)
        return found

    def _another_report(self) -> int:
        reports = self.main.reports
        chosen = reports.table.selectionModel().currentIndex().row()
        return (chosen + 1) % reports.model.rowCount()

    def _open_one_of(self, grid: TileGrid) -> None:
        """Whichever was the current one before, the first one is now, and the pane shows it. A list
        that is still on its way takes a choice back.
        """
        grid.clearSelection()
        grid.setCurrentIndex(QModelIndex())
        self.qtbot.waitUntil(lambda: self._opens_the_first_of(grid), timeout=LONG)

    def _opens_the_first_of(self, grid: TileGrid) -> bool:
        if grid.chosen() is None:
            grid.choose(0)
        return self.main.media.pane.media_id is not None

    def _list_by(self, *, stacks: bool) -> None:
        line = self.main.media.line
        (line.stacks if stacks else line.items).click()
        self.qtbot.waitUntil(lambda: not self.main.media.is_empty, timeout=LONG)

    @contextmanager
    def _looking_at(self, panel: LookPanel) -> Iterator[None]:
        self.panel = panel
        try:
            yield
        finally:
            self.panel = self.main.media.pane.panel

    def turn(self) -> None:
        """Everything that waits is handled."""
        self.qtbot.wait(1)

    def _look_until(self, end: Callable[[], object]) -> None:
        self.look()
        end()
        self._must_be_veiled()
        QTest.keyRelease(self.panel.glass, Qt.Key.Key_Space)
        self.turn()

    def _must_be_veiled(self) -> None:
        self.watch.judge()
        assert self.panel.looking.image is None

    def _pull(self, widget: QWidget, start: QPoint, *, is_pressed: bool = False) -> None:
        left = Qt.MouseButton.LeftButton
        if not is_pressed:
            QTest.mousePress(widget, left, pos=start)
        for step in (5, 15, 30, 60, -400):
            place = start + QPoint(step, 0)
            _move(widget, place, left)
        if not is_pressed:
            QTest.mouseRelease(widget, left, pos=start - QPoint(400, 0))
        self.turn()


def _draw(glass: QWidget) -> None:
    """A place around the middle of the glass."""
    left, middle = Qt.MouseButton.LeftButton, glass.rect().center()
    QTest.mousePress(glass, left, pos=middle - QPoint(30, 20))
    for step in (10, 30, 50):
        _move(glass, middle - QPoint(30 - step, 20 - step), left)
    QTest.mouseRelease(glass, left, pos=middle + QPoint(20, 30))


def _move(widget: QWidget, place: QPoint, button: Qt.MouseButton) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def _out_of_focus() -> QEvent:
    return QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason)


def _something_dragged_in() -> QEvent:
    return QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


QUIET = (
    Person.hover,
    Person.select,
    Person.scroll,
    Person.resize,
    Person.tooltip,
    Person.context_menu,
    Person.drag,
    Person.copy,
    Person.switch_pages,
)
LOOKS = (
    Person.look_and_release,
    Person.look_and_press_another_key,
    Person.look_and_leave_with_the_button_down,
    Person.look_and_lose_the_focus,
    Person.look_while_another_window_comes,
    Person.look_and_minimise,
    Person.look_and_go_to_another_screen,
    Person.look_and_switch_page,
    Person.look_and_choose_another_item,
    Person.look_and_switch_the_level,
    Person.look_and_drag,
    Person.look_on_the_page_of_a_report,
    Person.look_among_stacks,
    Person.look_while_redacting,
    Person.look_that_comes_late,
)


def random_acts(seed: int, number: int) -> list[Callable[[Person], None]]:
    dice = random.Random(seed)
    return [dice.choice((*QUIET, *LOOKS)) for _ in range(number)]
