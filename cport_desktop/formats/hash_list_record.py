"""Hash lists and their entries, as the portal's records carry them.

    {"listId":"example-7","name":…,"version":"12","source":…,"handling":…,"created":…,
     "algorithms":["md5","sha256"],"count":3,"negative":false}
    {"listId":"example-7","entryId":"17","digests":{"md5":"…","pdq":"…"},"quality":80,
     "classification":1,"source":…,"feedback":{"affirmative":2,"negative":0}}

The reference of a list is its id, that of an entry `LIST/ENTRY`. Digests of algorithms that are
known here must have their length; those of others are kept as they come. What is on a `negative`
list is known to be harmless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from cport_desktop.domain.portal_records import HashList, HashListEntry, entry_reference
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode
from cport_desktop.formats.wire_bounds import utc

MOST_ALGORITHMS: Final = 32
"""Of a list, or of an entry; about a dozen are in use anywhere."""
MOST_FEEDBACK: Final = 64
"""Words of feedback on an entry; two or three are in use."""
LONGEST_DIGEST: Final = 4_096
"""Characters: digests of whole videos are long; larger ones are exchanged in other ways."""
LARGEST_QUALITY: Final = 100

ListId = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
Algorithm = Annotated[str, Meta(max_length=64, pattern=r"^[!-~]+\Z")]
Digest = Annotated[str, Meta(min_length=1, max_length=LONGEST_DIGEST, pattern=r"^[!-~]+\Z")]

_HEX_DIGITS: Final[Mapping[str, int]] = {
    "md5": 32,
    "sha1": 40,
    "sha256": 64,
    "sha512": 128,
    "pdq": 64,
    "phash": 16,
}
_HEX: Final = re.compile(r"[0-9A-Fa-f]+\Z")


class WireHashList(msgspec.Struct, rename="camel", gc=False):
    list_id: ListId
    name: bounds.Name
    version: bounds.NonEmpty
    source: bounds.Name
    created: bounds.Moment
    algorithms: Annotated[tuple[Algorithm, ...], Meta(max_length=MOST_ALGORITHMS)]
    count: bounds.Count
    handling: bounds.Reason | None = None
    negative: bool = False


class WireHashListEntry(msgspec.Struct, rename="camel"):
    list_id: ListId
    entry_id: ListId
    digests: Annotated[dict[Algorithm, Digest], Meta(min_length=1, max_length=MOST_ALGORITHMS)]
    quality: Annotated[int, Meta(ge=0, le=LARGEST_QUALITY)] | None = None
    classification: bounds.Code | None = None
    source: bounds.Name | None = None
    feedback: Annotated[dict[Algorithm, bounds.Count], Meta(max_length=MOST_FEEDBACK)] = {}


_LIST = msgspec.json.Decoder(WireHashList)
_ENTRY = msgspec.json.Decoder(WireHashListEntry)


def parse_hash_list(reference: str, document: bytes, where: str) -> HashList:
    """The list that a sound document tells of.

    Raises:
        MalformedMessage: it has not the shape, or is about another list.
    """
    wire = decode(_LIST, document, where)
    if reference != wire.list_id:
        raise MalformedMessage(where=f"{where}.listId", cause="another than the reference")
    return HashList(
        list_id=wire.list_id,
        name=wire.name,
        version=wire.version,
        source=wire.source,
        handling=wire.handling,
        created_at=utc(wire.created, f"{where}.created"),
        algorithms=wire.algorithms,
        count=wire.count,
        is_negative=wire.negative,
    )


def parse_hash_list_entry(reference: str, document: bytes, where: str) -> HashListEntry:
    """The entry that a sound document tells of.

    Raises:
        MalformedMessage: it has not the shape, or is about another entry.
    """
    wire = decode(_ENTRY, document, where)
    if reference != entry_reference(wire.list_id, wire.entry_id):
        raise MalformedMessage(where=f"{where}.entryId", cause="another than the reference")
    return HashListEntry(
        list_id=wire.list_id,
        entry_id=wire.entry_id,
        digests=tuple(
            (name, _digest(name, text, f"{where}.digests")) for name, text in wire.digests.items()
        ),
        quality=wire.quality,
        classification=wire.classification,
        source=wire.source,
        feedback=tuple(wire.feedback.items()),
    )


def print_hash_list(hash_list: HashList) -> bytes:
    """The document of a list."""
    return msgspec.json.encode(
        WireHashList(
            list_id=hash_list.list_id,
            name=hash_list.name,
            version=hash_list.version,
            source=hash_list.source,
            created=hash_list.created_at,
            algorithms=hash_list.algorithms,
            count=hash_list.count,
            handling=hash_list.handling,
            negative=hash_list.is_negative,
        )
    )


def print_hash_list_entry(entry: HashListEntry) -> bytes:
    """The document of an entry."""
    return msgspec.json.encode(
        WireHashListEntry(
            list_id=entry.list_id,
            entry_id=entry.entry_id,
            digests=dict(entry.digests),
            quality=entry.quality,
            classification=entry.classification,
            source=entry.source,
            feedback=dict(entry.feedback),
        )
    )


def _digest(algorithm: str, text: str, where: str) -> str:
    digits = _HEX_DIGITS.get(algorithm)
    if digits is None:
        return text
    if len(text) != digits or not _HEX.match(text):
        raise MalformedMessage(where=where, cause=f"not {digits} hex digits")
    return text.lower()
