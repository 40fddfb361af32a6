"""The counts of an overview: each by an index, and each stops where nobody counts on."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.domain.batch import Subject
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.overview import MOST_COUNTED, TakedownEnd
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Facet
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.formats.report_record import parse_takedown_hold
from cport_desktop.vault import reports
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.transaction import Reader

MOST_HOLDS = 3_000
"""Takedown holds that are read: each is a person's request to a hotline."""


def undecided(reader: Reader) -> int:
    """How many reports are undecided as seen; kept counts alone are read."""
    counted = reports.facets(reader, Query(), [Facet.CLASSIFICATION])[Facet.CLASSIFICATION]
    return next((one.count for one in counted if one.value == str(UNDECIDED)), 0)


def came_since(reader: Reader, moment: datetime) -> int:
    """How many reports came or changed here from `moment` on; at most one more than `MOST_COUNTED`."""
    found = reader.connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM arrival INDEXED BY arrival_by_moment"
        " WHERE at_us >= ? LIMIT ?)",
        (microseconds(moment), MOST_COUNTED + 1),
    ).fetchone()
    return int(found[0]) if found else 0


def overdue(reader: Reader, late: datetime) -> int:
    """How many undecided reports were assigned before `late`; at most one more than `MOST_COUNTED`."""
    found = reader.connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM report AS r INDEXED BY report_undecided"
        " WHERE r.classification = 0 AND r.assigned_at IS NOT NULL AND r.assigned_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM report_overlay AS o"
        " WHERE o.row = r.row AND o.classification <> 0) LIMIT ?)",
        (microseconds(late), MOST_COUNTED + 1),
    ).fetchone()
    return int(found[0]) if found else 0


def takedowns_ending(reader: Reader, *, now: datetime, until: datetime) -> tuple[TakedownEnd, ...]:
    """Holds of reports that are here which end within [`now`, `until`], the soonest first."""
    told = reader.connection.execute(
        "SELECT p.reference, p.document FROM portal_record AS p CROSS JOIN report AS r"
        " ON r.report_id = CAST(p.reference AS INTEGER) WHERE p.subject = ? LIMIT ?",
        (Subject.TAKEDOWN_HOLD.value, MOST_HOLDS),
    ).fetchall()
    holds = [parse_takedown_hold(name, bytes(text), "$") for name, text in told if text]
    ending = [
        TakedownEnd(ReportId(hold.report_id), hold.until)
        for hold in holds
        if now <= hold.until <= until
    ]
    return tuple(sorted(ending, key=lambda one: (one.until, one.report_id)))
