"""No sentence says that anything protects those who look, or what looking does to them: figures are
what was counted, and no study lets us claim more.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cport_desktop.words

ROOM = Path(cport_desktop.words.__file__).parent
OF_LOOKING = ("exposure.py", "exposure_page.py", "unit_rules.py")
CLAIM = re.compile(
    r"\b(health|healthy|wellbeing|well-being|welfare|trauma\w*|stress\w*|harm\w*|distress\w*|burn-?out"
    r"|resilien\w*|symptom\w*|psycholog\w*|mental\w*|emotional\w*|recover (?:from|your)\w*|heal\w*"
    r"|recommend\w*|should (?:rest|stop)|good for you|safer? for you"
    r"|protects? (?:you|the analyst|analysts|investigators|people who look|those who look))\b",
    re.IGNORECASE,
)
"""What a text about looking would say if it claimed an effect."""
ABOUT_PEOPLE = re.compile(
    r"\b(wellbeing|well-being|trauma\w*|burn-?out|psycholog\w*"
    r"|protects? (?:you|the analyst|analysts|investigators|those who look)"
    r"|(?:blur\w*|grey|breaks?|the veil) (?:protects?|helps?|reduces?|lowers?|prevents?))\b",
    re.IGNORECASE,
)
"""The same for all words of the program: “Health” there is the vault's."""


def sentences(path: Path) -> Iterator[str]:
    """Every text of a room that a person may read; docstrings are for those who write it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and id(node) not in docstrings:
            yield value


@pytest.mark.parametrize("room", OF_LOOKING)
def test_what_is_said_of_looking_claims_nothing(room: str) -> None:
    told = list(sentences(ROOM / room))
    assert len(told) > 10
    assert [each for each in told if CLAIM.search(each)] == []


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_no_sentence_of_the_program_claims_an_effect_on_those_who_look(path: Path) -> None:
    assert [each for each in sentences(path) if ABOUT_PEOPLE.search(each)] == []


@pytest.mark.parametrize(
    "claim",
    [
        "Blur protects you.",
        "A break of 10 minutes is good for you.",
        "Breaks reduce stress.",
        "For your wellbeing, stop here.",
        "You should rest now.",
        "This keeps you healthy.",
    ],
)
def test_a_claim_would_be_noticed(claim: str) -> None:
    assert CLAIM.search(claim)
