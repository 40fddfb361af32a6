"""The table of packed indexes, in the file of derived pictures (`vault.likeness_segments`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cport_desktop.vault.database import Connection

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS likeness_segment (number INTEGER PRIMARY KEY, packed BLOB NOT NULL)"
)


def forget_segments(connection: Connection, numbers: Iterable[int]) -> None:
    """These segments are not in the file any more: each may hold digests of what was erased."""
    connection.execute(TABLE)
    connection.executemany(
        "DELETE FROM likeness_segment WHERE number = ?", [(number,) for number in numbers]
    )
