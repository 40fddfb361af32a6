"""What analysts here say of entries of hash lists: one word of each person, the last one."""

from __future__ import annotations

from cport_desktop.domain.known import KnownList
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.transaction import Reader, Transaction


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
