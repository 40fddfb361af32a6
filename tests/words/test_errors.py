"""Every error of the tree has a sentence that can be filled, and a cure."""

from __future__ import annotations

import pytest

from cport_desktop.errors import CportError
from cport_desktop.words.errors import explain, known_codes


def every_error() -> list[type[CportError]]:
    found, left = [], [CportError]
    while left:
        kind = left.pop()
        found.append(kind)
        left += kind.__subclasses__()
    return [kind for kind in found if kind.__module__ == "cport_desktop.errors"]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_and_a_cure(kind: type[CportError]) -> None:
    sentence = explain(kind())
    assert kind.code in known_codes()
    assert sentence.code == kind.code
    assert len(sentence.message) > 10
    assert len(sentence.hint) > 10
    assert "{" not in sentence.message + sentence.hint


def test_no_sentence_is_left_over() -> None:
    assert known_codes() == {kind.code for kind in every_error()}


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in every_error()]
    assert len(codes) == len(set(codes))


def test_facts_are_filled_in() -> None:
    class Later(CportError):
        code = "vault.held.by_somebody_new"

    assert "Ada" in explain(Later(holder="Ada", pid=17)).message


def test_a_fact_with_braces_is_shown_as_it_is() -> None:
    class Odd(CportError):
        code = "vault.not_a_vault"

    assert "{path}" in explain(Odd(path="{path}")).message
