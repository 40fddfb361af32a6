"""Contribute digests of media items to a hash list that hotlines and agencies share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import HashAlgorithm, HashEntry
from cport_desktop.ui.media_digests import algorithms_of, digests_of, entries_of
from cport_desktop.ui.portal_acts import ContributionOrder, ToldList
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.list_fields import ListFields
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
        self.digests: dict[HashAlgorithm, QCheckBox] = {
            each: self._box(each) for each in algorithms_of(offered)
        }
        self._goes = PlainLabel(role="caption", wraps=True)
        if not offered:
            self.add(PlainLabel(say.NOTHING_KNOWN, tone="grave", wraps=True))
            self.is_done = True
            self.set_act_visible(is_visible=False)
            return
        self.list = ListFields(self, seat, told=self._prefer)
        self.add_field(say.MEDIA, self.media)
        if len(offered) < len(items):
            left_out = say.left_out(len(items) - len(offered))
            self.add(PlainLabel(left_out, role="caption", wraps=True))
        self.add_field(say.DIGESTS, self._row())
        self.add(self._goes)
        self.note = self.add_note(say.NOTE_OPTIONAL)
        self.add_reason()
        self.end_fields(missing=self._missing, order=self._order)
        self.media.ticked.connect(self._tell_entries)
        self._tell_entries()

    def entries(self) -> tuple[HashEntry, ...]:
        """What would go."""
        wanted = [each for each, box in self.digests.items() if box.isChecked()]
        return entries_of(self.media.chosen(), wanted)

    def _missing(self) -> tuple[str, QWidget] | None:
        if not self.list.names.name():
            return say.NEEDS_LIST, self.list.names
        if not self.media.chosen():
            return say.NEEDS_MEDIA, self.media
        if not self.entries():
            return say.NEEDS_DIGEST, next(iter(self.digests.values()))
        return None

    def _order(self) -> Callable[[], Changes]:
        order = ContributionOrder(
            list_id=self.list.names.name(),
            entries=self.entries(),
            note=self.note.toPlainText().strip(),
            reason=self.reason(),
        )
        return partial(self._seat.session.portal_acts.contribute, order)

    def _prefer(self, meant: ToldList | None) -> None:
        """Of a list that holds some of them, exactly those are ticked."""
        takes = () if meant is None else meant.algorithms
        if any(each.value in takes for each in self.digests):
            for each, box in self.digests.items():
                box.setChecked(each.value in takes)

    def _box(self, algorithm: HashAlgorithm) -> QCheckBox:
        words = say.ALGORITHMS[algorithm.value]
        box = QCheckBox(words)
        box.setAccessibleName(words)
        box.setChecked(True)
        box.toggled.connect(lambda _is_on: self._tell_entries())
        return box

    def _row(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for box in self.digests.values():
            row.addWidget(box)
        row.addStretch()
        return part

    def _tell_entries(self) -> None:
        self._goes.say(say.entries(len(self.entries())))
