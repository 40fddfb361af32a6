"""Queries that hypothesis makes of given conditions, each beside a plain filter that means the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

Row = TypeVar("Row")
Test = Callable[[Row], bool]
Told = tuple[str, Test[Row]]
"""A text, and whether a row is what it asks for."""


def trees(conditions: Sequence[Told[Row]], *, most: int = 6) -> st.SearchStrategy[Told[Row]]:
    """Any of `conditions`, joined by AND, OR and NOT in groups; `most` of them at most."""
    return st.recursive(
        st.sampled_from(list(conditions)),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: (f"({two[0][0]}) ({two[1][0]})", both(*two))),
            st.tuples(inner, inner).map(
                lambda two: (f"({two[0][0]}) OR ({two[1][0]})", either(*two))
            ),
            inner.map(lambda one: (f"NOT ({one[0]})", opposite(one))),
        ),
        max_leaves=most,
    )


def both(first: Told[Row], second: Told[Row]) -> Test[Row]:
    return lambda row: first[1](row) and second[1](row)


def either(first: Told[Row], second: Told[Row]) -> Test[Row]:
    return lambda row: first[1](row) or second[1](row)


def opposite(told: Told[Row]) -> Test[Row]:
    return lambda row: not told[1](row)
