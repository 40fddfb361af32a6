"""The synthetic year: repeatable, lifelike in its proportions, and synthetic to the last byte."""

from __future__ import annotations

import ipaddress
import subprocess
import sys
import tracemalloc
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cport_desktop.demo.documents import document
from cport_desktop.demo.media_files import FileFacts
from cport_desktop.demo.names import hotlines
from cport_desktop.demo.scenario import YEAR, Scenario
from cport_desktop.demo.stream import Event
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.report import ContentItem, Report
from cport_desktop.domain.taxonomy import BASELINE, UNDECIDED, Taxonomy
from cport_desktop.formats import taxonomies
from cport_desktop.formats.portal_messages import parse_report, print_report
from tests.demo.conftest import UNTIL
from tests.demo.stations import notices_of

MANY = 4000


class AnyFile(Mapping[int, FileFacts]):
    """Facts of files that nobody made: what this test is about does not depend on them."""

    def __getitem__(self, number: int) -> FileFacts:
        return FileFacts(1000 + number, f"{number:064x}")

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


FILES = AnyFile()


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario(11, MANY, UNTIL)


@pytest.fixture(scope="module")
def final(scenario: Scenario) -> list[Report]:
    """Every report as it stands at the end of the year."""
    return [scenario.report(scenario.last_step(number), FILES) for number in range(MANY)]


@pytest.fixture(scope="module")
def items(final: list[Report]) -> list[ContentItem]:
    return [item for report in final for item in report.contents]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return taxonomies.load(Path("resources/taxonomies/iccam-v3.json").absolute())


def test_another_process_meets_the_same_year(scenario: Scenario) -> None:
    code = (
        "import hashlib, datetime, itertools\n"
        "from cport_desktop.demo.scenario import Scenario\n"
        "from tests.demo.test_scenario import FILES, MANY\n"
        "from cport_desktop.formats.portal_messages import print_report\n"
        "s = Scenario(11, MANY, datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC))\n"
        "steps = list(itertools.islice(s.stream.steps(2000), 100))\n"
        "text = b''.join(print_report(s.report(step, FILES)) for step in steps)\n"
        "print(hashlib.sha256(text).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != b""


def test_another_seed_makes_another_year(scenario: Scenario) -> None:
    other = replace(scenario, seed=12)
    pairs = [
        (scenario.report(step, FILES), other.report(step, FILES))
        for step in islice(scenario.stream.steps(0), 20)
    ]
    assert all(ours != theirs for ours, theirs in pairs)


def test_moments_go_forward_through_one_year_and_end_just_before_until(scenario: Scenario) -> None:
    moments = [scenario.moment(step.position) for step in scenario.stream.steps(0)]
    assert moments == sorted(moments)
    assert UNTIL - YEAR <= moments[0] < UNTIL - YEAR + timedelta(hours=12)
    assert UNTIL - timedelta(hours=12) < moments[-1] <= UNTIL


def test_a_report_has_come_in_before_it_appears_and_82_in_100_within_three_days(
    scenario: Scenario,
) -> None:
    first = [scenario.report(scenario.stream.history(number)[0], FILES) for number in range(MANY)]
    delays = [report.updated_at - report.received_at for report in first]
    assert min(delays) > timedelta(0)
    assert 0.79 < sum(delay <= timedelta(days=3) for delay in delays) / MANY < 0.85


def test_each_later_change_raises_the_revision_by_one_and_really_changes_something(
    scenario: Scenario,
) -> None:
    changed = 0
    for number in range(1000):
        history = scenario.stream.history(number)
        forms = [scenario.report(step, FILES) for step in history]
        assert [form.revision for form in forms] == list(range(1, len(history) + 1))
        for step, before, after in zip(history[1:], forms, forms[1:], strict=False):
            assert after.updated_at > before.updated_at
            stamped = replace(before, revision=after.revision, updated_at=after.updated_at)
            assert (stamped == after) == scenario.is_withdrawal(step)
            changed += 1
    assert changed > 100


def test_withdrawals_and_corrections_give_their_reason_and_end_or_go_on(scenario: Scenario) -> None:
    steps = list(scenario.stream.steps(0))
    withdrawn = [step for step in steps if scenario.is_withdrawal(step)]
    assert len(withdrawn) > 20
    for step in withdrawn:
        assert scenario.reason(step)
        assert scenario.last_step(step.number) == step
    corrections = [step for step in steps if step.event is Event.CORRECTION]
    assert all(scenario.reason(step) for step in corrections)
    assert all(scenario.reason(step) is None for step in steps if step.event is Event.NEW)


def test_every_report_survives_the_wire(final: list[Report]) -> None:
    for report in final[:800]:
        assert parse_report(document(report)) == report


def test_site_types_follow_the_published_shares(final: list[Report]) -> None:
    counted = Counter(report.site_type for report in final)
    shares = {code: counted[code] / MANY for code in (2, 20, 6)}
    assert shares[2] == pytest.approx(0.4265, abs=0.03)
    assert shares[20] == pytest.approx(0.3936, abs=0.03)
    assert shares[6] == pytest.approx(0.0879, abs=0.02)


def test_every_member_of_every_code_list_occurs(
    scenario: Scenario, items: list[ContentItem], final: list[Report], taxonomy: Taxonomy
) -> None:
    assessments = [each for item in items for each in item.assessments]
    actions = [each for item in items for each in item.actions]
    seen: dict[str, set[int | None]] = {
        "classification": {each.classification for each in assessments},
        "age": {each.age for each in assessments},
        "gender": {each.gender for each in assessments},
        "site_type": {report.site_type for report in final},
        "commerciality": {report.commerciality for report in final},
        "payment_method": {code for report in final for code in report.payment_methods},
        "action": {each.type for each in actions},
        "action_reason": {each.reason for each in actions},
        "content_type": {item.content_type for item in items},
    }
    for name, codes in seen.items():
        members = {code.number for code in taxonomy[name].codes}
        assert members <= codes, name
    assert seen["site_type"] - {code.number for code in taxonomy["site_type"].codes} == {21, None}
    for flag in ("is_virtual", "is_user_generated", "is_modeling"):
        assert {getattr(each, flag) for each in assessments} == {True, False}


def test_reasons_come_with_the_actions_that_call_for_one_and_no_others(
    items: list[ContentItem],
) -> None:
    for item in items:
        for action in item.actions:
            assert (action.reason is not None) == (action.type > 3)


def test_much_is_undecided_and_much_is_baseline(items: list[ContentItem]) -> None:
    counted = Counter(current_classification(item) for item in items)
    assert 0.15 < counted[UNDECIDED] / len(items) < 0.33
    assert 0.25 < counted[BASELINE] / len(items) < 0.45


def test_a_report_has_one_source_and_one_to_six_content_items(final: list[Report]) -> None:
    for report in final:
        assert [item.is_source for item in report.contents].count(True) == 1
    assert {len(report.contents) for report in final} == {1, 2, 3, 4, 5, 6}


def test_most_content_is_the_jurisdictions_and_some_is_not(items: list[ContentItem]) -> None:
    counted = Counter(item.assigned_country for item in items)
    assert 0.7 < counted["NL"] / len(items) < 0.9
    assert len(counted) > 8
    assert any(item.assigned_country != item.hosting.country for item in items)


def test_hotlines_are_of_several_countries_and_all_are_at_work(final: list[Report]) -> None:
    listed = hotlines()
    assert len({hotline.country for hotline in listed}) == len(listed) == 12
    assert {report.hotline for report in final} == {hotline.hotline_id for hotline in listed}


def test_every_host_and_address_is_reserved_for_examples(items: list[ContentItem]) -> None:
    ranges = [
        ipaddress.ip_network(text)
        for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
    ]
    versions = set()
    for item in items:
        host = urlsplit(item.url).hostname
        assert host is not None
        assert host.rsplit(".", 1)[1] in {"example", "test", "invalid"}
        number = item.hosting.autonomous_system
        assert number is None or 64496 <= number <= 64511
        assert item.hosting.provider is None or item.hosting.provider.startswith("Test Net ")
        if item.hosting.ip_address is not None:
            address = ipaddress.ip_address(item.hosting.ip_address)
            assert any(address in each for each in ranges)
            versions.add(address.version)
    assert versions == {4, 6}


def test_hosts_in_other_scripts_and_in_punycode_occur(items: list[ContentItem]) -> None:
    hosts = [str(urlsplit(item.url).hostname) for item in items]
    assert any(".xn--" in f".{host}" for host in hosts)
    directions = {unicodedata.bidirectional(sign) for host in hosts for sign in host}
    assert {"R", "AL"} <= directions
    for host in hosts:
        for label in host.split("."):
            if label.startswith("xn--"):
                assert label[4:].encode().decode("punycode").lower()


def test_domains_and_addresses_return_from_report_to_report(final: list[Report]) -> None:
    domains = Counter(urlsplit(report.contents[0].url).hostname for report in final)
    returning = sum(count for count in domains.values() if count > 1)
    assert returning > MANY * 0.3


def test_texts_are_long_and_curious_now_and_then(final: list[Report]) -> None:
    memos = [report.memo for report in final if report.memo]
    assert all("synthetic" in memo for memo in memos)
    assert max(len(memo) for memo in memos) > 3000
    assert any("<b>" in memo for memo in memos)
    assert {memo[0] for memo in memos} >= {"=", "+", "@", "s"}
    assert any("\u202e" in memo for memo in memos)
    assert any(report.memo is None for report in final)
    names = [str(notice.file_name) for report in final for notice in notices_of(report)]
    assert any(name.startswith("../") for name in names)
    assert max(len(item.url) for report in final for item in report.contents) > 1500


def test_numbers_are_never_given_twice(final: list[Report]) -> None:
    for ids in (
        [report.report_id for report in final],
        [item.content_id for report in final for item in report.contents],
        [notice.media_id for report in final for notice in notices_of(report)],
    ):
        assert len(set(ids)) == len(ids)
    assert final[17].report_id == 880017


def test_a_media_number_leads_back_to_the_file_that_was_announced(
    scenario: Scenario, final: list[Report]
) -> None:
    for number in range(300):
        files = set()
        for notice in notices_of(final[number]):
            file = scenario.file_of_media(notice.media_id)
            assert file is not None
            assert notice.sha256 == FILES[file].sha256
            files.add(file)
        assert files == set(scenario.files_of(number))
    notices = notices_of(final[0])
    beyond = type(notices[0].media_id)(notices[0].media_id + 15)
    assert scenario.file_of_media(beyond) is None
    assert scenario.file_of_media(type(beyond)(1)) is None


def test_media_beyond_the_pictures_repeat_their_bytes(final: list[Report]) -> None:
    few = Scenario(11, MANY, UNTIL, pictures=50)
    used = {file for number in range(MANY) for file in few.files_of(number)}
    assert used == set(range(50))
    assert {file for number in range(5) for file in few.files_of(number)} <= set(range(15))


def test_a_stated_number_of_media_is_kept_to() -> None:
    five = Scenario(11, 40, UNTIL, media_per_report=5)
    for number in range(40):
        assert len(notices_of(five.report(five.last_step(number), FILES))) == 5


def test_a_million_reports_take_no_more_memory_than_five_hundred() -> None:
    def peak(reports: int) -> int:
        scenario = Scenario(11, reports, UNTIL)
        tracemalloc.start()
        try:
            for step in islice(scenario.stream.steps(scenario.stream.end - 250), 200):
                print_report(scenario.report(step, FILES))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(500)  # what is imported and cached once counts for neither
    assert peak(1_000_000) < 1.5 * peak(500)
