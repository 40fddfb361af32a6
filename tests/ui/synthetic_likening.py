"""What is known and alike, over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.known import Algorithm, EndedBy, Hit, Known
from cport_desktop.domain.likeness import Because, Similar, Stack, StackMember, Turn
from cport_desktop.domain.rows import Page
from cport_desktop.ui.likening import (
    DecisionLines,
    Extent,
    KnownLines,
    LeftReport,
    Likening,
    Seen,
    SimilarLines,
    StackDecision,
    StackLines,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COMPARED = Extent(3, 1_204, NOON, is_whole=True)
FORESEEN = DecisionLines(4, 5, (LeftReport(ReportId(884_171), "The report was withdrawn."),))
Answer = TypeVar("Answer")


def a_hit(*, negative: bool = False, ended: bool = False) -> Hit:
    return Hit(
        list_id="L-7" if not negative else "_harmless",
        list_name="Harmless shapes" if negative else "Synthetic shapes",
        list_version="2026-11",
        list_source="Example Body",
        is_negative=negative,
        entry_id="E-41",
        entry_name="shape-41",
        entry_source="Example Hotline NL",
        entry_quality=91,
        classification=None if negative else 1,
        feedback=() if negative else (("affirmative", 2), ("negative", 1)),
        algorithm=Algorithm.PDQ,
        distance=9,
        turn=Turn.MIRRORED,
        share=None,
        quality=97,
        found_at=NOON,
        ended_at=NOON if ended else None,
        ended_by=EndedBy.ENTRY_WITHDRAWN if ended else None,
        ended_reason="entered twice" if ended else None,
        category=None if negative else "2",
        category_region="US",
    )


def a_member(number: int, near: int | None) -> StackMember:
    return StackMember(
        media_id=MediaId(number),
        items=1 + number % 2,
        near=None if near is None else MediaId(near),
        because=None if near is None else Because.PDQ_TURNED,
        distance=0 if near is None else 9,
        turn=Turn.UPRIGHT if near is None else Turn.MIRRORED,
        placed_by=None,
        placed_at=None,
    )


@dataclass
class MemoryLikening:
    """Stacks of five contents each; the switches say what is known of every item."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    hits: tuple[Hit, ...] = ()
    known: Known | None = None
    extent: Extent = COMPARED
    like: tuple[Similar, ...] = ()
    stacks_in_all: int = 3
    foreseen: DecisionLines = FORESEEN
    error: Exception | None = None
    may_answer: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]

    def intentions(self) -> Likening:
        return Likening(
            badges=self._badges,
            provenance=self._provenance,
            similar=self._similar,
            stacks=self._stacks,
            stack=self._stack,
            split=lambda ids: self._act("split", (tuple(ids),), (len(ids), Changes.MEDIA)),
            merge=lambda one, other: self._act("merge", (one, other), (10, Changes.MEDIA)),
            foresee=lambda decision: self._act("foresee", (decision,), self.foreseen),
            decide=self._decide,
            avoided=lambda why, count: self._act("avoided", (why, count), None),
        )

    def _act(self, verb: str, what: tuple[object, ...], answer: Answer) -> Answer:
        self.calls.append((verb, *what))
        self.may_answer.wait(10)
        if self.error is not None:
            raise self.error
        return answer

    def _badges(self, ids: Sequence[MediaId]) -> Mapping[MediaId, Badge]:
        self.calls.append(("badges", len(ids)))
        if self.known is None and not self.like:
            return {}
        return {each: Badge(self.known, 5 if self.like else 1) for each in ids}

    def _provenance(self, media_id: MediaId) -> KnownLines:
        self.calls.append(("provenance", media_id))
        seen = Seen(12, 3, NOON, NOON, ((1, 4), (4, 1)), 7)
        return KnownLines(media_id, self.known, self.hits, seen, self.extent)

    def _similar(self, media_id: MediaId, limit: int) -> SimilarLines:
        return self._act(
            "similar", (media_id, limit), SimilarLines(self.like[:limit], len(self.like))
        )

    def _stacks(self, text: str, limit: int, cursor: str | None) -> Page[Stack]:
        self.calls.append(("stacks", text, limit, cursor))
        rows = tuple(
            Stack(MediaId(20_417 + 5 * at), 5, 7, 6, 2) for at in range(self.stacks_in_all)
        )
        return Page(rows, None, 1.2)

    def _stack(self, media_id: MediaId) -> StackLines:
        lead = media_id - (media_id - 20_417) % 5
        members = tuple(a_member(lead + at, None if at == 0 else lead) for at in range(5))
        return self._act(
            "stack", (media_id,), StackLines(Stack(MediaId(lead), 5, 7, 6, 2), members)
        )

    def _decide(self, decision: StackDecision, count: int) -> tuple[DecisionLines, Changes]:
        return self._act("decide", (decision, count), (replace(self.foreseen), Changes.OPERATIONS))
