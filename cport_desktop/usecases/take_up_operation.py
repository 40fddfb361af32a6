"""Decide on an operation that goes nowhere by itself: revise it, set it aside, send it all the same.

Whatever is decided, the operation stays listed with its words.
"""

from __future__ import annotations

from uuid import UUID

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.operation import Operation, OperationBody, OperationRow, with_words
from cport_desktop.domain.roles import Role
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.usecases.queue_act import Act, queue_act, require_agreed
from cport_desktop.usecases.second_reading import (
    require_no_second,
    require_own_word,
    without_first_words,
)
from cport_desktop.vault import outbox
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as words


def show_operation(vault: Vault, beginning: str) -> OperationRow:
    """The operation whose id begins like this.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is none, or more than one.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        found = outbox.named(reader, beginning.strip().lower(), limit=2) if beginning else ()
        if len(found) != 1:
            raise UnknownReference(kind="operation", reference=beginning)
        row = outbox.find(reader, found[0])
    return without_first_words(vault, [row])[0]


def revise(
    vault: Vault,
    revised: OperationId,
    body: OperationBody,
    *,
    operation_id: UUID,
    reason: str | None = None,
    draft: DraftPlace | None = None,
) -> tuple[Operation, Changes]:
    """Queue `body` in the place of `revised`, which is set aside; in one transaction.

    Raises:
        UnknownReference: there is no such operation; or as for a first attempt.
        OperationClosed: it is on its way, settled or set aside already.
        UsageError, Refused: as for a first attempt; then everything is as it was.
        ReadingUnfit: it waits for what this analyst finds.
        ValueError: `body` is of another kind.
    """
    require(vault, Role.ANALYST)
    require_own_word(vault, revised)
    with vault.reader() as reader:
        before = outbox.find(reader, revised).operation
    if type(body) is not type(before.body):
        raise ValueError("a revision is of the same kind")
    act = Act(body, before.report_id, reason=reason, draft=draft, revises=revised)
    operation, changes = queue_act(vault, act, operation_id=operation_id)
    return operation, changes | Changes.REPORTS


def revise_words(
    vault: Vault,
    revised: OperationId,
    text: str,
    *,
    operation_id: UUID,
    draft: DraftPlace | None = None,
) -> tuple[Operation, Changes]:
    """As `revise`, with other words and all else carried over.

    Raises:
        UnknownReference, OperationClosed, UsageError, Refused: as `revise`.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        body = outbox.find(reader, revised).operation.body
    said = with_words(body, text.strip())
    return revise(vault, revised, said, operation_id=operation_id, draft=draft)


def set_aside(
    vault: Vault, operation_id: OperationId, reason: str | None
) -> tuple[Operation, Changes]:
    """It goes nowhere, and stays listed with the reason.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        PurposeMissing, TextUnfit: no reason, or too long a one.
        UnknownReference: there is no such operation.
        OperationClosed: it is on its way, settled or set aside already.
        ReadingUnfit: it waits for what this analyst finds.
    """
    require(vault, Role.ANALYST)
    stated = stated_reason(reason, what=words.A_SETTING_ASIDE)
    require_own_word(vault, operation_id)
    with vault.transaction() as tx:
        outbox.set_aside(tx, operation_id, stated)
        tx.record(_decision("set_aside", operation_id, stated))
        operation = outbox.find(tx, operation_id).operation
    return operation, Changes.OPERATIONS | Changes.REPORTS


def send_anyway(vault: Vault, operation_id: OperationId) -> tuple[Operation, Changes]:
    """What was held back waits to be sent, and is not held back for that reason again.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled, AgreementLapsed, AgreementForbids: no insisting helps against the agreement.
        UnknownReference: there is no such operation.
        OperationClosed: it is not one that needs a person.
        ReadingUnfit: it waits for a second reader.
    """
    require(vault, Role.ANALYST)
    require_no_second(vault, operation_id)
    with vault.reader() as reader:
        operation = outbox.find(reader, operation_id).operation
    require_agreed(vault, operation.body, operation.reports, reason=words.INSISTED)
    with vault.transaction() as tx:
        outbox.send_anyway(tx, operation_id)
        tx.record(_decision("send_anyway", operation_id, None))
    return operation, Changes.OPERATIONS | Changes.REPORTS


def _decision(verb: str, operation_id: OperationId, reason: str | None) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.OPERATION,
        object_reference=operation_id,
        reason=reason,
    )
