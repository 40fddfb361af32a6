"""STIX 2.1 bundles: the digests of files, of artifacts, and of indicators whose pattern names digests.

    {"type": "bundle", "id": …, "objects": [
      {"type": "file", "hashes": {"MD5": …, "SHA-256": …, "x_pdq": …}, "name": …},
      {"type": "indicator", "pattern": "[file:hashes.'SHA-256' = '…' OR file:hashes.MD5 = '…']", …}]}

PDQ may be among the hashes, or in an extension beside a quality and a category. Objects of other types say
nothing. A grouping with the label `added` or `removed` is of a difference between
versions, so that such a bundle is refused. Of an indicator, every digest that its pattern compares with is an entry of its own: what it
says of several is no statement about one file. One that is said to be benign is refused.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from io import BufferedReader
from itertools import count
from typing import Final

from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import Line, ListKind, Plan, Refusal, Refused, Row, shown
from cport_desktop.formats.lists.entries import BY_WORD, Told, entry_of, plain_word
from cport_desktop.formats.lists.json_walk import EACH, Beginning, decoded_object, walk
from cport_desktop.formats.lists.told import number, rest_of, text
from cport_desktop.words import list_files as words

_START: Final = re.compile(rb'\s*\{(?=[^\0]{0,2000}?"type"\s*:\s*"bundle")')
_OBJECTS: Final = ("objects", EACH)
_HASHED: Final = frozenset({"file", "artifact"})
_SAYS_DIGESTS: Final = re.compile(rb'"type"\s*:\s*"(?:file|artifact|indicator)"')
"""How an object begins that is too long and would have said something."""
_OF_DIFFERENCES: Final = frozenset({"added", "removed"})
"""Labels of a grouping in a difference between two versions."""
_OF_DIFFERENCE: Final = re.compile(rb'"labels"\s*:\s*\[\s*"(?:added|removed)"')
EXTENSION: Final = "extension-definition--0f1d2c88-6f0b-5b9e-8a55-3c8f6e0c7a21"
"""What the standard has no place for, in bundles that leave here."""
_DIGEST: Final = "x_"
"""Before the word of an algorithm, in an extension."""
_READ: Final = frozenset({"extension_type", "quality", "category", "entry"})
_APART: Final = re.compile(r"/\*.*?\*/|//[^\n]*|('(?:[^'\\]|\\.)*')", re.DOTALL)
"""Comments of a pattern, and texts: a text may have in it what a comment begins with."""
_PATTERN: Final = re.compile(
    r"(?<![\w'.-])(?:file|artifact):(?:[\w.\[\]*'-]{0,60}\.)?hashes\.'?([\w-]{2,30})'?"
    r"\s{0,9}(?:(?:=|\bIN\b)\s{0,9})(\(\s{0,9})?'([0-9A-Fa-f]{1,200})'"
    r"((?(2)(?:\s{0,9},\s{0,9}'[0-9A-Fa-f]{1,200}')*))"
)
"""An algorithm, and the digests that it is compared with: one, or those of a set."""
_DIGITS: Final = re.compile("[0-9A-Fa-f]+")
_BENIGN: Final = "benign"


def _recognises(beginning: bytes) -> bool:
    return _START.match(beginning) is not None


def _plan(_beginning: bytes, _said: Mapping[str, str]) -> Plan:
    return Plan(_rows)


def _rows(file: BufferedReader) -> Generator[Row]:
    numbers = count(1)
    for _, value in walk(file, [_OBJECTS]):
        for said in _said(value):
            if isinstance(said, Refusal):
                yield Refused(next(numbers), said, shown(value))
            elif said is not None:
                yield next(numbers), said


def _said(value: bytes) -> Iterator[Line]:
    told = decoded_object(value)
    if told is None:
        is_long = isinstance(value, Beginning)
        if not is_long or _SAYS_DIGESTS.search(value):
            yield Refusal.TOO_LONG if is_long else Refusal.MALFORMED
        elif _OF_DIFFERENCE.search(value):
            raise HashListUnreadable(cause=words.DIFFERENCE)
        return
    kind = told.get("type")
    if kind in _HASHED:
        yield _of_file(told)
    elif kind == "grouping" and _is_of_difference(told.get("labels")):
        raise HashListUnreadable(cause=words.DIFFERENCE)
    elif kind == "indicator" and told.get("revoked") is not True:
        yield from _of_indicator(told)


def _of_indicator(told: Mapping[str, object]) -> Iterator[Line]:
    if text(told.get("pattern_type")) not in ("", "stix"):
        return
    types = told.get("indicator_types")
    is_benign = isinstance(types, list) and _BENIGN in types
    name = text(told.get("name")) or None
    pattern = _APART.sub(lambda found: found[1] or " ", text(told.get("pattern")))
    for word, _, digits, more in _PATTERN.findall(pattern):
        algorithm = BY_WORD.get(plain_word(word))
        for each in (digits, *_DIGITS.findall(more)):
            if is_benign:
                yield Refusal.HARMLESS
            elif algorithm is None:
                yield Refusal.NOT_MATCHED
            else:
                yield entry_of([(algorithm, each)], name=name)


def _is_of_difference(labels: object) -> bool:
    return isinstance(labels, list) and any(each in labels for each in _OF_DIFFERENCES)


def _of_file(told: Mapping[str, object]) -> Line:
    """What its hashes say, and extensions that have a PDQ digest (`x_pdq`), with quality and category, or
    are of our own.
    """
    hashes = told.get("hashes")
    hashed = list(hashes.items()) if isinstance(hashes, dict) else []
    behind = _extensions(told.get("extensions"))
    hashed += [
        (word.removeprefix(_DIGEST), digits)
        for word, digits in behind.items()
        if word.startswith(_DIGEST)
    ]
    if not hashed:
        return None
    digests: list[Told] = []
    others: dict[str, object] = {}
    for word, digits in hashed:
        algorithm = BY_WORD.get(plain_word(word))
        if algorithm is None:
            others[plain_word(word)] = digits
        else:
            digests.append((algorithm, text(digits)))
    if not digests:
        return Refusal.NOT_MATCHED
    # An object needs a name or a hash: of one that has neither, its number on the list is the name.
    name = text(told.get("name"))
    rest = {
        "digests": others,
        "size": told.get("size"),
        "mime_type": told.get("mime_type"),
        **{key: value for key, value in behind.items() if not _is_read(key)},
    }
    return entry_of(
        digests,
        name=None if name == behind.get("entry") else name or None,
        quality=number(behind.get("quality")),
        category=text(behind.get("category")) or None,
        rest=rest_of(rest),
    )


def _is_read(key: str) -> bool:
    return key in _READ or key.startswith(_DIGEST)


def _extensions(told: object) -> dict[str, object]:
    """What extensions say that have something of a known file."""
    behind: dict[str, object] = {}
    for name, extension in told.items() if isinstance(told, dict) else ():
        if isinstance(extension, dict) and (name == EXTENSION or "x_pdq" in extension):
            behind |= extension
    return behind


STIX: Final = ListKind("stix", _recognises, _plan, is_marked=True)
