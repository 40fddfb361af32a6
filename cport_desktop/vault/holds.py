"""Legal holds: placed, released, asked; and how a held report keeps what the portal takes back.

The portal's word is always applied, so that the replica stays the portal's. What it said of a
held report before is copied aside first (`keep_what_stands`), media that a correction takes out
of the report stay held, and triggers of the schema refuse whoever would delete or overwrite
without that: a delete by hand, a wrong statement of ours, an `INSERT OR REPLACE`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from cport_desktop.domain.hold import HeldItem, HeldKind, Hold, HoldId, KeptVersion
from cport_desktop.domain.ids import Actor, MediaId, ReportId
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = (
    "hold_id, kind, reference, reason, placed_by, placed_at, released_by, released_at,"
    " release_reason"
)

_RELEASE: Final = (
    "UPDATE hold SET released_by = ?, released_at = ?, release_reason = ?"
    " WHERE hold_id = ? AND released_at IS NULL"
)

_HELD_REPORTS: Final = """
SELECT j.value FROM json_each(?) AS j
WHERE EXISTS (SELECT 1 FROM hold AS h WHERE h.kind = 'report' AND h.reference = j.value
              AND h.released_at IS NULL)
   OR EXISTS (SELECT 1 FROM report AS r CROSS JOIN report_media AS l ON l.row = r.row
              CROSS JOIN hold AS h ON h.kind = 'media' AND h.reference = l.media_id
              AND h.released_at IS NULL WHERE r.report_id = j.value)
   OR EXISTS (SELECT 1 FROM former_media AS f
              CROSS JOIN hold AS h ON h.kind = 'media' AND h.reference = f.media_id
              AND h.released_at IS NULL WHERE f.report_id = j.value)
"""
"""Reports that a hold is on, or on a media item that they announce or announced."""

_HOLD_MEDIA: Final = """
INSERT OR IGNORE INTO held_media (media_id, hold_id)
SELECT l.media_id, h.hold_id FROM json_each(?) AS j
CROSS JOIN hold AS h ON h.kind = 'report' AND h.reference = j.value AND h.released_at IS NULL
CROSS JOIN report AS r ON r.report_id = j.value CROSS JOIN report_media AS l ON l.row = r.row
UNION SELECT f.media_id, h.hold_id FROM json_each(?) AS j
CROSS JOIN hold AS h ON h.kind = 'report' AND h.reference = j.value AND h.released_at IS NULL
CROSS JOIN former_media AS f ON f.report_id = j.value
"""

_KEEP: Final = """
INSERT INTO kept_version (report_id, kept_at, document, correction, withdrawn_at, withdrawal)
SELECT d.report_id, ?, d.document, d.reason, w.made_at, w.reason FROM json_each(?) AS j
CROSS JOIN report_document AS d ON d.report_id = j.value
LEFT JOIN withdrawal AS w ON w.report_id = d.report_id
WHERE NOT EXISTS (SELECT 1 FROM kept_version AS k WHERE k.report_id = d.report_id
                  AND k.document = d.document AND k.withdrawn_at IS w.made_at)
"""


def place(tx: Transaction, item: HeldItem, *, hold_id: HoldId, reason: str) -> Hold:
    """`item` is held, and with a report its media, once the transaction commits.

    The caller adds the audit entry.

    Raises:
        UnknownReference: it is not here (what was erased does not come back by a hold).
    """
    if not _is_here(tx, item):
        raise UnknownReference(kind=item.kind.value, reference=item.reference)
    hold = Hold(hold_id, item, reason, tx.actor, tx.now)
    tx.connection.execute(
        "INSERT INTO hold (hold_id, kind, reference, reason, placed_by, placed_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (hold_id, item.kind.value, item.number, reason, tx.actor, microseconds(tx.now)),
    )
    if item.kind is HeldKind.MEDIA:
        tx.connection.execute(
            "INSERT INTO held_media (media_id, hold_id) VALUES (?, ?)", (item.number, hold_id)
        )
    else:
        hold_their_media(tx.connection, [ReportId(item.number)])
    return hold


def release(tx: Transaction, hold_id: HoldId, *, reason: str) -> Hold:
    """The hold is no longer in force, once the transaction commits; it stays on record.

    The caller adds the audit entry.

    Raises:
        UnknownReference: no such hold is in force.
    """
    found = tx.connection.execute(
        f"{_RELEASE} RETURNING {_COLUMNS}",
        (tx.actor, microseconds(tx.now), reason, hold_id),
    ).fetchall()
    if not found:
        raise UnknownReference(kind="hold", reference=hold_id)
    tx.connection.execute("DELETE FROM held_media WHERE hold_id = ?", (hold_id,))
    return _hold(found[0])


def listing(reader: Reader, *, with_released: bool = False) -> tuple[Hold, ...]:
    """Holds in force, the newest first; those that were released too if asked for."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM hold WHERE ? OR released_at IS NULL"  # noqa: S608 - constant names
        " ORDER BY placed_at DESC, hold_id",
        (with_released,),
    )
    return tuple(_hold(row) for row in found)


def on_report(reader: Reader, report_id: ReportId) -> tuple[Hold, ...]:
    """Holds in force on a report and on the media that it announces or announced."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM hold INDEXED BY hold_in_force"  # noqa: S608 - constant names
        " WHERE released_at IS NULL AND ((kind = 'report' AND reference = ?1)"
        " OR (kind = 'media' AND reference IN (SELECT l.media_id FROM report AS r"
        " JOIN report_media AS l ON l.row = r.row WHERE r.report_id = ?1"
        " UNION SELECT media_id FROM former_media WHERE report_id = ?1)))"
        " ORDER BY placed_at, hold_id",
        (report_id,),
    )
    return tuple(_hold(row) for row in found)


def on_media(reader: Reader, media_id: MediaId) -> tuple[Hold, ...]:
    """Holds in force that keep a media item: its own, and those of reports."""
    names = ", ".join(f"h.{name.strip()}" for name in _COLUMNS.split(","))
    found = reader.connection.execute(
        f"SELECT {names} FROM held_media AS m JOIN hold AS h ON h.hold_id = m.hold_id"  # noqa: S608 - constant names
        " WHERE m.media_id = ? AND h.released_at IS NULL ORDER BY h.placed_at, h.hold_id",
        (media_id,),
    )
    return tuple(_hold(row) for row in found)


def held_reports(connection: Connection, report_ids: Collection[int]) -> tuple[ReportId, ...]:
    """Those of these reports that may be neither erased nor overwritten, smallest number first."""
    if not _any_in_force(connection):
        return ()
    found = connection.execute(_HELD_REPORTS, (json.dumps(list(report_ids)),))
    return tuple(sorted(ReportId(number) for (number,) in found))


def keep_what_stands(tx: Transaction, report_ids: Collection[ReportId]) -> None:
    """What the portal said so far of those that are held is kept aside. Called before its next
    word about them is written.
    """
    held = held_reports(tx.connection, report_ids)
    if held:
        tx.connection.execute(_KEEP, (microseconds(tx.now), json.dumps(held)))


def hold_their_media(connection: Connection, report_ids: Collection[ReportId]) -> None:
    """The media of those that are held are held as well. Called after media were announced."""
    if _any_in_force(connection):
        numbers = json.dumps(list(report_ids))
        connection.execute(_HOLD_MEDIA, (numbers, numbers))


def kept_versions(reader: Reader, report_id: ReportId) -> tuple[KeptVersion, ...]:
    """What the portal had said of a held report before, the oldest first."""
    found = reader.connection.execute(
        "SELECT report_id, kept_at, document, correction, withdrawn_at, withdrawal"
        " FROM kept_version WHERE report_id = ? ORDER BY number",
        (report_id,),
    )
    return tuple(
        KeptVersion(
            ReportId(number),
            moment_of(kept_at),
            bytes(document),
            correction,
            None if withdrawn_at is None else moment_of(withdrawn_at),
            withdrawal,
        )
        for number, kept_at, document, correction, withdrawn_at, withdrawal in found
    )


def _any_in_force(connection: Connection) -> bool:
    found = connection.execute(
        "SELECT 1 FROM hold INDEXED BY hold_in_force WHERE released_at IS NULL LIMIT 1"
    )
    return found.fetchone() is not None


def _is_here(reader: Reader, item: HeldItem) -> bool:
    table, column = (
        ("report", "report_id") if item.kind is HeldKind.REPORT else ("media_item", "media_id")
    )
    found = reader.connection.execute(
        f"SELECT 1 FROM {table} WHERE {column} = ?",  # noqa: S608 - constant names
        (item.number,),
    )
    return found.fetchone() is not None


def _hold(row: Row) -> Hold:
    (hold_id, kind, number, reason, placed_by, placed_at, released_by, released_at,
     release_reason) = row  # fmt: skip
    return Hold(
        hold_id=HoldId(hold_id),
        item=HeldItem(HeldKind(kind), number),
        reason=reason,
        placed_by=Actor(placed_by),
        placed_at=moment_of(placed_at),
        released_by=None if released_by is None else Actor(released_by),
        released_at=None if released_at is None else moment_of(released_at),
        release_reason=release_reason,
    )
