"""The query line: what people type becomes a query, or an error that points at the letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cport_desktop.domain.query import (
    Between,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
    Not,
    Query,
    Words,
)
from cport_desktop.domain.query_language import parse
from cport_desktop.errors import QueryError
from tests.report_builders import the_taxonomy

NOW = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
TAXONOMY = the_taxonomy()


def parsed(text: str) -> Query:
    return parse(text, taxonomy=TAXONOMY, now=NOW)


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parsed(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("garden", Words(("garden",))),
        ("files*", Words(("files",), is_prefix=True)),
        ('"exact phrase"', Words(("exact", "phrase"))),
        ("host:nl", FieldIs(Field.HOST, ("NL",))),
        ("class:baseline", FieldIs(Field.CLASS, ("1",))),
        ("class:baseline,national", FieldIs(Field.CLASS, ("1", "2"))),
        ("class:undecided", FieldIs(Field.CLASS, ("0",))),
        ("class:19", FieldIs(Field.CLASS, ("19",))),
        ('site:"image host"', FieldIs(Field.SITE, ("20",))),
        ("asn:AS64500", FieldIs(Field.ASN, ("64500",))),
        ("ip:2001:DB8::0:7", FieldIs(Field.IP, ("2001:db8::7",))),
        ("ref:hl-884179", FieldIs(Field.REF, ("884179",))),
        ("ref:R/2026/4", FieldIs(Field.REF, ("R/2026/4",))),
        ("domain:Bücher.example", FieldIs(Field.DOMAIN, ("xn--bcher-kva.example",))),
        ("domain:name[.]example", FieldIs(Field.DOMAIN, ("name.example",))),
        ("url:/path/part", FieldContains(Field.URL, "/path/part")),
        ("https://a.example/x?y=1,2", FieldContains(Field.URL, "https://a.example/x?y=1,2")),
        ("hxxps://a[.]example/x", FieldContains(Field.URL, "https://a.example/x")),
        ("-is:decided", Not(IsState(Is.DECIDED))),
        ("has:VIDEO", HasThing(Has.VIDEO)),
        ("kind:image,page", FieldIs(Field.KIND, ("image", "page"))),
        ("md5:" + "AB" * 16, FieldIs(Field.MD5, ("ab" * 16,))),
        ("-garden", Not(Words(("garden",)))),
    ],
)
def test_what_people_type_becomes_a_condition(text: str, condition: Condition) -> None:
    assert parsed(text) == Query((condition,))


def day(year: int, month: int, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 5, 17, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-05-17", day(2026, 5, 17), day(2026, 5, 18)),
        ("2026-12", day(2026, 12), day(2027, 1)),
        ("2026", day(2026, 1), day(2027, 1)),
        ("2026-01..2026-03", day(2026, 1), day(2026, 4)),
        ("..2026-03", None, day(2026, 4)),
        ("2026-03..", day(2026, 3), None),
        ("<30d", NOW - timedelta(days=30), None),
        (">2w", None, NOW - timedelta(weeks=2)),
        (">=2026-05", day(2026, 5), None),
        ("<2026-05", None, day(2026, 5)),
        ("<=2026-05", None, day(2026, 6)),
        ("2026-05-17T09:30", at(9, 30), at(9, 31)),
        ("2026-05-17t09:30:15z", at(9, 30, 15), at(9, 30, 16)),
        (">=2026-05-17T09:30:15Z", at(9, 30, 15), None),
    ],
)
def test_times_become_spans_that_include_their_last_day(
    text: str, start: datetime | None, end: datetime | None
) -> None:
    assert parsed(f"received:{text}") == Query((Between(Field.RECEIVED, start, end, text),))


def test_all_terms_of_a_line_must_hold() -> None:
    query = parsed('  garden "two words" host:NL -has:video ')

    assert len(query.conditions) == 4


def test_the_empty_line_asks_for_everything() -> None:
    assert parsed("  ") == Query()


@pytest.mark.parametrize(
    ("text", "position", "found", "first_accepted"),
    [
        ("hots:NL", 0, "hots", "host"),
        ("garden -clas:1", 8, "clas", "class"),
        ("class:baselin", 6, "baselin", "baseline"),
        ("class:1,nationl", 8, "nationl", "national"),
        ("is:decidet", 3, "decidet", "decided"),
        ("has:pictures", 4, "pictures", "media"),
        ("host:Netherlands", 5, "Netherlands", "a country's two letters"),
        ("received:soon", 9, "soon", "2026-05-17"),
        ("received:2026-13", 9, "2026-13", "2026-05-17"),
        ("received:2026-05-17T25:00", 9, "2026-05-17T25:00", "2026-05-17"),
        ("received:2026-05..2026-01", 9, "2026-05..2026-01", "2026-05-17"),
        ("md5:12", 4, "12", "32 hexadecimal digits"),
        ('a "open', 2, '"', 'a closing "'),
        ("is:new,decided", 7, "decided", "one value only"),
        ("host:", 5, "", "a country's two letters"),
        ("-", 1, "", "a word"),
        ("a OR", 4, "", "a word"),
        ("OR a", 0, "OR", "a word"),
        ("a () b", 3, ")", "a word"),
        ("a (b OR (c d)", 2, "(", "a closing )"),
        ("NOT", 3, "", "a word"),
        ("distance:<0", 9, "<0", "a number of bits"),
        ("seen:Ada", 5, "Ada", "me"),
        ("***", 0, "***", "a word"),
        ("ab\x00c", 2, "<U+0000>", "letters"),
    ],
)
def test_an_error_says_where_what_and_what_would_do(
    text: str, position: int, found: str, first_accepted: str
) -> None:
    facts = refused(text).facts

    assert (facts["position"], facts["found"]) == (position, found)
    assert str(facts["accepted"]).startswith(first_accepted)


@given(st.text(alphabet=st.sampled_from('ab:"-*,. <>/0123456789\u202e\x00éhoscrivd'), max_size=80))
@example("::")
@example('-""')
@example("received:0001..9999")
@example("received:9999-12")
@example("received:<999999w")
@example("asn:²")
@example("ref:" + "9" * 40)
def test_any_text_is_understood_or_its_error_lies_within_it(text: str) -> None:
    try:
        parsed(text)
    except QueryError as error:
        position = error.facts["position"]
        assert isinstance(position, int)
        assert 0 <= position <= len(text)


@given(st.text())
def test_no_letter_of_unicode_breaks_the_line(text: str) -> None:
    try:
        parsed(text)
    except QueryError as error:
        assert 0 <= int(str(error.facts["position"])) <= len(text)


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "a " * 10_000, "url:" + "/" * 9_999, '"' * 10_001, "(" * 10_000]
)
def test_a_novel_is_refused_and_not_searched_for(text: str) -> None:
    assert refused(text).facts["accepted"] == "at most 8000 characters"


def test_terms_and_values_are_bounded() -> None:
    assert refused("a " * 129).facts["accepted"] == "at most 128 terms"
    assert refused("a OR " * 1500 + "a").facts["accepted"] == "at most 128 terms"
    assert refused("(" * 100 + "a" + ")" * 100).facts["accepted"] == "at most 20 levels of brackets"
    assert parsed("NOT " * 1001 + "a") == Query((Not(Words(("a",))),))
    assert refused("asn:" + "1," * 101).facts["accepted"] == "at most 100 values"
