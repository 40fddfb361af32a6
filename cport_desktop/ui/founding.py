"""The window that makes a vault or restores one. When it is there, the process goes on as another
that shows its door: what was typed here lies in no memory then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cport_desktop.bootstrap import Workstation
from cport_desktop.ui import app
from cport_desktop.ui.bugs import bug_reference
from cport_desktop.ui.fitting import SMALLEST, fit_on_screen
from cport_desktop.ui.foundry import Foundry
from cport_desktop.ui.foundry_opening import make_foundry
from cport_desktop.ui.in_sight import InSight
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.rehearsing import Rehearsal
from cport_desktop.ui.renewal import VARIABLE, Place, Remains, Renewal, Why, parse_remains
from cport_desktop.ui.theme import Theme, palette, style_sheet, theme_after, theme_named
from cport_desktop.ui.views.founding import FoundingView
from cport_desktop.ui.views.rehearsal_dialog import RehearsalDialog
from cport_desktop.ui.views.restoring import RestoringView
from cport_desktop.ui.views.steps import StepsView
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.ui.widgets.roomy import Roomy
from cport_desktop.words import keys_window, restoring
from cport_desktop.words import window as say

_USUAL = (1366, 768)


def found_window(
    workstation: Workstation,
    directory: Path | None,
    *,
    renewal_on: Callable[[Path], Renewal],
    environment: Mapping[str, str],
    rehearsal: Rehearsal | None = None,
) -> int:
    """The window in which a vault is made, in `directory` unless another folder is chosen. It
    returns when it was closed; where a vault was made it does not: the process goes on with that.
    """
    settings = workstation.settings
    application = app.prepare(settings.resources)
    remains = parse_remains(environment.get(VARIABLE))
    theme = theme_named(settings.theme if remains is None else remains.theme)
    window = FoundingWindow(
        make_foundry(workstation),
        directory,
        theme=theme,
        styles=settings.resources / "styles",
        renewal_on=renewal_on,
        rehearsal=rehearsal,
    )
    fit_on_screen(window)
    window.show()
    return app.until_closed(application, window)


class FoundingWindow(QWidget):
    """A top-level window of its own: there is no vault yet that it could belong to."""

    def __init__(
        self,
        foundry: Foundry,
        directory: Path | None,
        *,
        theme: Theme,
        styles: Path,
        renewal_on: Callable[[Path], Renewal],
        rehearsal: Rehearsal | None = None,
    ) -> None:
        """`rehearsal`: how to practise before there is a vault, where that can be had."""
        super().__init__()
        self.setObjectName("Shell")
        self.setMinimumSize(*SMALLEST)
        self.resize(*_USUAL)
        self._styles = styles
        self._theme = theme
        self._renewal_on = renewal_on
        self._rehearsal = rehearsal
        self._lane = Lane("founding", drains=True)
        self.wear(theme)
        self._foundry = foundry
        self._directory = directory
        self._lane.went_wrong.connect(self._went_wrong)
        self._in_sight = InSight(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.view: StepsView = self.make()
        bind_key("Ctrl+T", self, lambda: self.wear(theme_after(self._theme)), everywhere=True)

    def make(self) -> FoundingView:
        """Show how a vault is made; nothing that was typed elsewhere is left."""
        view = FoundingView(self._foundry, self._lane, directory=self._directory)
        view.other_way_wanted.connect(self.restore)
        self._show(view, keys_window.CREATE_TITLE, Why.FOUNDED)
        return view

    def restore(self) -> RestoringView:
        """Show how a vault is restored; nothing that was typed elsewhere is left."""
        view = RestoringView(self._foundry, self._lane, directory=self._directory)
        view.other_way_wanted.connect(self.make)
        self._show(view, restoring.TITLE, Why.RESTORED)
        return view

    def _show(self, view: StepsView, title: str, why: Why) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.view = view
        self.setWindowTitle(f"{say.PRODUCT} – {title}")
        view.made.connect(partial(self._go_on, why))
        view.left.connect(self.close)
        if self._rehearsal is not None:
            view.offer_practice(self.practise)
        area = Roomy(view)
        self._column.addWidget(area)
        area.show()
        view.show_step(0)

    def practise(self) -> None:
        """Offer a rehearsal."""
        if self._rehearsal is not None:
            RehearsalDialog(self.view, self._rehearsal).open()

    def wear(self, theme: Theme) -> None:
        """Change every colour at once."""
        self._theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme, self._styles))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.view.is_busy:
            # What is made takes some seconds; a restore is told to stop, and then it closes.
            self.view.wind_down()
            event.ignore()
            return
        self._lane.drop_answers()
        self._lane.farewell()()
        super().closeEvent(event)

    def _go_on(self, why: Why, directory: Path) -> None:
        place = self.normalGeometry()
        stood = Place(place.x(), place.y(), place.width(), place.height(), self.isMaximized())
        remains = Remains(stood, self._theme.name, why)
        self._renewal_on(directory).again(remains)

    def _went_wrong(self, error: Exception) -> None:
        self.view.tell_bug(bug_reference(error))
