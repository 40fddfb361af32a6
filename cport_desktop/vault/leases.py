"""Leases: who has a report in hand, for how long. At most one a report.

Taking one is the vault's own bookkeeping and leaves no entry in the log: that somebody opened the
report is on record, and a lease that is extended every minute would only bury it. A lease that would
last longer than any can (a clock was set back) is over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.ids import Actor, ReportId
from cport_desktop.domain.lease import Lease
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

LONGEST: Final = timedelta(minutes=240)
"""The longest that a unit can set."""
_HERE: Final = ""
"""The station of leases that were taken here."""

_TAKE: Final = """
INSERT INTO lease (report_id, station, holder, taken_at, until)
SELECT r.report_id, '', ?2, ?3, ?4 FROM report AS r WHERE r.report_id = ?1
ON CONFLICT (report_id) DO UPDATE SET
    taken_at = iif(holder = excluded.holder AND station = '' AND until > ?3, taken_at, excluded.taken_at),
    station = '', holder = excluded.holder, until = excluded.until
WHERE (holder = excluded.holder AND station = '') OR until <= ?3 OR until > ?5
"""
_STANDING: Final = """
SELECT l.report_id, coalesce(a.name, l.holder), l.taken_at, l.until,
       l.station = '' AND l.holder = ?1
FROM lease AS l LEFT JOIN analyst AS a ON l.station = '' AND a.analyst_id = l.holder
WHERE l.until > ?2 AND l.until <= ?3
"""


def take(vault: Vault, report_id: ReportId, *, length: timedelta) -> None:
    """The analyst who opened the vault has the report in hand from now on, for so long; unless a
    colleague has, whose lease is left as it is.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    now = vault.now()
    with vault.bookkeeping() as connection:
        connection.execute(
            _TAKE,
            (
                report_id,
                vault.analyst.analyst_id,
                microseconds(now),
                microseconds(now + min(length, LONGEST)),
                microseconds(now + LONGEST),
            ),
        )


def give_back(vault: Vault, report_id: ReportId | None = None) -> int:
    """The analyst has this report (None: any) in hand no more; how many leases ended.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    with vault.bookkeeping() as connection:
        return connection.execute(
            "DELETE FROM lease WHERE station = ? AND holder = ? AND (?3 IS NULL OR report_id = ?3)",
            (_HERE, vault.analyst.analyst_id, report_id),
        ).rowcount


def standing(
    reader: Reader, analyst_id: str, *, now: datetime, reports: Sequence[ReportId] | None = None
) -> tuple[Lease, ...]:
    """Leases that are not over, of these reports or of all; those that end first come first."""
    only = " AND l.report_id IN (SELECT value FROM json_each(?4))" if reports is not None else ""
    named = () if reports is None else (json.dumps(list(reports)),)
    found = reader.connection.execute(
        f"{_STANDING}{only} ORDER BY l.until, l.report_id",
        (analyst_id, microseconds(now), microseconds(now + LONGEST), *named),
    )
    return tuple(
        Lease(ReportId(report), Actor(holder), moment_of(taken), moment_of(until), bool(is_own))
        for report, holder, taken, until, is_own in found
    )
