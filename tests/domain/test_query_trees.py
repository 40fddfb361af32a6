"""Groups, and the way back from a tree to its text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
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
    Within,
    Words,
    all_of,
    any_of,
    leaves,
    opposite,
    query_of,
)
from cport_desktop.domain.query_language import CODE_LISTS, MOMENTS, ONES_OWN, TEXTS, parse
from cport_desktop.domain.query_printing import text_of
from cport_desktop.errors import QueryError
from tests.report_builders import the_taxonomy

NOW = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
TAXONOMY = the_taxonomy()


def parsed(text: str) -> Query:
    return parse(text, taxonomy=TAXONOMY, now=NOW)


A, B, C = (Words((letter,)) for letter in "abc")


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("a b", (A, B)),
        ("a AND b", (A, B)),
        ("a OR b", (AnyOf((A, B)),)),
        ("a b OR c", (AnyOf((AllOf((A, B)), C)),)),
        ("a (b OR c)", (A, AnyOf((B, C)))),
        ("(a OR b) OR c", (AnyOf((A, B, C)),)),
        ("((a))", (A,)),
        ("-(a b)", (Not(AllOf((A, B))),)),
        ("NOT a", (Not(A),)),
        ("--a", (A,)),
        ("NOT(a OR b)", (Not(AnyOf((A, B))),)),
        ('"AND" or', (Words(("AND",)), Words(("or",)))),
        ('"two wor"*', (Words(("two", "wor"), is_prefix=True),)),
        ('"the ""fourth"" part"', (Words(("the", '"fourth"', "part")),)),
        ("(url:/a_(1) OR b)", (AnyOf((FieldContains(Field.URL, "/a_(1)"), B)),)),
        ("(https://a.example/x_(1))", (FieldContains(Field.URL, "https://a.example/x_(1)"),)),
        ("url:/a)", (FieldContains(Field.URL, "/a)"),)),
    ],
)
def test_terms_are_joined_as_they_stand(text: str, conditions: tuple[Condition, ...]) -> None:
    assert parsed(text).conditions == conditions


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a  AND  b", "a b"),
        ("((a b) OR -(c))", "(a b) OR -c"),
        ("host:nl (class:1 OR class:undecided)", "host:NL (class:baseline OR class:undecided)"),
        ("received:<30d", "received:<30d"),
        ("hxxps://a[.]example/x", "url:https://a.example/x"),
        ('site:"image host",6', "site:image-host,forum"),
        ('"AND" "-a" "a:b"', '"AND" "-a" "a:b"'),
        ("distance:<=20", "distance:0..20"),
    ],
)
def test_a_tree_is_printed_as_a_person_would_type_it(text: str, printed: str) -> None:
    assert text_of(parsed(text), TAXONOMY) == printed


VALUES = {
    Field.REF: st.integers(1, 10**9).map(str),
    Field.DOMAIN: st.sampled_from(["name.example", "xn--bcher-kva.example"]),
    Field.HOST: st.sampled_from(["NL", "FR"]),
    Field.ASSIGNED: st.sampled_from(["NL", "DE"]),
    Field.IP: st.sampled_from(["192.0.2.7", "2001:db8::7"]),
    Field.ASN: st.integers(64496, 64511).map(str),
    Field.STATUS: st.sampled_from(["new", "corrected", "withdrawn"]),
    Field.KIND: st.sampled_from(["image", "video", "page"]),
    Field.SHA256: st.sampled_from(["ab" * 32]),
    Field.SHA1: st.sampled_from(["cd" * 20]),
    Field.MD5: st.sampled_from(["ef" * 16]),
    Field.SEEN: st.sampled_from(ONES_OWN),
}
FREE = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
"""What a person may type into a field of the builder."""


def _field_is(field: Field) -> st.SearchStrategy[Condition]:
    one = st.integers(0, 99).map(str) if field in CODE_LISTS else VALUES.get(field, FREE)
    many = st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)
    return many.map(lambda values: FieldIs(field, values))


WORDS = st.builds(
    Words,
    st.lists(
        st.text('ab:-()"*,éAND', min_size=1, max_size=5).filter(
            lambda word: any(letter.isalpha() for letter in word)
        )
        | st.sampled_from(["AND", "OR", "NOT"]),
        min_size=1,
        max_size=3,
    ).map(tuple),
    st.booleans(),
)
SPANS = st.sampled_from(["2026-05-17", "2026-01..2026-03", "<30d", ">2w", "..2026", ">=2026-05"])
PARTS = {
    Field.URL: st.text('/ab()",: ?=', min_size=1, max_size=9).filter(
        lambda text: bool(text.strip())
    )
}
LEAVES = st.one_of(
    WORDS,
    st.sampled_from(
        [field for field in Field if field not in (*MOMENTS, *TEXTS, Field.DISTANCE)]
    ).flatmap(_field_is),
    st.sampled_from(
        [FieldIs(Field.PROVIDER, ("umbra net",)), FieldIs(Field.PROVIDER, ('a "b", c', "=d"))]
    ),
    st.sampled_from(TEXTS).flatmap(
        lambda field: PARTS.get(field, FREE).map(lambda text: FieldContains(field, text))
    ),
    st.tuples(st.sampled_from(MOMENTS), SPANS).map(
        lambda pair: parsed(f"{pair[0]}:{pair[1]}").conditions[0]
    ),
    st.integers(0, 256).flatmap(
        lambda least: st.integers(least, 256).map(lambda most: Within(Field.DISTANCE, least, most))
    ),
    st.builds(IsState, st.sampled_from(Is)),
    st.builds(HasThing, st.sampled_from(Has)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(all_of),
        st.lists(inner, min_size=1, max_size=4).map(any_of),
        inner.map(opposite),
    ),
    max_leaves=12,
)


@given(TREES)
@example(Words(("a*",)))
@example(Words(("a",), is_prefix=True))
@example(Not(AnyOf((A, AllOf((B, C))))))
@example(FieldContains(Field.URL, 'a "b" c'))
@example(FieldContains(Field.URL, "//a.example"))
@example(FieldIs(Field.TAG, ("//", "x")))
def test_what_is_printed_is_read_as_the_same_tree(condition: Condition) -> None:
    query = query_of(condition)

    assert parsed(text_of(query, TAXONOMY)) == query


@given(st.text(alphabet=st.sampled_from('ab:"-*,.() <>/09ANDORT'), max_size=60))
@example("(a OR (b -(c)))")
def test_any_text_is_printed_as_what_it_means_or_errs_at_a_position(text: str) -> None:
    try:
        query = parsed(text)
    except QueryError as error:
        assert 0 <= int(str(error.facts["position"])) <= len(text)
    else:
        assert parsed(text_of(query, TAXONOMY)) == query


def test_every_condition_of_a_tree_is_met_from_left_to_right() -> None:
    assert list(leaves(parsed("a (b OR -c)"))) == [A, B, C]
    assert list(leaves(Query((Between(Field.RECEIVED, None, None),)))) != []
