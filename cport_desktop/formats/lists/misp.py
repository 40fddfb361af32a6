"""MISP: events, attributes and objects, as its export and its interface write them, JSON.

    {"Event": {…, "Attribute": [{"type": "md5", "value": …}], "Object": [{"name": "file", "Attribute": […]}]}}
    {"response": [{"Event": …}]}    {"response": {"Attribute": […]}}    {"Attribute": […]}    [{"Event": …}]

The digests of one object are those of one file. An attribute by itself is a file of its own; `filename|md5`
has both. MISP has no type for PDQ: a digest of it is an attribute of type `other` (or `text`) whose comment,
or relation in its object, is `pdq`; or it stands, with a quality and a category, in a JSON object that is the comment of
an object or the value of an attribute. What is deleted says nothing. A list that left here as a difference
between two versions says so in a comment, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from io import BufferedReader
from itertools import count
from typing import Final

from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import Line, ListKind, Plan, Refusal, Refused, Row, shown
from cport_desktop.formats.lists.entries import BY_WORD, Told, entry_of, plain_word
from cport_desktop.formats.lists.json_walk import EACH, Beginning, Path, decoded_object, walk
from cport_desktop.formats.lists.told import number, objects, rest_of, text
from cport_desktop.words import list_files as words

_START: Final = re.compile(
    rb'\s*(?:\[\s*)?\{\s*(?:"response"\s*:\s*(?:\[\s*)?\{\s*)?(?:"(?:Event|Attribute|Object)"\s*:'
    # An event without its name, as libraries print one.
    rb'|(?=[^\0]{0,4000}?"(?:Attribute|Object)"\s*:\s*\[)'
    rb'(?=[^\0]{0,4000}?"(?:uuid|info|threat_level_id|analysis)"\s*:))'
)
_EVENTS: Final[tuple[Path, ...]] = (
    ("Event",),
    ("response", EACH, "Event"),
    ("response", "Event"),
    (EACH, "Event"),
)
_BARE: Final[tuple[Path, ...]] = ((), ("response",), ("response", EACH), (EACH,))
_LISTS: Final = ("Attribute", "Object")
_WANTED: Final = frozenset(
    (*before, name, EACH) for before in (*_EVENTS, *_BARE) for name in _LISTS
)
_READ: Final = frozenset({"pdq", "quality", "category", "entry", "name"})
_KEPT: Final = {"size-in-bytes": "size", "mime-type": "type"}
"""Attributes of a file's object that are kept, and as what."""
_DIGESTS_TOO: Final = frozenset(
    {"sha224", "sha384", "sha512", "sha512224", "sha512256", "sha3224", "sha3256", "sha3384"}
    | {"sha3512", "ssdeep", "tlsh", "imphash", "impfuzzy", "pehash", "authentihash", "vhash"}
    | {"cdhash", "telfhash", "domhash"}
)
"""Types of digests that nothing here is matched by, as `plain_word` leaves them."""
_FREE: Final = frozenset({"other", "text"})


def _recognises(beginning: bytes) -> bool:
    return _START.match(beginning) is not None


def _plan(_beginning: bytes, _said: Mapping[str, str]) -> Plan:
    return Plan(_rows)


def _rows(file: BufferedReader) -> Generator[Row]:
    numbers = count(1)
    for path, value in walk(file, _WANTED):
        told = decoded_object(value)
        if told is None:
            said: Line = Refusal.TOO_LONG if isinstance(value, Beginning) else Refusal.MALFORMED
        else:
            said = _of_object(told) if path[-2] == "Object" else _of_attribute(told)
        if isinstance(said, Refusal):
            yield Refused(next(numbers), said, shown(value))
        elif said is not None:
            yield next(numbers), said


def _of_attribute(told: Mapping[str, object]) -> Line:
    if told.get("deleted") in (True, "1"):
        return None
    if told.get("type") == "comment":
        # What a list that left here says of itself.
        said = _behind(told.get("value"))
        if "list" in said and said.get("since") is not None:
            raise HashListUnreadable(cause=words.DIFFERENCE)
    name, digests, others = _digests(told)
    behind = _behind(told.get("value")) if told.get("type") in _FREE else {}
    return _entry(digests, name or text(behind.get("name")), behind, {"digests": others})


def _of_object(told: Mapping[str, object]) -> Line:
    if told.get("deleted") in (True, "1"):
        return None
    names: list[str] = []
    digests: list[Told] = []
    others: dict[str, str] = {}
    kept: dict[str, object] = {"digests": others}
    for attribute in objects(told.get("Attribute")):
        if attribute.get("deleted") in (True, "1"):
            continue
        kind, value = text(attribute.get("type")), text(attribute.get("value"))
        if kind == "filename":
            names.append(value)
        elif kind in _KEPT:
            kept[_KEPT[kind]] = value
        name, found, unmatched = _digests(attribute)
        names += [name] if name else []
        digests += found
        others |= unmatched
    behind = _behind(told.get("comment"))
    return _entry(digests, names[0] if names else text(behind.get("name")), behind, kept)


def _entry(
    digests: list[Told],
    name: str | None,
    behind: Mapping[str, object],
    kept: Mapping[str, object],
) -> Line:
    """`behind`: what a JSON object beside it says; `kept`: what it says itself, digests that are not
    matched among it.
    """
    if "pdq" in behind:
        digests = [*digests, (BY_WORD["pdq"], text(behind["pdq"]))]
    said, told = kept.get("digests"), behind.get("digests")
    others = {
        **(said if isinstance(said, dict) else {}),
        **(told if isinstance(told, dict) else {}),
    }
    if not digests:
        return Refusal.NOT_MATCHED if others else None
    rest = {key: value for key, value in behind.items() if key not in _READ}
    return entry_of(
        digests,
        name=name or None,
        quality=number(behind.get("quality")),
        category=text(behind.get("category")) or None,
        rest=rest_of({**rest, **kept, "digests": others}),
    )


def _behind(comment: object) -> dict[str, object]:
    """What a JSON object in a text says."""
    written = text(comment)
    return decoded_object(written.encode()) or {} if written[:1] == "{" else {}


def _digests(
    attribute: Mapping[str, object],
) -> tuple[str | None, list[Told], dict[str, str]]:
    """The name of a file and its digests, as far as an attribute has them; by their words those that
    nothing here is matched by.
    """
    kind, value = text(attribute.get("type")), text(attribute.get("value"))
    if kind in _FREE:
        said = {plain_word(text(attribute.get(key))) for key in ("comment", "object_relation")}
        return None, [(BY_WORD["pdq"], value)] if "pdq" in said else [], {}
    name = None
    if kind.startswith("filename|"):
        kind = kind.removeprefix("filename|")
        name, _, value = value.rpartition("|")
    word = plain_word(kind)
    algorithm = BY_WORD.get(word)
    if algorithm is not None:
        return name, [(algorithm, value)], {}
    return name, [], {word: value} if word in _DIGESTS_TOO else {}


MISP: Final = ListKind("misp", _recognises, _plan, is_marked=True)
