"""Deciding many reports at once, having one in hand, giving them to a colleague: as one act each."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import of_report
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import Actor, AnalystId, ReportId
from cport_desktop.domain.operation import OperationState
from cport_desktop.domain.progress import Progress
from cport_desktop.domain.query import Is, IsState, Query
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.roles import Analyst, Role
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, NOT_ILLEGAL, UNDECIDED
from cport_desktop.errors import (
    AgreementForbids,
    CountDiffers,
    EntriesUnfit,
    ItemErased,
    QueryError,
    ReportInHand,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.usecases import act, assign_reports, lease_reports, turn_deeds
from cport_desktop.usecases.assign_reports import Giving
from cport_desktop.usecases.decide_reports import ManyDecision, decide_reports, foresee_reports
from cport_desktop.usecases.hand_out_operations import hold_back_doubtful
from cport_desktop.usecases.triage_round import Round, next_undecided
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.usecases.unit_rules import set_rule
from cport_desktop.vault import analysts, audit_log, outbox, reports
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import a_clause, an_agreement
from tests.builders import a_clock, an_entry, make_vault, reopened
from tests.report_builders import (
    a_report,
    an_action,
    an_assessment,
    an_item,
    new,
    the_taxonomy,
    withdrawn,
)
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase

FREE = tuple(map(ReportId, range(1, 13)))
"""Twelve that can be assessed."""
FINAL, ACTED_ON, ELSEWHERE, WITHDRAWN = map(ReportId, (21, 22, 23, 24))
"""One for each rule that forbids it."""
BERTA = AnalystId("b" * 32)


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def clock() -> SteppingClock:
    return a_clock()


@pytest.fixture
def vault(newborn: Path, tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn, tmp_path / "vault")), clock=clock) as opened:
        apply(opened, *(new(a_report(number)) for number in FREE))
        said, acted = (an_assessment(BASELINE),), (an_action(1),)
        apply(opened, new(a_report(FINAL, contents=(an_item(210, assessments=said),))))
        apply(opened, new(a_report(ACTED_ON, contents=(an_item(220, actions=acted),))))
        apply(opened, new(a_report(ELSEWHERE, contents=(an_item(230, assigned_country="FR"),))))
        apply(opened, new(a_report(WITHDRAWN)), withdrawn(WITHDRAWN))
        with opened.transaction() as tx:
            analysts.insert(tx, Analyst(BERTA, Actor("Berta Example"), frozenset({Role.ANALYST})))
            tx.record(an_entry("add"))
        yield opened


@pytest.fixture
def means() -> Means:
    counted = itertools.count(1)
    return Means(lambda: UUID(int=next(counted)))


def seen(vault: Vault, *numbers: ReportId) -> list[int]:
    with vault.reader() as reader:
        return [reports.dossier(reader, each).row.classification for each in numbers]


def waits(vault: Vault, number: ReportId) -> list[OperationState]:
    with vault.reader() as reader:
        return [row.state for row in outbox.of_report(reader, number)]


def lent_to_berta(vault: Vault, number: ReportId, *, minutes: int) -> None:
    until = int((vault.now() + timedelta(minutes=minutes)).timestamp() * 1e6)
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO lease (report_id, holder, taken_at, until) VALUES (?, ?, 0, ?)",
            (number, BERTA, until),
        )
        tx.record(an_entry("lease"))


class TestOneDecisionOnMany:
    @pytest.fixture(autouse=True)
    def _bound(self, vault: Vault) -> None:
        bind(vault)

    def test_decides_what_rules_allow_and_names_what_they_refuse(
        self, vault: Vault, means: Means
    ) -> None:
        wanted = (FREE[0], FINAL, ACTED_ON, ELSEWHERE, WITHDRAWN, FREE[1], ReportId(99))
        decision = ManyDecision(wanted, NATIONAL)
        foreseen = foresee_reports(vault, decision, means)
        assert seen(vault, *FREE[:2]) == [UNDECIDED] * 2, "nothing is changed by foreseeing"

        decided, _ = decide_reports(vault, decision, means)

        assert decided.decided == foreseen.decided == FREE[:2]
        assert [each.report_id for each in decided.refused] == [
            FINAL, ACTED_ON, ELSEWHERE, WITHDRAWN, 99,
        ]  # fmt: skip
        assert len({each.reason for each in decided.refused}) == 5
        assert seen(vault, *FREE[:2]) == [NATIONAL] * 2
        assert waits(vault, FINAL) == []

    def test_above_the_units_number_the_count_is_typed(self, vault: Vault, means: Means) -> None:
        for typed in (None, 12):
            with pytest.raises(CountDiffers) as told:
                decide_reports(vault, ManyDecision(FREE[:11], NATIONAL, typed=typed), means)
            assert told.value.facts["found"] == 11
        assert seen(vault, *FREE) == [UNDECIDED] * 12
        decide_reports(vault, ManyDecision(FREE[:10], NATIONAL), means)
        set_rule(vault, "work.typed_above", "1")
        with pytest.raises(CountDiffers):
            decide_reports(vault, ManyDecision(FREE[10:], NATIONAL), means)
        decide_reports(vault, ManyDecision(FREE[10:], NATIONAL, typed=2), means)
        assert seen(vault, *FREE) == [NATIONAL] * 12
        with pytest.raises(EntriesUnfit):
            decide_reports(vault, ManyDecision((), NATIONAL), means)

    def test_in_pieces_it_is_one_deed(self, vault: Vault, means: Means) -> None:
        small = Means(means.new_id, piece=5)
        decided, _ = decide_reports(vault, ManyDecision(FREE, NATIONAL, typed=12), small)

        (deed,) = turn_deeds.list_deeds(vault, limit=9)
        assert (deed.number, deed.kind, deed.items) == (decided.deed, DeedKind.ASSESSED, 12)
        assert deed.first == of_report(FREE[0])
        turned, _ = turn_deeds.undo(vault, small)
        assert turned.steps == 12
        assert seen(vault, *FREE) == [UNDECIDED] * 12
        turn_deeds.redo(vault, small)
        assert seen(vault, *FREE) == [NATIONAL] * 12

    def test_stopped_in_the_middle_it_keeps_and_can_undo_what_it_did(
        self, vault: Vault, means: Means
    ) -> None:
        asked = itertools.count()
        stopped = Means(means.new_id, is_cancelled=lambda: next(asked) >= 2, piece=5)
        decided, _ = decide_reports(vault, ManyDecision(FREE, NATIONAL, typed=12), stopped)

        assert (len(decided.decided), decided.not_reached) == (10, 2)
        turn_deeds.undo(vault, means)
        assert seen(vault, *FREE) == [UNDECIDED] * 12

    def test_thinking_better_of_it_takes_the_place_of_what_waits(
        self, vault: Vault, means: Means
    ) -> None:
        decide_reports(vault, ManyDecision(FREE[:1], NATIONAL), means)
        again, _ = decide_reports(vault, ManyDecision(FREE[:1], NATIONAL), means)
        assert (again.decided, len(again.refused)) == ((), 1)

        decide_reports(vault, ManyDecision(FREE[:1], NOT_ILLEGAL), means)
        assert waits(vault, FREE[0]) == [OperationState.SET_ASIDE, OperationState.QUEUED]
        turn_deeds.undo(vault, means)
        assert seen(vault, FREE[0]) == [NATIONAL]

    def test_what_is_on_its_way_is_not_decided_again(self, vault: Vault, means: Means) -> None:
        decide_reports(vault, ManyDecision(FREE[:1], NATIONAL), means)
        with vault.transaction() as tx:
            outbox.mark_sending(tx, [row.operation.operation_id for row in outbox.queued(tx)])
            tx.record(an_entry("send"))
        again, _ = decide_reports(vault, ManyDecision(FREE[:1], BASELINE), means)
        assert (again.decided, len(again.refused)) == ((), 1)

    def test_what_an_exchange_takes_in_that_very_moment_is_on_its_way_and_the_rest_is_decided(
        self, vault: Vault, means: Means
    ) -> None:
        decide_reports(vault, ManyDecision(FREE[:2], NATIONAL), means)
        with vault.reader() as reader:
            (waiting,) = outbox.of_report(reader, FREE[0])

        def while_it_is_sent() -> UUID:
            with vault.transaction() as tx:
                outbox.mark_sending(tx, [waiting.operation.operation_id])
                tx.record(an_entry("send"))
            return means.new_id()

        sending = Means(while_it_is_sent)
        decided, _ = decide_reports(vault, ManyDecision(FREE[:2], NOT_ILLEGAL), sending)

        assert decided.decided == FREE[1:2]
        assert [each.report_id for each in decided.refused] == [FREE[0]]
        assert seen(vault, *FREE[:2]) == [NATIONAL, NOT_ILLEGAL]

    def test_thousands_that_wait_are_looked_at_piece_by_piece_before_they_are_sent(
        self, vault: Vault, means: Means
    ) -> None:
        decide_reports(vault, ManyDecision(FREE, NATIONAL, typed=12), means)
        apply(vault, withdrawn(FREE[0]), withdrawn(FREE[11]))
        asked: list[str] = []
        with vault.reader() as reader:  # Which is the next one to be handed out again.
            reader.connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]

        assert hold_back_doubtful(vault, at_once=5) == 2

        named = [re.search(r"\[(.*?)\]", each) for each in asked if "report_document" in each]
        assert [len(found[1].split(",")) for found in named if found] == [5, 5, 2]

    def test_every_one_of_them_is_on_record(self, vault: Vault, means: Means) -> None:
        with vault.reader() as reader:
            before = audit_log.head(reader)[0]
        decide_reports(vault, ManyDecision(FREE[:4], NATIONAL), means)
        with vault.reader() as reader:
            assert audit_log.head(reader)[0] == before + 4


def test_what_the_agreement_forbids_is_named_with_its_clause(vault: Vault, means: Means) -> None:
    bind(vault, an_agreement(a_clause("1", "reports.read")))
    decided, _ = decide_reports(vault, ManyDecision(FREE[:2], NATIONAL), means)
    assert decided.decided == ()
    assert [each.code for each in decided.refused] == [AgreementForbids.code] * 2


class TestAReportInHand:
    @pytest.fixture(autouse=True)
    def _bound(self, vault: Vault) -> None:
        bind(vault)

    def test_is_taken_extended_and_free_again_by_itself(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        first = lease_reports.take_in_hand(vault, FREE[0])
        assert first.is_own
        assert first.until - first.taken_at == timedelta(minutes=15)
        clock.advance(timedelta(minutes=10))
        again = lease_reports.take_in_hand(vault, FREE[0])
        assert again.taken_at == first.taken_at
        assert again.until > first.until
        clock.advance(timedelta(minutes=16))
        assert lease_reports.list_leases(vault) == ()

    def test_a_colleague_reads_it_and_takes_it_when_its_time_is_over(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        lent_to_berta(vault, FREE[0], minutes=15)
        lease = lease_reports.take_in_hand(vault, FREE[0])
        assert (lease.holder, lease.is_own) == ("Berta Example", False)
        assert lease_reports.give_back(vault) == 0, "nobody gives back what is not theirs"
        clock.advance(timedelta(minutes=16))
        assert lease_reports.take_in_hand(vault, FREE[0]).is_own

    def test_nothing_is_kept_of_who_had_what_in_hand(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        for number in FREE[:3]:
            lease_reports.take_in_hand(vault, number)
        clock.advance(timedelta(minutes=16))
        lease_reports.take_in_hand(vault, FREE[3])
        with vault.reader() as reader:
            kept = reader.connection.execute("SELECT report_id FROM lease").fetchall()
        assert kept == [(FREE[3],)]

    def test_one_that_no_rule_could_have_given_is_over(self, vault: Vault) -> None:
        lent_to_berta(vault, FREE[0], minutes=60 * 24 * 365)
        assert lease_reports.take_in_hand(vault, FREE[0]).is_own

    def test_whoever_decides_it_meanwhile_is_asked_first(self, vault: Vault, means: Means) -> None:
        lent_to_berta(vault, FREE[0], minutes=15)
        with pytest.raises(ReportInHand) as told:
            act.assess(vault, FREE[0], None, NATIONAL, operation_id=means.new_id())
        assert told.value.facts["holder"] == "Berta Example"
        decided, _ = decide_reports(vault, ManyDecision(FREE[:2], NATIONAL), means)
        assert [each.code for each in decided.refused] == [ReportInHand.code]
        assert seen(vault, *FREE[:2]) == [UNDECIDED, NATIONAL]

        insisting = ManyDecision(FREE[:1], NATIONAL, despite_leases=True)
        assert decide_reports(vault, insisting, means)[0].decided == FREE[:1]

    def test_who_had_it_before_another_station_was_heard_decides_it(
        self, vault: Vault, means: Means
    ) -> None:
        lease = lease_reports.take_in_hand(vault, FREE[0])
        until = int(lease.until.timestamp() * 1e6)
        with vault.transaction() as tx:
            tx.connection.execute(
                "INSERT INTO in_hand_elsewhere VALUES (?, 'station-9', 'lease', 'analyst-9', 0, ?, ?)",
                (FREE[0], until, until),
            )
            tx.record(an_entry("hear"))

        assert decide_reports(vault, ManyDecision(FREE[:1], NATIONAL), means)[0].decided == FREE[:1]

    def test_what_is_erased_is_in_nobodys_hands(self, vault: Vault) -> None:
        lease_reports.take_in_hand(vault, FREE[0])
        erase(vault, FREE[0])
        assert lease_reports.list_leases(vault) == ()
        with pytest.raises(UnknownReference):
            lease_reports.take_in_hand(vault, FREE[0])


class TestAnAssignment:
    def test_is_found_by_who_has_it_and_goes_back_by_undoing(
        self, vault: Vault, means: Means
    ) -> None:
        mine = vault.analyst
        given, _ = assign_reports.assign(vault, Giving(FREE[:3], mine.name), means)
        assert given == FREE[:3]
        asked = Query((IsState(Is.ASSIGNED_TO_ME),), asker=mine.analyst_id)
        with vault.reader() as reader:
            assert set(reports.matching(reader, asked, limit=9)) == set(FREE[:3])

        assign_reports.assign(vault, Giving(FREE[1:3], "Berta Example"), means)
        found = assign_reports.assignments_of(vault, FREE[:3])
        assert [found[each].to for each in FREE[:3]] == [mine.name, *["Berta Example"] * 2]
        turn_deeds.undo(vault, means)
        found = assign_reports.assignments_of(vault, FREE[:3])
        assert {each.to for each in found.values()} == {mine.name}
        turn_deeds.undo(vault, means)
        assert assign_reports.assignments_of(vault, FREE[:3]) == {}

    def test_is_given_to_those_alone_who_work_here(self, vault: Vault, means: Means) -> None:
        with pytest.raises(ValueUnknown) as told:
            assign_reports.assign(vault, Giving(FREE[:1], "Nobody Example"), means)
        assert told.value.facts["accepted"] == "Ada Example, Berta Example"
        with pytest.raises(UnknownReference):
            assign_reports.assign(vault, Giving((FREE[0], ReportId(99)), "Berta Example"), means)
        assert assign_reports.assignments_of(vault, FREE) == {}

    def test_what_is_erased_meanwhile_is_given_to_nobody(self, vault: Vault, means: Means) -> None:
        def once(progress: Progress) -> None:
            if progress.done == 1:
                erase(vault, FREE[1])

        one_by_one = Means(means.new_id, announce=once, piece=1)
        with pytest.raises(ItemErased):
            assign_reports.assign(vault, Giving(FREE[:3], "Berta Example"), one_by_one)
        with vault.reader() as reader:
            given = reader.connection.execute("SELECT report_id FROM assignment").fetchall()
        assert given == [(FREE[0],)]

    def test_of_many_wants_its_count_typed(self, vault: Vault, means: Means) -> None:
        with pytest.raises(CountDiffers):
            assign_reports.assign(vault, Giving(FREE, "Berta Example"), means)
        given, _ = assign_reports.assign(vault, Giving(FREE, "Berta Example", typed=12), means)
        assert len(given) == 12
        assign_reports.assign(vault, Giving(FREE, None, typed=12), means)
        assert assign_reports.assignments_of(vault, FREE) == {}


class TestWhatComesNext:
    @pytest.fixture(autouse=True)
    def _bound(self, vault: Vault) -> None:
        bind(vault)

    def next_one(self, vault: Vault, text: str) -> int | None:
        found = next_undecided(vault, Round(text), taxonomy=the_taxonomy(), now=vault.now())
        return None if found is None else found.report_id

    @pytest.mark.parametrize("text", ["a) OR (b", "host:NLX", "(ref:1"])
    def test_a_text_that_errs_errs_where_it_was_typed(self, vault: Vault, text: str) -> None:
        with pytest.raises(QueryError) as plain:
            parse(text, taxonomy=the_taxonomy(), now=vault.now())
        with pytest.raises(QueryError) as told:
            self.next_one(vault, text)
        assert told.value.facts == plain.value.facts

    def test_it_is_undecided_whatever_else_was_asked(self, vault: Vault, means: Means) -> None:
        decide_reports(vault, ManyDecision(FREE[:1], NATIONAL), means)
        deep = "(" * 20 + "ref:1 OR ref:2" + ")" * 20
        for text in ("ref:1 OR ref:2", deep, "(ref:1 OR ref:2) is:undecided"):
            assert self.next_one(vault, text) == 2
        assert self.next_one(vault, "ref:1") is None

    def test_what_its_hotline_took_back_does_not_come(self, vault: Vault) -> None:
        assert self.next_one(vault, f"ref:{WITHDRAWN} OR ref:3") == 3
        assert self.next_one(vault, "is:withdrawn") is None
