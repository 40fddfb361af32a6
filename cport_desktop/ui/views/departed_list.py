"""What withdrawing a hash list that left would change, asked from the register."""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import DisclosureId
from cport_desktop.domain.known import KnownList
from cport_desktop.ui.list_leaving import ListLeaving
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.list_leaving_forms import WithdrawalForm
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.words import hash_lists_leaving as say

_CHANGED = Changes.DISCLOSURES | Changes.MEDIA | Changes.REPORTS | Changes.AUDIT


class DepartedListAct:
    """Its dialogs are those of `part`, which says why the list cannot be told of or withdrawn."""

    def __init__(self, seat: Seat, part: PageSection) -> None:
        self._seat = seat
        self._part = part

    def ask(self, disclosure_id: DisclosureId) -> None:
        """The list that left so, looked at first."""
        work = partial(self._leaving.of_departure, disclosure_id)
        self._seat.lanes.reading.ask(self._part, work, then=self._open, otherwise=self._part.refuse)

    @property
    def _leaving(self) -> ListLeaving:
        return self._seat.session.knowing.leaving

    def _open(self, row: KnownList) -> None:
        dialog = self._part.ask(
            title=say.WITHDRAW_TITLE,
            intro=one_line(f"{row.name} {row.version}".strip()),
            act=say.WITHDRAW_ACT,
            is_final=True,
        )
        WithdrawalForm(self._seat, self._leaving, dialog, row, self._changed).open()

    def _changed(self) -> None:
        self._part.refresh()
        self._part.changed.emit(_CHANGED)
