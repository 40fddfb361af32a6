"""The end of a shift: one's own open ends, whole, and nobody else's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import iso_utc
from cport_desktop.domain.draft import THE_WINDOW, DraftKind, DraftPlace, NoteFields, WindowStand
from cport_desktop.domain.hold import HeldItem, HeldKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.shift import MOST_LINES
from cport_desktop.formats.shift_text import shift_sections, shift_text
from cport_desktop.usecases.hold_items import place_hold
from cport_desktop.usecases.keep_drafts import keep_draft
from cport_desktop.usecases.set_tasks import TaskFields, finish_task, set_task
from cport_desktop.usecases.summarise_shift import summarise_shift
from cport_desktop.vault import outbox
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.vault import Vault
from cport_desktop.words import shift as words
from tests.builders import ANALYST, NOON, an_entry, make_vault, reopened
from tests.operation_builders import an_operation
from tests.report_builders import a_report, an_assessment, an_item, new
from tests.vault.erasing import apply
from tests.work_builders import BERT, employ, opened_by_bert, report


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports, of which HL-4 is decided."""
    directory = make_vault(tmp_path_factory.mktemp("template") / "vault")
    decided = a_report(4, contents=(an_item(40, assessments=(an_assessment(1),)),))
    with reopened(directory) as vault:
        apply(vault, *(new(a_report(number)) for number in (1, 2, 3)), new(decided))
        employ(vault)
    return directory


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "vault"))


@pytest.fixture
def vault(directory: Path) -> Iterator[Vault]:
    with reopened(directory) as opened:
        yield opened


def take_in_hand(vault: Vault, number: int, *, minutes: int, holder: str = "") -> None:
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO lease (report_id, holder, taken_at, until) VALUES (?, ?, 0, ?)",
            (
                number,
                holder or vault.analyst.analyst_id,
                microseconds(NOON + timedelta(minutes=minutes)),
            ),
        )
        tx.record(an_entry("lease"))


def assign(vault: Vault, number: int) -> None:
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO assignment (report_id, analyst_id, by, at) VALUES (?, ?, ?, ?)",
            (number, vault.analyst.analyst_id, vault.actor, number),
        )
        tx.record(an_entry("assign"))


def leave_much_open(vault: Vault) -> None:
    take_in_hand(vault, 1, minutes=10)
    take_in_hand(vault, 2, minutes=-10)
    take_in_hand(vault, 3, minutes=10, holder="somebody else")
    take_in_hand(vault, 4, minutes=60 * 24 * 365)  # By a clock that was ahead.
    for number in (1, 4):
        assign(vault, number)
    with vault.transaction() as tx:
        outbox.queue(tx, an_operation(1, report=2))
        tx.record(an_entry("queue"))
    set_task(vault, report(1), TaskFields("call them", ANALYST, NOON - timedelta(days=1)))
    set_task(vault, report(1), TaskFields("whoever comes to it"))
    set_task(vault, report(1), TaskFields("not mine", BERT))
    done, _ = set_task(vault, report(1), TaskFields("over", ANALYST))
    finish_task(vault, done.task_id)
    keep_draft(vault, DraftPlace(DraftKind.NOTE, report=ReportId(3)), NoteFields(), now=NOON)
    keep_draft(vault, THE_WINDOW, WindowStand(), now=NOON)
    place_hold(vault, HeldItem(HeldKind.REPORT, 2), reason="order 12")


def test_everything_that_one_leaves_open_is_told_once(vault: Vault) -> None:
    leave_much_open(vault)
    found = summarise_shift(vault, now=NOON)

    assert [lease.report_id for lease in found.leases] == [1]
    assert list(found.assigned) == [1]
    assert [one.report_id for one in found.operations] == [2]
    assert [task.title for task in found.tasks] == ["call them", "whoever comes to it"]
    assert found.overdue_count == 1
    assert [place.name for place in found.drafts] == ["note:report-3"]
    assert [hold.item.reference for hold in found.holds] == ["HL-2"]
    assert not found.is_empty
    text = shift_text(found, iso_utc)
    for told in (
        "HL-1, until",
        "OVERDUE since",
        "a note on HL-3",
        "order 12",
        "Assessment on HL-2",
    ):
        assert told in text
    assert "not mine" not in text


def test_nothing_of_it_is_told_to_somebody_else(directory: Path) -> None:
    with reopened(directory) as vault:
        leave_much_open(vault)
    with opened_by_bert(directory) as vault:
        found = summarise_shift(vault, now=NOON)

    assert (found.analyst, found.leases, found.assigned, found.operations) == (BERT, (), (), ())
    assert (found.drafts, found.holds) == ((), ())
    assert {task.title for task in found.tasks} == {"not mine", "whoever comes to it"}


def test_an_empty_shift_says_of_each_section_that_it_is_empty(vault: Vault) -> None:
    found = summarise_shift(vault, now=NOON)
    text = shift_text(found, iso_utc)

    assert found.is_empty
    assert words.NOTHING_OPEN in text
    assert [section.name for section in shift_sections(found, iso_utc)] == list(words.EMPTY)
    for sentence in words.EMPTY.values():
        assert sentence in text


def test_long_lists_are_cut_and_say_how_much_is_left(vault: Vault) -> None:
    for number in range(MOST_LINES + 5):
        set_task(vault, report(1), TaskFields(f"task {number}"))
    found = summarise_shift(vault, now=NOON)

    assert (len(found.tasks), found.tasks_count) == (MOST_LINES, MOST_LINES + 5)
    assert words.more(5) in shift_text(found, iso_utc)
