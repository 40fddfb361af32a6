"""What each station has in hand, passed on to the other stations of its agency.

1. Of each station the newest whole is kept; one that was said earlier (a bundle that came late) changes
   nothing, unless the newer one was said in the future: then a clock was put right.
2. Told are stations of the same agency that are not shut out, and what is not over: leases until they end,
   and never longer than `LONGEST_LEASE` from now; anything for `TOLD_FOR`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.demo.ledger import Ledger
from cport_desktop.domain.ids import StationId
from cport_desktop.domain.in_hand import (
    CLOCKS_DIFFER,
    MOST_TOLD,
    TOLD_FOR,
    InHand,
    InHandHere,
    ToldElsewhere,
)
from cport_desktop.formats.in_hand_message import parse_in_hand, print_in_hand

LONGEST_LEASE: Final = timedelta(hours=4)
"""The longest that a unit can set at a station."""

_SCHEMA: Final = """CREATE TABLE IF NOT EXISTS in_hand (
    station TEXT PRIMARY KEY, agency TEXT NOT NULL, said_at REAL NOT NULL, told_at REAL NOT NULL,
    document BLOB NOT NULL
) WITHOUT ROWID, STRICT"""


@dataclass(frozen=True, slots=True)
class _Told:
    station: StationId
    at: datetime
    document: bytes


class Hands:
    """A part of the ledger. Usable from any thread."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        with ledger.transaction() as connection:
            connection.execute(_SCHEMA)

    def exchange(self, told: InHandHere, agency: str) -> tuple[ToldElsewhere, ...]:
        """`told` is kept; what others of the agency have in hand, what was taken last first."""
        with self._ledger.transaction():
            self._keep(told, agency)
            now = self._clock.now()
            found = [
                ToldElsewhere(each.station, each.at, entry)
                for each in self._others(told.station, agency, now)
                for entry in _standing(each, now)
            ]
        found.sort(key=lambda one: (one.entry.since, one.entry.report_id), reverse=True)
        return tuple(found[:MOST_TOLD])

    def _keep(self, told: InHandHere, agency: str) -> None:
        now = self._clock.now()
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO in_hand VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (station) DO UPDATE"
                " SET agency = ?2, said_at = ?3, told_at = ?4, document = ?5"
                " WHERE said_at <= ?3 OR said_at > ?6",
                (
                    told.station,
                    agency,
                    told.said_at.timestamp(),
                    now.timestamp(),
                    print_in_hand(told),
                    (now + CLOCKS_DIFFER).timestamp(),
                ),
            )

    def _others(self, station: StationId, agency: str, now: datetime) -> list[_Told]:
        with self._ledger.transaction() as connection:
            rows = connection.execute(
                "SELECT i.station, i.told_at, i.document FROM in_hand AS i"
                " JOIN station AS s ON s.station = i.station AND NOT s.is_revoked"
                " WHERE i.agency = ? AND i.station <> ? AND i.told_at > ? ORDER BY i.station",
                (agency, station, (now - TOLD_FOR).timestamp()),
            ).fetchall()
        return [
            _Told(StationId(name), datetime.fromtimestamp(at, tz=now.tzinfo), document)
            for name, at, document in rows
        ]


def _standing(told: _Told, now: datetime) -> Iterator[InHand]:
    for entry in parse_in_hand(told.document).entries:
        if entry.until is None:
            yield entry
        elif entry.until > now:
            yield replace(entry, until=min(entry.until, now + LONGEST_LEASE))
