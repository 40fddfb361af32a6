r"""Lists as Project VIC's data model has them: 2.0, and 1.3 for older readers (domain.md 3).

MD5 is mandatory, so an entry without one is not carried. Digests are upper-case; SHA-256 and others
stand under `AlternativeHashes`; a name under `MediaFiles`. Categories are the numbers that the list
itself has, under the region that it names; a region that cannot stand in the context would leave them as
another's, so that they stay here. None is ever converted. Property
order is the readers' (context, then value), no byte order mark, one medium a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from cport_desktop.domain.listed import ListedEntry, ListHead, Source
from cport_desktop.exports.hash_lists.photodna import as_base64
from cport_desktop.exports.hash_lists.tally import (
    DIGEST,
    ENTRY,
    ListFormat,
    Tally,
    gathered,
    standing,
)
from cport_desktop.formats.lists.entries import plain_word
from cport_desktop.formats.region_profiles import named_region

DEFAULT_REGION: Final = "Default"
_CONTEXT_2_0: Final = (
    "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/{region}/$metadata#Media"
)
_CONTEXT_1_3: Final = "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media"
_FIELDS: Final = ("name", "size", "media_type", "category", "source", "more")
_FLAGS: Final = (
    *("VictimIdentified", "OffenderIdentified", "IsDistributed", "IsSuspected"),
    *("SelfGenerated", "IsPrecategorized"),
)
_TEXTS: Final = ("Series", "Tags", "Comments", "DateUpdated", "RelativeFilePath")
"""What `ListedEntry.more` may have under the model's own names; the rest is named as lost."""


def _vics(head: ListHead, source: Source, tally: Tally, *, is_old: bool) -> Iterator[bytes]:
    return gathered(_pieces(head, source, tally, is_old=is_old))


def _pieces(head: ListHead, source: Source, tally: Tally, *, is_old: bool) -> Iterator[bytes]:
    key = "odata.metadata" if is_old else "@odata.context"
    named = named_region(head.category_region) or ""
    is_named = bool(named)
    region = named if is_named and _REGION.fullmatch(named) else DEFAULT_REGION
    can_say = is_old or not is_named or region == named
    context = _CONTEXT_1_3 if is_old else _CONTEXT_2_0.format(region=region)
    yield f'{{"{key}":{json.dumps(context)},"value":['.encode()
    number = 0
    for entry in standing(source, tally):
        md5 = entry.digest("md5")
        if md5 is None:
            tally.lose(ENTRY)
            continue
        number += 1
        tally.wrote(entry)
        _lose(entry, tally, keeps_category=can_say)
        if is_old and is_named:
            tally.lose_region(head, entry)
        media = _old_media if is_old else _media
        made = media(number, md5.upper(), entry)
        if not can_say:
            made["Category"] = None
        text = json.dumps(made, separators=(",", ":"))
        yield f"{',' if number > 1 else ''}\n{text}".encode("ascii")
    yield b"\n]}\n"


def _media(number: int, md5: str, entry: ListedEntry) -> dict[str, object]:
    media: dict[str, object] = {"MediaID": number, "Category": _category(entry), "MD5": md5}
    if sha1 := entry.digest("sha1"):
        media["SHA1"] = sha1.upper()
    if photodna := as_base64(entry.digest("photodna") or ""):
        media["PhotoDNA"] = photodna
    media |= _particulars(entry, is_old=False)
    if entry.name is not None:
        media["MediaFiles"] = [{"MD5": md5, "FileName": entry.name, "FilePath": ""}]
    others = _alternative(md5, entry, ("md5", "sha1", "photodna"))
    if others:
        media["AlternativeHashes"] = others
    return media


def _old_media(number: int, md5: str, entry: ListedEntry) -> dict[str, object]:
    link = f"/Media({md5})"
    media: dict[str, object] = {"odata.id": f'Media("{md5}")'}
    if entry.name is not None:
        media["MediaFiles@odata.navigationLinkUrl"] = f"{link}/MediaFiles"
        media["MediaFiles"] = [{"MD5": md5, "FileName": entry.name, "FilePath": ""}]
    others = _alternative(md5, entry, ("md5",))
    if others:
        media["AlternativeHashes@odata.navigationLinkUrl"] = f"{link}/AlternativeHashes"
        media["AlternativeHashes"] = others
    return {
        **media,
        "MediaID": number,
        "Category": _category(entry),
        "MD5": md5,
        **_particulars(entry, is_old=True),
    }


def _particulars(entry: ListedEntry, *, is_old: bool) -> dict[str, object]:
    found: dict[str, object] = {}
    if entry.size is not None:
        found["MediaSize"] = str(entry.size) if is_old else entry.size
    if entry.media_type is not None:
        found["MimeType"] = entry.media_type
    if entry.source is not None:
        found["PrecategorizationSource"] = entry.source
    for name, text in entry.more:
        known = _MODEL.get(plain_word(name))
        if known in _FLAGS and text.casefold() in _TRUTHS:
            found[known] = _TRUTHS[text.casefold()]
        elif known in _TEXTS:
            found[known] = text
    return found


def _carries(name: str, text: str) -> bool:
    """Whether the model has a place for this."""
    known = _MODEL.get(plain_word(name))
    return known in _TEXTS or (known in _FLAGS and text.casefold() in _TRUTHS)


def _category(entry: ListedEntry) -> int | None:
    """The number, where the code is one."""
    code = entry.category or ""
    return int(code) if _NUMBER.fullmatch(code) and code == str(int(code)) else None


def _alternative(md5: str, entry: ListedEntry, apart: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {"MD5": md5, "HashName": _NAMES.get(word, word.upper()), "HashValue": _value(word, text)}
        for word, text in entry.digests
        if word not in apart
    ]


def _value(word: str, text: str) -> str:
    if word == "photodna":
        return as_base64(text) or text
    return text.upper() if _HEX.fullmatch(text) else text


def _lose(entry: ListedEntry, tally: Tally, *, keeps_category: bool) -> None:
    words = [word for word, _ in entry.digests]
    tally.lose_rest(entry, digests=words, fields=_FIELDS)
    if not all(_carries(name, text) for name, text in entry.more):
        tally.lose("more")
    if entry.category is not None and (_category(entry) is None or not keeps_category):
        tally.lose("category")
    text = entry.digest("photodna")
    if text and as_base64(text) is None:
        tally.lose(f"{DIGEST}photodna")


_TRUTHS: Final = {"true": True, "false": False}
_MODEL: Final = {
    **{plain_word(name): name for name in (*_FLAGS, *_TEXTS)},
    "seriesname": "Series",
}
_NUMBER: Final = re.compile("[0-9]{1,9}")
_REGION: Final = re.compile("[A-Za-z0-9_-]{1,64}")
_HEX: Final = re.compile("[0-9a-f]+")
_NAMES: Final = {"photodna": "PhotoDNA", "phash": "pHash", "vpdq": "vPDQ"}

VICS_2_0: Final = ListFormat("vics", "json", partial(_vics, is_old=False), tells_removed=False)
VICS_1_3: Final = ListFormat("vics-1.3", "json", partial(_vics, is_old=True), tells_removed=False)
