"""Fills `ui.worst.Worst` from an open vault: each intention is one use case."""

from __future__ import annotations

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.rows import Page
from cport_desktop.domain.worst_of import Candidate, CandidateOrder
from cport_desktop.ui.dossiers_opening import dossiers_of
from cport_desktop.ui.worst import DecisionLine, Worst
from cport_desktop.usecases.list_candidates import (
    CandidateQuestion,
    list_candidates,
    list_suggestions,
)
from cport_desktop.usecases.portal_records import ToldDecision, list_decisions
from cport_desktop.vault.vault import Vault


def worst_of(workstation: Workstation, vault: Vault) -> Worst:
    """All that may be asked about the list in one open vault, from any lane."""

    def candidates(
        text: str, order: CandidateOrder, limit: int, after: str | None
    ) -> Page[Candidate]:
        return list_candidates(vault, CandidateQuestion(text, order), limit=limit, after=after)

    def decisions(limit: int, after: str | None) -> Page[DecisionLine]:
        page = list_decisions(vault, limit=limit, after=after)
        return Page(tuple(map(_line, page.rows)), page.next_cursor, page.elapsed_ms)

    return Worst(
        candidates=candidates,
        suggestions=lambda limit, after: list_suggestions(vault, limit=limit, after=after),
        decisions=decisions,
        dossiers=dossiers_of(workstation, vault),
    )


def _line(told: ToldDecision) -> DecisionLine:
    record, content = told.record, told.content
    return DecisionLine(
        domain=record.reference,
        state=None if content is None else content.state,
        criteria_version="" if content is None else content.criteria_version,
        decided_by="" if content is None else content.decided_by,
        decided_at=None if content is None else content.decided_at,
        note="" if content is None else content.note or "",
        told_at=record.kept_at,
        road=record.road,
    )
