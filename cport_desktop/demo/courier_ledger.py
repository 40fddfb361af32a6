"""What the gateway remembers of bundles: the newest of each station, and how it was answered.

Of an answer its manifest is kept and the small messages in it; batches and files are where they are
anyway. So the same answer can be given again when a stick was lost, until the station has gone on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.demo.ledger import Ledger
from cport_desktop.domain.ids import StationId

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS courier_in (
        station TEXT PRIMARY KEY, sequence INTEGER NOT NULL, digest TEXT NOT NULL,
        issued_at TEXT NOT NULL, answer INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE IF NOT EXISTS courier_seen (
        station TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (station, digest)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE IF NOT EXISTS courier_out (
        station TEXT PRIMARY KEY, sequence INTEGER NOT NULL, digest TEXT NOT NULL,
        manifest BLOB NOT NULL
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE IF NOT EXISTS courier_member (
        station TEXT NOT NULL, number INTEGER NOT NULL, previous TEXT, content BLOB,
        PRIMARY KEY (station, number)
    ) WITHOUT ROWID, STRICT""",
)


@dataclass(frozen=True, slots=True)
class TakenBundle:
    """The newest bundle of a station: `answer` is the number of the bundle that answers it."""

    sequence: int
    digest: str
    issued_at: datetime
    answer: int


@dataclass(frozen=True, slots=True)
class KeptMember:
    """What is kept of a member: a message's bytes; of a batch, the digest before it; of a file nothing."""

    content: bytes | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The newest bundle for a station: the payload of its manifest, and its members."""

    sequence: int
    digest: str
    manifest: bytes
    members: tuple[KeptMember, ...]


class CourierLedger:
    """A part of the ledger; the caller opens transactions."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        with ledger.transaction() as connection:
            for statement in _SCHEMA:
                connection.execute(statement)

    def taken(self, station: StationId) -> TakenBundle | None:
        with self._ledger.transaction() as connection:
            row = connection.execute(
                "SELECT sequence, digest, issued_at, answer FROM courier_in WHERE station = ?",
                (station,),
            ).fetchone()
        if row is None:
            return None
        return TakenBundle(row[0], row[1], datetime.fromisoformat(row[2]), row[3])

    def was_taken(self, station: StationId, digest: str) -> bool:
        """Whether a bundle with this manifest was ever taken in."""
        with self._ledger.transaction() as connection:
            row = connection.execute(
                "SELECT 1 FROM courier_seen WHERE station = ? AND digest = ?", (station, digest)
            ).fetchone()
        return row is not None

    def given(self, station: StationId) -> GivenAnswer | None:
        with self._ledger.transaction() as connection:
            row = connection.execute(
                "SELECT sequence, digest, manifest FROM courier_out WHERE station = ?", (station,)
            ).fetchone()
            members = connection.execute(
                "SELECT content, previous FROM courier_member WHERE station = ? ORDER BY number",
                (station,),
            ).fetchall()
        if row is None:
            return None
        return GivenAnswer(row[0], row[1], row[2], tuple(KeptMember(*each) for each in members))

    def keep(self, station: StationId, taken: TakenBundle, given: GivenAnswer) -> None:
        """Keep both, in the place of those before."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO courier_in VALUES (?, ?, ?, ?, ?)",
                (
                    station,
                    taken.sequence,
                    taken.digest,
                    taken.issued_at.isoformat(),
                    taken.answer,
                ),
            )
            connection.execute(
                "INSERT OR IGNORE INTO courier_seen VALUES (?, ?)", (station, taken.digest)
            )
            connection.execute(
                "INSERT OR REPLACE INTO courier_out VALUES (?, ?, ?, ?)",
                (station, given.sequence, given.digest, given.manifest),
            )
            connection.execute("DELETE FROM courier_member WHERE station = ?", (station,))
            connection.executemany(
                "INSERT INTO courier_member VALUES (?, ?, ?, ?)", _rows(station, given.members)
            )


def _rows(
    station: StationId, members: Sequence[KeptMember]
) -> list[tuple[str, int, str | None, bytes | None]]:
    return [
        (station, number, member.previous, member.content) for number, member in enumerate(members)
    ]
