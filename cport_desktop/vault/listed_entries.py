"""The entries of a list in their order, for what reads them all: those that stand, those that went.

Read in lots behind a cursor, so that memory does not grow with the list. Those of a file stand in the
order of the file, those of the portal by their names, so that two stations say the same. Of a list of
the portal its own words are read, which have digests that nothing here is matched by.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from string import hexdigits
from typing import Final

from cport_desktop.domain.batch import Subject
from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.listed import ListedEntry
from cport_desktop.domain.portal_records import HashListEntry, entry_reference
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.hash_list_record import parse_hash_list_entry
from cport_desktop.formats.lists.entries import plain_word
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Row
from cport_desktop.vault.hash_lists import unpacked
from cport_desktop.vault.transaction import Reader

_AT_A_TIME: Final = 2_000
_COLUMNS: Final = (
    "e.entry, e.entry_id, e.name, e.quality, e.classification, e.source, e.feedback, e.digests,"
    " e.category, e.rest"
)
_OF_FILE: Final = f"""
SELECT {_COLUMNS}, NULL FROM list_entry AS e NOT INDEXED
WHERE e.entry > ?1 AND e.entry <= ?4 AND e.list = ?2 AND e.withdrawn_at IS NULL
  AND (?3 IS NULL OR e.changed_at > ?3)
ORDER BY e.entry LIMIT ?5
"""  # noqa: S608 - constant text
_OF_PORTAL: Final = f"""
SELECT {_COLUMNS}, p.document FROM list_entry AS e
LEFT JOIN portal_record AS p ON p.subject = ?4 AND p.reference = ?6 || e.entry_id
WHERE e.entry_id > ?1 AND e.list = ?2 AND e.withdrawn_at IS NULL
  AND (?3 IS NULL OR e.changed_at > ?3)
ORDER BY e.entry_id LIMIT ?5
"""  # noqa: S608 - constant text
_GONE: Final = """
SELECT g.number, g.entry_id, g.name, NULL, NULL, NULL, NULL, g.digests, NULL, NULL, NULL
FROM list_gone AS g
WHERE g.list = ?2 AND g.number > ?1 AND g.gone_at > ?3 AND (g.since IS NULL OR g.since <= ?3)
  AND NOT EXISTS (SELECT 1 FROM list_entry AS e WHERE e.list = g.list
                  AND e.entry_id = g.entry_id AND e.withdrawn_at IS NULL AND e.digests = g.digests)
ORDER BY g.number LIMIT ?4
"""
_DIGESTS: Final = frozenset(
    {"photodna", "sha384", "sha512", "phash", "tlsh", "ssdeep", "tmkpdqf", "netclean", "vpdq"}
)
"""Algorithms that a file may have beside those that are matched, by their names without signs."""
_SIZES: Final = frozenset({"mediasize", "size", "filesize", "sizeinbytes"})
_TYPES: Final = frozenset({"mimetype", "mediatype", "type"})
_SOURCES: Final = frozenset({"source", "precategorizationsource"})
_OF_ITS_LIST: Final = frozenset({"entry", "status", "mediaid", "mediafiles"})
"""What is said of an entry as one of its list, and what is told otherwise."""


def standing(
    reader: Reader, known: KnownList, *, changed_after: datetime | None = None
) -> Iterator[ListedEntry]:
    """What is on the list; only what came or was changed after a moment, if one is named."""
    after = None if changed_after is None else microseconds(changed_after)
    if known.origin is ListOrigin.PORTAL:
        return _of_portal(reader, known, after)
    return _of_file(reader, known, after)


def gone(reader: Reader, known: KnownList, *, after: datetime) -> Iterator[ListedEntry]:
    """What stood on the list at a moment and does not any more, or not with these digests."""
    behind = 0
    while True:
        found = reader.connection.execute(
            _GONE, (behind, known.number, microseconds(after), _AT_A_TIME)
        ).fetchall()
        for row in found:
            yield _entry(row, is_removed=True)
        if len(found) < _AT_A_TIME:
            return
        behind = found[-1][0]


def region(reader: Reader, known: KnownList) -> str | None:
    """Of which region the categories of the list are, as far as it was said."""
    found = reader.connection.execute(
        "SELECT profile FROM hash_list WHERE list = ?", (known.number,)
    ).fetchone()
    return None if found is None else found[0]


def _of_file(reader: Reader, known: KnownList, after: int | None) -> Iterator[ListedEntry]:
    first, last = reader.connection.execute(
        "SELECT ifnull(min(entry), 1), ifnull(max(entry), 0) FROM list_entry WHERE list = ?",
        (known.number,),
    ).fetchone() or (1, 0)
    behind = first - 1
    while True:
        found = reader.connection.execute(
            _OF_FILE, (behind, known.number, after, last, _AT_A_TIME)
        ).fetchall()
        for row in found:
            yield _entry(row)
        if len(found) < _AT_A_TIME:
            return
        behind = found[-1][0]


def _of_portal(reader: Reader, known: KnownList, after: int | None) -> Iterator[ListedEntry]:
    behind, stem = "", entry_reference(known.list_id, "")
    subject = Subject.HASH_LIST_ENTRY.value
    while True:
        found = reader.connection.execute(
            _OF_PORTAL, (behind, known.number, after, subject, _AT_A_TIME, stem)
        ).fetchall()
        for row in found:
            yield _told(known, row) or _entry(row)
        if len(found) < _AT_A_TIME:
            return
        behind = found[-1][1]


def _told(known: KnownList, row: Row) -> ListedEntry | None:
    """The entry in the portal's own words, where they are here and understood."""
    document = row[-1]
    if not document:
        return None
    try:
        told = parse_hash_list_entry(entry_reference(known.list_id, row[1]), document, "entry")
    except MalformedMessage:
        return None
    return _as_told(told)


def _as_told(told: HashListEntry) -> ListedEntry:
    return ListedEntry(
        entry_id=told.entry_id,
        digests=told.digests,
        quality=told.quality,
        classification=told.classification,
        source=told.source,
        feedback=told.feedback,
    )


def _entry(row: Row, *, is_removed: bool = False) -> ListedEntry:
    (_, entry_id, name, quality, classification, source, feedback, digests, category, rest, _) = row
    own: dict[str, list[str]] = {}
    for algorithm, digest in unpacked(digests):
        own.setdefault(algorithm.word, []).append(digest.hex())
    told = _parted(json.loads(rest) if rest else {})
    others = ((word, text) for word, text in told.digests.items() if word not in own)
    given = tuple((str(word), int(count)) for word, count in json.loads(feedback or "[]"))
    return ListedEntry(
        entry_id=entry_id,
        digests=(*((word, ",".join(texts)) for word, texts in own.items()), *others),
        name=name,
        size=told.size,
        media_type=told.media_type,
        category=category,
        quality=quality,
        classification=told.classification if classification is None else classification,
        source=source or told.source,
        feedback=given or told.feedback,
        more=tuple(told.more.items()),
        is_removed=is_removed,
    )


@dataclass(slots=True)
class _Told:
    """What a file said of an entry beside digests that are matched."""

    digests: dict[str, str] = field(default_factory=dict)
    size: int | None = None
    media_type: str | None = None
    classification: int | None = None
    source: str | None = None
    feedback: tuple[tuple[str, int], ...] = ()
    more: dict[str, str] = field(default_factory=dict)


def _parted(rest: Mapping[str, object]) -> _Told:
    """`rest` by what an entry has a place for; all else as text under its own name."""
    told = _Told()
    for name, value in rest.items():
        plain = plain_word(name).removeprefix("x")
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        is_placed = _takes_structure(told, plain, value) or _takes_text(told, plain, text)
        if not is_placed and plain not in _OF_ITS_LIST:
            told.more[name] = text
    return told


def _takes_structure(told: _Told, plain: str, value: object) -> bool:
    """Whether a list or an object was taken for what its name says."""
    if plain == "alternativehashes" and isinstance(value, list):
        _alternative(value, told)
    elif plain == "feedback" and isinstance(value, dict):
        told.feedback = tuple(
            (str(word), count) for word, count in value.items() if isinstance(count, int)
        )
    elif plain == "more" and isinstance(value, dict):
        told.more |= {str(key): str(each) for key, each in value.items()}
    elif plain == "digests" and isinstance(value, dict):
        told.digests |= {
            str(word): _in_one_case(each) for word, each in value.items() if isinstance(each, str)
        }
    else:
        return False
    return True


def _takes_text(told: _Told, plain: str, text: str) -> bool:
    """Whether a text or a number was."""
    is_number = text.isascii() and text.isdigit()
    if plain in _DIGESTS:
        told.digests[plain] = _in_one_case(text)
    elif plain in _SIZES and told.size is None and is_number:
        told.size = int(text)
    elif plain in _TYPES and told.media_type is None and "/" in text:
        told.media_type = text
    elif plain == "classification" and is_number:
        told.classification = int(text)
    elif plain in _SOURCES and told.source is None:
        told.source = text
    else:
        return False
    return True


def _alternative(hashes: list[object], told: _Told) -> None:
    """Digests as VICS has them beside MD5 and SHA-1."""
    for each in hashes:
        if isinstance(each, dict) and isinstance(each.get("HashValue"), str):
            told.digests[plain_word(str(each.get("HashName")))] = _in_one_case(each["HashValue"])


def _in_one_case(text: str) -> str:
    """A digest as all lists here have it: hexadecimal digits in lower case, anything else as it came."""
    plain = text.strip()
    return plain.lower() if all(letter in hexdigits for letter in plain) else plain
