"""What an analyst did is undone and done again: while it waits, after it was sent, and here alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from uuid import UUID

import pytest

from cport_desktop.domain import assessment
from cport_desktop.domain.about import About, of_report
from cport_desktop.domain.deed import DeedKind, DeedState
from cport_desktop.domain.ids import Actor, AnalystId, ContentId, OperationId, ReportId
from cport_desktop.domain.operation import GiveAssessment, Operation, OperationState
from cport_desktop.domain.query import Query
from cport_desktop.domain.report import source_item
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, NOT_ILLEGAL, UNDECIDED
from cport_desktop.errors import DeedStays, NothingToTurn
from cport_desktop.usecases import act, turn_deeds
from cport_desktop.usecases.take_up_operation import revise
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.vault import deed_rows, deeds, flags, outbox, reports, tags
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry
from tests.usecases.conftest import Bench
from tests.vault.erasing import erase


@pytest.fixture
def numbers() -> Callable[[], UUID]:
    counted = itertools.count(1)
    return lambda: UUID(int=next(counted))


@pytest.fixture
def means(numbers: Callable[[], UUID]) -> Means:
    return Means(numbers)


def assessable(bench: Bench, *, classification: int = UNDECIDED) -> list[ReportId]:
    """Reports whose source item may be assessed here and stands so now."""
    found = []
    with bench.vault.reader() as reader:
        for report_id in reports.matching(reader, Query(), limit=1000):
            item = source_item(reports.dossier(reader, report_id).report)
            if (
                item is not None
                and assessment.refusal(item, jurisdiction="NL") is None
                and assessment.current_classification(item) == classification
            ):
                found.append(report_id)
    return found


def seen(vault: Vault, report: ReportId) -> int:
    with vault.reader() as reader:
        return reports.dossier(reader, report).row.classification


def states(vault: Vault, report: ReportId) -> list[OperationState]:
    with vault.reader() as reader:
        return [row.state for row in outbox.of_report(reader, report)]


def flagged(vault: Vault, about: About) -> bool:
    with vault.reader() as reader:
        return flags.on(reader, about) is not None


def flag(vault: Vault, *abouts: About, by: AnalystId | None = None) -> None:
    deed = OneDeed(by or vault.analyst.analyst_id, DeedKind.FLAGGED)
    with vault.transaction() as tx, deed_rows.undoable(tx, deed, ["flag"], abouts):
        flags.put(tx, abouts)
        tx.record(an_entry("flag"))


def test_an_assessment_that_waits_is_set_aside_and_comes_again_by_redoing(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    report = assessable(bench)[0]
    act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers())

    turned, _ = turn_deeds.undo(bench.vault, means)

    assert (turned.deed.kind, turned.deed.detail) == (DeedKind.ASSESSED, str(NATIONAL))
    assert turned.deed.first == of_report(report), "the sentence names the item"
    assert seen(bench.vault, report) == UNDECIDED
    assert states(bench.vault, report) == [OperationState.SET_ASIDE]
    turn_deeds.redo(bench.vault, means)
    assert seen(bench.vault, report) == NATIONAL
    turn_deeds.undo(bench.vault, means)
    assert states(bench.vault, report) == [OperationState.SET_ASIDE] * 2
    assert bench.sync(metadata_only=True).operations_sent == 0


def test_the_newest_is_undone_first_and_redone_last_until_something_else_is_done(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    first, second, third = assessable(bench)[:3]
    for report in (first, second):
        act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers())
    turn_deeds.undo(bench.vault, means)
    turn_deeds.undo(bench.vault, means)
    assert [seen(bench.vault, each) for each in (first, second)] == [UNDECIDED, UNDECIDED]
    with pytest.raises(NothingToTurn):
        turn_deeds.undo(bench.vault, means)

    turn_deeds.redo(bench.vault, means)
    assert [seen(bench.vault, each) for each in (first, second)] == [NATIONAL, UNDECIDED]
    act.assess(bench.vault, third, None, NATIONAL, operation_id=numbers())
    with pytest.raises(NothingToTurn):
        turn_deeds.redo(bench.vault, means)


def test_nobody_undoes_what_a_colleague_did(bench: Bench, means: Means) -> None:
    bench.sync(metadata_only=True)
    about = of_report(assessable(bench)[0])
    flag(bench.vault, about, by=AnalystId("0" * 32))

    with pytest.raises(NothingToTurn):
        turn_deeds.undo(bench.vault, means)
    assert flagged(bench.vault, about)


def test_what_the_portal_settled_cannot_become_undecided_again_and_it_is_said(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    national, baseline = assessable(bench)[:2]
    act.assess(bench.vault, baseline, None, BASELINE, operation_id=numbers())
    act.assess(bench.vault, national, None, NATIONAL, operation_id=numbers())
    bench.sync(metadata_only=True)

    with pytest.raises(DeedStays) as told:
        turn_deeds.undo(bench.vault, means)
    assert "overruled" in str(told.value.facts["reason"])
    with bench.vault.reader() as reader:
        older = deeds.listing(reader, bench.vault.analyst.analyst_id, limit=9)[-1]
    with pytest.raises(DeedStays) as told:
        turn_deeds.undo(bench.vault, means, number=older.number)
    assert "Baseline assessment is final" in str(told.value.facts["reason"])


def test_what_overruled_a_national_one_is_corrected_by_the_former_codes(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    report = assessable(bench)[0]
    act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers(), age=2)
    bench.sync(metadata_only=True)
    act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers(), age=3)
    bench.sync(metadata_only=True)

    turn_deeds.undo(bench.vault, means)

    with bench.vault.reader() as reader:
        body = outbox.of_report(reader, report)[-1].operation.body
    assert isinstance(body, GiveAssessment)
    assert (body.classification, body.age) == (NATIONAL, 2)
    assert bench.sync(metadata_only=True).operations_settled == 1


def test_what_took_the_place_of_another_brings_the_other_back(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    report = assessable(bench)[0]
    first, _ = act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers())
    revised = act_again(bench, report, first.operation_id, numbers())
    assert seen(bench.vault, report) == NOT_ILLEGAL

    turn_deeds.undo(bench.vault, means)
    assert seen(bench.vault, report) == NATIONAL
    turn_deeds.redo(bench.vault, means)
    assert seen(bench.vault, report) == NOT_ILLEGAL
    assert revised != first.operation_id
    assert bench.sync(metadata_only=True).operations_sent == 1, "one of them goes, and no other"


def act_again(bench: Bench, report: ReportId, revised: str, number: UUID) -> str:
    with bench.vault.reader() as reader:
        body = outbox.find(reader, OperationId(revised)).operation.body
    assert isinstance(body, GiveAssessment)
    other = GiveAssessment(body.content_id, NOT_ILLEGAL)
    operation, _ = revise(bench.vault, OperationId(revised), other, operation_id=number)
    return operation.operation_id


def test_feedback_that_waits_is_taken_back_and_what_was_sent_is_not(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    report = assessable(bench)[0]
    act.give_feedback(bench.vault, report, "synthetic words", operation_id=numbers())
    bench.sync(metadata_only=True)
    act.give_feedback(bench.vault, report, "more of them", operation_id=numbers())

    turn_deeds.undo(bench.vault, means)
    assert states(bench.vault, report) == [OperationState.SETTLED, OperationState.SET_ASIDE]
    with pytest.raises(DeedStays):
        turn_deeds.undo(bench.vault, means)


def test_rows_are_as_they_were_and_what_somebody_changed_since_stays(
    bench: Bench, means: Means
) -> None:
    bench.sync(metadata_only=True)
    one, other = (of_report(each) for each in assessable(bench)[:2])
    flag(bench.vault, one, other)
    with bench.vault.transaction() as tx:
        flags.take(tx, [other])
        tx.record(an_entry("unflag"))

    turned, _ = turn_deeds.undo(bench.vault, means)

    assert turned.steps == 1
    assert [stays.about for stays in turned.stays] == [other]
    assert not flagged(bench.vault, one)
    turn_deeds.redo(bench.vault, means)
    assert flagged(bench.vault, one)
    assert not flagged(bench.vault, other)


def test_a_tag_that_went_with_its_last_thing_comes_back_with_it(bench: Bench, means: Means) -> None:
    bench.sync(metadata_only=True)
    about = of_report(assessable(bench)[0])
    mine = bench.vault.analyst.analyst_id
    for kind in (DeedKind.TAGGED, DeedKind.UNTAGGED):
        deed = OneDeed(mine, kind, "to ask")
        with (
            bench.vault.transaction() as tx,
            deed_rows.undoable(tx, deed, ["tag", "tagged"], [about]),
        ):
            (tags.put if kind is DeedKind.TAGGED else tags.take)(tx, "to ask", [about])
            tx.record(an_entry("tag"))

    def names() -> list[str]:
        with bench.vault.reader() as reader:
            return [each.name for each in tags.on(reader, about)]

    turn_deeds.undo(bench.vault, means)
    assert names() == ["to ask"]
    turn_deeds.undo(bench.vault, means)
    assert names() == []
    with bench.vault.reader() as reader:
        assert tags.count(reader) == 0, "a word that nothing has is gone"


def test_what_is_stopped_in_the_middle_goes_on_with_the_same_deed(
    bench: Bench, means: Means
) -> None:
    bench.sync(metadata_only=True)
    abouts = [of_report(each) for each in assessable(bench)[:5]]
    flag(bench.vault, *abouts)
    asked = itertools.count()
    stopped = Means(means.new_id, is_cancelled=lambda: next(asked) >= 1, piece=2)

    turned, _ = turn_deeds.undo(bench.vault, stopped)
    assert turned.steps == 2
    turned, _ = turn_deeds.undo(bench.vault, means)
    assert turned.steps == 3
    assert not any(flagged(bench.vault, about) for about in abouts)
    assert turned.deed.state is DeedState.DONE


def test_nothing_of_a_deed_is_left_when_what_it_was_about_is_erased(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    one, other = assessable(bench)[:2]
    flag(bench.vault, of_report(one), of_report(other))
    flag(bench.vault, of_report(one))
    act.assess(bench.vault, one, None, NATIONAL, operation_id=numbers())
    turn_deeds.undo(bench.vault, means)

    erase(bench.vault, one)

    with bench.vault.reader() as reader:
        left = reader.connection.execute("SELECT kind, reference FROM deed_step").fetchall()
    assert left == [("report", other)]


def test_content_of_another_report_is_not_taken_for_it(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    one = assessable(bench)[0]
    with bench.vault.reader() as reader:
        assert reports.codes_of(reader, one, ContentId(1 << 60)) is None


def said_by_berta(vault: Vault, report: ReportId, classification: int) -> None:
    """A colleague assessed the source item meanwhile."""
    with vault.reader() as reader:
        item = source_item(reports.dossier(reader, report).report)
    assert item is not None
    body = GiveAssessment(item.content_id, classification)
    number = OperationId(str(UUID(int=900)))
    operation = Operation(number, report, Actor("Berta Example"), vault.now(), body)
    with vault.transaction() as tx:
        outbox.queue(tx, operation)
        tx.record(an_entry("assess"))


def test_redoing_does_not_overrule_what_a_colleague_found_meanwhile(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    report = assessable(bench)[0]
    act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers())
    turn_deeds.undo(bench.vault, means)
    said_by_berta(bench.vault, report, NOT_ILLEGAL)

    with pytest.raises(DeedStays):
        turn_deeds.redo(bench.vault, means)
    assert seen(bench.vault, report) == NOT_ILLEGAL
    bench.sync(metadata_only=True)
    with pytest.raises(DeedStays):
        turn_deeds.redo(bench.vault, means)
    assert seen(bench.vault, report) == NOT_ILLEGAL


def test_undoing_what_was_sent_does_not_overrule_what_a_colleague_found_since(
    bench: Bench, numbers: Callable[[], UUID], means: Means
) -> None:
    bench.sync(metadata_only=True)
    report = assessable(bench)[0]
    for age in (2, 3):
        act.assess(bench.vault, report, None, NATIONAL, operation_id=numbers(), age=age)
        bench.sync(metadata_only=True)
    said_by_berta(bench.vault, report, BASELINE)

    with pytest.raises(DeedStays):
        turn_deeds.undo(bench.vault, means)
    assert seen(bench.vault, report) == BASELINE
