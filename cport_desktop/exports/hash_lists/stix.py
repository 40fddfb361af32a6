"""Lists as a STIX 2.1 bundle (OASIS): a `file` object for each entry, one object a line.

Identifiers are the standard's own deterministic ones (UUIDv5 over hashes, name and extensions), so that
the same file is the same object wherever it comes from. What the standard has no place for (PDQ and
other digests, quality, class, feedback) stands in an extension of ours, which every parser reads. Two
groupings tell what is on the list and, in a difference, what is on it no more.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.listed import ListedEntry, ListHead, Source
from cport_desktop.exports.hash_lists.tally import ListFormat, Tally, gathered
from cport_desktop.formats.lists.stix import EXTENSION

_STANDARD: Final = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace of the standard, section 2.9."""
_OURS: Final = uuid.UUID("7d1c6c0a-2b7a-5d53-9f0e-6b0a0f5e4c11")
"""The namespace of objects that the standard gives no identifier to."""
_PRODUCT: Final = "identity--5b1f0d3e-93d6-5c0c-a2b4-7f8d1f6c2e90"
_EXTENSION_MADE: Final = "2026-11-23T00:00:00.000Z"
_HASHES: Final = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256", "sha512": "SHA-512"}
"""Of those that the standard knows, those of which it says how they are written; the preferred first."""
_BEHIND: Final = ("category", "quality", "classification", "source")
LISTED, REMOVED, ADDED = "listed", "removed", "added"


def _stix(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_pieces(head, source, tally))


def _pieces(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    bundle = _id("bundle", head, "whole" if head.since is None else f"since {head.since}")
    yield f'{{"type":"bundle","id":{json.dumps(bundle)},"objects":[\n'.encode()
    yield _line(_product())
    yield b",\n" + _line(_extension())
    yield b",\n" + _line(_owner(head))
    marking = None if not head.handling else _marking(head)
    if marking is not None:
        yield b",\n" + _line(marking)
    marked = {} if marking is None else {"object_marking_refs": [marking["id"]]}
    for entry in source():
        tally.wrote(entry)
        tally.lose_region(head, entry)
        yield b",\n" + _line({**_file(entry), **marked})
    for kind, is_removed in ((LISTED, False), (REMOVED, True)):
        yield from _grouping(head, source, kind, marked, is_removed=is_removed)
    yield b"\n]}\n"


def _file(entry: ListedEntry) -> dict[str, object]:
    hashes = {_HASHES[word]: text for word, text in entry.digests if word in _HASHES}
    made: dict[str, object] = {"type": "file", "spec_version": "2.1", "id": ""}
    if hashes:
        made["hashes"] = hashes
    if entry.name is not None or not hashes:
        # An object needs one of both; an entry of PDQ alone is called by its number on the list.
        made["name"] = entry.name or entry.entry_id
    if entry.size is not None:
        made["size"] = entry.size
    if entry.media_type is not None:
        made["mime_type"] = entry.media_type
    behind = _behind(entry)
    if made.get("name") != entry.name:
        behind["entry"] = entry.entry_id
    if behind:
        made["extensions"] = {EXTENSION: {"extension_type": "property-extension", **behind}}
    made["id"] = f"file--{_identity(made, hashes)}"
    return made


def _behind(entry: ListedEntry) -> dict[str, object]:
    behind: dict[str, object] = {
        f"x_{word}": text for word, text in entry.digests if word not in _HASHES
    }
    behind |= {name: value for name in _BEHIND if (value := getattr(entry, name)) is not None}
    if entry.feedback:
        behind["feedback"] = dict(entry.feedback)
    if entry.more:
        behind["more"] = dict(entry.more)
    return behind


def _identity(made: dict[str, object], hashes: dict[str, str]) -> uuid.UUID:
    """Section 2.9: over one hash, by preference, the name and the extensions, as RFC 8785 writes them."""
    told: dict[str, object] = {name: made[name] for name in ("name", "extensions") if name in made}
    if hashes:
        kind = next(kind for kind in _HASHES.values() if kind in hashes)
        told["hashes"] = {kind: hashes[kind]}
    return uuid.uuid5(_STANDARD, _text(told, sort=True))


def _grouping(
    head: ListHead, source: Source, kind: str, marked: dict[str, list[object]], *, is_removed: bool
) -> Iterator[bytes]:
    """All entries of a kind by their identifiers; nothing if there is none."""
    made = _object("grouping", head, kind)
    made |= {
        "created_by_ref": _id("identity", head, head.source),
        "name": f"{head.name} {head.version}".strip(),
        "description": _description(head, kind),
        "context": "unspecified",
        **_labels(head, is_removed=is_removed),
        **marked,
    }
    begun = False
    for entry in source():
        if entry.is_removed is is_removed:
            lead = ",\n" if begun else f',\n{_text(made)[:-1]},"object_refs":[\n'
            begun = True
            yield f"{lead}{json.dumps(_file(entry)['id'])}".encode()
    if begun:
        yield b"]}"


def _labels(head: ListHead, *, is_removed: bool) -> dict[str, object]:
    """By which others see that it is a difference."""
    if head.since is None and not is_removed:
        return {}
    return {"labels": [REMOVED if is_removed else ADDED]}


def _description(head: ListHead, kind: str) -> str:
    what = "known to be harmless" if head.is_negative else "known"
    synthetic = "SYNTHETIC. " if head.is_synthetic else ""
    if kind == REMOVED:
        return f"{synthetic}No longer on the hash list {head.list_id}, since {head.since}."
    change = "" if head.since is None else f", added since {head.since}"
    return f"{synthetic}On the hash list {head.list_id}: {what}{change}."


def _product() -> dict[str, object]:
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": _PRODUCT,
        "created": _EXTENSION_MADE,
        "modified": _EXTENSION_MADE,
        "name": "CPORT Desktop",
        "identity_class": "system",
    }


def _extension() -> dict[str, object]:
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EXTENSION,
        "created_by_ref": _PRODUCT,
        "created": _EXTENSION_MADE,
        "modified": _EXTENSION_MADE,
        "name": "Entry of a hash list",
        "description": "Digests and particulars of an entry that the standard has no place for.",
        "schema": "docs/formats/hash_list.md",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _owner(head: ListHead) -> dict[str, object]:
    made = _object("identity", head, head.source)
    return {**made, "name": head.source or "not stated", "identity_class": "organization"}


def _marking(head: ListHead) -> dict[str, object]:
    made = _object("marking-definition", head, head.handling or "")
    del made["modified"]
    return {**made, "definition_type": "statement", "definition": {"statement": head.handling}}


def _object(kind: str, head: ListHead, what: str) -> dict[str, object]:
    dated = f"{iso_utc(head.dated)[:19]}.000Z"
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, head, what),
        "created": dated,
        "modified": dated,
    }


def _id(kind: str, head: ListHead, what: str) -> str:
    named = _text([kind, head.list_id, head.version, iso_utc(head.dated), what])
    return f"{kind}--{uuid.uuid5(_OURS, named)}"


def _text(value: object, *, sort: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort)


def _line(value: object) -> bytes:
    return _text(value).encode("utf-8", "backslashreplace")


STIX: Final = ListFormat("stix", "json", _stix, tells_removed=True)
