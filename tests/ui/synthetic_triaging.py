"""Triage over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.rows import ReportRow
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import NothingToTurn
from cport_desktop.ui.triaging import (
    DecidedLines,
    DecisionAsked,
    GivingAsked,
    HandLine,
    StackAsked,
    StaysLine,
    Triaging,
    TurnedLines,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ACTED = Changes.OPERATIONS | Changes.REPORTS


@dataclass
class MemoryTriaging:
    """`rows_of` finds the rows as they were told; what was decided since is laid over them."""

    rows_of: Callable[[Sequence[ReportId]], Sequence[ReportRow]]
    calls: list[tuple[object, ...]] = field(default_factory=list)
    classes: dict[ReportId, int] = field(default_factory=dict)
    flagged: set[ReportId] = field(default_factory=set)
    done: list[dict[ReportId, int]] = field(default_factory=list)
    undone: list[dict[ReportId, int]] = field(default_factory=list)
    in_hand_of: dict[ReportId, str] = field(default_factory=dict)
    mine: set[ReportId] = field(default_factory=set)
    refused: dict[ReportId, str] = field(default_factory=dict)
    above: int = 10
    stack: int | None = 3
    late: dict[ReportId, threading.Event] = field(default_factory=dict)
    """Who has these in hand is told only then."""
    rows_may_answer: threading.Event | None = None
    """Rows as they were are told only then, once."""

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]

    def intentions(self) -> Triaging:
        return Triaging(
            typed_above=lambda: self.above,
            decide=self._decide,
            foresee_stack=lambda report, code: StackAsked(report, code, self.stack),
            decide_stack=self._decide_stack,
            undo=lambda _announce, _is_cancelled: self._turn(self.done, self.undone, "Undone"),
            redo=lambda _announce, _is_cancelled: self._turn(self.undone, self.done, "Done again"),
            flag=self._flag,
            rows=self._rows,
            colleagues=lambda: ("Ada Example", "Berta Example"),
            assign=self._assign,
            in_hand=self._in_hand,
            take=self._take,
            give_back=self._give_back,
        )

    def _decide(
        self, asked: DecisionAsked, announce: Announce, _is_cancelled: IsCancelled
    ) -> tuple[DecidedLines, Changes]:
        self.calls.append(("decide", asked))
        chosen = () if isinstance(asked.chosen, AllFound) else asked.chosen
        stays = [
            StaysLine(each, f"{self.in_hand_of[each]} has it in hand.", is_in_hand=True)
            for each in chosen
            if each in self.in_hand_of and not asked.despite_leases
        ]
        stays += [StaysLine(each, self.refused[each]) for each in chosen if each in self.refused]
        left = {each.report_id for each in stays}
        decided = tuple(each for each in chosen if each not in left)
        if decided:
            self.done.append({each: self.classes.get(each, UNDECIDED) for each in decided})
            self.undone.clear()
        self.classes |= dict.fromkeys(decided, asked.classification)
        announce(Progress(Phase.DECIDING, len(chosen), len(chosen)))
        return DecidedLines(decided, tuple(stays)), ACTED

    def _decide_stack(self, asked: StackAsked) -> tuple[DecidedLines, Changes]:
        self.calls.append(("decide_stack", asked))
        self.classes[asked.report_id] = asked.classification
        return DecidedLines((asked.report_id,), ()), ACTED

    def _turn(
        self, source: list[dict[ReportId, int]], target: list[dict[ReportId, int]], told: str
    ) -> tuple[TurnedLines, Changes]:
        self.calls.append((told,))
        if not source:
            raise NothingToTurn(what="undo")
        before = source.pop()
        target.append({each: self.classes[each] for each in before})
        self.classes |= before
        first = report_reference(next(iter(before)))
        return TurnedLines(f"{told}: {first}.", ()), ACTED

    def _flag(self, report_id: ReportId) -> tuple[bool, Changes]:
        self.calls.append(("flag", report_id))
        self.flagged ^= {report_id}
        return report_id in self.flagged, Changes.WORK

    def _rows(self, numbers: Sequence[ReportId]) -> tuple[ReportRow, ...]:
        found = tuple(
            replace(row, classification=self.classes.get(row.report_id, row.classification))
            for row in self.rows_of(numbers)
        )
        waiting, self.rows_may_answer = self.rows_may_answer, None
        if waiting is not None:
            assert waiting.wait(5)
        return found

    def _assign(
        self, asked: GivingAsked, _announce: Announce, _is_cancelled: IsCancelled
    ) -> tuple[int, Changes]:
        self.calls.append(("assign", asked))
        return 0 if isinstance(asked.chosen, AllFound) else len(asked.chosen), Changes.WORK

    def _in_hand(self, report_id: ReportId) -> HandLine | None:
        if report_id in self.late:
            assert self.late[report_id].wait(5)
        return self._take(report_id) if report_id in self.in_hand_of else None

    def _take(self, report_id: ReportId) -> HandLine:
        self.calls.append(("take", report_id))
        holder = self.in_hand_of.get(report_id)
        if holder is None:
            self.mine.add(report_id)
        until = NOON + timedelta(minutes=15)
        return HandLine(report_id, holder or "Ada Example", until, holder is None)

    def _give_back(self) -> int:
        self.calls.append(("give_back",))
        ended = len(self.mine)
        self.mine.clear()
        return ended
