"""Whatever is asked, typed or built, of reports, files, content items and short lists: what is found is what
a plain filter over the same rows finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cport_desktop.domain.query import Query
from cport_desktop.domain.query_builder import group_of, query_in
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.report import ContentItem, MediaNotice, Report
from cport_desktop.domain.rows import Order, Page, ReportRow
from cport_desktop.usecases.report_arrays import ReportColumns
from cport_desktop.vault import content_listing, media_items, replica, reports
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, make_vault, reopened
from tests.query_trees import Told, trees
from tests.report_builders import a_batch, a_hotline, new, the_taxonomy, withdrawn
from tests.vault.test_reports import ALL, ORDERS, QUERIES, WITHDRAWN

NOW = datetime(2026, 5, 17, tzinfo=UTC)
TAXONOMY = the_taxonomy()
KINDS = ("image", "video", "audio", None)
"""Of files, in turns; None of one that nobody has looked into."""
Row = TypeVar("Row")

WAYS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def kind_of(notice: MediaNotice) -> str | None:
    return KINDS[notice.media_id % len(KINDS)]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """All of the reports with their files; of three files in four it is known what they are."""
    folder = make_vault(tmp_path_factory.mktemp("any query") / "vault")
    hotlines = [a_hotline(), a_hotline(13, "Second Line", "DE")]
    with reopened(folder) as opened:
        with opened.transaction() as tx:
            taken_back = map(withdrawn, WITHDRAWN)
            replica.apply(tx, a_batch(*map(new, ALL), *taken_back, hotlines=hotlines))
        with opened.transaction() as tx:
            for place, kind in enumerate(KINDS):
                tx.connection.execute(
                    "UPDATE media_item SET kind = ? WHERE media_id % ? = ?",
                    (kind, len(KINDS), place),
                )
            tx.record(an_entry("examine"))
        yield opened


@pytest.fixture(scope="module")
def columns(vault: Vault) -> ReportColumns:
    loaded = ReportColumns(vault)
    loaded.load()
    return loaded


def asked(text: str) -> Query:
    return parse(text, taxonomy=TAXONOMY, now=NOW)


def built(text: str) -> str:
    """The same query, as the builder prints it."""
    group = group_of(asked(text), TAXONOMY)
    return text_of(query_in(group, taxonomy=TAXONOMY, now=NOW), TAXONOMY)


def every(page: Callable[[str | None], Page[Row]]) -> list[Row]:
    """The rows of all pages."""
    rows, after = list[Row](), None
    while True:
        found = page(after)
        rows += found.rows
        after = found.next_cursor
        if after is None:
            return rows


def has_kind(*kinds: str) -> Callable[[Report], bool]:
    return lambda report: any(
        kind_of(notice) in kinds for item in report.contents for notice in item.media
    )


OF_REPORTS: list[Told[Report]] = [
    *((text, told) for text, told in QUERIES if text and text != "has:image"),
    ("has:image", has_kind("image")),
    ("kind:video,audio", has_kind("video", "audio")),
]


@WAYS
@given(trees(OF_REPORTS), st.sampled_from(ORDERS), st.booleans())
def test_of_reports_in_the_tables_and_in_memory(
    vault: Vault, columns: ReportColumns, told: Told[Report], order: Order, is_built: bool
) -> None:
    query = asked(built(told[0]) if is_built else told[0])
    expected = sorted(report.report_id for report in ALL if told[1](report))
    with vault.reader() as reader:

        def in_tables(after: str | None) -> Page[ReportRow]:
            return reports.page(reader, query, order, limit=400, after=after)

        def in_memory(after: str | None) -> Page[ReportRow]:
            found = columns.page(reader, query, order, limit=400, after=after)
            assert found is not None
            return found

        for page in (in_tables, in_memory):
            assert sorted(row.report_id for row in every(page)) == expected
        assert reports.count(reader, query) == len(expected)
        assert columns.count(reader, query) == len(expected)


@dataclass(frozen=True)
class File:
    """A file, which one report has."""

    notice: MediaNotice
    report: Report


FILES = [
    File(notice, report) for report in ALL for item in report.contents for notice in item.media
]
_DIGESTS = [file.notice.sha256 for file in FILES]
TWICE = {digest for digest in _DIGESTS if _DIGESTS.count(digest) > 1}
ONE_DIGEST = FILES[0].notice.sha256
OF_FILES: list[Told[File]] = [
    *(
        (text, lambda file, told=told: told(file.report))
        for text, told in QUERIES
        if text and not text.startswith(("has:", "is:dup", "-is:dup", "kind:"))
    ),
    ("kind:image", lambda file: kind_of(file.notice) == "image"),
    ("kind:video,audio", lambda file: kind_of(file.notice) in ("video", "audio")),
    ("has:image", lambda file: kind_of(file.notice) == "image"),
    ("has:video", lambda file: kind_of(file.notice) == "video"),
    ("has:media", lambda file: True),
    ("has:action", lambda file: any(item.actions for item in file.report.contents)),
    ("is:duplicate", lambda file: file.notice.sha256 in TWICE),
    (f"sha256:{ONE_DIGEST}", lambda file: file.notice.sha256 == ONE_DIGEST),
]


@WAYS
@given(trees(OF_FILES), st.booleans())
def test_of_files(vault: Vault, told: Told[File], is_built: bool) -> None:
    query = asked(built(told[0]) if is_built else told[0])
    expected = sorted(file.notice.media_id for file in FILES if told[1](file))
    with vault.reader() as reader:
        found = every(lambda after: media_items.page(reader, query, limit=900, after=after))
        assert sorted(item.media_id for item in found) == expected
        assert media_items.count_up_to(reader, query, limit=10_000) == len(expected)


@dataclass(frozen=True)
class Item:
    """A content item of a report."""

    content: ContentItem
    report: Report


ITEMS = [Item(content, report) for report in ALL for content in report.contents]


def on_host(*names: str) -> Callable[[Item], bool]:
    return lambda item: f".{item.content.url.split('/')[2]}".endswith(
        tuple(f".{name}" for name in names)
    )


OF_ITEMS: list[Told[Item]] = [
    *(
        (text, lambda item, told=told: told(item.report))
        for text, told in QUERIES
        if text and "url:" not in text and "domain:" not in text and text != "has:image"
    ),
    ("domain:cdn.test", on_host("cdn.test")),
    ("domain:site-4.example,cdn.test", on_host("site-4.example", "cdn.test")),
    ("url:cdn.test/12", lambda item: "cdn.test/12" in item.content.url),
    ("url:/path/1", lambda item: "/path/1" in item.content.url.lower()),
]


@WAYS
@given(trees(OF_ITEMS), st.booleans())
def test_of_content_items(vault: Vault, told: Told[Item], is_built: bool) -> None:
    query = asked(built(told[0]) if is_built else told[0])
    expected = sorted(item.content.content_id for item in ITEMS if told[1](item))
    with vault.reader() as reader:
        found = every(lambda after: content_listing.page(reader, query, limit=900, after=after))
        assert sorted(row.content_id for row in found) == expected
        assert content_listing.count_up_to(reader, query, limit=10_000) == len(expected)
