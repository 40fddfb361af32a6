"""The way back: a tree of conditions as the text that a person would type for it.

What is printed is read again as the same tree, at the same moment and with the same code lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cport_desktop.domain.ids import parse_report_reference, report_reference
from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    HasThing,
    IsState,
    Leaf,
    Not,
    Query,
    Within,
    Words,
)
from cport_desktop.domain.query_language import CODE_LISTS, EXACTLY, UNDECIDED_KEY
from cport_desktop.domain.query_lexer import Sign
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy

_SPOKEN = {Sign.AND.value, Sign.OR.value, Sign.NOT.value}
_APART = frozenset('",()*')
"""Letters that would end or begin something in a value without quotes."""


def text_of(query: Query, taxonomy: Taxonomy) -> str:
    """The line that asks `query`; empty for everything."""
    match query.conditions:
        case (AnyOf(inner),):
            return _choices(inner, taxonomy)
        case conditions:
            return " ".join(_one(condition, taxonomy) for condition in conditions)


def _one(condition: Condition, taxonomy: Taxonomy) -> str:
    """`condition` where others stand beside it that must hold too."""
    match condition:
        case AnyOf(inner):
            return f"({_choices(inner, taxonomy)})"
        case AllOf(inner):
            return f"({' '.join(_one(each, taxonomy) for each in inner)})"
        case Not(inner):
            return f"-{_one(inner, taxonomy)}"
        case leaf:
            return leaf_text(leaf, taxonomy)


def _choices(conditions: Iterable[Condition], taxonomy: Taxonomy) -> str:
    return " OR ".join(_one(each, taxonomy) for each in conditions)


def leaf_text(  # noqa: PLR0911 - one arm for each kind
    leaf: Leaf, taxonomy: Taxonomy
) -> str:
    """One term."""
    match leaf:
        case Words(words, is_prefix):
            return _words(words, is_prefix=is_prefix)
        case FieldIs(field, values):
            return f"{field}:{','.join(quoted(value_text(field, value, taxonomy)) for value in values)}"
        case FieldContains(field, text):
            return f"{field}:{quoted(text)}"
        case Between():
            return f"{leaf.field}:{quoted(leaf.said or days_text(leaf))}"
        case Within(field, least, most):
            return f"{field}:{least}..{most}"
        case IsState(state):
            return f"is:{state}"
        case HasThing(thing):
            return f"has:{thing}"


def quoted(text: str) -> str:
    """`text` as one value: in quotes where it would be taken for something else without."""
    is_plain = bool(text) and not (_APART & set(text)) and not any(map(str.isspace, text))
    is_plain = is_plain and not text.startswith("//")  # Behind a colon that would be a URL.
    return text if is_plain else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _words(words: tuple[str, ...], *, is_prefix: bool) -> str:
    text = " ".join(words)
    star = "*" if is_prefix else ""
    is_plain = quoted(text) == text and text not in _SPOKEN and text[0] != "-" and ":" not in text
    return (text if is_plain else _in_quotes(text)) + star


def value_text(field: Field, value: str, taxonomy: Taxonomy) -> str:
    """`value` as people name it: of a code its key, where that is read as the same code; of a report
    `HL-17`.
    """
    if field is Field.CLASS and value == str(UNDECIDED):
        return UNDECIDED_KEY
    if field is Field.PROVIDER:
        return f"{EXACTLY}{value}"
    if field is Field.REF and value.isascii() and value.isdigit():
        number = parse_report_reference(value)
        is_same = number is not None and str(number) == value
        return report_reference(number) if number is not None and is_same else value
    if field in CODE_LISTS and value.isdigit():
        codes = taxonomy[CODE_LISTS[field]]
        key = codes.key(int(value))
        return key if codes.number(key) == int(value) else value
    return value


def days_text(span: Between) -> str:
    """Whole days in words of the query; both ends are within."""
    first = "" if span.start is None else f"{span.start:%Y-%m-%d}"
    last = "" if span.end is None else f"{span.end - timedelta(days=1):%Y-%m-%d}"
    return f"{first}..{last}"
