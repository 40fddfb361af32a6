"""Queue what an analyst does towards the portal: fit to be sent, allowed, and on record.

The operation, its audit entry, the end of the draft that it was written in and the setting aside of
the operation that it revises are one transaction: a crash leaves all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cport_desktop.domain.about import About, of_report
from cport_desktop.domain.agreement import Condition
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind, OperationStep, Step
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import ContentId, OperationId, ReportId, report_reference
from cport_desktop.domain.operation import (
    GiveAssessment,
    HandOverCase,
    Operation,
    OperationBody,
    OperationKind,
    kind_of,
    reports_named,
    words_of,
)
from cport_desktop.domain.operation_reason import function_of
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.act_fitness import require_fit
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.views_avoided import count_avoided, settled_unseen
from cport_desktop.vault import drafts, outbox, reports, second_readings
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words.operations import STATED


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be queued. `reason`: the stated purpose, for the log. `draft`: what it was written
    in, which ends with it. `revises`: the operation whose place it takes.
    """

    body: OperationBody
    report_id: ReportId | None = None
    reason: str | None = None
    draft: DraftPlace | None = None
    revises: OperationId | None = None


AlsoWritten = Callable[[Transaction, Operation], None]
"""What is written in the transaction that queues an operation, with its own entry in the log."""


def queue_act(
    vault: Vault, act: Act, *, operation_id: UUID, also: AlsoWritten | None = None
) -> tuple[Operation, Changes]:
    """The queued operation; the same again for the same id. `also`: what else is true from then on.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled, AgreementLapsed, AgreementForbids: the agreement; it names the clause.
        UsageError, Refused: as `act_fitness.require_fit`.
        OperationClosed: what it should revise is on its way, settled or set aside.
    """
    require(vault, Role.ANALYST)
    (operation,), changes = queue_together(vault, [(act, operation_id)], also=also)
    return operation, changes


def queue_together(
    vault: Vault,
    acts: Sequence[tuple[Act, UUID]],
    *,
    deed: OneDeed | None = None,
    also: AlsoWritten | None = None,
) -> tuple[tuple[Operation, ...], Changes]:
    """All of these acts are queued, in one transaction, or none is. They are one deed, which can be
    undone, or belong to `deed`. Raises as `queue_act`.
    """
    require(vault, Role.ANALYST)
    for act, _ in acts:
        named = reports_named(act.report_id, act.body)
        require_agreed(vault, act.body, named, reason=act.reason)
        require_fit(vault, act.body, act.report_id)
    return queue_examined(vault, acts, deed=deed, also=also)


def queue_examined(
    vault: Vault,
    acts: Sequence[tuple[Act, UUID]],
    *,
    deed: OneDeed | None = None,
    also: AlsoWritten | None = None,
) -> tuple[tuple[Operation, ...], Changes]:
    """As `queue_together`, of acts that were found allowed and fit a moment ago.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        OperationClosed: what one should revise is on its way, settled or set aside.
    """
    require(vault, Role.ANALYST)
    unseen = settled_unseen(vault, list(_assessed(act for act, _ in acts)))
    with vault.transaction() as tx:
        done = [queue_within(vault, tx, act, operation_id) for act, operation_id in acts]
        whole = deed or _deed_of(vault, [act for act, _ in acts])
        whole.add(tx, [(_about(operation), step) for operation, step in done])
        if also is not None:
            for operation, _ in done:
                also(tx, operation)
    count_avoided(vault, unseen)
    is_seen = any(isinstance(act.body, GiveAssessment) for act, _ in acts)
    queued = tuple(operation for operation, _ in done)
    return queued, Changes.OPERATIONS | (Changes.REPORTS if is_seen else Changes.NOTHING)


def queue_within(
    vault: Vault, tx: Transaction, act: Act, operation_id: UUID
) -> tuple[Operation, Step]:
    """An examined act is queued, once the transaction commits; and the step that undoes it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        OperationClosed: what it should revise is on its way, settled or set aside.
    """
    require(vault, Role.ANALYST)
    operation = Operation(
        OperationId(str(operation_id)), act.report_id, tx.actor, tx.now, act.body, act.revises
    )
    before = None
    if isinstance(act.body, GiveAssessment) and act.report_id is not None:
        before = reports.codes_of(tx, act.report_id, act.body.content_id)
    outbox.queue(tx, operation)
    if require_agreed(vault, act.body, operation.reports, reason=act.reason or STATED):
        second_readings.ask(tx, operation.operation_id)
    if act.draft is not None:
        drafts.end_within(tx.connection, vault.analyst.analyst_id, act.draft.name)
    _record(tx, operation, act.reason)
    return operation, OperationStep(operation.operation_id, before)


def _assessed(acts: Iterable[Act]) -> Iterator[tuple[ReportId, ContentId]]:
    for act in acts:
        if isinstance(act.body, GiveAssessment) and act.report_id is not None:
            yield act.report_id, act.body.content_id


def _deed_of(vault: Vault, acts: Sequence[Act]) -> OneDeed:
    body, analyst_id = acts[0].body, vault.analyst.analyst_id
    if isinstance(body, GiveAssessment):
        return OneDeed(analyst_id, DeedKind.ASSESSED, str(body.classification))
    return OneDeed(analyst_id, DeedKind.ACTED, kind_of(body))


def _about(operation: Operation) -> About | None:
    return None if operation.report_id is None else of_report(operation.report_id)


def require_agreed(
    vault: Vault, body: OperationBody, reports: Iterable[ReportId], *, reason: str | None
) -> bool:
    """Nothing happens, if the agreement allows it about these reports. Where it demands a reason, the
    words of the operation are one. Whether a second analyst has to confirm it before it is sent:
    an assessment waits for one, anything else that wants one is refused.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled, AgreementLapsed, AgreementForbids: it does not; the clause is named.
    """
    require(vault, Role.ANALYST)
    function = function_of(body)
    if function is None:
        return False
    recipient = body.recipient if isinstance(body, HandOverCase) else None
    question = Question(function, recipient=recipient)
    sees_to = (Condition.TWO_PERSONS,) if isinstance(body, GiveAssessment) else ()
    allowed = require_answer(
        vault, question, reports=reports, reason=reason or words_of(body), sees_to=sees_to
    )
    return Condition.TWO_PERSONS in allowed.conditions


_VERBS: Mapping[str, str] = {
    OperationKind.ASSESSMENT: "assess",
    OperationKind.FEEDBACK: "give_feedback",
    OperationKind.TAKEDOWN_HOLD: "hold_takedown",
    OperationKind.TAKEDOWN_LIFT: "lift_takedown",
    OperationKind.INFORMATION_REQUEST: "request_information",
    OperationKind.DOMAIN_SUGGESTION: "suggest_domain",
    OperationKind.DOMAIN_REMOVAL: "suggest_removal",
    OperationKind.HASH_CONTRIBUTION: "contribute_hashes",
    OperationKind.CASE_HAND_OVER: "hand_over_case",
    OperationKind.FALSE_POSITIVE: "notify_false_positive",
}


def _record(tx: Transaction, operation: Operation, reason: str | None) -> None:
    about = operation.report_id
    revises = () if operation.revises is None else (("revises", operation.revises),)
    tx.record(
        AuditDraft(
            action=AuditAction.ALTERATION,
            verb=_VERBS.get(kind_of(operation.body), "act"),
            object_kind=ObjectKind.OPERATION if about is None else ObjectKind.REPORT,
            object_reference=(operation.operation_id if about is None else report_reference(about)),
            reason=reason,
            payload=(("operation", operation.operation_id), *revises),
        )
    )
