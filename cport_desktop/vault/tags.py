"""Tags on things. A tag is one word whatever its letter case; it is gone when nothing has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.tag import Tag, Tagged, folded_tag
from cport_desktop.vault.abouts import about_of, as_json
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Reader, Transaction

_PUT: Final = """
INSERT OR IGNORE INTO tagged (tag_id, kind, reference, by, at)
SELECT ?1, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), ?2, ?3
FROM json_each(?4) AS j WHERE true
RETURNING kind, reference
"""
_TAKE: Final = """
DELETE FROM tagged WHERE tag_id = ? AND (kind, reference) IN
 (SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]') FROM json_each(?) AS j)
RETURNING kind, reference
"""


def put(tx: Transaction, name: str, abouts: Sequence[About]) -> tuple[int, tuple[About, ...]]:
    """All of these have the tag; its number, and those that had it not. The caller adds the entries."""
    tx.connection.execute(
        "INSERT INTO tag (name, folded) VALUES (?, ?) ON CONFLICT (folded) DO NOTHING",
        (name, folded_tag(name)),
    )
    number = _number(tx, name) or 0
    at = microseconds(tx.now)
    found = tx.connection.execute(_PUT, (number, tx.actor, at, as_json(abouts))).fetchall()
    return number, tuple(about_of(kind, reference) for kind, reference in found)


def take(tx: Transaction, name: str, abouts: Sequence[About]) -> tuple[int, tuple[About, ...]]:
    """None of these has the tag; its number (0: there is no such tag), and those that had it."""
    number = _number(tx, name)
    if number is None:
        return 0, ()
    found = tx.connection.execute(_TAKE, (number, as_json(abouts))).fetchall()
    forget_unused(tx.connection)
    return number, tuple(about_of(kind, reference) for kind, reference in found)


def listing(reader: Reader, *, beginning: str = "", limit: int) -> tuple[Tag, ...]:
    """The tags that begin like this, the most used first."""
    found = reader.connection.execute(
        "SELECT t.tag_id, t.name, (SELECT count(*) FROM tagged AS x WHERE x.tag_id = t.tag_id)"
        " AS uses FROM tag AS t WHERE substr(t.folded, 1, length(?1)) = ?1"
        " ORDER BY uses DESC, t.name COLLATE by_name LIMIT ?2",
        (folded_tag(beginning), limit),
    )
    return tuple(Tag(number, name, uses) for number, name, uses in found)


def count(reader: Reader, *, beginning: str = "") -> int:
    """How many tags begin like this."""
    found = reader.connection.execute(
        "SELECT count(*) FROM tag WHERE substr(folded, 1, length(?1)) = ?1",
        (folded_tag(beginning),),
    ).fetchone()
    return int(found[0]) if found else 0


def on(reader: Reader, about: About) -> tuple[Tagged, ...]:
    """The tags of one thing, by their names."""
    found = reader.connection.execute(
        "SELECT t.name, x.by, x.at FROM tagged AS x INDEXED BY tagged_by_reference"
        " CROSS JOIN tag AS t ON t.tag_id = x.tag_id"
        " WHERE x.kind = ? AND x.reference = ?"
        " ORDER BY t.name COLLATE by_name",
        (about.kind.value, about.reference),
    )
    return tuple(Tagged(name, Actor(by), moment_of(at)) for name, by, at in found)


def forget_unused(connection: Connection) -> None:
    """A word that nothing has is gone."""
    connection.execute(
        "DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM tagged AS x WHERE x.tag_id = tag.tag_id)"
    )


def _number(reader: Reader, name: str) -> int | None:
    found = reader.connection.execute(
        "SELECT tag_id FROM tag WHERE folded = ?", (folded_tag(name),)
    ).fetchone()
    return None if found is None else int(found[0])
