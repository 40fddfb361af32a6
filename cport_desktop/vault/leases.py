"""Leases: who has a report in hand, for how long. At most one a report and station.

Taking one is the vault's own bookkeeping and leaves no entry in the log: that somebody opened the
report is on record, and a lease that is extended every minute would only bury it. A lease that would
last longer than any can (a clock was set back) is over. What is over is kept no longer than until the next
one is taken: who had what in hand is nobody's business then. What other stations have in hand stands in
`vault.in_hand`, and is read with the leases of this one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.ids import Actor, ReportId, StationId
from cport_desktop.domain.lease import Lease
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

LONGEST: Final = timedelta(minutes=240)
"""The longest that a unit can set."""

_TAKE: Final = """
INSERT INTO lease (report_id, holder, taken_at, until)
SELECT r.report_id, ?2, ?3, ?4 FROM report AS r
WHERE r.report_id = ?1
  AND (EXISTS (SELECT 1 FROM lease AS l WHERE l.report_id = ?1 AND l.holder = ?2)
       OR NOT EXISTS (SELECT 1 FROM in_hand_elsewhere AS e WHERE e.report_id = ?1
                      AND e.kind = 'lease' AND e.until > ?3 AND e.until <= ?5))
ON CONFLICT (report_id) DO UPDATE SET until = excluded.until WHERE holder = excluded.holder
"""
"""Of leases that are over none is there."""
_STANDING: Final = """
SELECT l.report_id, coalesce(a.name, l.holder), l.taken_at, l.until AS until, l.holder = ?1 AS is_own,
       NULL
FROM lease AS l LEFT JOIN analyst AS a ON a.analyst_id = l.holder
WHERE l.until > ?2 AND l.until <= ?3 {of_l}
UNION ALL
SELECT e.report_id, e.analyst, e.since, e.until, 0, e.station
FROM in_hand_elsewhere AS e
WHERE e.kind = 'lease' AND e.until > ?2 AND e.until <= ?3 {of_e}
ORDER BY is_own DESC, until, 1, 6
"""


def take(vault: Vault, report_id: ReportId, *, length: timedelta) -> None:
    """The analyst who opened the vault has the report in hand from now on, for so long; unless a
    colleague has, here or at another station, whose lease is left as it is. Who had it before that was
    known goes on having it.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    now = vault.now()
    at, latest = microseconds(now), microseconds(now + LONGEST)
    with vault.bookkeeping() as connection:
        connection.execute("DELETE FROM lease WHERE until <= ? OR until > ?", (at, latest))
        connection.execute(
            _TAKE,
            (
                report_id,
                vault.analyst.analyst_id,
                at,
                microseconds(now + min(length, LONGEST)),
                latest,
            ),
        )


def give_back(vault: Vault, report_id: ReportId | None = None) -> int:
    """The analyst has this report (None: any) in hand no more; how many leases ended.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    with vault.bookkeeping() as connection:
        return connection.execute(
            "DELETE FROM lease WHERE holder = ?1 AND (?2 IS NULL OR report_id = ?2)",
            (vault.analyst.analyst_id, report_id),
        ).rowcount


def standing(
    reader: Reader, analyst_id: str, *, now: datetime, reports: Sequence[ReportId] | None = None
) -> tuple[Lease, ...]:
    """Leases that are not over, of these reports or of all, here and at other stations; the analyst's own
    first, then those that end first.
    """
    named = () if reports is None else (json.dumps(list(reports)),)
    found = reader.connection.execute(
        _STANDING.format(
            of_l="" if reports is None else _OF_THESE.format("l"),
            of_e="" if reports is None else _OF_THESE.format("e"),
        ),
        (analyst_id, microseconds(now), microseconds(now + LONGEST), *named),
    )
    return tuple(
        Lease(
            ReportId(report),
            Actor(holder),
            moment_of(taken),
            moment_of(until),
            bool(is_own),
            None if station is None else StationId(station),
        )
        for report, holder, taken, until, is_own, station in found
    )


def in_others_hands(
    reader: Reader, analyst_id: str, *, now: datetime, reports: Sequence[ReportId]
) -> dict[ReportId, Lease]:
    """Those of these reports that somebody else has in hand, but for those that the analyst has, too: who
    had one before that was known goes on having it.
    """
    found = standing(reader, analyst_id, now=now, reports=reports)
    own = {lease.report_id for lease in found if lease.is_own}
    return {lease.report_id: lease for lease in found if lease.report_id not in own}


_OF_THESE: Final = "AND {}.report_id IN (SELECT value FROM json_each(?4))"
