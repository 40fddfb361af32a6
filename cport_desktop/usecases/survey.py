"""The overview of the jurisdiction, part by part: what is new, overdue, about to end, and waits for one.

Each part is asked for by itself, so that a window shows the first while the others are read; what is
urgent is the top of the queue (`usecases.work_queue`). No part reads more than it tells, and every
number of reports comes with the query that finds them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.exchange_history import Direction, PastExchange
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.operation import WAITING_FOR_A_PERSON
from cport_desktop.domain.overview import (
    MOST_COUNTED,
    MOST_NAMED,
    SOON,
    Counted,
    Duties,
    Endings,
    News,
    Overdue,
)
from cport_desktop.domain.query import Query
from cport_desktop.domain.query_lexer import MOST_VALUES
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.list_dossiers import count_reviews
from cport_desktop.usecases.permission import require
from cport_desktop.vault import (
    agreements,
    exchange_history,
    outbox,
    overview_counts,
    overview_visits,
    reports,
    tasks,
    unit_rules,
)
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

_LOOKED_BACK: Final = 50
"""Exchanges among which the last is looked for that was heard to the end."""


def news(vault: Vault, *, is_new: bool = True) -> News:
    """What came with the last exchange, and since this analyst was last here. Coming here is on record,
    and remembered for the next time; refreshing what is shown (`is_new` False) is not.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    analyst = vault.analyst.analyst_id
    if is_new:
        with vault.transaction() as tx:
            overview_visits.note(tx, analyst)
            tx.record(_entry())
    with vault.reader() as reader:
        exchange = _last_heard(reader)
        away = overview_visits.away_since(reader, analyst)
        return News(
            reports=Counted(reports.count(reader, Query()), ""),
            undecided=Counted(overview_counts.undecided(reader), "is:undecided"),
            exchange=exchange,
            brought=None if exchange is None else _came_since(reader, exchange.started_at),
            away_since=away,
            since=None if away is None else _came_since(reader, away),
        )


def overdue(vault: Vault, *, now: datetime) -> Overdue:
    """Undecided reports that were assigned longer ago than the unit allows.

    Raises:
        RoleMissing, AgreementForbids: as `news`.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        days = unit_rules.load(reader).work.overdue_after
        found = overview_counts.overdue(reader, now - timedelta(days=days))
    return Overdue(_counted(found, "is:overdue"), days)


def endings(vault: Vault, *, now: datetime) -> Endings:
    """Takedown holds that end soon, and the agreement's own end.

    Raises:
        RoleMissing, AgreementForbids: as `news`.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        takedowns = overview_counts.takedowns_ending(reader, now=now, until=now + SOON)
        standing = agreements.standing(reader, now=vault.now())
    named = takedowns[:MOST_NAMED]
    query = ",".join(report_reference(one.report_id) for one in takedowns[:MOST_VALUES])
    version = standing.version
    return Endings(
        takedowns=named,
        counted=Counted(
            min(len(takedowns), MOST_VALUES),
            f"ref:{query}" if query else "",
            is_more=len(takedowns) > MOST_VALUES,
        ),
        agreement=standing.kind,
        agreement_until=None if version is None else version.signed.agreement.valid_until,
        days_left=standing.days_left,
    )


def duties(vault: Vault, *, now: datetime) -> Duties:
    """Tasks that are due, and operations that wait.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    mine = vault.analyst.analyst_id
    with vault.reader() as reader:
        due = tasks.Wanted(assignee=mine, with_unassigned=True, due_before=now + SOON)
        late = tasks.Wanted(assignee=mine, with_unassigned=True, due_before=now)
        operations = outbox.counts(reader)
        return Duties(
            tasks=tuple(tasks.page(reader, due, limit=MOST_NAMED).rows),
            due=tasks.count(reader, due),
            late=tasks.count(reader, late),
            needing=sum(operations.get(state, 0) for state in WAITING_FOR_A_PERSON),
            unsettled=outbox.count_unsettled(reader),
            reviews=count_reviews(vault),
        )


def _last_heard(reader: Reader) -> PastExchange | None:
    """The last exchange that brought the portal's word, to the end."""
    past = exchange_history.page(reader, limit=_LOOKED_BACK).rows
    return next((one for one in past if one.is_done and one.direction is not Direction.OUT), None)


def _came_since(reader: Reader, moment: datetime) -> Counted:
    whole_second = moment.replace(microsecond=0)
    found = overview_counts.came_since(reader, whole_second)
    return _counted(found, f"came:>={iso_utc(whole_second)}")


def _counted(found: int, query: str) -> Counted:
    return Counted(min(found, MOST_COUNTED), query, is_more=found > MOST_COUNTED)


def _entry() -> AuditDraft:
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb="overview",
        object_kind=ObjectKind.SEARCH,
        object_reference="overview",
    )
