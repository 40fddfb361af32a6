"""When each analyst was last at the overview: for themselves alone, so that they see what is new."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.overview import A_VISIT
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader, Transaction


def away_since(reader: Reader, analyst: AnalystId) -> datetime | None:
    """When their visit before this one ended; None if this is their first."""
    found = reader.connection.execute(
        "SELECT before_at FROM overview_visit WHERE analyst_id = ? AND before_at > 0", (analyst,)
    ).fetchone()
    return None if found is None else moment_of(found[0])


def note(tx: Transaction, analyst: AnalystId) -> None:
    """They are here now; a new visit if they were not within `A_VISIT`. The caller adds the entry."""
    now = microseconds(tx.now)
    gone = now - int(A_VISIT.total_seconds() * 1_000_000)
    tx.connection.execute(
        "INSERT INTO overview_visit (analyst_id, latest_at, before_at) VALUES (?1, ?2, 0)"
        " ON CONFLICT (analyst_id) DO UPDATE SET"
        " before_at = iif(latest_at < ?3, latest_at, before_at), latest_at = ?2",
        (analyst, now, gone),
    )
