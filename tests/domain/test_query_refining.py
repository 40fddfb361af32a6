"""Refining by a value: alternatives, and what is kept out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.query import Field, FieldIs, Is, IsState, query_of
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.query_refining import Value, is_asked, is_kept_out, refined
from tests.domain.test_query_trees import TAXONOMY, TREES, parsed


def leaf(text: str) -> Value:
    (found,) = parsed(text).conditions
    assert isinstance(found, Value)
    return found


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        ("", "class:baseline", "class:baseline"),
        ("host:NL", "class:baseline", "host:NL class:baseline"),
        ("class:baseline x", "class:national", "class:baseline,national x"),
        ("class:baseline,national", "class:baseline", "class:national"),
        ("class:baseline x", "class:baseline", "x"),
        ("class:baseline", "class:baseline", ""),
        ("-class:baseline", "class:baseline", "class:baseline"),
        ("a OR b", "host:NL", "(a OR b) host:NL"),
        ("(class:baseline OR x)", "class:baseline", "(class:baseline OR x) class:baseline"),
        ("x", "is:held", "x is:held"),
        ("is:held", "is:held", ""),
        ("received:2026-03", "received:2026-04", "received:2026-03 OR received:2026-04"),
        (
            "x (received:2026-03 OR received:2026-04)",
            "received:2026-05",
            "x (received:2026-03 OR received:2026-04 OR received:2026-05)",
        ),
        ("x (received:2026-03 OR received:2026-04)", "received:2026-03", "x received:2026-04"),
        ("received:2026-03", "received:2026-03", ""),
        ("received:<90d", "received:2026-03", "received:<90d received:2026-03"),
        ("updated:2026-03", "received:2026-03", "updated:2026-03 received:2026-03"),
        ("received:2026-03 OR x", "received:2026-04", "(received:2026-03 OR x) received:2026-04"),
        ("provider:umbra", 'provider:"=Umbra Net"', 'provider:umbra provider:"=umbra net"'),
        ("provider:=beta", 'provider:"=Umbra Net"', 'provider:=beta,"=umbra net"'),
    ],
)
def test_a_value_is_added_or_taken_away(before: str, by: str, after: str) -> None:
    assert text_of(refined(parsed(before), leaf(by)), TAXONOMY) == after


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        ("x", "class:baseline", "x -class:baseline"),
        ("-class:baseline", "class:national", "-class:baseline,national"),
        ("class:baseline,national", "class:baseline", "class:national -class:baseline"),
        ("-class:baseline,national", "class:baseline", "-class:national"),
        ("is:held", "is:held", "-is:held"),
        ("x", "received:2026-03", "x -received:2026-03"),
        ("received:2026-03", "received:2026-03", "-received:2026-03"),
        ("-received:2026-03", "received:2026-04", "-received:2026-03 -received:2026-04"),
        (
            "-(received:2026-03 OR received:2026-04)",
            "received:2026-04",
            "-received:2026-03",
        ),
    ],
)
def test_a_value_is_kept_out_or_let_in_again(before: str, by: str, after: str) -> None:
    assert text_of(refined(parsed(before), leaf(by), is_kept_out=True), TAXONOMY) == after


BY = st.sampled_from(
    [
        FieldIs(Field.CLASS, ("1",)),
        FieldIs(Field.HOST, ("NL",)),
        IsState(Is.HELD),
        leaf("received:2026-03"),
    ]
)


@given(TREES, BY, st.booleans())
def test_after_it_the_value_is_asked_for_or_kept_out_unless_it_was_so_before(
    condition: object, by: Value, is_out: bool
) -> None:
    query = query_of(condition)  # type: ignore[arg-type]
    stands = is_kept_out if is_out else is_asked
    other = is_asked if is_out else is_kept_out

    after = refined(query, by, is_kept_out=is_out)

    assert stands(after, by) is not stands(query, by)
    assert not other(after, by)
    assert parsed(text_of(after, TAXONOMY)).conditions == after.conditions
