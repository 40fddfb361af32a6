"""Stacks as they are looked at: pages of them, the members of one.

A page shows the stack with the newest report first. How many stacks and members there are makes no
difference to the number of queries.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.likeness import TURNS, Because, Stack, StackMember, Turn
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.media_conditions import MediaTests, media_tests
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader

_SPARE: Final = 50
"""Items that are walked beside those that a page needs: a stack shows once, by its newest."""


def page(reader: Reader, query: Query, *, limit: int, after: str | None = None) -> Page[Stack]:
    """The first `limit` stacks with an item that matches, behind the cursor `after`.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    tests = media_tests(reader, query)
    last = read_cursor("stacks", after, int, int) if after else None
    found: list[tuple[tuple[int, int], Stack]] = []
    while len(found) <= limit:
        walked = _walked(reader, tests, after=last, limit=2 * limit + _SPARE)
        found += _stacks_at(reader, tests, walked)
        if len(walked) < 2 * limit + _SPARE:
            break
        last = walked[-1][:2]
    shown = found[:limit]
    following = write_cursor("stacks", *shown[-1][0]) if len(found) > limit else None
    return Page([stack for _, stack in shown], following, elapsed_ms(started))


def stack_of(reader: Reader, media_id: MediaId) -> int | None:
    """The number of the stack that an item is in, if only by itself; None if it was not compared.

    Raises:
        UnknownReference: it was never announced.
    """
    row = reader.connection.execute(
        "SELECT l.stack FROM media_item AS m LEFT JOIN likeness AS l ON l.sha256 = m.announced_sha256"
        " AND m.state = 'held' WHERE m.media_id = ?",
        (media_id,),
    ).fetchone()
    if row is None:
        raise UnknownReference(kind="media", reference=media_reference(media_id))
    return None if row[0] is None else int(row[0])


def content_of(reader: Reader, media_id: MediaId) -> int:
    """The number of an item's content, which was compared (`stack_of` is not None)."""
    row = reader.connection.execute(
        "SELECT l.content FROM media_item AS m JOIN likeness AS l ON l.sha256 = m.announced_sha256"
        " WHERE m.media_id = ?",
        (media_id,),
    ).fetchone()
    assert row is not None
    return int(row[0])


def stacks_named(reader: Reader, stacks: Sequence[int]) -> dict[int, Stack]:
    """These stacks with their counts, those of a single item included."""
    rows = reader.connection.execute(_COUNTED, (json.dumps(list(stacks)),))
    return {
        stack: Stack(MediaId(lead), contents, items, reports, decided)
        for stack, lead, contents, items, reports, decided in rows
        if lead is not None
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """What a person said of a content: whose name, and when."""

    by: str
    at: int


def members(reader: Reader, stack: int) -> tuple[StackMember, ...]:
    """All contents of a stack: the one that it began with, then in the order in which they came."""
    named = (stack,)
    rows = reader.connection.execute(_MEMBERS, named).fetchall()
    links = reader.connection.execute(_LINKS, named).fetchall()
    newest = {content: MediaId(media) for content, media, *_ in rows}
    said = {row[0]: _Said(row[3] or "", row[4]) for row in rows if row[4] is not None}
    through = _through(rows, links, said)
    shown = []
    for content, media, items, *_ in rows:
        near, because, distance, turn = through.get(content, (None, None, 0, Turn.UPRIGHT))
        word = said.get(content)
        shown.append(
            StackMember(
                media_id=MediaId(media),
                items=items,
                near=None if near is None else newest[near],
                because=because,
                distance=distance,
                turn=turn,
                placed_by=None if word is None else word.by,
                placed_at=None if word is None else moment_of(word.at),
            )
        )
    return tuple(shown)


def undecided_contents(reader: Reader, stack: int) -> dict[int, tuple[int, ...]]:
    """The undecided reports that have an item of the stack, newest first, each with those content
    items that announce one.
    """
    found: dict[int, list[int]] = {}
    for report, content in reader.connection.execute(_UNDECIDED, (stack, UNDECIDED)):
        found.setdefault(report, []).append(content)
    return {report: tuple(contents) for report, contents in found.items()}


_NEWEST_OF = """
(SELECT m.media_id FROM media_item AS m INDEXED BY media_by_announcement
 WHERE m.announced_sha256 = {sha256} AND m.state = 'held'
 ORDER BY m.newest_received DESC, m.media_id DESC LIMIT 1)
"""
_ITEMS = """
FROM json_each(?) AS j CROSS JOIN likeness AS l INDEXED BY likeness_by_stack ON l.stack = j.value
CROSS JOIN media_item AS m INDEXED BY media_by_announcement
    ON m.announced_sha256 = l.sha256 AND m.state = 'held'
"""
_NEWEST: Final = f"""
SELECT media_id FROM (
    SELECT m.media_id, row_number() OVER (
        PARTITION BY l.stack ORDER BY m.newest_received DESC, m.media_id DESC) AS place
    {_ITEMS} WHERE {{tests}}
) WHERE place = 1
"""  # noqa: S608 - constant text
_COUNTED: Final = f"""
SELECT l.stack,
       (SELECT {_NEWEST_OF.format(sha256="n.sha256")} FROM likeness AS n WHERE n.content = l.stack),
       count(DISTINCT l.content), count(DISTINCT m.media_id), count(DISTINCT v.row),
       count(DISTINCT CASE WHEN v.classification <> {UNDECIDED} THEN v.row END)
{_ITEMS}
LEFT JOIN report_media AS r INDEXED BY report_media_by_media ON r.media_id = m.media_id
LEFT JOIN report_as_seen AS v ON v.row = r.row
GROUP BY l.stack
"""  # noqa: S608 - constant text
_MEMBERS: Final = f"""
SELECT l.content, {_NEWEST_OF.format(sha256="l.sha256")} AS newest,
       (SELECT count(*) FROM media_item AS m INDEXED BY media_by_announcement
        WHERE m.announced_sha256 = l.sha256 AND m.state = 'held'),
       a.name, w.said_at
FROM likeness AS l INDEXED BY likeness_by_stack
LEFT JOIN stack_word AS w ON w.sha256 = l.sha256
LEFT JOIN analyst AS a ON a.analyst_id = w.analyst_id
WHERE l.stack = ? AND newest IS NOT NULL ORDER BY l.content
"""  # noqa: S608 - constant text
_LINKS: Final = """
SELECT k.content, k.near, k.reason, k.distance, k.turn
FROM likeness AS l INDEXED BY likeness_by_stack
CROSS JOIN likeness_link AS k ON k.content = l.content WHERE l.stack = ?
"""
_UNDECIDED: Final = """
SELECT DISTINCT v.report_id, r.content_id
FROM likeness AS l INDEXED BY likeness_by_stack
CROSS JOIN media_item AS m INDEXED BY media_by_announcement
    ON m.announced_sha256 = l.sha256 AND m.state = 'held'
CROSS JOIN report_media AS r INDEXED BY report_media_by_media ON r.media_id = m.media_id
CROSS JOIN report_as_seen AS v ON v.row = r.row
WHERE l.stack = ? AND v.classification = ? AND v.status <> 'withdrawn'
ORDER BY v.row DESC, r.position
"""

_Walked = tuple[int, int, int]
"""Newest receipt, number, stack."""


def _walked(
    reader: Reader, tests: MediaTests, *, after: tuple[int, ...] | None, limit: int
) -> list[_Walked]:
    place, values = ("1", ()) if after is None else (_BEHIND, after)
    return reader.connection.execute(
        "SELECT m.newest_received, m.media_id, l.stack"  # noqa: S608 - constant text
        " FROM media_item AS m INDEXED BY media_in_stack"
        " CROSS JOIN likeness AS l ON l.sha256 = m.announced_sha256"
        f" WHERE m.in_stack = 1 AND m.state = 'held' AND {place} AND {tests.sql.text}"
        " ORDER BY m.newest_received DESC, m.media_id DESC LIMIT ?",
        (*values, *tests.sql.parameters, limit),
    ).fetchall()


_BEHIND = "(m.newest_received, m.media_id) < (?, ?)"


def _stacks_at(
    reader: Reader, tests: MediaTests, walked: Sequence[_Walked]
) -> list[tuple[tuple[int, int], Stack]]:
    """Those of the stacks that were met which have no newer item, each at that item."""
    stacks = list(dict.fromkeys(stack for *_, stack in walked))
    newest = {
        media
        for (media,) in reader.connection.execute(
            _NEWEST.format(tests=tests.sql.text), (json.dumps(stacks), *tests.sql.parameters)
        )
    }
    shown = [(place, media, stack) for place, media, stack in walked if media in newest]
    counted = stacks_named(reader, [stack for *_, stack in shown])
    return [
        ((place, media), counted[stack])
        for place, media, stack in shown
        if stack in counted and counted[stack].items > 1
    ]


_Through = tuple[int | None, Because | None, int, Turn]


def _through(
    rows: Sequence[Row], links: Sequence[Row], said: dict[int, _Said]
) -> dict[int, _Through]:
    """Through which other one each content came in, walking from the first along what is alike; and
    where that does not lead on, by the word of a person.
    """
    beside: dict[int, list[tuple[int, Because, int, Turn]]] = {}
    for content, near, reason, distance, turn in links:
        way, because = TURNS[turn], Because(reason)
        beside.setdefault(near, []).append((content, because, distance, way))
        beside.setdefault(content, []).append((near, because, distance, _BACK.get(way, way)))
    lead = rows[0][0] if rows else None
    through: dict[int, _Through] = {}
    met: set[int] = set()
    for start in (content for content, *_ in rows if content == lead or content in said):
        if start in met:
            continue
        if start != lead:
            through[start] = (lead, Because.PERSON, 0, Turn.UPRIGHT)
        met.add(start)
        left = [start]
        while left:
            current = left.pop()
            for other, because, distance, turn in beside.get(current, ()):
                if other not in met:
                    met.add(other)
                    left.append(other)
                    through[other] = (current, because, distance, turn)
    return through


_BACK = {Turn.QUARTER: Turn.THREE_QUARTERS, Turn.THREE_QUARTERS: Turn.QUARTER}
"""Ways round that are undone by another one; the others are undone by themselves."""
