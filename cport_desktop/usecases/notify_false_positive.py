"""Tell the portal that an entry of a hash list, or what it matched, is wrong."""

from __future__ import annotations

from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.operation import NotifyFalsePositive, Operation
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault.vault import Vault


def notify_false_positive(
    vault: Vault, notice: NotifyFalsePositive, *, operation_id: UUID
) -> tuple[Operation, Changes]:
    """Queue the notice.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        UnknownReference: no such media item here.
        ValueUnknown: no name of a list.
        TextUnfit: nothing said why, or too much.
    """
    require(vault, Role.ANALYST)
    return queue_act(vault, Act(notice), operation_id=operation_id)
