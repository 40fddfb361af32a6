"""The media of one report: a strip of veils, and one glass over the current item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.ui.models.media_grid import marks_of
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.provenance_card import ProvenanceCard
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.ui.widgets.veil_strip import VeilStrip
from cport_desktop.words import window as say

_GLASS_HEIGHT = 170


class ReportMedia(QWidget):
    """Veiled; Space held on the strip or on the glass looks at the current item.

    Signals:
        looked(object): an item was looked at; a `domain.exposure.Look`.
        media_wanted(object): show this MediaId on the media page.
        current_changed(object): this `MediaItem` is the current one; the first one is at the start.
    """

    looked = Signal(object)
    media_wanted = Signal(object)
    current_changed = Signal(object)

    def __init__(
        self,
        items: tuple[MediaItem, ...],
        seat: Seat,
        *,
        over: QWidget,
        lock: Callable[[], None],
    ) -> None:
        """Dialogs belong to `over`, which outlives the page of one report; `lock` locks the vault from one."""
        super().__init__()
        self._items = items
        self._current = 0
        self._is_resting = False
        self._strip = VeilStrip(items)
        self._panel = LookPanel(seat, height=_GLASS_HEIGHT)
        self._panel.watch(self._strip)
        self._panel.looking.looked.connect(self.looked)
        self._strip.chosen.connect(self._show)
        self.card = ProvenanceCard(seat, over=over, lock=lock)
        foot = QHBoxLayout()
        foot.addWidget(button(say.OPEN_MEDIA, self._open, kind="quiet", key="Ctrl+M"))
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._strip)
        column.addWidget(self._panel)
        column.addWidget(self.card)
        column.addLayout(foot)
        self._show(0)
        ask, ids = seat.lanes.reading.ask, self._strip.ids()
        ask(self, partial(seat.session.veils, ids), then=self._lay_veils)
        ask(self, partial(seat.session.likening.badges, ids), then=self._lay_badges)

    def veil(self) -> None:
        self._panel.looking.release()

    def rest(self) -> None:
        """Another report was chosen: veiled until this page is gone."""
        self._is_resting = True
        self._panel.rest()

    def show_allowed(self) -> None:
        """Levels of looking that the agreement does not allow are not there."""
        self._panel.show_allowed()

    def open_current(self) -> None:
        self._open()

    def _lay_veils(self, veils: Mapping[MediaId, Picture]) -> None:
        self._strip.lay_veils(veils)
        self._show(self._current)

    def _lay_badges(self, badges: Mapping[MediaId, Badge]) -> None:
        self._strip.lay_marks({media: marks_of(badge) for media, badge in badges.items()})

    def _show(self, place: int) -> None:
        self._current = place
        if self.card.media_id != self._items[place].media_id:
            self.card.ask(self._items[place].media_id)
        self._panel.show_item(self._items[place], self._strip.veil(place))
        if self._is_resting:
            self._panel.rest()
        self.current_changed.emit(self._items[place])

    def _open(self) -> None:
        self.media_wanted.emit(self._items[self._current].media_id)
