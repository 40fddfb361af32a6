"""Confirm or contradict what a colleague assessed, where the agreement asks for a second reader.

What the first one found is not shown to the second before they have said what they find themselves:
not in the list, not on the report's page, not in the outbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cport_desktop.domain.about import of_report
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind, ReadingStep
from cport_desktop.domain.ids import OperationId, ReportId, report_reference
from cport_desktop.domain.operation import GiveAssessment, OperationRow
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.second_reading import SecondReading, SecondWord, Verdict
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import ReadingUnfit, TextUnfit
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import LONGEST_REASON, require
from cport_desktop.vault import second_readings
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import second_reading as words


@dataclass(frozen=True, slots=True)
class Own:
    """What the second reader finds, and why. `means`: what they take that to be of the first's word."""

    classification: int
    reason: str | None = None
    means: Verdict = Verdict.CONFIRMED


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: the words of both."""

    operation_id: OperationId
    verdict: Verdict
    first: int
    second: int


def list_second_readings(
    vault: Vault, *, limit: int, after: str | None = None
) -> Page[SecondReading]:
    """A page of what waits for a second reader or was contradicted, the oldest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
        UnknownReference: a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    asker = vault.analyst.analyst_id
    with vault.reader() as reader:
        return second_readings.page(reader, asker, vault.actor, limit=limit, after=after)


def read_second(vault: Vault, operation_id: OperationId, own: Own) -> tuple[Compared, Changes]:
    """What the second reader finds stands beside the first's word. The same: it is confirmed and goes
    with the next exchange. Something else: it is contradicted and goes nowhere. It is a deed, and can be
    undone until then.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled, AgreementLapsed, AgreementForbids: the agreement; it names the clause.
        ReadingUnfit: it is one's own, does not wait, or is the same where it should contradict.
        TextUnfit: the reason is too long.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    reason = " ".join((own.reason or "").split()) or None
    if reason is not None and len(reason) > LONGEST_REASON:
        raise TextUnfit(length=len(reason), limit=LONGEST_REASON)
    with vault.transaction() as tx:
        reading = _open(vault, tx, operation_id)
        first = second_readings.first_word(tx, operation_id)
        assert first is not None
        verdict = Verdict.CONFIRMED if first == own.classification else Verdict.CONTRADICTED
        if verdict is Verdict.CONFIRMED and own.means is Verdict.CONTRADICTED:
            raise ReadingUnfit(operation=operation_id, rule=words.SAME)
        mine, now = vault.analyst.analyst_id, microseconds(tx.now)
        before = second_readings.word_on(tx, operation_id)
        word = SecondWord(mine, now, own.classification, verdict, reason)
        second_readings.turn(tx, operation_id, before, word)
        deed = OneDeed(mine, DeedKind.READ_SECOND, str(own.classification))
        step = ReadingStep(operation_id, before, word)
        deed.add(tx, [(of_report(reading.report_id), step)])
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb="confirm" if verdict is Verdict.CONFIRMED else "contradict",
                object_kind=ObjectKind.REPORT,
                object_reference=report_reference(reading.report_id),
                reason=reason,
                payload=(("operation", operation_id),),
            )
        )
    compared = Compared(operation_id, verdict, first, own.classification)
    return compared, Changes.OPERATIONS | Changes.REPORTS


def waiting_of(vault: Vault, report_id: ReportId) -> SecondReading | None:
    """What a colleague assessed of this report and waits for this analyst's word; None if nothing.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        asker = vault.analyst.analyst_id
        found = second_readings.waiting(reader, asker, vault.actor, of=report_id)
    return next((each for each in found if each.by != vault.actor), None)


def require_nothing_waits(vault: Vault, report_id: ReportId) -> None:
    """Nothing, unless a colleague's assessment of the report waits for a second reader: then one says
    what one finds about that, and does not assess beside it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ReadingUnfit: one waits.
    """
    require(vault, Role.ANALYST)
    if (reading := waiting_of(vault, report_id)) is not None:
        raise ReadingUnfit(operation=reading.operation_id, rule=words.READ_IT)


def without_first_words(vault: Vault, rows: Sequence[OperationRow]) -> tuple[OperationRow, ...]:
    """These operations, without what a colleague found where this analyst has yet to say it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    numbers = [row.operation.operation_id for row in rows]
    with vault.reader() as reader:
        kept = second_readings.withheld(reader, vault.analyst.analyst_id, vault.actor, numbers)
    return tuple(_masked(row) if row.operation.operation_id in kept else row for row in rows)


def require_no_second(vault: Vault, operation_id: OperationId) -> None:
    """Nothing, unless the operation waits for a second reader: nobody insists past them.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ReadingUnfit: it waits for one, or was contradicted.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        if second_readings.first_word(reader, operation_id) is not None:
            raise ReadingUnfit(operation=operation_id, rule=words.WAITS)


def require_own_word(vault: Vault, operation_id: OperationId) -> None:
    """Nothing, unless the operation is a colleague's of which this analyst has yet to say what they find:
    it is not taken away before, nor told by being taken away.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ReadingUnfit: it is one.
    """
    require(vault, Role.ANALYST)
    asker = vault.analyst.analyst_id
    with vault.reader() as reader:
        if second_readings.withheld(reader, asker, vault.actor, [operation_id]):
            raise ReadingUnfit(operation=operation_id, rule=words.READ_IT)


def _open(vault: Vault, tx: Transaction, operation_id: OperationId) -> SecondReading:
    found = second_readings.waiting(tx, vault.analyst.analyst_id, vault.actor, of=operation_id)
    if not found:
        raise ReadingUnfit(operation=operation_id, rule=words.NOT_WAITING)
    if found[0].by == vault.actor:
        raise ReadingUnfit(operation=operation_id, rule=words.OWN)
    return found[0]


def _masked(row: OperationRow) -> OperationRow:
    body = row.operation.body
    if not isinstance(body, GiveAssessment):
        return row
    unsaid = replace(body, classification=UNDECIDED, age=None, gender=None)
    return replace(row, operation=replace(row.operation, body=unsaid))
