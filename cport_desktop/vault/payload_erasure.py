"""Erasing the personal particulars of an entry of the log: the entry and its leaf stay.

The leaf commits to a salted digest, so that the tree verifies as before. With the salt gone as
well, nobody can tell by trying which particulars they were. Freed pages of the database are
overwritten at once (`secure_delete`). Backups made earlier still hold them until they are
restored and the erasure is applied again, and so does whoever was given them.
"""

from __future__ import annotations

from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Transaction


def erase(tx: Transaction, sequence: int, *, erased_by: int) -> None:
    """The particulars of entry `sequence` are gone; entry `erased_by`, recorded in this
    transaction, says why.
    """
    tx.connection.execute(
        "INSERT INTO payload_erasure (sequence, erased_by) VALUES (?, ?)", (sequence, erased_by)
    )
    tx.connection.execute("DELETE FROM audit_payload WHERE sequence = ?", (sequence,))


def has_particulars(connection: Connection, sequence: int) -> bool:
    """Whether there is something to erase."""
    row = connection.execute(
        "SELECT 1 FROM audit_payload WHERE sequence = ?", (sequence,)
    ).fetchone()
    return row is not None
