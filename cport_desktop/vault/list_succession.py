"""A list that was read in takes the place of another as its next version.

The newer one was read in and lies beside the older, unseen. In lots it is told apart which entries came
and which went (an entry is the same if it has a digest in common); then, in one transaction, the newer is
whole and has the older's name and history, and the older stands no more. What is cut off leaves the older
as it was; the newer is removed as any file whose reading was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.known import KnownList
from cport_desktop.vault import entry_words, hash_lists, list_difference, list_versions
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Row
from cport_desktop.vault.list_versions import NewVersion
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault

_LOT: Final = 5_000
_PAGE: Final = """
SELECT entry FROM list_entry NOT INDEXED
WHERE entry > ? AND list = ? AND withdrawn_at IS NULL ORDER BY entry LIMIT ?
"""
_SINCE: Final = """
UPDATE list_entry SET changed_at = (SELECT o.changed_at FROM list_entry AS o WHERE o.entry = ?2)
WHERE entry = ?1
"""
"""An entry that stays stands since when it stood on the older list."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the newer list has and the older has not, and the other way round."""

    added: int
    removed: int


def compare(vault: Vault, older: KnownList, newer: int, *, at: int) -> Iterator[Difference]:
    """Entries of both lists are told apart, lot by lot, with what was found so far. `newer`: the number
    of the list that was read in; `at`: the moment of the new version, in microseconds.
    """
    with vault.bookkeeping() as connection:
        connection.execute("DELETE FROM list_gone WHERE list = ?", (newer,))
    found = list_difference.Compared()
    for pairs in list_difference.compare(vault, older.number, newer, found):
        with vault.bookkeeping() as connection:
            connection.executemany(_SINCE, pairs)
        yield Difference(0, 0)
    added = removed = 0
    for lot in _lots(vault, newer):
        came = [entry for (entry,) in lot if entry not in found.kept_of_newer]
        with vault.bookkeeping() as connection:
            connection.executemany(
                "UPDATE list_entry SET changed_at = ? WHERE entry = ?",
                [(at, entry) for entry in came],
            )
        added += len(came)
        yield Difference(added, removed)
    for lot in _lots(vault, older.number):
        gone = [entry for (entry,) in lot if entry not in found.kept_of_older]
        with vault.bookkeeping() as connection:
            connection.executemany(
                "INSERT INTO list_gone (list, entry_id, name, digests, since, gone_at)"
                " SELECT ?, entry_id, name, digests, changed_at, ? FROM list_entry WHERE entry = ?",
                [(newer, at, entry) for entry in gone],
            )
        removed += len(gone)
        yield Difference(added, removed)


def succeed(
    tx: Transaction, older: KnownList, newer: KnownList, found: Difference, reason: str
) -> tuple[int, int]:
    """The newer list is the older's next version, under its name, with what people here said of entries
    that stay; the number of the version, and how many
    hits on the older ended. The caller adds the audit entry and empties the older.
    """
    connection, at = tx.connection, microseconds(tx.now)
    list_versions.note_first(connection, older.number)
    (ordinal,) = connection.execute(
        "SELECT max(ordinal) FROM list_version WHERE list = ?", (older.number,)
    ).fetchone() or (0,)
    for table in ("list_version", "list_gone"):
        connection.execute(
            f"UPDATE {table} SET list = ? WHERE list = ?",  # noqa: S608 - constant text
            (newer.number, older.number),
        )
    version = NewVersion(
        newer.version, at, newer.entries, found.added, found.removed, newer.file_sha256
    )
    list_versions.note(connection, newer.number, version)
    rename = "UPDATE hash_list SET list_id = ? WHERE list = ?"
    connection.execute(rename, (f"{older.list_id}.{ordinal}", older.number))
    connection.execute(rename, (older.list_id, newer.number))
    entry_words.carry_over(tx, older.number, newer.number)
    ended = hash_lists.withdraw_list(connection, older.number, reason, at=at)
    hash_lists.count_digests(connection, older.entries)
    return ordinal + 1, ended


def _lots(vault: Vault, number: int) -> Iterator[list[Row]]:
    """Numbers of the entries that stand."""
    behind = 0
    while True:
        with vault.reader() as reader:
            lot = reader.connection.execute(_PAGE, (behind, number, _LOT)).fetchall()
        if not lot:
            return
        yield lot
        behind = lot[-1][0]
