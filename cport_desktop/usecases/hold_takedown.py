"""Ask a hotline to wait with notice and takedown, until a stated time; or to wait no longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import HoldTakedown, LiftTakedownHold, Operation
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault.vault import Vault


def hold_takedown(
    vault: Vault,
    report_id: ReportId,
    until: datetime,
    reason: str,
    *,
    operation_id: UUID,
    draft: DraftPlace | None = None,
) -> tuple[Operation, Changes]:
    """Queue the request that the hotline waits until then. Until the portal has confirmed it, it is
    shown as asked.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        UnknownReference: no such report here.
        ActUnfit: the time is over, or the report was withdrawn.
        TextUnfit: no reason, or too long a one.
    """
    require(vault, Role.ANALYST)
    act = Act(HoldTakedown(until, reason.strip()), report_id, draft=draft)
    operation, changes = queue_act(vault, act, operation_id=operation_id)
    return operation, changes | Changes.REPORTS


def lift_takedown(
    vault: Vault,
    report_id: ReportId,
    reason: str,
    *,
    operation_id: UUID,
    draft: DraftPlace | None = None,
) -> tuple[Operation, Changes]:
    """Queue the word that the hotline need not wait any longer.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        UnknownReference: no such report here.
        TextUnfit: no reason, or too long a one.
    """
    require(vault, Role.ANALYST)
    act = Act(LiftTakedownHold(reason.strip()), report_id, draft=draft)
    operation, changes = queue_act(vault, act, operation_id=operation_id)
    return operation, changes | Changes.REPORTS
