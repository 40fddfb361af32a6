"""Operations: queued once, sent as often as need be, answered once, and never dropped."""

from __future__ import annotations

import pytest

from cport_desktop.domain.ids import Actor, ContentId, OperationId, ReportId
from cport_desktop.domain.operation import (
    GiveAssessment,
    GiveFeedback,
    Operation,
    OperationBody,
    OperationState,
    Receipt,
)
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportRow
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import outbox, replica, reports
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, an_entry
from tests.report_builders import a_batch, a_report, an_assessment, an_item, corrected, new


def an_operation(number: int, body: OperationBody | None = None, report: int = 1) -> Operation:
    return Operation(
        OperationId(f"00000000-0000-4000-8000-{number:012}"),
        ReportId(report),
        Actor("Ada Example"),
        NOON,
        body or GiveAssessment(ContentId(10), 1, age=3, gender=2),
    )


def queue(vault: Vault, *operations: Operation) -> None:
    with vault.transaction() as tx:
        for operation in operations:
            outbox.queue(tx, operation)
        tx.record(an_entry("assess"))


def settle(vault: Vault, *receipts: Receipt) -> tuple[int, int]:
    with vault.transaction() as tx:
        tx.record(an_entry("settle"))
        return outbox.settle(tx, receipts)


def receipt(number: int, *, settled: bool = True, reason: str | None = None) -> Receipt:
    return Receipt(an_operation(number).operation_id, settled, reason)


def waiting(vault: Vault, limit: int = 10) -> tuple[Operation, ...]:
    with vault.reader() as reader:
        return outbox.unsettled(reader, limit)


def states(vault: Vault) -> list[OperationState]:
    with vault.reader() as reader:
        return [row.state for row in outbox.page(reader, limit=100).rows]


def row_of(vault: Vault, number: int = 1) -> ReportRow:
    with vault.reader() as reader:
        return reports.dossier(reader, ReportId(number)).row


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Report 1 has an undecided item 10 and a National item 11; report 2 is undecided."""
    items = (an_item(10), an_item(11, is_source=False, assessments=(an_assessment(2),)))
    with vault.transaction() as tx:
        replica.apply(tx, a_batch(new(a_report(1, contents=items)), new(a_report(2))))
    return vault


def test_what_was_queued_waits_in_the_order_made(filled: Vault) -> None:
    feedback = an_operation(2, GiveFeedback("thank you"), report=2)
    queue(filled, an_operation(1), feedback)

    assert waiting(filled) == (an_operation(1), feedback)
    assert waiting(filled, limit=1) == (an_operation(1),)
    with filled.reader() as reader:
        assert outbox.count_unsettled(reader) == 2


def test_an_operation_counts_once_by_its_id(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(1))

    assert len(waiting(filled)) == 1


def test_what_is_being_sent_is_sent_again_until_it_is_answered(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2))
    with filled.transaction() as tx:
        outbox.mark_sending(tx, [an_operation(1).operation_id])
        tx.record(an_entry("send"))

    assert states(filled) == [OperationState.QUEUED, OperationState.SENDING]
    assert len(waiting(filled)) == 2


def test_receipts_settle_or_reject_once_and_strangers_change_nothing(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2))

    counts = settle(
        filled, receipt(1), receipt(2, settled=False, reason="rule 3"), receipt(1), receipt(99)
    )

    assert counts == (1, 1)
    assert settle(filled, receipt(1, settled=False), receipt(2)) == (0, 0)
    assert waiting(filled) == ()
    with filled.reader() as reader:
        newest, oldest = outbox.page(reader, limit=9).rows
    assert (newest.state, newest.reason) == (OperationState.REJECTED, "rule 3")
    assert (oldest.state, oldest.reason) == (OperationState.SETTLED, None)
    assert oldest.settled_at is not None


def test_an_assessment_is_seen_at_once_and_gone_when_the_portal_rejects_it(filled: Vault) -> None:
    before = row_of(filled)
    assert (before.classification, before.is_overlaid) == (2, False)

    queue(filled, an_operation(1))
    own = row_of(filled)
    assert (own.classification, own.age, own.gender, own.is_overlaid) == (1, 3, 2, True)

    settle(filled, receipt(1, settled=False, reason="rule 1"))
    assert row_of(filled) == before


def test_the_last_assessment_of_an_item_counts_and_the_gravest_item_decides(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2, GiveAssessment(ContentId(10), 4)))

    assert row_of(filled).classification == 2

    queue(filled, an_operation(3, GiveAssessment(ContentId(11), 4)))
    assert row_of(filled).classification == 4


def test_feedback_changes_nothing_of_what_is_seen(filled: Vault) -> None:
    queue(filled, an_operation(1, GiveFeedback("thank you")))

    assert not row_of(filled).is_overlaid


def test_an_own_assessment_stays_in_sight_when_the_report_is_corrected(filled: Vault) -> None:
    queue(filled, an_operation(1))
    later = a_report(1, revision=2, memo="corrected", contents=(an_item(10),))
    with filled.transaction() as tx:
        replica.apply(tx, a_batch(corrected(later)))

    assert (row_of(filled).classification, row_of(filled).is_overlaid) == (1, True)


def test_a_batch_brings_the_receipt_and_what_the_portal_made_of_it(filled: Vault) -> None:
    queue(filled, an_operation(1))
    decided = an_item(10, assessments=(an_assessment(1),))
    change = corrected(a_report(1, revision=2, contents=(decided,)))
    with filled.transaction() as tx:
        applied = replica.apply(tx, a_batch(change, receipts=[receipt(1)]))

    assert (applied.operations_settled, applied.operations_rejected) == (1, 0)
    assert (row_of(filled).classification, row_of(filled).is_overlaid) == (1, False)


def test_an_operation_on_a_report_that_is_not_here_is_kept(vault: Vault) -> None:
    queue(vault, an_operation(1, report=77))

    assert waiting(vault) == (an_operation(1, report=77),)


def test_the_outbox_is_paged_newest_first(filled: Vault) -> None:
    queue(filled, *(an_operation(number) for number in range(1, 8)))
    seen: list[str] = []
    after: str | None = None
    while True:
        with filled.reader() as reader:
            page = outbox.page(reader, limit=3, after=after)
        seen += [row.operation.operation_id for row in page.rows]
        after = page.next_cursor
        if after is None:
            break

    assert seen == [an_operation(number).operation_id for number in range(7, 0, -1)]
    with filled.reader() as reader, pytest.raises(UnknownReference):
        outbox.page(reader, limit=3, after="not-a-cursor")


def test_a_report_shows_its_operations(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2, report=2))

    with filled.reader() as reader:
        (row,) = reports.dossier(reader, ReportId(1)).operations
        listed = reports.page(reader, Query(), Order(), limit=9).rows
    assert row.operation == an_operation(1)
    assert [r.is_overlaid for r in listed] == [False, True]
