"""How far a deep check came: it may take hours, and goes on where it was interrupted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.connections import Writer

MOST_FAULTY = 1000
"""Names that are kept; a vault that lost more has other worries."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A check that did not come to its end. `faulty` are to be looked at once more."""

    started_at: datetime
    last_blob: str
    faulty: tuple[str, ...]


class CheckProgress:
    """The vault's own note; no entry in the log, since nothing of anybody is touched."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def load(self) -> Interrupted | None:
        """Where the last one was interrupted; None if there is none."""
        with self._writer.bookkeeping() as books:
            row = books.execute(
                "SELECT started_at, last_blob, faulty FROM check_progress"
            ).fetchone()
        if row is None:
            return None
        return Interrupted(moment_of(row[0]), row[1], tuple(map(str, json.loads(row[2]))))

    def save(self, state: Interrupted) -> None:
        """Should it be interrupted now, it goes on from here."""
        values = (
            microseconds(state.started_at),
            state.last_blob,
            json.dumps(state.faulty[:MOST_FAULTY]),
        )
        with self._writer.bookkeeping() as books:
            books.execute(
                "INSERT OR REPLACE INTO check_progress (only, started_at, last_blob, faulty)"
                " VALUES (1, ?, ?, ?)",
                values,
            )

    def clear(self) -> None:
        """The next check begins anew."""
        with self._writer.bookkeeping() as books:
            books.execute("DELETE FROM check_progress")
