"""Content items in pages: the same as reading every one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop.domain.content_row import ContentRow
from cport_desktop.domain.query import Query
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.report import ContentItem, Report
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import content_listing, replica
from cport_desktop.vault.transaction import Reader
from tests.builders import an_entry, reopened
from tests.report_builders import a_batch, a_notice, a_report, an_item, new, the_taxonomy

NOW = datetime(2026, 5, 17, tzinfo=UTC)
TAXONOMY = the_taxonomy()
Told = Callable[[Report, ContentItem], bool]


def some_reports() -> list[Report]:
    """Forty, each with a page and one or two more items on other hosts."""
    found = []
    for number in range(1, 41):
        items = [
            an_item(
                number * 10 + place, f"https://{host}/{number}/{place}.png", is_source=not place
            )
            for place, host in enumerate(
                (f"www.site-{number % 4}.example", f"files-{number % 3}.example", "one.test")
            )
        ][: 2 + number % 2]
        if number % 5 == 0:
            items[1] = an_item(number * 10 + 1, items[1].url, media=(a_notice(number),))
        country = ("NL", "FR")[number % 2]
        found.append(a_report(number, contents=tuple(items), memo=f"memo {country.lower()}x"))
    return found


REPORTS = some_reports()


@pytest.fixture(scope="module")
def reader(newborn: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = Path(shutil.copytree(newborn, tmp_path_factory.mktemp("contents") / "vault"))
    with reopened(folder) as vault:
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*map(new, REPORTS)))
            tx.record(an_entry("apply"))
        with vault.reader() as reader:
            yield reader


def asked(text: str) -> Query:
    return parse(text, taxonomy=TAXONOMY, now=NOW)


def all_rows(reader: Reader, query: Query, *, limit: int) -> list[ContentRow]:
    rows: list[ContentRow] = []
    after = None
    while True:
        page = content_listing.page(reader, query, limit=limit, after=after)
        assert len(page.rows) <= limit
        rows += page.rows
        after = page.next_cursor
        if after is None:
            return rows


def word(wanted: str) -> Told:
    return lambda report, _item: wanted in (report.memo or "").split()


def on(domain: str) -> Told:
    return lambda _report, item: domain in item.url.split("/")[2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", lambda _report, _item: True),
        ("domain:files-1.example", on("files-1.example")),
        ("domain:www.site-2.example,one.test", lambda r, i: on("site-2")(r, i) or on("one.test")(r, i)),
        ("url:/7/", lambda _report, item: "/7/" in item.url),
        ("nlx", word("nlx")),
        ("nlx domain:one.test", lambda r, i: word("nlx")(r, i) and on("one.test")(r, i)),
        ("nlx OR domain:one.test", lambda r, i: word("nlx")(r, i) or on("one.test")(r, i)),
        ("-domain:one.test", lambda r, i: not on("one.test")(r, i)),
        ("-(nlx domain:one.test)", lambda r, i: not (word("nlx")(r, i) and on("one.test")(r, i))),
        ("ref:HL-7 -url:/0.png", lambda r, i: r.report_id == 7 and "/0.png" not in i.url),
        ("has:media url:/1.png", lambda r, i: r.report_id % 5 == 0 and "/1.png" in i.url),
    ],
)  # fmt: skip
@pytest.mark.parametrize("limit", [7, 1000])
def test_a_query_finds_what_reading_every_item_finds(
    reader: Reader, text: str, told: Told, limit: int
) -> None:
    wanted = [
        (report.report_id, place)
        for report in reversed(REPORTS)
        for place, item in enumerate(report.contents)
        if told(report, item)
    ]

    rows = all_rows(reader, asked(text), limit=limit)

    assert [(row.report_id, row.position) for row in rows] == wanted
    counted = content_listing.count_up_to(reader, asked(text), limit=1000)
    assert counted == len(wanted)


def test_a_row_says_what_the_item_is(reader: Reader) -> None:
    (row,) = all_rows(reader, asked("url:/5/1.png"), limit=5)

    assert (row.content_id, row.report_id, row.media_count) == (51, 5, 1)
    assert (row.host, row.domain, row.is_source) == ("files-2.example", "files-2.example", True)


def test_a_cursor_of_another_list_is_refused(reader: Reader) -> None:
    with pytest.raises(UnknownReference):
        content_listing.page(reader, asked(""), limit=5, after="nonsense")
