"""A query as rows and groups that a person puts together, and the way there and back.

A row is a condition in the words of its editor: a field, a relation, values. Every kind of leaf has a
row, so that there is nothing a builder cannot show; a row is read by the query language itself, so that
it means what it would mean in the text. The tree is the truth: rows are made of it and become it.

    received:<30d      received · within the last · 30, d
    -host:NL,FR        host · is one of · NL, FR · negated
    "two wor"*         words · begins with · two wor
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    HasThing,
    IsState,
    Leaf,
    Not,
    Query,
    Within,
    Words,
    all_of,
    any_of,
    opposite,
    query_of,
)
from cport_desktop.domain.query_completion import STATE, THING
from cport_desktop.domain.query_language import EXACTLY, MOMENTS, MOST_BITS, TEXTS, leaf_of
from cport_desktop.domain.query_printing import days_text, value_text
from cport_desktop.domain.taxonomy import Taxonomy

WORDS: Final = "words"
"""The field of a row of words."""


class Relation(StrEnum):
    """How a field and its values belong together."""

    ANY_OF = "any-of"
    CONTAINS = "contains"
    ALL_WORDS = "words"
    BEGINS = "begins"
    LAST = "last"
    LONGER_AGO = "longer-ago"
    ON = "on"
    FROM_TO = "from-to"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    AT_MOST = "at-most"


_SIGNS: Final = {
    Relation.SINCE: ">=",
    Relation.UNTIL: "<=",
    Relation.BEFORE: "<",
    Relation.AFTER: ">",
}
_AGES: Final = {Relation.LAST: "<", Relation.LONGER_AGO: ">"}
_AGE: Final = re.compile(r"([<>])([0-9]{1,6})([hdw])", re.ASCII)
UNITS: Final = ("h", "d", "w")
"""Hours, days, weeks: the second value of an age."""
_WORD_RELATIONS: Final = (Relation.ALL_WORDS, Relation.BEGINS)
_NUMBER_RELATIONS: Final = (Relation.AT_MOST, Relation.FROM_TO)
_TIME_RELATIONS: Final = (*_AGES, Relation.ON, Relation.FROM_TO, *_SIGNS)
_PAIRS: Final = (Relation.FROM_TO, *_AGES)


class Joint(StrEnum):
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """`field`: the name of a `Field`, `is`, `has`, or `WORDS`. `values` in the words of a person: two for
    a span (either may be empty) and for an age (a number and one of `UNITS`).
    """

    field: str
    relation: Relation
    values: tuple[str, ...] = ()
    is_negated: bool = False

    @property
    def is_finished(self) -> bool:
        """It says something; a row that does not is no part of the query yet."""
        if self.relation in _AGES:
            return bool(self.values and self.values[0].strip())
        return any(value.strip() for value in self.values)


@dataclass(frozen=True, slots=True)
class Group:
    joint: Joint
    parts: tuple[Part, ...] = ()
    is_negated: bool = False


Part = ConditionRow | Group
Path = tuple[int, ...]
"""Which part: its place, in the group that is at the place before it; () is the whole."""


def relations_of(field: str) -> tuple[Relation, ...]:
    """The relations that a field knows, the usual one first."""
    if field == WORDS:
        return _WORD_RELATIONS
    if field in set(MOMENTS):
        return _TIME_RELATIONS
    if field == Field.PROVIDER:
        return (Relation.CONTAINS, Relation.ANY_OF)
    if field in set(TEXTS):
        return (Relation.CONTAINS,)
    return _NUMBER_RELATIONS if field == "distance" else (Relation.ANY_OF,)


def takes_two(relation: Relation) -> bool:
    """It stands between two values."""
    return relation in _PAIRS


def takes_one(field: str) -> bool:
    """Only one value can be asked for in a row."""
    return field in (STATE, THING)


def group_of(query: Query, taxonomy: Taxonomy) -> Group:
    """`query` as rows."""
    match query.conditions:
        case (AnyOf(inner),):
            return Group(Joint.ANY, tuple(_part(each, taxonomy) for each in inner))
        case conditions:
            return Group(Joint.ALL, tuple(_part(each, taxonomy) for each in conditions))


def query_in(group: Group, *, taxonomy: Taxonomy, now: datetime) -> Query:
    """What the rows ask, but for those that say nothing yet.

    Raises:
        QueryError: a row cannot be understood.
    """
    found = _condition(group, taxonomy, now)
    return Query() if found is None else query_of(found)


def leaf_in(row: ConditionRow, *, taxonomy: Taxonomy, now: datetime) -> Leaf:
    """What a finished row asks, its negation aside.

    Raises:
        QueryError: it cannot be understood.
    """
    if row.field == WORDS:
        values: tuple[str, ...] = (" ".join(row.values),)
    elif row.field in set(MOMENTS):
        values = (_span_text(row),)
    elif row.field == "distance":
        values = (_bits_text(row),)
    else:
        sign = EXACTLY if _names_it_whole(row) else ""
        values = tuple(f"{sign}{value}" for value in row.values if value.strip())
    is_open = row.relation is Relation.BEGINS
    name = "" if row.field == WORDS else row.field
    return leaf_of(name, values, is_open=is_open, taxonomy=taxonomy, now=now)


def _names_it_whole(row: ConditionRow) -> bool:
    return row.field == Field.PROVIDER and row.relation is Relation.ANY_OF


def part_at(group: Group, path: Path) -> Part:
    found: Part = group
    for place in path:
        if not isinstance(found, Group):
            raise TypeError("a row has no parts")
        found = found.parts[place]
    return found


def with_part(group: Group, path: Path, part: Part | None) -> Group:
    """`group` with `part` in the place of what is at `path`, or without it."""
    if not path:
        return part if isinstance(part, Group) else Group(Joint.ALL)
    place, rest = path[0], path[1:]
    inner = group.parts[place]
    if rest:
        if not isinstance(inner, Group):
            raise TypeError("a row has no parts")
        told: tuple[Part, ...] = (with_part(inner, rest, part),)
    else:
        told = () if part is None else (part,)
    return replace(group, parts=group.parts[:place] + told + group.parts[place + 1 :])


def with_added(group: Group, path: Path, part: Part) -> Group:
    """`group` with `part` at the end of the group at `path`."""
    inner = part_at(group, path)
    if not isinstance(inner, Group):
        raise TypeError("a row has no parts")
    return with_part(group, path, replace(inner, parts=(*inner.parts, part)))


def with_field(row: ConditionRow, field: str) -> ConditionRow:
    """The row about another field: its relation stays where that knows it, its values where their
    editor is the same.
    """
    relations = relations_of(field)
    relation = row.relation if row.relation in relations else relations[0]
    return ConditionRow(field, relation, (), row.is_negated)


def is_same(one: Query, other: Query) -> bool:
    """Whether they ask the same, whoever asks."""
    return one.conditions == other.conditions


def _part(condition: Condition, taxonomy: Taxonomy) -> Part:
    match condition:
        case Not(inner):
            return replace(_part(inner, taxonomy), is_negated=True)
        case AllOf(inner):
            return Group(Joint.ALL, tuple(_part(each, taxonomy) for each in inner))
        case AnyOf(inner):
            return Group(Joint.ANY, tuple(_part(each, taxonomy) for each in inner))
        case leaf:
            return _row(leaf, taxonomy)


def _row(  # noqa: PLR0911 - one arm for each kind
    leaf: Leaf, taxonomy: Taxonomy
) -> ConditionRow:
    match leaf:
        case Words(words, is_prefix):
            relation = Relation.BEGINS if is_prefix else Relation.ALL_WORDS
            return ConditionRow(WORDS, relation, (" ".join(words),))
        case FieldIs(field, values):
            told = tuple(value_text(field, value, taxonomy) for value in values)
            if field is Field.PROVIDER:
                told = values
            return ConditionRow(field.value, Relation.ANY_OF, told)
        case FieldContains(field, text):
            return ConditionRow(field.value, Relation.CONTAINS, (text,))
        case Between(field):
            return ConditionRow(field.value, *_span_row(leaf.said or days_text(leaf)))
        case Within(field, least, most):
            if least == 0:
                return ConditionRow(field.value, Relation.AT_MOST, (str(most),))
            return ConditionRow(field.value, Relation.FROM_TO, (str(least), str(most)))
        case IsState(state):
            return ConditionRow(STATE, Relation.ANY_OF, (state.value,))
        case HasThing(thing):
            return ConditionRow(THING, Relation.ANY_OF, (thing.value,))


def _condition(part: Part, taxonomy: Taxonomy, now: datetime) -> Condition | None:
    """None where nothing is said yet."""
    if isinstance(part, ConditionRow):
        if not part.is_finished:
            return None
        found: Condition = leaf_in(part, taxonomy=taxonomy, now=now)
    else:
        inner = [c for each in part.parts if (c := _condition(each, taxonomy, now)) is not None]
        if not inner:
            return None
        found = _joined(part.joint, inner)
    return opposite(found) if part.is_negated else found


def _joined(joint: Joint, conditions: Iterable[Condition]) -> Condition:
    return all_of(conditions) if joint is Joint.ALL else any_of(conditions)


def _span_row(said: str) -> tuple[Relation, tuple[str, ...]]:
    """A span in words of the query, taken apart so that `_span_text` gives it back to the letter."""
    age = _AGE.fullmatch(said)
    if age is not None:
        relation = Relation.LAST if age[1] == "<" else Relation.LONGER_AGO
        return relation, (age[2], age[3])
    first, dots, last = said.partition("..")
    if dots:
        return Relation.FROM_TO, (first, last)
    for relation, sign in _SIGNS.items():
        if said.startswith(sign):
            return relation, (said.removeprefix(sign),)
    return Relation.ON, (said,)


def _span_text(row: ConditionRow) -> str:
    first, second = (*row.values, "", "")[:2]
    if row.relation in _AGES:
        return f"{_AGES[row.relation]}{first}{second or 'd'}"
    if row.relation is Relation.FROM_TO:
        return f"{first}..{second}"
    return f"{_SIGNS.get(row.relation, '')}{first}"


def _bits_text(row: ConditionRow) -> str:
    first, second = (*row.values, "", "")[:2]
    if row.relation is Relation.AT_MOST:
        return f"<={first}"
    return f"{first or 0}..{second or MOST_BITS}"
