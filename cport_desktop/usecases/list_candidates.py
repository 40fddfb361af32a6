"""Domains that could be suggested for the Worst-of list, and what became of those that were.

A list leaves one entry in the log, written before its first row is shown; further pages belong to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.operation import SuggestDomain
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.roles import Role
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import Page
from cport_desktop.domain.worst_of import (
    BUSIEST_FIRST,
    CANDIDATES,
    LOOKED_AT,
    Candidate,
    CandidateOrder,
    Suggestion,
    Tallied,
)
from cport_desktop.formats.record_message import record_value
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.vault import portal_records, worst_of
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class CandidateQuestion:
    """`text`: a query over candidates, in the language of short lists."""

    text: str = ""
    order: CandidateOrder = BUSIEST_FIRST


def list_candidates(
    vault: Vault, question: CandidateQuestion, *, limit: int, after: str | None = None
) -> Page[Candidate]:
    """Domains that reports here are about, each with what is known of it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
        QueryError: the text does not parse, or asks for what is not known of a domain.
        UnknownReference: a cursor that this list never gave in this order.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    is_asked_for = row_test(question.text, CANDIDATES, now=vault.now())
    if after is None:
        _record(vault, "candidates for the Worst-of list")
    with vault.reader() as reader:
        page = worst_of.page(
            reader, question.order, limit=limit, after=after, is_asked_for=is_asked_for
        )
        rows = _with_more(reader, page.rows)
    return Page(rows, page.next_cursor, page.elapsed_ms)


def list_suggestions(vault: Vault, *, limit: int, after: str | None = None) -> Page[Suggestion]:
    """What this agency suggested, newest first, each with what was decided about its domain.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    if after is None:
        _record(vault, "suggestions for the Worst-of list")
    with vault.reader() as reader:
        page = worst_of.suggestions(reader, limit=limit, after=after)
        found = tuple(
            Suggestion(row, row.operation.body, _decision(reader, row.operation.body.domain))
            for row in page.rows
            if isinstance(row.operation.body, SuggestDomain)
        )
    return Page(found, page.next_cursor, page.elapsed_ms)


def _with_more(reader: Reader, rows: Sequence[Tallied]) -> tuple[Candidate, ...]:
    domains = [row.domain for row in rows]
    around = worst_of.around(reader, domains)
    suggested = worst_of.latest_suggestions(reader, domains)
    found = []
    for row in rows:
        decision = _decision(reader, row.domain) if row.is_decided else None
        found.append(
            Candidate(
                tallied=row,
                hotlines=around[row.domain].hotlines,
                countries=around[row.domain].countries,
                is_partial=row.reports > LOOKED_AT,
                suggested=suggested.get(row.domain),
                decided=None if decision is None else decision.state,
            )
        )
    return tuple(found)


def _decision(reader: Reader, domain: str) -> IwolDecision | None:
    record = portal_records.find(reader, Subject.IWOL_DECISION.value, domain)
    if record is None or not record.document:
        return None
    value = record_value(record.subject, record.reference, record.document, "$")
    return value if isinstance(value, IwolDecision) else None


def _record(vault: Vault, what: str) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="list",
                object_kind=ObjectKind.SEARCH,
                object_reference=what,
            )
        )
