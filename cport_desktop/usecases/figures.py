"""Figures: the reports that a query finds, counted over time, by country, kind of site, hotline, or until
their removal.

Each is asked for by itself and costs two or three questions, whose answers have a row a day or a value:
`domain.figure.MOST_BARS` bars at most are told. Asking is on record, as a search is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.figure import (
    Bar,
    Figure,
    FigureKind,
    FigureQuestion,
    by_span,
    median,
    most_frequent,
    over_time,
)
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.domain.query import Query
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Facet, FacetCount
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import AgreementForbids
from cport_desktop.usecases.allowance import Allowed, require_allowed
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.report_arrays import Questions, ReportColumns
from cport_desktop.usecases.withhold import is_countable, without_asking
from cport_desktop.vault.figure_counts import RECEIVED, REMOVAL
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words

_FACETS: Final[Mapping[FigureKind, Facet]] = {
    FigureKind.COUNTRY: Facet.HOSTING_COUNTRY,
    FigureKind.SITE: Facet.SITE_TYPE,
    FigureKind.HOTLINE: Facet.HOTLINE,
}
_SITE_TYPE: Final = "sourceUrlSiteType"
"""The one member of those that are counted by which can be withheld."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What figures are counted with. `columns`: of this vault, where somebody keeps them."""

    taxonomy: Taxonomy
    now: datetime
    columns: ReportColumns | None = None

    def figure(self, reader: Reader, question: FigureQuestion, query: Query) -> Figure:
        """The figure of `query`, which is what `question` asks; for a gated use case."""
        ask = Questions(reader, self.columns)
        found = ask.count(query)
        match question.kind:
            case FigureKind.RECEIVED:
                days = ask.days(query, RECEIVED)
                bars = over_time(days, question.step, now=self.now)
                return _of(question, found, sum(days.values()), bars)
            case FigureKind.REMOVAL:
                days = ask.days(query, REMOVAL)
                made = _of(question, found, sum(days.values()), by_span(days))
                return replace(made, median=median(days))
            case FigureKind.COUNTRY | FigureKind.SITE | FigureKind.HOTLINE as kind:
                counts = ask.facets(query, [_FACETS[kind]])[_FACETS[kind]]
                bars = most_frequent(_bars(kind, counts))
                return _of(question, found, sum(one.count for one in counts), bars)

    def require_countable(self, kind: FigureKind, allowed: Allowed, function: Function) -> None:
        """Counting by `kind` tells nothing that is withheld from `function`.

        Raises:
            AgreementForbids: it does.
        """
        facet = _FACETS.get(kind)
        if facet is None or is_countable(facet, allowed):
            return
        clause = allowed.withheld.fields[_SITE_TYPE]
        raise AgreementForbids(
            action=words.ACTIONS[function.value],
            function=function.value,
            reference=allowed.reference,
            clause=clause,
            cause=words.field_withheld(_SITE_TYPE, clause),
            who=allowed.contact,
        )


def figure(
    vault: Vault,
    question: FigureQuestion,
    counting: Counting,
    *,
    is_cancelled: IsCancelled = never,
) -> Figure:
    """The figure that is asked for; the question is on record before it is told.

    Raises:
        Cancelled: `is_cancelled` began to hold.
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds what is asked or counted by.
        QueryError: its query does not parse.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    query = without_asking(
        asked_of(vault, question.asked, counting.taxonomy, counting.now), allowed
    )
    counting.require_countable(question.kind, allowed, Function.REPORTS_READ)
    _record(vault, question)
    with vault.reader(is_cancelled) as reader:
        return counting.figure(reader, question, query)


def _bars(kind: FigureKind, counts: Sequence[FacetCount]) -> list[Bar]:
    return [Bar(one.value, one.count, f"{kind.value}:{one.value}") for one in counts]


def _of(question: FigureQuestion, found: int, known: int, bars: tuple[Bar, ...]) -> Figure:
    shown = sum(bar.count for bar in bars)
    return Figure(question, found, bars, unknown=max(0, found - known), left_out=known - shown)


def _record(vault: Vault, question: FigureQuestion) -> None:
    draft = AuditDraft(
        action=AuditAction.CONSULTATION,
        verb="figure",
        object_kind=ObjectKind.SEARCH,
        object_reference=question.kind.value,
        payload=(("query", question.asked),),
    )
    with vault.transaction() as tx:
        tx.record(draft)
