"""What analysts here say of entries of hash lists: one word of each person, the last one."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.known import KnownList
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.hash_lists import unpacked
from cport_desktop.vault.transaction import Reader, Transaction

_WITH_WORDS: Final = """
SELECT e.entry, e.digests FROM (SELECT DISTINCT entry FROM entry_word) AS w
CROSS JOIN list_entry AS e ON e.entry = w.entry WHERE e.list = ? AND e.withdrawn_at IS NULL
"""
_SAME: Final = """
SELECT d.entry FROM list_digest AS d CROSS JOIN list_entry AS e ON e.entry = d.entry
WHERE d.algorithm = ?1 AND d.digest = ?2 AND e.list = ?3 AND e.withdrawn_at IS NULL
"""
_CARRY: Final = """
INSERT OR IGNORE INTO entry_word (entry, analyst_id, word, note, said_at)
SELECT ?1, analyst_id, word, note, said_at FROM entry_word WHERE entry = ?2
"""


def entry_number(reader: Reader, known: KnownList, entry_id: str) -> int:
    """The number of an entry that stands.

    Raises:
        UnknownReference: there is none of that name on the list.
    """
    found = reader.connection.execute(
        "SELECT entry FROM list_entry WHERE list = ? AND entry_id = ? AND withdrawn_at IS NULL",
        (known.number, entry_id),
    ).fetchone()
    if found is None:
        reference = f"{known.list_id}/{entry_id}"
        raise UnknownReference(kind="entry of a hash list", reference=reference)
    return int(found[0])


def say(tx: Transaction, entry: int, analyst_id: str, word: str, note: str) -> None:
    """The analyst says this of the entry now. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO entry_word (entry, analyst_id, word, note, said_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (entry, analyst_id) DO UPDATE SET word = excluded.word,"
        " note = excluded.note, said_at = excluded.said_at",
        (entry, analyst_id, word, note, microseconds(tx.now)),
    )


def said(reader: Reader, entry: int) -> tuple[int, int]:
    """How many confirm the entry here, and how many dispute it."""
    confirming, disputing = reader.connection.execute(
        "SELECT count(*) FILTER (WHERE word = 'confirm'), count(*) FILTER (WHERE word = 'dispute')"
        " FROM entry_word WHERE entry = ?",
        (entry,),
    ).fetchone() or (0, 0)
    return confirming, disputing


def carry_over(tx: Transaction, older: int, newer: int) -> None:
    """What was said of an entry of the older list stands with each of the newer that has a digest in common
    with it; both lists by their numbers. There are few such words: people typed them.
    """
    connection = tx.connection
    for entry, digests in connection.execute(_WITH_WORDS, (older,)).fetchall():
        for algorithm, digest in unpacked(digests):
            for (stays,) in connection.execute(_SAME, (algorithm, digest, newer)).fetchall():
                connection.execute(_CARRY, (stays, entry))
