"""Cuts a query into tokens, each knowing where it stands in the text.

    -class:baseline,"a b" (x OR y*)   →  NOT  class: baseline · a b  (  x  OR  y*  )

Quotes keep blanks, commas, colons and brackets together; two quotation marks within them stand for
one. A bracket opens a group where a term may begin, and closes one at the end of a term, so that a
URL keeps its own: `(url:/a_(1) OR b)`. AND, OR and NOT are meant where they stand in capitals,
alone and without quotes.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from cport_desktop.errors import QueryError

LONGEST_QUERY = 8000
"""Letters: a hundred digests and some. Longer ones come from a paste gone wrong."""

MOST_TERMS = 128
"""Conditions in one query; each costs the vault a look-up."""

MOST_VALUES = 100
"""Values in one term, such as a list of digests."""

MOST_LEVELS = 20
"""Groups within groups; nobody sees through more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One value: its text without quotes, where it begins, and where what follows it does. `is_open`:
    the end of a quotation is left open by a star, `"two wor"*`.
    """

    text: str
    position: int
    is_quoted: bool
    is_open: bool = False
    end: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """`name` is '' for words."""

    name: str
    pieces: tuple[Piece, ...]
    position: int
    value_position: int


class Sign(StrEnum):
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MINUS = "-"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between terms."""

    sign: Sign
    position: int


Token = Term | Mark
_SPOKEN = (Sign.AND, Sign.OR, Sign.NOT)


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order; each group that is opened is closed.

    Raises:
        QueryError: too long, control characters, too many terms, values or levels, a quotation or a group that
            does not end.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            position=LONGEST_QUERY,
            found=f"{len(text)} characters",
            accepted=f"at most {LONGEST_QUERY} characters",
            why="length",
        )
    _require_letters(text)
    return tuple(_Cutter(text).cut())


def tokens_begun(text: str) -> tuple[Token, ...]:
    """The tokens of a text that somebody is still writing: a quotation and groups may be open at its
    end. What cannot be read ends them.
    """
    if len(text) > LONGEST_QUERY:
        return ()
    found = _tokens_until_error(text)
    closed = _tokens_until_error(f'{text}"')
    return closed if len(closed) > len(found) else found


def _tokens_until_error(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    with contextlib.suppress(QueryError):
        found.extend(_Cutter(text).cut())
    return tuple(found)


def _require_letters(text: str) -> None:
    """No control and no half of a surrogate pair: nobody types them, and no index has them."""
    for position, letter in enumerate(text):
        if unicodedata.category(letter) in ("Cc", "Cs") and not letter.isspace():
            raise QueryError(
                position=position, found=f"<U+{ord(letter):04X}>", accepted="letters", why="letter"
            )


class _Cutter:
    """Goes through one text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[int] = []
        """Where the groups begin that are not closed yet."""

    def cut(self) -> Iterator[Token]:
        terms = 0
        self._skip_blanks()
        while self._at < len(self._text):
            token = self._mark() or self._term()
            terms += isinstance(token, Term)
            if terms > MOST_TERMS:
                self._refuse(
                    token.position, "one more term", f"at most {MOST_TERMS} terms", "terms"
                )
            yield token
            self._skip_blanks()
        if self._open:
            self._refuse(self._open[-1], Sign.OPEN.value, "a closing )", "group")

    def _mark(self) -> Mark | None:
        start, letter = self._at, self._text[self._at]
        if letter == Sign.MINUS and not self._text[start + 1 : start + 2].isspace():
            return self._took(Sign.MINUS)
        if letter == Sign.OPEN:
            if len(self._open) == MOST_LEVELS:
                self._refuse(
                    start, Sign.OPEN.value, f"at most {MOST_LEVELS} levels of brackets", "levels"
                )
            self._open.append(start)
            return self._took(Sign.OPEN)
        if letter == Sign.CLOSE and self._open:
            self._open.pop()
            return self._took(Sign.CLOSE)
        for sign in _SPOKEN:
            if self._text.startswith(sign, start) and self._ends_a_word(start + len(sign)):
                return self._took(sign)
        return None

    def _took(self, sign: Sign) -> Mark:
        start, self._at = self._at, self._at + len(sign)
        return Mark(sign, start)

    def _ends_a_word(self, at: int) -> bool:
        return at == len(self._text) or self._text[at].isspace() or self._text[at] in "()"

    def _term(self) -> Term:
        start = self._at
        end_of_name = self._end_of_name(start)
        has_name = self._text[end_of_name : end_of_name + 1] == ":" and end_of_name > start
        name = self._text[start:end_of_name] if has_name else ""
        self._at = value_position = end_of_name + 1 if has_name else start
        return Term(name, tuple(self._pieces(splits=has_name)), start, value_position)

    def _end_of_name(self, start: int) -> int:
        end = start
        while end < len(self._text) and (self._text[end].isalnum() or self._text[end] in "-_"):
            end += 1
        return end

    def _pieces(self, *, splits: bool) -> Iterator[Piece]:
        for number in range(MOST_VALUES):
            if number:
                self._at += 1
            yield self._piece(splits=splits)
            if not (splits and self._text[self._at : self._at + 1] == ","):
                return
        self._refuse(self._at, "one more value", f"at most {MOST_VALUES} values", "values")

    def _piece(self, *, splits: bool) -> Piece:
        if self._text[self._at : self._at + 1] == '"':
            return self._quoted()
        start, inner = self._at, 0
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter.isspace() or (splits and letter == ","):
                break
            if letter == Sign.CLOSE and self._open and not inner:
                break
            inner = max(0, inner + (letter == Sign.OPEN) - (letter == Sign.CLOSE))
            self._at += 1
        return Piece(self._text[start : self._at], start, is_quoted=False, end=self._at)

    def _quoted(self) -> Piece:
        start, at = self._at, self._at + 1
        while (end := self._text.find('"', at)) >= 0 and self._text[end + 1 : end + 2] == '"':
            at = end + 2
        if end < 0:
            self._refuse(start, '"', 'a closing "', "quotation")
        is_open = self._text[end + 1 : end + 2] == "*"
        self._at = end + 1 + is_open
        text = self._text[start + 1 : end].replace('""', '"')
        return Piece(text, start, is_quoted=True, is_open=is_open, end=self._at)

    def _skip_blanks(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    @staticmethod
    def _refuse(position: int, found: str, accepted: str, why: str) -> NoReturn:
        raise QueryError(position=position, found=found, accepted=accepted, why=why)
