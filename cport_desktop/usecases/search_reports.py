"""Search the reports: a page of rows, a count, facets.

One search leaves one audit entry, written before the first row is shown; further pages, the
count and the facets of the same text belong to it and leave none of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.domain.query import Query
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Facet, FacetCount, Order, Page, ReportRow, ReportSort
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.withholding import row_without
from cport_desktop.formats.withheld_document import document_without
from cport_desktop.usecases.allowance import Allowed, require_allowed
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.report_arrays import Questions, ReportColumns
from cport_desktop.usecases.withhold import is_countable, without_asking
from cport_desktop.vault import reports
from cport_desktop.vault.vault import Vault

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

LONGEST_PAGE = 1000
"""Rows; a page beyond this serves no reader and holds memory."""


def search_reports(
    vault: Vault,
    text: str,
    order: Order,
    *,
    limit: int,
    after: str | None,
    taxonomy: Taxonomy,
    now: datetime,
    columns: ReportColumns | None = None,
    is_cancelled: IsCancelled = never,
) -> Page[ReportRow]:
    """The page of reports that `text` asks for, in `order`, behind the cursor `after`. `columns`: of
    this vault, where somebody keeps them.

    Raises:
        Cancelled: `is_cancelled` began to hold.
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if `text` does not parse.
    """
    require(vault, Role.ANALYST)
    asked = Asked("reports", text, taxonomy, now, is_new=after is None)
    query, allowed = searched(vault, asked, order.sort)
    with vault.searching(is_cancelled) as reader:
        ask = Questions(reader, columns)
        page = ask.page(query, order, limit=min(limit, LONGEST_PAGE), after=after)
    if not allowed.withheld:
        return page
    return replace(page, rows=[row_without(row, allowed.withheld.fields) for row in page.rows])


def count_reports(
    vault: Vault,
    text: str,
    *,
    taxonomy: Taxonomy,
    now: datetime,
    columns: ReportColumns | None = None,
    is_cancelled: IsCancelled = never,
) -> int:
    """How many reports `text` asks for.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if `text` does not parse.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    query = without_asking(asked_of(vault, text, taxonomy, now), allowed)
    with vault.searching(is_cancelled) as reader:
        return Questions(reader, columns).count(query)


def facets_of_reports(
    vault: Vault,
    text: str,
    wanted: Sequence[Facet],
    *,
    taxonomy: Taxonomy,
    now: datetime,
    columns: ReportColumns | None = None,
    is_cancelled: IsCancelled = never,
) -> dict[Facet, tuple[FacetCount, ...]]:
    """For each of `wanted`, its values among the reports that `text` asks for, with counts.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if `text` does not parse.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    query = without_asking(asked_of(vault, text, taxonomy, now), allowed)
    open_to_us = [facet for facet in wanted if is_countable(facet, allowed)]
    with vault.searching(is_cancelled) as reader:
        found = Questions(reader, columns).facets(query, open_to_us)
    return found | {facet: () for facet in wanted if facet not in open_to_us}


def documents_of(vault: Vault, rows: Sequence[ReportRow]) -> dict[ReportId, Json]:
    """The portal's own JSON of each of `rows`: a part of the search that found them."""
    require(vault, Role.ANALYST)
    withheld = require_allowed(vault, Function.REPORTS_READ).withheld
    with vault.reader() as reader:
        found = reports.documents(reader, [row.report_id for row in rows])
    return {
        report_id: json.loads(document_without(document, withheld))
        for report_id, document in found.items()
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """A search over `what` (reports, media, stacks) in the words of a person; further pages of one are
    not new.
    """

    what: str
    text: str
    taxonomy: Taxonomy
    now: datetime
    is_new: bool


def searched(vault: Vault, asked: Asked, sort: ReportSort | None = None) -> tuple[Query, Allowed]:
    """What is asked for, and what may be told of it. A new search has left its trace.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if the text does not parse.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    query = without_asking(asked_of(vault, asked.text, asked.taxonomy, asked.now), allowed, sort)
    if asked.is_new:
        record_search(vault, asked.what, asked.text)
    return query, allowed


def record_search(vault: Vault, what: str, text: str) -> None:
    """Leave the trace of a search over `what` (reports, media) before its answer is shown."""
    require(vault, Role.ANALYST)
    draft = AuditDraft(
        action=AuditAction.CONSULTATION,
        verb="search",
        object_kind=ObjectKind.SEARCH,
        object_reference=what,
        payload=(("query", text),),
    )
    vault.leave_trace(draft)
