"""The query line: text in, `domain.query.Query` out, or an error that points at the letter.

    garden files*           words; `*` at the end of one, or of a quotation, makes it a prefix
    "exact phrase"          words in this order; two quotation marks within stand for one
    host:NL class:baseline  field and value; commas between several: class:baseline,national
    received:<30d           times: see `domain.query_times`
    distance:<=20           numbers: `20`, `<20`, `<=20`, `>20`, `>=20`, `5..20`
    -is:decided has:video   a minus, or NOT, negates; states and possessions
    url:/path/part          part of a URL; a URL by itself means the same, defanged or not
    provider:umbra          part of a name; provider:"=Umbra Net","=Beta": whole names
    host:NL (a OR NOT b)    groups: see `domain.query_grammar`

All terms must hold where no OR stands between them. Values of code lists are their keys, labels or
numbers, and are turned into numbers here; a number that no list knows is accepted, since the
portal may know it. `domain.query_printing` is the way back.
"""

from __future__ import annotations

import difflib
import ipaddress
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from cport_desktop.domain.hosts import normalised_host, refanged
from cport_desktop.domain.ids import parse_report_reference
from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.number_range import parse_range
from cport_desktop.domain.query import (
    Between,
    Field,
    FieldContains,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
    Leaf,
    Query,
    Within,
    Words,
    provider_key,
)
from cport_desktop.domain.query_grammar import grown
from cport_desktop.domain.query_lexer import Piece, Term, tokens
from cport_desktop.domain.query_times import SPAN_FORMS, parse_span
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.errors import QueryError

Choice = TypeVar("Choice", bound=StrEnum)

CODE_LISTS = {
    Field.SITE: "site_type",
    Field.COMMERCIAL: "commerciality",
    Field.PAYMENT: "payment_method",
    Field.CLASS: "classification",
    Field.AGE: "age",
    Field.GENDER: "gender",
    Field.ACTION: "action",
}
"""Fields whose values are codes, and the list of the taxonomy that knows them."""

MOMENTS = (Field.RECEIVED, Field.UPDATED, Field.ASSIGNED_ON, Field.CAME)
"""Fields that lie in time."""

TEXTS = (Field.URL, Field.PROVIDER, Field.NOTE)
"""Fields that are searched for a part."""

ONES_OWN = ("me", "no")
"""`seen:me`, `seen:no`: whether it was opened by the person who asks. Nobody can ask it of another."""

UNDECIDED_KEY = "undecided"
"""`class:undecided`: no assessment yet."""

EXACTLY = "="
"""`provider:=Umbra` or `provider:"=Umbra Net"`: the whole name, letter case aside; of such there may be
several."""

PAGE_KIND = "page"
"""`kind:page`: a content item that is a web page, beside the kinds of media."""

_DIGEST_LETTERS = {Field.SHA256: 64, Field.SHA1: 40, Field.MD5: 32}
MOST_BITS = 256
"""By which two digests differ at most."""
_SHOWN_CHOICES = 12
_WORD_CATEGORIES = ("L", "N", "Co")


def parse(text: str, *, taxonomy: Taxonomy, now: datetime) -> Query:
    """The query that `text` asks; the empty text asks for everything.

    Raises:
        QueryError: position (0 to the length of `text`), found, accepted (what would be
            understood there, the closest first, separated by commas), why (a word of
            `words.queries.FAULTS`).
    """
    return grown(tokens(text), length=len(text), read=lambda term: _condition(term, taxonomy, now))


def leaf_of(
    name: str, values: Sequence[str], *, is_open: bool, taxonomy: Taxonomy, now: datetime
) -> Leaf:
    """The condition of one term whose parts are at hand: `values` of the field `name`, or words where
    that is empty. `is_open`: the last word is a prefix.

    Raises:
        QueryError: it cannot be understood; the position is one within its value.
    """
    pieces = [Piece(value, 0, is_quoted=True, is_open=is_open) for value in values]
    return _condition(Term(name, tuple(pieces), 0, 0), taxonomy, now)


def _condition(term: Term, taxonomy: Taxonomy, now: datetime) -> Leaf:
    if not term.name:
        return _words(term.pieces[0])
    if _is_url(term):
        return FieldContains(Field.URL, refanged(_as_written(term)))
    name = term.name.casefold()
    if name == "is":
        return IsState(_choice(_only(term), Is))
    if name == "has":
        return HasThing(_choice(_only(term), Has))
    return _field(_field_named(term), term, taxonomy, now)


def _field_named(term: Term) -> Field:
    accepted = [*Field, "is", "has"]
    folded = term.name.casefold()
    if folded not in set(Field):
        raise _error(term.position, term.name, _closest(folded, accepted), "field")
    return Field(folded)


def _field(field: Field, term: Term, taxonomy: Taxonomy, now: datetime) -> Leaf:
    if field in MOMENTS:
        return _span(field, _only(term), now)
    if field is Field.PROVIDER and term.pieces[0].text.startswith(EXACTLY):
        return FieldIs(field, tuple(dict.fromkeys(map(_whole_name, term.pieces))))
    if field in TEXTS:
        return _part(field, _only(term))
    if field is Field.DISTANCE:
        return _within(field, _only(term))
    read = _reader_of(field, taxonomy)
    return FieldIs(field, tuple(dict.fromkeys(read(piece) for piece in term.pieces)))


def _reader_of(field: Field, taxonomy: Taxonomy) -> Callable[[Piece], str]:
    if field in CODE_LISTS:
        return lambda piece: _code(field, piece, taxonomy)
    if field in _DIGEST_LETTERS:
        return lambda piece: _digest(piece, _DIGEST_LETTERS[field])
    return {
        Field.REF: _reference,
        Field.DOMAIN: _host,
        Field.HOST: _country,
        Field.ASSIGNED: _country,
        Field.IP: _address,
        Field.ASN: _system,
        Field.HOTLINE: _plain,
        Field.LIST: _plain,
        Field.STACK: _plain,
        Field.CASE: _plain,
        Field.TAG: _plain,
        Field.BY: _plain,
        Field.SEEN: _ones_own,
        Field.STATUS: lambda piece: _choice(piece, ReportStatus).value,
        Field.KIND: _kind,
    }[field]


def _words(piece: Piece) -> Words:
    is_starred = not piece.is_quoted and piece.text.endswith("*")
    text = piece.text.removesuffix("*") if is_starred else piece.text
    is_prefix = is_starred or piece.is_open
    words = tuple(word for word in text.split() if any(map(_is_word_letter, word)))
    if not words:
        raise _error(piece.position, piece.text, ["a word", "field:value", '"a phrase"'], "word")
    return Words(words, is_prefix)


def _is_word_letter(letter: str) -> bool:
    return unicodedata.category(letter).startswith(_WORD_CATEGORIES)


def _is_url(term: Term) -> bool:
    return term.pieces[0].text.startswith("//") and not term.pieces[0].is_quoted


def _as_written(term: Term) -> str:
    return f"{term.name}:" + ",".join(piece.text for piece in term.pieces)


def _only(term: Term) -> Piece:
    if len(term.pieces) > 1:
        raise _error(term.pieces[1].position, term.pieces[1].text, ["one value only"], "one")
    return term.pieces[0]


def _span(field: Field, piece: Piece, now: datetime) -> Between:
    span = parse_span(piece.text, now)
    if span is None:
        raise _error(piece.position, piece.text, [SPAN_FORMS], "span")
    return Between(field, span.start, span.end, piece.text)


def _within(field: Field, piece: Piece) -> Within:
    """`20`, `<20`, `<=20`, `>20`, `>=20`, `5..20`."""
    found = parse_range(piece.text, most=MOST_BITS)
    if found is None:
        raise _error(
            piece.position, piece.text, ["a number of bits: 12, <=20, >5, 5..20"], "number"
        )
    low, high = found
    if low > high or high > MOST_BITS:
        raise _error(
            piece.position, piece.text, [f"a number of bits from 0 to {MOST_BITS}"], "number"
        )
    return Within(field, low, high)


def _part(field: Field, piece: Piece) -> FieldContains:
    if not piece.text.strip():
        raise _error(piece.position, piece.text, ["a part of it"], "empty")
    return FieldContains(field, refanged(piece.text) if field is Field.URL else piece.text)


def _whole_name(piece: Piece) -> str:
    name = piece.text.removeprefix(EXACTLY)
    if not name.strip() or name == piece.text:
        raise _error(piece.position, piece.text, [f"{EXACTLY} and a whole name"], "value")
    return provider_key(name)


def _code(field: Field, piece: Piece, taxonomy: Taxonomy) -> str:
    codes = taxonomy[CODE_LISTS[field]]
    if field is Field.CLASS and piece.text.casefold() == UNDECIDED_KEY:
        return str(UNDECIDED)
    number = codes.number(piece.text)
    if number is None:
        keys = [code.key for code in codes.codes]
        extra = [UNDECIDED_KEY] if field is Field.CLASS else []
        raise _error(
            piece.position, piece.text, _closest(piece.text.casefold(), keys + extra), "value"
        )
    return str(number)


def _choice(piece: Piece, choices: type[Choice]) -> Choice:
    folded = piece.text.casefold()
    for choice in choices:
        if choice.value == folded:
            return choice
    raise _error(piece.position, piece.text, _closest(folded, list(choices)), "value")


def _kind(piece: Piece) -> str:
    folded = piece.text.casefold()
    kinds = [*MediaKind, PAGE_KIND]
    if folded not in kinds:
        raise _error(piece.position, piece.text, _closest(folded, kinds), "value")
    return folded


def _digest(piece: Piece, letters: int) -> str:
    folded = piece.text.lower()
    if len(folded) != letters or not set(folded) <= set("0123456789abcdef"):
        raise _error(piece.position, piece.text, [f"{letters} hexadecimal digits"], "digest")
    return folded


def _reference(piece: Piece) -> str:
    number = parse_report_reference(piece.text)
    return _plain(piece) if number is None else str(number)


def _plain(piece: Piece) -> str:
    if not piece.text.strip():
        raise _error(piece.position, piece.text, ["a value"], "empty")
    return piece.text


def _ones_own(piece: Piece) -> str:
    folded = piece.text.casefold()
    if folded not in ONES_OWN:
        raise _error(piece.position, piece.text, _closest(folded, ONES_OWN), "value")
    return folded


def _host(piece: Piece) -> str:
    host = normalised_host(refanged(piece.text))
    if not host or any(letter in host for letter in "/ @?#*"):
        raise _error(piece.position, piece.text, ["name.example"], "host")
    return host


def _country(piece: Piece) -> str:
    if len(piece.text) != 2 or not piece.text.isascii() or not piece.text.isalpha():
        raise _error(piece.position, piece.text, ["a country's two letters, such as NL"], "country")
    return piece.text.upper()


def _address(piece: Piece) -> str:
    try:
        return ipaddress.ip_address(piece.text).compressed
    except ValueError as error:
        raise _error(
            piece.position, piece.text, ["an address, such as 192.0.2.7"], "address"
        ) from error


def _system(piece: Piece) -> str:
    digits = piece.text.upper().removeprefix("AS")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 10:
        raise _error(piece.position, piece.text, ["a number, such as AS64500"], "system")
    return str(int(digits))


def _closest(word: str, choices: Iterable[str]) -> list[str]:
    """The choices, those that look like `word` first."""
    everything = [str(choice) for choice in choices]
    close = difflib.get_close_matches(word[:40], everything, n=3, cutoff=0.5)
    return [*close, *(choice for choice in everything if choice not in close)]


def _error(position: int, found: str, accepted: list[str], why: str) -> QueryError:
    shown = [*accepted[:_SHOWN_CHOICES], *(["…"] if len(accepted) > _SHOWN_CHOICES else [])]
    return QueryError(position=position, found=found[:80], accepted=", ".join(shown), why=why)
