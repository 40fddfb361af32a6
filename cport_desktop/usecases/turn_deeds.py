"""Undo and redo what an analyst did: newest first, as operations where it goes towards the portal.

What waits is set aside; what was settled is corrected where the workflow has a way back; what changed
here is as it was; what a second reader said is not said. A deed goes back in pieces of `PIECE` steps, each a transaction with its entries in the
log: whoever cancels, or is cut off, goes on with the same deed. A step that cannot go back is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import (
    OF_STACKS,
    Codes,
    Deed,
    DeedState,
    OperationStep,
    PlacedStep,
    ReadingStep,
    RowsStep,
    Step,
)
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import (
    CAN_BE_TAKEN_UP,
    GiveAssessment,
    Operation,
    OperationRow,
    OperationState,
)
from cport_desktop.domain.operation_reason import assessment_doubt, content_item
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress, never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import DeedStays, NothingToTurn, Refused, UsageError
from cport_desktop.usecases.act_fitness import require_fit
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_within, require_agreed
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault import (
    agreements,
    deed_rows,
    deeds,
    outbox,
    reports,
    second_readings,
)
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import deeds as words
from cport_desktop.words import operations as operation_words
from cport_desktop.words.errors import explain

PIECE: Final = 200
"""Steps of one transaction: some tenths of a second, in which nobody else writes."""


@dataclass(frozen=True, slots=True)
class StepStays:
    """An item that stays as it is, and why, in a sentence."""

    about: About | None
    reason: str


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of a deed: `steps` of it are undone (or done again) now, `stays` are not."""

    deed: Deed
    steps: int
    stays: tuple[StepStays, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """What going back and forth takes."""

    new_id: Callable[[], UUID]
    announce: Announce = silent
    is_cancelled: IsCancelled = never
    piece: int = PIECE


def list_deeds(vault: Vault, *, limit: int, before: int | None = None) -> tuple[Deed, ...]:
    """What the analyst who opened the vault did, newest first: theirs alone.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return deeds.listing(reader, vault.analyst.analyst_id, limit=limit, before=before)


def undo(vault: Vault, means: Means, *, number: int | None = None) -> tuple[Turned, Changes]:
    """The newest deed (or the one of this number) is undone, as far as it can be.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NothingToTurn: this analyst did nothing that could be undone.
        DeedStays: nothing of it can be undone any more; the reason is the first item's.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        deed = deeds.to_undo(reader, vault.analyst.analyst_id, number)
    if deed is None:
        raise NothingToTurn(what=words.UNDO)
    return _turn(vault, means, deed, back=True)


def redo(vault: Vault, means: Means) -> tuple[Turned, Changes]:
    """What was undone last is done again, as far as it can be.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NothingToTurn: nothing was undone, or something else was done since.
        DeedStays: nothing of it can be done again; the reason is the first item's.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        deed = deeds.to_redo(reader, vault.analyst.analyst_id)
    if deed is None:
        raise NothingToTurn(what=words.REDO)
    return _turn(vault, means, deed, back=False)


def _turn(vault: Vault, means: Means, deed: Deed, *, back: bool) -> tuple[Turned, Changes]:
    done, stays, changes = 0, list[StepStays](), Changes.NOTHING
    beyond: int | None = None
    while not means.is_cancelled():
        with vault.reader() as reader:
            piece = deeds.steps(
                reader, deed.number, undone=not back, limit=means.piece, beyond=beyond
            )
        if not piece:
            break
        plans = [_plan(vault, placed, back=back) for placed in piece]
        carried = _carry_out(vault, means, deed.number, plans, back=back)
        done, changes = done + carried.done, changes | carried.changes
        stays += carried.stays
        beyond = piece[-1].place
        means.announce(Progress(Phase.TURNING, done + len(stays), deed.items))
    else:
        return Turned(deed, done, tuple(stays)), changes
    if deed.kind in OF_STACKS:
        catch_up(vault, announce=silent, is_cancelled=means.is_cancelled)
    if not done and stays:
        first = stays[0]
        raise DeedStays(reference=str(first.about or words.NO_ITEM), reason=first.reason)
    with vault.transaction() as tx:
        deeds.turn(tx, deed.number, DeedState.UNDONE if back else DeedState.DONE)
        tx.record(_entry("undo" if back else "redo", deed, done))
    return Turned(deed, done, tuple(stays)), changes


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one step is turned: by setting `aside`, by queueing `act`, by rows; or why it `stays`."""

    placed: PlacedStep
    stays: str | None = None
    aside: Operation | None = None
    act: Act | None = None


@dataclass(slots=True)
class _Carried:
    done: int = 0
    changes: Changes = Changes.NOTHING
    stays: list[StepStays] = field(default_factory=list)


def _plan(vault: Vault, placed: PlacedStep, *, back: bool) -> _Plan:
    step = placed.step
    if isinstance(step, RowsStep):
        return _Plan(placed)
    with vault.reader() as reader:
        row = outbox.find(reader, step.operation_id)
    if isinstance(step, ReadingStep):
        return _Plan(placed, stays=_WHY.get(row.state))
    if not back:
        return _again(vault, placed, step, row.operation)
    if row.state in (OperationState.SENDING, OperationState.SET_ASIDE):
        return _Plan(placed, stays=_WHY[row.state])
    if row.state in CAN_BE_TAKEN_UP:
        return _taken_back(vault, placed, row)
    return _corrected(vault, placed, step, row)


_WHY: Final = {
    OperationState.SENDING: words.ON_ITS_WAY,
    OperationState.SETTLED: words.WAS_SENT,
    OperationState.REJECTED: words.WAS_SENT,
    OperationState.SET_ASIDE: words.CLOSED_MEANWHILE,
}
"""Why what was said of an operation in such a state stays as it is."""


def _again(vault: Vault, placed: PlacedStep, step: OperationStep, done: Operation) -> _Plan:
    if not _is_as_left(vault, step, done):
        return _Plan(placed, stays=words.CHANGED_MEANWHILE)
    act = Act(done.body, done.report_id, words.REDONE, revises=_standing_in(vault, step))
    return _examined(vault, placed, act)


def _is_as_left(vault: Vault, step: OperationStep, operation: Operation) -> bool:
    """What was assessed stands at the portal as it did before that, or as it was assessed: nobody else
    said something else meanwhile.
    """
    body, report_id = operation.body, operation.report_id
    if not isinstance(body, GiveAssessment) or report_id is None or step.before is None:
        return True
    with vault.reader() as reader:
        now = reports.codes_of(reader, report_id, body.content_id)
    return now is None or now == step.before or now.classification == body.classification


def _standing_in(vault: Vault, step: OperationStep) -> OperationId | None:
    """What was queued in its place, as long as it can be revised."""
    if step.instead is None:
        return None
    with vault.reader() as reader:
        state = outbox.find(reader, step.instead).state
    return step.instead if state in CAN_BE_TAKEN_UP else None


def _taken_back(vault: Vault, placed: PlacedStep, row: OperationRow) -> _Plan:
    """It is set aside; what it had revised is queued anew in its place."""
    operation = row.operation
    if operation.revises is None:
        return _Plan(placed, aside=operation)
    with vault.reader() as reader:
        former = outbox.find(reader, operation.revises).operation
    act = Act(former.body, former.report_id, words.REDONE, revises=operation.operation_id)
    return _examined(vault, placed, act)


def _corrected(vault: Vault, placed: PlacedStep, step: OperationStep, row: OperationRow) -> _Plan:
    """The portal has it: another assessment may stand as before, where the workflow allows it."""
    operation, before = row.operation, step.before
    body, report_id = operation.body, operation.report_id
    if not isinstance(body, GiveAssessment) or report_id is None:
        return _Plan(placed, stays=words.WAS_SENT)
    rule = _refusal(vault, report_id, body, before)
    if rule is not None:
        return _Plan(placed, stays=rule)
    codes = before or Codes(UNDECIDED, None, None)
    correcting = GiveAssessment(body.content_id, codes.classification, codes.age, codes.gender)
    return _examined(vault, placed, Act(correcting, report_id, words.REDONE))


def _refusal(
    vault: Vault, report_id: ReportId, body: GiveAssessment, before: Codes | None
) -> str | None:
    """Why no assessment can bring back how it stood `before`; None if one can."""
    with vault.reader() as reader:
        here = reports.as_they_stand(reader, [report_id]).get(report_id)
        agreement = agreements.current(reader, now=vault.now())
    if here is None or agreement is None:
        return words.WAS_SENT
    item = content_item(here.report, body.content_id)
    jurisdiction = agreement.signed.agreement.jurisdiction
    rule = assessment_doubt(here.report, body.content_id, jurisdiction)
    if rule is not None:
        return operation_words.reason_sentence(rule)
    if before is None or before.classification == UNDECIDED or item is None:
        return words.NO_WAY_BACK
    if current_classification(item) != body.classification:
        return words.CHANGED_MEANWHILE
    return None


def _is_of_a_colleague(vault: Vault, act: Act) -> bool:
    """A colleague's assessment of the same item waits, whose place this one would not take but overrule."""
    body, report_id = act.body, act.report_id
    if not isinstance(body, GiveAssessment) or report_id is None:
        return False
    with vault.reader() as reader:
        waiting = outbox.waiting_assessments(reader, [report_id]).get((report_id, body.content_id))
    return (
        waiting is not None
        and waiting.operation.operation_id != act.revises
        and waiting.operation.actor != vault.actor
    )


def _examined(vault: Vault, placed: PlacedStep, act: Act) -> _Plan:
    if _is_of_a_colleague(vault, act):
        return _Plan(placed, stays=words.CHANGED_MEANWHILE)
    named = () if act.report_id is None else (act.report_id,)
    try:
        require_agreed(vault, act.body, named, reason=act.reason)
        require_fit(vault, act.body, act.report_id)
    except (Refused, UsageError) as error:
        return _Plan(placed, stays=explain(error).message)
    return _Plan(placed, act=act)


def _carry_out(
    vault: Vault, means: Means, number: int, plans: Sequence[_Plan], *, back: bool
) -> _Carried:
    """These steps, in one transaction."""
    carried = _Carried()
    carried.stays += [StepStays(p.placed.about, p.stays) for p in plans if p.stays is not None]
    left = [plan for plan in plans if plan.stays is None]
    if not left:
        return carried
    turned: list[tuple[int, Step]] = []
    with vault.transaction() as tx:
        for plan in left:
            step = _turned(vault, tx, means, plan, back=back)
            if step is None:
                carried.stays.append(StepStays(plan.placed.about, words.CHANGED_MEANWHILE))
            else:
                turned.append((plan.placed.place, step))
                carried.changes |= _changes_of(step)
        deeds.turn_steps(tx, number, turned, undone=back)
        deed_rows.settle(tx, [step for _, step in turned if isinstance(step, RowsStep)])
    carried.done = len(turned)
    return carried


def _turned(vault: Vault, tx: Transaction, means: Means, plan: _Plan, *, back: bool) -> Step | None:
    """The step as it is from now on; None if it stays. An operation that is done again is another."""
    step = plan.placed.step
    if isinstance(step, RowsStep):
        if not deed_rows.turned(tx, step, back=back):
            return None
        tx.record(_row_entry(plan.placed, step, back=back))
        return step
    if isinstance(step, ReadingStep):
        left, wanted = (step.after, step.before) if back else (step.before, step.after)
        if not second_readings.turn(tx, step.operation_id, left, wanted):
            return None
        tx.record(_operation_entry("undo" if back else "redo", step.operation_id))
        return step
    if plan.aside is not None:
        operation_id = plan.aside.operation_id
        outbox.set_aside(tx, operation_id, words.UNDONE_BY_ANALYST)
        tx.record(_operation_entry("undo", operation_id))
    if plan.act is None:
        return step
    operation, queued = queue_within(vault, tx, plan.act, means.new_id())
    return replace(step, instead=operation.operation_id) if back else queued


_KINDS: Final = {
    AboutKind.REPORT: ObjectKind.REPORT,
    AboutKind.MEDIA: ObjectKind.MEDIA,
    AboutKind.CONTENT: ObjectKind.CONTENT,
    AboutKind.DOMAIN: ObjectKind.DOMAIN,
    AboutKind.HOTLINE: ObjectKind.HOTLINE,
    AboutKind.CASE: ObjectKind.CASE,
}


def _row_entry(placed: PlacedStep, step: RowsStep, *, back: bool) -> AuditDraft:
    about = placed.about
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb="undo" if back else "redo",
        object_kind=ObjectKind.VAULT if about is None else _KINDS[about.kind],
        object_reference="" if about is None else str(about),
        payload=tuple(("row of", change.table) for change in step.changes),
    )


def _operation_entry(verb: str, operation_id: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.OPERATION,
        object_reference=operation_id,
    )


def _entry(verb: str, deed: Deed, steps: int) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=deed.kind.value,
        payload=(("deed", str(deed.number)), ("steps", str(steps))),
    )


def _changes_of(step: Step) -> Changes:
    if isinstance(step, OperationStep | ReadingStep):
        return Changes.OPERATIONS | Changes.REPORTS
    if any(change.table == "stack_word" for change in step.changes):
        return Changes.MEDIA
    return Changes.WORK | Changes.REPORTS
