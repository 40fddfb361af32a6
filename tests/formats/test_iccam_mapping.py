"""ICCAM documents become the portal's report document, and come back as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec import UNSET, structs

from cport_desktop.domain.ids import ContentId, HotlineId, ReportId
from cport_desktop.domain.report import Report
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.iccam.files import parse_document, print_document
from cport_desktop.formats.iccam.mapping import (
    Numbers,
    Standing,
    given_of,
    report_document,
    submission_of,
    submitted_document,
)
from cport_desktop.formats.iccam.shapes import GivenContent, GivenReport, SubmittedReport
from cport_desktop.formats.portal_messages import parse_report, print_report
from tests.formats.iccam_strategies import (
    given_contents,
    given_reports,
    moments,
    submitted_reports,
)
from tests.formats.strategies import ids, reports
from tests.formats.test_iccam import CONTENT, REPORT, SUBMITTED, encoded

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
STANDING = Standing(revision=4, updated=NOON)


def as_tree(document: object) -> Any:
    return json.loads(print_document(document))  # type: ignore[arg-type]


@st.composite
def whole_reports(draw: DrawFn) -> tuple[GivenReport, list[GivenContent]]:
    """A report that says what the portal cannot do without, and its content items."""
    report = structs.replace(
        draw(given_reports), reporting_hotline_id=draw(ids), hotline_received_date=draw(moments)
    )
    contents = [
        structs.replace(each, report_id=report.report_id)
        for each in draw(st.lists(given_contents, max_size=2, unique_by=lambda c: c.content_id))
    ]
    return report, contents


@given(whole_reports())
def test_a_report_and_its_items_come_back_as_they_were(
    whole: tuple[GivenReport, list[GivenContent]],
) -> None:
    report, contents = whole
    document = report_document(report, contents, STANDING)
    parsed = parse_report(document)
    assert (parsed.report_id, parsed.revision, parsed.updated_at) == (report.report_id, 4, NOON)
    again, items = given_of(document)
    assert as_tree(again) == as_tree(report)
    assert [as_tree(item) for item in items] == [as_tree(item) for item in contents]


@given(submitted_reports, moments)
def test_a_submission_comes_back_as_it_was(report: SubmittedReport, received: str) -> None:
    report = structs.replace(report, hotline_received_date=received)
    numbers = Numbers(
        ReportId(70), HotlineId(12), tuple(ContentId(700 + at) for at in range(len(report.urls)))
    )
    document = submitted_document(report, numbers, STANDING)
    assert len(parse_report(document).contents) == len(report.urls)
    assert as_tree(submission_of(document)) == as_tree(report)


@given(reports)
def test_every_report_of_the_portal_can_be_given_out(report: Report) -> None:
    said, contents = given_of(print_report(report))
    again = parse_report(report_document(said, contents, STANDING))
    without_media = tuple(replace(item, media=()) for item in report.contents)
    assert again == replace(report, revision=4, updated_at=NOON, contents=without_media)


def a_report() -> GivenReport:
    read = parse_document(encoded(REPORT))
    assert isinstance(read, GivenReport)
    return read


def a_content(**members: object) -> GivenContent:
    read = parse_document(encoded(CONTENT | members))
    assert isinstance(read, GivenContent)
    return read


def test_each_member_goes_where_the_table_says() -> None:
    report = parse_report(report_document(a_report(), [a_content()], STANDING))
    assert (report.hotline, report.analyst, report.memo) == (12, "A. Example", "synthetic report 7")
    assert (report.site_type, report.commerciality, report.payment_methods) == (19, 3, (1, 99))
    (item,) = report.contents
    assert (item.url, item.is_source, item.assigned_country) == (
        "https://pictures.example/7",
        True,
        "NL",
    )
    assert item.assessments[-1].classification == 1
    assert (item.actions[0].type, item.actions[0].analyst) == (1, "B. Example")


def test_the_two_categories_that_a_known_client_swaps_are_not_swapped_here() -> None:
    submitted = parse_document(encoded(SUBMITTED))
    assert isinstance(submitted, SubmittedReport)
    numbers = Numbers(ReportId(70), HotlineId(12), (ContentId(700),))
    report = parse_report(submitted_document(submitted, numbers, STANDING))
    (assessment,) = report.contents[0].assessments
    assert (assessment.is_user_generated, assessment.is_modeling) == (True, False)


def test_reasons_are_sent_only_with_actions_that_have_them() -> None:
    actions = [
        {"actionType": kind, "reasonId": 14, "reasonText": "synthetic"} for kind in (1, 3, 4, 6)
    ]
    document = report_document(a_report(), [a_content(actions=actions)], STANDING)
    said = as_tree(submission_of(_with_reference(document)))["urls"][0]["actions"]
    assert ["reasonId" in action for action in said] == [False, False, True, True]
    assert ["reasonText" in action for action in said] == [False, False, True, True]


def test_of_several_assessments_the_last_is_submitted() -> None:
    document = _with_reference(report_document(a_report(), [a_content()], STANDING))
    assert as_tree(submission_of(document))["urls"][0]["assessment"]["classification"] == 1


def test_an_item_that_is_only_listed_has_its_url_and_one_without_url_is_kept_unseen() -> None:
    listed = [{"contentId": 1, "urlString": "https://a.example/"}, {"contentId": 2}]
    report = parse_document(encoded(REPORT | {"reportContents": listed}))
    assert isinstance(report, GivenReport)
    document = report_document(report, [], STANDING)
    assert [item.url for item in parse_report(document).contents] == ["https://a.example/"]
    again, contents = given_of(document)
    assert as_tree(again)["reportContents"] == listed
    assert contents == ()


def test_finer_dates_are_cut_for_the_portal_and_kept() -> None:
    fine = "2026-02-28T08:30:00.1234567Z"
    report = structs.replace(a_report(), hotline_received_date=fine)
    document = report_document(report, [], STANDING)
    assert parse_report(document).received_at.microsecond == 123456
    assert given_of(document)[0].hotline_received_date == fine


@pytest.mark.parametrize("member", ["reporting_hotline_id", "hotline_received_date"])
@pytest.mark.parametrize("missing", [None, UNSET])
def test_what_the_portal_cannot_do_without_is_named(member: str, missing: object) -> None:
    report = structs.replace(a_report(), **{member: missing})
    with pytest.raises(MalformedMessage) as caught:
        report_document(report, [], STANDING)
    assert "missing" in str(caught.value.facts["cause"])


def test_whoever_feeds_a_report_may_say_whose_it_is() -> None:
    report = structs.replace(a_report(), reporting_hotline_id=UNSET)
    document = report_document(report, [], STANDING, hotline=HotlineId(3))
    assert parse_report(document).hotline == 3


def _with_reference(document: bytes) -> bytes:
    return encoded(json.loads(document) | {"hotlineReference": "SYN-7"})
