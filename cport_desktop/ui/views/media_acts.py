"""The foot of a media item's page: what can be told to the portal of it. What the agreement does not
allow is not there, and a line names the clause instead.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.portal_asking import PortalAsking
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say


class MediaActs(QWidget):
    """The acts on one media item.

    Signals:
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._item: MediaItem | None = None
        self._asking = PortalAsking(seat, over=self)
        self._asking.changed.connect(self.changed)
        self._asking.lock_wanted.connect(self.lock_wanted)
        buttons = QWidget()
        row = FlowLayout(buttons, gap=6)
        self._made = {
            Function.HASHLIST_CONTRIBUTE: button(
                say.CONTRIBUTE, self.contribute, kind="small", key=say.CONTRIBUTE_KEY
            ),
            Function.FALSE_POSITIVE_NOTIFY: button(
                say.DOUBT, self.doubt, kind="small", key=say.DOUBT_KEY
            ),
        }
        for made in self._made.values():
            row.addWidget(made)
        self._absent = PlainLabel(role="caption", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(buttons)
        column.addWidget(self._absent)
        bind_key(say.CONTRIBUTE_KEY, self, self.contribute, everywhere=True)
        bind_key(say.DOUBT_KEY, self, self.doubt, everywhere=True)
        self.show_item(None)

    def show_item(self, item: MediaItem | None) -> None:
        """From now on it is about this item."""
        self._item = item
        self.show_allowed()

    def show_allowed(self) -> None:
        """Only what may be done is there; nothing at all where there is nothing to say."""
        offered = [function for function in self._made if self._asking.may(function)]
        for function, made in self._made.items():
            made.setVisible(function in offered)
        told = self._asking.why_not(*self._made)
        self._absent.say("\n".join(told))
        self._absent.setVisible(bool(told))
        self.setVisible(self._item is not None and bool(offered or told))

    def absent(self) -> str:
        """The line in the place of what is not allowed."""
        return "" if self._absent.isHidden() else self._absent.text()

    def contribute(self) -> None:
        """Put a contribution of its digests together."""
        if self._item is not None:
            self._asking.contribute((self._item,), self._item.media_id)

    def doubt(self) -> None:
        """Put a notice together that it was matched wrongly."""
        if self._item is not None:
            self._asking.doubt(self._item)
