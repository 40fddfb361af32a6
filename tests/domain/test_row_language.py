"""The grammar over short lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given

from cport_desktop.domain.case import Case, CaseId, CaseRow, CaseState, Lead
from cport_desktop.domain.case_list import case_language
from cport_desktop.domain.ids import Actor, AnalystId, HotlineId
from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.report import Hotline
from cport_desktop.domain.row_language import RowLanguage, row_test
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.domain.short_lists import HASH_LISTS, HOTLINES
from cport_desktop.domain.worst_of import CANDIDATES, Tallied
from cport_desktop.errors import QueryError
from tests.query_trees import Told, trees
from tests.ui.synthetic_knowing import CAME, a_known_list

Row = TypeVar("Row")

NOW = datetime(2026, 5, 17, tzinfo=UTC)
ROWS = tuple(
    HotlineRow(Hotline(HotlineId(number), name, country, "x@hotline.example"), reports, last)
    for number, name, country, reports, last in [
        (1, "Hotline Example NL", "NL", 200, NOW - timedelta(days=2)),
        (2, "Second Line", "DE", 20, NOW - timedelta(days=60)),
        (3, "Third Line", "NL", 0, None),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [1, 2, 3]),
        ("line", [1, 2, 3]),
        ("second line", [2]),
        ('"third line"', [3]),
        ("country:nl", [1, 3]),
        ("country:nl,de -name:third", [1, 2]),
        ("reports:>20", [1]),
        ("reports:0..20 OR id:1", [1, 2, 3]),
        ("reports:<20", [3]),
        ("received:<30d", [1]),
        ("NOT (country:NL received:<30d)", [2, 3]),
    ],
)
def test_a_query_finds_the_rows_that_it_asks_for(text: str, found: list[int]) -> None:
    test = row_test(text, HOTLINES, now=NOW)

    assert [row.hotline.hotline_id for row in ROWS if test(row)] == found


def test_states_of_hash_lists() -> None:
    rows = [a_known_list(1), a_known_list(2, is_negative=True), a_known_list(3, withdrawn_at=NOW)]
    found = {
        state: [row.number for row in rows if row_test(f"is:{state}", HASH_LISTS, now=NOW)(row)]
        for state in HASH_LISTS.states
    }

    assert found == {"withdrawn": [3], "harmless": [2], "known": [1]}


@pytest.mark.parametrize(
    ("text", "position", "accepted"),
    [
        ("a class:baseline", 2, "id, name, country, contact, reports, received"),
        ("is:new", 0, "id, name"),
        ("reports:many", 8, "12"),
        ("received:soon", 9, "2026"),
        ("name:", 5, "a value"),
        ("(a", 0, "closing"),
    ],
)
def test_what_the_list_does_not_know_is_refused_with_what_it_knows(
    text: str, position: int, accepted: str
) -> None:
    with pytest.raises(QueryError) as refusal:
        row_test(text, HOTLINES, now=NOW)

    assert refusal.value.facts["position"] == position
    assert accepted in str(refusal.value.facts["accepted"])


# -- any query finds what a plain filter finds

ANY_HOTLINES = tuple(
    HotlineRow(
        Hotline(
            HotlineId(number),
            ("Second Line", "Hotline Example", "Ägypten 2")[number % 3],
            ("NL", "DE")[number % 2],
            f"desk-{number % 4}@hotline.example",
        ),
        number * number % 37,
        None if number % 5 == 0 else NOW - timedelta(days=number * 3),
    )
    for number in range(1, 31)
)
OF_HOTLINES: list[Told[HotlineRow]] = [
    ("line", lambda row: "line" in row.hotline.name.lower()),
    ("country:nl", lambda row: row.hotline.country == "NL"),
    ("name:example,line", lambda row: row.hotline.name != "Ägypten 2"),
    ('name:"ÄGYPTEN 2"', lambda row: row.hotline.name == "Ägypten 2"),
    ("contact:desk-3", lambda row: row.hotline.hotline_id % 4 == 3),
    ("id:3..7", lambda row: 3 <= row.hotline.hotline_id <= 7),
    ("reports:>=20", lambda row: row.reports >= 20),
    ("reports:0", lambda row: row.reports == 0),
    ("received:<30d", lambda row: row.last_received is not None and NOW - row.last_received <= timedelta(days=30)),
    ("received:2026-04", lambda row: row.last_received is not None and row.last_received.month == 4),
]  # fmt: skip

ANY_LISTS = tuple(
    a_known_list(
        number,
        is_negative=number % 3 == 0,
        withdrawn_at=NOW if number % 4 == 0 else None,
        origin=(ListOrigin.PORTAL, ListOrigin.FILE)[number % 2],
        source=("Example Body A", "Example Body B")[number % 2],
    )
    for number in range(1, 31)
)
OF_LISTS: list[Told[KnownList]] = [
    ("body", lambda row: True),
    ("list-1", lambda row: "list-1" in row.list_id),
    ("id:2", lambda row: "2" in row.list_id),
    ('name:"list 1"', lambda row: "list 1" in row.name),
    ('source:"body b"', lambda row: row.number % 2 == 1),
    ("origin:file", lambda row: row.origin is ListOrigin.FILE),
    ("version:7,8", lambda row: row.number in (7, 8)),
    (f"came:<{CAME + timedelta(hours=12):%Y-%m-%dT%H:%M}", lambda row: row.number < 12),
    ("entries:<=9000", lambda row: row.number <= 9),
    ("hits:>20", lambda row: row.number > 20),
    ("is:withdrawn", lambda row: row.number % 4 == 0),
    ("is:harmless", lambda row: row.number % 3 == 0),
    ("is:known", lambda row: row.number % 3 != 0 and row.number % 4 != 0),
]

ADA = Actor("Ada Example")
ANY_CASES = tuple(
    CaseRow(
        Case(
            CaseId(f"{number:032x}"),
            number,
            ("Harbour line", "Garden", "Zürich")[number % 3],
            "Three sites" if number % 2 else "",
            CaseState.CLOSED if number % 4 == 0 else CaseState.OPEN,
            None if number % 5 == 0 else Lead(AnalystId("a"), (ADA, Actor("Bert"))[number % 2]),
            ADA,
            NOW - timedelta(days=number),
            closed_at=NOW - timedelta(hours=number) if number % 4 == 0 else None,
        ),
        reports=number % 7,
        items=number % 11,
        tasks_open=number % 3,
        tasks_overdue=int(number % 6 == 1),
        notes=number % 2,
        active_at=NOW - timedelta(hours=number),
    )
    for number in range(1, 31)
)
OF_CASES: list[Told[CaseRow]] = [
    ("garden", lambda row: row.case.title == "Garden"),
    ("ref:c-7", lambda row: row.case.number == 7),
    ('title:"harbour L"', lambda row: row.case.title == "Harbour line"),
    ("summary:sites", lambda row: row.case.number % 2 == 1),
    ("state:closed", lambda row: row.case.number % 4 == 0),
    ("lead:bert", lambda row: row.case.number % 5 != 0 and row.case.number % 2 == 1),
    ('by:"ada example"', lambda row: True),
    ("opened:<10d", lambda row: row.case.number <= 10),
    ("closed:>=2026-05-16", lambda row: row.case.number % 4 == 0 and row.case.number <= 24),
    ("active:<2026-05-16", lambda row: row.case.number > 24),
    ("reports:2..4", lambda row: 2 <= row.case.number % 7 <= 4),
    ("items:0", lambda row: row.case.number % 11 == 0),
    ("tasks:>0", lambda row: row.case.number % 3 > 0),
    ("notes:1", lambda row: row.case.number % 2 == 1),
    ("is:open", lambda row: row.case.number % 4 != 0),
    ("is:closed", lambda row: row.case.number % 4 == 0),
    ("is:overdue", lambda row: row.case.number % 6 == 1),
    ("is:mine", lambda row: row.case.number % 5 != 0 and row.case.number % 2 == 0),
    ("is:unled", lambda row: row.case.number % 5 == 0),
]

ANY_CANDIDATES = tuple(
    Tallied(f"site-{n}.example", n * n, NOW - timedelta(days=n), n % 2 == 0, n % 3 == 0)
    for n in range(1, 31)
)
OF_CANDIDATES: list[Told[Tallied]] = [
    ("site-1", lambda row: "site-1" in row.domain),
    ("domain:2.example", lambda row: "2.example" in row.domain),
    ("reports:>100", lambda row: row.reports > 100),
    ("seen:<10d", lambda row: NOW - row.seen <= timedelta(days=10)),
    ("is:suggested", lambda row: row.is_suggested),
    ("is:decided", lambda row: row.is_decided),
]


@given(trees(OF_HOTLINES))
def test_any_query_over_hotlines_finds_what_a_plain_filter_finds(told: Told[HotlineRow]) -> None:
    must_agree(told, HOTLINES, ANY_HOTLINES)


@given(trees(OF_LISTS))
def test_any_query_over_hash_lists_finds_what_a_plain_filter_finds(told: Told[KnownList]) -> None:
    must_agree(told, HASH_LISTS, ANY_LISTS)


@given(trees(OF_CASES))
def test_any_query_over_cases_finds_what_a_plain_filter_finds(told: Told[CaseRow]) -> None:
    must_agree(told, case_language(ADA), ANY_CASES)


@given(trees(OF_CANDIDATES))
def test_any_query_over_candidates_finds_what_a_plain_filter_finds(told: Told[Tallied]) -> None:
    must_agree(told, CANDIDATES, ANY_CANDIDATES)


def must_agree(told: Told[Row], language: RowLanguage[Row], rows: Sequence[Row]) -> None:
    text, oracle = told
    test = row_test(text, language, now=NOW)
    assert list(filter(test, rows)) == list(filter(oracle, rows))


def test_every_field_and_state_of_short_lists_is_asked_for_above() -> None:
    asked: list[tuple[RowLanguage[Any], Sequence[Told[Any]]]] = [
        (HOTLINES, OF_HOTLINES),
        (HASH_LISTS, OF_LISTS),
        (case_language(ADA), OF_CASES),
        (CANDIDATES, OF_CANDIDATES),
    ]
    for language, conditions in asked:
        texts = [text for text, _ in conditions]
        for name in language.fields:
            assert any(text.startswith(f"{name}:") for text in texts), name
        for state in language.states:
            assert f"is:{state}" in texts
