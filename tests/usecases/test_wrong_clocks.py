"""A machine whose clock is wrong, beside a vault that was put back: what is said of ages and ends is
right, and nothing is refused for ever once the clock is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.freshness import Freshness, Grade, Limits
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import OperationState
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.query import Query
from cport_desktop.domain.retention import ClockDoubt
from cport_desktop.domain.transfer import TransferState
from cport_desktop.errors import AgreementForbids, AgreementLapsed, PortalAhead, PortalFrozen
from cport_desktop.usecases import agreement_state, inspect_vault, overview
from cport_desktop.usecases.accept_agreement import accept_agreement
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.freshness import freshness_now
from cport_desktop.usecases.hold_takedown import hold_takedown
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.usecases.take_up_operation import send_anyway
from cport_desktop.vault import reports
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.words import freshness as words
from tests.builders import PASSPHRASE, reopened
from tests.usecases.agreeing import amend, revision_in_force
from tests.usecases.carrying import Stick, sent
from tests.usecases.conftest import UNTIL, Bench, MakeBench
from tests.usecases.test_transfers import OrderedRoad, files, rows

YEARS = timedelta(days=4000)
LIMITS = Limits(ageing_after=timedelta(days=7), old_after=timedelta(days=30))


@pytest.fixture
def put_back(make_bench: MakeBench, tmp_path: Path) -> Iterator[Bench]:
    """A vault that was backed up after its first exchange, heard more, and was put back by a machine
    whose clock is right.
    """
    bench = make_bench("first")
    bench.sync(metadata_only=True)
    back_up(bench.vault, tmp_path / "backup", announce=silent, is_cancelled=never)
    amend(bench, gone=("4.2",))
    bench.sync(metadata_only=True)
    bench.vault.close()
    secret, clock = Passphrase(PASSPHRASE), SteppingClock(UNTIL + timedelta(minutes=5))
    order = RestoreOrder(tmp_path / "backup", tmp_path / "again", secret)
    restore_vault(order, clock=clock, program="tests", announce=silent, is_cancelled=never)
    with reopened(tmp_path / "again", clock=clock) as vault:
        yield replace(bench, vault=vault, clock=clock)


def fresh(bench: Bench) -> Freshness:
    return freshness_now(bench.vault, limits=LIMITS)


def sentence(bench: Bench) -> str:
    found = fresh(bench)
    doubt = None if found.doubt is None else found.doubt.value
    return words.freshness(found.grade.value, span=found.age, road=found.road, doubt=doubt)


class TestAClockThatIsBehind:
    def test_is_said_and_no_age_is_reckoned(self, put_back: Bench) -> None:
        put_back.clock.advance(-YEARS)

        assert fresh(put_back).grade is Grade.UNKNOWN
        assert fresh(put_back).doubt is ClockDoubt.BEHIND_PORTAL
        assert sentence(put_back).startswith("This machine’s clock is behind the time that the")

    def test_leaves_the_agreement_as_it_was_when_the_portal_was_heard_last(
        self, put_back: Bench
    ) -> None:
        put_back.clock.advance(-YEARS)

        assert agreement_state.agreement_state(put_back.vault).kind is StateKind.IN_FORCE
        require_allowed(put_back.vault, Function.TABLE_EXPORT)

    def test_prolongs_nothing_once_the_portal_is_heard_by_stick(
        self, put_back: Bench, tmp_path: Path
    ) -> None:
        """What the vault forgot when it was put back comes again, and counts."""
        put_back.clock.advance(-YEARS)

        Stick(tmp_path / "stick").there_and_back(put_back)

        assert revision_in_force(put_back) == 2
        with pytest.raises(AgreementForbids):
            require_allowed(put_back.vault, Function.TABLE_EXPORT)
        assert fresh(put_back).grade is Grade.UNKNOWN

    def test_takes_nothing_from_a_portal_that_answers_at_once_until_it_is_set(
        self, put_back: Bench
    ) -> None:
        before = inspect_vault.digest_of(put_back.vault)
        put_back.clock.advance(-YEARS)
        with pytest.raises(PortalAhead):
            put_back.sync()
        assert inspect_vault.digest_of(put_back.vault) == before

        put_back.clock.advance(YEARS)
        assert put_back.sync().is_complete
        assert revision_in_force(put_back) == 2
        assert fresh(put_back).grade is Grade.FRESH


class TestAClockThatIsAhead:
    def test_ends_the_agreement_until_it_is_set_and_no_longer(self, put_back: Bench) -> None:
        put_back.clock.advance(YEARS)
        with pytest.raises(AgreementLapsed):
            require_allowed(put_back.vault, Function.PACKAGE_COMPOSE)
        with pytest.raises(PortalFrozen):
            put_back.sync()

        put_back.clock.advance(-YEARS)
        require_allowed(put_back.vault, Function.PACKAGE_COMPOSE)
        assert put_back.sync().is_complete
        assert fresh(put_back).grade is Grade.FRESH

    def test_leaves_no_file_alone_for_years(self, put_back: Bench) -> None:
        """It failed while the clock said another year, and comes once that is put right."""
        failing = files(put_back)[0]
        put_back.vault.transfers.failed(failing, "usage.reference", timedelta(hours=1))
        assert rows(put_back)[failing].state is TransferState.FAILED
        put_back.clock.advance(YEARS)
        put_back.vault.transfers.failed(failing, "usage.reference", timedelta(hours=1))
        assert rows(put_back)[failing].state is TransferState.FAILED
        put_back.clock.advance(-YEARS)

        assert rows(put_back)[failing].state is TransferState.WAITING
        road = OrderedRoad(put_back.road)
        put_back.sync(road)
        assert failing in road.asked
        assert not rows(put_back)

    def test_takes_no_acceptance_back_when_it_is_set(self, put_back: Bench) -> None:
        put_back.sync(metadata_only=True)
        amend(put_back, gone=("4.1",), in_days=300)
        put_back.sync(metadata_only=True)
        put_back.clock.advance(timedelta(days=100))
        accept_agreement(put_back.vault, reason="seen")
        assert revision_in_force(put_back) == 3

        put_back.clock.advance(-timedelta(days=100))

        assert revision_in_force(put_back) == 3
        with pytest.raises(AgreementForbids):
            require_allowed(put_back.vault, Function.PACKAGE_COMPOSE)
        state = agreement_state.agreement_state(put_back.vault)
        assert state.waiting is None

    def test_asks_a_person_about_a_hold_whose_time_seems_over_and_loses_no_word(
        self, put_back: Bench, tmp_path: Path
    ) -> None:
        put_back.sync(metadata_only=True)
        report, until = a_report_of(put_back), put_back.clock.now() + timedelta(days=3)
        hold_takedown(put_back.vault, report, until, "synthetic reason", operation_id=UUID(int=7))
        put_back.clock.advance(YEARS)
        sent(put_back, tmp_path / "out")
        assert state_of_operation(put_back) is OperationState.NEEDS_YOU

        put_back.clock.advance(-YEARS)
        send_anyway(put_back.vault, OperationId(str(UUID(int=7))))
        result = put_back.sync(metadata_only=True)

        assert result.operations_settled == 1
        assert state_of_operation(put_back) is OperationState.SETTLED


def state_of_operation(bench: Bench) -> OperationState:
    (row,) = overview.list_operations(bench.vault, limit=5, after=None).rows
    return row.state


def a_report_of(bench: Bench) -> ReportId:
    with bench.vault.reader() as reader:
        return reports.matching(reader, Query(), limit=1)[0]
