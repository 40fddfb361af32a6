"""Rows that a person's act changed: how they were before and after, and how to bring either back.

A row is brought back only while it is what the act left behind: what somebody else did since is never
undone with it. A note or a task that was added is not deleted but taken back: what was written stays on
record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.deed import Image, RowChange, RowsStep, Step, Value
from cport_desktop.vault import likeness_stacks
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Reader, Transaction

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "tag": ("tag_id",),
    "tagged": ("tag_id", "kind", "reference"),
    "flag": ("kind", "reference"),
    "note": ("note_id",),
    "note_before": ("note_id", "version"),
    "case_item": ("case_id", "kind", "reference"),
    "case_turn": ("number",),
    "task": ("task_id",),
    "stack_word": ("sha256",),
    "assignment": ("report_id",),
}
"""The tables whose rows can be brought back, those that others refer to first."""

_ABOUT: Final[Mapping[str, str]] = {
    "tag": "1",
    "note_before": "note_id IN (SELECT note_id FROM note WHERE kind = ?1"
    " AND reference IN (SELECT value FROM json_each(?2)))",
    "stack_word": "?1 = 'content' AND sha256 IN (SELECT value FROM json_each(?2))",
    "assignment": "?1 = 'report' AND report_id IN (SELECT value FROM json_each(?2))",
}
"""Which rows of a table are about items; where nothing stands here: those that say so."""
_SAID: Final = "kind = ?1 AND reference IN (SELECT value FROM json_each(?2))"


@contextmanager
def undoable(
    tx: Transaction, deed: OneDeed, tables: Sequence[str], items: Sequence[About]
) -> Iterator[None]:
    """What changes within, in rows of `tables` about `items`, are steps of `deed`: one for each item.

    What changes in rows that are about no item alone (the name of a tag) goes with each of them.
    """
    before = _images(tx, tables, items)
    yield
    after = _images(tx, tables, items)
    changed: dict[About | None, list[RowChange]] = {}
    for table in KEYS:
        for key in {**before.get(table, {}), **after.get(table, {})}:
            was, came = before[table].get(key), after[table].get(key)
            if was != came:
                about = _about_of(table, was or came or (), items)
                changed.setdefault(about, []).append(RowChange(table, was, came))
    deed.add(tx, _steps(changed))


def turned(tx: Transaction, step: RowsStep, *, back: bool) -> bool:
    """The rows are as they were before (`back`) or after the act; False, and nothing is changed, if
    one of them is not any more what it was left as.
    """
    ways = [(c.table, c.after, c.before) if back else (c.table, c.before, c.after)
            for c in step.changes]  # fmt: skip
    shared = {table for table, *_ in ways} & _SHARED
    if not all(_is_as_left(tx.connection, way) for way in ways if way[0] not in shared):
        return False
    if not all(_has_its_tag(tx.connection, ways, wanted) for t, _, wanted in ways if t == "tagged"):
        return False
    if not all(_is_of_open_case(tx.connection, way) for way in ways):
        return False
    for table, left, wanted in sorted(ways, key=_from_the_leaves):
        if wanted is None and left is not None:
            _remove(tx, table, left)
    for table, left, wanted in sorted(ways, key=_from_the_root):
        if wanted is not None:
            _put(tx.connection, table, left, wanted)
    return True


def settle(tx: Transaction, steps: Iterable[RowsStep]) -> None:
    """What follows from rows of these steps that were brought back is as they say: stacks."""
    words = [
        dict(change.after or change.before or ())["sha256"]
        for step in steps
        for change in step.changes
        if change.table == "stack_word"
    ]
    if words:
        likeness_stacks.said_anew(tx, [str(digest) for digest in words])


_SHARED: Final = frozenset({"tag"})
"""Rows that others may have come to use since: put where they are missing, taken only when unused."""

_TAKEN_BACK: Final = frozenset({"note", "task"})
"""Rows that hold a person's words: they are never deleted by going back."""

_Way = tuple[str, Image | None, Image | None]


def _is_as_left(connection: Connection, way: _Way) -> bool:
    """The row is what the act left; a note or a task that it took away is there, taken back."""
    table, left, wanted = way
    now = _now(connection, table, left or wanted or ())
    if left is None and now is not None and table in _TAKEN_BACK:
        return dict(now)["taken_back_at"] is not None
    return now == left


def _is_of_open_case(connection: Connection, way: _Way) -> bool:
    """What is in a closed case stays in it."""
    table, left, wanted = way
    if table != "case_item":
        return True
    number = dict(left or wanted or ())["case_id"]
    state = connection.execute(
        "SELECT state FROM work_case WHERE case_id = ?", (number,)
    ).fetchone()
    return state == ("open",)


def _has_its_tag(connection: Connection, ways: Sequence[_Way], wanted: Image | None) -> bool:
    """The tag is there, or comes back with it: nobody made another of that name since."""
    if wanted is None:
        return True
    number = dict(wanted)["tag_id"]
    if connection.execute("SELECT 1 FROM tag WHERE tag_id = ?", (number,)).fetchone():
        return True
    names = [dict(image)["folded"] for table, _, image in ways if table == "tag" and image]
    taken = "SELECT 1 FROM tag WHERE folded IN (SELECT value FROM json_each(?))"
    return bool(names) and connection.execute(taken, (json.dumps(names),)).fetchone() is None


def _from_the_root(way: _Way) -> int:
    return tuple(KEYS).index(way[0])


def _from_the_leaves(way: _Way) -> int:
    return -_from_the_root(way)


def _steps(changed: Mapping[About | None, list[RowChange]]) -> Iterator[tuple[About | None, Step]]:
    shared = changed.get(None, [])
    named = [about for about in changed if about is not None]
    for about in named:
        yield about, RowsStep((*shared, *changed[about]))
    if shared and not named:
        yield None, RowsStep(tuple(shared))


def _images(
    reader: Reader, tables: Sequence[str], items: Sequence[About]
) -> dict[str, dict[tuple[Value, ...], Image]]:
    found: dict[str, dict[tuple[Value, ...], Image]] = {table: {} for table in KEYS}
    for table in tables:
        columns = _columns(reader.connection, table)
        for kind in dict.fromkeys(item.kind for item in items):
            references = [item.reference for item in items if item.kind is kind]
            rows = reader.connection.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE {_ABOUT.get(table, _SAID)}",  # noqa: S608 - constant names
                () if _ABOUT.get(table) == "1" else (kind.value, json.dumps(references)),
            )
            for row in rows:
                image = tuple(zip(columns, row, strict=True))
                found[table][_key(table, image)] = image
    return found


def _about_of(table: str, image: Image, items: Sequence[About]) -> About | None:
    values = dict(image)
    if table == "assignment":
        return About(AboutKind.REPORT, int(values["report_id"] or 0))
    if table == "stack_word":
        return About(AboutKind.CONTENT, str(values["sha256"]))
    if table == "note_before":
        return items[0] if items else None
    if "kind" not in values:
        return None
    reference = values["reference"]
    return None if reference is None else About(AboutKind(str(values["kind"])), reference)


def _now(connection: Connection, table: str, image: Image) -> Image | None:
    columns = [name for name, _ in image]
    where, values = _where(table, image)
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE {where}",  # noqa: S608 - names of our own tables
        values,
    ).fetchone()
    return None if row is None else tuple(zip(columns, row, strict=True))


def _remove(tx: Transaction, table: str, image: Image) -> None:
    where, values = _where(table, image)
    connection = tx.connection
    if table in _TAKEN_BACK:
        connection.execute(
            f"UPDATE {table} SET taken_back_by = ?, taken_back_at = ? WHERE {where}",  # noqa: S608 - a name of our own
            (tx.actor, microseconds(tx.now), *values),
        )
        return
    unused = " AND NOT EXISTS (SELECT 1 FROM tagged AS t WHERE t.tag_id = tag.tag_id)"
    connection.execute(
        f"DELETE FROM {table} WHERE {where}{unused if table in _SHARED else ''}",  # noqa: S608 - names of our own tables
        values,
    )


def _put(connection: Connection, table: str, left: Image | None, wanted: Image) -> None:
    columns, values = [name for name, _ in wanted], tuple(value for _, value in wanted)
    where, key = _where(table, wanted)
    assigned = ", ".join(f"{name} = ?" for name in columns)
    if left is None and _now(connection, table, wanted) is None:
        verb = "INSERT OR IGNORE" if table in _SHARED else "INSERT"
        connection.execute(
            f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            values,
        )
        return
    if left is None and table in _SHARED:
        return
    connection.execute(f"UPDATE {table} SET {assigned} WHERE {where}", (*values, *key))  # noqa: S608 - names of our own tables


def _where(table: str, image: Image) -> tuple[str, tuple[Value, ...]]:
    return " AND ".join(f"{name} = ?" for name in KEYS[table]), _key(table, image)


def _key(table: str, image: Image) -> tuple[Value, ...]:
    values = dict(image)
    return tuple(values[name] for name in KEYS[table])


def _columns(connection: Connection, table: str) -> list[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return [name for (name,) in rows]
