"""What to do first: undecided reports in the order that the unit's rules give them, each with why."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.in_hand import TOLD_FOR
from cport_desktop.domain.priority import Queued, WorkQueue, in_order
from cport_desktop.domain.roles import Role
from cport_desktop.domain.withholding import row_without
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.vault import agreements, queue_facts, queue_sources, reports, unit_rules
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.queue_facts import Judging
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

LONGEST_QUEUE: Final = 200
"""Places that one answer has: nobody plans further."""


def work_queue(vault: Vault, *, limit: int, now: datetime, is_new: bool = True) -> WorkQueue:
    """The first `limit` undecided reports for the analyst who opened the vault; those in a colleague's
    hands are left out. On record, unless it belongs to another look that is (`is_new` False).

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    if is_new:
        _record(vault)
    started = time.perf_counter()
    with vault.reader() as reader:
        rules = unit_rules.load(reader)
        late = now - timedelta(days=rules.work.overdue_after)
        judging = Judging(vault.analyst.analyst_id, now, late, _jurisdictions(reader, now))
        heard = microseconds(now - TOLD_FOR)
        places = queue_sources.rows_to_compare(reader, judging.asker, told_since=heard)
        found, in_other_hands = queue_facts.candidates(reader, places, judging)
        first = in_order(found, rules.priority, limit=min(limit, LONGEST_QUEUE))
        rows = reports.named(reader, [place.report_id for place in first])
    withheld = allowed.withheld.fields
    told = {row.report_id: row_without(row, withheld) for row in rows}
    return WorkQueue(
        rows=tuple(Queued(told[place.report_id], place) for place in first),
        considered=len(found),
        in_other_hands=in_other_hands,
        elapsed_ms=(time.perf_counter() - started) * 1000,
    )


def _jurisdictions(reader: Reader, now: datetime) -> frozenset[str]:
    version = agreements.current(reader, now=now)
    return frozenset() if version is None else frozenset(version.signed.agreement.jurisdictions)


def _record(vault: Vault) -> None:
    draft = AuditDraft(
        action=AuditAction.CONSULTATION,
        verb="queue",
        object_kind=ObjectKind.SEARCH,
        object_reference="queue",
    )
    with vault.transaction() as tx:
        tx.record(draft)
