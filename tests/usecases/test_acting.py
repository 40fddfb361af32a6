"""What an analyst does: queued, seen at once, settled or rejected by the portal, never lost."""

from __future__ import annotations

from uuid import UUID

import pytest

from cport_desktop.domain import assessment
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.operation import OperationState
from cport_desktop.domain.query import Query
from cport_desktop.domain.report import source_item
from cport_desktop.domain.taxonomy import NATIONAL
from cport_desktop.errors import TextUnfit, UnknownReference, WorkflowRefused
from cport_desktop.usecases import act, overview
from cport_desktop.vault import reports
from tests.usecases.conftest import Bench, MakeBench


def find(bench: Bench, *, assessable: bool) -> tuple[ReportId, ContentId]:
    """A report whose source item may (or may not) be assessed here."""
    with bench.vault.reader() as reader:
        for report_id in reports.matching(reader, Query(), limit=1000):
            report = reports.dossier(reader, report_id).report
            item = source_item(report)
            if item is not None and (
                (assessment.refusal(item, jurisdiction="NL") is None) == assessable
            ):
                return report_id, item.content_id
    raise AssertionError("the scenario holds no such report")


def test_an_assessment_shows_at_once_and_is_marked_as_ours(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    report, content = find(bench, assessable=True)

    act.assess(bench.vault, report, content, NATIONAL, operation_id=UUID(int=7))

    with bench.vault.reader() as reader:
        dossier = reports.dossier(reader, report)
    assert dossier.row.is_overlaid
    assert [row.state for row in dossier.operations] == [OperationState.QUEUED]


def test_a_settled_assessment_comes_back_as_the_portals_own(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    report, content = find(bench, assessable=True)
    act.assess(bench.vault, report, content, NATIONAL, operation_id=UUID(int=7))

    result = bench.sync(metadata_only=True)

    assert result.operations_settled == 1
    with bench.vault.reader() as reader:
        dossier = reports.dossier(reader, report)
    item = next(i for i in dossier.report.contents if i.content_id == content)
    assert assessment.current_classification(item) == NATIONAL
    assert not dossier.row.is_overlaid


def test_a_colleagues_station_sees_it_too(make_bench: MakeBench) -> None:
    here, there = make_bench("here"), make_bench("there")
    here.sync(metadata_only=True)
    report, content = find(here, assessable=True)
    act.assess(here.vault, report, content, NATIONAL, operation_id=UUID(int=7))
    here.sync(metadata_only=True)

    there.sync(metadata_only=True)

    with there.vault.reader() as reader:
        seen = reports.dossier(reader, report).report
    item = next(i for i in seen.contents if i.content_id == content)
    assert assessment.current_classification(item) == NATIONAL


def test_a_rule_of_the_workflow_is_named(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    report, content = find(bench, assessable=False)
    with pytest.raises(WorkflowRefused) as caught:
        act.assess(bench.vault, report, content, NATIONAL, operation_id=UUID(int=7))
    assert caught.value.facts["rule"] in set(assessment.WorkflowRule)
    assert not overview.list_operations(bench.vault, limit=1, after=None).rows


def test_what_a_colleague_was_faster_with_needs_a_person_and_is_not_sent(
    make_bench: MakeBench,
) -> None:
    """Two analysts assess the same content; the rules let only the first one."""
    first, second = make_bench("first"), make_bench("second")
    for bench in (first, second):
        bench.sync(metadata_only=True)
    report, content = find(first, assessable=True)
    act.assess(first.vault, report, content, 1, operation_id=UUID(int=1))
    act.assess(second.vault, report, content, NATIONAL, operation_id=UUID(int=2))
    first.sync(metadata_only=True)

    result = second.sync(metadata_only=True)

    assert (result.operations_sent, result.operations_rejected) == (0, 0)
    (row,) = overview.list_operations(second.vault, limit=5, after=None).rows
    assert (row.state, row.reason) == (OperationState.NEEDS_YOU, "baseline_is_final")


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_feedback_that_cannot_be_sent_whole_is_not_queued(bench: Bench, text: str) -> None:
    bench.sync(metadata_only=True)
    report, _ = find(bench, assessable=True)
    with pytest.raises(TextUnfit):
        act.give_feedback(bench.vault, report, text, operation_id=UUID(int=7))
    assert not overview.list_operations(bench.vault, limit=1, after=None).rows


def test_feedback_on_a_report_that_is_not_here(bench: Bench) -> None:
    with pytest.raises(UnknownReference):
        act.give_feedback(bench.vault, ReportId(1), "hello", operation_id=UUID(int=7))
