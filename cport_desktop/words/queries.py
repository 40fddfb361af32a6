"""What is said about queries: what is wrong with one, what its fields mean, and the builder's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

_AT: Final = tr("The query cannot be read at character {position}:") + " "

FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "length": (
        tr("The query is too long: {found}."),
        tr("Accepted here: {accepted}. Nothing of it is lost: it stays as it was typed."),
    ),
    "letter": (
        _AT + tr("{found} is no letter that anybody types."),
        tr("Take it out; it came along with what was pasted."),
    ),
    "terms": (
        tr("The query has too many conditions; the first too many is at character {position}."),
        tr(
            "Accepted here: {accepted}. Nothing of it is lost: it stays as it was typed. Several values of one field are one condition: ref:1,2,3"
        ),
    ),
    "values": (
        tr("A field has too many values; the first too many is at character {position}."),
        tr("Accepted here: {accepted}. Nothing of it is lost: it stays as it was typed."),
    ),
    "levels": (
        tr("Brackets lie too deep within each other at character {position}."),
        tr("Accepted here: {accepted}. Nothing of it is lost: it stays as it was typed."),
    ),
    "group": (
        tr("The bracket that opens at character {position} is not closed."),
        tr("Close it with ), or put it in quotation marks if it belongs to a word."),
    ),
    "quotation": (
        tr("The quotation that begins at character {position} does not end."),
        tr('End it with "; a quotation mark within is written twice.'),
    ),
    "term": (
        _AT + tr("something is missing before “{found}”."),
        tr("Accepted here: {accepted}."),
    ),
    "field": (
        _AT + tr("there is no field “{found}”."),
        tr('Accepted here: {accepted}. Words with a colon are put in quotation marks: "a:b"'),
    ),
    "word": (
        _AT + tr("“{found}” has no letter and no digit."),
        tr("Accepted here: {accepted}."),
    ),
    "one": (
        _AT + tr("only one value can be asked for here."),
        tr("For another one, write the condition twice, with OR between."),
    ),
    "span": (
        _AT + tr("“{found}” is no time."),
        tr("Accepted here: {accepted}."),
    ),
    "number": (
        _AT + tr("“{found}” is no number that fits."),
        tr("Accepted here: {accepted}."),
    ),
    "empty": (
        _AT + tr("a value is missing."),
        tr("Accepted here: {accepted}."),
    ),
    "value": (
        _AT + tr("“{found}” is none of its values."),
        tr("Accepted here: {accepted}."),
    ),
    "digest": (
        _AT + tr("“{found}” is no such digest."),
        tr("Accepted here: {accepted}."),
    ),
    "host": (
        _AT + tr("“{found}” is no name of a host or domain."),
        tr("Accepted here: {accepted}. For a part of an address: url:/part"),
    ),
    "country": (
        _AT + tr("“{found}” is no country."),
        tr("Accepted here: {accepted}."),
    ),
    "address": (
        _AT + tr("“{found}” is no IP address."),
        tr("Accepted here: {accepted}."),
    ),
    "system": (
        _AT + tr("“{found}” is no number of an autonomous system."),
        tr("Accepted here: {accepted}."),
    ),
    "end": (
        tr("The query ends where something is still to come, at character {position}."),
        tr("Accepted here: {accepted}."),
    ),
}
"""By the word in `why` of a `QueryError`: the sentence, and what to do."""

COMPLETIONS: Final = tr("What may stand here")
COMPLETION_KEYS: Final = tr(
    "Enter searches, / comes back here. Where a list is open beneath: Down and Up walk it, Tab takes what is chosen, Escape closes it. Ctrl+Space opens it."
)
BUILD: Final = tr("Build")
BUILD_KEY: Final = "Ctrl+Shift+F"
BUILDER: Final = tr("Builder")
BUILD_NAME: Final = tr("Build the query by rows")

MEANINGS: Final[Mapping[str, str]] = {
    "words": tr("words in all that a report says"),
    "ref": tr("number of a report, or the hotline’s own"),
    "url": tr("a part of a URL"),
    "domain": tr("a domain or a whole host name"),
    "host": tr("hosting country"),
    "assigned": tr("country that it is assigned to"),
    "ip": tr("IP address"),
    "asn": tr("autonomous system"),
    "provider": tr("a part of the provider’s name"),
    "site": tr("kind of site"),
    "commercial": tr("whether it is commercial"),
    "payment": tr("ways to pay"),
    "class": tr("classification"),
    "age": tr("age group"),
    "gender": tr("gender"),
    "hotline": tr("hotline that reported it"),
    "received": tr("when the hotline received it"),
    "updated": tr("when it was changed last"),
    "assigned-on": tr("when it was assigned"),
    "came": tr("when it came or changed here"),
    "action": tr("what was done about it"),
    "status": tr("what last happened to it at the portal"),
    "kind": tr("kind of file"),
    "sha256": tr("SHA-256 of a file"),
    "sha1": tr("SHA-1 of a file"),
    "md5": tr("MD5 of a file"),
    "list": tr("hash list that a file is on"),
    "distance": tr("bits between a file and an entry of a list"),
    "stack": tr("a media item of the same stack"),
    "case": tr("case that it is in"),
    "tag": tr("tag that is on it"),
    "note": tr("a part of a note"),
    "seen": tr("whether you have opened it"),
    "by": tr("who did something about it"),
    "is": tr("a state that it is in"),
    "has": tr("something that it has"),
}
"""What each field asks, beside its name."""

EXAMPLES: Final[Mapping[str, str]] = {
    "words": tr("words"),
    "ref": "HL-884179",
    "url": tr("/a/part"),
    "domain": "name.example",
    "host": "NL",
    "assigned": "NL",
    "ip": "192.0.2.7",
    "asn": "AS64500",
    "provider": tr("a part of its name"),
    "hotline": tr("a part of its name"),
    "sha256": tr("64 digits"),
    "sha1": tr("40 digits"),
    "md5": tr("32 digits"),
    "list": tr("its name"),
    "stack": "M-20417",
    "case": "C-12",
    "tag": tr("its name"),
    "note": tr("a part of it"),
    "by": tr("a part of the name"),
}
"""What a field of the builder shows while it is empty."""
A_DATE: Final = "2026-05-17"

RELATIONS: Final[Mapping[str, str]] = {
    "any-of": tr("is one of"),
    "contains": tr("contains"),
    "words": tr("has all of, in order"),
    "begins": tr("begins with"),
    "last": tr("within the last"),
    "longer-ago": tr("longer ago than"),
    "on": tr_in("relation of a time", "on"),
    "from-to": tr("from … to"),
    "since": tr_in("relation of a time", "from … on"),
    "until": tr_in("relation of a time", "until"),
    "before": tr_in("relation of a time", "before"),
    "after": tr_in("relation of a time", "after"),
    "at-most": tr("at most"),
}
UNITS: Final[Mapping[str, str]] = {"h": tr("hours"), "d": tr("days"), "w": tr("weeks")}
JOINTS: Final[Mapping[str, str]] = {"all": tr("All of these"), "any": tr("Any of these")}
JOINT: Final = tr("How the conditions belong together")
NOT: Final = tr("Not")
FIELD: Final = tr("Field")
RELATION: Final = tr("Relation")
VALUE: Final = tr("Value")
FROM: Final = tr_in("where a span begins", "From")
TO: Final = tr_in("where a span ends", "To")
UNIT: Final = tr_in("of time", "Unit")
ANOTHER_VALUE: Final = tr("or…")
ANOTHER_VALUE_NAME: Final = tr("Another value")
REMOVE: Final = "✕"
REMOVE_CONDITION: Final = tr("Remove this condition")
REMOVE_GROUP: Final = tr("Remove this group")
ADD_CONDITION: Final = tr("+ Condition")
ADD_GROUP: Final = tr("+ Group")
CHOOSE_VALUE: Final = tr("choose…")
NO_CONDITIONS: Final = tr("No condition yet: everything is found.")
LINE_ERRS: Final = tr("The line cannot be read just now; the rows show what it said before.")


def too_long_to_hold(limit: int) -> str:
    """What was pasted is not taken in, and that must be said."""
    return tr(
        "The line holds no more than {limit} characters, and has taken nothing of what was pasted; that is still where it was copied.",
        limit=amount(limit),
    )


def in_a_row(why: str, *, found: str, accepted: str) -> str:
    """What is wrong with a row of the builder, which has no character to point at."""
    message, hint = FAULTS[why]
    told = f"{message.removeprefix(_AT)} {hint}".format(found=found, accepted=accepted, position="")
    return told[:1].upper() + told[1:]


def unfinished(count: int) -> str:
    """How many rows say nothing yet."""
    return tr_many(
        "One row says nothing yet and is left out.",
        "{count} rows say nothing yet and are left out.",
        count,
    )
