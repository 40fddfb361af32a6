"""Where the agreement wants a second reader, an assessment waits until a colleague finds the same."""

from __future__ import annotations

import io
import itertools
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.domain.about import of_report
from cport_desktop.domain.agreement import Condition, Function, PackageMedia
from cport_desktop.domain.case import MomentKind
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import GiveAssessment, OperationRow, OperationState
from cport_desktop.domain.operation_reason import Reason
from cport_desktop.domain.package import Given
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.domain.second_reading import SecondReading, Verdict
from cport_desktop.domain.taxonomy import NATIONAL, NOT_ILLEGAL, UNDECIDED
from cport_desktop.errors import AgreementForbids, DeedStays, ReadingUnfit, UnknownReference
from cport_desktop.usecases import (
    act,
    compose_package,
    open_case,
    overview,
    second_reading,
    turn_deeds,
)
from cport_desktop.usecases.decide_reports import ManyDecision, decide_reports
from cport_desktop.usecases.gather_case import add_to_case
from cport_desktop.usecases.hand_out_operations import hold_back_doubtful
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.usecases.read_cases import timeline
from cport_desktop.usecases.second_reading import Own, read_second
from cport_desktop.usecases.show_report import show_report
from cport_desktop.usecases.take_up_operation import (
    revise,
    send_anyway,
    set_aside,
    show_operation,
)
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.vault import agreements, outbox, second_readings
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault, open_vault
from tests.agreement_builders import EVERYTHING, a_clause, an_agreement
from tests.builders import NOON, a_clock, an_entry, make_vault, reopened
from tests.exports.synthetic import QuickDocuments, authority, signer_of
from tests.report_builders import a_report, new, the_taxonomy
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase

BERTA = b"another synthetic passphrase"
REPORT = ReportId(1)
EVERYTHING_ELSE = a_clause(
    "1", *(each.value for each in Function if each is not Function.ASSESSMENT_GIVE)
)
SECOND = a_clause("2", Function.ASSESSMENT_GIVE.value, conditions=(Condition.TWO_PERSONS.value,))


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of two analysts, under an agreement that wants a second reader."""
    folder = make_vault(tmp_path_factory.mktemp("newborn") / "vault")
    with reopened(folder) as vault:
        slot = NewSlot("berta", NewPassphrase(BERTA, FLOOR))
        add_analyst(vault, "Berta Example", {Role.ANALYST}, slot, now=NOON)
        bind(vault, an_agreement(EVERYTHING_ELSE, SECOND))
        apply(vault, *(new(a_report(number)) for number in (1, 2, 3)))
    return folder


@pytest.fixture
def folder(newborn: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(newborn, tmp_path / "vault"))


@contextmanager
def ada(folder: Path) -> Iterator[Vault]:
    with reopened(folder) as vault:
        yield vault


@contextmanager
def berta(folder: Path) -> Iterator[Vault]:
    secret = Passphrase(BERTA)
    with open_vault(folder, secret=secret, clock=a_clock(), program="tests") as vault:
        yield vault


@pytest.fixture
def given(folder: Path) -> OperationId:
    """What the first reader said: National."""
    with ada(folder) as vault:
        operation, _ = act.assess(vault, REPORT, None, NATIONAL, operation_id=UUID(int=1))
        return operation.operation_id


def standing(vault: Vault, number: OperationId) -> OperationRow:
    with vault.reader() as reader:
        return outbox.find(reader, number)


def all_that_waits(vault: Vault, *, limit: int = 60) -> tuple[SecondReading, ...]:
    """The rows of all pages of so many."""
    rows: list[SecondReading] = []
    after: str | None = None
    while True:
        page = second_reading.list_second_readings(vault, limit=limit, after=after)
        assert len(page.rows) <= limit
        rows += page.rows
        if (after := page.next_cursor) is None:
            return tuple(rows)


def told_everywhere(vault: Vault, number: OperationId) -> set[int]:
    """What anybody who looks can learn of what was found, wherever operations are shown."""
    rows = [
        *show_report(vault, REPORT).operations,
        *overview.list_operations(vault, limit=9, after=None).rows,
        show_operation(vault, number),
    ]
    said = {
        row.operation.body.classification
        for row in rows
        if isinstance(row.operation.body, GiveAssessment)
    }
    firsts = {each.first for each in all_that_waits(vault)}
    return said | {first for first in firsts if first is not None}


def test_it_waits_and_is_sent_by_no_exchange_and_by_no_insisting(
    folder: Path, given: OperationId
) -> None:
    with ada(folder) as vault:
        row = standing(vault, given)
        assert (row.state, row.reason) == (OperationState.NEEDS_YOU, Reason.SECOND_READER)
        assert show_report(vault, REPORT).row.classification == UNDECIDED
        with pytest.raises(ReadingUnfit):
            send_anyway(vault, given)
        with vault.reader() as reader:
            assert outbox.unsettled(reader, 9) == ()


def test_what_the_first_found_is_told_to_nobody_who_has_yet_to_say_it(
    folder: Path, given: OperationId
) -> None:
    with ada(folder) as vault:
        assert told_everywhere(vault, given) == {NATIONAL}
    with berta(folder) as vault:
        assert told_everywhere(vault, given) == {UNDECIDED}
        read_second(vault, given, Own(NOT_ILLEGAL, "a test card"))
        assert told_everywhere(vault, given) == {NATIONAL}


def test_the_same_confirms_it_and_the_next_exchange_sends_it(
    folder: Path, given: OperationId
) -> None:
    with berta(folder) as vault:
        compared, _ = read_second(vault, given, Own(NATIONAL))
        assert compared.verdict is Verdict.CONFIRMED
        assert standing(vault, given).state is OperationState.QUEUED
        assert hold_back_doubtful(vault) == 0
        assert show_report(vault, REPORT).row.classification == NATIONAL
        assert all_that_waits(vault) == ()
        with pytest.raises(ReadingUnfit):
            read_second(vault, given, Own(NATIONAL))


def test_something_else_contradicts_it_and_both_see_both(folder: Path, given: OperationId) -> None:
    with berta(folder) as vault:
        compared, _ = read_second(vault, given, Own(NOT_ILLEGAL, "a test card"))
        assert (compared.first, compared.second) == (NATIONAL, NOT_ILLEGAL)
        row = standing(vault, given)
        assert (row.state, row.reason) == (
            OperationState.NEEDS_YOU,
            Reason.SECOND_READER_CONTRADICTS,
        )
        with pytest.raises(ReadingUnfit):
            send_anyway(vault, given)
    with ada(folder) as vault:
        (reading,) = all_that_waits(vault)
        assert (reading.reader, reading.said, reading.reason) == (
            "Berta Example", NOT_ILLEGAL, "a test card",
        )  # fmt: skip
        set_aside(vault, given, "the second reader is right")
        assert all_that_waits(vault) == ()


def test_after_talking_the_second_may_come_to_the_same(folder: Path, given: OperationId) -> None:
    with berta(folder) as vault:
        read_second(vault, given, Own(NOT_ILLEGAL))
        compared, _ = read_second(vault, given, Own(NATIONAL))
        assert compared.verdict is Verdict.CONFIRMED


def test_who_means_to_contradict_by_the_same_word_is_told(folder: Path, given: OperationId) -> None:
    with berta(folder) as vault:
        with pytest.raises(ReadingUnfit):
            read_second(vault, given, Own(NATIONAL, means=Verdict.CONTRADICTED))
        assert standing(vault, given).state is OperationState.NEEDS_YOU


def test_nobody_reads_twice_what_they_said_themselves(folder: Path, given: OperationId) -> None:
    with ada(folder) as vault, pytest.raises(ReadingUnfit):
        read_second(vault, given, Own(NATIONAL))


def test_many_at_once_wait_as_well_and_undoing_takes_them_back(folder: Path) -> None:
    counted = itertools.count(1)
    means = Means(lambda: UUID(int=next(counted)))
    with ada(folder) as vault:
        decide_reports(vault, ManyDecision((ReportId(1), ReportId(2)), NATIONAL), means)
        assert len(all_that_waits(vault)) == 2
        turn_deeds.undo(vault, means)
        assert all_that_waits(vault) == ()
        turn_deeds.redo(vault, means)
        assert len(all_that_waits(vault)) == 2
        with vault.reader() as reader:
            assert outbox.unsettled(reader, 9) == ()


def test_what_was_queued_before_the_agreement_asked_for_it_waits_from_then_on(
    tmp_path: Path,
) -> None:
    folder = make_vault(tmp_path / "other")
    with ada(folder) as vault:
        bind(vault, an_agreement(EVERYTHING))
        apply(vault, new(a_report(1)))
        operation, _ = act.assess(vault, REPORT, None, NATIONAL, operation_id=UUID(int=1))
        assert hold_back_doubtful(vault) == 0
        narrower = an_agreement(EVERYTHING_ELSE, SECOND, revision=2, issued_at=NOON)
        with vault.transaction() as tx:
            tx.connection.execute("DELETE FROM bond")
            tx.record(an_entry("arrange"))
        bind(vault, narrower)
        with vault.transaction() as tx:
            agreements.accept(tx, narrower, reason="looked at")
            tx.record(an_entry("accept"))
        assert hold_back_doubtful(vault) == 1
        assert standing(vault, operation.operation_id).reason == Reason.SECOND_READER
        assert len(all_that_waits(vault)) == 1


def test_other_acts_that_want_two_persons_are_refused(folder: Path) -> None:
    other = make_vault(folder.parent / "other")
    two = a_clause("1", "feedback.give", conditions=(Condition.TWO_PERSONS.value,))
    with ada(other) as vault:
        bind(vault, an_agreement(two))
        apply(vault, new(a_report(1)))
        with pytest.raises(AgreementForbids):
            act.give_feedback(vault, REPORT, "words", operation_id=UUID(int=1))


def test_what_a_second_reader_wrote_goes_with_the_report(folder: Path, given: OperationId) -> None:
    with berta(folder) as vault:
        read_second(vault, given, Own(NOT_ILLEGAL, "words about it"))
    with ada(folder) as vault:
        erase(vault, REPORT, force=True)
        with vault.reader() as reader:
            rows = reader.connection.execute("SELECT reason FROM second_reading").fetchall()
        assert rows == [(None,)]
        assert all_that_waits(vault) == ()


def test_the_second_reader_does_not_assess_beside_the_first(
    folder: Path, given: OperationId
) -> None:
    counted = itertools.count(7)
    means = Means(lambda: UUID(int=next(counted)))
    with berta(folder) as vault:
        with pytest.raises(ReadingUnfit):
            act.assess(vault, REPORT, None, NATIONAL, operation_id=UUID(int=9))
        decided, _ = decide_reports(vault, ManyDecision((REPORT,), NOT_ILLEGAL), means)
        assert (decided.decided, len(decided.refused)) == ((), 1)
        assert standing(vault, given).state is OperationState.NEEDS_YOU, "it was not taken away"


def test_nobody_takes_away_what_they_have_yet_to_read(folder: Path, given: OperationId) -> None:
    with berta(folder) as vault:
        body = standing(vault, given).operation.body
        assert isinstance(body, GiveAssessment)
        other = replace(body, classification=NOT_ILLEGAL)
        with pytest.raises(ReadingUnfit):
            set_aside(vault, given, "a test card")
        with pytest.raises(ReadingUnfit):
            revise(vault, given, other, operation_id=UUID(int=5))
        assert standing(vault, given).state is OperationState.NEEDS_YOU

        read_second(vault, given, Own(NOT_ILLEGAL))
        set_aside(vault, given, "both of us found out")
        assert standing(vault, given).state is OperationState.SET_ASIDE


def test_who_thinks_better_of_it_leaves_one_word_to_be_read(
    folder: Path, given: OperationId
) -> None:
    with ada(folder) as vault:
        other, _ = act.assess(vault, REPORT, None, NOT_ILLEGAL, operation_id=UUID(int=2))
        assert standing(vault, given).state is OperationState.SET_ASIDE
        (reading,) = all_that_waits(vault)
        assert (reading.operation_id, reading.first) == (other.operation_id, NOT_ILLEGAL)


def test_the_timeline_of_a_case_tells_it_only_when_both_have_said_it(
    folder: Path, given: OperationId
) -> None:
    def told(vault: Vault) -> list[int | None]:
        moments = timeline(vault, 1, limit=50, after=None).rows
        return [each.code for each in moments if each.kind is MomentKind.DONE]

    with ada(folder) as vault:
        open_case.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [of_report(REPORT)])
    with berta(folder) as vault:
        assert told(vault) == [None]
        read_second(vault, given, Own(NATIONAL))
        assert told(vault) == [NATIONAL]
        with vault.transaction() as tx:  # By an exchange that doubts it.
            outbox.hold_back(tx, {given: Reason.WITHDRAWN.value})
            tx.record(an_entry("hold_back"))
        assert told(vault) == [NATIONAL], "nothing waits for a second reader any more"


def test_no_package_has_it_before_it_is_confirmed(
    folder: Path, given: OperationId, tmp_path: Path
) -> None:
    identity = generate_identity()

    def packed(vault: Vault, name: str) -> bytes:
        path = tmp_path / name
        order = compose_package.Order(
            choice=(REPORT,),
            title="Synthetic series",
            recipients=[Recipient("court", identity.public)],
            signer=signer_of(authority()),
            path=path,
            given=Given(media=PackageMedia.NONE),
        )
        compose_package.compose_package(
            vault,
            order,
            documents=QuickDocuments(resources=Path()),
            taxonomy=the_taxonomy(),
            announce=silent,
            is_cancelled=never,
        )
        out = io.BytesIO()
        with path.open("rb") as sealed:
            age.open(sealed, out, [identity])
        with zipfile.ZipFile(out) as container:
            return b"".join(map(container.read, container.namelist()))

    with ada(folder) as vault:
        assert given.encode() not in packed(vault, "first.age")
    with berta(folder) as vault:
        read_second(vault, given, Own(NATIONAL))
    with ada(folder) as vault:
        assert given.encode() in packed(vault, "second.age")


@contextmanager
def counted_steps(reader: Reader) -> Iterator[list[int]]:
    """What is done meanwhile, in the database's instructions."""
    steps = [0]

    def tick() -> int:
        steps[0] += 1
        return 0

    reader.connection.set_progress_handler(tick, 1)
    yield steps
    reader.connection.set_progress_handler(None, 0)


def test_what_is_asked_of_one_report_does_not_read_all_that_waits(folder: Path) -> None:
    counted = itertools.count(1)
    means = Means(lambda: UUID(int=next(counted)))

    def cost(vault: Vault) -> int:
        asker = vault.analyst.analyst_id
        with vault.reader() as reader, counted_steps(reader) as steps:
            (found,) = second_readings.waiting(reader, asker, vault.actor, of=ReportId(2))
        assert found.report_id == 2
        return steps[0]

    with ada(folder) as vault:
        decide_reports(vault, ManyDecision((ReportId(1), ReportId(2)), NATIONAL), means)
        few = cost(vault)
        more = tuple(map(ReportId, range(10, 60)))
        apply(vault, *(new(a_report(number)) for number in more))
        decide_reports(vault, ManyDecision(more, NATIONAL, typed=50), means)
        assert len(all_that_waits(vault)) == 52
        assert cost(vault) <= few * 1.2


def test_what_waits_is_listed_page_by_page_and_a_page_far_down_costs_what_the_first_one_does(
    folder: Path,
) -> None:
    counted = itertools.count(1)
    means = Means(lambda: UUID(int=next(counted)))
    many = tuple(map(ReportId, range(10, 60)))
    with ada(folder) as vault:
        apply(vault, *(new(a_report(number)) for number in many))
        decide_reports(vault, ManyDecision(many, NATIONAL, typed=50), means)
        rows = all_that_waits(vault, limit=7)
        assert [row.report_id for row in rows] == sorted(many)
        assert rows == all_that_waits(vault)

        costs: list[int] = []
        asker, after = vault.analyst.analyst_id, None
        for _ in range(6):
            with vault.reader() as reader, counted_steps(reader) as steps:
                page = second_readings.page(reader, asker, vault.actor, limit=7, after=after)
            costs.append(steps[0])
            after = page.next_cursor
        assert max(costs) <= costs[0] * 1.2
        with pytest.raises(UnknownReference):
            second_reading.list_second_readings(vault, limit=7, after="nothing that it gave")


def test_what_is_confirmed_between_two_pages_leaves_no_gap(
    folder: Path, given: OperationId
) -> None:
    counted = itertools.count(20)
    means = Means(lambda: UUID(int=next(counted)))
    with ada(folder) as vault:
        decide_reports(vault, ManyDecision((ReportId(2), ReportId(3)), NATIONAL), means)
    with berta(folder) as vault:
        first = second_reading.list_second_readings(vault, limit=1)
        assert [row.operation_id for row in first.rows] == [given]
        read_second(vault, given, Own(NATIONAL))
        rest = second_reading.list_second_readings(vault, limit=5, after=first.next_cursor)
        assert [row.report_id for row in rest.rows] == [2, 3]


class TestUndoing:
    """A digit that was meant for another report, or was another: taken back like anything else."""

    @pytest.fixture
    def means(self) -> Means:
        counted = itertools.count(50)
        return Means(lambda: UUID(int=next(counted)))

    def test_a_word_that_confirmed_is_taken_back_until_it_is_sent(
        self, folder: Path, given: OperationId, means: Means
    ) -> None:
        with berta(folder) as vault:
            read_second(vault, given, Own(NATIONAL))
            turned, _ = turn_deeds.undo(vault, means)
            assert (turned.deed.kind, turned.deed.detail) == (DeedKind.READ_SECOND, str(NATIONAL))
            row = standing(vault, given)
            assert (row.state, row.reason) == (OperationState.NEEDS_YOU, Reason.SECOND_READER)
            assert told_everywhere(vault, given) == {UNDECIDED}, "it is to be said anew"
            assert show_report(vault, REPORT).row.classification == UNDECIDED

            turn_deeds.redo(vault, means)
            assert standing(vault, given).state is OperationState.QUEUED
            with vault.transaction() as tx:
                outbox.mark_sending(tx, [given])
                tx.record(an_entry("send"))
            with pytest.raises(DeedStays):
                turn_deeds.undo(vault, means)
            assert standing(vault, given).state is OperationState.SENDING

    def test_a_word_that_contradicted_gives_way_to_the_one_before(
        self, folder: Path, given: OperationId, means: Means
    ) -> None:
        with berta(folder) as vault:
            read_second(vault, given, Own(NOT_ILLEGAL, "a test card"))
            read_second(vault, given, Own(NATIONAL))
            turn_deeds.undo(vault, means)
            row = standing(vault, given)
            assert (row.state, row.reason) == (
                OperationState.NEEDS_YOU,
                Reason.SECOND_READER_CONTRADICTS,
            )
            (reading,) = all_that_waits(vault)
            assert (reading.said, reading.reason) == (NOT_ILLEGAL, "a test card")
            turn_deeds.undo(vault, means)
            (reading,) = all_that_waits(vault)
            assert (reading.verdict, reading.said, reading.first) == (None, None, None)

    def test_what_the_first_took_back_meanwhile_stays_taken_back(
        self, folder: Path, given: OperationId, means: Means
    ) -> None:
        with berta(folder) as vault:
            read_second(vault, given, Own(NATIONAL))
        with ada(folder) as vault:
            turn_deeds.undo(vault, means)
        with berta(folder) as vault:
            with pytest.raises(DeedStays):
                turn_deeds.undo(vault, means)
            assert standing(vault, given).state is OperationState.SET_ASIDE

    def test_nothing_of_it_is_left_when_the_report_is_erased(
        self, folder: Path, given: OperationId, means: Means
    ) -> None:
        with berta(folder) as vault:
            read_second(vault, given, Own(NOT_ILLEGAL, "words about it"))
        with ada(folder) as vault:
            erase(vault, REPORT, force=True)
            with vault.reader() as reader:
                assert reader.connection.execute("SELECT step FROM deed_step").fetchall() == []
