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

COMPLETIONS: Final = "What may stand here"
COMPLETION_KEYS: Final = (
    "Enter searches, / comes back here. Where a list is open beneath: Down and Up walk it, Tab takes what is"
    " chosen, Escape closes it. Ctrl+Space opens it."
)
BUILD: Final = "Build"
BUILD_KEY: Final = "Ctrl+Shift+F"
BUILDER: Final = "Builder"
BUILD_NAME: Final = "Build the query by rows"

MEANINGS: Final[Mapping[str, str]] = {
    "words": "words in all that a report says",
    "ref": "number of a report, or the hotline's own",
    "url": "a part of a URL",
    "domain": "a domain or a whole host name",
    "host": "hosting country",
    "assigned": "country that it is assigned to",
    "ip": "IP address",
    "asn": "autonomous system",
    "provider": "a part of the provider's name",
    "site": "kind of site",
    "commercial": "whether it is commercial",
    "payment": "ways to pay",
    "class": "classification",
    "age": "age group",
    "gender": "gender",
    "hotline": "hotline that reported it",
    "received": "when the hotline received it",
    "updated": "when it was changed last",
    "assigned-on": "when it was assigned",
    "came": "when it came or changed here",
    "action": "what was done about it",
    "status": "what last happened to it at the portal",
    "kind": "kind of file",
    "sha256": "SHA-256 of a file",
    "sha1": "SHA-1 of a file",
    "md5": "MD5 of a file",
    "list": "hash list that a file is on",
    "distance": "bits between a file and an entry of a list",
    "stack": "a media item of the same stack",
    "case": "case that it is in",
    "tag": "tag that is on it",
    "note": "a part of a note",
    "seen": "whether you have opened it",
    "by": "who did something about it",
    "is": "a state that it is in",
    "has": "something that it has",
}
"""What each field asks, beside its name."""

EXAMPLES: Final[Mapping[str, str]] = {
    "words": "words",
    "ref": "HL-884179",
    "url": "/a/part",
    "domain": "name.example",
    "host": "NL",
    "assigned": "NL",
    "ip": "192.0.2.7",
    "asn": "AS64500",
    "provider": "a part of its name",
    "hotline": "a part of its name",
    "sha256": "64 digits",
    "sha1": "40 digits",
    "md5": "32 digits",
    "list": "its name",
    "stack": "M-20417",
    "case": "C-12",
    "tag": "its name",
    "note": "a part of it",
    "by": "a part of the name",
}
"""What a field of the builder shows while it is empty."""
A_DATE: Final = "2026-05-17"

RELATIONS: Final[Mapping[str, str]] = {
    "any-of": "is one of",
    "contains": "contains",
    "words": "has all of, in order",
    "begins": "begins with",
    "last": "within the last",
    "longer-ago": "longer ago than",
    "on": "on",
    "from-to": "from … to",
    "since": "from … on",
    "until": "until",
    "before": "before",
    "after": "after",
    "at-most": "at most",
}
UNITS: Final[Mapping[str, str]] = {"h": "hours", "d": "days", "w": "weeks"}
JOINTS: Final[Mapping[str, str]] = {"all": "All of these", "any": "Any of these"}
JOINT: Final = "How the conditions belong together"
NOT: Final = "Not"
FIELD: Final = "Field"
RELATION: Final = "Relation"
VALUE: Final = "Value"
FROM: Final = "From"
TO: Final = "To"
UNIT: Final = "Unit"
ANOTHER_VALUE: Final = "or…"
ANOTHER_VALUE_NAME: Final = "Another value"
REMOVE: Final = "✕"
REMOVE_CONDITION: Final = "Remove this condition"
REMOVE_GROUP: Final = "Remove this group"
ADD_CONDITION: Final = "＋ Condition"
ADD_GROUP: Final = "＋ Group"
CHOOSE_VALUE: Final = "choose…"
NO_CONDITIONS: Final = "No condition yet: everything is found."
LINE_ERRS: Final = "The line cannot be read just now; the rows show what it said before."


def too_long_to_hold(limit: int) -> str:
    """What was pasted is not taken in, and that must be said."""
    return (
        f"The line holds no more than {limit:,} characters, and has taken nothing of what was pasted; that is"
        " still where it was copied."
    )


def in_a_row(why: str, *, found: str, accepted: str) -> str:
    """What is wrong with a row of the builder, which has no character to point at."""
    message, hint = FAULTS[why]
    told = f"{message.removeprefix(_AT)} {hint}".format(found=found, accepted=accepted, position="")
    return told[:1].upper() + told[1:]


def unfinished(count: int) -> str:
    """How many rows say nothing yet."""
    if count == 1:
        return "One row says nothing yet and is left out."
    return f"{count} rows say nothing yet and are left out."
