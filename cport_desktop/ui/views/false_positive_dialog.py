"""Tell the portal that an entry of a hash list, or what it matched, is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import NotifyFalsePositive
from cport_desktop.ui.media_digests import digests_of
from cport_desktop.ui.models.media_grid import kind_words
from cport_desktop.ui.portal_acts import ToldList
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.list_fields import ListFields
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say


class FalsePositiveDialog(ActDialog):
    """The list, the entry that matched the media item, and why that is wrong."""

    def __init__(self, parent: QWidget, seat: Seat, item: MediaItem) -> None:
        super().__init__(
            parent, seat, title=say.DOUBT_TITLE, intro=say.DOUBT_INTRO, act=say.DOUBT_NOW
        )
        self._item = item
        self._entries = digests_of(item)
        about = say.about_media(media_reference(item.media_id), kind_words(item))
        self.add(PlainLabel(about, role="strong", wraps=True))
        if not self._entries:
            self.add(PlainLabel(say.NOTHING_KNOWN, tone="grave", wraps=True))
            self.is_done = True
            self.set_act_visible(is_visible=False)
            return
        self.entry = Choice(say.ENTRY)
        self.entry.setProperty("role", "mono")
        self.entry.addItems(
            [say.entry(each.algorithm.value, each.digest) for each in self._entries]
        )
        self.list = ListFields(self, seat, told=self._prefer)
        self.add_field(say.ENTRY, self.entry)
        self.note = self.add_note(say.WHY_WRONG)
        self.end_fields(missing=self._missing, order=self._order)

    def _missing(self) -> tuple[str, QWidget] | None:
        if not self.list.names.name():
            return say.NEEDS_LIST, self.list.names
        if not self.note.toPlainText().strip():
            return say.NEEDS_WHY, self.note
        return None

    def _order(self) -> Callable[[], Changes]:
        notice = NotifyFalsePositive(
            list_id=self.list.names.name(),
            entry=self._entries[self.entry.currentIndex()],
            media=self._item.media_id,
            note=self.note.toPlainText().strip(),
        )
        return partial(self._seat.session.portal_acts.doubt, notice)

    def _prefer(self, meant: ToldList | None) -> None:
        """An entry of the kind that the list holds, unless it holds the chosen one's."""
        takes = () if meant is None else meant.algorithms
        if self._entries[self.entry.currentIndex()].algorithm.value in takes:
            return
        for at, entry in enumerate(self._entries):
            if entry.algorithm.value in takes:
                self.entry.setCurrentIndex(at)
                return
