"""Hash lists as people see them: pages of them, and one by its name."""

from __future__ import annotations

import time
from typing import Final

from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader

_LISTING: Final = "known lists"
_QUERY: Final = """
SELECT l.list, l.list_id, l.origin, l.name, l.version, l.source, l.handling, l.is_negative,
       l.made_at, l.arrived_at, l.file_sha256, l.format, l.withdrawn_at, l.withdrawn_reason,
       l.entries, l.entries_withdrawn,
       (SELECT count(DISTINCT h.sha256) FROM hit AS h INDEXED BY hit_by_list
        WHERE h.list = l.list AND h.ended_at IS NULL)
FROM hash_list AS l WHERE l.is_whole AND
"""
_PAGE: Final = f"""{_QUERY} (?1 IS NULL OR (l.name COLLATE by_name, l.list_id) >
       (SELECT b.name, b.list_id FROM hash_list AS b WHERE b.list_id = ?1))
ORDER BY l.name COLLATE by_name, l.list_id LIMIT ?2
"""  # noqa: S608 - constant text


def page(reader: Reader, *, limit: int, after: str | None = None) -> Page[KnownList]:
    """Lists by their names, withdrawn ones included; none that is still being read in.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    behind = read_cursor(_LISTING, after, str)[0] if after else None
    found = reader.connection.execute(_PAGE, (behind, limit + 1)).fetchall()
    shown = tuple(map(_known_list, found[:limit]))
    following = write_cursor(_LISTING, shown[-1].list_id) if len(found) > limit else None
    return Page(shown, following, elapsed_ms(started))


def find(reader: Reader, list_id: str) -> KnownList:
    """One list.

    Raises:
        UnknownReference: there is none of that id.
    """
    found = reader.connection.execute(f"{_QUERY} l.list_id = ?", (list_id,)).fetchone()
    if found is None:
        raise UnknownReference(kind="hash list", reference=list_id)
    return _known_list(found)


def _known_list(row: Row) -> KnownList:
    (number, list_id, origin, name, version, source, handling, is_negative, made_at, arrived_at,
     file_sha256, form, withdrawn_at, reason, entries, entries_withdrawn, contents) = row  # fmt: skip
    return KnownList(
        number=number,
        list_id=list_id,
        origin=ListOrigin(origin),
        name=name,
        version=version,
        source=source,
        handling=handling,
        is_negative=bool(is_negative),
        made_at=None if made_at is None else moment_of(made_at),
        arrived_at=moment_of(arrived_at),
        file_sha256=file_sha256,
        format=form,
        withdrawn_at=None if withdrawn_at is None else moment_of(withdrawn_at),
        withdrawn_reason=reason,
        entries=entries,
        entries_withdrawn=entries_withdrawn,
        contents=contents,
    )
