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

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import ReportRow
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.triaging import (
    DecidedLines,
    DecisionAsked,
    HandLine,
    SecondLine,
    StackAsked,
    TurnedLines,
)
from cport_desktop.ui.views.assign_dialog import AssignDialog
from cport_desktop.ui.views.triage_strip import TriageStrip
from cport_desktop.ui.widgets.acts import ASSESSABLE
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.words import second_reading as second_words
from cport_desktop.words import triage_page as say
from cport_desktop.words.window_cures import explain_here

_EXTEND_MS: Final = 60_000
_COUNT_MS: Final = 1_000
_MOST_REREAD: Final = 1_000
"""Rows around the focus that are read again after an act: far more than a screen shows."""


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
        self._model = model
        self._choice: Choice | None = None
        self._is_on = False
        self._skipped: list[ReportId] = []
        self._looks_on = False
        """The next undecided report is looked for in a page that is on its way."""
        self._is_going_on = False
        """An act is done, and its report has the focus still."""
        self._rereading: Errand | None = None
        self._hand: HandLine | None = None
        self._open: ReportId | None = None
        self._asked: Callable[[int], None] | None = None
        self._insisting: Callable[[], None] | None = None
        self.strip = TriageStrip(seat.lanes.acting, seat.clock)
        self.strip.undo_wanted.connect(self.undo)
        self.strip.despite_wanted.connect(self._decide_despite)
        self.strip.typed.connect(self._take_count)
        self.entrance = button(say.TRIAGE, self.toggle, kind="small", key=say.ENTER_KEY)
        self._keys = tuple(self._bind())
        self._beat = QTimer(self)
        self._beat.setInterval(_EXTEND_MS)
        self._beat.timeout.connect(self._extend)
        self._countdown = QTimer(self)
        self._countdown.setInterval(_COUNT_MS)
        self._countdown.timeout.connect(self._show_hand)
        table.installEventFilter(self)
        model.rowsInserted.connect(self._rows_came)

    # -- what the page does with it

    @property
    def is_on(self) -> bool:
        return self._is_on

    def choose_by(self, choice: Choice) -> None:
        """From now on an act is done to what `choice` says."""
        self._choice = choice

    def toggle(self) -> None:
        """Enter triage, or leave it."""
        if self._is_on:
            self.leave()
        elif ROLE_FOR["act"] in self._seat.session.keeping.roles:
            self._enter()

    def step_back(self) -> bool:
        """Escape: out of typing a count, then out of triage; whether there was something to leave."""
        if self.strip.stop_asking():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        was_on = self._is_on
        self.leave()
        return was_on

    def leave(self) -> None:
        """No key decides anything any more."""
        if not self._is_on:
            return
        self._is_on = self._is_going_on = self._looks_on = False
        self._insisting = self._asked = None
        self._skipped.clear()
        self._wear()
        self._beat.stop()
        self._hand = None
        self._show_hand()
        self.strip.tell("")
        self._seat.lanes.acting.ask(self, self._seat.session.triaging.give_back)
        self.left.emit()

    def opened(self, report_id: ReportId) -> None:
        """This report is on the page beside the list now."""
        self._open = report_id
        self._hand = None
        self._show_hand()
        triaging, told = self._seat.session.triaging, partial(self._told_hand, report_id)
        if self._is_on:
            self._seat.lanes.acting.ask(self, partial(triaging.take, report_id), then=told)
            self._beat.start()
        else:
            self._seat.lanes.reading.ask(self, partial(triaging.in_hand, report_id), then=told)

    def stop_looking_on(self) -> None:
        """The page that was wanted will not come: the focus stays where it is."""
        self._looks_on = False

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
        report_id = self._focused()
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
        self._go_on(self._table.currentIndex().row())

    def skip(self) -> None:
        """The focused report comes back at the end of the round."""
        report_id = self._focused()
        if report_id is None:
            return
        if report_id not in self._skipped:
            self._skipped.append(report_id)
        self.strip.tell(say.skipped(report_reference(report_id)))
        self.next_undecided()

    def flag(self) -> None:
        """The focused report is flagged, or is no more if it was."""
        report_id = self._focused()
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
        if self._is_on and watched is self._table and event.type() == QEvent.Type.KeyPress:
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
        self._tell_decided(lines, asked)
        if any(each.is_in_hand for each in lines.stays):
            again = DecisionAsked(asked.chosen, asked.classification, asked.typed, True)
            self._insisting = partial(self._decide, again, count)
            self.strip.offer_despite()
        self._reread(go_on=bool(lines.decided))
        self.changed.emit(changes)

    def _tell_second(self, second: SecondLine) -> None:
        """What both readers found; nothing of it is undone by one of them alone."""
        if second.is_confirmed:
            self.strip.tell(second_words.CONFIRMED)
            return
        first, other = self._label(second.first), self._label(second.second)
        self.strip.tell(second_words.contradicted(first, other))

    def _tell_decided(self, lines: DecidedLines, asked: DecisionAsked) -> None:
        if lines.second is not None:
            self._tell_second(lines.second)
            return
        label = self._label(asked.classification)
        stays = [(_named(each.report_id), each.reason) for each in lines.stays]
        if len(lines.decided) == 1 and not lines.not_reached:
            told = say.decided(report_reference(lines.decided[0]), label)
        elif lines.decided or not stays:
            told = say.decided_many(len(lines.decided), label)
        else:
            told = ""
        refused = ""
        if len(stays) == 1:
            refused = say.refused(*stays[0])
        elif stays:
            refused = say.some_refused(len(stays), *stays[0])
        if lines.not_reached:
            refused = "\n".join(each for each in (say.stopped(lines.not_reached), refused) if each)
        self.strip.tell(
            told or refused, stays=refused if told else "", can_undo=bool(lines.decided)
        )

    def _turned(self, answer: tuple[TurnedLines, Changes]) -> None:
        lines, changes = answer
        stays = [(_named(each.report_id), each.reason) for each in lines.stays]
        refused = say.some_refused(len(stays), *stays[0]) if stays else ""
        self.strip.tell(lines.told, stays=refused)
        self._reread(go_on=False)
        self.changed.emit(changes)

    def _flagged(self, report_id: ReportId, answer: tuple[bool, Changes]) -> None:
        is_flagged, changes = answer
        tell = say.flagged if is_flagged else say.unflagged
        self.strip.tell(tell(report_reference(report_id)), can_undo=True)
        self._reread(go_on=False)
        self.changed.emit(changes)

    # -- the list

    def _reread(self, *, go_on: bool) -> None:
        """Rows around the focus say how it stands now; then, if wanted, the next one has the focus."""
        at = max(0, self._table.currentIndex().row())
        first = max(0, at - _MOST_REREAD // 2)
        last = min(self._model.rowCount(), first + _MOST_REREAD)
        numbers = tuple(self._model.row(number).report_id for number in range(first, last))
        if self._rereading is not None:
            self._rereading.cancel()  # Late, it would show a row as it was before the last act.
        self._is_going_on = self._is_going_on or go_on
        self._rereading = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.triaging.rows, numbers),
            then=partial(self._put, at=at),
            otherwise=self._refuse_rows,
        )

    def _refuse_rows(self, error: CportError) -> None:
        self._is_going_on = False
        self.refuse(error)

    def _put(self, rows: tuple[ReportRow, ...], *, at: int) -> None:
        now = {row.report_id: row for row in rows}
        for number in range(self._model.rowCount()):
            row = now.get(self._model.row(number).report_id)
            if row is not None and row != self._model.row(number):
                self._model.put(number, row)
        go_on, self._is_going_on = self._is_going_on, False
        if go_on and self._is_on:
            self._go_on(at)

    def _go_on(self, at: int) -> None:
        """The first undecided row behind `at` is chosen; then those before it, then skipped ones."""
        count = self._model.rowCount()
        behind = self._undecided(range(at + 1, count))
        if behind is None and not self._model.is_whole:
            self._looks_on = True
            self._table.scrollToBottom()
            return
        found = behind if behind is not None else self._undecided(range(min(at + 1, count)))
        if found is None and self._skipped:
            self._skipped.clear()
            self.strip.tell(say.ROUND_AGAIN)
            found = self._undecided(range(count))
        if found is None:
            self.strip.tell(say.NO_MORE, can_undo=True)
        else:
            self._table.choose(found)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows_came(self) -> None:
        if self._looks_on and self._is_on:
            self._looks_on = False
            self._go_on(self._table.currentIndex().row())

    def _undecided(self, places: range) -> int | None:
        for number in places:
            row = self._model.row(number)
            if row.classification == UNDECIDED and row.report_id not in self._skipped:
                return number
        return None

    def _chosen(self) -> tuple[Chosen, int] | None:
        found = None if self._choice is None else self._choice()
        if found is None or not found[1]:
            self.strip.tell(say.NOTHING_CHOSEN)
            return None
        return found

    def _focused(self) -> ReportId | None:
        rows, current = self._table.chosen(), self._table.currentIndex().row()
        if not rows:
            return None
        return self._model.row(current if current in rows else rows[0]).report_id

    # -- who has it

    def _told_hand(self, report_id: ReportId, hand: HandLine | None) -> None:
        if report_id == self._open:
            self._hand = hand
            self._show_hand()

    def _show_hand(self) -> None:
        hand = self._hand
        left = 0 if hand is None else int((hand.until - self._seat.clock.now()).total_seconds())
        if hand is None or left <= 0 or (hand.is_own and not hand.told):
            self._countdown.stop()
            self.strip.show_hand("")
            return
        if hand.told:
            self._countdown.stop()
            self.strip.show_hand(hand.told)
            return
        self.strip.show_hand(say.in_hand(hand.holder, f"{left // 60}:{left % 60:02}"))
        self._countdown.start()

    def _extend(self) -> None:
        if self._is_on and self._open is not None and self._page.isVisible():
            take = partial(self._seat.session.triaging.take, self._open)
            told = partial(self._told_hand, self._open)
            self._seat.lanes.acting.ask(self, take, then=told)

    # -- on and off

    def _enter(self) -> None:
        self._is_on = True
        self._wear()
        if self._table.chosen():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._open is not None:
                self.opened(self._open)
        else:
            self._go_on(-1)

    def _wear(self) -> None:
        for key in self._keys:
            key.setEnabled(self._is_on)
        hints = say.HINTS if self._may_decide() else say.HINTS_WITHOUT_DECIDING
        self.strip.show_on(is_on=self._is_on, hints=hints)

    def _may_decide(self) -> bool:
        return Function.ASSESSMENT_GIVE.value not in self._seat.allowed.absent

    def _is_ready(self) -> bool:
        """Nothing is being decided, and the focus is where it is going to be."""
        return not (self.strip.work.is_running or self._is_going_on or self._looks_on)

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


_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def _named(report_id: ReportId | None) -> str:
    return "" if report_id is None else report_reference(report_id)
