"""What agreements name by codes is told in words; a code of a later version stays as it is."""

from __future__ import annotations

import pytest

from cport_desktop.domain.agreement import Condition, Function
from cport_desktop.domain.agreement_comparison import Aspect
from cport_desktop.domain.media_item import MediaKind, RevealLevel
from cport_desktop.words.agreement import PARTICULARS, difference, obstacle


@pytest.mark.parametrize(
    ("aspect", "codes"),
    [(Aspect.LEVEL, RevealLevel), (Aspect.KIND, MediaKind), (Aspect.CONDITION, Condition)],
)
def test_every_code_has_words(
    aspect: Aspect, codes: type[RevealLevel | MediaKind | Condition]
) -> None:
    assert PARTICULARS[aspect.value].keys() == {each.value for each in codes}


@pytest.mark.parametrize(
    ("aspect", "value", "told"),
    [
        ("level", "small_grey", "revealing media at the level small grey"),
        ("level", "later_level", "revealing media at the level later_level"),
        ("condition", "twoPersons", "revealing media without this condition: a second person"),
        ("retention", "received", "keeping reports as long (since receipt)"),
        ("validity", "valid_until", "being valid as long (to the same day)"),
    ],
)
def test_a_difference_is_told_without_codes(aspect: str, value: str, told: str) -> None:
    assert difference(aspect, Function.MEDIA_REVEAL.value, value) == told


def test_an_obstacle_is_told_without_codes() -> None:
    told = obstacle("combination", ["4"], ["Press", "NL"])
    assert told == "clause 4 does not grant Press, NL together"
    assert "level small grey is" in obstacle("level", ["4"], ["small_grey"])
    assert "kind video, later are" in obstacle("kind", ["4"], ["video", "later"])
