"""What people wrote and put on things goes with them: notes with all their versions, tags, flags, tasks,
places in cases, dossiers, redactions that are kept, and what the history of a case says of them.

A content or a domain goes with the last report that announced or named it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.about import About, AboutKind, of_domain, of_media, of_report
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.vault import deeds, dossiers, kept_redactions, second_readings
from cport_desktop.vault.abouts import as_json
from cport_desktop.vault.database import Connection
from cport_desktop.vault.tags import forget_unused

_TABLES: Final = ("note", "tagged", "flag", "task", "case_item", "case_turn")
_NAMED_BY: Final = """
SELECT c.domain FROM json_each(?1) AS j CROSS JOIN content_item AS c ON c.row = j.value
UNION SELECT c.host FROM json_each(?1) AS j CROSS JOIN content_item AS c ON c.row = j.value
"""
_NAMED_NO_MORE: Final = """
SELECT j.value FROM json_each(?) AS j
WHERE NOT EXISTS (SELECT 1 FROM content_item AS c WHERE c.domain = j.value)
  AND NOT EXISTS (SELECT 1 FROM content_item AS c WHERE c.host = j.value)
"""
_ANNOUNCED_NO_MORE: Final = """
SELECT j.value FROM json_each(?) AS j WHERE NOT EXISTS
 (SELECT 1 FROM media_item AS m WHERE m.announced_sha256 = j.value)
"""


def names_in(connection: Connection, rows: Sequence[int]) -> tuple[str, ...]:
    """Domains and hosts that the reports in these rows name; asked before they are gone."""
    found = connection.execute(_NAMED_BY, (json.dumps(list(rows)),))
    return tuple(name for (name,) in found if name)


def forget(
    connection: Connection,
    reports: Sequence[ReportId],
    media: Sequence[MediaId],
    names: Sequence[str],
    digests: Sequence[str],
) -> None:
    """Nothing is kept about what is gone. `names` were in `reports`, `digests` announced for their
    media; those that others still name or announce stay.
    """
    second_readings.forget(connection, reports)
    contents = connection.execute(_ANNOUNCED_NO_MORE, (json.dumps(list(digests)),)).fetchall()
    unnamed = connection.execute(_NAMED_NO_MORE, (json.dumps(list(names)),)).fetchall()
    gone = [
        *map(of_report, reports),
        *map(of_media, media),
        *(About(AboutKind.CONTENT, digest) for (digest,) in contents),
        *(of_domain(name) for (name,) in unnamed),
    ]
    _forget(connection, gone)
    dossiers.forget(connection, reports, [name for (name,) in unnamed])
    kept_redactions.forget(connection, [digest for (digest,) in contents])


def _forget(connection: Connection, gone: Sequence[About]) -> None:
    named = (as_json(gone),)
    them = (
        "(kind, reference) IN (SELECT json_extract(j.value, '$[0]'),"
        " json_extract(j.value, '$[1]') FROM json_each(?) AS j)"
    )
    connection.execute(
        f"DELETE FROM note_before WHERE note_id IN (SELECT note_id FROM note WHERE {them})",  # noqa: S608 - constant text
        named,
    )
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table} WHERE {them}", named)  # noqa: S608 - constant names
    forget_unused(connection)
    deeds.forget(connection, gone)
