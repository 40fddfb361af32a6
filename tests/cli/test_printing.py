"""How answers look on a terminal: for people, and without anything in them that steers it."""

from __future__ import annotations

import pytest

from cport_desktop.cli.printing import facts, table


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (["one", "two"], "one, two"),
        ([], "–"),
        ((1_000, None), "1,000, –"),
        (None, "–"),
        (True, "yes"),
        (41_233, "41,233"),
        ("a\x1b[2J\u202eb", "a<U+001B>[2J<U+202E>b"),
        (["\x07"], "<U+0007>"),
    ],
)
def test_a_fact_is_told_as_people_read_it(value: object, shown: str) -> None:
    assert facts([("name", value)]) == f"name  {shown}"


def test_a_table_is_as_wide_as_its_cells_and_cuts_long_ones() -> None:
    lines = table(("A", "Bee"), [("x" * 60, "1"), ("y", "\x1b")]).splitlines()

    assert [len(line) for line in lines[1:2]] == [48 + 2 + 8]
    assert lines[2] == f"{'x' * 47}…  1"
    assert lines[3].endswith("<U+001B>")
    assert table(("A",), []) == "Nothing found."
