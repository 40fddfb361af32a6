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
from cport_desktop.vault import hash_lists, list_versions
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.hash_lists import unpacked
from cport_desktop.vault.list_versions import NewVersion
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault

_LOT: Final = 5_000
_PAGE: Final = """
SELECT entry, digests FROM list_entry AS e NOT INDEXED
WHERE entry > ? AND list = ? AND withdrawn_at IS NULL ORDER BY entry LIMIT ?
"""
_OTHER: Final = """
SELECT x.entry, x.changed_at FROM list_digest AS d CROSS JOIN list_entry AS x ON x.entry = d.entry
WHERE d.algorithm = ? AND d.digest = ? AND x.list = ? AND x.withdrawn_at IS NULL LIMIT 1
"""


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
    added = removed = 0
    for lot in _lots(vault, newer):
        with vault.bookkeeping() as connection:
            since = [
                (_since(connection, digests, older.number, at), entry) for entry, digests in lot
            ]
            changed = [pair for pair in since if pair[0] is not None]
            connection.executemany("UPDATE list_entry SET changed_at = ? WHERE entry = ?", changed)
        added += sum(moment == at for moment, _ in since)
        yield Difference(added, removed)
    for lot in _lots(vault, older.number):
        with vault.bookkeeping() as connection:
            gone = [entry for entry, digests in lot if _other(connection, digests, newer) is None]
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
    """The newer list is the older's next version, under its name; the number of the version, and how many
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
    ended = hash_lists.withdraw_list(connection, older.number, reason, at=at)
    hash_lists.count_digests(connection, older.entries)
    return ordinal + 1, ended


def _lots(vault: Vault, number: int) -> Iterator[list[tuple[int, bytes]]]:
    behind = 0
    while True:
        with vault.reader() as reader:
            lot = reader.connection.execute(_PAGE, (behind, number, _LOT)).fetchall()
        if not lot:
            return
        yield lot
        behind = lot[-1][0]


def _since(connection: Connection, digests: bytes, older: int, at: int) -> int | None:
    """Since when an entry stands as it does: as the older list has it, or from now on."""
    found = _other(connection, digests, older)
    return at if found is None else found[1]


def _other(connection: Connection, digests: bytes, number: int) -> tuple[int, int | None] | None:
    """The entry of another list with a digest in common, and since when that stands."""
    for algorithm, digest in unpacked(digests):
        found = connection.execute(_OTHER, (algorithm, digest, number)).fetchone()
        if found is not None:
            return found[0], found[1]
    return None
