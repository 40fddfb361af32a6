"""Contribute digests of media items to a hash list that hotlines and agencies share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import HashEntry
from cport_desktop.ui.media_digests import algorithms_of, digests_of, entries_of
from cport_desktop.ui.portal_acts import ContributionOrder
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.list_fields import ListFields
from cport_desktop.ui.widgets.digest_boxes import DigestBoxes
from cport_desktop.ui.widgets.media_choice import MediaChoice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say


class ContributionDialog(ActDialog):
    """The list, the media items, which of their digests, a note."""

    def __init__(self, parent: QWidget, seat: Seat, items: Sequence[MediaItem]) -> None:
        super().__init__(
            parent,
            seat,
            title=say.CONTRIBUTE_TITLE,
            intro=say.CONTRIBUTE_INTRO,
            act=say.CONTRIBUTE_NOW,
        )
        offered = [item for item in items if digests_of(item)]
        self.media = MediaChoice(say.MEDIA, offered)
        self.digests = DigestBoxes(algorithms_of(offered))
        self._goes = PlainLabel(role="caption", wraps=True)
        if not offered:
            self.add(PlainLabel(say.NOTHING_KNOWN, tone="grave", wraps=True))
            self.is_done = True
            self.set_act_visible(is_visible=False)
            return
        self.list = ListFields(self, seat, told=self.digests.prefer)
        self.add_field(say.MEDIA, self.media)
        if len(offered) < len(items):
            left_out = say.left_out(len(items) - len(offered))
            self.add(PlainLabel(left_out, role="caption", wraps=True))
        self.add_field(say.DIGESTS, self.digests)
        self.add(self._goes)
        self.note = self.add_note(say.NOTE_OPTIONAL)
        self.add_reason()
        self.end_fields(missing=self._missing, order=self._order)
        self.digests.changed.connect(self._tell_entries)
        self.media.ticked.connect(self._tell_entries)
        self._tell_entries()

    def entries(self) -> tuple[HashEntry, ...]:
        """What would go."""
        return entries_of(self.media.chosen(), self.digests.wanted())

    def _missing(self) -> tuple[str, QWidget] | None:
        if not self.list.names.name():
            return say.NEEDS_LIST, self.list.names
        if not self.media.chosen():
            return say.NEEDS_MEDIA, self.media
        if not self.entries():
            return say.NEEDS_DIGEST, next(iter(self.digests.of.values()))
        return None

    def _order(self) -> Callable[[], Changes]:
        order = ContributionOrder(
            list_id=self.list.names.name(),
            entries=self.entries(),
            note=self.note.toPlainText().strip(),
            reason=self.reason(),
        )
        return partial(self._seat.session.portal_acts.contribute, order)

    def _tell_entries(self) -> None:
        self._goes.say(say.entries(len(self.entries())))
