"""Rows that are made quickly are what they would have been."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from cport_desktop.domain.quick_rows import quickly


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    words: str = "none"


quick_line = quickly(Line)


def test_it_is_one_of_its_kind_and_equal_to_one_that_was_made_the_usual_way() -> None:
    made = quick_line(7, words="seven")
    assert type(made) is Line
    assert made == Line(7, "seven")
    assert hash(made) == hash(Line(7, "seven"))
    assert replace(made, words="7") == Line(7, "7")


def test_what_is_not_told_is_what_it_usually_is() -> None:
    assert quick_line(7) == Line(7)


def test_nothing_of_it_can_be_changed() -> None:
    made = quick_line(7)
    with pytest.raises(FrozenInstanceError):
        made.number = 8  # type: ignore[misc]
