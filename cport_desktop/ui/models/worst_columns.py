"""The columns of the page of the “Worst of” list."""

from __future__ import annotations

from cport_desktop.domain.hosts import readable_host, visible
from cport_desktop.domain.operation import CriterionState
from cport_desktop.domain.worst_of import Candidate, CandidateSort, Suggestion
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import domain_copied, one_line, shortened
from cport_desktop.ui.worst import DecisionLine
from cport_desktop.words import iwol_page as say
from cport_desktop.words import labels, outbox_page, portal_acts
from cport_desktop.words import window as words

_LONGEST_CELL = 400
_MOMENT = 138


def candidate_columns() -> tuple[Column[Candidate], ...]:
    return (
        Column(
            say.DOMAIN,
            lambda row: one_line(readable(row.tallied.domain)),
            sort=CandidateSort.DOMAIN.value,
            hover=lambda row: row.tallied.domain,
            is_mono=True,
            name="domain",
            copied=lambda row, is_exact: domain_copied(row.tallied.domain, is_exact=is_exact),
        ),
        Column(
            say.REPORTS,
            lambda row: figures.count(row.tallied.reports),
            width=84,
            sort=CandidateSort.REPORTS.value,
            is_number=True,
            name="reports",
        ),
        Column(
            say.HOTLINES,
            lambda row: say.at_least(row.hotlines, is_partial=row.is_partial),
            width=84,
            spoken=lambda row: say.at_least_spoken(row.hotlines, is_partial=row.is_partial),
            is_number=True,
            name="hotlines",
        ),
        Column(say.COUNTRIES, _countries, width=150, hover=_countries, name="countries"),
        Column(
            say.SEEN,
            lambda row: figures.moment(row.tallied.seen),
            width=_MOMENT,
            sort=CandidateSort.SEEN.value,
            hover=lambda row: figures.universal(row.tallied.seen),
            name="seen",
        ),
        Column(say.STANDS, _stands, width=190, name="stands"),
    )


def suggestion_columns() -> tuple[Column[Suggestion], ...]:
    return (
        Column(
            say.STATE,
            lambda line: outbox_page.state(
                line.row.state.value, labels.operation_state(line.row.state.value)
            ),
            width=112,
            tone=lambda line: outbox_page.TONES.get(line.row.state.value),
            name="state",
        ),
        Column(
            say.DOMAIN,
            lambda line: one_line(readable(line.body.domain)),
            hover=lambda line: line.body.domain,
            is_mono=True,
            name="domain",
            copied=lambda line, is_exact: domain_copied(line.body.domain, is_exact=is_exact),
        ),
        Column(say.CRITERIA, _criteria, width=104, name="criteria"),
        Column(say.BY, lambda line: one_line(line.row.operation.actor), width=146, name="by"),
        Column(
            say.WHEN,
            lambda line: figures.moment(line.row.operation.made_at),
            width=_MOMENT,
            hover=lambda line: figures.universal(line.row.operation.made_at),
            name="when",
        ),
        Column(say.OUTCOME, suggestion_outcome, hover=suggestion_outcome, name="outcome"),
    )


def decision_columns() -> tuple[Column[DecisionLine], ...]:
    return (
        Column(
            say.DOMAIN,
            lambda line: one_line(readable(line.domain)),
            hover=lambda line: line.domain,
            is_mono=True,
            name="domain",
            copied=lambda line, is_exact: domain_copied(line.domain, is_exact=is_exact),
        ),
        Column(say.STATE, _decided, width=150, name="state"),
        Column(say.DECIDED_BY, lambda line: _cell(line.decided_by), width=156, name="by"),
        Column(
            say.DECIDED,
            lambda line: words.DASH if line.decided_at is None else figures.moment(line.decided_at),
            width=_MOMENT,
            hover=lambda line: (
                "" if line.decided_at is None else figures.universal(line.decided_at)
            ),
            name="decided",
        ),
        Column(
            say.CRITERIA_TEXT,
            lambda line: _cell(version_named(line.criteria_version)),
            width=160,
            is_spare=True,
            name="criteria",
        ),
        Column(say.NOTE, lambda line: _cell(line.note), hover=lambda line: line.note, name="note"),
    )


def readable(domain: str) -> str:
    """As people read it, with what would not show written out."""
    return visible(readable_host(domain))


def version_named(version: str) -> str:
    """The text of the criteria by its name; one that is not known here as the portal calls it."""
    return portal_acts.VERSIONS.get(version, version)


def suggestion_outcome(line: Suggestion) -> str:
    """What was decided of the domain; nothing while nothing was."""
    if line.decision is None:
        return ""
    at = figures.moment(line.decision.decided_at)
    return one_line(say.outcome(line.decision.state, line.decision.decided_by, at))


def _criteria(line: Suggestion) -> str:
    met = sum(each.state is CriterionState.MET for each in line.body.criteria)
    return say.criteria(met, len(line.body.criteria))


def _countries(row: Candidate) -> str:
    return one_line(", ".join(row.countries))


def _stands(row: Candidate) -> str:
    suggested = None if row.suggested is None else row.suggested.value
    return one_line(say.stands(suggested, row.decided))


def _decided(line: DecisionLine) -> str:
    return say.WITHDRAWN if line.state is None else _cell(say.decided(line.state))


def _cell(text: str) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL))
