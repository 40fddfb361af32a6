"""The statements that write replica tables, each for many reports at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import Report, ReportStatus
from cport_desktop.domain.rows import Facet
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.lifting import (
    SLOTS,
    Lifted,
    facet_values,
    first_row,
    row_within,
    second_of,
)
from cport_desktop.vault.standings import Standing

INSERTS = {
    "documents": "INSERT INTO report_document (report_id, document, reason) VALUES (?, ?, ?)"
    " ON CONFLICT (report_id) DO UPDATE"
    " SET document = excluded.document, reason = excluded.reason",
    "reports": "INSERT INTO report VALUES"
    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "texts": "INSERT INTO report_text VALUES (?, ?, ?, ?, ?)",
    "contents": "INSERT INTO content_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "payments": "INSERT INTO report_payment (payment_method, row) VALUES (?, ?)",
    "actions": "INSERT INTO report_action (action, row) VALUES (?, ?)",
    "providers": "INSERT OR IGNORE INTO provider (name, folded) VALUES (?, ?)",
    "links": "INSERT INTO report_media (row, position, content_id, media_id) VALUES (?, ?, ?, ?)",
    # A file that is held is never replaced: a new announcement of it stays in the document.
    "media": "INSERT INTO media_item (media_id, state, size, announced_sha256, file_name,"
    " declared_type, newest_received) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (media_id) DO UPDATE SET"
    " newest_received = max(newest_received, excluded.newest_received),"
    " file_name = excluded.file_name, declared_type = excluded.declared_type,"
    " size = iif(state = 'held', size, excluded.size),"
    " refusal = iif(announced_sha256 = excluded.announced_sha256, refusal, NULL),"
    " state = iif(state = 'refused' AND announced_sha256 <> excluded.announced_sha256,"
    " 'wanted', state),"
    " announced_sha256 = iif(state = 'held', announced_sha256, excluded.announced_sha256)",
    "words": "INSERT INTO report_words (rowid, words) VALUES (?, ?)",
    "url_parts": "INSERT INTO url_parts (rowid, urls) VALUES (?, ?)",
}
"""One statement for each list of `lifting.Lifted`, of the same name."""

_KEYED_BY_ROW = (
    "report",
    "report_text",
    "content_item",
    "report_media",
    "report_overlay",
    "report_kind",
    "sharing_report",
    "trait",
)
_KEYED_BY_CODE = (("report_payment", "payment_method"), ("report_action", "action"))
_FULL_TEXT = ("report_words", "url_parts")


def insert(connection: Connection, lifted: Lifted) -> None:
    """Everything that was lifted is in the tables."""
    for name, statement in INSERTS.items():
        connection.executemany(statement, rows_of(lifted, name))


def rows_of(lifted: Lifted, name: str) -> Collection[tuple[object, ...]]:
    """The rows of `lifted` for the statement called `name`."""
    rows = getattr(lifted, name)
    found: Collection[tuple[object, ...]] = rows.values() if isinstance(rows, dict) else rows
    return found


def standings_of(
    connection: Connection, report_ids: Collection[ReportId]
) -> dict[ReportId, Standing]:
    """How these reports stand; those that were never heard of are left out."""
    wanted = (json.dumps(list(report_ids)),)
    found = connection.execute(
        "SELECT j.value, r.row, r.revision, r.status, w.made_at FROM json_each(?) AS j"
        " LEFT JOIN report AS r ON r.report_id = j.value"
        " LEFT JOIN withdrawal AS w ON w.report_id = j.value"
        " WHERE r.row IS NOT NULL OR w.made_at IS NOT NULL",
        wanted,
    )
    return {
        ReportId(number): Standing(
            row,
            revision,
            ReportStatus(status) if status else None,
            None if made_at is None else moment_of(made_at),
        )
        for number, row, revision, status, made_at in found
    }


def forget(connection: Connection, rows: Collection[int]) -> set[str]:
    """All that was lifted into `rows` is gone; the digests that their media announced."""
    if not rows:
        return set()
    keys = [(row,) for row in rows]
    digests = connection.execute(
        "SELECT DISTINCT m.announced_sha256 FROM json_each(?) AS j"
        " CROSS JOIN report_media AS l ON l.row = j.value"
        " CROSS JOIN media_item AS m ON m.media_id = l.media_id",
        (json.dumps(list(rows)),),
    ).fetchall()
    for table, column in _KEYED_BY_CODE:
        codes = connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()  # noqa: S608 - constant names
        connection.executemany(
            f"DELETE FROM {table} WHERE {column} = ? AND row = ?",  # noqa: S608 - constant names
            [(*code, row) for code in codes for row in rows],
        )
    for table in _KEYED_BY_ROW:
        connection.executemany(f"DELETE FROM {table} WHERE row = ?", keys)  # noqa: S608 - constant names
    for table in _FULL_TEXT:
        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", keys)  # noqa: S608 - constant names
    return {digest for (digest,) in digests}


def places(
    connection: Connection, reports: Iterable[Report], before: Mapping[ReportId, Standing]
) -> dict[ReportId, int]:
    """A row for each report, its old one if it was received in the same second as before.

    Called when old rows have been forgotten, so that they are free.
    """
    rows: dict[ReportId, int] = {}
    homeless: list[Report] = []
    for report in reports:
        old, first = before[report.report_id].row, first_row(report)
        if old is not None and second_of(old) == second_of(first):
            rows[report.report_id] = old
        else:
            homeless.append(report)
    taken = set(rows.values()) | _occupied(connection, [first_row(r) for r in homeless])
    crowded: dict[int, list[Report]] = defaultdict(list)
    for report in homeless:
        first = first_row(report)
        if first in taken:
            crowded[second_of(first)].append(report)
        else:
            rows[report.report_id] = first
            taken.add(first)
    for second, crowd in crowded.items():
        free = _free_rows(connection, second, taken)
        for report in crowd:
            rows[report.report_id] = next(free)
    return rows


def media_known(connection: Connection, media_ids: Iterable[int]) -> int:
    """How many of these media items were announced before."""
    found = connection.execute(
        "SELECT count(*) FROM json_each(?) AS j CROSS JOIN media_item AS m ON m.media_id = j.value",
        (json.dumps(list(media_ids)),),
    ).fetchone()
    return int(found[0]) if found else 0


_IS_SHARED = (
    "(SELECT count(*) FROM (SELECT DISTINCT l.row FROM media_item AS m"
    " INDEXED BY media_by_announcement CROSS JOIN report_media AS l ON l.media_id = m.media_id"
    " WHERE m.announced_sha256 = digest.value LIMIT 2)) = 2"
)
"""Two reports announce `digest.value`; no more of them are looked at."""

_END_SHARING = (
    "DELETE FROM shared_digest WHERE sha256 IN"  # noqa: S608 - constants only
    f" (SELECT digest.value FROM json_each(?) AS digest WHERE NOT {_IS_SHARED}) RETURNING sha256"
)
_BEGIN_SHARING = (
    "INSERT INTO shared_digest SELECT digest.value FROM json_each(?) AS digest"  # noqa: S608 - constants only
    " WHERE NOT EXISTS (SELECT 1 FROM shared_digest AS s WHERE s.sha256 = digest.value)"
    f" AND {_IS_SHARED} RETURNING sha256"
)


def mark_sharing(
    connection: Connection,
    *,
    forgotten: Collection[str],
    announced: Collection[str],
    rows: Collection[int],
) -> None:
    """`shared_digest` says which digests media of several reports announce, and
    `sharing_report` which reports these are.

    `forgotten` and `announced` are the digests of what was taken out and of what was put in
    just now, `rows` the reports that were put in. A digest that was shared and lost nothing
    stays shared, so that a file which thousands of reports announce costs no more than another.
    """
    ended = connection.execute(_END_SHARING, (json.dumps(list(forgotten)),)).fetchall()
    begun = connection.execute(_BEGIN_SHARING, (json.dumps(list(announced)),)).fetchall()
    changed = connection.execute(
        "SELECT DISTINCT l.row FROM json_each(?) AS j"
        " CROSS JOIN media_item AS m ON m.announced_sha256 = j.value"
        " CROSS JOIN report_media AS l ON l.media_id = m.media_id",
        (json.dumps([digest for (digest,) in (*ended, *begun)]),),
    ).fetchall()
    touched = sorted({row for (row,) in changed} | set(rows))
    keys = [(row,) for row in touched]
    connection.executemany("DELETE FROM sharing_report WHERE row = ?", keys)
    connection.executemany(
        "INSERT INTO sharing_report SELECT ?1 WHERE EXISTS (SELECT 1 FROM report_media AS l"
        " CROSS JOIN media_item AS m ON m.media_id = l.media_id"
        " CROSS JOIN shared_digest AS s ON s.sha256 = m.announced_sha256 WHERE l.row = ?1)",
        keys,
    )


def mark_kinds(connection: Connection, rows: Collection[int]) -> None:
    """`report_kind` says which kinds of media the reports in `rows` have, which were put in just now.
    Files that come later tell it by themselves.
    """
    connection.execute(
        "INSERT INTO report_kind (row, kinds) SELECT row, kinds FROM"
        " (SELECT f.row, f.kinds FROM json_each(?) AS j"
        " CROSS JOIN report_kinds_found AS f ON f.row = j.value LIMIT -1) WHERE kinds <> 0",
        (json.dumps(list(rows)),),
    )


def standing_facets(connection: Connection, rows: Collection[int]) -> list[tuple[Facet, str]]:
    """What the reports in `rows` count for as they stand."""
    if not rows:
        return []
    found = connection.execute(
        "SELECT r.classification, r.site_type, r.hotline, r.hosting_country, r.status,"
        " r.assigned_country, r.provider, r.received_at FROM json_each(?) AS j CROSS JOIN report AS r ON r.row = j.value",
        (json.dumps(list(rows)),),
    )
    return [pair for values in found for pair in facet_values(*values)]


def move_tally(connection: Connection, moved: Mapping[tuple[Facet, str], int]) -> None:
    """The counts of the whole replica have moved by `moved`."""
    steps = [(facet.value, value, step) for (facet, value), step in moved.items() if step]
    connection.executemany(
        "INSERT INTO facet_tally (facet, value, reports) VALUES (?, ?, ?)"
        " ON CONFLICT (facet, value) DO UPDATE SET reports = reports + excluded.reports",
        steps,
    )
    if any(step < 0 for _, _, step in steps):
        connection.execute("DELETE FROM facet_tally WHERE reports = 0")


def _occupied(connection: Connection, rows: list[int]) -> set[int]:
    found = connection.execute(
        "SELECT r.row FROM json_each(?) AS j CROSS JOIN report AS r ON r.row = j.value",
        (json.dumps(rows),),
    )
    return {row for (row,) in found}


def _free_rows(connection: Connection, second: int, taken: set[int]) -> Iterator[int]:
    """Rows that nobody has, in `second` and then in the following ones; `taken` grows."""
    while True:
        first, last = row_within(second, 0), row_within(second, SLOTS - 1)
        taken.update(
            row
            for (row,) in connection.execute(
                "SELECT row FROM report WHERE row BETWEEN ? AND ?", (first, last)
            )
        )
        for row in range(first, last + 1):
            if row not in taken:
                taken.add(row)
                yield row
        second += 1
