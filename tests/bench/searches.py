"""P2 and P11: thirty queries, each against the same rows by hand-written SQL on plain SQLite.

Every run is a new search, as in the window: a search leaves an entry in the log, and what was found
for the one before is not used again, but for pages of the file that are deciphered already. Facets
are counted as if nothing had found the reports before.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.rows import Facet, Order, ReportSort
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.usecases.report_arrays import Questions, ReportColumns
from cport_desktop.vault.database import Connection
from cport_desktop.vault.facet_counts import MONTH_OF
from cport_desktop.vault.vault import Vault
from tests.bench.harness import RUNS, Figure, p95_ms
from tests.bench.synthetic import HALF, RARE, TWENTIETH
from tests.builders import an_entry

PAGE = 200
LONGEST_MS = 100.0
HIGHEST_RATIO = 1.3
NOW = datetime(2026, 5, 17, tzinfo=UTC)
BY_TIME, BY_DOMAIN = Order(), Order(ReportSort.DOMAIN, is_descending=False)

_WORDS = (
    "FROM report_words JOIN report AS r ON r.row = report_words.rowid WHERE report_words MATCH ?"
)
_FACETS = (
    "r.classification",
    "r.site_type",
    "r.hotline",
    "r.hosting_country",
    "r.status",
    "r.assigned_country",
    "lower(r.provider)",
    MONTH_OF.format("r.received_at"),
    "(SELECT k.kinds FROM report_kind AS k WHERE k.row = r.row)",
)
_COLUMNS = "SELECT r.*, t.url, t.host, t.ip_address"
_TEXT = "JOIN report_text AS t ON t.row = r.row"
_FILTERED = "AND r.hosting_country = 'NL' AND r.classification = 1"
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
_EITHER = (
    "FROM report AS r WHERE (r.row IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)"
    " OR r.hosting_country = 'FR') AND NOT r.classification = 1"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A query, and the FROM and WHERE that a person would write for it. `order` None: what is
    measured are its facets.
    """

    what: str
    query: str
    by_hand: str
    parameters: tuple[str | int, ...]
    order: Order | None

    @property
    def name(self) -> str:
        return f"{self.what}, {'nine facets' if self.order is None else f'by {self.order.sort}'}"


def suite() -> Iterator[Case]:
    """The thirty."""
    for name, word in (("50 %", HALF), ("5 %", TWENTIETH), ("0.001 %", RARE)):
        for order in (BY_TIME, BY_DOMAIN, None):
            yield Case(f"word in {name}", word, _WORDS, (word,), order)
        filtered = f"{word} host:NL class:baseline"
        for order in (BY_TIME, BY_DOMAIN):
            yield Case(
                f"word in {name}, filtered", filtered, f"{_WORDS} {_FILTERED}", (word,), order
            )
    yield Case("everything", "", "FROM report AS r WHERE 1", (), BY_TIME)
    yield Case("everything", "", "FROM report AS r WHERE 1", (), BY_DOMAIN)
    yield Case("everything", "", "FROM report AS r WHERE 1", (), None)
    yield Case("filter alone", "host:NL class:baseline", _FILTER, (), BY_TIME)
    yield Case("filter alone", "host:NL class:baseline", _FILTER, (), None)
    yield Case("rare filter", "asn:64499 site:forum host:CZ", _RARE_FILTER, (), BY_TIME)
    yield Case("prefix", "seldom*", _WORDS, ("seldom*",), BY_TIME)
    yield Case("prefix", "seldom*", _WORDS, ("seldom*",), None)
    yield Case("phrase", f'"example {HALF}"', _WORDS, (f'"example {HALF}"',), BY_TIME)
    yield Case("phrase", f'"example {HALF}"', _WORDS, (f'"example {HALF}"',), None)
    yield Case("part of a URL", "url:/baba/1", _PART, ("/baba/1",), BY_TIME)
    yield Case("shared media", "is:duplicate", _SHARED, (), BY_TIME)
    yield Case("shared media", "is:duplicate", _SHARED, (), None)
    choice = f"({TWENTIETH} OR host:FR) -class:baseline"
    yield Case("a choice, and not a class", choice, _EITHER, (TWENTIETH,), BY_TIME)
    yield Case("a choice, and not a class", choice, _EITHER, (TWENTIETH,), None)


@dataclass(slots=True)
class Asked:
    """What the queries of the window are asked of."""

    vault: Vault
    columns: ReportColumns
    taxonomy: Taxonomy
    _searches: int = 0

    def p95_ms(self, case: Case) -> float:
        """Of `RUNS` searches after one that warms up."""
        self._search(case)
        times = sorted(self._search(case) for _ in range(RUNS))
        return times[int(RUNS * 0.95) - 1]

    def _search(self, case: Case) -> float:
        self.vault.leave_trace(an_entry("search"))
        query = parse(case.query, taxonomy=self.taxonomy, now=NOW)
        self._searches += 1
        # Of somebody else each time: what was found for the same query before is not used.
        query = replace(query, asker=AnalystId(f"{self._searches}"))
        started = time.perf_counter()
        with self.vault.searching() as reader:
            questions = Questions(reader, self.columns)
            if case.order is None:
                questions.facets(query, list(Facet))
            else:
                questions.page(query, case.order, limit=PAGE)
        return (time.perf_counter() - started) * 1000


def measure(asked: Asked, plain: Connection) -> Iterator[Figure]:
    """Every query of the suite."""
    for case in suite():
        reference = p95_ms(partial(_fetch, plain, _by_hand(case), case.parameters))
        yield _figure(case.name, asked.p95_ms(case), reference)


def growth(figure: Figure, among_fewer: float) -> Figure:
    """P11: the same query among ten times as many reports. What is counted or sorted whole grows with
    them; what an index answers must not.
    """
    return Figure(
        id="P11",
        what=figure.what,
        unit="ms (p95)",
        value=figure.value,
        reference=among_fewer,
        ratio=figure.value / among_fewer,
        goal="≤ 1.5 where indexed",
        is_reached=figure.value <= 1.5 * among_fewer,
    )


def _by_hand(case: Case) -> list[str]:
    if case.order is None:
        return [f"SELECT {column}, count(*) {case.by_hand} GROUP BY 1" for column in _FACETS]
    column = "r.received_at" if case.order.sort is ReportSort.RECEIVED else "r.domain"
    direction = "DESC" if case.order.is_descending else "ASC"
    source = case.by_hand.replace(" WHERE ", f" {_TEXT} WHERE ", 1)
    return [f"{_COLUMNS} {source} ORDER BY {column} {direction} LIMIT {PAGE}"]


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
