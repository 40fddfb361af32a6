"""Hash lists and their entries: what the portal tells of them, lifted beside its own words.

What holds after each change, in the same transaction:

1. `list_digest` has the digests of standing entries, and `list_entry.digests` the same packed.
2. An entry that got a digest is due to be matched.
3. A hit stands only on an entry and a list that stand, and on a digest that the entry still has.

Digests that nothing could be told apart by (of empty input, of pictures that are too plain) are not
kept. A list of which nothing was told but entries has its id for a name.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.known import DIGEST_BYTES, EMPTY_INPUT, EXACT, Algorithm, EndedBy
from cport_desktop.domain.likeness import COMPARABLE_QUALITY
from cport_desktop.domain.portal_records import HashList, HashListEntry, list_of_entry
from cport_desktop.vault import list_versions
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.list_versions import NewVersion

Digest = tuple[Algorithm, bytes]

_PACKED = struct.Struct(">BB")
_BY_WORD = {algorithm.word: algorithm for algorithm in Algorithm}


def lift(connection: Connection, records: Iterable[RecordChange], *, at: int) -> int:
    """What `records` say of lists and entries is in their tables; how many hits ended by it.

    `at`: now, in microseconds. Records are newer than what is here, in the order in which they came.
    """
    ended = 0
    for record in records:
        if record.subject == Subject.HASH_LIST:
            ended += _lift_list(_Word(connection, record, at))
        elif record.subject == Subject.HASH_LIST_ENTRY:
            ended += _lift_entry(_Word(connection, record, at))
    return ended


def digests_of(entry: HashListEntry) -> tuple[Digest, ...]:
    """The digests of `entry` that are matched; words and forms of later versions are left out."""
    found: list[Digest] = []
    for word, text in entry.digests:
        algorithm = _BY_WORD.get(word.casefold())
        if algorithm is None or (algorithm not in EXACT and not _is_comparable(entry.quality)):
            continue
        for part in text.split(",") if algorithm is Algorithm.VPDQ else [text]:
            digest = _from_hex(part)
            if len(digest) == DIGEST_BYTES[algorithm] and digest not in EMPTY_INPUT:
                found.append((algorithm, digest))
    return tuple(dict.fromkeys(found))


def packed(digests: Iterable[Digest]) -> bytes:
    """As `list_entry.digests` has them."""
    return b"".join(_PACKED.pack(algorithm, len(digest)) + digest for algorithm, digest in digests)


def unpacked(kept: bytes) -> Iterator[Digest]:
    """The inverse of `packed`."""
    at = 0
    while at < len(kept):
        algorithm, length = _PACKED.unpack_from(kept, at)
        at += _PACKED.size
        yield Algorithm(algorithm), kept[at : at + length]
        at += length


def withdraw_list(connection: Connection, number: int, reason: str | None, *, at: int) -> int:
    """The list stands no more, nor does any hit on it; how many ended. What went from it earlier is
    forgotten: there is no version left to tell it from.
    """
    connection.execute("DELETE FROM list_gone WHERE list = ?", (number,))
    connection.execute(
        "UPDATE hash_list SET withdrawn_at = ?, withdrawn_reason = ? WHERE list = ?",
        (at, reason, number),
    )
    return connection.execute(
        "UPDATE hit SET ended_at = ?, ended_by = ?, ended_reason = ?"
        " WHERE list = ? AND ended_at IS NULL",
        (at, EndedBy.LIST_WITHDRAWN.value, reason, number),
    ).rowcount


def make_due(connection: Connection, what: str, reference: str) -> None:
    """It is matched when matching comes to it."""
    connection.execute("INSERT INTO match_due (what, reference) VALUES (?, ?)", (what, reference))


def count_digests(connection: Connection, more: int) -> None:
    """So many digests came or went; whoever keeps anything made of them sees that it is behind."""
    connection.execute(
        "INSERT INTO matching_state (what, upto) VALUES ('digests', ?1)"
        " ON CONFLICT (what) DO UPDATE SET upto = upto + ?1",
        (more,),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """What is lifted now. `at`: now, in microseconds."""

    connection: Connection
    record: RecordChange
    at: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """An entry as it is here: its numbers, its digests."""

    number: int
    entry: int
    digests: tuple[Digest, ...]
    is_withdrawn: bool


def _lift_list(word: _Word) -> int:
    connection, record = word.connection, word.record
    number = _number_of(word, record.reference)
    if record.kind is ChangeKind.WITHDRAWN:
        return withdraw_list(connection, number, record.reason, at=word.at)
    told = record.value
    if not isinstance(told, HashList):
        return 0
    was_withdrawn = connection.execute(
        "SELECT 1 FROM hash_list WHERE list = ? AND withdrawn_at IS NOT NULL", (number,)
    ).fetchone()
    connection.execute(
        "UPDATE hash_list SET name = ?, version = ?, source = ?, handling = ?, is_negative = ?,"
        " made_at = ?, arrived_at = ?, withdrawn_at = NULL, withdrawn_reason = NULL WHERE list = ?",
        (
            told.name,
            told.version,
            told.source,
            told.handling,
            told.is_negative,
            microseconds(told.created_at),
            word.at,
            number,
        ),
    )
    if not list_versions.is_newest(connection, number, told.version):
        list_versions.note(connection, number, NewVersion(told.version, word.at, told.count))
    if was_withdrawn is not None:
        make_due(connection, "list", str(number))
    return 0


def _lift_entry(word: _Word) -> int:
    list_id = list_of_entry(word.record.reference)
    if list_id is None:
        return 0
    number = _number_of(word, list_id)
    kept = _find_entry(word, number, word.record.reference.removeprefix(f"{list_id}/"))
    if word.record.kind is ChangeKind.WITHDRAWN:
        return 0 if kept is None or kept.is_withdrawn else _withdraw_entry(word, kept)
    told = word.record.value
    if not isinstance(told, HashListEntry):
        return 0
    digests = digests_of(told)
    if kept is None:
        kept = _Kept(number, _insert_entry(word, number, told, digests), (), False)
    else:
        _update_entry(word, kept, told, digests)
    return _change_digests(word, kept, digests)


def _find_entry(word: _Word, number: int, entry_id: str) -> _Kept | None:
    found = word.connection.execute(
        "SELECT entry, digests, withdrawn_at FROM list_entry WHERE list = ? AND entry_id = ?",
        (number, entry_id),
    ).fetchone()
    if found is None:
        return None
    return _Kept(number, found[0], tuple(unpacked(found[1])), found[2] is not None)


def _number_of(word: _Word, list_id: str) -> int:
    """The number of the portal's list, which is made if nothing was told of it yet."""
    found = word.connection.execute(
        "SELECT list FROM hash_list WHERE list_id = ?", (list_id,)
    ).fetchone()
    if found is not None:
        return int(found[0])
    made = word.connection.execute(
        "INSERT INTO hash_list (list_id, origin, name, version, source, arrived_at)"
        " VALUES (?1, 'portal', ?1, '', '', ?2)",
        (list_id, word.at),
    )
    return int(made.lastrowid or 0)


def _insert_entry(word: _Word, number: int, told: HashListEntry, digests: Sequence[Digest]) -> int:
    connection = word.connection
    made = connection.execute(
        "INSERT INTO list_entry (list, entry_id, quality, classification, source, feedback, digests,"
        " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, told.entry_id, *_told_columns(told), packed(digests), word.at),
    )
    connection.execute("UPDATE hash_list SET entries = entries + 1 WHERE list = ?", (number,))
    return int(made.lastrowid or 0)


def _update_entry(word: _Word, kept: _Kept, told: HashListEntry, digests: Sequence[Digest]) -> None:
    connection = word.connection
    if kept.digests != tuple(digests):
        list_versions.note_gone(connection, kept.entry, at=word.at, reason=word.record.reason)
    connection.execute(
        "UPDATE list_entry SET quality = ?, classification = ?, source = ?, feedback = ?,"
        " digests = ?, withdrawn_at = NULL, withdrawn_reason = NULL, changed_at = ?"
        " WHERE entry = ?",
        (*_told_columns(told), packed(digests), word.at, kept.entry),
    )
    if kept.is_withdrawn:
        connection.execute(
            "UPDATE hash_list SET entries = entries + 1,"
            " entries_withdrawn = entries_withdrawn - 1 WHERE list = ?",
            (kept.number,),
        )


def _told_columns(told: HashListEntry) -> tuple[object, ...]:
    return told.quality, told.classification, told.source, json.dumps(told.feedback)


def _withdraw_entry(word: _Word, kept: _Kept) -> int:
    record = word.record
    made_at = microseconds(record.made_at)
    return _end_entry(word.connection, kept, record.reason, at=word.at, said_at=made_at)


def withdraw_entry(connection: Connection, entry: int, reason: str | None, *, at: int) -> int:
    """An entry of a list of our own stands no more, nor does any hit on it; how many ended. `at` in
    microseconds.
    """
    found = connection.execute(
        "SELECT list, digests, withdrawn_at FROM list_entry WHERE entry = ?", (entry,)
    ).fetchone()
    if found is None or found[2] is not None:
        return 0
    kept = _Kept(found[0], entry, tuple(unpacked(found[1])), is_withdrawn=False)
    return _end_entry(connection, kept, reason, at=at, said_at=at)


def _end_entry(
    connection: Connection, kept: _Kept, reason: str | None, *, at: int, said_at: int
) -> int:
    list_versions.note_gone(connection, kept.entry, at=at, reason=reason)
    _remove_digests(connection, kept.entry, kept.digests)
    count_digests(connection, len(kept.digests))
    connection.execute(
        "UPDATE list_entry SET digests = x'', withdrawn_at = ?, withdrawn_reason = ?"
        " WHERE entry = ?",
        (said_at, reason, kept.entry),
    )
    connection.execute(
        "UPDATE hash_list SET entries = entries - 1, entries_withdrawn = entries_withdrawn + 1"
        " WHERE list = ?",
        (kept.number,),
    )
    return connection.execute(
        "UPDATE hit SET ended_at = ?, ended_by = ?, ended_reason = ?"
        " WHERE entry = ? AND ended_at IS NULL",
        (at, EndedBy.ENTRY_WITHDRAWN.value, reason, kept.entry),
    ).rowcount


def _change_digests(word: _Word, kept: _Kept, digests: Sequence[Digest]) -> int:
    """The entry has these digests alone; how many hits ended since theirs is gone."""
    connection, entry = word.connection, kept.entry
    gone = [digest for digest in kept.digests if digest not in digests]
    come = [digest for digest in digests if digest not in kept.digests]
    _remove_digests(connection, entry, gone)
    connection.executemany(
        "INSERT OR IGNORE INTO list_digest (algorithm, digest, entry) VALUES (?, ?, ?)",
        [(algorithm, digest, entry) for algorithm, digest in come],
    )
    if come or gone:
        count_digests(connection, len(come) + len(gone))
        # What is left of it may match still (another frame of a video), which matching finds.
        make_due(connection, "entry", str(entry))
    return sum(
        connection.execute(
            "UPDATE hit SET ended_at = ?, ended_by = ?, ended_reason = ?"
            " WHERE entry = ? AND algorithm = ? AND ended_at IS NULL",
            (word.at, EndedBy.ENTRY_CORRECTED.value, word.record.reason, entry, algorithm),
        ).rowcount
        for algorithm in {algorithm for algorithm, _ in gone}
    )


def _remove_digests(connection: Connection, entry: int, digests: Sequence[Digest]) -> None:
    connection.executemany(
        "DELETE FROM list_digest WHERE algorithm = ? AND digest = ? AND entry = ?",
        [(algorithm, digest, entry) for algorithm, digest in digests],
    )


def _is_comparable(quality: int | None) -> bool:
    """A digest of unknown quality is taken as it is: its owner published it to be matched."""
    return quality is None or quality >= COMPARABLE_QUALITY


def _from_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
