"""Refining a query by a value: several of one field are alternatives, and a value can be kept out.

    host:NL           + class:baseline      host:NL class:baseline
    class:baseline    + class:national      class:baseline,national
    class:baseline    + class:baseline      (nothing)
    class:baseline    - class:national      class:baseline -class:national
    a OR b            + class:baseline      (a OR b) class:baseline
    received:2026-03  + received:2026-04    received:2026-03 OR received:2026-04
    received:<90d     + received:2026-03    received:<90d received:2026-03

Only conditions that stand by themselves are looked at; what lies in a group stays as it is, unless
the group is nothing but whole months of one field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from cport_desktop.domain.query import (
    AnyOf,
    Between,
    Condition,
    FieldIs,
    IsState,
    Not,
    Query,
    all_of,
    any_of,
    query_of,
)

Value = FieldIs | IsState | Between
"""What a query can be refined by: one value; of a time a whole month."""

_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")


def refined(query: Query, by: Value, *, is_kept_out: bool = False) -> Query:
    """`query` with `by` (one value) added; without it where it is there already. What is asked for is
    not kept out as well, nor the other way round.
    """
    others = _without(query.conditions, by, is_negated=not is_kept_out)
    left = _without(others, by, is_negated=is_kept_out)
    if list(left) == list(others):
        left = _with(left, by, is_negated=is_kept_out)
    return query_of(all_of(left)) if left else Query()


def is_asked(query: Query, by: Value) -> bool:
    """Whether `query` asks for `by` by itself."""
    return any(_has(condition, by) for condition in query.conditions)


def is_kept_out(query: Query, by: Value) -> bool:
    """Whether `query` keeps `by` out by itself."""
    return any(
        isinstance(condition, Not) and _has(condition.condition, by)
        for condition in query.conditions
    )


def _has(condition: Condition, by: Value) -> bool:
    if isinstance(by, Between):
        return by in _months(condition, by)
    if isinstance(condition, FieldIs) and isinstance(by, FieldIs):
        return condition.field is by.field and set(by.values) <= set(condition.values)
    return condition == by


def _with(conditions: Iterable[Condition], by: Value, *, is_negated: bool) -> Sequence[Condition]:
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
        elif not is_placed and not is_negated and is_same_kind and (months := _months(inner, by)):
            found.append(any_of((*months, by)))
            is_placed = True
        else:
            found.append(condition)
    if not is_placed:
        found.append(Not(by) if is_negated else by)
    return found


def _without(
    conditions: Iterable[Condition], by: Value, *, is_negated: bool
) -> Sequence[Condition]:
    found: list[Condition] = []
    for condition in conditions:
        inner = condition.condition if isinstance(condition, Not) else condition
        if isinstance(condition, Not) is not is_negated or not _has(inner, by):
            found.append(condition)
            continue
        if left_months := [month for month in _months(inner, by) if month != by]:
            rest_of_them = any_of(left_months)
            found.append(Not(rest_of_them) if is_negated else rest_of_them)
        if isinstance(inner, FieldIs) and isinstance(by, FieldIs):
            left = tuple(value for value in inner.values if value not in by.values)
            if left:
                rest = FieldIs(inner.field, left)
                found.append(Not(rest) if is_negated else rest)
    return found


def _months(condition: Condition, by: Value) -> tuple[Between, ...]:
    """The alternatives of `condition`, if it is nothing but whole months of the field of the month `by`."""
    if not isinstance(by, Between) or not _MONTH.fullmatch(by.said):
        return ()
    choices = condition.conditions if isinstance(condition, AnyOf) else (condition,)
    months = tuple(
        each
        for each in choices
        if isinstance(each, Between) and each.field is by.field and _MONTH.fullmatch(each.said)
    )
    return months if len(months) == len(choices) else ()
