"""Contribute a whole list that is here to one that hotlines and agencies share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.operation import HashAlgorithm, HashEntry
from cport_desktop.errors import CportError
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.portal_acts import ListContribution
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.list_fields import ListFields
from cport_desktop.ui.widgets.digest_boxes import DigestBoxes
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import known_acts as words
from cport_desktop.words import portal_acts as say


class ListContributionDialog(ActDialog):
    """The shared list, which digests, a note. What would go is counted before anything can."""

    def __init__(self, parent: QWidget, seat: Seat, row: KnownList) -> None:
        super().__init__(
            parent,
            seat,
            title=words.CONTRIBUTE_TITLE,
            intro=words.contribute_what(one_line(row.name), row.entries),
            act=say.CONTRIBUTE_NOW,
        )
        self._row = row
        self._counts: Counter[HashAlgorithm] = Counter()
        sense = words.OF_HARMLESS if row.is_negative else words.OF_KNOWN
        self.add(PlainLabel(sense, role="strong", tone="lightest" if row.is_negative else None))
        if row.handling:
            told = words.handling(one_line(row.handling))
            self.add(PlainLabel(told, tone="grave", wraps=True))
        self.digests = DigestBoxes(HashAlgorithm)
        for box in self.digests.of.values():
            box.hide()
        self.digests.changed.connect(self._tell)
        self.list = ListFields(self, seat, told=self.digests.prefer)
        self.add_field(say.DIGESTS, self.digests)
        self._goes = PlainLabel(words.COUNTING, role="caption", wraps=True)
        self.add(self._goes)
        self.note = self.add_note(say.NOTE_OPTIONAL)
        self.add_reason()
        self.end_fields(missing=self._missing, order=self._order)
        work = partial(seat.session.portal_acts.digests_of_list, row.list_id)
        seat.lanes.reading.ask(self, work, then=self._count, otherwise=self._cannot)

    def entries(self) -> int:
        """How many digests would go."""
        return sum(self._counts[each] for each in self._wanted())

    def _count(self, entries: tuple[HashEntry, ...]) -> None:
        self._counts = Counter(entry.algorithm for entry in entries)
        for each, box in self.digests.of.items():
            told = words.digests_on(say.ALGORITHMS[each.value], self._counts[each])
            box.setText(told)
            box.setAccessibleName(told)
            box.setVisible(self._counts[each] > 0)
        self._tell()
        self.fit()

    def _cannot(self, error: CportError) -> None:
        """It is more than one message takes, or stands no more: nothing can be given."""
        self._goes.say("")
        self.is_done = True
        self.set_act_visible(is_visible=False)
        self.refuse(error)

    def _wanted(self) -> tuple[HashAlgorithm, ...]:
        return tuple(each for each in self.digests.wanted() if self._counts[each])

    def _missing(self) -> tuple[str, QWidget] | None:
        if not self.list.names.name():
            return say.NEEDS_LIST, self.list.names
        if not self.entries():
            return say.NEEDS_DIGEST, self.digests.of[HashAlgorithm.SHA256]
        return None

    def _order(self) -> Callable[[], Changes]:
        order = ListContribution(
            from_list=self._row.list_id,
            list_id=self.list.names.name(),
            algorithms=self._wanted(),
            note=self.note.toPlainText().strip(),
            reason=self.reason(),
        )
        return partial(self._seat.session.portal_acts.contribute_list, order)

    def _tell(self) -> None:
        self._goes.say(say.entries(self.entries()) if self._counts else words.COUNTING)
