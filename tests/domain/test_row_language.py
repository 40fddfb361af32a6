"""The grammar over short lists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Hotline
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.domain.short_lists import HASH_LISTS, HOTLINES
from cport_desktop.errors import QueryError
from tests.ui.synthetic_knowing import a_known_list

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
