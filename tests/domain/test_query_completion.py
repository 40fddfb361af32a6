"""What may stand at the cursor, and that it is understood when it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cport_desktop.domain.query import Field
from cport_desktop.domain.query_completion import Choice, Named, completions, taken
from cport_desktop.domain.query_language import parse
from cport_desktop.errors import QueryError
from tests.report_builders import the_taxonomy

NOW = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
TAXONOMY = the_taxonomy()


class Names:
    """A vault with some names, not all of them harmless in a query."""

    def names(self, field: Field) -> Sequence[Named]:
        return {
            Field.HOTLINE: (
                Named("Hotline Example NL", "NL"),
                Named('A "quoted", (odd) one', "FR"),
            ),
            Field.HOST: (Named("NL"), Named("FR")),
            Field.TAG: (Named("to look at"), Named("a:b"), Named("-x")),
        }.get(field, ())


def offered(marked: str) -> list[Choice]:
    """What is offered where the bar stands."""
    cursor = marked.index("|")
    text = marked.replace("|", "", 1)
    return list(completions(text, cursor, taxonomy=TAXONOMY, known=Names()))


def values(marked: str) -> list[str]:
    return [choice.value for choice in offered(marked)]


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("cla|", "class:"),
        ("host:NL dom|", "domain:"),
        ("host:NL (dom|", "domain:"),
        ("-dom|", "domain:"),
        ("class:bas|", "baseline"),
        ("class:baseline,nat|", "national"),
        ("class:bas|,national", "baseline"),
        ("class:b|ogus x", "baseline"),
        ("is:wi|", "withdrawn"),
        ("has:|", "media"),
        ("hotline:exam|", "Hotline Example NL"),
        ('hotline:"Hotline Ex|', "Hotline Example NL"),
        ('hotline:"Hotline Ex|ample"', "Hotline Example NL"),
        ("host:n|", "NL"),
        ("(is:dec|) x", "decided"),
        ("received:|", "<24h"),
    ],
)
def test_the_likeliest_stands_first(marked: str, first: str) -> None:
    assert values(marked)[:1] == [first]


def test_letters_in_order_and_words_of_a_label_are_enough() -> None:
    assert "not-illegal" in values("class:nil|")
    assert "to look at" in values("tag:look|")


@pytest.mark.parametrize(
    "marked",
    ['"exact ph|', "https://a.example/cla|", 'class:"baseline"|x', "a OR|", "ho|st:NL", "bogus:x|"],
)
def test_nothing_is_offered_where_nothing_can_be_known(marked: str) -> None:
    assert offered(marked) == []


def test_every_field_is_offered_where_a_term_may_begin() -> None:
    assert len(values("host:NL |")) == len(Field) + 2


def test_a_value_that_stands_there_already_is_not_offered_again() -> None:
    assert "baseline" not in values("class:baseline,|")


def test_what_is_taken_stands_in_the_place_of_the_whole_value() -> None:
    (choice,) = [each for each in offered("class:nat|onal x") if each.value == "national"]
    assert taken("class:natonal x", choice) == ("class:national x", 14)


PARTS = st.sampled_from(
    [
        "class:", "is:", "has:", "hotline:", "tag:", "host:", "received:", "baseline", "national",
        "held", "media", "NL", "a", "word", '"a b"', '"', ",", " ", " ", " OR ", "(", ")", "-",
        "<7d", ":", "AND ", "x*", '"*',
    ]
)  # fmt: skip


@given(st.lists(PARTS, max_size=10).map("".join), st.integers(0, 60))
@example('class:"baseline"word', 8)
@example('class:"baseline")b', 8)
@example("(tag:a)", 6)
@example('tag:"a"(b', 6)
def test_what_is_taken_in_a_text_that_parses_gives_one_that_parses(text: str, at: int) -> None:
    cursor = min(at, len(text))
    try:
        parse(text, taxonomy=TAXONOMY, now=NOW)
    except QueryError:
        return
    for choice in completions(text, cursor, taxonomy=TAXONOMY, known=Names()):
        if not choice.is_field:
            parse(taken(text, choice)[0], taxonomy=TAXONOMY, now=NOW)


@given(st.lists(PARTS, max_size=10).map("".join), st.integers(0, 60))
def test_a_choice_takes_the_place_of_what_the_cursor_is_in(text: str, at: int) -> None:
    cursor = min(at, len(text))
    for choice in completions(text, cursor, taxonomy=TAXONOMY, known=Names()):
        assert 0 <= choice.start <= cursor <= choice.end <= len(text)


def test_a_text_too_long_to_be_read_is_left_alone() -> None:
    assert completions("a" * 9000, 9000, taxonomy=TAXONOMY, known=Names()) == ()
