"""The builder's rows, and that they are another form of the same tree."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from cport_desktop.domain.query import Condition, Not, Query, Words, query_of
from cport_desktop.domain.query_builder import (
    WORDS,
    ConditionRow,
    Group,
    Joint,
    Relation,
    group_of,
    leaf_in,
    part_at,
    query_in,
    relations_of,
    with_added,
    with_field,
    with_part,
)
from cport_desktop.domain.query_completion import FIELD_NAMES
from cport_desktop.domain.query_printing import text_of
from cport_desktop.errors import QueryError
from tests.domain.test_query_trees import NOW, TAXONOMY, TREES, parsed


def rows_of(text: str) -> Group:
    return group_of(parsed(text), TAXONOMY)


def text_in(group: Group) -> str:
    return text_of(query_in(group, taxonomy=TAXONOMY, now=NOW), TAXONOMY)


@given(TREES)
@example(Not(Words(("a",), is_prefix=True)))
def test_a_tree_comes_back_from_the_builder_as_it_was(condition: Condition) -> None:
    query = query_of(condition)

    assert query_in(group_of(query, TAXONOMY), taxonomy=TAXONOMY, now=NOW) == query


@given(TREES)
def test_every_row_of_the_builder_has_a_relation_that_its_field_knows(condition: Condition) -> None:
    waiting: list[Group | ConditionRow] = [group_of(query_of(condition), TAXONOMY)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Group):
            waiting.extend(part.parts)
        else:
            assert part.relation in relations_of(part.field)
            assert part.is_finished


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("received:<30d", (ConditionRow("received", Relation.LAST, ("30", "d")),)),
        ("-host:NL,FR", (ConditionRow("host", Relation.ANY_OF, ("NL", "FR"), is_negated=True),)),
        ('"two wor"*', (ConditionRow(WORDS, Relation.BEGINS, ("two wor",)),)),
        ("distance:<=20", (ConditionRow("distance", Relation.AT_MOST, ("20",)),)),
        ("distance:5..20", (ConditionRow("distance", Relation.FROM_TO, ("5", "20")),)),
        ("updated:..2026", (ConditionRow("updated", Relation.FROM_TO, ("", "2026")),)),
        ("updated:>=2026-05", (ConditionRow("updated", Relation.SINCE, ("2026-05",)),)),
        ("class:1", (ConditionRow("class", Relation.ANY_OF, ("baseline",)),)),
        ("is:held", (ConditionRow("is", Relation.ANY_OF, ("held",)),)),
        ("url:/a", (ConditionRow("url", Relation.CONTAINS, ("/a",)),)),
    ],
)
def test_a_term_is_a_row_in_the_words_of_its_editor(
    text: str, rows: tuple[ConditionRow, ...]
) -> None:
    assert rows_of(text) == Group(Joint.ALL, rows)


def test_choices_at_the_top_are_a_group_of_any() -> None:
    assert rows_of("a OR b").joint is Joint.ANY


def test_what_is_built_is_written_as_a_person_would_type_it() -> None:
    group = Group(
        Joint.ALL,
        (
            ConditionRow("class", Relation.ANY_OF, ("baseline", "national")),
            Group(
                Joint.ANY,
                (
                    ConditionRow("hotline", Relation.ANY_OF, ("Hotline Example",)),
                    ConditionRow("received", Relation.FROM_TO, ("2026-01", "")),
                ),
                is_negated=True,
            ),
        ),
    )

    assert text_in(group) == (
        'class:baseline,national -(hotline:"Hotline Example" OR received:2026-01..)'
    )


def test_a_row_that_says_nothing_yet_is_no_part_of_the_query() -> None:
    empty = ConditionRow("host", Relation.ANY_OF, ("",))
    group = with_added(with_added(rows_of("a"), (), empty), (), Group(Joint.ANY, (empty,)))

    assert text_in(group) == "a"
    assert query_in(Group(Joint.ALL), taxonomy=TAXONOMY, now=NOW) == Query()


def test_a_row_that_cannot_be_understood_is_refused_by_itself() -> None:
    with pytest.raises(QueryError) as refusal:
        leaf_in(ConditionRow("host", Relation.ANY_OF, ("NLX",)), taxonomy=TAXONOMY, now=NOW)

    assert refusal.value.facts["found"] == "NLX"


def test_parts_are_changed_taken_away_and_added_where_they_stand() -> None:
    group = rows_of("a (b OR c)")
    row = part_at(group, (1, 1))
    assert isinstance(row, ConditionRow)

    assert text_in(with_part(group, (1, 1), with_field(row, "words"))) == "a b"
    assert text_in(with_part(group, (1,), None)) == "a"
    added = with_added(group, (1,), ConditionRow(WORDS, Relation.ALL_WORDS, ("d",)))
    assert text_in(added) == "a (b OR c OR d)"


@pytest.mark.parametrize("name", [*FIELD_NAMES, WORDS])
def test_every_field_has_a_row(name: str) -> None:
    assert relations_of(name)
