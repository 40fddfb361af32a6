"""The overview: each number is what its query finds, each part is small, and one's visits are one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.batch import ReportChange
from cport_desktop.domain.exchange_history import DONE, Direction
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.operation import GiveAssessment
from cport_desktop.domain.overview import Counted, TakedownEnd
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.errors import AgreementForbids
from cport_desktop.usecases import survey
from cport_desktop.usecases.search_reports import count_reports
from cport_desktop.usecases.set_tasks import TaskFields, set_task
from cport_desktop.usecases.unit_rules import set_rule
from cport_desktop.vault import audit_log, exchange_history, overview_counts
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import a_clause, an_agreement
from tests.builders import NOON, a_vault, an_entry
from tests.operation_builders import WORDS, an_operation
from tests.report_builders import a_report, an_assessment, an_item, corrected, new, the_taxonomy
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase
from tests.vault.test_outbox import queue
from tests.vault.test_outbox import told as told_of_takedown


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault", clock=clock) as opened:
        yield opened


def found(vault: Vault, counted: Counted | None) -> int:
    """What a person finds who follows the number."""
    assert counted is not None
    return count_reports(vault, counted.query, taxonomy=the_taxonomy(), now=vault.now())


def exchange(vault: Vault, clock: SteppingClock, *numbers: int, outcome: str = DONE) -> None:
    with vault.transaction() as tx:
        number = exchange_history.begin(tx, road="https", direction=Direction.BOTH)
    clock.advance(timedelta(seconds=20))
    apply(vault, *(new(a_report(each)) for each in numbers))
    with vault.transaction() as tx:
        exchange_history.end(tx, number, outcome=outcome, facts={"reports_new": len(numbers)})


def test_what_the_last_exchange_brought_leads_to_just_that(
    vault: Vault, clock: SteppingClock
) -> None:
    exchange(vault, clock, 1, 2, 3)
    clock.advance(timedelta(hours=3))
    exchange(vault, clock, 4, 5)
    exchange(vault, clock, outcome="road.unreachable")

    told = survey.news(vault)

    assert told.exchange is not None
    assert told.exchange.facts["reports_new"] == 2
    assert told.brought is not None
    assert (told.brought.number, found(vault, told.brought)) == (2, 2)
    assert (told.reports.number, found(vault, told.reports)) == (5, 5)


def test_nothing_is_said_of_an_exchange_that_never_was(vault: Vault) -> None:
    told = survey.news(vault)

    assert (told.exchange, told.brought, told.away_since, told.since) == (None,) * 4


def test_what_is_new_since_one_was_here_stays_so_for_a_visit(
    vault: Vault, clock: SteppingClock
) -> None:
    apply(vault, new(a_report(1)))
    survey.news(vault)
    left = vault.now()
    clock.advance(timedelta(days=1))
    apply(vault, new(a_report(2)), corrected(replace(a_report(1), revision=2)))

    first = survey.news(vault)
    clock.advance(timedelta(minutes=30))
    again = survey.news(vault)
    clock.advance(timedelta(hours=2))
    refreshed = survey.news(vault, is_new=False)

    for told in (first, again, refreshed):
        assert told.since is not None
        assert (told.since.number, found(vault, told.since)) == (2, 2)
        assert told.away_since is not None
        assert abs(told.away_since - left) < timedelta(seconds=1)

    later = survey.news(vault).since
    assert later is not None
    assert later.number == 0


def assigned(number: int, days: int, **changes: Any) -> ReportChange:
    item = an_item(number * 10, assigned_at=NOON - timedelta(days=days), **changes)
    return new(a_report(number, contents=(item,)))


def test_what_is_overdue_is_what_its_query_finds(vault: Vault) -> None:
    apply(
        vault,
        assigned(1, 40),
        assigned(2, 20),
        assigned(3, 2),
        assigned(4, 40, assessments=(an_assessment(2),)),
        assigned(5, 40),
        new(a_report(6, contents=(an_item(60, assigned_at=None),))),
    )
    queue(vault, an_operation(1, GiveAssessment(ContentId(50), 2), 5))

    told = survey.overdue(vault, now=NOON)
    assert (told.counted.number, found(vault, told.counted), told.days) == (2, 2, 14)

    set_rule(vault, "work.overdue_after", "30")
    assert survey.overdue(vault, now=NOON).counted.number == 1


def test_takedowns_that_end_soon_are_told_the_soonest_first(vault: Vault) -> None:
    apply(vault, *(new(a_report(number)) for number in (1, 2, 3, 4)))
    ends = {1: 6, 2: 2, 3: 8, 4: -1}
    apply(vault, *(told_of_takedown(hold(number, days)) for number, days in ends.items()))

    told = survey.endings(vault, now=NOON)

    assert told.takedowns == tuple(
        TakedownEnd(ReportId(number), NOON + timedelta(days=ends[number])) for number in (2, 1)
    )
    assert (told.counted.number, found(vault, told.counted)) == (2, 2)


def hold(number: int, days: int) -> TakedownHold:
    return TakedownHold(ReportId(number), NOON + timedelta(days=days), WORDS, "Example Agency")


def test_the_end_of_the_agreement_is_told(vault: Vault) -> None:
    assert survey.endings(vault, now=NOON).agreement is StateKind.NONE

    bind(vault, an_agreement(valid_until=NOON + timedelta(days=5, hours=1)))

    told = survey.endings(vault, now=NOON)
    assert (told.agreement, told.days_left) == (StateKind.ENDING, 5)


def test_tasks_are_ones_own_or_nobodys_and_due(vault: Vault) -> None:
    apply(vault, new(a_report(1)), new(a_report(2)))
    about = About(AboutKind.REPORT, 1)
    for title, due in (("late", -1), ("soon", 3), ("far", 30)):
        set_task(vault, about, TaskFields(title, due_at=NOON + timedelta(days=due)))
    set_task(vault, about, TaskFields("some day"))
    set_task(vault, about, TaskFields("mine", vault.actor, NOON + timedelta(days=1)))
    with vault.transaction() as tx:
        tx.connection.execute("UPDATE task SET assignee = 'somebody' WHERE title = 'late'")
        tx.record(an_entry("arrange"))
    queue(vault, an_operation(1, GiveAssessment(ContentId(10), 2), 1))

    told = survey.duties(vault, now=NOON + timedelta(days=2))

    assert [task.title for task in told.tasks] == ["mine", "soon"]
    assert (told.due, told.late, told.needing, told.unsettled) == (2, 1, 0, 1)


def verbs(vault: Vault) -> list[str]:
    with vault.reader() as reader:
        entries = audit_log.page(reader, limit=50, after=None).rows
    return [entry.draft.verb for entry in entries]


def test_coming_here_is_on_record_and_refreshing_is_not(vault: Vault) -> None:
    before = verbs(vault)

    survey.news(vault)
    survey.news(vault, is_new=False)
    survey.overdue(vault, now=NOON)
    survey.endings(vault, now=NOON)
    survey.duties(vault, now=NOON)

    assert verbs(vault) == ["overview", *before]


def test_no_part_with_reports_in_it_is_told_without_leave_to_read_them(vault: Vault) -> None:
    bind(vault, an_agreement(a_clause("1.1", "table.export")))

    for part in (
        lambda: survey.news(vault),
        lambda: survey.overdue(vault, now=NOON),
        lambda: survey.endings(vault, now=NOON),
    ):
        with pytest.raises(AgreementForbids):
            part()


def test_what_was_erased_is_in_no_number(vault: Vault, clock: SteppingClock) -> None:
    exchange(vault, clock, 1, 2)
    apply(vault, told_of_takedown(hold(1, 2)))
    erase(vault, 1)

    brought = survey.news(vault).brought
    assert brought is not None
    assert (brought.number, found(vault, brought)) == (1, 1)
    assert not survey.endings(vault, now=NOON).takedowns


def test_no_count_reads_more_the_more_there_is(vault: Vault) -> None:
    """Decided and lately assigned reports stand in nobody's way."""

    def cost(moment: datetime) -> int:
        tens = 0

        def tick() -> int:
            nonlocal tens
            tens += 1
            return 0

        with vault.reader() as reader:
            reader.connection.set_progress_handler(tick, 10)
            overview_counts.overdue(reader, moment)
            overview_counts.undecided(reader)
            overview_counts.came_since(reader, NOON + timedelta(days=1))
            overview_counts.takedowns_ending(reader, now=NOON, until=moment)
            reader.connection.set_progress_handler(None, 0)
        return tens

    apply(vault, *(assigned(number, 20) for number in range(1, 20)))
    before = cost(NOON - timedelta(days=14))
    apply(vault, *(assigned(number, 1) for number in range(20, 500)))
    decided = (an_assessment(2),)
    apply(vault, *(assigned(n, 20, assessments=decided) for n in range(500, 900)))

    assert cost(NOON - timedelta(days=14)) <= before + 3
