"""STIX 2.1 bundles: the digests of files, of artifacts, and of indicators whose pattern names digests.

    {"type": "bundle", "id": …, "objects": [
      {"type": "file", "hashes": {"MD5": …, "SHA-256": …, "x_pdq": …}, "name": …},
      {"type": "indicator", "pattern": "[file:hashes.'SHA-256' = '…' OR file:hashes.MD5 = '…']", …}]}

Objects of other types say nothing. Of an indicator, every digest is an entry of its own: what its pattern
says of several is no statement about one file.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from io import BufferedReader
from itertools import count
from typing import Final

from cport_desktop.formats.hash_list_file import Line, ListKind, Plan, Refusal, Refused, Row, shown
from cport_desktop.formats.lists.entries import BY_WORD, Told, entry_of, plain_word
from cport_desktop.formats.lists.json_walk import EACH, decoded_object, walk
from cport_desktop.formats.lists.told import text

_START: Final = re.compile(rb'\s*\{(?=[^\0]{0,2000}?"type"\s*:\s*"bundle")')
_OBJECTS: Final = ("objects", EACH)
_HASHED: Final = frozenset({"file", "artifact"})
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
                yield Refused(next(numbers), said, shown(value or b""))
            elif said is not None:
                yield next(numbers), said


def _said(value: bytes | None) -> Iterator[Line]:
    told = decoded_object(value)
    if told is None:
        yield Refusal.TOO_LONG if value is None else Refusal.MALFORMED
        return
    kind = told.get("type")
    if kind in _HASHED:
        hashes = told.get("hashes")
        yield _of_hashes(hashes, text(told.get("name"))) if isinstance(hashes, dict) else None
    elif kind == "indicator" and told.get("revoked") is not True:
        name = text(told.get("name")) or None
        for word, digits in _PATTERN.findall(text(told.get("pattern"))):
            algorithm = BY_WORD.get(plain_word(word))
            yield (
                Refusal.NOT_MATCHED
                if algorithm is None
                else entry_of([(algorithm, digits)], name=name)
            )


def _of_hashes(hashes: Mapping[str, object], name: str) -> Line:
    digests: list[Told] = [
        (algorithm, text(digits))
        for word, digits in hashes.items()
        if (algorithm := BY_WORD.get(plain_word(word))) is not None
    ]
    return entry_of(digests, name=name or None) if digests else Refusal.NOT_MATCHED


STIX: Final = ListKind("stix", _recognises, _plan, is_marked=True)
