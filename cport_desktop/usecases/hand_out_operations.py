"""What goes out of the outbox at an exchange, by whichever road: looked at once more, then on record.

1. What is queued and can no longer be right is held back for a person, with the reason; what an
   analyst insisted on is held back by the agreement alone.
2. The rest is marked as being sent, entered into the register of what leaves and into the log, all
   in one transaction, before a byte of it goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.operation import GiveAssessment, HandOverCase, Operation, OperationRow
from cport_desktop.domain.operation_reason import Reason, doubt
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AgreementForbids, AgreementLapsed
from cport_desktop.pace import paced
from cport_desktop.usecases.disclosing import enter_operations
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import require_agreed
from cport_desktop.vault import agreements, outbox, reports, second_readings
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as words

OPERATIONS_AT_ONCE = 200
"""How many operations one message carries; far below the bound of a message."""


def hand_out(
    vault: Vault, enrolment: Enrolment, *, limit: int = OPERATIONS_AT_ONCE
) -> tuple[Operation, ...]:
    """The next operations to be sent, in the order made; those without an answer come again. What is
    doubtful was held back before (`hold_back_doubtful`, once for an exchange).

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        waiting = outbox.unsettled(tx, limit)
        if waiting:
            ids = tuple(operation.operation_id for operation in waiting)
            outbox.mark_sending(tx, ids)
            enter_operations(tx, waiting, portal=enrolment.answer.portal)
            tx.record(_disclosure(enrolment, ids))
    return waiting


DOUBTED_AT_ONCE = 500
"""Operations whose reports are in memory together: a station that was without network for months has
decided tens of thousands.
"""


def hold_back_doubtful(vault: Vault, *, at_once: int = DOUBTED_AT_ONCE) -> int:
    """How many queued operations need a person from now on. `at_once`: so many are looked at together.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        queued = outbox.queued(reader)
        looked_at = [row for row in queued if not row.is_insisted]
        doubts: dict[OperationId, str] = {}
        for start in range(0, len(looked_at), at_once):
            doubts |= _doubts(vault, reader, looked_at[start : start + at_once])
    doubts |= _objections(vault, [row.operation for row in queued])
    second = _without_second(vault, [row.operation for row in queued])
    doubts |= dict.fromkeys(second, Reason.SECOND_READER.value)
    if not doubts:
        return 0
    with vault.transaction() as tx:
        held = outbox.hold_back(tx, doubts)
        for number in second:
            second_readings.ask(tx, number)
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


def _doubts(vault: Vault, reader: Reader, queued: Sequence[OperationRow]) -> dict[OperationId, str]:
    """What the replica and the time speak against."""
    agreement = agreements.current(reader, now=vault.now()) if queued else None
    if agreement is None:
        return {}
    jurisdiction, now = agreement.signed.agreement.jurisdiction, vault.now()
    named = {number for row in queued for number in row.operation.reports}
    here = reports.as_they_stand(reader, named)
    return {
        row.operation.operation_id: reason
        for row in paced(queued)
        if (reason := doubt(row.operation, here, jurisdiction=jurisdiction, now=now)) is not None
    }


def _objections(vault: Vault, operations: Iterable[Operation]) -> dict[OperationId, str]:
    """What the agreement speaks against. It is asked once for all of a kind, and about each only if
    it does not allow all of them.
    """
    alike = defaultdict[Hashable, list[Operation]](list)
    for operation in paced(operations):
        body = operation.body
        recipient = body.recipient if isinstance(body, HandOverCase) else None
        alike[type(body), recipient].append(operation)
    return {
        operation.operation_id: reason
        for some in alike.values()
        if _objection(vault, some) is not None
        for operation in paced(some)
        if (reason := _objection(vault, [operation])) is not None
    }


def _objection(vault: Vault, alike: Sequence[Operation]) -> str | None:
    about = {number for operation in alike for number in operation.reports}
    try:
        require_agreed(vault, alike[0].body, about, reason=words.STATED)
    except AgreementForbids as error:
        clause = error.facts["clause"]
        return f"{Reason.AGREEMENT_FORBIDS}:{clause}" if clause else Reason.AGREEMENT_FORBIDS
    except AgreementLapsed:
        return Reason.AGREEMENT_LAPSED
    return None


def _without_second(vault: Vault, operations: Iterable[Operation]) -> frozenset[OperationId]:
    """Assessments that were queued before the agreement asked for a second reader."""
    given = [each for each in operations if isinstance(each.body, GiveAssessment)]
    if not _wants_second(vault, given):
        return frozenset()
    with vault.reader() as reader:
        left = second_readings.unconfirmed(reader, [each.operation_id for each in given])
    return frozenset(
        each.operation_id
        for each in given
        if each.operation_id in left and _wants_second(vault, [each])
    )


def _wants_second(vault: Vault, alike: Sequence[Operation]) -> bool:
    about = {number for operation in alike for number in operation.reports}
    try:
        return bool(alike) and require_agreed(vault, alike[0].body, about, reason=words.STATED)
    except (AgreementForbids, AgreementLapsed):
        return False


def _disclosure(enrolment: Enrolment, ids: tuple[str, ...]) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb="send",
        object_kind=ObjectKind.OPERATION,
        object_reference=f"{len(ids)} operations",
        recipient=enrolment.answer.portal,
        payload=tuple(("operation", operation_id) for operation_id in ids),
    )
