"""Queries about hash lists: over media and over reports, looked up and not walked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain import query_language
from cport_desktop.domain.known import Algorithm, Found
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.errors import QueryError
from cport_desktop.usecases.match_known import match_due
from cport_desktop.vault import hits, media_items, replica, reports
from cport_desktop.vault.media_conditions import media_tests
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault, an_entry
from tests.known_builders import a_list, a_list_entry, taken_back, tell, told
from tests.report_builders import a_batch, a_notice, a_report, an_item, new, the_taxonomy

SHAPES = (b"circle", b"square", b"star", b"moon")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Four reports with a shape each: the first on a positive list, the second on both, the third on a
    negative one, the fourth on none.
    """
    with a_vault(tmp_path / "vault") as vault:
        told_reports = [
            replace(
                a_report(number),
                contents=(an_item(number * 10, media=(a_notice(number, content),)),),
            )
            for number, content in enumerate(SHAPES, 1)
        ]
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*map(new, told_reports)))
        tell(
            vault,
            told(a_list("shapes")),
            told(a_list("harmless", is_negative=True)),
            told(a_list_entry("1", "shapes", sha256=sha256(b"circle"))),
            told(a_list_entry("2", "shapes", sha256=sha256(b"square"))),
            told(a_list_entry("1", "harmless", sha256=sha256(b"square"))),
            told(a_list_entry("2", "harmless", sha256=sha256(b"star"))),
        )
        match_due(vault)
        yield vault


def asked(text: str) -> Query:
    return query_language.parse(text, taxonomy=the_taxonomy(), now=NOON)


def media(vault: Vault, text: str) -> set[int]:
    with vault.reader() as reader:
        return {item.media_id for item in media_items.page(reader, asked(text), limit=10).rows}


def reported(vault: Vault, text: str) -> set[int]:
    with vault.reader() as reader:
        page = reports.page(reader, asked(text), Order(ReportSort.RECEIVED, True), limit=10)
        return {row.report_id for row in page.rows}


QUERIES: tuple[tuple[str, set[int]], ...] = (
    ("is:known", {1, 2}),
    ("-is:known", {3, 4}),
    ("is:harmless", {3}),
    ("-is:harmless", {1, 2, 4}),
    ("list:shapes", {1, 2}),
    ("list:harmless", {2, 3}),
    ('list:"Synthetic HARMLESS"', {2, 3}),
    ("list:shapes,harmless", {1, 2, 3}),
    ("list:nowhere", set()),
    ("distance:0", {1, 2, 3}),
    ("distance:>0", set()),
    ("is:known is:harmless", set()),
    ("is:known ref:1", {1}),
)


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_media_and_reports_are_found_by_what_lists_know(
    vault: Vault, text: str, expected: set[int]
) -> None:
    assert media(vault, text) == expected
    assert reported(vault, text) == expected


def test_distances_are_asked_in_bits(vault: Vault) -> None:
    with vault.transaction() as tx:
        hits.enter(tx.connection, [Found(sha256(b"moon"), 1, Algorithm.PDQ, 17)], at=0)
        tx.record(an_entry("match"))

    for text in (
        "distance:17",
        "distance:1..31",
        "distance:>16",
        "distance:>=17",
        "distance:<256 -distance:0",
    ):
        assert media(vault, text) == {4}
    assert media(vault, "distance:<17") == {1, 2, 3}
    assert media(vault, "distance:<=17") == {1, 2, 3, 4}


def test_hits_that_ended_count_no_more(vault: Vault) -> None:
    tell(vault, taken_back(a_list("shapes"), 2))

    assert media(vault, "is:known") == set()
    assert reported(vault, "is:known") == set()
    assert media(vault, "is:harmless") == {2, 3}


def test_known_media_are_looked_up_from_their_hits(vault: Vault) -> None:
    with vault.reader() as reader:
        tests = media_tests(reader, asked("is:known"))
        plan = reader.connection.execute(
            f"EXPLAIN QUERY PLAN SELECT m.media_id FROM media_item AS m {tests.access}"
            f" WHERE {tests.sql.text} ORDER BY m.newest_received DESC, m.media_id DESC LIMIT 10",
            tests.sql.parameters,
        ).fetchall()
    ways = [row[3] for row in plan]
    assert any("media_by_announcement (announced_sha256=?)" in way for way in ways), ways
    assert not any(way.startswith("SCAN m") for way in ways), ways


@pytest.mark.parametrize(
    "text", ["distance:", "distance:near", "distance:1000", "is:knwon", "list:''"]
)
def test_what_cannot_be_asked_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(QueryError):
        asked(text if text != "list:''" else 'list:" "')
