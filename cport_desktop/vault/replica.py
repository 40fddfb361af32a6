"""Applies what the portal said: the only room that changes the replica.

Promises, for one batch in one transaction:

1. Applying is repeatable: a batch that was applied before, alone or in a run of old ones,
   changes nothing but adds its audit entry (rules in `vault.standings`).
2. An older revision never overwrites a newer one; a withdrawn report stays as a tombstone.
3. A kind of change, or of thing, that this version does not know is kept to the byte.
4. The stream moves only from where it stood to the batch that follows.
5. A report that was erased here does not come back; what is said of it is counted and dropped.
6. What was said of a held report is kept aside before the portal's next word takes its place.
7. Copies that left of what is corrected or withdrawn are chased from here on (`vault.chasing`).
8. What a colleague's package brought gives way to the portal's own word, of whatever revision.
9. No hit stands on an entry of a hash list that was taken back (`vault.hash_lists`).

Statements are one `executemany` a table; nothing is looked up report by report.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import (
    START,
    Batch,
    Change,
    Position,
    ReportChange,
    Standing,
    UnknownChange,
    Withdrawal,
)
from cport_desktop.domain.ids import Cursor, ReportId
from cport_desktop.domain.rows import Facet
from cport_desktop.pace import paced
from cport_desktop.vault import (
    arrivals,
    chasing,
    hash_lists,
    imported_packages,
    outbox,
    portal_records,
)
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.domain_rules import suffixes
from cport_desktop.vault.erased import without_erased
from cport_desktop.vault.holds import hold_their_media, keep_what_stands
from cport_desktop.vault.lifting import Lifted
from cport_desktop.vault.overlay import lay_over
from cport_desktop.vault.replica_tables import (
    forget,
    insert,
    mark_kinds,
    mark_sharing,
    media_known,
    move_tally,
    places,
    standing_facets,
    standings_of,
)
from cport_desktop.vault.standings import Outcome, named_reports, outcomes
from cport_desktop.vault.transaction import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Applied:
    """What one batch changed. `media_new`: announced for the first time. `dropped`: changes of
    reports that were erased here and do not come back.
    """

    reports_new: int
    reports_changed: int
    reports_withdrawn: int
    media_new: int
    operations_settled: int = 0
    operations_rejected: int = 0
    dropped: int = 0
    records_changed: int = 0
    copies_affected: int = 0
    hits_ended: int = 0


@dataclass(frozen=True, slots=True)
class LastExchange:
    """When the portal was last heard to the end, and by which road (`https`, `courier`)."""

    at: datetime
    road: str


def apply(tx: Transaction, batch: Batch, *, road: str = "https") -> Applied:
    """The vault knows what `batch` says; one audit entry of collection says so. `road`: by which
    way it came.
    """
    connection = tx.connection
    changes, dropped = without_erased(connection, batch.changes)
    known = standings_of(connection, named_reports(changes))
    reached = outcomes(changes, imported_packages.yielding(connection, known))
    keep_what_stands(tx, reached)
    records = portal_records.keep(tx, changes, road=road)
    hits_ended = hash_lists.lift(connection, records, at=microseconds(tx.now))
    _keep_unknown(tx, changes)
    media_new = _written(tx, reached)
    imported_packages.mark_told(connection, reached)
    settled, rejected = outbox.settle(tx, batch.receipts)
    told = [*chasing.changed_reports(reached), *chasing.changed_records(records)]
    told += chasing.changed_although_erased(_dropped(batch, changes)) if dropped else []
    copies_affected = chasing.chase(tx, told, told_by=batch.portal)
    _advance(connection, batch)
    applied = Applied(
        reports_new=sum(outcome.is_new for outcome in reached.values()),
        reports_changed=sum(outcome.is_changed for outcome in reached.values()),
        reports_withdrawn=sum(outcome.is_withdrawn_now for outcome in reached.values()),
        media_new=media_new,
        operations_settled=settled,
        operations_rejected=rejected,
        dropped=dropped,
        records_changed=len(records),
        copies_affected=copies_affected,
        hits_ended=hits_ended,
    )
    tx.record(_collection(batch, applied))
    return applied


def bring_in(
    tx: Transaction, changes: Collection[ReportChange | Withdrawal]
) -> frozenset[ReportId]:
    """Reports that a colleague handed over are here like those that the portal tells of, if they were
    never heard of; which these were. What is here, was withdrawn, or was erased stays as it is. The
    caller adds the audit entries, and marks where they came from.
    """
    connection = tx.connection
    kept, _ = without_erased(connection, tuple(changes))
    known = standings_of(connection, named_reports(kept))
    unheard_of = [change for change in kept if known.keys().isdisjoint(named_reports([change]))]
    reached = outcomes(unheard_of, {})
    _written(tx, reached)
    return frozenset(number for number, outcome in reached.items() if outcome.is_new)


@dataclass(frozen=True, slots=True)
class StreamState:
    """How far the stream was applied. `issued_at`: when the portal issued the last of it;
    `heard_at`: when it said that nothing more was waiting, by its own clock; None before the first
    of each. `is_snapshot`: older reports are still to come.
    """

    position: Position = START
    issued_at: datetime | None = None
    heard_at: datetime | None = None
    is_snapshot: bool = False


def stream(reader: Reader) -> StreamState:
    """Where the next exchange begins."""
    found = reader.connection.execute(
        "SELECT sequence, digest, cursor, issued_at, heard_at, is_snapshot FROM stream"
    ).fetchone()
    if found is None:
        return StreamState()
    sequence, digest, cursor, issued_at, heard_at, is_snapshot = found
    return StreamState(
        position=Position(sequence, digest, None if cursor is None else Cursor(cursor)),
        issued_at=moment_of(issued_at),
        heard_at=None if heard_at is None else moment_of(heard_at),
        is_snapshot=bool(is_snapshot),
    )


def begin_anew(tx: Transaction) -> None:
    """The next exchange asks for everything from the beginning; nothing that is here is lost, and
    what is told again changes nothing. The caller adds the audit entry.
    """
    tx.connection.execute("UPDATE stream SET sequence = 0, digest = NULL, cursor = NULL")


def hear_standing(tx: Transaction, standing: Standing) -> None:
    """The portal has nothing more for us. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO stream (only, sequence, digest, cursor, issued_at, heard_at, is_snapshot)"
        " VALUES (1, 0, NULL, NULL, ?1, ?1, 0)"
        " ON CONFLICT (only) DO UPDATE SET issued_at = ?1, heard_at = ?1, is_snapshot = 0",
        (microseconds(standing.issued_at),),
    )


def mark_exchange(tx: Transaction, road: str) -> None:
    """The portal has just been heard to the end by `road`. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO exchange (only, made_at, road) VALUES (1, ?, ?)"
        " ON CONFLICT (only) DO UPDATE SET made_at = excluded.made_at, road = excluded.road",
        (microseconds(tx.now), road),
    )


def last_exchange(reader: Reader) -> LastExchange | None:
    """The last exchange that was marked; None before the first."""
    found = reader.connection.execute("SELECT made_at, road FROM exchange").fetchone()
    return LastExchange(moment_of(found[0]), found[1]) if found else None


def _written(tx: Transaction, reached: Mapping[ReportId, Outcome]) -> int:
    """All that these outcomes come to is in the tables; how many media items are new."""
    connection = tx.connection
    media_new = _write_reports(connection, reached)
    arrivals.note(tx, reached)
    hold_their_media(connection, reached)
    _write_withdrawals(connection, reached)
    lay_over(connection, reached)
    return media_new


def _write_reports(connection: Connection, reached: Mapping[ReportId, Outcome]) -> int:
    """What these outcomes change is in the tables; how many media items are new."""
    written = [outcome for outcome in reached.values() if outcome.change is not None]
    old = [o.before.row for o in written if o.before.row is not None]
    _keep_links(connection, written, old)
    tally = Counter[tuple[Facet, str]]()
    tally.subtract(standing_facets(connection, old))
    digests = forget(connection, old)
    lifted = _lifted(connection, written)
    media_new = len(lifted.media) - media_known(connection, lifted.media)
    insert(connection, lifted)
    mark_sharing(connection, forgotten=digests, announced=lifted.digests, rows=lifted.rows)
    mark_kinds(connection, lifted.rows)
    tally.update(lifted.facets)
    move_tally(connection, tally)
    return media_new


def _keep_links(connection: Connection, written: Collection[Outcome], old: Collection[int]) -> None:
    """Which media belonged to a report in a revision that is overtaken: they go when it goes."""
    connection.execute(
        "INSERT OR IGNORE INTO former_media (report_id, media_id)"
        " SELECT r.report_id, l.media_id FROM json_each(?) AS j"
        " CROSS JOIN report AS r ON r.row = j.value CROSS JOIN report_media AS l ON l.row = r.row",
        (json.dumps(list(old)),),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO former_media (report_id, media_id) VALUES (?, ?)",
        [
            (change.report.report_id, notice.media_id)
            for outcome in written
            for change in outcome.overtaken
            for item in change.report.contents
            for notice in item.media
        ],
    )


def _lifted(connection: Connection, written: Collection[Outcome]) -> Lifted:
    before = {o.change.report.report_id: o.before for o in written if o.change}
    rows = places(connection, [o.change.report for o in written if o.change], before)
    lifted = Lifted(suffixes(connection))
    for outcome in paced(written):
        for change in outcome.overtaken:
            lifted.announce(change.report)
        if outcome.change is not None and outcome.after.status is not None:
            row = rows[outcome.change.report.report_id]
            lifted.add(outcome.change, row, outcome.after.status)
    return lifted


def _write_withdrawals(connection: Connection, reached: Mapping[ReportId, Outcome]) -> None:
    connection.executemany(
        "INSERT INTO withdrawal (report_id, made_at, reason) VALUES (?, ?, ?)"
        " ON CONFLICT (report_id) DO UPDATE"
        " SET made_at = excluded.made_at, reason = excluded.reason",
        [
            (number, microseconds(outcome.withdrawal.made_at), outcome.withdrawal.reason)
            for number, outcome in reached.items()
            if outcome.withdrawal is not None
        ],
    )
    taken_back = [o for o in reached.values() if o.change is None and o.is_withdrawn_now]
    tally = Counter[tuple[Facet, str]]()
    for outcome in taken_back:
        for standing, step in ((outcome.before, -1), (outcome.after, 1)):
            if standing.status is not None:
                tally[(Facet.STATUS, standing.status.value)] += step
    connection.executemany(
        "UPDATE report SET status = 'withdrawn' WHERE row = ?",
        [(outcome.before.row,) for outcome in taken_back],
    )
    move_tally(connection, tally)


def _keep_unknown(tx: Transaction, changes: Collection[Change]) -> None:
    tx.connection.executemany(
        "INSERT OR IGNORE INTO unknown_change (digest, kind, document, kept_at)"
        " VALUES (?, ?, ?, ?)",
        [
            (
                hashlib.sha256(change.document).hexdigest(),
                change.kind,
                change.document,
                microseconds(tx.now),
            )
            for change in changes
            if isinstance(change, UnknownChange)
        ],
    )


def _advance(connection: Connection, batch: Batch) -> None:
    """The stream stands behind `batch`, if it stood before it."""
    standing = connection.execute("SELECT sequence, digest FROM stream").fetchone()
    if (standing or (0, None)) != (batch.sequence - 1, batch.previous):
        return
    connection.execute(
        "INSERT INTO stream (only, sequence, digest, cursor, issued_at, is_snapshot)"
        " VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT (only) DO UPDATE"
        " SET sequence = excluded.sequence, digest = excluded.digest, cursor = excluded.cursor,"
        " issued_at = excluded.issued_at, is_snapshot = excluded.is_snapshot",
        (
            batch.sequence,
            batch.digest,
            batch.next_cursor,
            microseconds(batch.issued_at),
            batch.is_snapshot,
        ),
    )


def _dropped(batch: Batch, kept: Collection[Change]) -> list[Change]:
    """The changes of `batch` that are not among those kept."""
    left = {id(change) for change in kept}
    return [change for change in batch.changes if id(change) not in left]


def _collection(batch: Batch, applied: Applied) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.COLLECTION,
        verb="apply",
        object_kind=ObjectKind.BATCH,
        object_reference=batch.digest,
        payload=(
            ("portal", batch.portal),
            ("reports_new", str(applied.reports_new)),
            ("reports_changed", str(applied.reports_changed)),
            ("reports_withdrawn", str(applied.reports_withdrawn)),
            ("media_new", str(applied.media_new)),
            *((("dropped", str(applied.dropped)),) if applied.dropped else ()),
            *(
                (("copies_affected", str(applied.copies_affected)),)
                if applied.copies_affected
                else ()
            ),
            *((("hits_ended", str(applied.hits_ended)),) if applied.hits_ended else ()),
        ),
    )
