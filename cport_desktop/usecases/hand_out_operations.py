"""What goes out of the outbox at an exchange, by whichever road: looked at once more, then on record.

1. What is queued and can no longer be right is held back for a person, with the reason; what an
   analyst insisted on is held back by the agreement alone.
2. The rest is marked as being sent, entered into the register of what leaves and into the log, all
   in one transaction, before a byte of it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import Operation, OperationRow
from cport_desktop.domain.operation_reason import Reason, ReportNow, doubt
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AgreementForbids, AgreementLapsed
from cport_desktop.usecases.disclosing import enter_operations
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import require_agreed
from cport_desktop.vault import agreements, erased, outbox, reports
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as words

OPERATIONS_AT_ONCE = 200
"""How many operations one message carries; far below the bound of a message."""


def hand_out(
    vault: Vault, enrolment: Enrolment, *, limit: int = OPERATIONS_AT_ONCE
) -> tuple[Operation, ...]:
    """The next operations to be sent, in the order made; those without an answer come again.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    hold_back_doubtful(vault)
    with vault.transaction() as tx:
        waiting = outbox.unsettled(tx, limit)
        if waiting:
            ids = tuple(operation.operation_id for operation in waiting)
            outbox.mark_sending(tx, ids)
            enter_operations(tx, waiting, portal=enrolment.answer.portal)
            tx.record(_disclosure(enrolment, ids))
    return waiting


def hold_back_doubtful(vault: Vault) -> int:
    """How many queued operations need a person from now on.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        queued = outbox.queued(reader)
        doubts = _doubts(vault, reader, queued) if queued else {}
    doubts |= {
        row.operation.operation_id: reason
        for row in queued
        if (reason := _objection(vault, row.operation)) is not None
    }
    if not doubts:
        return 0
    with vault.transaction() as tx:
        held = outbox.hold_back(tx, doubts)
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb="hold_back",
                object_kind=ObjectKind.OPERATION,
                object_reference=f"{held} operations",
                payload=tuple(("operation", number) for number in doubts),
            )
        )
    return held


def _doubts(vault: Vault, reader: Reader, queued: Iterable[OperationRow]) -> dict[OperationId, str]:
    agreement = agreements.current(reader, now=vault.now())
    if agreement is None:
        return {}
    jurisdiction = agreement.signed.agreement.jurisdiction
    found: dict[OperationId, str] = {}
    for row in queued:
        if row.is_insisted:
            continue
        here = _reports_here(reader, row.operation.reports)
        reason = doubt(row.operation, here, jurisdiction=jurisdiction, now=vault.now())
        if reason is not None:
            found[row.operation.operation_id] = reason
    return found


def _reports_here(reader: Reader, numbers: tuple[ReportId, ...]) -> Mapping[ReportId, ReportNow]:
    known = erased.reports_here(reader.connection, numbers)
    return {
        number: ReportNow(dossier.report, dossier.row.status is ReportStatus.WITHDRAWN)
        for number in numbers
        if number in known
        for dossier in (reports.dossier(reader, number),)
    }


def _objection(vault: Vault, operation: Operation) -> str | None:
    try:
        require_agreed(vault, operation.body, operation.report_id, reason=words.STATED)
    except AgreementForbids as error:
        clause = error.facts["clause"]
        return f"{Reason.AGREEMENT_FORBIDS}:{clause}" if clause else Reason.AGREEMENT_FORBIDS
    except AgreementLapsed:
        return Reason.AGREEMENT_LAPSED
    return None


def _disclosure(enrolment: Enrolment, ids: tuple[str, ...]) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb="send",
        object_kind=ObjectKind.OPERATION,
        object_reference=f"{len(ids)} operations",
        recipient=enrolment.answer.portal,
        payload=tuple(("operation", operation_id) for operation_id in ids),
    )
