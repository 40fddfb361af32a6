"""Erases reports: the one way by which a report leaves the vault.

    one transaction   rows, document, earlier versions, media of no other report with the keys of
                      their files, texts of operations, statistics, entries in the log
    finishing         terms in the search indexes, files and pictures, old pages in the log of
                      writes, the certificate (`vault.erasure_finishing`)

The first part destroys: without its key a file is noise. The second part takes away what is left
in files and can be repeated; a crash between the two is made good by the next opening.

What is held is refused here, and by the triggers of the schema behind it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.draft import about_media, about_report, place_named
from cport_desktop.domain.erasure import BY_ORDER, LARGEST_ERASURE, ErasureId, Ground
from cport_desktop.domain.ids import MediaId, ReportId, media_reference, report_reference
from cport_desktop.domain.operation import without_words
from cport_desktop.domain.rows import Facet
from cport_desktop.errors import (
    ErasureTooLarge,
    ItemErased,
    ItemHeld,
    ItemUnsettled,
    UnknownReference,
)
from cport_desktop.formats.operation_body import parse_body, print_body
from cport_desktop.vault import (
    hits,
    imported_packages,
    likeness,
    own_marks,
    report_replies,
    work_erasure,
)
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.disclosures import forget_digests
from cport_desktop.vault.drafts import end_about
from cport_desktop.vault.erased import REPORT_NAMED, erased_reports
from cport_desktop.vault.holds import held_reports
from cport_desktop.vault.replica_tables import (
    forget,
    mark_sharing,
    move_tally,
    standing_facets,
)
from cport_desktop.vault.transaction import Transaction
from cport_desktop.words import retention as words

_BY_REPORT: Final = (
    "report_document",
    "withdrawal",
    "kept_version",
    "former_media",
    "arrival",
    "opened_report",
    "assignment",
    "lease",
    "in_hand_elsewhere",
)

_REPORT_STATISTICS: Final = """
INSERT INTO erased_item (kind, reference, erasure_id, received_month, hosting_country,
                         classification, site_type, media_count)
SELECT 'report', r.report_id, ?, strftime('%Y-%m', r.received_at / 1000000, 'unixepoch'),
       r.hosting_country, r.classification, r.site_type, r.media_count
FROM json_each(?) AS j CROSS JOIN report AS r ON r.row = j.value
"""
_THEIR_MEDIA: Final = """
SELECT l.media_id FROM json_each(?1) AS j CROSS JOIN report AS r ON r.report_id = j.value
CROSS JOIN report_media AS l ON l.row = r.row
UNION SELECT f.media_id FROM json_each(?1) AS j CROSS JOIN former_media AS f ON f.report_id = j.value
"""
_LEFT_ALONE: Final = """
SELECT m.media_id, m.blob_id, m.announced_sha256 FROM json_each(?) AS j
CROSS JOIN media_item AS m ON m.media_id = j.value
WHERE NOT EXISTS (SELECT 1 FROM report_media AS l WHERE l.media_id = m.media_id)
  AND NOT EXISTS (SELECT 1 FROM held_media AS k CROSS JOIN hold AS h ON h.hold_id = k.hold_id
                  WHERE k.media_id = m.media_id AND h.released_at IS NULL)
"""
"""Media items that no report announces any more, and no hold keeps for another report."""

_WOULD_STAY: Final = """
SELECT iif(m.state = 'held', m.size, 0), EXISTS (
    SELECT 1 FROM report_media AS l CROSS JOIN report AS r ON r.row = l.row
    WHERE l.media_id = m.media_id AND r.report_id NOT IN (SELECT value FROM json_each(?1))
) OR EXISTS (
    SELECT 1 FROM held_media AS k CROSS JOIN hold AS h ON h.hold_id = k.hold_id
    WHERE k.media_id = m.media_id AND h.released_at IS NULL
) FROM media_item AS m WHERE m.media_id IN ({theirs})
"""
_KEYS_OF_NOBODY: Final = """
SELECT b.blob_id, b.media_id, b.key FROM blob AS b
WHERE (b.blob_id IN (SELECT value FROM json_each(?1))
       OR b.media_id IN (SELECT value FROM json_each(?2)) AND b.state = 'staged')
  AND NOT EXISTS (SELECT 1 FROM media_item AS m INDEXED BY media_by_blob
                  WHERE m.blob_id = b.blob_id)
"""
_PICTURES_OF_NOBODY: Final = """
SELECT j.value FROM json_each(?) AS j
WHERE NOT EXISTS (SELECT 1 FROM media_item AS m INDEXED BY media_by_announcement
                  WHERE m.announced_sha256 = j.value)
"""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What is to be erased and why. `takes_back_unsettled`: operations that the portal has not
    answered are given up instead of standing in the way. `absent`: reports that are not here
    and shall not come, either; for a vault restored from before they were first heard of.
    """

    erasure_id: ErasureId
    report_ids: Sequence[ReportId]
    ground: Ground
    takes_back_unsettled: bool = False
    absent: Sequence[ReportId] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """What one erasure destroyed."""

    reports: int
    media: int


def erase(tx: Transaction, erasing: Erasing) -> Gone:
    """Nothing of these reports can be read any more, once the transaction commits.

    Raises:
        ErasureTooLarge: more than one transaction should take.
        ItemHeld: a legal hold is on one of them, or on a media item of one.
        ItemErased, UnknownReference: one is not here (any more).
        ItemUnsettled: the portal has not answered an operation on one of them.
    """
    connection, numbers = tx.connection, sorted(set(erasing.report_ids))
    _require_erasable(connection, numbers, erasing)
    _begin_record(tx, erasing)
    rows = _rows_of(connection, numbers)
    named = json.dumps(numbers)
    media = [number for (number,) in connection.execute(_THEIR_MEDIA, (named,))]
    connection.execute(_REPORT_STATISTICS, (erasing.erasure_id, json.dumps(rows)))
    worked_on = work_erasure.names_in(connection, rows), _announced(connection, media)
    _forget(connection, rows)
    for table in _BY_REPORT:
        connection.execute(
            f"DELETE FROM {table} WHERE report_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant names
            (named,),
        )
    _forget_unknown_changes(connection, named)
    report_replies.forget(connection, numbers)
    _silence_operations(tx, named)
    gone = _destroy_media(connection, media, erasing.erasure_id)
    work_erasure.forget(connection, numbers, gone, *worked_on)
    forget_digests(connection, [*numbers, *erasing.absent])
    imported_packages.forget(connection, [*numbers, *erasing.absent], gone)
    _end_drafts(connection, [*map(about_report, numbers), *map(about_media, gone)])
    _record_each(tx, erasing, [*numbers, *erasing.absent], gone)
    return Gone(len(numbers), len(gone))


@dataclass(frozen=True, slots=True)
class MediaGoing:
    """Media items that an erasure would destroy, the bytes of those that are held, and how many
    would stay for another report's or a hold's sake.
    """

    going: int
    bytes_going: int
    staying: int


def media_that_would_go(connection: Connection, report_ids: Collection[int]) -> MediaGoing:
    """What an erasure of these reports would do to their media."""
    found = connection.execute(
        _WOULD_STAY.format(theirs=_THEIR_MEDIA), (json.dumps(list(report_ids)),)
    ).fetchall()
    going = [size for size, stays in found if not stays]
    return MediaGoing(len(going), sum(going), len(found) - len(going))


def unsettled_on(connection: Connection, report_ids: Collection[int]) -> tuple[int, int]:
    """How many operations on these reports wait for the portal or for a person, and the report of
    the first.
    """
    found = connection.execute(
        "SELECT count(DISTINCT o.sequence), min(l.report_id) FROM json_each(?) AS j"
        " CROSS JOIN operation_report AS l ON l.report_id = j.value"
        " CROSS JOIN operation AS o ON o.sequence = l.sequence"
        " WHERE o.state IN ('queued', 'sending', 'needs_you')",
        (json.dumps(list(report_ids)),),
    ).fetchone()
    return (0, 0) if found is None else (found[0], found[1] or 0)


def _require_erasable(connection: Connection, numbers: list[ReportId], erasing: Erasing) -> None:
    if len(numbers) > LARGEST_ERASURE:
        raise ErasureTooLarge(count=len(numbers), limit=LARGEST_ERASURE)
    gone = erased_reports(connection, numbers)
    if gone:
        raise ItemErased(reference=report_reference(ReportId(min(gone))))
    here = connection.execute(
        "SELECT j.value FROM json_each(?) AS j WHERE NOT EXISTS"
        " (SELECT 1 FROM report AS r WHERE r.report_id = j.value) LIMIT 1",
        (json.dumps(numbers),),
    ).fetchone()
    if here is not None:
        raise UnknownReference(kind="report", reference=report_reference(ReportId(here[0])))
    if held := held_reports(connection, numbers):
        raise ItemHeld(reference=report_reference(held[0]), count=len(held))
    count, first = unsettled_on(connection, numbers)
    if count and not erasing.takes_back_unsettled:
        raise ItemUnsettled(reference=report_reference(ReportId(first)), count=count)


def _begin_record(tx: Transaction, erasing: Erasing) -> None:
    ground = erasing.ground
    tx.connection.execute(
        "INSERT INTO erasure (erasure_id, at_us, actor, rule, clause, reason)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            erasing.erasure_id,
            microseconds(tx.now),
            tx.actor,
            ground.rule,
            ground.clause,
            ground.reason,
        ),
    )
    tx.connection.executemany(
        "INSERT OR IGNORE INTO erased_item (kind, reference, erasure_id) VALUES ('report', ?, ?)",
        [(number, erasing.erasure_id) for number in erasing.absent],
    )


def _rows_of(connection: Connection, numbers: list[ReportId]) -> list[int]:
    found = connection.execute(
        "SELECT r.row FROM json_each(?) AS j CROSS JOIN report AS r ON r.report_id = j.value",
        (json.dumps(numbers),),
    )
    return [row for (row,) in found]


def _forget(connection: Connection, rows: list[int]) -> None:
    """The columns, words and links of these reports are gone, and the counts are right."""
    tally = Counter[tuple[Facet, str]]()
    tally.subtract(standing_facets(connection, rows))
    digests = forget(connection, rows)
    mark_sharing(connection, forgotten=digests, announced=(), rows=())
    move_tally(connection, tally)
    # Names of providers are kept once for all reports; corrections leave some behind, too.
    connection.execute(
        "DELETE FROM provider WHERE NOT EXISTS (SELECT 1 FROM report AS r"
        " INDEXED BY report_by_provider WHERE r.provider = provider.name)"
    )


def _forget_unknown_changes(connection: Connection, named: str) -> None:
    number = REPORT_NAMED.format("CAST(document AS TEXT)")
    connection.execute(
        f"DELETE FROM unknown_change WHERE {number} IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant text
        (named,),
    )


_WORDED: Final = """
SELECT DISTINCT o.sequence, o.body FROM json_each(?) AS j
CROSS JOIN operation_report AS l ON l.report_id = j.value
CROSS JOIN operation AS o ON o.sequence = l.sequence
WHERE NOT EXISTS (
    SELECT 1 FROM operation_report AS other
    CROSS JOIN hold AS h ON h.kind = 'report' AND h.reference = other.report_id
    WHERE other.sequence = o.sequence AND h.released_at IS NULL
)
"""
"""Operations that name one of these reports, and none that is held."""


def _silence_operations(tx: Transaction, named: str) -> None:
    """That something was done stays; what was said in it, and what was answered, goes.

    What the portal has not settled is not sent any more, and asks nobody for a decision.
    """
    tx.connection.executemany(
        "UPDATE operation SET body = ?1, reason = NULL,"
        " settled_at = coalesce(settled_at, ?2),"
        " aside = iif(state IN ('settled', 'set_aside'), iif(aside IS NULL, NULL, ''), ?3),"
        " state = iif(state = 'settled', state, 'set_aside')"
        " WHERE sequence = ?4",
        [
            (
                print_body(without_words(parse_body(body))),
                microseconds(tx.now),
                words.TAKEN_BACK,
                sequence,
            )
            for sequence, body in tx.connection.execute(_WORDED, (named,)).fetchall()
        ],
    )


def _announced(connection: Connection, media: list[int]) -> tuple[str, ...]:
    """The contents that these media items are announced with."""
    found = connection.execute(
        "SELECT DISTINCT m.announced_sha256 FROM json_each(?) AS j"
        " CROSS JOIN media_item AS m ON m.media_id = j.value",
        (json.dumps(media),),
    )
    return tuple(digest for (digest,) in found)


def _end_drafts(connection: Connection, subjects: Iterable[str]) -> None:
    """Nothing that anybody was writing about these items is left."""
    kept = connection.execute("SELECT DISTINCT place FROM draft").fetchall()
    places = {place.about for (name,) in kept if (place := place_named(name))}
    for about in places & set(subjects):
        end_about(connection, about)


def _destroy_media(
    connection: Connection, candidates: list[int], erasure_id: ErasureId
) -> list[MediaId]:
    """Those of `candidates` that no report announces are gone, with keys that nobody else has."""
    alone = connection.execute(_LEFT_ALONE, (json.dumps(candidates),)).fetchall()
    numbers = json.dumps([media for media, _, _ in alone])
    connection.execute(
        "DELETE FROM held_media WHERE media_id IN (SELECT value FROM json_each(?))", (numbers,)
    )
    connection.execute(
        "DELETE FROM media_item WHERE media_id IN (SELECT value FROM json_each(?))", (numbers,)
    )
    blobs = json.dumps([blob for _, blob, _ in alone if blob is not None])
    keys = {
        blob: hashlib.sha256(key).digest()
        for blob, _, key in connection.execute(_KEYS_OF_NOBODY, (blobs, numbers)).fetchall()
    }
    connection.execute(
        "DELETE FROM blob WHERE blob_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO erased_item (kind, reference, erasure_id, key_digest)"
        " VALUES ('media', ?, ?, ?)",
        [(media, erasure_id, keys.get(blob)) for media, blob, _ in alone],
    )
    digests = json.dumps(sorted({digest for _, _, digest in alone}))
    pictures = connection.execute(_PICTURES_OF_NOBODY, (digests,)).fetchall()
    likeness.forget(connection, [digest for (digest,) in pictures])
    hits.forget(connection, [digest for (digest,) in pictures])
    own_marks.forget(connection, [digest for (digest,) in pictures])
    connection.executemany(
        "INSERT OR IGNORE INTO erasure_residue (kind, name) VALUES (?, ?)",
        [*(("blob", blob) for blob in keys), *(("picture", digest) for (digest,) in pictures)],
    )
    return [MediaId(media) for media, _, _ in alone]


def _record_each(
    tx: Transaction, erasing: Erasing, reports: list[ReportId], media: list[MediaId]
) -> None:
    ground = erasing.ground
    by = (
        (("erasure", erasing.erasure_id),)
        if ground.rule == BY_ORDER
        else (
            ("erasure", erasing.erasure_id),
            ("rule", ground.rule),
            ("clause", ground.clause or ""),
        )
    )
    things = [(ObjectKind.REPORT, report_reference(number)) for number in reports]
    things += [(ObjectKind.MEDIA, media_reference(number)) for number in media]
    for kind, reference in things:
        tx.record(
            AuditDraft(
                action=AuditAction.ERASURE,
                verb="erase",
                object_kind=kind,
                object_reference=reference,
                reason=ground.reason or None,
                payload=by,
            )
        )
