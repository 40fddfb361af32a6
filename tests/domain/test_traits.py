"""What reports have in common beyond hosts and files, and how it is told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.traits import (
    LONGEST_PATTERN,
    MOST_LAYOUTS,
    Told,
    Trait,
    TraitKind,
    path_pattern,
    payment_text,
    plain_referrer,
    traits_of,
)

HOST = "https://files.example"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/Gallery/2931/img_0012.jpg", "/gallery/#/img_#.jpg"),
        ("/Gallery/17/img_9.jpg?size=3#top", "/gallery/#/img_#.jpg"),
        ("/f/9f86d081884c7d65/x", "/f/#/x"),
        ("/decade/x", "/decade/x"),
        ("/7", "/#"),
        ("/index.html", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_a_path_keeps_its_pattern_and_loses_its_numbers(path: str, pattern: str) -> None:
    assert path_pattern(HOST + path) == pattern


@given(st.text(max_size=300))
def test_any_text_has_a_pattern_of_bounded_length(url: str) -> None:
    assert len(path_pattern(url)) <= LONGEST_PATTERN
    assert path_pattern("http://[") == ""


@pytest.mark.parametrize("url", ["HTTPS://Board.Example/Thread/", "http://board.example/thread#p7"])
def test_one_referrer_is_one_however_it_is_written(url: str) -> None:
    assert plain_referrer(url) == "board.example/thread"


def test_ways_to_pay_that_say_nothing_are_none() -> None:
    assert payment_text((1, 9), 2) is None
    assert payment_text((5,), None) is None
    assert payment_text((9, 13, 5), 2) == "2:5,13"


def test_a_report_with_a_thousand_layouts_keeps_a_few() -> None:
    places = tuple((f"{HOST}/x/{'a' * size}/1", 64500) for size in range(1, 1000))

    assert len(traits_of(Told(None, None, (), places))) == MOST_LAYOUTS


def test_a_layout_needs_the_system_it_is_hosted_in() -> None:
    assert traits_of(Told(None, None, (), ((f"{HOST}/a/1", None),))) == ()


def test_a_sign_is_told_by_kind_and_text_and_fits_a_column() -> None:
    layout, referrer = (Trait(kind, "a") for kind in (TraitKind.LAYOUT, TraitKind.REFERRER))

    assert layout.sign != referrer.sign
    assert layout.sign == Trait(TraitKind.LAYOUT, "a").sign
    assert 0 <= layout.sign < 2**63
