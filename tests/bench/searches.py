"""P2: first pages and facets, each against the same rows by hand-written SQL on plain SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from cport_desktop.domain.query_language import parse
from cport_desktop.domain.rows import Facet, Order, ReportSort
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.vault import reports
from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Reader
from tests.bench.harness import Figure, p95_ms
from tests.bench.synthetic import HALF, RARE, TWENTIETH

PAGE = 200
LONGEST_MS = 100.0
HIGHEST_RATIO = 1.3
NOW = datetime(2026, 5, 17, tzinfo=UTC)

_WORDS = (
    "FROM report_words JOIN report AS r ON r.row = report_words.rowid WHERE report_words MATCH ?"
)
_ORDERS = (Order(), Order(ReportSort.DOMAIN, is_descending=False))
_FACETS = ("r.classification", "r.site_type", "r.hotline", "r.hosting_country", "r.status")
_COLUMNS = "SELECT r.*, t.url, t.host, t.ip_address"
_TEXT = "JOIN report_text AS t ON t.row = r.row"


@dataclass(frozen=True, slots=True)
class Case:
    """A query, and the FROM and WHERE that a person would write for it."""

    what: str
    query: str
    by_hand: str
    parameters: tuple[str | int, ...]


def cases() -> Iterator[Case]:
    """The queries of the contract."""
    yield Case("everything", "", "FROM report AS r WHERE 1", ())
    for name, word in (("50 %", HALF), ("5 %", TWENTIETH), ("0.001 %", RARE)):
        yield Case(f"word in {name}", word, _WORDS, (word,))
        yield Case(
            f"word in {name}, filtered",
            f"{word} host:NL class:baseline",
            f"{_WORDS} AND r.hosting_country = 'NL' AND r.classification = 1",
            (word,),
        )
    yield Case("filter alone", "host:NL class:baseline", _FILTER, ())
    yield Case("rare filter", "asn:64499 site:forum host:CZ", _RARE_FILTER, ())
    yield Case("prefix", "seldom*", _WORDS, ("seldom*",))
    yield Case("phrase", f'"example {HALF}"', _WORDS, (f'"example {HALF}"',))
    yield Case("part of a URL", "url:/baba/1", _PART, ("/baba/1",))
    yield Case("media shared with another report", "is:duplicate", _SHARED, ())


_FILTER = "FROM report AS r WHERE r.hosting_country = 'NL' AND r.classification = 1"
_RARE_FILTER = (
    "FROM report AS r WHERE r.autonomous_system = 64499 AND r.site_type = 6"
    " AND r.hosting_country = 'CZ'"
)
_PART = (
    "FROM report AS r WHERE EXISTS (SELECT 1 FROM content_item AS c"
    " WHERE c.row = r.row AND instr(lower(c.url), ?))"
)
_SHARED = (
    "FROM report AS r WHERE EXISTS (SELECT 1 FROM report_media AS l JOIN media_item AS m"
    " ON m.media_id = l.media_id JOIN media_item AS n ON n.announced_sha256 = m.announced_sha256"
    " JOIN report_media AS k ON k.media_id = n.media_id AND k.row <> l.row WHERE l.row = r.row)"
)


def measure(reader: Reader, plain: Connection, taxonomy: Taxonomy) -> Iterator[Figure]:
    """Every case sorted by time and by another column, and the facets under each."""
    for case in cases():
        query = parse(case.query, taxonomy=taxonomy, now=NOW)
        for order in _ORDERS:
            yield _figure(
                f"{case.what}, by {order.sort.value}",
                p95_ms(partial(reports.page, reader, query, order, limit=PAGE)),
                p95_ms(partial(_fetch, plain, [_page_by_hand(case, order)], case.parameters)),
            )
        by_hand = [f"SELECT {column}, count(*) {case.by_hand} GROUP BY 1" for column in _FACETS]
        yield _figure(
            f"{case.what}, five facets",
            p95_ms(partial(reports.facets, reader, query, list(Facet))),
            p95_ms(partial(_fetch, plain, by_hand, case.parameters)),
        )


def _page_by_hand(case: Case, order: Order) -> str:
    column = "r.received_at" if order.sort is ReportSort.RECEIVED else "r.domain"
    direction = "DESC" if order.is_descending else "ASC"
    source = case.by_hand.replace(" WHERE ", f" {_TEXT} WHERE ", 1)
    return f"{_COLUMNS} {source} ORDER BY {column} {direction} LIMIT {PAGE}"


def _fetch(plain: Connection, statements: list[str], parameters: tuple[str | int, ...]) -> None:
    for statement in statements:
        plain.execute(statement, parameters).fetchall()


def _figure(what: str, value: float, reference: float) -> Figure:
    ratio = value / reference
    return Figure(
        id="P2",
        what=what,
        unit="ms (p95)",
        value=value,
        reference=reference,
        ratio=ratio,
        goal=f"≤ {HIGHEST_RATIO} and ≤ {LONGEST_MS:.0f} ms",
        is_reached=ratio <= HIGHEST_RATIO and value <= LONGEST_MS,
    )
