"""Cuts a query into terms, each knowing where it stands in the text.

    -class:baseline,"a b"*   →  Term(is_negated, name "class", pieces baseline · a b)

Quotes keep blanks, commas and colons together; there is no escape, since a quotation mark
inside a searched text stands for nothing that is indexed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cport_desktop.errors import QueryError

LONGEST_QUERY = 2000
"""Letters. Longer ones come from a paste gone wrong, never from a person's question."""

MOST_TERMS = 64
"""Conditions in one query; each costs the vault a look-up."""

MOST_VALUES = 100
"""Values in one term, such as a list of digests."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One value: its text without quotes, and where it begins."""

    text: str
    position: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Term:
    """`name` is '' for words. `position` is where the term begins, its minus included."""

    name: str
    pieces: tuple[Piece, ...]
    is_negated: bool
    position: int
    name_position: int
    value_position: int


def terms(text: str) -> tuple[Term, ...]:
    """The terms of `text` in order.

    Raises:
        QueryError: too long, control characters, too many terms or values, a quotation that does not end.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            position=LONGEST_QUERY,
            found=f"{len(text)} characters",
            accepted=f"at most {LONGEST_QUERY} characters",
        )
    _require_letters(text)
    found: list[Term] = []
    position = _skip_blanks(text, 0)
    while position < len(text):
        if len(found) == MOST_TERMS:
            raise QueryError(
                position=position, found="one more term", accepted=f"at most {MOST_TERMS} terms"
            )
        term, position = _term(text, position)
        found.append(term)
        position = _skip_blanks(text, position)
    return tuple(found)


def _require_letters(text: str) -> None:
    """No control and no half of a surrogate pair: nobody types them, and no index has them."""
    for position, letter in enumerate(text):
        if unicodedata.category(letter) in ("Cc", "Cs") and not letter.isspace():
            raise QueryError(position=position, found=f"<U+{ord(letter):04X}>", accepted="letters")


def _term(text: str, start: int) -> tuple[Term, int]:
    is_negated = text[start] == "-"
    name_position = start + is_negated
    end_of_name = _end_of_name(text, name_position)
    has_name = text[end_of_name : end_of_name + 1] == ":" and end_of_name > name_position
    name = text[name_position:end_of_name] if has_name else ""
    value_position = end_of_name + 1 if has_name else name_position
    pieces, end = _pieces(text, value_position, splits_at_commas=has_name)
    return Term(name, pieces, is_negated, start, name_position, value_position), end


def _end_of_name(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "-_"):
        end += 1
    return end


def _pieces(text: str, start: int, *, splits_at_commas: bool) -> tuple[tuple[Piece, ...], int]:
    found: list[Piece] = []
    position = start
    while True:
        piece, position = _piece(text, position, splits_at_commas=splits_at_commas)
        found.append(piece)
        if not (splits_at_commas and text[position : position + 1] == ","):
            return tuple(found), position
        if len(found) == MOST_VALUES:
            raise QueryError(
                position=position, found="one more value", accepted=f"at most {MOST_VALUES} values"
            )
        position += 1


def _piece(text: str, start: int, *, splits_at_commas: bool) -> tuple[Piece, int]:
    if text[start : start + 1] == '"':
        end = text.find('"', start + 1)
        if end < 0:
            raise QueryError(position=start, found='"', accepted='a closing "')
        return Piece(text[start + 1 : end], start, is_quoted=True), end + 1
    end = start
    while end < len(text) and not text[end].isspace():
        if splits_at_commas and text[end] == ",":
            break
        end += 1
    return Piece(text[start:end], start, is_quoted=False), end


def _skip_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start
