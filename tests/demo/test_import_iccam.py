"""The gateway is fed from files in the ICCAM dialect, and stations get them as ordinary changes."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.decisions import UNKNOWN_REPORT, WITHDRAWN
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.iccam_import import IccamFile, Imported
from cport_desktop.demo.iccam_reserved import unreserved
from cport_desktop.demo.ledger import FED_AT_ONCE
from cport_desktop.domain.batch import Position, ReportChange, Withdrawal
from cport_desktop.domain.ids import HotlineId, ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import Report, ReportStatus
from cport_desktop.domain.synthetic import is_reserved_url
from cport_desktop.formats.iccam.files import parse_document
from cport_desktop.words import iccam as words
from tests.demo.conftest import UNTIL, OpenGateway
from tests.demo.stations import Station, assessment_of, enrol, feedback_on
from tests.formats.test_iccam import CONTENT, REPORT, SUBMITTED

NEEDED = {"reportingHotlineId": 12, "hotlineReceivedDate": "2026-02-28T08:30:00Z"}


def a_file(name: str, *documents: dict[str, Any]) -> IccamFile:
    return IccamFile(name, msgspec.json.encode(documents))


def feed(gateway: Gateway, *files: IccamFile) -> Imported:
    return gateway.import_reports(files, hotline=HotlineId(3))


def take_one(gateway: Gateway, **members: object) -> Imported:
    return feed(gateway, a_file("one", REPORT | members, CONTENT))


def fed_to(station: Station, position: Position) -> list[ReportChange]:
    return [
        change
        for batch in station.pages(position)
        for change in batch.changes
        if isinstance(change, ReportChange)
    ]


def now(gateway: Gateway, report: int) -> Report:
    """The newest that a station hears of a report."""
    heard = [
        c.report for b in enrol(gateway).pages() for c in b.changes if isinstance(c, ReportChange)
    ]
    return max((r for r in heard if r.report_id == report), key=lambda r: r.revision)


def test_a_report_and_its_items_reach_every_station_as_a_new_report(
    gateway: Gateway, station: Station
) -> None:
    position = station.pages()[-1].position
    taken = take_one(gateway, unheardOf={"weight": 2.5})
    assert (taken.imported, taken.corrected, taken.refused) == ((7,), (), ())
    (change,) = fed_to(station, position)
    assert change.status is ReportStatus.NEW
    assert (change.report.report_id, change.report.revision) == (7, 1)
    assert b'"unheardOf":{"weight":2.5}' in change.document
    assert change.report.contents[0].assessments[-1].classification == 1
    assert now(gateway, 7) == change.report


def test_the_same_file_again_changes_nothing(gateway: Gateway, station: Station) -> None:
    take_one(gateway)
    position = station.pages()[-1].position
    again = take_one(gateway)
    assert (again.imported, again.corrected, again.unchanged) == ((), (), (7,))
    assert fed_to(station, position) == []


def test_a_changed_file_makes_a_correction_one_revision_on(
    gateway: Gateway, station: Station
) -> None:
    take_one(gateway)
    position = station.pages()[-1].position
    assert take_one(gateway, memo="synthetic report, put right").corrected == (7,)
    (change,) = fed_to(station, position)
    assert (change.status, change.report.revision) == (ReportStatus.CORRECTED, 2)
    assert change.report.memo == "synthetic report, put right"
    assert len(change.report.contents) == 1


def test_a_report_and_its_items_may_come_in_several_files_in_any_order(gateway: Gateway) -> None:
    taken = feed(gateway, a_file("items", CONTENT), a_file("report", REPORT))
    assert (taken.imported, taken.refused) == ((7,), ())
    assert len(now(gateway, 7).contents[0].assessments) == 2


def test_an_item_may_come_later_than_its_report(gateway: Gateway) -> None:
    feed(gateway, a_file("report", REPORT))
    assert now(gateway, 7).contents[0].assessments == ()
    assert feed(gateway, a_file("items", CONTENT)).corrected == (7,)
    assert len(now(gateway, 7).contents[0].assessments) == 2


def test_a_submitted_report_gets_a_number_and_keeps_it(gateway: Gateway) -> None:
    (number,) = feed(gateway, a_file("one", SUBMITTED)).imported
    other = SUBMITTED | {"hotlineReference": "SYN-2"}
    (second,) = feed(gateway, a_file("two", other)).imported
    assert number != second
    changed = SUBMITTED | {"memo": "synthetic, put right"}
    assert feed(gateway, a_file("one", changed)).corrected == (number,)
    report = now(gateway, number)
    assert (report.hotline, report.hotline_reference, report.revision) == (3, "SYN-1", 2)
    assert report.contents[0].actions[0].reason == 14


def test_numbers_of_the_portals_own_are_refused_by_name(gateway: Gateway) -> None:
    taken = feed(
        gateway,
        a_file("report", REPORT | {"reportId": 880_003}),
        a_file("item", CONTENT | {"contentId": 5_000_001}),
        a_file("listed", REPORT | {"reportContents": [{"contentId": 5_000_001}]}),
        a_file("submitted", REPORT | {"reportId": 900_000_000}),
    )
    causes = {refusal.file: refusal.cause for refusal in taken.refused}
    assert causes == {
        "report": words.own_number("HL-880003"),
        "item": words.own_number("5000001"),
        "listed": words.own_number("5000001"),
        "submitted": words.own_number("HL-900000000"),
    }
    assert taken.imported == ()


@pytest.mark.parametrize(
    ("where", "document"),
    [
        ("$[0].referrerUrl", REPORT | {"referrerUrl": "https://www.not-reserved.org/"}),
        ("$[0].memo", REPORT | {"memo": "see https://www.not-reserved.org/ there"}),
        ("$[0].unheardOf[0]", REPORT | {"unheardOf": ["ftp://not-reserved.org"]}),
        ("$[0].url.urlString", CONTENT | {"url": {"urlString": "https://8.8.8.8/"}}),
        ("$[0].url.urlString", CONTENT | {"url": {"urlString": "example"}}),
        ("$[0].url.urlString", CONTENT | {"url": {"urlString": ""}}),
        ("$[0].urls[0].hostingIpAddress", SUBMITTED | {"urls": [
            {"urlString": "https://a.example/", "hostingIpAddress": "10.0.0.1"}]}),
        ("$[0].urls[0].hostingOrganization.autonomousSystemNumber", SUBMITTED | {"urls": [
            {"urlString": "https://a.example/", "hostingOrganization": {
                "autonomousSystemNumber": 1}}]}),
    ],
)  # fmt: skip
def test_a_demo_portal_takes_reserved_names_and_addresses_only(
    gateway: Gateway, where: str, document: dict[str, Any]
) -> None:
    (refusal,) = feed(gateway, a_file("one", document)).refused
    assert (refusal.where, refusal.cause) == (where, words.NOT_RESERVED)


def test_a_live_portal_takes_other_names(open_gateway_at: OpenGateway, tmp_path: Path) -> None:
    live = open_gateway_at(tmp_path / "live", nature=Nature.LIVE)
    assert take_one(live, referrerUrl="https://www.not-reserved.org/").imported == (7,)


def test_a_refused_file_leaves_nothing_and_the_others_are_taken(gateway: Gateway) -> None:
    good = REPORT | {"reportId": 8, "reportContents": []}
    half = a_file("half", REPORT, {"reportId": "not a number"})
    taken = feed(gateway, half, a_file("good", good), a_file("no JSON", {}))
    assert taken.imported == (8,)
    assert [(r.file, r.where) for r in taken.refused] == [
        ("half", "$[1].reportId"),
        ("no JSON", "$[0]"),
    ]
    assert now(gateway, 8).report_id == 8
    with pytest.raises(ValueError, match="empty"):
        now(gateway, 7)


def test_items_of_a_refused_report_go_with_it(gateway: Gateway) -> None:
    nobody = REPORT | {"hotlineReceivedDate": None}
    taken = feed(gateway, a_file("report", nobody), a_file("items", CONTENT))
    assert {r.file for r in taken.refused} == {"report", "items"}
    assert taken.imported == ()


def test_an_item_without_its_report_is_refused(gateway: Gateway) -> None:
    (refusal,) = feed(gateway, a_file("items", CONTENT)).refused
    assert refusal.cause == words.REPORT_UNKNOWN


def test_an_item_belongs_to_one_report(gateway: Gateway) -> None:
    take_one(gateway)
    other = REPORT | {"reportId": 9, "reportContents": []}
    (refusal,) = feed(gateway, a_file("other", other, CONTENT | {"reportId": 9})).refused
    assert refusal.cause == words.OF_ANOTHER_REPORT


def test_two_files_that_contradict_each_other_are_not_both_taken(gateway: Gateway) -> None:
    taken = feed(gateway, a_file("one", REPORT), a_file("two", REPORT | {"memo": "another"}))
    assert (taken.imported, [r.cause for r in taken.refused]) == ((7,), [words.SAID_TWICE])


def test_operations_on_imported_reports_are_decided_as_on_any(
    gateway: Gateway, station: Station
) -> None:
    open_item = CONTENT | {"assessments": None, "actions": None}
    feed(gateway, a_file("one", REPORT, open_item))
    report = now(gateway, 7)
    content = report.contents[0].content_id
    receipts = station.send(
        assessment_of(report, content, 1), feedback_on(report, 2), assessment_of(report, content, 3, classification=1)
    )  # fmt: skip
    assert [receipt.is_settled for receipt in receipts] == [True, True, True]
    assessed = now(gateway, 7)
    assert [a.classification for a in assessed.contents[0].assessments] == [2, 1]
    assert assessed.revision == 3
    (refused,) = station.send(assessment_of(report, content, 4))
    assert not refused.is_settled


def test_an_assessment_by_a_station_outlives_a_correction(
    gateway: Gateway, station: Station
) -> None:
    open_item = CONTENT | {"assessments": [{"classification": 2}], "actions": []}
    feed(gateway, a_file("one", REPORT, open_item))
    report = now(gateway, 7)
    (receipt,) = station.send(
        assessment_of(report, report.contents[0].content_id, 1, classification=1)
    )
    assert receipt.is_settled
    corrected = feed(gateway, a_file("one", REPORT | {"memo": "put right"}, open_item))
    assert corrected.corrected == (7,)
    again = now(gateway, 7)
    assert (again.memo, again.revision) == ("put right", 3)
    assert [a.classification for a in again.contents[0].assessments] == [2, 1]


def test_a_withdrawn_report_stays_so(gateway: Gateway, station: Station) -> None:
    take_one(gateway)
    report = now(gateway, 7)
    gateway.feed([Withdrawal(ReportId(7), UNTIL, "synthetic reason")])
    (receipt,) = station.send(feedback_on(report, 1))
    assert (receipt.is_settled, receipt.reason) == (False, WITHDRAWN)
    (refusal,) = take_one(gateway, memo="put right").refused
    assert refusal.cause == words.WITHDRAWN
    assert take_one(gateway).unchanged == (7,)


def test_a_fed_withdrawal_of_a_scenario_report_counts_for_operations(
    gateway: Gateway, station: Station
) -> None:
    report = next(
        change.report
        for change in reversed(station.pages()[0].changes)
        if isinstance(change, ReportChange)
    )
    gateway.feed([Withdrawal(report.report_id, UNTIL, None)])
    (receipt,) = station.send(feedback_on(report, 1))
    assert (receipt.is_settled, receipt.reason) == (False, WITHDRAWN)


def test_a_report_that_nobody_imported_is_unknown(gateway: Gateway, station: Station) -> None:
    take_one(gateway)
    other = replace(now(gateway, 7), report_id=ReportId(70))
    (receipt,) = station.send(feedback_on(other, 1))
    assert receipt.reason == UNKNOWN_REPORT


def test_what_was_imported_is_there_after_a_restart(
    open_gateway_at: OpenGateway, tmp_path: Path, gateway: Gateway
) -> None:
    take_one(gateway)
    gateway.close()
    again = open_gateway_at(tmp_path / "gateway")
    assert take_one(again).unchanged == (7,)
    assert now(again, 7).revision == 1


def test_a_page_of_fed_reports_has_a_bounded_weight(gateway: Gateway, station: Station) -> None:
    position = station.pages()[-1].position
    heavy = [{"reportId": 10 + at, "memo": "x" * 60_000, **NEEDED} for at in range(100)]
    assert len(feed(gateway, a_file("heavy", *heavy)).imported) == 100
    batches = station.pages(position)
    assert sum(len(batch.changes) for batch in batches) == 100
    for batch in batches:
        weights = [len(c.document) for c in batch.changes if isinstance(c, ReportChange)]
        assert sum(weights) <= FED_AT_ONCE


def looked_through(memo: str) -> Counter[str]:
    """What is called while a report with this text is looked through for links, and how many letters of
    links are judged.
    """
    document = parse_document(msgspec.json.encode(REPORT | {"memo": memo}))
    found: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        found["calls"] += event in ("call", "c_call")
        if event == "call" and frame.f_code is is_reserved_url.__code__:
            found["letters"] += len(frame.f_locals["url"])

    sys.setprofile(note)
    try:
        assert unreserved(document) is None
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize("piece", ["x", "a.b-c+", ": / "])
def test_a_text_without_links_is_looked_through_in_one_pass_however_long_it_is(piece: str) -> None:
    assert looked_through(piece * 10_000) == looked_through(piece)


def test_each_letter_of_the_links_in_a_text_is_judged_once() -> None:
    link = "http://files.example/ "
    none, few, many = (looked_through(f"{link * count}.") for count in (0, 10, 1_000))
    assert many["letters"] - none["letters"] == 100 * (few["letters"] - none["letters"])
    assert many["letters"] - none["letters"] <= 1_000 * len(link)
    assert many["calls"] - none["calls"] <= 100 * (few["calls"] - none["calls"])


def test_an_updated_moment_is_the_portals(gateway: Gateway, clock: SteppingClock) -> None:
    take_one(gateway)
    assert now(gateway, 7).updated_at == clock.now().replace(microsecond=0)


def test_a_gateway_that_is_being_served_tells_what_was_imported_beside_it(
    open_gateway_at: OpenGateway, tmp_path: Path, gateway: Gateway, station: Station
) -> None:
    position = station.pages()[-1].position
    beside = open_gateway_at(tmp_path / "gateway")
    assert take_one(beside).imported == (7,)
    assert [change.report.report_id for change in fed_to(station, position)] == [7]
