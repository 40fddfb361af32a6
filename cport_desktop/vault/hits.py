"""Hits: which contents are on which lists, by what, since when, and until when.

A hit is of a content (the SHA-256 as announced), so it holds for every media item with these bytes,
before they are here, too. One that ended stays, with the reason; it goes with the content itself.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Algorithm, EndedBy, Found, Hit, Known, SaidHere
from cport_desktop.domain.likeness import TURNS
from cport_desktop.vault import made_lists
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader

CONFIRMED_HERE: Final = "confirmed here"
DISPUTED_HERE: Final = "disputed here"
"""Words of feedback on an entry that analysts of this vault gave, beside those of the portal."""

_ENTER: Final = """
INSERT INTO hit (sha256, entry, list, algorithm, distance, turn, share, quality, list_version,
                 found_at)
SELECT ?1, e.entry, e.list, ?3, ?4, ?5, ?6, ?7, l.version, ?8
FROM list_entry AS e CROSS JOIN hash_list AS l ON l.list = e.list
WHERE e.entry = ?2 AND e.withdrawn_at IS NULL AND l.withdrawn_at IS NULL AND l.is_whole
  AND EXISTS (SELECT 1 FROM media_item AS m INDEXED BY media_by_announcement
              WHERE m.announced_sha256 = ?1)
ON CONFLICT (sha256, entry, algorithm) DO UPDATE SET
    distance = excluded.distance, turn = excluded.turn, share = excluded.share,
    quality = excluded.quality, list_version = excluded.list_version,
    found_at = excluded.found_at, ended_at = NULL, ended_by = NULL, ended_reason = NULL
WHERE ended_at IS NOT NULL
"""
_COLUMNS: Final = (
    "l.list_id, l.name, h.list_version, l.source, l.is_negative, e.entry_id, e.name, e.source,"
    " e.quality, e.classification, e.feedback, h.algorithm, h.distance, h.turn, h.share, h.quality,"
    " h.found_at, h.ended_at, h.ended_by, h.ended_reason,"
    " e.category, l.profile,"
    " (SELECT json_group_array(json_array(w.word, w.note, ifnull(a.name, w.analyst_id), w.said_at))"
    "  FROM entry_word AS w LEFT JOIN analyst AS a ON a.analyst_id = w.analyst_id"
    "  WHERE w.entry = h.entry)"
)
_OF_CONTENT: Final = f"""
SELECT {_COLUMNS} FROM hit AS h CROSS JOIN hash_list AS l ON l.list = h.list
CROSS JOIN list_entry AS e ON e.entry = h.entry WHERE h.sha256 = ?
ORDER BY h.ended_at IS NOT NULL, l.is_negative, h.distance, l.list_id, e.entry
"""  # noqa: S608 - constant text
_KNOWN: Final = """
SELECT m.media_id, l.is_negative, l.name, min(h.distance) FROM json_each(?) AS j
CROSS JOIN media_item AS m ON m.media_id = j.value
CROSS JOIN hit AS h ON h.sha256 = m.announced_sha256 AND h.ended_at IS NULL
CROSS JOIN hash_list AS l ON l.list = h.list
GROUP BY m.media_id, l.list ORDER BY m.media_id, l.name COLLATE by_name
"""


def enter(connection: Connection, found: Iterable[Found], *, at: int) -> int:
    """These hits stand, where entry and list do and somebody has the content; how many did not before.
    `at` in microseconds.
    """
    return sum(
        connection.execute(
            _ENTER,
            (
                hit.sha256,
                hit.entry,
                hit.algorithm,
                hit.distance,
                hit.turn,
                hit.share,
                hit.quality,
                at,
            ),
        ).rowcount
        for hit in found
    )


def forget(connection: Connection, digests: Collection[str]) -> None:
    """Nothing is known of these contents (SHA-256, hex) any more: nobody has them."""
    those = [(digest,) for digest in digests]
    connection.executemany("DELETE FROM hit WHERE sha256 = ?", those)
    made_lists.forget(connection, digests)
    connection.execute(
        "DELETE FROM match_due WHERE what = 'content'"
        " AND reference IN (SELECT value FROM json_each(?))",
        (json.dumps(list(digests)),),
    )


def of_content(reader: Reader, sha256: str) -> tuple[Hit, ...]:
    """All hits of a content: those that stand first, of positive lists first, the nearest first."""
    found = reader.connection.execute(_OF_CONTENT, (sha256,))
    return tuple(_hit(row) for row in found)


def known_of(reader: Reader, media_ids: Sequence[MediaId]) -> dict[MediaId, Known]:
    """What lists say of those of these items that are on any, in one query."""
    said: dict[int, list[tuple[bool, str, int]]] = defaultdict(list)
    for media, is_negative, name, distance in reader.connection.execute(
        _KNOWN, (json.dumps(media_ids),)
    ):
        said[media].append((bool(is_negative), name, distance))
    return {MediaId(media): _known(words) for media, words in said.items()}


def contents_on_list(
    reader: Reader, number: int, *, limit: int
) -> tuple[tuple[MediaId, str, Hit], ...]:
    """Standing hits on a list, the newest first: the newest item with that content, its SHA-256,
    and the hit.
    """
    found = reader.connection.execute(
        "SELECT (SELECT max(m.media_id) FROM media_item AS m INDEXED BY media_by_announcement"  # noqa: S608 - constant text
        f" WHERE m.announced_sha256 = h.sha256), h.sha256, {_COLUMNS}"
        " FROM hit AS h INDEXED BY hit_by_list CROSS JOIN hash_list AS l ON l.list = h.list"
        " CROSS JOIN list_entry AS e ON e.entry = h.entry"
        " WHERE h.list = ? AND h.ended_at IS NULL ORDER BY h.found_at DESC, h.hit DESC LIMIT ?",
        (number, limit),
    )
    return tuple((MediaId(row[0]), row[1], _hit(row[2:])) for row in found)


def _known(words: Sequence[tuple[bool, str, int]]) -> Known:
    positive = [word for word in words if not word[0]]
    counting = positive or words
    return Known(
        is_harmless=not positive,
        lists=tuple(dict.fromkeys(name for _, name, _ in counting)),
        distance=min(distance for _, _, distance in counting),
    )


def _hit(row: Row) -> Hit:
    (list_id, list_name, version, source, is_negative, entry_id, name, entry_source, entry_quality,
     classification, feedback, algorithm, distance, turn, share, quality, found_at, ended_at,
     ended_by, reason, category, region, words) = row  # fmt: skip
    said = _said(words)
    counted = Counter(each.word for each in said)
    here = ((CONFIRMED_HERE, counted["confirm"]), (DISPUTED_HERE, counted["dispute"]))
    return Hit(
        list_id=list_id,
        list_name=list_name,
        list_version=version,
        list_source=source,
        is_negative=bool(is_negative),
        entry_id=entry_id,
        entry_name=name,
        entry_source=entry_source,
        entry_quality=entry_quality,
        classification=classification,
        feedback=(
            *((str(word), int(count)) for word, count in json.loads(feedback or "[]")),
            *((word, count) for word, count in here if count),
        ),
        algorithm=Algorithm(algorithm),
        distance=distance,
        turn=TURNS[turn],
        share=share,
        quality=quality,
        found_at=moment_of(found_at),
        ended_at=None if ended_at is None else moment_of(ended_at),
        ended_by=None if ended_by is None else EndedBy(ended_by),
        ended_reason=reason,
        category=category,
        category_region=None if category is None else region,
        said=said,
    )


def _said(words: str) -> tuple[SaidHere, ...]:
    told = sorted(json.loads(words), key=lambda each: -int(each[3]))
    return tuple(SaidHere(word, note, by, moment_of(at)) for word, note, by, at in told)
