"""Which report comes next: undecided, found by a query, and in nobody else's hands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.query import Is, IsState, Query
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order, ReportRow
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.vault import leases, outbox
from cport_desktop.vault.vault import Vault

_AT_ONCE = 50
"""Rows that are looked through at a time: more than colleagues have in hand together."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is gone through: what the query `text` finds, in `order`, but for `skipped`."""

    text: str
    order: Order = field(default_factory=Order)
    skipped: frozenset[ReportId] = frozenset()


def next_undecided(
    vault: Vault, around: Round, *, taxonomy: Taxonomy, now: datetime
) -> ReportRow | None:
    """The first undecided report of the round that no colleague has in hand and that has no assessment
    waiting; None if there is none left. It is one search, on record as such.

    Raises:
        RoleMissing, AgreementForbids, QueryError: as `search_reports`.
    """
    require(vault, Role.ANALYST)
    undecided = text_of(Query((IsState(Is.UNDECIDED),)), taxonomy)
    text = f"({around.text}) {undecided}" if around.text.strip() else undecided
    cursor: str | None = None
    while True:
        page = search_reports(
            vault, text, around.order, limit=_AT_ONCE, after=cursor, taxonomy=taxonomy, now=now
        )
        taken = _taken(vault, [row.report_id for row in page.rows])
        for row in page.rows:
            if row.report_id not in taken and row.report_id not in around.skipped:
                return row
        cursor = page.next_cursor
        if cursor is None:
            return None


def _taken(vault: Vault, reports: list[ReportId]) -> frozenset[ReportId]:
    mine = vault.analyst.analyst_id
    with vault.reader() as reader:
        found = leases.standing(reader, mine, now=vault.now(), reports=reports)
        waiting = outbox.waiting_assessments(reader, reports)
    return frozenset(
        [*(lease.report_id for lease in found if not lease.is_own), *(one for one, _ in waiting)]
    )
