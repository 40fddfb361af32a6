"""Corrections and withdrawals chase copies: every copy once, by whatever road the word comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cport_desktop.domain.batch import Change, ChangeKind, RecordChange, Subject
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Handling,
    Outcome,
    Recipient,
    operation_item,
    report_item,
)
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.portal_records import HashListEntry
from cport_desktop.errors import UnknownReference
from cport_desktop.formats.hash_list_record import print_hash_list_entry
from cport_desktop.vault import affected, audit_log, disclosures, replica
from cport_desktop.vault.replica import Applied
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry
from tests.report_builders import SPRING, a_batch, a_report, corrected, new, withdrawn
from tests.vault.erasing import erase
from tests.vault.test_disclosures import COURT, UNIT, a_package, enter

PORTAL = Recipient("portal-1")


def apply(vault: Vault, *changes: Change, road: str = "https") -> Applied:
    with vault.transaction() as tx:
        return replica.apply(tx, a_batch(*changes), road=road)


def copies(vault: Vault, *, with_settled: bool = True) -> list[Affected]:
    """The oldest first."""
    with vault.reader() as reader:
        page = affected.page(reader, limit=100, with_settled=with_settled)
    return list(reversed(page.rows))


def move(vault: Vault, copy: Affected, handling: Handling, note: str | None = None) -> None:
    with vault.transaction() as tx:
        affected.move(tx, [copy.affected_id], handling, note=note)
        tx.record(an_entry("settle"))


def test_a_withdrawal_lists_every_copy_that_left_with_its_reason(vault: Vault) -> None:
    apply(vault, new(a_report(7)), new(a_report(8)))
    enter(vault, a_package("D-1", 7, 8, to=(UNIT, COURT)))

    applied = apply(vault, withdrawn(7, reason="entered twice"))

    found = copies(vault)
    assert applied.copies_affected == 2
    assert [(copy.recipient, copy.reference) for copy in found] == [
        ("Court B", "HL-7"),
        ("Unit A", "HL-7"),
    ]
    assert {copy.change for copy in found} == {ChangeKind.WITHDRAWN}
    assert {copy.reason for copy in found} == {"entered twice"}
    assert {copy.handling for copy in found} == {Handling.OPEN}
    assert {(copy.revision_left, copy.revision_now) for copy in found} == {(1, None)}
    assert found[0].changed_at == SPRING + timedelta(hours=48)


def test_a_correction_says_which_revision_left_and_which_stands(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7))

    apply(vault, corrected(a_report(7, revision=3), reason="mistyped"))

    (copy,) = copies(vault)
    assert (copy.change, copy.revision_left, copy.revision_now) == (ChangeKind.CORRECTED, 1, 3)
    assert copy.reason == "mistyped"


def test_the_same_word_by_both_roads_lists_a_copy_once(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7))
    word = (corrected(a_report(7, revision=2)), withdrawn(7))

    apply(vault, *word)
    again = [apply(vault, *word, road="courier"), apply(vault, *word)]

    assert [applied.copies_affected for applied in again] == [0, 0]
    assert len(copies(vault)) == 1


def test_the_entry_of_the_batch_tells_how_many_copies_it_affected(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7))
    apply(vault, withdrawn(7))

    with vault.reader() as reader:
        newest = audit_log.page(reader, limit=1).rows[0]
    assert ("copies_affected", "1") in newest.draft.payload


def test_what_left_in_the_state_that_stands_is_not_affected(vault: Vault) -> None:
    apply(vault, new(a_report(7, revision=4)))
    later = replace(a_package("D-1"), items=(DisclosedItem("report", "HL-7", 5),))
    enter(vault, later)

    apply(vault, corrected(a_report(7, revision=5)))

    assert copies(vault) == []


def test_what_did_not_leave_and_what_others_told_us_needs_no_notice(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7), Outcome.NOT_LEFT)
    enter(vault, a_package("D-2", 7, to=(PORTAL,)))
    enter(vault, a_package("D-3", 8))

    apply(vault, withdrawn(7))

    assert copies(vault) == []


def test_a_departure_of_which_nobody_could_note_the_end_counts_as_one(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7), Outcome.UNKNOWN)

    apply(vault, withdrawn(7))

    assert len(copies(vault)) == 1


@pytest.mark.parametrize(
    ("is_settled", "outcome", "handling"),
    [(True, Outcome.LEFT, Handling.OPEN), (False, Outcome.NOT_LEFT, Handling.NOT_NEEDED)],
)
def test_a_case_that_the_portal_does_not_take_reached_nobody(
    vault: Vault, is_settled: bool, outcome: Outcome, handling: Handling
) -> None:
    apply(vault, new(a_report(7)))
    number = "11111111-1111-4111-8111-111111111111"
    handed = Disclosure(
        DisclosureId("D-1"),
        DisclosureKind.CASE,
        "case 12",
        (UNIT,),
        (report_item(ReportId(7), 1), operation_item(number, about=ReportId(7))),
    )
    enter(vault, handed, Outcome.UNKNOWN)
    apply(vault, withdrawn(7))
    assert [copy.handling for copy in copies(vault)] == [Handling.OPEN]

    with vault.transaction() as tx:
        disclosures.note_answers(tx, [Receipt(OperationId(number), is_settled, None)])
        tx.record(an_entry("settle"))

    with vault.reader() as reader:
        assert disclosures.find(reader, handed.disclosure_id).entered.outcome is outcome
    assert [copy.handling for copy in copies(vault)] == [handling]


def test_while_a_copy_is_open_the_later_word_takes_the_place_of_the_earlier(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7))
    apply(vault, corrected(a_report(7, revision=2)))
    apply(vault, withdrawn(7))

    (copy,) = copies(vault)
    assert (copy.change, copy.revision_now) == (ChangeKind.WITHDRAWN, None)


def test_behind_a_notice_the_later_word_opens_the_copy_anew(vault: Vault) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7))
    apply(vault, corrected(a_report(7, revision=2)))
    (first,) = copies(vault)
    move(vault, first, Handling.ACKNOWLEDGED)

    apply(vault, withdrawn(7))

    assert [(copy.handling, copy.change) for copy in copies(vault)] == [
        (Handling.ACKNOWLEDGED, ChangeKind.CORRECTED),
        (Handling.OPEN, ChangeKind.WITHDRAWN),
    ]
    assert len(copies(vault, with_settled=False)) == 1


def test_an_erased_report_that_is_withdrawn_is_chased_by_number_once_and_without_words(
    vault: Vault,
) -> None:
    apply(vault, new(a_report(7)))
    enter(vault, a_package("D-1", 7))
    apply(vault, corrected(a_report(7, revision=2), reason="words about a person"))
    erase(vault, 7)
    (before,) = copies(vault)
    move(vault, before, Handling.NOTICE_WRITTEN)

    apply(vault, withdrawn(7, reason="more words"))
    move(vault, copies(vault)[-1], Handling.HANDED_OVER)
    apply(vault, withdrawn(7, reason="more words"))
    apply(vault, corrected(a_report(7, revision=2), reason="words about a person"))

    found = copies(vault)
    assert [(copy.reference, copy.change) for copy in found] == [
        ("HL-7", ChangeKind.CORRECTED),
        ("HL-7", ChangeKind.WITHDRAWN),
    ]
    assert {copy.reason for copy in found} == {None}


def an_entry_record(kind: ChangeKind, revision: int) -> RecordChange:
    entry = HashListEntry("example-1", "17", (("md5", "0" * 32),), None, 1, None, ())
    is_withdrawn = kind is ChangeKind.WITHDRAWN
    return RecordChange(
        Subject.HASH_LIST_ENTRY.value,
        "example-1/17",
        kind,
        revision,
        SPRING,
        "not what it was taken for",
        b"" if is_withdrawn else print_hash_list_entry(entry),
        None if is_withdrawn else entry,
    )


@pytest.mark.parametrize("kind", [ChangeKind.CORRECTED, ChangeKind.WITHDRAWN])
def test_an_entry_of_a_hash_list_is_chased_in_the_entry_and_in_the_list_that_left(
    vault: Vault, kind: ChangeKind
) -> None:
    apply(vault, an_entry_record(ChangeKind.NEW, 1))
    exported = Disclosure(
        DisclosureId("D-1"),
        DisclosureKind.HASH_LIST,
        "list.txt",
        (UNIT,),
        (DisclosedItem(Subject.HASH_LIST.value, "example-1", 40),),
    )
    quoted = replace(
        exported,
        disclosure_id=DisclosureId("D-2"),
        items=(DisclosedItem(Subject.HASH_LIST_ENTRY.value, "example-1/17", 1),),
    )
    enter(vault, exported)
    enter(vault, quoted)

    apply(vault, an_entry_record(kind, 2))
    apply(vault, an_entry_record(kind, 2))

    found = copies(vault)
    assert {(copy.disclosure_id, copy.reference) for copy in found} == {
        ("D-1", "example-1/17"),
        ("D-2", "example-1/17"),
    }
    assert {copy.change for copy in found} == {kind}
    assert {copy.revision_left for copy in found} == {None, 1}


def test_a_hash_list_that_is_withdrawn_whole_takes_its_entries_with_it(vault: Vault) -> None:
    quoted = Disclosure(
        DisclosureId("D-1"),
        DisclosureKind.PACKAGE,
        "one.age",
        (UNIT,),
        tuple(
            DisclosedItem(Subject.HASH_LIST_ENTRY.value, reference, 1)
            for reference in ("example-1/17", "example-1/18", "example-10/17")
        ),
    )
    enter(vault, quoted)
    kind = Subject.HASH_LIST.value
    gone = RecordChange(
        kind, "example-1", ChangeKind.WITHDRAWN, 2, SPRING, "not ours to give", b"", None
    )

    apply(vault, gone)

    (copy,) = copies(vault)
    assert (copy.kind, copy.reference, copy.disclosure_id) == (kind, "example-1", "D-1")


def test_copies_are_counted_by_recipient_and_come_in_pages(vault: Vault) -> None:
    numbers = range(1, 8)
    apply(vault, *(new(a_report(number)) for number in numbers))
    enter(vault, a_package("D-1", *numbers, to=(UNIT, COURT)))
    apply(vault, *(withdrawn(number) for number in numbers))
    move(vault, copies(vault)[0], Handling.HANDED_OVER)

    with vault.reader() as reader:
        counts = affected.open_by_recipient(reader)
        first = affected.page(reader, limit=5, recipient="Unit A")
        second = affected.page(reader, limit=5, recipient="Unit A", after=first.next_cursor)
        with pytest.raises(UnknownReference):
            affected.find(reader, AffectedId("A-999"))
        with pytest.raises(UnknownReference):
            affected.find(reader, AffectedId("nothing"))
    assert [(count.recipient, count.open, count.waiting) for count in counts] == [
        ("Court B", 6, 1),
        ("Unit A", 7, 0),
    ]
    assert (len(first.rows), len(second.rows), second.next_cursor) == (5, 2, None)
    assert len({copy.affected_id for copy in (*first.rows, *second.rows)}) == 7
