"""What the gateway has to remember: stations, sessions, operations and their receipts.

One SQLite file in WAL with `synchronous=FULL`: what was answered is on the disk. One
connection behind a lock, usable from any thread; each public method is one transaction.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cport_desktop.domain.anchoring import LogOrigin
from cport_desktop.domain.batch import Batch, Change, RecordChange, ReportChange, Withdrawal
from cport_desktop.domain.ids import ContentId, OperationId, ReportId, StationId, VaultId
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.report import Assessment
from cport_desktop.formats.portal_messages import parse_change, print_change

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS station (
    station TEXT PRIMARY KEY, station_key BLOB NOT NULL UNIQUE, signing_key BLOB NOT NULL,
    answer BLOB NOT NULL, is_revoked INTEGER NOT NULL DEFAULT 0,
    sealing_key BLOB NOT NULL DEFAULT x'', transport_key BLOB NOT NULL DEFAULT x''
) WITHOUT ROWID, STRICT;
DROP TABLE IF EXISTS token;
CREATE TABLE IF NOT EXISTS session_token (
    digest BLOB PRIMARY KEY, session TEXT NOT NULL, station TEXT NOT NULL, expires REAL NOT NULL,
    renews INTEGER NOT NULL, is_used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS token_by_session ON session_token (session);
CREATE TABLE IF NOT EXISTS nonce (
    station TEXT NOT NULL, nonce TEXT NOT NULL, seen REAL NOT NULL,
    PRIMARY KEY (station, nonce)
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS nonce_by_age ON nonce (seen);
CREATE TABLE IF NOT EXISTS operation (
    sequence INTEGER PRIMARY KEY, station TEXT NOT NULL, operation TEXT NOT NULL,
    is_settled INTEGER NOT NULL, reason TEXT, feedback TEXT, UNIQUE (station, operation)
) STRICT;
CREATE TABLE IF NOT EXISTS given_assessment (
    sequence INTEGER PRIMARY KEY, report INTEGER NOT NULL, content INTEGER NOT NULL,
    classification INTEGER NOT NULL, age INTEGER, gender INTEGER, analyst TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS given_by_report ON given_assessment (report, sequence);
CREATE TABLE IF NOT EXISTS fed_change (
    sequence INTEGER PRIMARY KEY, document BLOB NOT NULL, station TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS fed_report (
    report INTEGER PRIMARY KEY, sequence INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS iccam_document (
    kind TEXT NOT NULL, reference TEXT NOT NULL, report INTEGER NOT NULL, document BLOB NOT NULL,
    PRIMARY KEY (kind, reference)
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS iccam_by_report ON iccam_document (report);
CREATE TABLE IF NOT EXISTS fed_record (
    subject TEXT NOT NULL, reference TEXT NOT NULL, sequence INTEGER NOT NULL,
    PRIMARY KEY (subject, reference)
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS issued (
    station TEXT NOT NULL, sequence INTEGER NOT NULL, previous TEXT NOT NULL,
    digest TEXT NOT NULL, message BLOB, PRIMARY KEY (station, sequence, previous)
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS anchor (
    sequence INTEGER PRIMARY KEY, station TEXT NOT NULL, vault TEXT NOT NULL,
    lineage INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, public BLOB NOT NULL,
    note BLOB NOT NULL, made_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS anchor_by_station ON anchor (station, sequence);
CREATE TABLE IF NOT EXISTS enrolment_code (
    code TEXT PRIMARY KEY, station TEXT
) WITHOUT ROWID, STRICT;
"""


FED_AT_ONCE: Final = 4 * 1024 * 1024
"""Bytes of fed changes in one page: a quarter of the longest message."""

_GIVEN_COLUMNS: Final = "sequence, report, content, classification, age, gender, analyst, made_at"


@dataclass(frozen=True, slots=True)
class StationRecord:
    """`answer` is the payload of the enrolment answer that the station got; the two last keys are
    empty for a station that enrolled before there were two roads.
    """

    station: StationId
    station_key: bytes
    signing_key: bytes
    answer: bytes
    is_revoked: bool = False
    sealing_key: bytes = b""
    transport_key: bytes = b""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Digests of what a session goes by, and until when each is good (seconds since 1970)."""

    session: str
    token: bytes
    expires: float
    refresh: bytes
    renewable_until: float


@dataclass(frozen=True, slots=True)
class GivenAssessment:
    """A station's settled assessment: the `sequence`-th change behind the scenario's own."""

    sequence: int
    report_number: int
    content: ContentId
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class HeldHead:
    """The longest head of a station's log that was co-signed here. `public`: the log's key."""

    origin: LogOrigin
    size: int
    root: bytes
    public: bytes
    note: bytes


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one operation: its receipt, and what it leaves behind."""

    receipt: Receipt
    feedback: str | None = None
    assessment: tuple[int, ContentId, Assessment] | None = None
    told: tuple[Change, ...] = ()
    """What every station is told from now on."""


class Ledger:
    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(_SCHEMA)
        self._add_missing_columns()

    def _add_missing_columns(self) -> None:
        """A ledger from before there were two roads has room for the keys of both."""
        names = {row[1] for row in self._connection.execute("PRAGMA table_info(station)")}
        for name in ("sealing_key", "transport_key"):
            if name not in names:
                self._connection.execute(
                    f"ALTER TABLE station ADD COLUMN {name} BLOB NOT NULL DEFAULT x''"
                )

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; others wait. May be nested, the outermost decides."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def save_station(self, record: StationRecord) -> None:
        """Keep a station, in the place of one with the same id."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO station (station, station_key, signing_key, answer,"
                " is_revoked, sealing_key, transport_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    record.station,
                    record.station_key,
                    record.signing_key,
                    record.answer,
                    record.is_revoked,
                    record.sealing_key,
                    record.transport_key,
                ),
            )

    def station(self, station: str) -> StationRecord | None:
        with self._lock:
            row = self._connection.execute(
                "SELECT station, station_key, signing_key, answer, is_revoked, sealing_key,"
                " transport_key FROM station WHERE station = ?",
                (station,),
            ).fetchone()
        if row is None:
            return None
        return StationRecord(StationId(row[0]), row[1], row[2], row[3], bool(row[4]), *row[5:])

    def save_tokens(self, pair: TokenPair, station: StationId, *, now: float) -> None:
        """Keep what a session goes by now; what has expired is forgotten."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM session_token WHERE expires < ?", (now,))
            connection.executemany(
                "INSERT INTO session_token (digest, session, station, expires, renews)"
                " VALUES (?, ?, ?, ?, ?)",
                [
                    (pair.token, pair.session, station, pair.expires, False),
                    (pair.refresh, pair.session, station, pair.renewable_until, True),
                ],
            )

    def has_token(self, digest: bytes, station: StationId, *, now: float) -> bool:
        """Whether a session of the station goes by this token."""
        with self._lock:
            found = self._connection.execute(
                "SELECT 1 FROM session_token"
                " WHERE digest = ? AND station = ? AND expires >= ? AND NOT renews",
                (digest, station, now),
            ).fetchone()
        return found is not None

    def use_refresh(self, digest: bytes, station: StationId, *, now: float) -> str | None:
        """The session that this renews, once; None if it renews nothing.

        What was used before is in somebody else's hands: the whole session ends.
        """
        with self.transaction() as connection:
            found = connection.execute(
                "SELECT session, is_used FROM session_token"
                " WHERE digest = ? AND station = ? AND expires >= ? AND renews",
                (digest, station, now),
            ).fetchone()
            if found is None:
                return None
            session, is_used = str(found[0]), bool(found[1])
            if is_used:
                connection.execute("DELETE FROM session_token WHERE session = ?", (session,))
                return None
            connection.execute("UPDATE session_token SET is_used = 1 WHERE digest = ?", (digest,))
            return session

    def use_nonce(self, station: StationId, nonce: str, *, now: float, forget: float) -> bool:
        """Whether `nonce` is seen for the first time; those seen before `forget` are gone."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM nonce WHERE seen < ?", (forget,))
            done = connection.execute(
                "INSERT OR IGNORE INTO nonce VALUES (?, ?, ?)", (station, nonce, now)
            )
            return done.rowcount == 1

    def stations(self) -> Sequence[StationId]:
        """Every station that was ever enrolled."""
        with self._lock:
            rows = self._connection.execute("SELECT station FROM station ORDER BY station")
            return [StationId(row[0]) for row in rows.fetchall()]

    def held_head(self, station: StationId) -> HeldHead | None:
        """The head that was co-signed last; a log only ever grows."""
        with self._lock:
            row = self._connection.execute(
                "SELECT vault, lineage, size, root, public, note FROM anchor"
                " WHERE station = ? ORDER BY sequence DESC LIMIT 1",
                (station,),
            ).fetchone()
        return None if row is None else HeldHead(LogOrigin(VaultId(row[0]), row[1]), *row[2:])

    def hold_head(self, station: StationId, head: HeldHead, *, at: datetime) -> None:
        """Keep a head behind all earlier ones, which stay."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO anchor (station, vault, lineage, size, root, public, note, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    station,
                    head.origin.vault,
                    head.origin.lineage,
                    head.size,
                    head.root,
                    head.public,
                    head.note,
                    at.isoformat(),
                ),
            )

    def receipt(self, station: StationId, operation: OperationId) -> Receipt | None:
        """What was decided on an operation before."""
        with self._lock:
            row = self._connection.execute(
                "SELECT is_settled, reason FROM operation WHERE station = ? AND operation = ?",
                (station, operation),
            ).fetchone()
        return None if row is None else Receipt(operation, bool(row[0]), row[1])

    def decide(self, station: StationId, decision: Decision) -> None:
        """Keep a decision, its receipt and what it leaves behind, all together."""
        receipt = decision.receipt
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO operation (station, operation, is_settled, reason, feedback)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    station,
                    receipt.operation_id,
                    receipt.is_settled,
                    receipt.reason,
                    decision.feedback,
                ),
            )
            if decision.assessment is not None:
                self._give(connection, *decision.assessment)
            self.feed(decision.told)

    def receipts_after(
        self, station: StationId, sequence: int, limit: int
    ) -> Sequence[tuple[int, Receipt]]:
        """Receipts of `station` behind `sequence`, each with its own, in order."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT sequence, operation, is_settled, reason FROM operation"
                " WHERE station = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                (station, sequence, limit),
            ).fetchall()
        return [(row[0], Receipt(OperationId(row[1]), bool(row[2]), row[3])) for row in rows]

    def given_after(self, sequence: int, limit: int) -> Sequence[GivenAssessment]:
        """Settled assessments behind `sequence`, in order."""
        return self._given("sequence > ? ORDER BY sequence LIMIT ?", (sequence, limit))

    def given_to(self, report_number: int) -> Sequence[GivenAssessment]:
        """All settled assessments of one report, in order."""
        return self._given("report = ? ORDER BY sequence", (report_number,))

    def count_given_after(self, sequence: int) -> int:
        with self._lock:
            row = self._connection.execute(
                "SELECT count(*) FROM given_assessment WHERE sequence > ?", (sequence,)
            ).fetchone()
        return int(row[0])

    def last_given(self) -> int:
        """The sequence of the last settled assessment, 0 before the first."""
        with self._lock:
            row = self._connection.execute(
                "SELECT coalesce(max(sequence), 0) FROM given_assessment"
            ).fetchone()
        return int(row[0])

    def feed(self, changes: Sequence[Change], *, station: StationId | None = None) -> None:
        """Changes that every station, or `station` alone, gets behind what it has."""
        with self.transaction() as connection:
            for change in changes:
                fed = connection.execute(
                    "INSERT INTO fed_change (document, station) VALUES (?, ?)",
                    (print_change(change), station),
                )
                if station is not None:
                    continue
                report = _report_of(change)
                if report is not None:
                    connection.execute(
                        "INSERT OR REPLACE INTO fed_report VALUES (?, ?)", (report, fed.lastrowid)
                    )
                if isinstance(change, RecordChange):
                    connection.execute(
                        "INSERT OR REPLACE INTO fed_record VALUES (?, ?, ?)",
                        (change.subject, change.reference, fed.lastrowid),
                    )

    def told(self, subject: str, reference: str) -> RecordChange | None:
        """What was fed in last about something other than a report; None if nothing was."""
        found = self._records("r.reference = ?2", (subject, reference))
        return found[0] if found else None

    def told_below(self, subject: str, beginning: str) -> Sequence[RecordChange]:
        """The same of everything whose reference begins like this, in the order of references."""
        return self._records(
            "substr(r.reference, 1, length(?2)) = ?2 ORDER BY r.reference", (subject, beginning)
        )

    def _records(self, condition: str, values: tuple[str, str]) -> Sequence[RecordChange]:
        with self._lock:
            rows = self._connection.execute(
                # `condition` is a constant of this room; values are bound.
                "SELECT f.document FROM fed_record AS r JOIN fed_change AS f"  # noqa: S608
                f" ON f.sequence = r.sequence WHERE r.subject = ?1 AND {condition}",
                values,
            ).fetchall()
        told = [parse_change(row[0]) for row in rows]
        return [change for change in told if isinstance(change, RecordChange)]

    def last_fed(self, report: ReportId) -> Change | None:
        """What was fed in last about a report; None if nothing was."""
        with self._lock:
            row = self._connection.execute(
                "SELECT f.document FROM fed_report AS r JOIN fed_change AS f"
                " ON f.sequence = r.sequence WHERE r.report = ?",
                (report,),
            ).fetchone()
        return None if row is None else parse_change(row[0])

    def fed_to(self, station: StationId) -> Sequence[Change]:
        """What was fed in for `station` alone, in order."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT document FROM fed_change WHERE station = ? ORDER BY sequence", (station,)
            ).fetchall()
        return [parse_change(row[0]) for row in rows]

    def fed_after(
        self, station: StationId, sequence: int, limit: int
    ) -> Sequence[tuple[int, Change]]:
        """What was fed in for `station` or for all behind `sequence`, each change with its own, in
        order: as many as fit.
        """
        found: list[tuple[int, Change]] = []
        weight = 0
        with self._lock:
            for at, document in self._connection.execute(
                "SELECT sequence, document FROM fed_change WHERE sequence > ?"
                " AND (station IS NULL OR station = ?) ORDER BY sequence LIMIT ?",
                (sequence, station, limit),
            ):
                weight += len(document)
                if found and weight > FED_AT_ONCE:
                    break
                found.append((at, parse_change(document)))
        return found

    def count_fed_after(self, station: StationId, sequence: int) -> int:
        with self._lock:
            row = self._connection.execute(
                "SELECT count(*) FROM fed_change WHERE sequence > ?"
                " AND (station IS NULL OR station = ?)",
                (sequence, station),
            ).fetchone()
        return int(row[0])

    def issued(self, station: StationId, sequence: int, previous: str | None) -> bytes | None:
        """The batch that was sealed for this place of the station's chain, if it is still kept."""
        with self._lock:
            row = self._connection.execute(
                "SELECT message FROM issued WHERE station = ? AND sequence = ? AND previous = ?",
                (station, sequence, previous or ""),
            ).fetchone()
        return None if row is None else row[0]

    def keep_issued(self, station: StationId, batch: Batch, digest: str, message: bytes) -> None:
        """Keep a sealed batch until the station has it; those before it, it has."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO issued VALUES (?, ?, ?, ?, ?)",
                (station, batch.sequence, batch.previous or "", digest, message),
            )

    def forget_issued(self, station: StationId, until: int) -> None:
        """The station has everything up to the batch with sequence `until`."""
        with self.transaction() as connection:
            connection.execute(
                "DELETE FROM issued WHERE station = ? AND sequence <= ?", (station, until)
            )

    def _give(
        self, connection: sqlite3.Connection, number: int, content: ContentId, given: Assessment
    ) -> None:
        made_at = given.made_at or datetime.fromtimestamp(0, UTC)
        connection.execute(
            "INSERT INTO given_assessment"
            " (report, content, classification, age, gender, analyst, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                content,
                given.classification,
                given.age,
                given.gender,
                given.analyst,
                made_at.isoformat(),
            ),
        )

    def _given(self, condition: str, values: tuple[int, ...]) -> Sequence[GivenAssessment]:
        with self._lock:
            rows = self._connection.execute(
                # `condition` is a constant of this room; values are bound.
                f"SELECT {_GIVEN_COLUMNS} FROM given_assessment WHERE {condition}",  # noqa: S608
                values,
            ).fetchall()
        return [
            GivenAssessment(row[0], row[1], ContentId(row[2]), _assessment(*row[3:]))
            for row in rows
        ]


def _report_of(change: Change) -> ReportId | None:
    if isinstance(change, ReportChange):
        return change.report.report_id
    return change.report_id if isinstance(change, Withdrawal) else None


def _assessment(
    classification: int, age: int | None, gender: int | None, analyst: str, made_at: str
) -> Assessment:
    return Assessment(
        classification=classification,
        age=age,
        gender=gender,
        is_virtual=False,
        is_user_generated=False,
        is_modeling=False,
        analyst=analyst,
        hotline=None,
        made_at=datetime.fromisoformat(made_at),
    )
