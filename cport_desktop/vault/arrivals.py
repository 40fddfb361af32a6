"""In which order reports came and changed, by numbers that only grow.

A number says what is new since somebody looked, what an exchange brought, and what has to be counted
again. A report has one: that of its latest change, beside the one at which it came.
"""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.domain.ids import ReportId
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.standings import Outcome
from cport_desktop.vault.transaction import Reader, Transaction


def note(tx: Transaction, reached: Mapping[ReportId, Outcome]) -> None:
    """Every report that these outcomes change has the next number. The caller adds the entry."""
    at = microseconds(tx.now)
    came = [(number, at) for number, outcome in reached.items() if outcome.is_new]
    tx.connection.executemany(
        "INSERT OR REPLACE INTO arrival (report_id, at_us) VALUES (?, ?)", came
    )
    changed = [
        (number, at)
        for number, outcome in reached.items()
        if not outcome.is_new and (outcome.change is not None or outcome.is_withdrawn_now)
    ]
    tx.connection.executemany(
        "INSERT OR REPLACE INTO arrival (report_id, first, at_us) VALUES"
        " (?1, (SELECT coalesce(first, number) FROM arrival WHERE report_id = ?1), ?2)",
        changed,
    )


def latest(reader: Reader) -> int:
    """The number of the latest change; 0 before the first."""
    found = reader.connection.execute("SELECT max(number) FROM arrival").fetchone()
    return int(found[0] or 0) if found else 0
