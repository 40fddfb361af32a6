"""What may stand at the cursor of a query: text and cursor in, choices out.

    cla|                  class:
    class:bas|            class:baseline
    class:baseline,|      class:baseline,national …
    is:|                  is:new, is:decided …
    hotline:"Example H|   hotline:"Example Hotline NL"

A choice takes the place of the whole word or value that the cursor is in. Taken in a text that parses,
it gives one that parses, but for a field (`is_field`), which still wants its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.query import Field, Has, Is
from cport_desktop.domain.query_language import (
    CODE_LISTS,
    MOMENTS,
    ONES_OWN,
    PAGE_KIND,
    UNDECIDED_KEY,
)
from cport_desktop.domain.query_lexer import LONGEST_QUERY, Piece, Term, Token, tokens_begun
from cport_desktop.domain.query_printing import quoted
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.taxonomy import Taxonomy

MOST_CHOICES: Final = 40
"""Nobody reads on; a letter more is quicker."""

SPANS: Final = ("<24h", "<7d", "<30d", "<90d", ">30d", ">90d")
"""Spans that are asked for most."""

STATE: Final = "is"
THING: Final = "has"
FIELD_NAMES: Final = (*(field.value for field in Field), STATE, THING)
"""What may stand before a colon."""

_ONE_VALUE: Final = (STATE, THING, *(field.value for field in MOMENTS))
_MAY_FOLLOW: Final = " ,"


@dataclass(frozen=True, slots=True)
class Named:
    """A value, and what is told of it beside it (a label, a country), if anything."""

    value: str
    label: str = ""


class KnownNames(Protocol):
    """What this vault has names for: hotlines, countries, lists, tags, cases, providers."""

    def names(self, field: Field) -> Sequence[Named]: ...


class NoNames:
    """A vault of which nothing is known."""

    def names(self, _field: Field) -> Sequence[Named]:
        return ()


@dataclass(frozen=True, slots=True)
class Choice:
    """`text` takes the place of what stands from `start` to `end`. `value`, `label`: what is shown.
    `is_field`: a value is still to come.
    """

    text: str
    start: int
    end: int
    value: str
    label: str = ""
    is_field: bool = False


def completions(
    text: str, cursor: int, *, taxonomy: Taxonomy, known: KnownNames
) -> tuple[Choice, ...]:
    """What may stand where the cursor is, the likeliest first; nothing within a quotation of words, a
    URL, or a text too long to be read.
    """
    if not 0 <= cursor <= len(text) <= LONGEST_QUERY:
        return ()
    begun = tokens_begun(text[:cursor])
    if not begun or not _reaches(begun[-1], cursor):
        return tuple(_fields("", cursor, cursor)) if _is_blank(text, cursor) else ()
    term = begun[-1]
    whole = _term_at(tokens_begun(text), term.position) if isinstance(term, Term) else None
    if not isinstance(term, Term) or whole is None:
        return ()
    found: Iterable[Choice] = ()
    if term.name:
        found = _values(_Place(text, cursor, term, whole), taxonomy, known)
    elif not (whole.name or term.pieces[0].is_quoted):
        found = _fields(term.pieces[0].text, term.position, whole.pieces[0].end)
    return tuple(found)[:MOST_CHOICES]


def taken(text: str, choice: Choice) -> tuple[str, int]:
    """The text with `choice` in it, and where the cursor is then."""
    return text[: choice.start] + choice.text + text[choice.end :], choice.start + len(choice.text)


def values_of(  # noqa: PLR0911 - one line for each kind of field
    name: str, *, taxonomy: Taxonomy, known: KnownNames
) -> tuple[Named, ...]:
    """Every value of the field `name` (or `is`, `has`) that there is a name for, in its own order."""
    if name == STATE:
        return tuple(Named(state.value) for state in Is)
    if name == THING:
        return tuple(Named(thing.value) for thing in Has)
    if name not in set(Field):
        return ()
    field = Field(name)
    if field in CODE_LISTS:
        codes = taxonomy[CODE_LISTS[field]].codes
        undecided = (Named(UNDECIDED_KEY),) if field is Field.CLASS else ()
        return (*(Named(code.key, code.label) for code in codes), *undecided)
    if field in MOMENTS:
        return tuple(map(Named, SPANS))
    match field:
        case Field.STATUS:
            return tuple(Named(status.value) for status in ReportStatus)
        case Field.KIND:
            return (*(Named(kind.value) for kind in MediaKind), Named(PAGE_KIND))
        case Field.SEEN:
            return tuple(map(Named, ONES_OWN))
        case _:
            return tuple(known.names(field))


def matching(begun: str, choices: Iterable[Named]) -> Iterator[Named]:
    """Those of `choices` that `begun` may mean: they begin so, have a word that does, have it within
    them, or have its letters in this order; in this order.
    """
    ranked = [(rank, at, one) for at, one in enumerate(choices) if (rank := _rank(begun, one)) >= 0]
    return (one for _rank_of, _at, one in sorted(ranked, key=lambda each: each[:2]))


@dataclass(frozen=True, slots=True)
class _Place:
    """The cursor is in a value of `term`, of which `whole` is what stands in the whole text."""

    text: str
    cursor: int
    term: Term
    whole: Term


def _fields(begun: str, start: int, end: int) -> Iterator[Choice]:
    for found in matching(begun, map(Named, FIELD_NAMES)):
        yield Choice(f"{found.value}:", start, end, f"{found.value}:", is_field=True)


def _values(place: _Place, taxonomy: Taxonomy, known: KnownNames) -> Iterator[Choice]:
    pieces, name = place.term.pieces, place.term.name.casefold()
    typed = pieces[-1]
    if typed.is_quoted and typed.end <= place.cursor:
        return  # It is closed: whatever follows is something else.
    if name in _ONE_VALUE and len(place.whole.pieces) > 1:
        return
    now = _piece_at(place.whole, typed.position)
    if now is None:
        return
    others = {piece.text.casefold() for piece in place.whole.pieces if piece is not now}
    gap = _gap(place.text, now)
    for found in matching(typed.text, values_of(name, taxonomy=taxonomy, known=known)):
        if found.value.casefold() not in others and found.value.strip():
            text = quoted(found.value) + gap
            yield Choice(
                text, now.position, min(now.end, len(place.text)), found.value, found.label
            )


def _gap(text: str, now: Piece) -> str:
    """What keeps a value apart from what stands behind it."""
    following = text[now.end : now.end + 1]
    is_apart = not following or following.isspace() or following in _MAY_FOLLOW
    return "" if is_apart or not now.is_quoted else " "


def _reaches(token: Token, cursor: int) -> bool:
    return isinstance(token, Term) and (token.pieces[-1].end >= cursor)


def _is_blank(text: str, cursor: int) -> bool:
    """Nothing stands on either side of the cursor but blanks, and a bracket or minus before it."""
    before, after = text[:cursor][-1:], text[cursor:][:1]
    return (not before or before.isspace() or before in "(-") and (not after or after.isspace())


def _term_at(found: Sequence[Token], position: int) -> Term | None:
    return next((t for t in found if isinstance(t, Term) and t.position == position), None)


def _piece_at(term: Term, position: int) -> Piece | None:
    return next((piece for piece in term.pieces if piece.position == position), None)


def _rank(begun: str, choice: Named) -> int:
    """How well `begun` fits, 0 best; below zero not at all."""
    wanted, value, label = begun.casefold(), choice.value.casefold(), choice.label.casefold()
    if value.startswith(wanted):
        return 0
    if label.startswith(wanted) or any(word.startswith(wanted) for word in label.split()):
        return 1
    if wanted in value or wanted in label:
        return 2
    return 3 if _has_letters(wanted, value) else -1


def _has_letters(wanted: str, value: str) -> bool:
    letters = iter(value)
    return all(letter in letters for letter in wanted)
