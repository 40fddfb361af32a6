"""What is raised in English is told in the language that is spoken; what a program reads stays."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from cport_desktop import errors
from cport_desktop.errors import (
    BundleUnexpected,
    CportError,
    KeepingUnderWay,
    NatureRefused,
    TokenKeyMissing,
    ValueUnknown,
    VaultDamaged,
)
from cport_desktop.words.error_facts import has_words
from cport_desktop.words.errors import explain
from cport_desktop.words.raised_facts import RAISED, raised

PROGRAM: Final = Path(errors.__file__).parent
ENGLISH_ONLY: Final = frozenset({"cli", "demo", "words"})
"""Rooms whose errors are read on the command line, or that are the words themselves."""

ELSEWHERE: Final[Mapping[tuple[str, str], str]] = {
    ("untrusted.malformed", "cause"): "for those who made the message",
    ("untrusted.malformed", "where"): "a place in the message",
    ("untrusted.package", "cause"): "told by words.packages",
    ("usage.arguments", "cause"): "read on the command line alone",
    ("usage.query", "accepted"): "told by words.queries",
    ("usage.query", "found"): "told by words.queries",
}
SPELT_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "a 7 without its sequence": (
        "a batch without its sequence",
        "a standing without its sequence",
    ),
}
"""Texts around a value that is one of few words."""

_CODES: Final = {
    name: kind.code
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, CportError)
}


def texts() -> Iterator[tuple[str, str, str, str]]:
    """Code, fact, text and place of each text of several words that an error is raised with."""
    for path in sorted(PROGRAM.rglob("*.py")):
        if path.relative_to(PROGRAM).parts[0] in ENGLISH_ONLY:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            code = _CODES.get(node.func.id)
            for fact in node.keywords if code is not None else ():
                told = _told(fact.value)
                if code and fact.arg and told is not None and re.search(r"[a-z] [a-z(]", told):
                    for text in SPELT_OUT.get(told, (told,)):
                        yield code, fact.arg, text, f"{path.name}:{node.lineno}"


def _told(value: ast.expr) -> str | None:
    """A text with 7 in the place of each value that is put into it."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "7" for part in value.values
        )
    return None


def test_every_text_that_is_raised_has_words() -> None:
    found = list(texts())
    assert len(found) > 40
    untold = [
        f"{place} {code} {fact}: {text}"
        for code, fact, text, place in found
        if (code, fact) not in ELSEWHERE and not has_words(code, fact, text)
    ]
    assert untold == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeepingUnderWay(what="an exchange with the portal"), "an exchange with the portal"),
        (BundleUnexpected(found="station"), "on its way to the station"),
        (NatureRefused(ours="live", theirs="demo"), "This vault is live and the portal is demo"),
        (ValueUnknown(what="part size", value=1, accepted="4096 bytes and more"), "part size"),
        (VaultDamaged(where="anchor 5"), "anchor 5"),
        (VaultDamaged(where="vault.db (missing)"), "vault.db (missing)"),
        (TokenKeyMissing(label="t", key="{x} (of 2048 bits)"), "{x} (of 2048 bits)"),
    ],
)
def test_facts_stand_in_their_sentences_and_stay_for_programs(error: CportError, told: str) -> None:
    before = dict(error.facts)
    assert told in explain(error).message
    assert error.facts == before


def test_a_number_and_a_name_keep_their_places_in_another_language() -> None:
    words = {
        "anchor {number}": "Anker Nr. {number}",
        "unit rule {name}": "Regel {name}",
        "{file} (missing)": "{file} (fehlt)",
    }
    assert raised(words, "anchor 5") == "Anker Nr. 5"
    assert raised(words, "unit rule {0}") == "Regel {0}"
    assert raised(words, "vault.db (missing)") == "vault.db (fehlt)"
    assert raised(words, "something else") == "something else"


@pytest.mark.parametrize("code", sorted(RAISED))
def test_every_code_is_that_of_an_error(code: str) -> None:
    assert code in _CODES.values()
