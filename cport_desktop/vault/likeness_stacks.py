"""Stacks as they are kept: arranged anew around whatever was found or said, and nothing else.

Only those stacks are read and written that a new likeness or a person's word touches, whole, in a
handful of statements however many contents they have. By which rule they come about:
`domain.stacking`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.likeness import TURNS, Because
from cport_desktop.domain.media_item import CannotShow, Examination
from cport_desktop.domain.stacking import Arrangement, Likeness, arranged
from cport_desktop.vault.database import Connection
from cport_desktop.vault.description import describe_anew
from cport_desktop.vault.likeness import EXAMINED, STACKS, keep
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: contents behind `upto` as far as `newest`, and those that `waiting` names."""

    upto: int
    newest: int
    waiting: tuple[int, ...]

    @property
    def is_done(self) -> bool:
        """Nothing has to be compared."""
        return self.upto >= self.newest and not self.waiting


def work_left(reader: Reader) -> Work:
    """What has not been compared yet."""
    row = reader.connection.execute(
        "SELECT coalesce((SELECT upto FROM matching_state WHERE what = ?), 0),"
        " coalesce((SELECT max(content) FROM likeness), 0)",
        (STACKS,),
    ).fetchone()
    waiting = reader.connection.execute("SELECT content FROM likeness_waiting ORDER BY content")
    assert row is not None
    return Work(row[0], row[1], tuple(content for (content,) in waiting))


@dataclass(frozen=True, slots=True)
class Settled:
    """`gone`: contents that are not there any more, if that is why it is not done."""

    is_done: bool
    gone: frozenset[int] = frozenset()


def settle(
    vault: Vault,
    likenesses: Sequence[Likeness],
    *,
    marks: Mapping[int, str],
    upto: int,
    done: Collection[int] = (),
) -> Settled:
    """The stacks are what these likenesses make of them; contents as far as `upto`, and those of
    `done`, have been compared. Nothing is changed if persons said something else meanwhile than `marks`,
    by which the likenesses were chosen, or if some lead to contents that are not there any more: others,
    which were left out for their sake, would be missing.

    The vault's own books: what is computed from what is held says nothing about anybody's acts.
    """
    with vault.bookkeeping() as connection:
        gone = _gone(connection, {end for one in likenesses for end in (one.content, one.near)})
        if gone or _said(connection) != marks:
            return Settled(is_done=False, gone=gone)
        touched = {one.content for one in likenesses} | {one.near for one in likenesses}
        rearrange(connection, touched | set(done), likenesses)
        connection.execute(
            "INSERT INTO matching_state (what, upto) VALUES (?, ?)"
            " ON CONFLICT (what) DO UPDATE SET upto = max(upto, excluded.upto)",
            (STACKS, upto),
        )
        connection.executemany(
            "DELETE FROM likeness_waiting WHERE content = ?", [(content,) for content in done]
        )
    return Settled(is_done=True)


def marks_said(reader: Reader) -> dict[int, str]:
    """The contents of which a person said something, each with its mark."""
    return _said(reader.connection)


def begin_anew(vault: Vault) -> None:
    """No stack is there but those that persons made, and all contents wait to be compared."""
    with vault.bookkeeping() as connection:
        connection.execute("DELETE FROM likeness_link")
        connection.execute("DELETE FROM likeness_waiting")
        connection.execute("DELETE FROM matching_state WHERE what = ?", (STACKS,))
        connection.execute("UPDATE likeness SET stack = content WHERE stack <> content")
        marked = connection.execute(
            "SELECT l.content FROM stack_word AS w CROSS JOIN likeness AS l ON l.sha256 = w.sha256"
        ).fetchall()
        rearrange(connection, {content for (content,) in marked}, ())


def rearrange(
    connection: Connection, touched: Collection[int], likenesses: Sequence[Likeness]
) -> None:
    """All stacks with one of the `touched` contents are as their links, `likenesses` and the words
    of persons make them. Contents that are gone are passed over.
    """
    before, marks = _gathered(connection, touched)
    links = _links_among(connection, list(before))
    after = arranged(marks, [*links, *likenesses])
    _write(connection, before, links, after)


def place(tx: Transaction, placed: Sequence[tuple[Collection[int], str]], analyst: str) -> None:
    """A person's word: all contents of each of `placed` are one stack, by the mark beside them. Why
    they are like each other, if they are, is found out when stacks are brought up to date.
    """
    said = [
        (mark, analyst, int(tx.now.timestamp() * 1_000_000), content)
        for contents, mark in placed
        for content in contents
    ]
    tx.connection.executemany(
        "INSERT OR REPLACE INTO stack_word (sha256, mark, analyst_id, said_at)"
        " SELECT sha256, ?1, ?2, ?3 FROM likeness WHERE content = ?4",
        said,
    )
    tx.connection.executemany(
        "INSERT OR IGNORE INTO likeness_waiting (content) VALUES (?)",
        [(content,) for *_, content in said],
    )
    rearrange(tx.connection, {content for *_, content in said}, ())


def said_anew(tx: Transaction, digests: Collection[str]) -> None:
    """The words on these contents are others than before, in the table: their stacks are as these make them.
    What is like what is found out when stacks are brought up to date.
    """
    found = tx.connection.execute(
        "SELECT l.content FROM json_each(?) AS j CROSS JOIN likeness AS l ON l.sha256 = j.value",
        (json.dumps(sorted(digests)),),
    ).fetchall()
    tx.connection.executemany("INSERT OR IGNORE INTO likeness_waiting (content) VALUES (?)", found)
    rearrange(tx.connection, {content for (content,) in found}, ())


def contents_of_stack(connection: Connection, stack: int) -> dict[int, str]:
    """The contents of a stack and their SHA-256, in the order of their numbers."""
    rows = connection.execute(
        "SELECT content, sha256 FROM likeness WHERE stack = ? ORDER BY content", (stack,)
    )
    return dict(rows.fetchall())


def keep_again(vault: Vault, media_id: MediaId, seen: Examination) -> None:
    """A file that was held before and is examined anew is compared by what was seen now. Where the
    child failed over it, what was known before stays.

    The vault's own books, as above: nobody did anything.
    """
    with vault.bookkeeping() as connection:
        row = connection.execute(
            "SELECT m.announced_sha256, l.content IS NOT NULL FROM media_item AS m"
            " LEFT JOIN likeness AS l ON l.sha256 = m.announced_sha256"
            " WHERE m.media_id = ? AND m.state = 'held'",
            (media_id,),
        ).fetchone()
        if row is None:
            return
        connection.execute(
            "UPDATE media_item SET examined = ?, pictures = ?, has_sound = ?"
            " WHERE announced_sha256 = ? AND state = 'held'",
            (EXAMINED, seen.pictures, seen.has_sound, row[0]),
        )
        describe_anew(connection, row[0], seen)
        if not row[1] or seen.cannot_show not in _CHILD_FAILED:
            keep(connection, row[0], seen)


_CHILD_FAILED = (CannotShow.CHILD_DIED, CannotShow.CHILD_HUNG, CannotShow.CHILD_BREACH)


def _gone(connection: Connection, contents: Collection[int]) -> frozenset[int]:
    rows = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT content FROM likeness)",
        (json.dumps(sorted(contents)),),
    )
    return frozenset(content for (content,) in rows)


def _said(connection: Connection) -> dict[int, str]:
    rows = connection.execute(
        "SELECT l.content, w.mark FROM stack_word AS w CROSS JOIN likeness AS l"
        " ON l.sha256 = w.sha256"
    )
    return dict(rows.fetchall())


def _gathered(
    connection: Connection, touched: Collection[int]
) -> tuple[dict[int, int], dict[int, str | None]]:
    """All contents of the stacks and the marks of these: their stacks, and their marks."""
    stacks: dict[int, int] = {}
    marks: dict[int, str | None] = {}
    wanted = set(touched)
    while wanted:
        rows = connection.execute(_MEMBERS, (json.dumps(sorted(wanted)),)).fetchall()
        fresh = [row for row in rows if row[0] not in stacks]
        stacks.update((content, stack) for content, stack, _ in fresh)
        marks.update((content, mark) for content, _, mark in fresh)
        spoken = sorted({mark for *_, mark in fresh if mark is not None})
        rows = connection.execute(_OF_MARKS, (json.dumps(spoken),)).fetchall() if spoken else []
        wanted = {content for (content,) in rows} - set(stacks)
    return stacks, marks


_MEMBERS = """
SELECT k.content, k.stack, w.mark FROM (
    SELECT DISTINCT l.stack FROM json_each(?) AS j CROSS JOIN likeness AS l ON l.content = j.value
) AS s CROSS JOIN likeness AS k INDEXED BY likeness_by_stack ON k.stack = s.stack
LEFT JOIN stack_word AS w ON w.sha256 = k.sha256
"""
_OF_MARKS = """
SELECT l.content FROM json_each(?) AS j
CROSS JOIN stack_word AS w INDEXED BY stack_word_by_mark ON w.mark = j.value
CROSS JOIN likeness AS l ON l.sha256 = w.sha256
"""


def _links_among(connection: Connection, contents: list[int]) -> list[Likeness]:
    rows = connection.execute(
        "SELECT k.content, k.near, k.reason, k.distance, k.turn FROM json_each(?) AS j"
        " CROSS JOIN likeness_link AS k ON k.content = j.value",
        (json.dumps(contents),),
    )
    return [
        Likeness(content, near, Because(reason), distance, TURNS[turn])
        for content, near, reason, distance, turn in rows
    ]


def _write(
    connection: Connection,
    before: dict[int, int],
    links: Sequence[Likeness],
    after: Arrangement,
) -> None:
    kept = set(after.kept)
    connection.executemany(
        "DELETE FROM likeness_link WHERE content = ? AND near = ?",
        [(one.content, one.near) for one in links if one not in kept],
    )
    known = set(links)
    connection.executemany(
        "INSERT INTO likeness_link (content, near, reason, distance, turn) VALUES (?, ?, ?, ?, ?)",
        [
            (one.content, one.near, one.because.value, one.distance, TURNS.index(one.turn))
            for one in after.kept
            if one not in known
        ],
    )
    moved = [
        (stack, content) for content, stack in after.stack_of.items() if before[content] != stack
    ]
    connection.executemany("UPDATE likeness SET stack = ? WHERE content = ?", moved)
    connection.execute(_MARK_ITEMS, (json.dumps([stack for stack, _ in moved]),))


_MARK_ITEMS = """
UPDATE media_item INDEXED BY media_by_announcement SET in_stack = 1
WHERE in_stack = 0 AND state = 'held' AND announced_sha256 IN (
    SELECT k.sha256 FROM likeness AS k INDEXED BY likeness_by_stack
    WHERE k.stack IN (SELECT value FROM json_each(?))
)
"""
