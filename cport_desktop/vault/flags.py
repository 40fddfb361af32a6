"""Flags: the mark of a unit that says «come back to this». One flag a thing, whoever put it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.tag import Flagged
from cport_desktop.vault.abouts import about_of, as_json
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader, Transaction

_PUT: Final = """
INSERT OR IGNORE INTO flag (kind, reference, by, at)
SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), ?1, ?2
FROM json_each(?3) AS j WHERE true
RETURNING kind, reference
"""
_TAKE: Final = """
DELETE FROM flag WHERE (kind, reference) IN
 (SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]') FROM json_each(?) AS j)
RETURNING kind, reference
"""


def put(tx: Transaction, abouts: Sequence[About]) -> tuple[About, ...]:
    """All of these are flagged; those that were not. The caller adds the entries."""
    at = microseconds(tx.now)
    found = tx.connection.execute(_PUT, (tx.actor, at, as_json(abouts))).fetchall()
    return tuple(about_of(kind, reference) for kind, reference in found)


def take(tx: Transaction, abouts: Sequence[About]) -> tuple[About, ...]:
    """None of these is flagged; those that were. The caller adds the entries."""
    found = tx.connection.execute(_TAKE, (as_json(abouts),)).fetchall()
    return tuple(about_of(kind, reference) for kind, reference in found)


def on(reader: Reader, about: About) -> Flagged | None:
    """The flag of one thing."""
    found = reader.connection.execute(
        "SELECT by, at FROM flag WHERE kind = ? AND reference = ?",
        (about.kind.value, about.reference),
    ).fetchone()
    return None if found is None else Flagged(about, Actor(found[0]), moment_of(found[1]))
