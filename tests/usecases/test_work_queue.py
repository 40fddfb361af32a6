"""The queue: undecided reports in the unit's order, each with why, and never more work than it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.ids import AnalystId, ContentId, ReportId
from cport_desktop.domain.operation import GiveAssessment, HoldTakedown, LiftTakedownHold
from cport_desktop.domain.priority import (
    BORN_WITH,
    MANY_OF_ONE_DOMAIN,
    PriorityRule,
    Queued,
    WorkQueue,
)
from cport_desktop.domain.report import Report
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.errors import AgreementForbids
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.unit_rules import set_rule
from cport_desktop.usecases.work_queue import work_queue
from cport_desktop.vault import audit_log, queue_facts, second_readings
from cport_desktop.vault.queue_facts import Judging
from cport_desktop.vault.queue_sources import Windows, rows_to_compare
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import NOON, a_vault, an_entry
from tests.known_builders import a_list, a_list_entry, tell, told
from tests.likeness_builders import a_digest, a_picture, bytes_of, caught_up, hold
from tests.operation_builders import WORDS, an_operation
from tests.report_builders import (
    a_notice,
    a_report,
    an_action,
    an_assessment,
    an_item,
    new,
    withdrawn,
)
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply
from tests.vault.test_outbox import queue
from tests.vault.test_outbox import told as told_of_takedown

ME = ReportId(50)
OLD = NOON - timedelta(days=40)
LATELY = NOON - timedelta(days=5)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        yield opened


def about(number: int, *, assigned: datetime | None = LATELY, **changes: Any) -> Report:
    """A report of which no rule speaks: hosted abroad, lately assigned, received long ago, no files."""
    names = ("assessments", "actions", "media")
    item: dict[str, Any] = {name: changes.pop(name) for name in names if name in changes}
    source = an_item(
        number * 10,
        changes.pop("url", f"https://own-{number}.example/"),
        assigned_at=assigned,
        **item,
    )
    return a_report(number, contents=(source,), **changes)


def fill(vault: Vault, *reports: Report) -> None:
    apply(vault, *map(new, reports))


def asked(vault: Vault, limit: int = 50, at: datetime = NOON) -> WorkQueue:
    return work_queue(vault, limit=limit, now=at)


def numbers(found: WorkQueue) -> list[int]:
    return [one.row.report_id for one in found.rows]


def first(vault: Vault) -> Queued:
    return asked(vault).rows[0]


def rules(one: Queued) -> list[PriorityRule]:
    return [reason.met.rule for reason in one.place.reasons]


def write(vault: Vault, statement: str, *values: object) -> None:
    with vault.transaction() as tx:
        tx.connection.execute(statement, values)
        tx.record(an_entry("arrange"))


def flag(vault: Vault, number: int) -> None:
    write(vault, "INSERT INTO flag VALUES ('report', ?, 'Ada Example', 0)", number)


def give(vault: Vault, number: int, analyst: str) -> None:
    write(vault, "INSERT INTO assignment VALUES (?, ?, 'Ada Example', 0)", number, analyst)


def put_on_list(vault: Vault, *, is_negative: bool = False) -> None:
    notice = a_notice(7, b"a known file")
    fill(vault, about(1), about(ME, media=(notice,)))
    tell(
        vault,
        told(a_list(is_negative=is_negative)),
        told(a_list_entry(sha256=notice.sha256)),
    )
    match_due(vault)


def waits(vault: Vault) -> None:
    fill(vault, about(1), about(ME))
    held = TakedownHold(ME, NOON + timedelta(days=7), WORDS, "Example Agency")
    apply(vault, told_of_takedown(held))


def met_in_a_grave_report(vault: Vault) -> None:
    grave = about(9, media=(a_notice(3, b"same"),), assessments=(an_assessment(2),))
    fill(vault, about(1), grave, about(ME, media=(a_notice(4, b"same"),)))


def resembles_one_in_a_grave_report(vault: Vault) -> None:
    grave = about(9, media=(a_notice(11, bytes_of(11)),), assessments=(an_assessment(1),))
    fill(vault, about(1), grave, about(ME, media=(a_notice(12, bytes_of(12)),)))
    for media in (11, 12):
        hold(vault, media, a_picture(a_digest(1)))
    caught_up(vault)


def flagged(vault: Vault) -> None:
    fill(vault, about(1), about(ME))
    flag(vault, ME)


def given_to_me(vault: Vault) -> None:
    fill(vault, about(1), about(ME))
    give(vault, ME, vault.analyst.analyst_id)


def late(vault: Vault) -> None:
    fill(vault, about(1), about(ME, assigned=OLD))


def with_files_nobody_met(vault: Vault) -> None:
    shared = (a_notice(3, b"shared"),)
    twice = (a_notice(4, b"shared"),)
    fill(vault, about(1, media=shared), about(2, media=twice), about(ME, media=(a_notice(5),)))


def hosted_here(vault: Vault) -> None:
    bind(vault, an_agreement(jurisdictions=("SE", "NL")))
    fill(vault, hosted_in("US", about(1)), about(ME))


def hosted_in(country: str, report: Report) -> Report:
    source = report.contents[0]
    moved = replace(source, hosting=replace(source.hosting, country=country))
    return replace(report, contents=(moved,))


def of_a_busy_domain(vault: Vault) -> None:
    """The others of that domain are decided, and in nobody's way."""
    decided = [
        about(number, url="https://busy.example/", assessments=(an_assessment(4),))
        for number in range(100, 99 + MANY_OF_ONE_DOMAIN)
    ]
    fill(vault, about(1), *decided, about(ME, url="https://busy.example/x"))


def fresh(vault: Vault) -> None:
    fill(vault, about(1), about(ME, received_at=NOON - timedelta(days=2)))


CASES: list[tuple[Callable[[Vault], None], PriorityRule]] = [
    (waits, PriorityRule.HOTLINE_WAITS),
    (met_in_a_grave_report, PriorityRule.GRAVE_ELSEWHERE),
    (resembles_one_in_a_grave_report, PriorityRule.GRAVE_ELSEWHERE),
    (flagged, PriorityRule.FLAGGED),
    (given_to_me, PriorityRule.GIVEN_TO_ME),
    (late, PriorityRule.OVERDUE),
    (put_on_list, PriorityRule.KNOWN),
    (with_files_nobody_met, PriorityRule.UNSEEN_MEDIA),
    (hosted_here, PriorityRule.HOSTED_HERE),
    (of_a_busy_domain, PriorityRule.BUSY_DOMAIN),
    (fresh, PriorityRule.FRESH),
]


@pytest.mark.parametrize(
    ("arrange", "rule"), [pytest.param(*case, id=case[0].__name__) for case in CASES]
)
def test_a_report_is_first_by_one_rule_alone_and_says_so(
    vault: Vault, arrange: Callable[[Vault], None], rule: PriorityRule
) -> None:
    arrange(vault)

    found = asked(vault)

    one = found.rows[0]
    assert one.row.report_id == ME
    assert rules(one) == [rule]
    assert one.place.points == BORN_WITH[rule]
    assert all(not other.place.reasons for other in found.rows[1:])


def test_what_a_reason_rests_on_is_told(vault: Vault) -> None:
    met_in_a_grave_report(vault)
    assert first(vault).place.reasons[0].met.other == 9


def test_a_file_of_a_list_of_harmless_ones_makes_nothing_urgent(vault: Vault) -> None:
    put_on_list(vault, is_negative=True)

    assert [rules(one) for one in asked(vault).rows] == [[], []]


def test_a_hotline_that_was_told_not_to_wait_does_not_wait(vault: Vault) -> None:
    waits(vault)
    queue(vault, an_operation(1, LiftTakedownHold(WORDS), ME))
    assert rules(next(one for one in asked(vault).rows if one.row.report_id == ME)) == []


def test_what_was_only_asked_of_a_hotline_is_not_waited_for(vault: Vault) -> None:
    fill(vault, about(ME))
    queue(vault, an_operation(1, HoldTakedown(NOON + timedelta(days=7), WORDS), ME))

    assert rules(first(vault)) == []


def test_only_undecided_reports_stand_in_the_queue(vault: Vault) -> None:
    """Decided by the portal, by an own assessment that is on its way, and withdrawn."""
    fill(vault, about(1, assessments=(an_assessment(1),)), about(2), about(3), about(4))
    apply(vault, withdrawn(2))
    queue(vault, an_operation(1, GiveAssessment(ContentId(30), 2), 3))
    for number in (1, 2, 3):
        flag(vault, number)

    assert numbers(asked(vault)) == [4]


def test_what_a_colleague_has_in_hand_is_left_to_them(vault: Vault) -> None:
    fill(vault, *(about(number) for number in range(1, 9)))
    mine = vault.analyst.analyst_id
    lease = "INSERT INTO lease VALUES (?, ?, 0, ?)"
    there = "INSERT INTO in_hand_elsewhere VALUES (?, 'station-9', ?, 'analyst-9', 0, ?, ?)"
    soon = int((NOON + timedelta(minutes=5)).timestamp() * 1_000_000)
    give(vault, 1, "somebody")
    told = int(NOON.timestamp() * 1_000_000)
    write(vault, lease, 2, "somebody", soon)
    write(vault, there, 3, "lease", soon, told)
    write(vault, lease, 4, mine, soon)
    write(vault, lease, 5, "somebody", 1)
    write(vault, there, 6, "assignment", None, told)
    write(vault, there, 7, "lease", told, told)
    write(vault, there, 8, "assignment", None, 0)

    found = asked(vault)

    assert sorted(numbers(found)) == [4, 5, 7, 8]
    assert found.in_other_hands == 4


def test_a_lease_of_a_clock_that_was_ahead_keeps_nobody_from_a_report(vault: Vault) -> None:
    fill(vault, about(1))
    ahead = int((NOON + timedelta(days=900)).timestamp() * 1_000_000)
    write(vault, "INSERT INTO lease VALUES (1, 'somebody', 0, ?)", ahead)

    assert numbers(asked(vault)) == [1]


def test_what_was_decided_here_or_given_away_leaves_room_for_what_is_open(vault: Vault) -> None:
    """Windows of two: the outermost reports are decided and not sent yet, the next are a colleague's."""
    fill(
        vault,
        *(
            about(number, received_at=LATELY + timedelta(hours=number), assigned=LATELY)
            for number in range(1, 13)
        ),
    )
    for number in (1, 2, 11, 12):
        queue(vault, an_operation(number, GiveAssessment(ContentId(number * 10), 2), number))
    for number in (3, 10):
        give(vault, number, "somebody")
    judging = Judging(vault.analyst.analyst_id, NOON, LATELY, frozenset())

    with vault.reader() as reader:
        places = rows_to_compare(reader, judging.asker, Windows(newest=2, oldest=2, of_each=2))
        found, in_other_hands = queue_facts.candidates(reader, places, judging)

    assert sorted(one.report_id for one in found) == [4, 5, 8, 9]
    assert in_other_hands == 2


def test_what_waits_for_a_second_reader_is_left_to_them(vault: Vault) -> None:
    fill(vault, about(1), about(2))
    said = replace(an_operation(1, GiveAssessment(ContentId(10), 2), 1), actor=vault.actor)
    queue(vault, said)
    with vault.transaction() as tx:
        second_readings.ask(tx, said.operation_id)
        tx.record(an_entry("arrange"))

    found = asked(vault)
    assert (numbers(found), found.in_other_hands) == ([2], 1)
    theirs = Judging(AnalystId("somebody"), NOON, LATELY, frozenset())
    with vault.reader() as reader:
        places = rows_to_compare(reader, theirs.asker)
        open_to_them, _ = queue_facts.candidates(reader, places, theirs)
    assert {one.report_id for one in open_to_them} == {1, 2}


def test_a_unit_sets_the_points_and_can_take_a_rule_out(vault: Vault) -> None:
    fill(vault, about(1, assigned=OLD), about(2))
    flag(vault, 2)
    assert numbers(asked(vault)) == [2, 1]

    set_rule(vault, "priority.overdue", "500")
    set_rule(vault, "priority.flagged", "0")

    found = asked(vault)
    assert numbers(found) == [1, 2]
    assert [rules(one) for one in found.rows] == [[PriorityRule.OVERDUE], []]


def test_of_the_same_points_the_one_that_waits_longer_is_first(vault: Vault) -> None:
    fill(
        vault,
        about(1, assigned=LATELY),
        about(2, assigned=LATELY - timedelta(hours=1)),
        about(3, assigned=None, received_at=LATELY - timedelta(hours=2)),
    )

    assert numbers(asked(vault)) == [3, 2, 1]
    assert numbers(asked(vault, limit=2)) == [3, 2]


def test_it_asks_the_agreement_and_withholds_what_that_withholds(vault: Vault) -> None:
    fill(vault, about(ME))
    bind(vault, an_agreement(EVERYTHING, a_limit("4.5", fields=("hostingIsp",))))
    assert first(vault).row.provider is None

    bind(vault, an_agreement(a_clause("1.1", "table.export"), revision=2))
    with pytest.raises(AgreementForbids):
        asked(vault)


def test_a_look_at_the_queue_is_on_record_once(vault: Vault) -> None:
    fill(vault, about(ME))
    asked(vault)
    work_queue(vault, limit=5, now=NOON, is_new=False)

    with vault.reader() as reader:
        entries = audit_log.page(reader, limit=10, after=None).rows
    assert [entry.draft.verb for entry in entries].count("queue") == 1


def test_what_it_costs_does_not_grow_with_the_reports_that_wait(vault: Vault) -> None:
    """With windows as small as the vault: three times the reports, the same work."""
    windows = Windows(newest=40, oldest=20)

    def many(start: int, count: int) -> None:
        fill(
            vault,
            *(
                about(number, media=(a_notice(number, b"one of all"),), actions=(an_action(2),))
                for number in range(start, start + count)
            ),
        )

    def cost() -> int:
        """In tens of the database's instructions."""
        judging, tens = Judging(AnalystId("me"), NOON, LATELY, frozenset()), 0

        def tick() -> int:
            nonlocal tens
            tens += 1
            return 0

        with vault.reader() as reader:
            reader.connection.set_progress_handler(tick, 10)
            places = rows_to_compare(reader, judging.asker, windows)
            queue_facts.candidates(reader, places, judging)
            reader.connection.set_progress_handler(None, 0)
        return tens

    many(1, 300)
    before = cost()
    many(301, 600)

    assert cost() <= before * 1.1
