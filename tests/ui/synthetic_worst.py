"""The “Worst of” list over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

from datetime import UTC, datetime

from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import Page
from cport_desktop.domain.worst_of import (
    CANDIDATES,
    Candidate,
    CandidateOrder,
    Suggestion,
    Tallied,
)
from cport_desktop.ui.worst import DecisionLine, Worst
from tests.ui.synthetic_dossiers import MemoryDossiers

SEEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_candidate(number: int) -> Candidate:
    tallied = Tallied(f"files-{number}.example", number, SEEN, is_suggested=False, is_decided=False)
    return Candidate(tallied, 1, ("NL",), is_partial=False, suggested=None, decided=None)


class MemoryWorst:
    """`asked`: texts and orders."""

    def __init__(self) -> None:
        self.rows = [a_candidate(number) for number in (3, 2, 1)]
        self.asked: list[tuple[str, CandidateOrder]] = []

    def intentions(self) -> Worst:
        return Worst(
            candidates=self._candidates,
            suggestions=lambda _limit, _after: Page[Suggestion]((), None, 0.1),
            decisions=lambda _limit, _after: Page[DecisionLine]((), None, 0.1),
            dossiers=MemoryDossiers().intentions(),
        )

    def _candidates(
        self, text: str, order: CandidateOrder, limit: int, after: str | None
    ) -> Page[Candidate]:
        del limit, after
        self.asked.append((text, order))
        is_asked_for = row_test(text, CANDIDATES, now=SEEN)
        return Page(tuple(row for row in self.rows if is_asked_for(row.tallied)), None, 0.1)
