"""Look at cases: the list, one of them, what is in it, its timeline. Opening one is on record.

What the agreement withholds of a report is in none of it, and nothing of reports is told where the
agreement does not let them be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.case import Case, CaseItem, CaseRow, CaseState, Moment
from cport_desktop.domain.case_list import CaseOrder, case_language
from cport_desktop.domain.roles import Role
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import Page
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import entry_of
from cport_desktop.vault import case_timeline, cases
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """Which cases: in one state, with these letters in their title, found by a query over cases; and in
    which order.
    """

    state: CaseState | None = None
    titled: str = ""
    text: str = ""
    order: CaseOrder = CaseOrder.NEWEST


def list_cases(
    vault: Vault, question: CaseQuestion, *, now: datetime, limit: int, after: str | None
) -> Page[CaseRow]:
    """Cases in the order that is asked for.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        QueryError: the text does not parse, or asks for what is not known of a case.
        UnknownReference: a cursor that this list never gave out in this order.
    """
    require(vault, Role.ANALYST)
    is_asked_for = row_test(question.text, case_language(vault.actor), now=now)
    with vault.reader() as reader:
        return cases.page(
            reader,
            limit=limit,
            now=now,
            after=after,
            order=question.order,
            state=question.state,
            titled=question.titled.strip(),
            is_asked_for=is_asked_for,
        )


def show_case(vault: Vault, number: int, *, now: datetime) -> CaseRow:
    """One case with its figures; the look at it is on record before it is handed out.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        case = cases.find(tx, number)
        tx.record(entry_of("open", case.about, action=AuditAction.CONSULTATION))
        return cases.row_of(tx, case, now=now)


def case_items(
    vault: Vault,
    number: int,
    *,
    limit: int,
    after: str | None,
    kind: AboutKind | None = None,
) -> tuple[Page[CaseItem], int]:
    """What is in it, what was added last first, and how many it is: a part of the look at the case.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not let reports be read.
        UnknownReference: there is no such case; or a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        case = cases.find(reader, number)
        page = cases.items(reader, case, limit=limit, after=after, kind=kind)
        return page, cases.size(reader, case, kind)


def timeline(vault: Vault, number: int, *, limit: int, after: str | None) -> Page[Moment]:
    """What happened to it and to what is in it, the newest first: a part of the look at the case.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not let reports be read.
        UnknownReference: there is no such case; or a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        case = cases.find(reader, number)
        return case_timeline.page(
            reader, case, limit=limit, after=after, withheld=allowed.withheld.fields
        )


def cases_with(vault: Vault, about: About) -> tuple[Case, ...]:
    """The cases that a thing is in, the newest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return cases.holding(reader, about)
