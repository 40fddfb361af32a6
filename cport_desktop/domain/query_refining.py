"""Refining a query by a value: several of one field are alternatives, and a value can be kept out.

    host:NL         + class:baseline        host:NL class:baseline
    class:baseline  + class:national        class:baseline,national
    class:baseline  + class:baseline        (nothing)
    class:baseline  - class:national        class:baseline -class:national
    a OR b          + class:baseline        (a OR b) class:baseline

Only conditions that stand by themselves are looked at; what lies in a group stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cport_desktop.domain.query import (
    Condition,
    FieldIs,
    IsState,
    Not,
    Query,
    all_of,
    query_of,
)


def refined(query: Query, by: FieldIs | IsState, *, is_kept_out: bool = False) -> Query:
    """`query` with `by` (one value) added; without it where it is there already. What is asked for is
    not kept out as well, nor the other way round.
    """
    others = _without(query.conditions, by, is_negated=not is_kept_out)
    left = _without(others, by, is_negated=is_kept_out)
    if list(left) == list(others):
        left = _with(left, by, is_negated=is_kept_out)
    return query_of(all_of(left)) if left else Query()


def is_asked(query: Query, by: FieldIs | IsState) -> bool:
    """Whether `query` asks for `by` by itself."""
    return any(_has(condition, by) for condition in query.conditions)


def is_kept_out(query: Query, by: FieldIs | IsState) -> bool:
    """Whether `query` keeps `by` out by itself."""
    return any(
        isinstance(condition, Not) and _has(condition.condition, by)
        for condition in query.conditions
    )


def _has(condition: Condition, by: FieldIs | IsState) -> bool:
    if isinstance(condition, FieldIs) and isinstance(by, FieldIs):
        return condition.field is by.field and set(by.values) <= set(condition.values)
    return condition == by


def _with(
    conditions: Iterable[Condition], by: FieldIs | IsState, *, is_negated: bool
) -> Sequence[Condition]:
    """`by` beside the other values of its field, or at the end."""
    found: list[Condition] = []
    is_placed = False
    for condition in conditions:
        inner = condition.condition if isinstance(condition, Not) else condition
        is_same_kind = isinstance(condition, Not) is is_negated
        if (
            not is_placed
            and is_same_kind
            and isinstance(inner, FieldIs)
            and isinstance(by, FieldIs)
            and inner.field is by.field
        ):
            inner = FieldIs(by.field, (*inner.values, *by.values))
            found.append(Not(inner) if is_negated else inner)
            is_placed = True
        else:
            found.append(condition)
    if not is_placed:
        found.append(Not(by) if is_negated else by)
    return found


def _without(
    conditions: Iterable[Condition], by: FieldIs | IsState, *, is_negated: bool
) -> Sequence[Condition]:
    found: list[Condition] = []
    for condition in conditions:
        inner = condition.condition if isinstance(condition, Not) else condition
        if isinstance(condition, Not) is not is_negated or not _has(inner, by):
            found.append(condition)
            continue
        if isinstance(inner, FieldIs) and isinstance(by, FieldIs):
            left = tuple(value for value in inner.values if value not in by.values)
            if left:
                rest = FieldIs(inner.field, left)
                found.append(Not(rest) if is_negated else rest)
    return found
