"""STIX 2.1 bundles: the digests of files, of artifacts, and of indicators whose pattern names digests.

    {"type": "bundle", "id": …, "objects": [
      {"type": "file", "hashes": {"MD5": …, "SHA-256": …, "x_pdq": …}, "name": …},
      {"type": "indicator", "pattern": "[file:hashes.'SHA-256' = '…' OR file:hashes.MD5 = '…']", …}]}

PDQ may be among the hashes, or in an extension beside a quality and a category. Objects of other types say
nothing. A grouping with the label `removed` (of a difference between
versions) takes back what stands before it, so that such a bundle is refused. Of an indicator, every digest is an entry of its own: what its pattern
says of several is no statement about one file.
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
_REMOVED: Final = "removed"
_TAKES_BACK: Final = re.compile(rb'"labels"\s*:\s*\[\s*"removed"')
_READ: Final = frozenset({"extension_type", "x_pdq", "quality", "category"})
_PATTERN: Final = re.compile(
    r"(?:file|artifact):(?:[\w.\[\]*'-]{0,60}\.)?hashes\.'?([\w-]{2,30})'?\s{0,9}(?:=|IN)\s{0,9}\(?"
    r"\s{0,9}'([0-9A-Fa-f]{1,200})'"
)


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
        elif _TAKES_BACK.search(value):
            raise HashListUnreadable(cause=words.DIFFERENCE)
        return
    kind = told.get("type")
    if kind in _HASHED:
        yield _of_file(told)
    elif kind == "grouping" and _takes_back(told.get("labels")):
        raise HashListUnreadable(cause=words.DIFFERENCE)
    elif kind == "indicator" and told.get("revoked") is not True:
        name = text(told.get("name")) or None
        for word, digits in _PATTERN.findall(text(told.get("pattern"))):
            algorithm = BY_WORD.get(plain_word(word))
            yield (
                Refusal.NOT_MATCHED
                if algorithm is None
                else entry_of([(algorithm, digits)], name=name)
            )


def _takes_back(labels: object) -> bool:
    return isinstance(labels, list) and _REMOVED in labels


def _of_file(told: Mapping[str, object]) -> Line:
    """What its hashes say, and extensions that have a PDQ digest (`x_pdq`), with quality and category."""
    hashes = told.get("hashes")
    hashed = list(hashes.items()) if isinstance(hashes, dict) else []
    behind: dict[str, object] = {}
    extensions = told.get("extensions")
    for extension in extensions.values() if isinstance(extensions, dict) else ():
        if isinstance(extension, dict) and "x_pdq" in extension:
            behind |= extension
            hashed.append(("x_pdq", extension["x_pdq"]))
    if not hashed:
        return None
    digests: list[Told] = [
        (algorithm, text(digits))
        for word, digits in hashed
        if (algorithm := BY_WORD.get(plain_word(word))) is not None
    ]
    if not digests:
        return Refusal.NOT_MATCHED
    quality = number(behind.get("quality"))
    category = behind.get("category")
    return entry_of(
        digests,
        name=text(told.get("name")) or None,
        quality=quality,
        category=text(category) or None,
        rest=rest_of({key: value for key, value in behind.items() if key not in _READ}),
    )


STIX: Final = ListKind("stix", _recognises, _plan, is_marked=True)
