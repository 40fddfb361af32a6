"""The exchange with a portal, over plain rows in memory: synthetic, and it remembers what it was
asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cport_desktop.domain.exchange_history import ExchangeFact
from cport_desktop.domain.rows import Page
from cport_desktop.ui.exchanging import Exchanging
from cport_desktop.ui.exchanging_lines import ExchangeLine

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass
class ExchangeNotes:
    """What was asked, and switches for what is answered."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    error: Exception | None = None
    """What the next question is refused with."""

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]


class MemoryExchanging:
    """Answers every intention about the exchange."""

    def __init__(self) -> None:
        self.notes = ExchangeNotes()
        self.past = [
            an_exchange(6, "https", None, {}),
            an_exchange(5, "https", "road.name_not_found", {}),
            an_exchange(4, "courier", "done", {"sequence": 118, "reports_new": 41}, way="in"),
            an_exchange(3, "https", "cut off", {"reports_new": 1_204, "media_new": 64}),
            an_exchange(2, "https", "road.cancelled", {"reports_new": 2_000}),
            an_exchange(1, "https", "done", {"reports_new": 1, "operations_sent": 2}),
        ]

    def intentions(self) -> Exchanging:
        return Exchanging(history=self._history)

    def _history(self, limit: int, after: str | None) -> Page[ExchangeLine]:
        self._asked("history", limit, after)
        first = int(after or 0)
        rows = tuple(self.past[first : first + limit])
        following = first + len(rows)
        return Page(rows, str(following) if following < len(self.past) else None, 0.4)

    def _asked(self, verb: str, *arguments: object) -> None:
        self.notes.calls.append((verb, *arguments))
        if self.notes.error is not None:
            error, self.notes.error = self.notes.error, None
            raise error


def an_exchange(
    number: int,
    road: str,
    outcome: str | None,
    facts: Mapping[str, ExchangeFact],
    *,
    way: str = "both",
) -> ExchangeLine:
    started = NOON - timedelta(hours=6 - number)
    ended = None if outcome in (None, "cut off") else started + timedelta(seconds=42)
    return ExchangeLine(number, road, way, started, ended, "A. Example", outcome, facts)
