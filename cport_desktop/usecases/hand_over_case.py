"""Hand a case over to another agency, with the reports that belong to it, through the portal."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import HandOverCase, Operation
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as words


def hand_over_case(
    vault: Vault,
    case_reference: str,
    recipient: str,
    reports: Iterable[ReportId],
    *,
    operation_id: UUID,
    note: str = "",
    reason: str | None = None,
) -> tuple[Operation, Changes]:
    """Queue the hand-over; each report is named once.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`; the agreement
            is asked about the recipient.
        PurposeMissing: no reason in a vault with real content.
        UnknownReference: one of the reports is not here.
        ActUnfit: one of them was withdrawn.
        TextUnfit, EntriesUnfit: too much or too little of something.
    """
    require(vault, Role.ANALYST)
    purpose = require_purpose(vault, reason, what=words.A_HAND_OVER)
    body = HandOverCase(
        case_reference.strip(), recipient.strip(), note.strip(), tuple(dict.fromkeys(reports))
    )
    return queue_act(vault, Act(body, reason=purpose), operation_id=operation_id)
