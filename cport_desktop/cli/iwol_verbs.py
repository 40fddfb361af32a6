"""Verbs that list what concerns the “Worst of” list: candidates, and what was suggested from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cport_desktop.cli import iwol_dossier_verbs
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.operation import CriterionState
from cport_desktop.domain.worst_of import Candidate, CandidateOrder, CandidateSort, Suggestion
from cport_desktop.usecases.list_candidates import (
    CandidateQuestion,
    list_candidates,
    list_suggestions,
)
from cport_desktop.words import iwol_page as words

_NONE: Final = "–"


def candidates(session: Session) -> Answer:
    """`cport iwol candidates [QUERY]`."""
    options = session.options
    order = options.required("sort")
    question = CandidateQuestion(
        " ".join(options.texts("query")),
        CandidateOrder(CandidateSort(order.removeprefix("-")), order.startswith("-")),
    )
    with session.vault() as vault:
        page = list_candidates(
            vault, question, limit=options.number("limit"), after=options.text("after")
        )
        freshness = heard(session, vault)
    heads = ("Domain", "Reports", "Hotlines", "Hosted in", "Last seen (UTC)", "Stands")
    answer = listing(
        [_candidate(row) for row in page.rows],
        text=table(heads, [_candidate_line(row) for row in page.rows]),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.REPORTS)


def suggestions(session: Session) -> Answer:
    """`cport iwol suggestions`."""
    options = session.options
    with session.vault() as vault:
        page = list_suggestions(vault, limit=options.number("limit"), after=options.text("after"))
        freshness = heard(session, vault)
    heads = ("Domain", "State", "Criteria", "By", "Made (UTC)", "Outcome")
    answer = listing(
        [_suggestion(line) for line in page.rows],
        text=table(heads, [_suggestion_line(line) for line in page.rows]),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.OPERATIONS)


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "iwol candidates": candidates,
    "iwol suggestions": suggestions,
    **iwol_dossier_verbs.VERBS,
}


def _candidate(row: Candidate) -> dict[str, Json]:
    tallied = row.tallied
    return {
        "id": tallied.domain,
        "domain": tallied.domain,
        "reports": tallied.reports,
        "last_received": iso_utc(tallied.seen),
        "hotlines": row.hotlines,
        "countries": list(row.countries),
        "is_partial": row.is_partial,
        "suggested": None if row.suggested is None else row.suggested.value,
        "decided": row.decided,
    }


def _candidate_line(row: Candidate) -> tuple[str, ...]:
    suggested = None if row.suggested is None else row.suggested.value
    return (
        row.tallied.domain,
        f"{row.tallied.reports:,}",
        words.at_least(row.hotlines, is_partial=row.is_partial),
        ", ".join(row.countries) or _NONE,
        iso_utc(row.tallied.seen),
        words.stands(suggested, row.decided) or _NONE,
    )


def _suggestion(line: Suggestion) -> dict[str, Json]:
    operation, decision = line.row.operation, line.decision
    return {
        "id": operation.operation_id,
        "domain": line.body.domain,
        "state": line.row.state.value,
        "reason": line.row.reason,
        "criteria_version": line.body.criteria_version,
        "criteria": [
            {"code": each.code, "state": each.state.value, "note": each.note}
            for each in line.body.criteria
        ],
        "note": line.body.note,
        "by": operation.actor,
        "made_at": iso_utc(operation.made_at),
        "settled_at": None if line.row.settled_at is None else iso_utc(line.row.settled_at),
        "decision": None
        if decision is None
        else {
            "state": decision.state,
            "decided_by": decision.decided_by,
            "decided_at": iso_utc(decision.decided_at),
            "note": decision.note,
        },
    }


def _suggestion_line(line: Suggestion) -> tuple[str, ...]:
    operation, decision = line.row.operation, line.decision
    met = sum(each.state is CriterionState.MET for each in line.body.criteria)
    outcome = (
        _NONE
        if decision is None
        else words.outcome(decision.state, decision.decided_by, iso_utc(decision.decided_at))
    )
    return (
        line.body.domain,
        line.row.state.value,
        words.criteria(met, len(line.body.criteria)),
        operation.actor,
        iso_utc(operation.made_at),
        outcome,
    )
