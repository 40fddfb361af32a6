"""«Seen before, because …»: what other reports have in common with one, and what came of them.

Computed here, from what the vault holds, and told without what the agreement withholds: a reason that
rests on a withheld part of a report is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.memory import Because, Memory, most_telling_first
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress, never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled, UnknownReference
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.vault import memory, reports, traits
from cport_desktop.vault.vault import Vault

CAUGHT_UP_AT_ONCE: Final = 2_000
"""Arrivals that somebody who asks waits for: some tens of milliseconds."""

_RESTS_ON: Final[Mapping[Because, frozenset[str]]] = {
    Because.SAME_REFERRER: frozenset({"referrerUrl"}),
    Because.SAME_LAYOUT: frozenset({"hostingOrganization"}),
    Because.SAME_PAYMENT: frozenset({"sourceUrlPaymentMethods", "sourceUrlSiteType"}),
}
"""The members of a report that a reason tells of; all others an agreement cannot withhold."""


def remember(vault: Vault, report_id: ReportId, *, is_new: bool = True) -> Memory:
    """What is remembered about `report_id`. On record, unless it belongs to an opening of the report that
    is on record already (`is_new` False).

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read it.
        UnknownReference: the vault holds no such report; nothing is recorded then.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ, report_id=report_id)
    is_whole = _caught_up_soon(vault)
    with vault.reader() as reader:
        if not reports.as_they_stand(reader, [report_id]):
            raise UnknownReference(kind="report", reference=report_reference(report_id))
        found = memory.remembered(reader, report_id)
    if is_new:
        _record(vault, report_id)
    withheld = frozenset(allowed.withheld.fields)
    told = [one for one in found if not withheld & _RESTS_ON.get(one.because, frozenset())]
    return Memory(report_id, most_telling_first(told), is_whole)


def catch_up_traits(
    vault: Vault, *, announce: Announce = silent, is_cancelled: IsCancelled = never
) -> int:
    """The traits of every report are known; how many were looked at now.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        Cancelled: somebody stopped it; what was written stays.
        StorageFull, VaultDamaged: the disk; likewise.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        whole = traits.behind(reader)
    if not whole:
        return 0
    done = 0
    while written := traits.write_next(vault):
        done += written
        announce(Progress(Phase.MATCHING, done, max(done, whole)))
        if is_cancelled():
            raise Cancelled
    return done


def _caught_up_soon(vault: Vault) -> bool:
    """Whether every trait is known, once those are written that are quickly written."""
    with vault.reader() as reader:
        behind = traits.behind(reader)
    if behind > CAUGHT_UP_AT_ONCE:
        return False
    while behind and traits.write_next(vault):
        pass
    return True


def _record(vault: Vault, report_id: ReportId) -> None:
    draft = AuditDraft(
        action=AuditAction.COMBINATION,
        verb="remember",
        object_kind=ObjectKind.REPORT,
        object_reference=report_reference(report_id),
    )
    with vault.transaction() as tx:
        tx.record(draft)
