"""Files of ICCAM documents: one document, an array of them, or an object that holds arrays.

    {"reportId":…}      a report as it is given out
    {"contentId":…}     a content item as it is given out
    {"urls":[…]}        a report as it is submitted
    [ … ]               any of these, in any order
    {"reports":[…],"contents":[…]}      the same, sorted; either may be missing

What a document is follows from its members. A file is read whole or refused whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from cport_desktop.errors import MalformedMessage, MessageTooLarge
from cport_desktop.formats.iccam.record import print_record, read
from cport_desktop.formats.iccam.shapes import (
    Document,
    GivenContent,
    GivenReport,
    SubmittedReport,
)
from cport_desktop.formats.raw_json import elements, members, print_array
from cport_desktop.formats.strict_json import require_sound

LONGEST_FILE = 16 * 1024 * 1024
"""Bytes: as the longest message of the portal's own protocol."""

MOST_DOCUMENTS = 5_000
"""Documents of one file; the interface itself gives out 200 at a time."""

_FULLNESS = 4
"""Times the values of a message: a file is twice as long, and of short reports alone."""

_SUBMITTED = msgspec.json.Decoder(SubmittedReport)
_REPORT = msgspec.json.Decoder(GivenReport)
_CONTENT = msgspec.json.Decoder(GivenContent)
_HOLDERS = frozenset({"reports", "contents"})


@dataclass(frozen=True, slots=True)
class Found:
    """A document and its path within its file (`$[3]`)."""

    where: str
    document: Document


def parse_file(untrusted: bytes) -> tuple[Found, ...]:
    """All documents of a file, in order.

    Raises:
        MalformedMessage: if any of it is no such document; says where and why, and no value.
        MessageTooLarge: if it is longer or fuller than any honest one.
    """
    require_sound(untrusted, limit=LONGEST_FILE, fullness=_FULLNESS)
    places = tuple(_places(untrusted.strip()))
    if len(places) > MOST_DOCUMENTS:
        raise MessageTooLarge(limit=MOST_DOCUMENTS)
    return tuple(Found(where, _document(sound, where)) for where, sound in places)


def parse_document(untrusted: bytes) -> Document:
    """The one document in `untrusted`. Raises as `parse_file`."""
    require_sound(untrusted, limit=LONGEST_FILE, fullness=_FULLNESS)
    return _document(untrusted, "$")


def print_document(document: Document) -> bytes:
    """`document` as JSON: what is known first, then what is not, to the byte."""
    return print_record(document)


def print_file(documents: Sequence[Document]) -> bytes:
    """An array of documents."""
    return print_array([print_record(document) for document in documents])


def _places(sound: bytes) -> Iterable[tuple[str, bytes]]:
    if sound.startswith(b"["):
        return [(f"$[{index}]", each) for index, each in enumerate(elements(sound))]
    if not sound.startswith(b"{"):
        raise MalformedMessage(where="$", cause="neither an object nor an array")
    found = members(sound)
    if not found or not _HOLDERS.issuperset(found):
        return [("$", sound)]
    return [
        (f"$.{name}[{index}]", each)
        for name, inner in found.items()
        for index, each in enumerate(_held(inner, f"$.{name}"))
    ]


def _held(inner: bytes, where: str) -> list[bytes]:
    if not inner.startswith(b"["):
        raise MalformedMessage(where=where, cause="Expected `array`")
    return elements(inner)


def _document(sound: bytes, where: str) -> Document:
    if not sound.lstrip().startswith(b"{"):
        raise MalformedMessage(where=where, cause="Expected `object`")
    found = members(sound)
    if "contentId" in found:
        return read(_CONTENT, sound, where)
    if "reportId" in found:
        return read(_REPORT, sound, where)
    if "urls" in found:
        return read(_SUBMITTED, sound, where)
    raise MalformedMessage(where=where, cause="has none of reportId, contentId and urls")
