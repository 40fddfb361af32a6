"""Lists of our own that go: of a reading that was cut off nothing is left, of a list that was withdrawn what
ended hits speak of. In lots, so that others can write meanwhile; what is cut off goes on before the next file
is read in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cport_desktop.vault.database import Connection
from cport_desktop.vault.hash_lists import unpacked
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

_REMOVED_AT_ONCE: Final = 20_000
_FULL: Final = (
    "origin = 'file' AND is_whole AND withdrawn_at IS NOT NULL AND EXISTS"
    " (SELECT 1 FROM list_entry AS e WHERE e.list = hash_list.list AND e.digests <> x'')"
)
"""Withdrawn, and not emptied to the end."""


def remove_unfinished(vault: Vault) -> None:
    """Nothing is left of files whose reading was cut off, nor of lists whose emptying was."""
    with vault.reader() as reader:
        cut_off = _numbers(reader, "NOT is_whole")
        full = _numbers(reader, _FULL)
    for number in cut_off:
        remove_list(vault, number)
    for number in full:
        empty_list(vault, number)


def _numbers(reader: Reader, which: str) -> list[int]:
    found = reader.connection.execute(f"SELECT list FROM hash_list WHERE {which}")  # noqa: S608 - our own words
    return [number for (number,) in found.fetchall()]


def remove_list(vault: Vault, number: int) -> None:
    """A list that was never whole is gone with all that is on it, in lots."""
    _remove_what_is_on(vault, number)
    for table in ("list_staging", "list_gone"):
        _remove_rows(vault, table, number)
    with vault.bookkeeping() as connection:
        connection.execute("DELETE FROM hash_list WHERE list = ?", (number,))


def empty_list(vault: Vault, number: int) -> None:
    """Of a list that was withdrawn for ever nothing is left but what ended hits speak of."""
    _remove_what_is_on(vault, number)


def _remove_rows(vault: Vault, table: str, number: int) -> None:
    is_left = True
    while is_left:
        with vault.bookkeeping() as connection:
            is_left = bool(
                connection.execute(
                    f"DELETE FROM {table} WHERE rowid IN"  # noqa: S608 - our own words
                    f" (SELECT rowid FROM {table} WHERE list = ? LIMIT ?)",
                    (number, _REMOVED_AT_ONCE),
                ).rowcount
            )


def _remove_what_is_on(vault: Vault, number: int) -> None:
    after = 0
    while True:
        with vault.bookkeeping() as connection:
            found = connection.execute(
                # By their numbers, which lie together, and not by their names.
                "SELECT entry, digests, EXISTS (SELECT 1 FROM hit AS h WHERE h.entry = e.entry)"
                " FROM list_entry AS e NOT INDEXED WHERE entry > ? AND list = ?"
                " ORDER BY entry LIMIT ?",
                (after, number, _REMOVED_AT_ONCE),
            ).fetchall()
            if not found:
                return
            after = found[-1][0]
            connection.executemany(
                "DELETE FROM list_digest WHERE algorithm = ? AND digest = ? AND entry = ?",
                sorted(
                    (algorithm, digest, entry)
                    for entry, kept, _ in found
                    for algorithm, digest in unpacked(kept)
                ),
            )
            connection.executemany(
                "UPDATE list_entry SET digests = x'' WHERE entry = ?",
                [(entry,) for entry, _, has_hit in found if has_hit],
            )
            remove_entries(connection, [entry for entry, _, has_hit in found if not has_hit])


def remove_entries(connection: Connection, entries: Iterable[int]) -> None:
    """Entries by their numbers, whose digests are elsewhere or gone."""
    connection.executemany(
        "DELETE FROM list_entry WHERE entry = ?", [(entry,) for entry in entries]
    )
