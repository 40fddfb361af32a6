"""What the gateway tells of beside reports: synthetic, the same each time, and once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from cport_desktop.demo.media_files import FileFacts
from cport_desktop.demo.records import first_records, pictured_files
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.portal_records import HashListEntry, IwolDecision
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats.batch_message import parse_change, print_change
from tests.report_builders import the_taxonomy

SCENARIO = Scenario(7, 30, datetime(2026, 11, 1, 12, tzinfo=UTC), pictures=48)


def facts() -> dict[int, FileFacts]:
    return {file: FileFacts(10, f"{file:064x}") for file in pictured_files(SCENARIO)}


@pytest.fixture
def records() -> tuple[RecordChange, ...]:
    return first_records(SCENARIO, facts(), the_taxonomy())


def test_what_is_told_is_what_the_protocol_says(records: tuple[RecordChange, ...]) -> None:
    assert [parse_change(print_change(record)) for record in records] == list(records)
    assert first_records(SCENARIO, facts(), the_taxonomy()) == records


def test_it_tells_of_every_kind_with_corrections_and_withdrawals_among_them(
    records: tuple[RecordChange, ...],
) -> None:
    kinds = Counter((record.subject, record.kind) for record in records)
    assert kinds[Subject.HASH_LIST, ChangeKind.NEW] == 3
    assert kinds[Subject.HASH_LIST_ENTRY, ChangeKind.CORRECTED] == 3
    assert kinds[Subject.HASH_LIST_ENTRY, ChangeKind.WITHDRAWN] == 3
    assert kinds[Subject.IWOL_DECISION, ChangeKind.CORRECTED] == 1
    assert kinds[Subject.TAXONOMY, ChangeKind.NEW] == 1


def test_domains_are_reserved_and_digests_are_those_of_generated_pictures(
    records: tuple[RecordChange, ...],
) -> None:
    domains = [r.value.domain for r in records if isinstance(r.value, IwolDecision)]
    assert domains
    assert all(domain.endswith((".example", ".test")) for domain in domains)
    pictured = {
        digest
        for record in records
        if isinstance(record.value, HashListEntry) and record.value.list_id == "synthetic-pictures"
        for _, digest in record.value.digests
    }
    assert pictured
    assert pictured <= {each.sha256 for each in facts().values()}


def test_the_newer_code_lists_have_one_code_more(records: tuple[RecordChange, ...]) -> None:
    (newer,) = [record.value for record in records if isinstance(record.value, Taxonomy)]
    known = the_taxonomy()
    assert newer.version != known.version
    assert len(newer["site_type"].codes) == len(known["site_type"].codes) + 1
    assert newer["classification"] == known["classification"]


def test_a_scenario_without_pictures_has_lists_without_entries_of_them() -> None:
    bare = Scenario(7, 3, SCENARIO.until, media_per_report=0)
    told = first_records(bare, {}, the_taxonomy())
    assert pictured_files(bare) == ()
    assert any(record.reference == "synthetic-pictures" for record in told)
