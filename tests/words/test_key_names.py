"""A key that is drawn within a sentence stands where the language puts it."""

from __future__ import annotations

import pytest

from cport_desktop.words import window
from cport_desktop.words.key_names import KEY_HERE, around_key


def test_the_line_beneath_a_veil_is_one_sentence_around_its_key() -> None:
    before, behind = window.hold_to_look("grey", 6)
    assert f"{before} Space {behind}" == "Veiled. Hold Space to look: grey, 6 s"


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("{key} holds the look open: 6 s", ("", "holds the look open: 6 s")),
        ("Veiled; to look, hold {key}", ("Veiled; to look, hold", "")),
        ("Veiled, {key} opens, 6 s", ("Veiled,", "opens, 6 s")),
    ],
    ids=["first", "last", "between"],
)
def test_a_language_puts_the_key_where_it_likes(message: str, parts: tuple[str, str]) -> None:
    assert around_key(message.format(key=KEY_HERE)) == parts
