"""Packages that came from colleagues: what stood in them, what was taken in, and from whom it is.

Promises:

1. A report that is here by a package alone is marked so until the portal tells of it itself; then the
   portal's word takes its place, of whatever revision, and where it came from first stays on record.
2. A package is entered in the transaction that takes its items in, or not at all.
3. What is erased here keeps its number in the record of the package, and nothing of what the sender
   said of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from cport_desktop.domain.disclosure import MEDIA, REPORT
from cport_desktop.domain.ids import Actor, MediaId, ReportId
from cport_desktop.domain.imported import (
    NOT_IN_PACKAGE,
    EnteredItem,
    ImportRecord,
    ItemStanding,
    Origin,
    PackageFacts,
)
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.standings import Outcome, Standing
from cport_desktop.vault.transaction import Reader, Transaction

_BEFORE_ANY: Final = -1
"""A revision that every word of the portal is newer than."""

_RECORD: Final = """
p.number, p.sha256, p.title, p.agency, p.agreement, p.composed_at_us, p.composed_by, p.signer,
p.signed_at_us, p.log_head, p.log_size, p.at_us, p.actor, p.items, p.media
"""


def enter(
    tx: Transaction, facts: PackageFacts, items: Sequence[EnteredItem], *, reports: int, media: int
) -> None:
    """The package is on record with all that stood in it, or, if it was before, with what is new of it;
    `reports` and `media` were taken in now. The caller adds the audit entry.
    """
    found = tx.connection.execute(
        "INSERT INTO imported_package (sha256, title, composed_at_us, composed_by, agency,"
        " agreement, signer, signed_at_us, certificate, log_head, log_size, log_key, checkpoint,"
        " at_us, actor, items, media) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO UPDATE SET items = items + excluded.items,"
        " media = media + excluded.media RETURNING number",
        (
            facts.sha256,
            facts.title,
            microseconds(facts.composed_at),
            facts.composed_by,
            facts.agency,
            facts.agreement,
            facts.signer,
            microseconds(facts.signed_at),
            facts.certificate,
            facts.log_head,
            facts.log_size,
            facts.log_key,
            facts.checkpoint or None,
            microseconds(tx.now),
            tx.actor,
            reports,
            media,
        ),
    ).fetchone()
    assert found is not None
    _enter_items(tx.connection, found[0], items)


def keep_aside_missing(connection: Connection, media: Collection[MediaId]) -> None:
    """The files of these items did not come with their reports, and nobody asks the portal for them."""
    connection.execute(
        "UPDATE media_item SET state = 'refused', refusal = ? WHERE state = 'wanted'"
        " AND media_id IN (SELECT value FROM json_each(?))",
        (NOT_IN_PACKAGE, json.dumps(list(media))),
    )


def yielding(
    connection: Connection, known: Mapping[ReportId, Standing]
) -> dict[ReportId, Standing]:
    """`known`, in which what a package alone brought is older than any word of the portal."""
    theirs = here_by_package(connection, known)
    return {
        number: replace(standing, revision=_BEFORE_ANY)
        if number in theirs and standing.revision is not None
        else standing
        for number, standing in known.items()
    }


def mark_told(connection: Connection, reached: Mapping[ReportId, Outcome]) -> None:
    """The portal has told of these reports itself; files of theirs that were not in the package are
    wanted from it now.
    """
    told = json.dumps([number for number, one in reached.items() if one.change is not None])
    gone = connection.execute(
        "DELETE FROM imported_report WHERE report_id IN (SELECT value FROM json_each(?))"
        " RETURNING report_id",
        (told,),
    ).fetchall()
    connection.execute(
        "UPDATE media_item SET state = 'wanted', refusal = NULL WHERE refusal = ?1"
        " AND media_id IN (SELECT l.media_id FROM json_each(?2) AS j"
        " CROSS JOIN report AS r ON r.report_id = j.value"
        " CROSS JOIN report_media AS l ON l.row = r.row)",
        (NOT_IN_PACKAGE, json.dumps([number for (number,) in gone])),
    )


def here_by_package(connection: Connection, reports: Iterable[ReportId]) -> frozenset[ReportId]:
    """Those of these reports that are here by a package alone."""
    found = connection.execute(
        "SELECT i.report_id FROM json_each(?) AS j"
        " CROSS JOIN imported_report AS i ON i.report_id = j.value",
        (json.dumps(list(reports)),),
    )
    return frozenset(ReportId(number) for (number,) in found)


def find(reader: Reader, sha256: str) -> ImportRecord | None:
    """The package of this digest, if it was taken in."""
    found = reader.connection.execute(
        f"SELECT {_RECORD} FROM imported_package AS p WHERE p.sha256 = ?",  # noqa: S608 - constant text
        (sha256,),
    ).fetchone()
    return None if found is None else _record(found)


def listing(reader: Reader, *, limit: int) -> tuple[ImportRecord, ...]:
    """Packages that were taken in, the newest first."""
    found = reader.connection.execute(
        f"SELECT {_RECORD} FROM imported_package AS p ORDER BY p.at_us DESC, p.number DESC LIMIT ?",  # noqa: S608 - constant text
        (limit,),
    )
    return tuple(_record(row) for row in found)


def origins_of(reader: Reader, report_id: ReportId) -> tuple[Origin, ...]:
    """Every package in which this report came, the newest first, with what its sender said of it."""
    found = reader.connection.execute(
        f"SELECT i.standing, i.revision, i.custody, EXISTS (SELECT 1 FROM imported_report AS r"  # noqa: S608 - constant text
        f" WHERE r.report_id = i.reference), {_RECORD} FROM imported_item AS i"
        " CROSS JOIN imported_package AS p ON p.number = i.package"
        " WHERE i.kind = 'report' AND i.reference = ? ORDER BY p.at_us DESC, p.number DESC",
        (report_id,),
    )
    return tuple(
        Origin(
            package=_record(row[4:]),
            standing=ItemStanding(row[0]),
            revision=row[1],
            custody=None if row[2] is None else bytes(row[2]),
            is_told=not row[3],
        )
        for row in found
    )


def forget(
    connection: Connection, reports: Collection[ReportId], media: Collection[MediaId]
) -> None:
    """What senders said of these items is gone, and that a package brought them; numbers stay."""
    connection.execute(
        "DELETE FROM imported_report WHERE report_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(reports)),),
    )
    for kind, gone in ((REPORT, list(reports)), (MEDIA, list(media))):
        connection.execute(
            "UPDATE imported_item SET custody = NULL, sha256 = NULL"
            " WHERE kind = ? AND reference IN (SELECT value FROM json_each(?))",
            (kind, json.dumps(gone)),
        )


def _enter_items(connection: Connection, package: int, items: Sequence[EnteredItem]) -> None:
    connection.executemany(
        "INSERT INTO imported_item (package, kind, reference, standing, revision, sha256, custody)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (package, kind, reference) DO UPDATE"
        " SET standing = excluded.standing, custody = excluded.custody, sha256 = excluded.sha256"
        " WHERE excluded.standing = 'new'",
        [
            (
                package,
                item.kind,
                item.reference,
                item.standing.value,
                item.revision,
                item.sha256,
                item.custody,
            )
            for item in items
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO imported_report (report_id, package) VALUES (?, ?)",
        [
            (item.reference, package)
            for item in items
            if item.kind == REPORT and item.standing.is_taken_in
        ],
    )


def _record(row: Row) -> ImportRecord:
    (number, sha256, title, agency, agreement, composed_at, composed_by, signer, signed_at,
     log_head, log_size, at_us, actor, items, media) = row  # fmt: skip
    return ImportRecord(
        number=number,
        sha256=sha256,
        title=title,
        agency=agency,
        agreement=agreement,
        composed_at=moment_of(composed_at),
        composed_by=composed_by,
        signer=signer,
        signed_at=moment_of(signed_at),
        log_head=log_head,
        log_size=log_size,
        at=moment_of(at_us),
        actor=Actor(actor),
        items=items,
        media=media,
    )
