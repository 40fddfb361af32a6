"""Names stand where a reader of English, French, German or Dutch looks for them."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Final

import pytest

from cport_desktop.domain.name_order import compare_names, name_key

IN_ORDER: Final = (
    "",
    " leading",
    "(to do)",
    "+ more",
    "1 quay",
    "10 quays",
    "2 quays",
    "Æsop",
    "Ägypten",
    "AJAX",
    "ajax 2",
    "Álava",
    "été",
    "Ødegaard",
    "Straße",
    "Strasse 2",
    "Zoë",
    "zone",
    "Zürich",
)
"""As `Unicode::Collate` of Perl (allkeys 13, level 1, variable signs not ignored) sorts them."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ä", "a"),
        ("é", "E"),
        ("Ø", "o"),
        ("ß", "SS"),
        ("œ", "OE"),
        ("Ł", "l"),
        ("ĳ", "IJ"),
        ("٣", "3"),
    ],
)
def test_case_and_marks_do_not_count(one: str, other: str) -> None:
    assert name_key(one)[0] == name_key(other)[0]


def test_the_order_is_that_of_the_root() -> None:
    assert sorted(IN_ORDER, key=name_key) == list(IN_ORDER)
    assert all(compare_names(one, other) < 0 for one, other in pairwise(IN_ORDER))


def test_names_that_differ_in_marks_alone_have_one_order_whatever_came_first() -> None:
    alike = ("resume", "Resume", "résumé", "RÉSUMÉ")
    assert len({tuple(sorted(each, key=name_key)) for each in permutations(alike)}) == 1
    assert compare_names("résumé", "résumé") == 0


def test_what_cannot_be_seen_moves_no_name() -> None:
    assert name_key("a\u200bb\u00adc")[0] == name_key("abc")[0]
