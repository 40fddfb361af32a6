"""Lists as a MISP event: a `file` object of MISP's own template for each entry, one object a line.

Digests that the template does not know (PDQ) and what else is said of an entry stand in the object's
comment, as JSON; an entry with nothing that the template knows is an attribute of the event. What is on
a list no more is marked as deleted. Identifiers are UUIDv5 over list and entry.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Final

from cport_desktop.domain.listed import ListedEntry, ListHead, Source
from cport_desktop.exports.hash_lists.tally import ListFormat, Tally, gathered

_OURS: Final = uuid.UUID("7d1c6c0a-2b7a-5d53-9f0e-6b0a0f5e4c11")
_TEMPLATE: Final = ("688c46fb-5edb-40a3-8273-1af7923e2215", "25")
_DIGESTS: Final = ("md5", "sha1", "sha256", "sha512")
_BEHIND: Final = ("category", "quality", "classification", "source")
_DELIVERY, _OTHER = "Payload delivery", "Other"


def _misp(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_pieces(head, source, tally))


def _pieces(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    yield _text({"Event": _event(head)})[:-2].encode() + b',"Object":[\n'
    begun = False
    for entry in source():
        tally.wrote(entry)
        tally.lose_region(head, entry)
        if _is_object(entry):
            yield (b",\n" if begun else b"") + _line(_object(head, entry))
            begun = True
    yield b'\n],"Attribute":[\n'
    yield _line(_said(head))
    for entry in source():
        if not _is_object(entry):
            yield b",\n" + _line(_bare(head, entry))
    yield b"\n]}}\n"


def _event(head: ListHead) -> dict[str, object]:
    synthetic = "SYNTHETIC: " if head.is_synthetic else ""
    since = "" if head.since is None else f", since {head.since}"
    return {
        "uuid": _id(head, "event", head.version, head.since or ""),
        "info": f"{synthetic}{head.name} {head.version}{since}",
        "date": head.dated.date().isoformat(),
        "timestamp": _stamp(head),
        "threat_level_id": "4",
        "analysis": "2",
        "distribution": "0",
        "published": False,
    }


def _said(head: ListHead) -> dict[str, object]:
    """What the list says of itself, since an event has no place for it."""
    told = {
        "list": head.list_id,
        "version": head.version,
        "source": head.source,
        "handling": head.handling,
        "negative": head.is_negative,
        "since": head.since,
    }
    return {**_attribute(head, "comment", _OTHER, _text(told), "list"), "to_ids": False}


def _is_object(entry: ListedEntry) -> bool:
    return any(word in _DIGESTS for word, _ in entry.digests)


def _object(head: ListHead, entry: ListedEntry) -> dict[str, object]:
    uuid_of_object = _id(head, "object", entry.entry_id)
    attributes = [
        _of_entry(head, entry, word, word, text) for word, text in entry.digests if word in _DIGESTS
    ]
    for relation, kind, value in (
        ("filename", "filename", entry.name),
        ("size-in-bytes", "size-in-bytes", None if entry.size is None else str(entry.size)),
        ("mimetype", "mime-type", entry.media_type),
    ):
        if value is not None:
            attributes.append({**_of_entry(head, entry, kind, relation, value), "to_ids": False})
    return {
        "name": "file",
        "meta-category": "file",
        "template_uuid": _TEMPLATE[0],
        "template_version": _TEMPLATE[1],
        "uuid": uuid_of_object,
        "timestamp": _stamp(head),
        "distribution": "5",
        "comment": _text(_behind(entry)),
        "deleted": entry.is_removed,
        "Attribute": attributes,
    }


def _behind(entry: ListedEntry) -> dict[str, object]:
    behind: dict[str, object] = {"entry": entry.entry_id}
    others = {word: text for word, text in entry.digests if word not in _DIGESTS}
    if "pdq" in others:
        behind["pdq"] = others.pop("pdq")
    if others:
        behind["digests"] = others
    behind |= {name: value for name in _BEHIND if (value := getattr(entry, name)) is not None}
    if entry.feedback:
        behind["feedback"] = dict(entry.feedback)
    if entry.more:
        behind["more"] = dict(entry.more)
    return behind


def _bare(head: ListHead, entry: ListedEntry) -> dict[str, object]:
    """An entry of digests that MISP has no type for."""
    behind = _behind(entry)
    told = {"name": entry.name, "size": entry.size, "type": entry.media_type}
    behind |= {name: value for name, value in told.items() if value is not None}
    made = _attribute(head, "other", _OTHER, _text(behind), entry.entry_id)
    return {**made, "to_ids": False, "deleted": entry.is_removed}


def _of_entry(
    head: ListHead, entry: ListedEntry, kind: str, relation: str, value: str
) -> dict[str, object]:
    made = _attribute(head, kind, _DELIVERY, value, f"{entry.entry_id}/{relation}")
    if kind in ("size-in-bytes", "mime-type"):
        made["category"] = _OTHER if kind == "size-in-bytes" else _DELIVERY
    return {**made, "object_relation": relation, "deleted": entry.is_removed}


def _attribute(
    head: ListHead, kind: str, category: str, value: str, what: str
) -> dict[str, object]:
    return {
        "uuid": _id(head, "attribute", what),
        "type": kind,
        "category": category,
        "value": value,
        "to_ids": not head.is_negative,
        "distribution": "5",
        "timestamp": _stamp(head),
    }


def _stamp(head: ListHead) -> str:
    return str(int(head.dated.timestamp()))


def _id(head: ListHead, *what: str) -> str:
    return str(uuid.uuid5(_OURS, _text([head.list_id, *what])))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _line(value: object) -> bytes:
    return _text(value).encode("utf-8", "backslashreplace")


MISP: Final = ListFormat("misp", "json", _misp, tells_removed=True)
