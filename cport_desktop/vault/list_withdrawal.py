"""What a withdrawal of a list of our own reaches: hits that end, items that are known no more, and what
left that had any of it.

The same is asked before, to show it, and in the transaction that withdraws, to chase the copies: lists
that were handed out, and packages with files that were known by it when they left.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.batch import ChangeKind, Subject
from cport_desktop.domain.disclosure import MEDIA, EnteredDisclosure
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.known import Algorithm, KnownList
from cport_desktop.domain.operation import ContributeHashes
from cport_desktop.domain.portal_records import entry_reference
from cport_desktop.formats.operation_body import parse_body
from cport_desktop.vault import disclosures
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.chasing import ChangedItem
from cport_desktop.vault.hash_lists import unpacked
from cport_desktop.vault.transaction import Reader, Transaction

_ENDING: Final = """
SELECT e.entry_id, h.sha256, h.found_at FROM hit AS h INDEXED BY hit_by_list
CROSS JOIN list_entry AS e ON e.entry = h.entry
WHERE h.list = ?1 AND h.ended_at IS NULL
  AND (?2 IS NULL OR h.entry IN (SELECT value FROM json_each(?2)))
"""
_LEFT_SINCE: Final = """
SELECT DISTINCT m.media_id FROM media_item AS m INDEXED BY media_by_announcement
CROSS JOIN disclosed_item AS i ON i.kind = 'media' AND i.reference = 'M-' || m.media_id
CROSS JOIN disclosure AS d ON d.number = i.disclosure
WHERE m.announced_sha256 = ?1 AND d.at_us >= ?2 AND d.outcome <> 'not_left'
"""
_HAS_ONE: Final = """
SELECT 1 FROM list_digest AS d CROSS JOIN list_entry AS e ON e.entry = d.entry
WHERE d.algorithm = ? AND d.digest = ? AND e.list = ? AND e.withdrawn_at IS NULL
"""
_KNOWN_STILL: Final = """
SELECT 1 FROM hit AS h CROSS JOIN hash_list AS l ON l.list = h.list
WHERE h.sha256 = ?1 AND h.ended_at IS NULL AND NOT l.is_negative
  AND (h.list <> ?2 OR (?3 IS NOT NULL AND h.entry NOT IN (SELECT value FROM json_each(?3))))
"""
_BY_DIGEST: Final = """
SELECT d.entry FROM list_digest AS d CROSS JOIN list_entry AS e ON e.entry = d.entry
WHERE d.algorithm = ?1 AND d.digest = ?2 AND e.list = ?3 AND e.withdrawn_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """What would change. `hits` end; of their `contents` those that no other list knows are
    `known_no_more`. `copies` had the list, or an item that was known by it when it left, the newest first;
    `contributed`: operations that gave its digests away.
    """

    entries: int
    hits: int
    contents: int
    known_no_more: int
    copies: tuple[EnteredDisclosure, ...]
    contributed: tuple[str, ...]


def reach(reader: Reader, known: KnownList, entries: Collection[int] | None) -> Reach:
    """What withdrawing these entries reaches; None: the whole list."""
    named = None if entries is None else json.dumps(sorted(entries))
    hits = reader.connection.execute(_ENDING, (known.number, named)).fetchall()
    contents = {sha256 for _, sha256, _ in hits}
    held = _left(reader, [(sha256, found_at) for _, sha256, found_at in hits])
    return Reach(
        entries=known.entries if entries is None else len(entries),
        hits=len(hits),
        contents=len(contents),
        known_no_more=sum(not _known_still(reader, each, known, named) for each in contents),
        copies=_copies(reader, known, held),
        contributed=_contributed(reader, known, named),
    )


def left_with_gone(
    reader: Reader, older: KnownList, newer: KnownList
) -> tuple[tuple[str, int], ...]:
    """Media that left while an entry of the older list made them known that is not on the newer: their
    references, and since when they were known by it (microseconds).
    """
    hits = reader.connection.execute(
        "SELECT h.sha256, h.found_at, e.digests FROM hit AS h INDEXED BY hit_by_list"
        " CROSS JOIN list_entry AS e ON e.entry = h.entry WHERE h.list = ? AND h.ended_at IS NULL",
        (older.number,),
    )
    gone = [
        (sha256, found_at)
        for sha256, found_at, kept in hits.fetchall()
        if not any(
            reader.connection.execute(_HAS_ONE, (*digest, newer.number)).fetchone()
            for digest in unpacked(kept)
        )
    ]
    return tuple((media_reference(each), since) for each, since in _left(reader, gone).items())


def _left(reader: Reader, hits: Iterable[tuple[str, int]]) -> dict[MediaId, int]:
    """Media with these contents that left since these hits were found, each with the first such moment."""
    found: dict[MediaId, int] = {}
    for sha256, found_at in hits:
        for (media_id,) in reader.connection.execute(_LEFT_SINCE, (sha256, found_at)):
            found[MediaId(media_id)] = min(found_at, found.get(MediaId(media_id), found_at))
    return found


def changed(
    tx: Transaction, known: KnownList, named: Mapping[int, str] | None, reason: str | None
) -> list[ChangedItem]:
    """What is to be chased: the list, or each of these entries by its name. With the reason go the digests
    of an entry: whoever has the list in another format finds it by them alone.
    """
    if named is None:
        return [_withdrawn(tx, Subject.HASH_LIST, known.list_id, reason, ())]
    of_list = ((Subject.HASH_LIST.value, known.list_id),)
    return [
        _withdrawn(
            tx,
            Subject.HASH_LIST_ENTRY,
            entry_reference(known.list_id, entry_id),
            _with_digests(tx, entry, reason),
            of_list,
        )
        for entry, entry_id in named.items()
    ]


def _with_digests(reader: Reader, entry: int, reason: str | None) -> str:
    (kept,) = reader.connection.execute(
        "SELECT digests FROM list_entry WHERE entry = ?", (entry,)
    ).fetchone() or (b"",)
    told = "; ".join(f"{algorithm.word}:{digest.hex()}" for algorithm, digest in unpacked(kept))
    return f"{reason} ({told})" if reason else told


def entries_named(reader: Reader, known: KnownList, text: str) -> dict[int, str]:
    """The standing entries that a line names: one by its name on the list, or all with a digest
    (`sha256:9f86…`, or hex alone). Their numbers, and their names.
    """
    found = reader.connection.execute(
        "SELECT entry, entry_id FROM list_entry"
        " WHERE list = ? AND entry_id = ? AND withdrawn_at IS NULL",
        (known.number, text),
    ).fetchall()
    if not found:
        numbers = [
            entry
            for algorithm, digest in _digests_in(text)
            for (entry,) in reader.connection.execute(_BY_DIGEST, (algorithm, digest, known.number))
        ]
        found = reader.connection.execute(
            "SELECT entry, entry_id FROM list_entry"
            " WHERE entry IN (SELECT value FROM json_each(?)) ORDER BY entry",
            (json.dumps(numbers),),
        ).fetchall()
    return dict(found)


def _digests_in(text: str) -> Iterator[tuple[Algorithm, bytes]]:
    word, colon, rest = text.rpartition(":")
    try:
        digest = bytes.fromhex(rest)
    except ValueError:
        return
    for algorithm in Algorithm:
        if not colon or algorithm.word == word.strip().casefold():
            yield algorithm, digest


def _withdrawn(
    tx: Transaction,
    subject: Subject,
    reference: str,
    reason: str | None,
    held_in: tuple[tuple[str, str], ...],
) -> ChangedItem:
    return ChangedItem(
        subject.value, reference, ChangeKind.WITHDRAWN, None, tx.now, reason, held_in=held_in
    )


def _known_still(reader: Reader, sha256: str, known: KnownList, named: str | None) -> bool:
    """Whether another list, or another entry, has the content."""
    found = reader.connection.execute(_KNOWN_STILL, (sha256, known.number, named)).fetchone()
    return found is not None


def _copies(
    reader: Reader, known: KnownList, media: Mapping[MediaId, int]
) -> tuple[EnteredDisclosure, ...]:
    """Of these media only what left since they were known (microseconds)."""
    there = {
        each.disclosure_id: each
        for each in disclosures.of_item(reader, Subject.HASH_LIST.value, known.list_id)
    }
    for media_id, since in media.items():
        for each in disclosures.of_item(reader, MEDIA, media_reference(media_id)):
            if microseconds(each.at) >= since:
                there[each.disclosure_id] = each
    return tuple(sorted(there.values(), key=lambda each: each.at, reverse=True))


def _contributed(reader: Reader, known: KnownList, named: str | None) -> tuple[str, ...]:
    """Operations that contributed digests of these entries to a shared list; there are few of them."""
    found = reader.connection.execute(
        "SELECT operation_id, body FROM operation WHERE kind = 'hashContribution' ORDER BY sequence"
    ).fetchall()
    if not found:
        return ()
    given = {
        operation_id: {(each.algorithm.value, each.digest) for each in body.entries}
        for operation_id, blob in found
        if isinstance(body := parse_body(bytes(blob)), ContributeHashes)
    }
    wanted = {each for those in given.values() for each in those}
    had = {each for each in wanted if _is_on(reader, known, each, named)}
    return tuple(operation for operation, those in given.items() if those & had)


def _is_on(reader: Reader, known: KnownList, digest: tuple[str, str], named: str | None) -> bool:
    algorithm = next((one for one in Algorithm if one.word == digest[0]), None)
    if algorithm is None:
        return False
    found = reader.connection.execute(
        f"{_BY_DIGEST} AND (?4 IS NULL OR d.entry IN (SELECT value FROM json_each(?4)))",  # noqa: S608 - constant text
        (algorithm, bytes.fromhex(digest[1]), known.number, named),
    ).fetchone()
    return found is not None
