"""The grammar of queries over short lists that are held whole: hotlines, hash lists, and others like them.

    example country:NL            words: each a part of what a row says; fields of the list
    reports:>100 -name:line       numbers as `20`, `<20`, `<=20`, `>20`, `>=20`, `5..20`
    came:<30d OR is:withdrawn     times: see `domain.query_times`; states of the list

A field or state that the list does not know is refused by name, with what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Generic, TypeVar

from cport_desktop.domain.number_range import parse_range
from cport_desktop.domain.query_grammar import Joints, grown_by
from cport_desktop.domain.query_lexer import Piece, Term, tokens
from cport_desktop.domain.query_times import SPAN_FORMS, parse_span
from cport_desktop.errors import QueryError

Row = TypeVar("Row")
Test = Callable[[Row], bool]
Value = str | int | datetime | None

_NUMBER_FORMS: Final = "12, <=20, >5, 5..20"
_MOST: Final = 10**12
_STATE: Final = "is"


class Kind(Enum):
    """How a value is compared."""

    PART = "part"
    """The text has it within it, letter case aside."""
    WHOLE = "whole"
    """The text is it, letter case aside."""
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class RowField(Generic[Row]):
    kind: Kind
    of: Callable[[Row], Value]


@dataclass(frozen=True, slots=True)
class RowLanguage(Generic[Row]):
    """`words`: all that words are looked for in."""

    words: Callable[[Row], str]
    fields: Mapping[str, RowField[Row]]
    states: Mapping[str, Test[Row]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """What may stand before a colon."""
        return (*self.fields, *((_STATE,) if self.states else ()))


def row_test(text: str, language: RowLanguage[Row], *, now: datetime) -> Test[Row]:
    """Whether a row is what `text` asks for; nothing at all asks for every row.

    Raises:
        QueryError: as `query_language.parse`.
    """

    def all_of(tests: Sequence[Test[Row]]) -> Test[Row]:
        return lambda row: all(test(row) for test in tests)

    def any_of(tests: Sequence[Test[Row]]) -> Test[Row]:
        return lambda row: any(test(row) for test in tests)

    def opposite(test: Test[Row]) -> Test[Row]:
        return lambda row: not test(row)

    found: Test[Row] | None = grown_by(
        tokens(text),
        length=len(text),
        read=lambda term: _term(term, language, now),
        joints=Joints(all_of, any_of, opposite),
    )
    return found or (lambda _row: True)


def _term(term: Term, language: RowLanguage[Row], now: datetime) -> Test[Row]:
    if not term.name:
        wanted = term.pieces[0].text.rstrip("*").casefold()
        return lambda row: wanted in language.words(row).casefold()
    name = term.name.casefold()
    if name == _STATE and language.states:
        return _any([_state(piece, language) for piece in term.pieces])
    if name not in language.fields:
        raise _refused(term.position, term.name, ", ".join(language.names), "field")
    asked = language.fields[name]
    return _any([_value(piece, asked, now) for piece in term.pieces])


def _any(tests: Sequence[Test[Row]]) -> Test[Row]:
    return lambda row: any(test(row) for test in tests)


def _state(piece: Piece, language: RowLanguage[Row]) -> Test[Row]:
    test = language.states.get(piece.text.casefold())
    if test is None:
        raise _refused(piece.position, piece.text, ", ".join(language.states), "value")
    return test


def _value(piece: Piece, asked: RowField[Row], now: datetime) -> Test[Row]:
    if not piece.text.strip():
        raise _refused(piece.position, piece.text, "a value", "empty")
    wanted, of = piece.text.casefold(), asked.of
    match asked.kind:
        case Kind.PART:
            return lambda row: wanted in str(of(row) or "").casefold()
        case Kind.WHOLE:
            return lambda row: wanted == str(of(row) or "").casefold()
        case Kind.NUMBER:
            return _number(piece, of)
        case Kind.MOMENT:
            return _moment(piece, of, now)


def _number(piece: Piece, of: Callable[[Row], Value]) -> Test[Row]:
    found = parse_range(piece.text, most=_MOST)
    if found is None:
        raise _refused(piece.position, piece.text, _NUMBER_FORMS, "number")
    low, high = found

    def is_between(row: Row) -> bool:
        value = of(row)
        return isinstance(value, int) and low <= value <= high

    return is_between


def _moment(piece: Piece, of: Callable[[Row], Value], now: datetime) -> Test[Row]:
    span = parse_span(piece.text, now)
    if span is None:
        raise _refused(piece.position, piece.text, SPAN_FORMS, "span")

    def is_within(row: Row) -> bool:
        at = of(row)
        return (
            isinstance(at, datetime)
            and (span.start is None or at >= span.start)
            and (span.end is None or at < span.end)
        )

    return is_within


def _refused(position: int, found: str, accepted: str, why: str) -> QueryError:
    return QueryError(position=position, found=found[:80], accepted=accepted, why=why)
