"""Whatever is wrong with a query is said in a sentence of its own, with what would be accepted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cport_desktop.domain.query_language import parse
from cport_desktop.domain.query_lexer import LONGEST_QUERY
from cport_desktop.errors import QueryError
from cport_desktop.words.errors import explain
from cport_desktop.words.queries import FAULTS
from tests.report_builders import the_taxonomy

NOW = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
TAXONOMY = the_taxonomy()

WRONG = [
    ("a" * (1024 * 1024), "length", LONGEST_QUERY),
    ("a\x00", "letter", 1),
    (" ".join("a" * 10_000)[:LONGEST_QUERY], "terms", 256),
    ("ref:" + ",".join("1" * 2_000), "values", None),
    ("(" * 100 + "a" + ")" * 100, "levels", 20),
    ("(a", "group", 0),
    ('"a', "quotation", 0),
    ("OR a", "term", 0),
    ("a OR", "end", 4),
    ("bogus:1", "field", 0),
    ("...", "word", 0),
    ("is:new,held", "one", 7),
    ("received:soon", "span", 9),
    ("distance:many", "number", 9),
    ("note:", "empty", 5),
    ("class:bogus", "value", 6),
    ("md5:12", "digest", 4),
    ("domain:a/b", "host", 7),
    ("host:NLX", "country", 5),
    ("ip:1.2", "address", 3),
    ("asn:x", "system", 4),
]


@pytest.mark.parametrize(("text", "why", "position"), WRONG, ids=[why for _, why, _ in WRONG])
def test_what_is_wrong_is_said_where_it_is(text: str, why: str, position: int | None) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(text, taxonomy=TAXONOMY, now=NOW)

    facts, sentence = refusal.value.facts, explain(refusal.value)
    assert facts["why"] == why
    assert position is None or facts["position"] == position
    assert sentence.message.endswith(".")
    assert len(sentence.message) + len(sentence.hint) < 400
    assert "{" not in sentence.message + sentence.hint


def test_every_fault_that_has_a_sentence_can_be_met() -> None:
    assert set(FAULTS) == {why for _, why, _ in WRONG}


def test_ten_thousand_terms_and_a_hundred_levels_are_answered_by_what_they_are() -> None:
    terms = "(" * 90 + " ".join(["a"] * 10_000)
    with pytest.raises(QueryError) as refusal:
        parse(terms, taxonomy=TAXONOMY, now=NOW)

    assert "too long" in explain(refusal.value).message
