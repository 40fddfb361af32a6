"""What would end a look waits for its end.

Rules:
1. A page that shows something that changed loads again. While somebody looks at an item on it, that waits
   until they have let go, or their time is up: a colleague's act, or an exchange that ends, is no reason to
   take a picture away that was asked for and recorded.
2. It does not wait if what they look at is not what it was: changed, withdrawn or erased. Then the item is
   veiled at once. Whether it is, is asked where the vault is read, and is no look: nothing is recorded of it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cport_desktop.errors import CportError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.look_panel import LookPanel


class AfterLook(QObject):
    """Waits for one look at a time: there is one pair of eyes.

    Signals:
        over(): nobody looks any more.
    """

    over = Signal()

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._panel: LookPanel | None = None

    def must_wait(self, page: QWidget) -> bool:
        """Whether somebody looks at something on the page; `over` says when they do not any more."""
        panels = (panel for panel in page.findChildren(LookPanel) if panel.looked_at is not None)
        panel = next(panels, None)
        if panel is None:
            return False
        if panel is not self._panel:
            self._let_go()
            self._panel = panel
            panel.looking.changed.connect(self._look_moved)
        item = panel.looked_at
        if item is not None:
            self._seat.lanes.reading.ask(
                panel,
                partial(self._seat.session.playing.is_as_it_was, item),
                then=partial(self._hear, panel),
                otherwise=partial(self._cannot_tell, panel),
            )
        return True

    def _hear(self, panel: LookPanel, is_as_it_was: bool) -> None:
        if not is_as_it_was:
            panel.looking.release()

    def _cannot_tell(self, panel: LookPanel, _error: CportError) -> None:
        panel.looking.release()

    def _look_moved(self) -> None:
        if self._panel is not None and self._panel.looked_at is None:
            self._let_go()
            self.over.emit()

    def _let_go(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None and isValid(panel):
            panel.looking.changed.disconnect(self._look_moved)
