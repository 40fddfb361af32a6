"""Asks which case things are to be put into: one of the open ones, or a new one, whose title is kept while
it is typed (`views.kept_fields`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QListWidget, QWidget

from cport_desktop.domain.about import About
from cport_desktop.domain.case import CaseRow, CaseState
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind
from cport_desktop.domain.kept_text import LONGEST_TITLE
from cport_desktop.domain.rows import Page
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.kept_fields import KeptFields, place_about
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.working import CasesWanted, PutLine
from cport_desktop.words import cases_page as say

_SHOWN = 50
_HEIGHT = 150
_LONGEST = 80


def ask_case(
    over: QWidget,
    seat: Seat,
    things: Sequence[About],
    then: Callable[[Changes], None],
    lock: Callable[[], None],
) -> AskingDialog:
    """A dialog over the window; what was put in is told to `then`."""
    dialog = AskingDialog(
        over,
        title=say.CHOOSE_CASE,
        intro=say.CHOOSE_CASE_INTRO,
        act=say.CHOOSE_CASE_ACT,
        synthetic=seat.session.nature.is_synthetic,
    )
    dialog.lock_wanted.connect(lock)
    _Choosing(dialog, seat, things, then).open()
    return dialog


class _Choosing:
    """The fields of the dialog."""

    def __init__(
        self,
        dialog: AskingDialog,
        seat: Seat,
        things: Sequence[About],
        then: Callable[[Changes], None],
    ) -> None:
        self._dialog = dialog
        self._seat = seat
        self._things = tuple(things)
        self._then = then
        self._numbers: list[int] = []
        self._titled = text_field(say.SEARCH_TITLE, say.SEARCH_PLACEHOLDER)
        self._list = QListWidget()
        self._list.setAccessibleName(say.CASES)
        self._list.setFixedHeight(_HEIGHT)
        self._list.setSpacing(2)
        self._new = text_field(say.OR_NEW, say.TITLE_PLACEHOLDER)
        self._new.setMaxLength(LONGEST_TITLE)

    def open(self) -> None:
        """Over the window."""
        dialog = self._dialog
        dialog.add_field(say.SEARCH_TITLE, self._titled)
        dialog.add(self._list)
        dialog.add_field(say.OR_NEW, self._new)
        self._kept = KeptFields(
            dialog, self._seat, place_about(DraftKind.NEW_CASE, self._things[0]), self._new
        )
        self._titled.textChanged.connect(self._look)
        self._list.itemActivated.connect(lambda _item: self._take_listed())
        dialog.on_give(self._give)
        dialog.ended.connect(self._ended)
        self._look()
        dialog.open()

    def _look(self, _typed: str = "") -> None:
        wanted = CasesWanted(CaseState.OPEN, self._titled.text())
        self._seat.lanes.reading.ask(
            self._dialog,
            partial(self._seat.session.working.cases.page, wanted, _SHOWN, None),
            then=partial(self._show, wanted.titled),
            otherwise=self._dialog.refuse,
        )

    def _show(self, titled: str, page: Page[CaseRow]) -> None:
        if titled != self._titled.text():
            return
        self._list.clear()
        self._numbers = [row.case.number for row in page.rows]
        for row in page.rows:
            chip = say.case_chip(row.case.reference, one_line(row.case.title))
            self._list.addItem(shortened(chip, longest=_LONGEST))
        if self._numbers:
            self._list.setCurrentRow(0)

    def _take_listed(self) -> None:
        """Enter or a double click on a case means that one, whatever title was begun."""
        self._new.clear()
        self._dialog.give()

    def _give(self) -> None:
        title, at = self._new.text().strip(), self._list.currentRow()
        working = self._seat.session.working
        if title:
            work = partial(working.cases.put_into_new, title, self._things, self._kept.place)
        elif 0 <= at < len(self._numbers):
            work = partial(working.cases.put, self._numbers[at], self._things)
        else:
            self._dialog.complain(say.NEEDS_CASE, self._new)
            return
        self._dialog.work(self._seat.lanes.acting, work, then=self._conclude)

    def _conclude(self, answer: tuple[PutLine, Changes]) -> None:
        line, _ = answer
        self._kept.end()
        self._dialog.conclude(f"✓ {say.put(line.added, line.already, line.case.reference)}")

    def _ended(self, answer: tuple[PutLine, Changes]) -> None:
        self._then(answer[1])
