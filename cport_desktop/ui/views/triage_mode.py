"""Triage on the page of reports: single keys decide the focused report, and the next one has the focus.

Rules:
1. The keys do this only while triage is on, and never while somebody types. Nothing is searched for by
   typing in the table then. Escape leaves.
2. Every act names its item and offers the way back. Several chosen rows are one act; above the unit's
   number their count is typed. Nothing is half done: what is refused is named.
3. The list stands still while triage is on: rows show what was done, and are searched for anew when
   triage is left.
4. While it is on, the report that is open is in the analyst's hands; a colleague who has it is shown.
   What a colleague has in hand is decided only when asked a second time, while that is offered.
5. From an act until the next report has the focus no key decides: it would decide the same report again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Protocol, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import ReportRow
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.triaging import (
    DecidedLines,
    DecisionAsked,
    StackAsked,
    TurnedLines,
)
from cport_desktop.ui.views.assign_dialog import AssignDialog
from cport_desktop.ui.views.triage_hand import TriageHand
from cport_desktop.ui.views.triage_round import TriageRound
from cport_desktop.ui.views.triage_strip import TriageStrip
from cport_desktop.ui.views.triage_told import Told, of_decision, of_flag, of_turning
from cport_desktop.ui.widgets.acts import ASSESSABLE
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.words import triage_page as say
from cport_desktop.words.window_cures import explain_here

_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Choice(Protocol):
    """What is chosen in the list, beyond the rows that are loaded as well."""

    def __call__(self) -> tuple[Chosen, int]: ...


class TriageMode(QObject):
    """Keys and their acts, over the table of a page.

    Signals:
        changed(object): `Changes` after an act.
        left(): triage is off again; the list may be searched for anew.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    left = Signal()
    lock_wanted = Signal()

    def __init__(
        self, seat: Seat, page: QWidget, table: RowsTable, model: KeysetTable[ReportRow]
    ) -> None:
        super().__init__(page)
        self._seat = seat
        self._page = page
        self._table = table
        self._choice: Choice | None = None
        self._asked: Callable[[int], None] | None = None
        self._insisting: Callable[[], None] | None = None
        self.strip = TriageStrip(seat.lanes.acting, seat.clock)
        self.strip.undo_wanted.connect(self.undo)
        self.strip.despite_wanted.connect(self._decide_despite)
        self.strip.typed.connect(self._take_count)
        self._round = TriageRound(seat, page, table, model, self.strip)
        self._round.refused.connect(self.refuse)
        self._hand = TriageHand(seat, page, self.strip)
        self.entrance = button(say.TRIAGE, self.toggle, kind="small", key=say.ENTER_KEY)
        self._keys = tuple(self._bind())
        table.installEventFilter(self)

    # -- what the page does with it

    @property
    def is_on(self) -> bool:
        return self._round.is_on

    def choose_by(self, choice: Choice) -> None:
        """From now on an act is done to what `choice` says."""
        self._choice = choice

    def toggle(self) -> None:
        """Enter triage, or leave it."""
        if self.is_on:
            self.leave()
        elif ROLE_FOR["act"] in self._seat.session.keeping.roles:
            self._enter()

    def step_back(self) -> bool:
        """Escape: out of typing a count, then out of triage; whether there was something to leave."""
        if self.strip.stop_asking():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        was_on = self.is_on
        self.leave()
        return was_on

    def leave(self) -> None:
        """No key decides anything any more."""
        if not self.is_on:
            return
        self._round.end()
        self._insisting = self._asked = None
        self._wear()
        self.strip.tell("")
        self._hand.give_back()
        self.left.emit()

    def opened(self, report_id: ReportId) -> None:
        """This report is on the page beside the list now."""
        self._hand.opened(report_id, takes=self.is_on)

    def stop_looking_on(self) -> None:
        """The page that was wanted will not come: the focus stays where it is."""
        self._round.stop_looking_on()

    # -- the keys

    def decide(self, classification: int) -> None:
        """What is chosen is of this class: one report, or several by one act."""
        if self._may_decide() and self._is_ready() and (found := self._chosen()) is not None:
            chosen, count = found
            label = self._label(classification)
            asked = DecisionAsked(chosen, classification)
            if count == 1:
                self._decide(asked, count)
                return
            ask = partial(self._ask_or_decide, asked, count, label)
            triaging = self._seat.session.triaging
            self._seat.lanes.reading.ask(
                self, triaging.typed_above, then=ask, otherwise=self.refuse
            )

    def decide_stack(self, classification: int) -> None:
        """Every undecided report of the stack of the focused one's picture is of this class."""
        report_id = self._round.focused()
        if not self._may_decide() or not self._is_ready() or report_id is None:
            return
        triaging = self._seat.session.triaging
        self._seat.lanes.reading.ask(
            self,
            partial(triaging.foresee_stack, report_id, classification),
            then=self._ask_stack,
            otherwise=self.refuse,
        )

    def next_undecided(self) -> None:
        """The next report that nobody has decided has the focus."""
        self._round.next_undecided()

    def skip(self) -> None:
        """The focused report comes back at the end of the round."""
        report_id = self._round.focused()
        if report_id is not None:
            self._round.skip(report_id)

    def flag(self) -> None:
        """The focused report is flagged, or is no more if it was."""
        report_id = self._round.focused()
        if report_id is None:
            self.strip.tell(say.NOTHING_CHOSEN)
            return
        work = partial(self._seat.session.triaging.flag, report_id)
        told = partial(self._flagged, report_id)
        self._seat.lanes.acting.ask(self, work, then=told, otherwise=self.refuse)

    def undo(self) -> None:
        """Take back what was done last."""
        triaging = self._seat.session.triaging
        self.strip.work.begin(triaging.undo, then=self._turned, otherwise=self.refuse)

    def redo(self) -> None:
        """Do again what was undone last."""
        triaging = self._seat.session.triaging
        self.strip.work.begin(triaging.redo, then=self._turned, otherwise=self.refuse)

    def assign(self) -> None:
        """Give what is chosen to a colleague."""
        if (found := self._chosen()) is not None:
            ask = partial(self._open_assigning, *found)
            triaging = self._seat.session.triaging
            self._seat.lanes.reading.ask(
                self, triaging.typed_above, then=ask, otherwise=self.refuse
            )

    def refuse(self, error: CportError) -> None:
        """Say why not."""
        told = explain_here(error)
        self.strip.tell(told.message, stays=told.hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.is_on and watched is self._table and event.type() == QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event)
            return key.text().isalnum() and not key.modifiers() & _COMMANDS
        return super().eventFilter(watched, event)

    # -- deciding

    def _open_assigning(self, chosen: Chosen, count: int, typed_above: int) -> None:
        dialog = AssignDialog(self._page, self._seat, chosen, count, typed_above=typed_above)
        dialog.assigned.connect(self.changed)
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.open()

    def _ask_or_decide(
        self, asked: DecisionAsked, count: int, label: str, typed_above: int
    ) -> None:
        if count <= typed_above:
            self._decide(asked, count)
            return
        self._asked = lambda typed: self._decide(
            DecisionAsked(asked.chosen, asked.classification, typed), count
        )
        self.strip.ask_count(say.type_count(figures.count(count), label), count)

    def _decide(self, asked: DecisionAsked, count: int) -> None:
        triaging = self._seat.session.triaging
        self.strip.tell("")
        self.strip.work.begin(
            partial(triaging.decide, asked),
            then=partial(self._decided, asked, count),
            otherwise=self.refuse,
        )

    def _ask_stack(self, asked: StackAsked) -> None:
        if not asked.reports:
            told = say.NO_STACK if asked.reports is None else say.NONE_IN_STACK
            self.strip.tell(told)
            return
        label = self._label(asked.classification)
        self._asked = lambda _typed: self._decide_stack(asked)
        self.strip.ask_count(say.stack_would(figures.count(asked.reports), label), asked.reports)

    def _decide_stack(self, asked: StackAsked) -> None:
        decide = self._seat.session.triaging.decide_stack
        decision = DecisionAsked((asked.report_id,), asked.classification)
        self.strip.tell("")
        self.strip.work.begin(
            lambda _announce, _is_cancelled: decide(asked),
            then=partial(self._decided, decision, asked.reports or 0),
            otherwise=self.refuse,
        )

    def _take_count(self, typed: int) -> None:
        asked, self._asked = self._asked, None
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if asked is not None:
            asked(typed)

    def _decide_despite(self) -> None:
        insisting, self._insisting = self._insisting, None
        if insisting is not None and self.strip.offers_despite:
            insisting()

    def _decided(
        self, asked: DecisionAsked, count: int, answer: tuple[DecidedLines, Changes]
    ) -> None:
        lines, changes = answer
        self._tell(of_decision(lines, asked.classification, self._label))
        if any(each.is_in_hand for each in lines.stays):
            again = DecisionAsked(asked.chosen, asked.classification, asked.typed, True)
            self._insisting = partial(self._decide, again, count)
            self.strip.offer_despite()
        self._round.reread(go_on=bool(lines.decided))
        self.changed.emit(changes)

    def _turned(self, answer: tuple[TurnedLines, Changes]) -> None:
        lines, changes = answer
        self._tell(of_turning(lines))
        self._round.reread(go_on=False)
        self.changed.emit(changes)

    def _flagged(self, report_id: ReportId, answer: tuple[bool, Changes]) -> None:
        is_flagged, changes = answer
        self._tell(of_flag(report_id, is_flagged=is_flagged))
        self._round.reread(go_on=False)
        self.changed.emit(changes)

    def _tell(self, told: Told) -> None:
        self.strip.tell(told.sentence, stays=told.stays, can_undo=told.can_undo)

    def _chosen(self) -> tuple[Chosen, int] | None:
        found = None if self._choice is None else self._choice()
        if found is None or not found[1]:
            self.strip.tell(say.NOTHING_CHOSEN)
            return None
        return found

    # -- on and off

    def _enter(self) -> None:
        self._round.is_on = True
        self._wear()
        if self._table.chosen():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._hand.open is not None:
                self.opened(self._hand.open)
        else:
            self._round.begin()

    def _wear(self) -> None:
        for key in self._keys:
            key.setEnabled(self.is_on)
        hints = say.HINTS if self._may_decide() else say.HINTS_WITHOUT_DECIDING
        self.strip.show_on(is_on=self.is_on, hints=hints)

    def _may_decide(self) -> bool:
        return Function.ASSESSMENT_GIVE.value not in self._seat.allowed.absent

    def _is_ready(self) -> bool:
        """Nothing is being decided, and the focus is where it is going to be."""
        return self._round.is_settled and not self.strip.work.is_running

    def _label(self, classification: int) -> str:
        return self._seat.taxonomy["classification"].label(classification)

    def _bind(self) -> Iterator[QShortcut]:
        """Keys of triage; of the page as a whole are those that enter it, undo and redo."""
        bind_key(say.ENTER_KEY, self._page, self.toggle)
        bind_key(say.UNDO_ALWAYS, self._page, self.undo)
        bind_key(say.REDO_ALWAYS, self._page, self.redo)
        bind_key(say.ASSIGN_KEY, self._page, self.assign)
        bind_key(say.DESPITE_KEY, self._page, self._decide_despite)
        acts: list[tuple[str, Callable[[], None]]] = [
            (say.NEXT_KEY, self.next_undecided),
            (say.SKIP_KEY, self.skip),
            (say.FLAG_KEY, self.flag),
            (say.UNDO_KEY, self.undo),
            (say.REDO_KEY, self.redo),
        ]
        for code in ASSESSABLE:
            acts.append((str(code), partial(self.decide, code)))
            acts.append((f"Shift+{code}", partial(self.decide_stack, code)))
        for keys, act in acts:
            shortcut = bind_key(keys, self._page, act)
            shortcut.setEnabled(False)
            yield shortcut
