"""Operations: queued once, sent as often as need be, answered once, and never dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.domain.answer import Answer
from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.operation import (
    ContributeHashes,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashAlgorithm,
    HashEntry,
    Operation,
    OperationKind,
    OperationRow,
    OperationState,
    Receipt,
    kind_of,
    with_words,
    without_words,
)
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportRow
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.errors import Cancelled, ItemUnsettled, OperationClosed, UnknownReference
from cport_desktop.formats.report_record import print_answer, print_takedown_hold
from cport_desktop.vault import outbox, replica, reports
from cport_desktop.vault.transaction import WroteWithoutTrace
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, an_entry
from tests.operation_builders import (
    EVERY_BODY,
    WORDS,
    an_operation,
    operation_id,
)
from tests.report_builders import a_batch, a_report, an_assessment, an_item, corrected, new
from tests.vault.erasing import erase, hold, release

NUMBERED = list(enumerate(EVERY_BODY, start=1))
"""Every kind, each with the number of its operation."""


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
    return Receipt(operation_id(number), settled, reason)


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


def test_there_is_a_test_for_every_kind() -> None:
    assert {kind_of(body) for body in EVERY_BODY} == {kind.value for kind in OperationKind}


def row_in_outbox(vault: Vault, number: int) -> OperationRow:
    with vault.reader() as reader:
        return outbox.find(reader, operation_id(number))


def doubted(vault: Vault, *numbers: int, reason: str = "withdrawn") -> int:
    with vault.transaction() as tx:
        tx.record(an_entry("hold_back"))
        return outbox.hold_back(tx, {operation_id(number): reason for number in numbers})


def put_aside(vault: Vault, number: int, reason: str = "by telephone") -> None:
    with vault.transaction() as tx:
        outbox.set_aside(tx, operation_id(number), reason)
        tx.record(an_entry("set_aside"))


def sent_anyway(vault: Vault, number: int) -> None:
    with vault.transaction() as tx:
        outbox.send_anyway(tx, operation_id(number))
        tx.record(an_entry("send_anyway"))


def being_sent(vault: Vault, *numbers: int) -> None:
    with vault.transaction() as tx:
        outbox.mark_sending(tx, [operation_id(number) for number in numbers])
        tx.record(an_entry("send"))


def test_what_is_queued_is_read_back_whole_of_whatever_kind(filled: Vault) -> None:
    made = [an_operation(number, body) for number, body in NUMBERED]
    queue(filled, *made)

    assert waiting(filled) == tuple(made)
    assert [row_in_outbox(filled, number).operation for number, _ in NUMBERED] == made


def test_a_rejection_takes_nothing_of_the_words_of_whatever_kind(filled: Vault) -> None:
    queue(filled, *(an_operation(number, body) for number, body in NUMBERED))
    being_sent(filled, *(number for number, _ in NUMBERED))
    settle(
        filled, *(receipt(number, settled=False, reason="hold_too_long") for number, _ in NUMBERED)
    )

    for number, body in NUMBERED:
        row = row_in_outbox(filled, number)
        assert (row.state, row.reason) == (OperationState.REJECTED, "hold_too_long")
        assert row.operation == an_operation(number, body)
        put_aside(filled, number)
        assert row_in_outbox(filled, number).operation == an_operation(number, body)


def test_what_is_queued_or_answered_twice_counts_once_of_whatever_kind(filled: Vault) -> None:
    made = [an_operation(number, body) for number, body in NUMBERED]
    answers = [receipt(number) for number, _ in NUMBERED]
    queue(filled, *made, *made)
    assert settle(filled, *answers) == (len(made), 0)

    queue(filled, *made)

    assert settle(filled, *answers, receipt(1, settled=False)) == (0, 0)
    assert waiting(filled) == ()
    assert states(filled) == [OperationState.SETTLED] * len(made)


def test_a_revision_takes_the_place_and_leaves_the_words_of_whatever_kind(filled: Vault) -> None:
    queue(filled, *(an_operation(number, body) for number, body in NUMBERED))
    settle(filled, *(receipt(number, settled=False, reason="no") for number, _ in NUMBERED))
    newer = [
        an_operation(100 + number, with_words(body, "other words"), revises=number)
        for number, body in NUMBERED
    ]

    queue(filled, *newer)

    assert waiting(filled) == tuple(newer)
    for number, body in NUMBERED:
        old = row_in_outbox(filled, number)
        assert (old.state, old.reason) == (OperationState.SET_ASIDE, "no")
        assert (old.revised_by, old.aside) == (operation_id(100 + number), None)
        assert old.operation == an_operation(number, body)


def test_what_was_held_back_is_not_sent_and_not_seen_until_somebody_insists(
    filled: Vault,
) -> None:
    queue(filled, an_operation(1))
    assert doubted(filled, 1) == 1
    row = row_in_outbox(filled, 1)
    assert (row.state, row.reason) == (OperationState.NEEDS_YOU, "withdrawn")
    assert waiting(filled) == ()
    assert not row_of(filled).is_overlaid

    sent_anyway(filled, 1)

    row = row_in_outbox(filled, 1)
    assert (row.state, row.reason, row.is_insisted) == (OperationState.QUEUED, None, True)
    assert row_of(filled).is_overlaid
    assert waiting(filled) == (an_operation(1),)


def test_only_what_is_still_queued_is_held_back(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2), an_operation(3))
    being_sent(filled, 1)
    put_aside(filled, 2)

    assert doubted(filled, 1, 2, 3) == 1
    assert states(filled) == [
        OperationState.NEEDS_YOU,
        OperationState.SET_ASIDE,
        OperationState.SENDING,
    ]


def test_what_is_past_deciding_is_not_revised_nor_set_aside_nor_sent_again(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2), an_operation(3))
    being_sent(filled, 1)
    settle(filled, receipt(2))
    put_aside(filled, 3)
    before = [row_in_outbox(filled, number) for number in (3, 2, 1)]

    for number, state in ((1, "sending"), (2, "settled"), (3, "set_aside")):
        for attempt in (
            partial(put_aside, filled, number),
            partial(sent_anyway, filled, number),
            partial(queue, filled, an_operation(9, revises=number)),
        ):
            with pytest.raises(OperationClosed) as refused:
                attempt()
            assert refused.value.facts["state"] == state
    with filled.reader() as reader:
        assert list(outbox.page(reader, limit=9).rows) == before


def test_only_what_needs_you_is_sent_all_the_same(filled: Vault) -> None:
    queue(filled, an_operation(1), an_operation(2))
    settle(filled, receipt(2, settled=False))
    for number in (1, 2):
        with pytest.raises(OperationClosed):
            sent_anyway(filled, number)


def test_an_operation_that_is_not_here_can_be_neither_revised_nor_decided_on(
    filled: Vault,
) -> None:
    for attempt in (
        partial(put_aside, filled, 1),
        partial(sent_anyway, filled, 1),
        partial(queue, filled, an_operation(2, revises=1)),
    ):
        with pytest.raises(UnknownReference):
            attempt()
    assert states(filled) == []


def test_a_receipt_counts_even_if_a_vault_that_was_put_back_does_not_remember_sending(
    filled: Vault,
) -> None:
    queue(filled, an_operation(1), an_operation(2), an_operation(3))
    doubted(filled, 1)
    put_aside(filled, 2)
    put_aside(filled, 3)

    counts = settle(filled, receipt(1), receipt(2), receipt(3, settled=False, reason="no"))

    assert counts == (2, 1)
    rows = [row_in_outbox(filled, number) for number in (1, 2, 3)]
    assert [row.state for row in rows] == [
        OperationState.SETTLED,
        OperationState.SETTLED,
        OperationState.SET_ASIDE,
    ]
    assert (rows[1].aside, rows[2].reason) == ("by telephone", "no")


def test_the_outbox_can_be_asked_by_state(filled: Vault) -> None:
    queue(filled, *(an_operation(number) for number in range(1, 6)))
    doubted(filled, 2, 4)
    settle(filled, receipt(5))

    with filled.reader() as reader:
        needing = outbox.page(reader, limit=1, states=[OperationState.NEEDS_YOU])
        rest = outbox.page(
            reader, limit=9, after=needing.next_cursor, states=[OperationState.NEEDS_YOU]
        )
        assert outbox.counts(reader) == {
            OperationState.QUEUED: 2,
            OperationState.NEEDS_YOU: 2,
            OperationState.SETTLED: 1,
        }
        assert outbox.named(reader, "00000000-0000-4000-8000-00000000000", limit=3) == tuple(
            operation_id(number) for number in (1, 2, 3)
        )
        assert outbox.named(reader, "%", limit=3) == ()
    ids = [row.operation.operation_id for page in (needing, rest) for row in page.rows]
    assert ids == [operation_id(4), operation_id(2)]
    assert rest.next_cursor is None


def test_no_more_is_handed_over_at_once_than_a_message_carries(vault: Vault) -> None:
    entries = tuple(HashEntry(HashAlgorithm.SHA512, f"{number:0128x}") for number in range(5_000))
    heavy = ContributeHashes("national", entries, "")
    queue(vault, *(an_operation(number, heavy) for number in range(1, 8)))

    with vault.reader() as reader:
        chosen = outbox.unsettled(reader, 100)
    assert 1 < len(chosen) < 7
    assert [one.operation_id for one in chosen] == [
        operation_id(number) for number in range(1, len(chosen) + 1)
    ]


# What a report's erasure and a legal hold mean for operations.


def test_erasing_a_report_takes_the_words_of_its_operations_and_leaves_what_was_done(
    filled: Vault,
) -> None:
    queue(filled, *(an_operation(number, body) for number, body in NUMBERED))
    settle(filled, *(receipt(number) for number, _ in NUMBERED))

    erase(filled, 1)

    for number, body in NUMBERED:
        names_it = bool(an_operation(number, body).reports)
        after = row_in_outbox(filled, number).operation.body
        assert after == (without_words(body) if names_it else body)
        assert (WORDS in repr(after)) is not names_it or isinstance(body, GiveAssessment)


def test_an_operation_without_an_end_stands_in_the_way_of_erasing(filled: Vault) -> None:
    for number in (1, 2):
        queue(filled, an_operation(number, GiveFeedback(WORDS), report=number))
    being_sent(filled, 1)
    doubted(filled, 2)

    for number in (1, 2):
        with pytest.raises(ItemUnsettled):
            erase(filled, number)
        erase(filled, number, name=f"E-{number}", force=True)

        row = row_in_outbox(filled, number)
        assert (row.state, row.operation.body) == (OperationState.SET_ASIDE, GiveFeedback(""))
        assert settle(filled, receipt(number, settled=False, reason=WORDS)) == (0, 0)
    assert waiting(filled) == ()


def test_a_hand_over_that_names_a_held_report_keeps_its_words(filled: Vault) -> None:
    case = HandOverCase("2026/12", "Partner Agency Example", WORDS, (ReportId(1), ReportId(2)))
    queue(filled, an_operation(1, case))
    settle(filled, receipt(1))
    hold(filled, 2)

    erase(filled, 1)
    assert row_in_outbox(filled, 1).operation.body == case

    release(filled)
    erase(filled, 2, name="E-2")
    assert row_in_outbox(filled, 1).operation.body == without_words(case)


STATEMENTS = (
    "DELETE FROM operation",
    "UPDATE operation SET body = x'7b7d'",
    "UPDATE operation SET kind = 'feedback'",
    "DELETE FROM operation_report",
    "UPDATE operation_report SET report_id = 9",
    "UPDATE operation SET state = 'queued'",
    "UPDATE operation SET state = 'lost'",
    "INSERT OR REPLACE INTO operation SELECT * FROM operation",
)


def test_no_statement_whatever_takes_an_operation_or_what_it_says(filled: Vault) -> None:
    queue(filled, an_operation(1))
    settle(filled, receipt(1))

    for statement in STATEMENTS:
        with (
            pytest.raises(dbapi2.IntegrityError, match=r"operation|settled|CHECK"),
            filled.transaction() as tx,
        ):
            tx.connection.execute(statement)
            tx.record(an_entry())

    assert row_in_outbox(filled, 1).operation == an_operation(1)


def test_a_held_report_keeps_why_an_operation_was_set_aside(filled: Vault) -> None:
    queue(filled, an_operation(1))
    put_aside(filled, 1)
    hold(filled, 1)

    with pytest.raises(dbapi2.IntegrityError, match="legal hold"), filled.transaction() as tx:
        tx.connection.execute("UPDATE operation SET aside = ''")
        tx.record(an_entry())


# A crash between two steps.


def test_a_cut_at_any_point_of_a_decision_leaves_it_whole(filled: Vault) -> None:
    """The database gives up after so many of its own instructions, further on each time."""
    outcomes: list[bool] = []
    for attempt in range(60):
        old, newer = 2 * attempt + 1, 2 * attempt + 2
        queue(filled, an_operation(old, GiveFeedback(WORDS)))
        doubted(filled, old)
        before = row_in_outbox(filled, old)

        outcomes.append(revised(filled, old, newer, instructions=20 * attempt))

        if outcomes[-1]:
            assert row_in_outbox(filled, old).revised_by == operation_id(newer)
            assert row_in_outbox(filled, newer).state is OperationState.QUEUED
            break
        assert row_in_outbox(filled, old) == before
        with pytest.raises(UnknownReference):
            row_in_outbox(filled, newer)
    assert outcomes[-1]
    assert outcomes.count(False) > 10


def revised(vault: Vault, old: int, newer: int, *, instructions: int) -> bool:
    """Whether the revision came through, with so many instructions of the database to spend."""
    left = [instructions]

    def spend() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    try:
        with vault.transaction() as tx:
            database: Any = tx.connection  # the driver's own, which has more than we use elsewhere
            database.set_progress_handler(spend, 1)
            try:
                outbox.queue(tx, an_operation(newer, GiveFeedback("other"), revises=old))
                tx.record(an_entry("revise"))
            finally:
                database.set_progress_handler(None, 0)
    except (dbapi2.OperationalError, Cancelled):
        return False
    return True


def test_what_is_decided_without_a_trace_in_the_log_is_not_decided(filled: Vault) -> None:
    queue(filled, an_operation(1))
    with pytest.raises(WroteWithoutTrace), filled.transaction() as tx:
        outbox.set_aside(tx, operation_id(1), "no entry")

    assert states(filled) == [OperationState.QUEUED]


# What the portal tells back.


def told(value: TakedownHold | Answer, revision: int = 1) -> RecordChange:
    match value:
        case TakedownHold():
            subject, document = Subject.TAKEDOWN_HOLD, print_takedown_hold(value)
            reference = f"{value.report_id}"
        case Answer():
            subject, document = Subject.ANSWER, print_answer(value)
            reference = f"{value.report_id}/{value.number}"
    return RecordChange(
        subject=subject.value,
        reference=reference,
        kind=ChangeKind.NEW if revision == 1 else ChangeKind.CORRECTED,
        revision=revision,
        made_at=NOON,
        reason=None,
        document=document,
        value=value,
    )


def lifted(number: int, revision: int) -> RecordChange:
    hold_told = told(TakedownHold(ReportId(number), NOON, "", ""), revision)
    return replace(hold_told, kind=ChangeKind.WITHDRAWN, reason="done", document=b"", value=None)


def apply(vault: Vault, *changes: RecordChange) -> None:
    with vault.transaction() as tx:
        replica.apply(tx, a_batch(*changes))


HOLD = TakedownHold(ReportId(1), NOON, WORDS, "Example Agency")
ANSWERS = [Answer(ReportId(1), number, "?", WORDS, "Hotline") for number in (1, 2, 10)]
OF_ANOTHER = Answer(ReportId(12), 1, "?", "another", "Hotline")


def test_what_the_portal_tells_back_is_found_at_its_report(filled: Vault) -> None:
    apply(
        filled, told(HOLD), told(ANSWERS[2]), told(OF_ANOTHER), told(ANSWERS[0]), told(ANSWERS[1])
    )

    with filled.reader() as reader:
        dossier = reports.dossier(reader, ReportId(1))
        other = reports.dossier(reader, ReportId(2))
    assert dossier.takedown_hold == HOLD
    assert dossier.answers == tuple(ANSWERS)
    assert (other.takedown_hold, other.answers) == (None, ())


def test_a_hold_that_was_lifted_is_no_more(filled: Vault) -> None:
    apply(filled, told(HOLD), lifted(1, revision=2))
    apply(filled, told(HOLD))

    with filled.reader() as reader:
        assert reports.dossier(reader, ReportId(1)).takedown_hold is None


def test_what_was_told_of_an_erased_report_goes_with_it_and_does_not_come_back(
    filled: Vault,
) -> None:
    apply(filled, told(HOLD), *map(told, ANSWERS), told(OF_ANOTHER))
    erase(filled, 1)
    with filled.transaction() as tx:
        applied = replica.apply(tx, a_batch(told(HOLD, 2), told(ANSWERS[0], 2)))

    assert applied.dropped == 2
    with filled.reader() as reader:
        left = reader.connection.execute("SELECT reference FROM portal_record").fetchall()
        text = reader.connection.execute("SELECT document FROM portal_record").fetchall()
    assert [reference for (reference,) in left] == ["12/1"]
    assert WORDS not in repr(text)
