"""Stacks in the place of the grid of items: all of them as tiles, or one that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.likeness import Stack
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError, StackUnfit
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.likening import StackLines
from cport_desktop.ui.models.stack_tiles import StackGrid, stack_marks
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.stack_acts import StackActs
from cport_desktop.ui.views.stack_opened import OpenedStack
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.tile_grid import TileGrid
from cport_desktop.words import stack_page as say
from cport_desktop.words import window

PAGE_SIZE = 60


class StackBrowser(QWidget):
    """Veiled, all of it.

    Signals:
        item_wanted(object): this MediaId is current, or None.
        listed(float): a page came, after so many milliseconds.
        refused(object): a CportError instead of a page.
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
        package_wanted(): compose a package of the stack that is open or current.
    """

    item_wanted = Signal(object)
    listed = Signal(float)
    refused = Signal(object)
    changed = Signal(object)
    lock_wanted = Signal()
    package_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._text = ""
        self._current: MediaId | None = None
        self._is_first_awaited = False
        self._errands: dict[str, Errand] = {}
        self.model = StackGrid()
        self.grid = TileGrid(self.model, seat.theme, name=say.GRID)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.opened = OpenedStack(seat)
        self.acts = StackActs(seat, over=self)
        self._list = ListOrWords(self.grid)
        self._notice = Notice()
        self._hint = PlainLabel(say.CHOOSE_TWO, role="caption", wraps=True)
        self._merge = button(say.MERGE, self.merge, kind="small", key=say.MERGE_KEY)
        self._merge.setEnabled(False)
        self._package = button(window.PACKAGE, self.package_wanted.emit, kind="small", key="Ctrl+E")
        self._places = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def is_open(self) -> bool:
        """One stack is open."""
        return self._places.currentWidget() is self.opened

    def search(self, text: str) -> None:
        """List the stacks with an item in the reports that `text` finds; an open one is read again."""
        self._text = text
        for errand in self._errands.values():
            errand.cancel()
        self._is_first_awaited = True
        self._errands["page"] = self._ask_page(None, self._show_first)
        if self.is_open and self._current is not None:
            self._ask_stack(self._current)

    def open_stack(self, media_id: MediaId) -> None:
        """Open the stack of this item; that it was consulted is on record."""
        self._ask_stack(media_id)

    def open_chosen(self) -> None:
        """Open the stack that is current."""
        at = self.grid.chosen()
        if at is not None and not self.is_open:
            self.open_stack(self.model.media_id(at))

    def merge(self) -> None:
        """The two stacks that are chosen are to be one."""
        chosen = self.grid.all_chosen()
        if len(chosen) == 2 and not self.is_open:
            self.acts.merge(*map(self.model.media_id, chosen))

    @property
    def in_hand(self) -> Stack | None:
        """The stack that is open, or current."""
        if self.is_open:
            return self.opened.stack
        at = self.grid.chosen()
        return None if at is None else self.model.item(at)

    def assess(self) -> None:
        """Ask for a decision on the stack that is open, or current."""
        if (stack := self.in_hand) is not None:
            self.acts.assess(stack)

    def show_allowed(self) -> None:
        """What the agreement or the roles do not allow is not there."""
        is_granted = Function.PACKAGE_COMPOSE.value not in self._seat.allowed.absent
        may = ROLE_FOR["compose"] in self._seat.session.keeping.roles
        for made in (self._package, self.opened.package):
            made.setVisible(is_granted and may)

    def step_back(self) -> bool:
        """From an open stack to all of them; whether one was open."""
        if not self.is_open:
            return False
        self._places.setCurrentIndex(0)
        self.opened.forget()
        self.grid.setFocus()
        self._choose()
        return True

    def wear(self, theme: Theme) -> None:
        self.grid.wear(theme)
        self.opened.rows.wear(theme)

    def _ask_page(self, cursor: str | None, then: Callable[[Page[Stack]], None]) -> Errand:
        return self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.likening.stacks, self._text, PAGE_SIZE, cursor),
            then=then,
            otherwise=self._refuse_page,
        )

    def _ask_stack(self, media_id: MediaId) -> None:
        if (errand := self._errands.get("stack")) is not None:
            errand.cancel()
        self._errands["stack"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.likening.stack, media_id),
            then=partial(self._show_stack, media_id),
            otherwise=self._refuse,
        )

    def _show_first(self, page: Page[Stack]) -> None:
        at = self.grid.chosen()
        before = None if at is None else self.model.media_id(at)
        self._is_first_awaited = False
        self.model.show_first(page)
        self._ask_veils(page)
        self.listed.emit(page.elapsed_ms)
        if page.rows:
            self._list.show_list()
            place = None if before is None else self.model.find(before)
            if place is not None:
                self.grid.choose(place)
        else:
            self._list.show_words(say.NO_STACKS, say.NO_STACKS_HELP)
        if not self.is_open:
            self._choose()

    def _append(self, page: Page[Stack]) -> None:
        self.model.append(page)
        self._ask_veils(page)
        self.listed.emit(page.elapsed_ms)

    def _ask_veils(self, page: Page[Stack]) -> None:
        ids = tuple(stack.stack_id for stack in page.rows)
        ask, session = self._seat.lanes.reading.ask, self._seat.session
        ask(self, partial(session.veils, ids), then=self.model.lay_veils)
        ask(self, partial(session.likening.badges, ids), then=partial(self._lay_badges, page))

    def _lay_badges(self, page: Page[Stack], badges: Mapping[MediaId, Badge]) -> None:
        marks = {one.stack_id: stack_marks(one, badges.get(one.stack_id)) for one in page.rows}
        self.model.lay_marks(marks)

    def _show_stack(self, media_id: MediaId, lines: StackLines) -> None:
        self._notice.dismiss()
        self._places.setCurrentIndex(1)
        self.opened.show_stack(lines, media_id)
        self.opened.rows.setFocus()

    def _choose(self) -> None:
        chosen = self.grid.all_chosen()
        self._merge.setEnabled(len(chosen) == 2)
        self._current = self.model.media_id(chosen[0]) if len(chosen) == 1 else None
        self.item_wanted.emit(self._current)

    def _choose_member(self, media_id: MediaId | None) -> None:
        if self.is_open:
            self._current = media_id or self._current
            self.item_wanted.emit(media_id)

    def _split(self, taken: Sequence[MediaId], kept: MediaId) -> None:
        self._current = kept
        self.acts.split(taken, kept)

    def _refuse(self, error: CportError) -> None:
        if isinstance(error, StackUnfit):
            self.step_back()
        self._notice.tell(error)

    def _refuse_page(self, error: CportError) -> None:
        self._is_first_awaited = False
        self.model.stop_waiting()
        self.refused.emit(error)

    def _connect(self) -> None:
        self.grid.item_chosen.connect(self._choose)
        self.grid.activated.connect(lambda _index: self.open_chosen())
        self.model.more_wanted.connect(self._fetch)
        self.opened.item_wanted.connect(self._choose_member)
        self.opened.split_wanted.connect(self._split)
        self.opened.assess_wanted.connect(self.acts.assess)
        self.opened.package_wanted.connect(self.package_wanted)
        self.opened.left.connect(self.step_back)
        self.acts.changed.connect(self.changed)
        self.acts.refused.connect(self._refuse)
        self.acts.lock_wanted.connect(self.lock_wanted)
        bind_key(say.MERGE_KEY, self, self.merge, everywhere=True)
        bind_key(say.ASSESS_KEY, self, self.assess, everywhere=True)

    def _fetch(self, cursor: str) -> None:
        if not self._is_first_awaited:  # Else it would come behind tiles that it does not follow.
            self._errands["more"] = self._ask_page(cursor, self._append)

    def _lay_out(self) -> None:
        acts = QWidget()
        row = FlowLayout(acts, gap=6)
        row.addWidget(button(say.OPEN, self.open_chosen, kind="small", key=say.OPEN_KEY))
        row.addWidget(self._merge)
        row.addWidget(button(say.ASSESS, self.assess, kind="small", key=say.ASSESS_KEY))
        row.addWidget(self._package)
        every = QWidget()
        inner = QVBoxLayout(every)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._list, 1)
        inner.addWidget(acts)
        inner.addWidget(self._hint)
        self._places.addWidget(every)
        self._places.addWidget(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.acts.strip)
        column.addWidget(self._notice)
        column.addWidget(self._places, 1)
