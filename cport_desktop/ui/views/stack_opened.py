"""One stack that is open: its contents in rows, each with the reason why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.likeness import Stack, StackMember
from cport_desktop.domain.rows import Page
from cport_desktop.ui.likening import StackLines
from cport_desktop.ui.models.stack_tiles import MemberList, stack_marks
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.stack_rows import MemberRows
from cport_desktop.words import stack_page as say
from cport_desktop.words import window

AT_ONCE = 60
"""Rows that are laid out, and whose veils are asked for, at once."""


class OpenedStack(QWidget):
    """Veils only; what is current is shown in the pane.

    Signals:
        item_wanted(object): this MediaId is current, or None.
        split_wanted(object, object): split off these MediaIds; this one stays.
        assess_wanted(object): decide on this `Stack`.
        package_wanted(): compose a package of the stack.
        left(): back to all stacks.
    """

    item_wanted = Signal(object)
    split_wanted = Signal(object, object)
    assess_wanted = Signal(object)
    package_wanted = Signal()
    left = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._lines: StackLines | None = None
        self.model = MemberList()
        self.rows = MemberRows(self.model, seat.theme)
        self._title = PlainLabel(role="heading", wraps=True)
        self._counts = PlainLabel(role="muted")
        self._why_not = PlainLabel(role="caption", wraps=True)
        self._split = button(say.SPLIT, self.split, kind="small", key=say.SPLIT_KEY)
        self.package = button(window.PACKAGE, self.package_wanted.emit, kind="small", key="Ctrl+E")
        self._lay_out()
        bind_key(say.SPLIT_KEY, self, self.split, everywhere=True)
        self.rows.members_chosen.connect(self._choose)
        self.model.more_wanted.connect(self._more)

    @property
    def stack(self) -> Stack | None:
        """The one that is open."""
        return None if self._lines is None else self._lines.stack

    @property
    def members(self) -> tuple[StackMember, ...]:
        return () if self._lines is None else self._lines.members

    def show_stack(self, lines: StackLines, current: MediaId | None) -> None:
        """Open on this stack; `current` is current if it is one of it."""
        self._lines = lines
        stack = lines.stack
        lead = media_reference(stack.stack_id)
        self._title.say(say.heading(lead, stack.contents, stack.items))
        self._counts.say(say.reports(stack.reports, stack.decided_reports))
        self.model.show_first(self._page(0))
        self._ask_veils(0)
        place = None if current is None else self.model.find(current)
        self.rows.choose(place or 0)

    def forget(self) -> None:
        """Nothing is open."""
        self._lines = None
        self.model.clear()

    def split(self) -> None:
        """Those that are chosen are to be a stack of their own."""
        chosen = {self.model.media_id(at) for at in self.rows.chosen()}
        kept = [one.media_id for one in self.members if one.media_id not in chosen]
        if chosen and kept:
            taken = [one.media_id for one in self.members if one.media_id in chosen]
            self.split_wanted.emit(taken, kept[0])
        elif chosen:
            self._why_not.say(say.LEAVE_ONE)

    def assess(self) -> None:
        if self._lines is not None:
            self.assess_wanted.emit(self._lines.stack)

    def _choose(self) -> None:
        chosen = self.rows.chosen()
        self._split.setEnabled(0 < len(chosen) < len(self.members))
        self._why_not.say("" if len(self.members) < 2 else say.CHOOSE_SOME)
        current = self.rows.currentIndex()
        at = current.row() if current.row() in chosen else (chosen[0] if chosen else None)
        self.item_wanted.emit(None if at is None else self.model.media_id(at))

    def _page(self, first: int) -> Page[StackMember]:
        last = first + AT_ONCE
        following = str(last) if last < len(self.members) else None
        return Page(self.members[first:last], following, 0.0)

    def _more(self, cursor: str) -> None:
        self.model.append(self._page(int(cursor)))
        self._ask_veils(int(cursor))

    def _ask_veils(self, first: int) -> None:
        ids = tuple(one.media_id for one in self.members[first : first + AT_ONCE])
        ask, session = self._seat.lanes.reading.ask, self._seat.session
        ask(self, partial(session.veils, ids), then=self.model.lay_veils)
        ask(self, partial(session.likening.badges, ids), then=self._lay_badges)

    def _lay_badges(self, badges: Mapping[MediaId, Badge]) -> None:
        if self._lines is None:
            return
        known = {media: badge for media, badge in badges.items() if badge.known is not None}
        undecided = Stack(MediaId(0), 0, 0, 0, 0)
        self.model.lay_marks({media: stack_marks(undecided, known[media]) for media in known})

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(button(f"← {say.BACK}", self.left.emit, kind="quiet", key=say.BACK_KEY))
        head.addWidget(self._title, 1)
        head.addWidget(self._counts)
        acts = QWidget()
        row = FlowLayout(acts, gap=6)
        row.addWidget(self._split)
        row.addWidget(button(say.ASSESS, self.assess, kind="small", key=say.ASSESS_KEY))
        row.addWidget(self.package)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        column.addWidget(acts)
        column.addWidget(self._why_not)
