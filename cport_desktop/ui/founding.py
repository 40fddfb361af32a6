"""The window that makes a vault. When it is made, the process goes on as another that shows its
door: what was typed here lies in no memory then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cport_desktop.bootstrap import Workstation
from cport_desktop.ui import app
from cport_desktop.ui.foundry import Foundry
from cport_desktop.ui.keys_opening import make_foundry
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.main_window import bug_reference
from cport_desktop.ui.renewal import VARIABLE, Place, Remains, Renewal, Why, parse_remains
from cport_desktop.ui.theme import Theme, palette, style_sheet, theme_after, theme_named
from cport_desktop.ui.views.founding import FoundingView
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.words import keys_window
from cport_desktop.words import window as say

_USUAL = (1366, 768)
_SMALLEST = (760, 640)


def found_window(
    workstation: Workstation,
    directory: Path | None,
    *,
    renewal_on: Callable[[Path], Renewal],
    environment: Mapping[str, str],
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
    )
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
    ) -> None:
        super().__init__()
        self.setObjectName("Shell")
        self.setWindowTitle(f"{say.PRODUCT} – {keys_window.CREATE_TITLE}")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)
        self._styles = styles
        self._theme = theme
        self._renewal_on = renewal_on
        self._lane = Lane("founding", drains=True)
        self.wear(theme)
        self.view = FoundingView(foundry, self._lane, directory=directory)
        self.view.made.connect(self._go_on)
        self.view.left.connect(self.close)
        self._lane.went_wrong.connect(self._went_wrong)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        bind_key("Ctrl+T", self, lambda: self.wear(theme_after(self._theme)), everywhere=True)

    def wear(self, theme: Theme) -> None:
        """Change every colour at once."""
        self._theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(theme))
            application.setStyleSheet(style_sheet(theme, self._styles))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.view.is_busy:
            # It is made or not in some seconds; half of it would only have to be cleared away.
            event.ignore()
            return
        self._lane.drop_answers()
        self._lane.farewell()()
        super().closeEvent(event)

    def _go_on(self, directory: Path) -> None:
        place = self.normalGeometry()
        stood = Place(place.x(), place.y(), place.width(), place.height(), self.isMaximized())
        remains = Remains(stood, self._theme.name, Why.FOUNDED)
        self._renewal_on(directory).again(remains)

    def _went_wrong(self, error: Exception) -> None:
        self.view.tell_bug(bug_reference(error))
