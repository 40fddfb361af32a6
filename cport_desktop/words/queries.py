"""What is said about queries: what is wrong with one, what its fields mean, and the builder's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_AT: Final = "The query cannot be read at character {position}: "
_STAYS: Final = "Nothing of it is lost: it stays as it was typed."

FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "length": (
        "The query is too long: {found}.",
        f"Accepted here: {{accepted}}. {_STAYS}",
    ),
    "letter": (
        _AT + "{found} is no letter that anybody types.",
        "Take it out; it came along with what was pasted.",
    ),
    "terms": (
        "The query has too many conditions; the first too many is at character {position}.",
        f"Accepted here: {{accepted}}. {_STAYS} Several values of one field are one condition: ref:1,2,3",
    ),
    "values": (
        "A field has too many values; the first too many is at character {position}.",
        f"Accepted here: {{accepted}}. {_STAYS}",
    ),
    "levels": (
        "Brackets lie too deep within each other at character {position}.",
        f"Accepted here: {{accepted}}. {_STAYS}",
    ),
    "group": (
        "The bracket that opens at character {position} is not closed.",
        "Close it with ), or put it in quotation marks if it belongs to a word.",
    ),
    "quotation": (
        "The quotation that begins at character {position} does not end.",
        'End it with "; a quotation mark within is written twice.',
    ),
    "term": (
        _AT + "something is missing before “{found}”.",
        "Accepted here: {accepted}.",
    ),
    "field": (
        _AT + "there is no field “{found}”.",
        'Accepted here: {accepted}. Words with a colon are put in quotation marks: "a:b"',
    ),
    "word": (
        _AT + "“{found}” has no letter and no digit.",
        "Accepted here: {accepted}.",
    ),
    "one": (
        _AT + "only one value can be asked for here.",
        "For another one, write the condition twice, with OR between.",
    ),
    "span": (
        _AT + "“{found}” is no time.",
        "Accepted here: {accepted}.",
    ),
    "number": (
        _AT + "“{found}” is no number that fits.",
        "Accepted here: {accepted}.",
    ),
    "empty": (
        _AT + "a value is missing.",
        "Accepted here: {accepted}.",
    ),
    "value": (
        _AT + "“{found}” is none of its values.",
        "Accepted here: {accepted}.",
    ),
    "digest": (
        _AT + "“{found}” is no such digest.",
        "Accepted here: {accepted}.",
    ),
    "host": (
        _AT + "“{found}” is no name of a host or domain.",
        "Accepted here: {accepted}. For a part of an address: url:/part",
    ),
    "country": (
        _AT + "“{found}” is no country.",
        "Accepted here: {accepted}.",
    ),
    "address": (
        _AT + "“{found}” is no IP address.",
        "Accepted here: {accepted}.",
    ),
    "system": (
        _AT + "“{found}” is no number of an autonomous system.",
        "Accepted here: {accepted}.",
    ),
    "end": (
        "The query ends where something is still to come, at character {position}.",
        "Accepted here: {accepted}.",
    ),
}
"""By the word in `why` of a `QueryError`: the sentence, and what to do."""
