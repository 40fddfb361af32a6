"""The table of packed indexes, in the file of derived pictures (`vault.likeness_segments`)."""

from __future__ import annotations

from typing import Final

from cport_desktop.vault.database import Connection

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS likeness_segment (number INTEGER PRIMARY KEY, packed BLOB NOT NULL)"
)


def forget_segments(connection: Connection) -> None:
    """No segment is in the file any more: each may hold digests of what was erased."""
    connection.execute(TABLE)
    connection.execute("DELETE FROM likeness_segment")
