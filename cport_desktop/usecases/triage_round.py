"""Which report comes next: undecided, found by a query, and in nobody else's hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cport_desktop.domain import query_language
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.query import Is, IsState, all_of, query_of
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order, ReportRow
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.withholding import row_without
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.vault import leases, outbox, reports
from cport_desktop.vault.vault import Vault

_AT_ONCE = 50
"""Rows that are looked through at a time: more than colleagues have in hand together."""
_UNDECIDED = IsState(Is.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Round:
    """What is gone through: what the query `text` finds, in `order`, but for `skipped`."""

    text: str
    order: Order = field(default_factory=Order)
    skipped: frozenset[ReportId] = frozenset()


def next_undecided(
    vault: Vault, around: Round, *, taxonomy: Taxonomy, now: datetime
) -> ReportRow | None:
    """The first undecided report of the round that its hotline did not take back, that no colleague has in
    hand and that has no assessment waiting; None if there is none left. It is one search, on record as such.

    Raises:
        RoleMissing, AgreementForbids, QueryError: as `search_reports`.
    """
    require(vault, Role.ANALYST)
    text = _undecided_of(around.text, taxonomy, now)
    cursor: str | None = None
    while True:
        page = search_reports(
            vault, text, around.order, limit=_AT_ONCE, after=cursor, taxonomy=taxonomy, now=now
        )
        taken = _taken(vault, [row.report_id for row in page.rows])
        passed = taken | around.skipped
        for row in page.rows:
            if row.report_id not in passed and row.status is not ReportStatus.WITHDRAWN:
                return row
        cursor = page.next_cursor
        if cursor is None:
            return None


def _undecided_of(text: str, taxonomy: Taxonomy, now: datetime) -> str:
    """What asks for the undecided reports that `text` asks for. It is put together as a tree: brackets
    around a text would move the places of its errors, and make a query of what is none.
    """
    query = query_language.parse(text, taxonomy=taxonomy, now=now)
    if _UNDECIDED in query.conditions:
        return text
    return text_of(query_of(all_of((*query.conditions, _UNDECIDED))), taxonomy)


def _taken(vault: Vault, reports: list[ReportId]) -> frozenset[ReportId]:
    mine = vault.analyst.analyst_id
    with vault.reader() as reader:
        held = leases.in_others_hands(reader, mine, now=vault.now(), reports=reports)
        waiting = outbox.waiting_assessments(reader, reports)
    return frozenset([*held, *(one for one, _ in waiting)])


def rows_now(vault: Vault, report_ids: Sequence[ReportId]) -> tuple[ReportRow, ...]:
    """These reports as they stand now, those that are here: what somebody acted on in a list that they
    searched for, which is on record.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        rows = reports.named(reader, report_ids)
    return tuple(row_without(row, allowed.withheld.fields) for row in rows)


def first_picture(vault: Vault, report_id: ReportId) -> MediaId | None:
    """The first media item of a report that is here and can be shown: by it its stack is named.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: the report is not here.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        items = reports.dossier(reader, report_id).media
    return next(
        (i.media_id for i in items if i.state is MediaState.HELD and i.cannot_show is None), None
    )
