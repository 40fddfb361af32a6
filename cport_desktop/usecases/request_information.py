"""Ask the hotline that made a report for what is not in it. Its answer comes with a later exchange."""

from __future__ import annotations

from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import Operation, RequestInformation
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault.vault import Vault


def request_information(
    vault: Vault,
    report_id: ReportId,
    text: str,
    *,
    operation_id: UUID,
    draft: DraftPlace | None = None,
) -> tuple[Operation, Changes]:
    """Queue the question.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        UnknownReference: no such report here.
        ActUnfit: the report was withdrawn.
        TextUnfit: no question, or too long a one.
    """
    require(vault, Role.ANALYST)
    act = Act(RequestInformation(text.strip()), report_id, draft=draft)
    return queue_act(vault, act, operation_id=operation_id)
