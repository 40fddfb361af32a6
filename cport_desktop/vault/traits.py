"""Traits of reports, written behind their arrival: applying a batch pays nothing for them.

How far they came is a number of `arrival`, kept in `matching_state`. What is corrected has a new
number and comes by again; its old traits go with its old row (`vault.replica_tables.forget`), and so do
those of what is erased. A lot of reports and the mark of how far it came are one transaction.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.traits import traits_of
from cport_desktop.formats.report_traits import told_of
from cport_desktop.pace import paced
from cport_desktop.vault import arrivals
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

AT_ONCE: Final = 500
"""Reports in one transaction: some ten milliseconds in which nobody else writes."""
_MARK: Final = "traits"

_NEXT: Final = """
SELECT a.number, r.row, d.document FROM arrival AS a
LEFT JOIN report AS r ON r.report_id = a.report_id
LEFT JOIN report_document AS d ON d.report_id = a.report_id
WHERE a.number > ? ORDER BY a.number LIMIT ?
"""


def behind(reader: Reader) -> int:
    """How many arrivals at most have not been looked at; 0 if all traits are known."""
    found = reader.connection.execute(
        "SELECT upto FROM matching_state WHERE what = ?", (_MARK,)
    ).fetchone()
    return max(0, arrivals.latest(reader) - (int(found[0]) if found else 0))


def write_next(vault: Vault, *, limit: int = AT_ONCE) -> int:
    """The traits of the next `limit` reports that came or changed are known; how many there were.

    The vault's own books: what is computed from what came says nothing about anybody's acts.
    """
    with vault.bookkeeping() as connection:
        found = connection.execute(
            "SELECT upto FROM matching_state WHERE what = ?", (_MARK,)
        ).fetchone()
        due = connection.execute(_NEXT, (int(found[0]) if found else 0, limit)).fetchall()
        if not due:
            return 0
        rows = [(row, document) for _, row, document in due if row is not None and document]
        connection.executemany("DELETE FROM trait WHERE row = ?", [(row,) for row, _ in rows])
        connection.executemany(
            "INSERT OR IGNORE INTO trait (kind, sign, row) VALUES (?, ?, ?)",
            [
                (trait.kind.value, trait.sign, row)
                for row, document in paced(rows)
                for trait in traits_of(told_of(bytes(document)))
            ],
        )
        connection.execute(
            "INSERT INTO matching_state (what, upto) VALUES (?, ?)"
            " ON CONFLICT (what) DO UPDATE SET upto = excluded.upto",
            (_MARK, due[-1][0]),
        )
    return len(due)
