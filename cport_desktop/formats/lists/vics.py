"""VICS (Project VIC), JSON: 1.1 to 1.3 and 2.0, sets of digests (`#Media`) and cases (`#Cases`).

    {"odata.metadata": "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media", "value": [Media…]}
    {"@odata.context": "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media",
     "value": [Media…]}
    …#Cases: "value": [{…, "Media": [Media…]}]

The context is the first property. Categories mean something else in each region: they are kept as they are
written, with the region that the context names. Digests are in properties of a Media and in its
`AlternativeHashes`; PhotoDNA and what else has no place is kept as the rest of an entry. No official
description is public; this follows what readers and writers of it do.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from functools import partial
from io import BufferedReader
from typing import Final

from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import Line, ListKind, Plan, Refusal, Refused, Row, shown
from cport_desktop.formats.lists.entries import BY_WORD, Told, entry_of, plain_word
from cport_desktop.formats.lists.json_walk import EACH, Beginning, Path, decoded_object, walk
from cport_desktop.formats.lists.told import number, objects, rest_of, text
from cport_desktop.words import list_files as words

_CONTEXT: Final = re.compile(
    rb'\s*\{\s*"(?:odata\.metadata|@odata\.context)"\s*:\s*"[^"]{0,300}?ProjectVic/DataModels/'
    rb'(\d{1,2}\.\d{1,2})\.xml(?:/([^/"#]{1,64}))?[^"#]{0,64}#(Media|Cases)"',
)
_OF_SET: Final[Path] = ("value", EACH)
_OF_CASES: Final[Path] = ("value", EACH, "Media", EACH)
_NO_REGIONS: Final = frozenset({"default", "custom"})
"""What a context names where it names no region."""
_READ: Final = frozenset({"MD5", "SHA1", "SHA256", "PDQ", "Category", "AlternativeHashes"})


def _recognises(beginning: bytes) -> bool:
    return _CONTEXT.match(beginning) is not None


def _plan(beginning: bytes, _said: Mapping[str, str]) -> Plan:
    found = _CONTEXT.match(beginning)
    if found is None:
        raise HashListUnreadable(cause=words.NO_CONTEXT)
    version, region, what = (
        part.decode("ascii", "replace") if part else "" for part in found.groups()
    )
    wanted = _OF_SET if what == "Media" else _OF_CASES
    names_region = bool(region) and region.casefold() not in _NO_REGIONS
    profile = region or f"VICS {version}"
    return Plan(partial(_rows, wanted=wanted), profile=profile, names_region=names_region)


def _rows(file: BufferedReader, *, wanted: Path) -> Generator[Row]:
    for at, (_, value) in enumerate(walk(file, [wanted]), 1):
        is_long = isinstance(value, Beginning)
        said = Refusal.TOO_LONG if is_long else _media(decoded_object(value))
        if isinstance(said, Refusal):
            yield Refused(at, said, shown(value))
        elif said is not None:
            yield at, said


def _media(told: dict[str, object] | None) -> Line:
    if told is None:
        return Refusal.MALFORMED
    category = told.get("Category")
    code = number(category)
    if code is None and category is not None and not isinstance(category, str):
        return Refusal.CATEGORY
    written = (text(category).strip() or None) if code is None else str(code)
    alternatives = list(objects(told.get("AlternativeHashes")))
    digests: list[Told] = [
        (BY_WORD[plain_word(key)], text(told.get(key))) for key in ("MD5", "SHA1", "SHA256", "PDQ")
    ]
    others: list[dict[str, object]] = []
    for each in alternatives:
        algorithm = BY_WORD.get(plain_word(text(each.get("HashName"))))
        if algorithm is None:
            others.append({"HashName": each.get("HashName"), "HashValue": each.get("HashValue")})
        else:
            digests.append((algorithm, text(each.get("HashValue"))))
    rest: dict[str, object] = {
        key: value
        for key, value in told.items()
        if key not in _READ and "odata" not in key and key != "MediaFiles"
    }
    rest["MediaFiles"] = [_without_links(file) for file in objects(told.get("MediaFiles"))]
    rest["AlternativeHashes"] = others
    return entry_of(digests, name=_name(told), category=written, rest=rest_of(rest))


def _name(told: Mapping[str, object]) -> str | None:
    """The first name that its file has, without any path."""
    for file in objects(told.get("MediaFiles")):
        if name := text(file.get("FileName")):
            return name
    return text(told.get("RelativeFilePath")).replace("\\", "/").rsplit("/", 1)[-1] or None


def _without_links(told: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if "odata" not in key}


VICS: Final = ListKind("vics", _recognises, _plan, is_marked=True)
