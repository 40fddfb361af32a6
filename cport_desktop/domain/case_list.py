"""The list of cases: its orders, and what a query over it may ask: `lead:Ada is:overdue opened:<30d shop`."""

from __future__ import annotations

from enum import StrEnum

from cport_desktop.domain.case import CaseRow, CaseState
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.row_language import Kind, RowField, RowLanguage


class CaseOrder(StrEnum):
    """By number, which is by when they were opened; or by title, as people read names."""

    NEWEST = "-id"
    OLDEST = "id"
    TITLE = "title"
    TITLE_BACKWARDS = "-title"


def case_language(asker: Actor) -> RowLanguage[CaseRow]:
    """`lead` and `by` (who opened it) are whole names; `active`: when something was last done to it.
    `is:mine` are those that `asker` leads, `is:unled` those that nobody does, `is:overdue` those with a
    task that is.
    """
    return RowLanguage(
        words=lambda row: f"{row.case.reference} {row.case.title} {row.case.summary}",
        fields={
            "ref": RowField(Kind.WHOLE, lambda row: row.case.reference),
            "title": RowField(Kind.PART, lambda row: row.case.title),
            "summary": RowField(Kind.PART, lambda row: row.case.summary),
            "state": RowField(Kind.WHOLE, lambda row: row.case.state.value),
            "lead": RowField(Kind.WHOLE, _lead),
            "by": RowField(Kind.WHOLE, lambda row: row.case.made_by),
            "opened": RowField(Kind.MOMENT, lambda row: row.case.made_at),
            "closed": RowField(Kind.MOMENT, lambda row: row.case.closed_at),
            "active": RowField(Kind.MOMENT, lambda row: row.active_at),
            "reports": RowField(Kind.NUMBER, lambda row: row.reports),
            "items": RowField(Kind.NUMBER, lambda row: row.items),
            "tasks": RowField(Kind.NUMBER, lambda row: row.tasks_open),
            "notes": RowField(Kind.NUMBER, lambda row: row.notes),
        },
        states={
            "open": lambda row: row.case.state is CaseState.OPEN,
            "closed": lambda row: row.case.state is CaseState.CLOSED,
            "overdue": lambda row: row.tasks_overdue > 0,
            "mine": lambda row: _lead(row) == asker,
            "unled": lambda row: row.case.lead is None,
        },
    )


def asked_in(state: CaseState | None, text: str) -> str:
    """The query that asks for what `text` does among the cases in one state, or in any."""
    if state is None or not text.strip():
        return text.strip() if state is None else f"is:{state.value}"
    return f"({text.strip()}) is:{state.value}"


def _lead(row: CaseRow) -> str | None:
    return None if row.case.lead is None else row.case.lead.name
