"""What analysts here have in hand, for other stations to know; and what these told of theirs.

What is told of here are leases that stand, and assignments of reports that nobody has decided yet: of
what is decided the decision itself tells. What is heard takes the place of what was heard before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from cport_desktop.domain.ids import Actor, AnalystId, ReportId, StationId
from cport_desktop.domain.in_hand import (
    MOST_TOLD,
    TOLD_FOR,
    HandKind,
    InHand,
    InHandElsewhere,
    ToldElsewhere,
)
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.erased import erased_reports
from cport_desktop.vault.leases import LONGEST
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault

Called = Callable[[AnalystId, Actor], Actor]
"""What an analyst with this id and this name is called toward other stations."""

_HERE: Final = """
SELECT l.report_id, 'lease', l.holder, coalesce(a.name, l.holder), l.taken_at, l.until
FROM lease AS l LEFT JOIN analyst AS a ON a.analyst_id = l.holder
WHERE l.until > ?1 AND l.until <= ?2
UNION ALL
SELECT s.report_id, 'assignment', s.analyst_id, coalesce(a.name, s.analyst_id), s.at, NULL
FROM assignment AS s CROSS JOIN report_as_seen AS v ON v.report_id = s.report_id
LEFT JOIN analyst AS a ON a.analyst_id = s.analyst_id
WHERE v.classification = ?3 AND v.status <> 'withdrawn'
ORDER BY 5 DESC, 1, 2 LIMIT ?4
"""
_HEARD: Final = "SELECT report_id, station, kind, analyst, since, until FROM in_hand_elsewhere"


def here(reader: Reader, *, now: datetime, called: Called) -> tuple[InHand, ...]:
    """What analysts of this station have in hand, what was taken last first; `MOST_TOLD` at most."""
    found = reader.connection.execute(
        _HERE, (microseconds(now), microseconds(now + LONGEST), UNDECIDED, MOST_TOLD)
    )
    return tuple(
        InHand(
            ReportId(report),
            HandKind(kind),
            called(AnalystId(holder), Actor(name)),
            moment_of(since),
            None if until is None else moment_of(until),
        )
        for report, kind, holder, name, since, until in found
    )


def is_news(reader: Reader, told: InHandElsewhere) -> bool:
    """Whether it was issued behind what was heard last: a bundle may come later than an answer by the
    network that is newer.
    """
    found = reader.connection.execute("SELECT issued_at FROM in_hand_heard").fetchone()
    return found is None or microseconds(told.issued_at) > found[0]


def says_something_else(reader: Reader, told: InHandElsewhere) -> bool:
    """Whether anything but the hour differs from what was heard before."""
    before = set(reader.connection.execute(_HEARD).fetchall())
    return before != {row[:6] for row in _rows(reader.connection, told)}


def hear(tx: Transaction, told: InHandElsewhere) -> None:
    """What other stations have in hand is this and nothing else. The caller adds the audit entry."""
    _put(tx.connection, told)


def hear_again(vault: Vault, told: InHandElsewhere) -> None:
    """They have the same as before, and said so again: the vault's own bookkeeping.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    with vault.bookkeeping() as connection:
        _put(connection, told)


def forget_elsewhere(vault: Vault) -> bool:
    """Nothing is known of what other stations have in hand; whether anything was. The vault's own
    bookkeeping: the agreement does not let it be known any more.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    with vault.reader() as reader:
        if reader.connection.execute("SELECT 1 FROM in_hand_elsewhere LIMIT 1").fetchone() is None:
            return False
    with vault.bookkeeping() as connection:
        connection.execute("DELETE FROM in_hand_elsewhere")
    return True


def elsewhere(reader: Reader, report_id: ReportId, *, now: datetime) -> tuple[ToldElsewhere, ...]:
    """What other stations told of a report that counts now, by station."""
    found = reader.connection.execute(
        "SELECT station, told_at, kind, analyst, since, until FROM in_hand_elsewhere"
        " WHERE report_id = ?1 AND told_at > ?2 AND (until IS NULL OR until > ?3 AND until <= ?4)"
        " ORDER BY station, kind DESC",
        (
            report_id,
            microseconds(now - TOLD_FOR),
            microseconds(now),
            microseconds(now + LONGEST),
        ),
    )
    return tuple(
        ToldElsewhere(
            StationId(station),
            moment_of(told_at),
            InHand(
                report_id,
                HandKind(kind),
                Actor(analyst),
                moment_of(since),
                None if until is None else moment_of(until),
            ),
        )
        for station, told_at, kind, analyst, since, until in found
    )


def _put(connection: Connection, told: InHandElsewhere) -> None:
    connection.execute("DELETE FROM in_hand_elsewhere")
    connection.executemany(
        "INSERT OR REPLACE INTO in_hand_elsewhere"
        " (report_id, station, kind, analyst, since, until, told_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        _rows(connection, told),
    )
    connection.execute(
        "INSERT INTO in_hand_heard (only, issued_at) VALUES (1, ?1)"
        " ON CONFLICT (only) DO UPDATE SET issued_at = ?1",
        (microseconds(told.issued_at),),
    )


def _rows(
    connection: Connection, told: InHandElsewhere
) -> list[tuple[int, str, str, str, int, int | None, int]]:
    """Of reports that were erased here nothing is kept."""
    gone = erased_reports(connection, {each.entry.report_id for each in told.entries})
    return [
        (
            each.entry.report_id,
            each.station,
            each.entry.kind.value,
            each.entry.analyst,
            microseconds(each.entry.since),
            None if each.entry.until is None else microseconds(each.entry.until),
            microseconds(each.told_at),
        )
        for each in told.entries
        if each.entry.report_id not in gone
    ]
