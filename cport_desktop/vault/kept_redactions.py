"""Redactions that are kept, by content: seen by everybody who opens the vault, gone with the content."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from cport_desktop.domain.ids import Actor, MediaId
from cport_desktop.domain.kept_redaction import (
    Burned,
    FileRedaction,
    KeptRedaction,
    RedactionWay,
)
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Reader, Transaction

_KEPT: Final = """
SELECT k.sha256, k.way, k.reason, k.drawn_by, k.at_us,
       (SELECT json_group_array(m.media_id) FROM media_item AS m
        WHERE m.announced_sha256 = k.sha256)
FROM kept_redaction AS k
"""
_PLACES: Final = "SELECT sha256, left_px, top_px, width_px, height_px, reason FROM kept_place"


def is_any(reader: Reader) -> bool:
    """Something is kept."""
    found = reader.connection.execute("SELECT 1 FROM kept_redaction LIMIT 1")
    return found.fetchone() is not None


def listing(reader: Reader) -> tuple[KeptRedaction, ...]:
    """All, the newest first."""
    rows = reader.connection.execute(f"{_KEPT} ORDER BY k.at_us DESC, k.sha256").fetchall()
    places = reader.connection.execute(f"{_PLACES} ORDER BY sha256, position").fetchall()
    return _read(rows, places)


def of_contents(reader: Reader, digests: Collection[str]) -> Mapping[str, KeptRedaction]:
    """Those of these contents, in two queries."""
    named = (json.dumps(sorted(set(digests))),)
    among = "sha256 IN (SELECT value FROM json_each(?))"
    rows = reader.connection.execute(f"{_KEPT} WHERE k.{among}", named).fetchall()
    places = reader.connection.execute(
        f"{_PLACES} WHERE {among} ORDER BY sha256, position", named
    ).fetchall()
    return {each.sha256: each for each in _read(rows, places)}


def of_content(reader: Reader, sha256: str) -> KeptRedaction | None:
    """The one of this content, if one is kept."""
    return of_contents(reader, (sha256,)).get(sha256)


def keep(tx: Transaction, sha256: str, redaction: FileRedaction) -> None:
    """This is kept of the content, in the place of what was. The caller adds the entry."""
    remove(tx, sha256)
    tx.connection.execute(
        "INSERT INTO kept_redaction (sha256, way, reason, drawn_by, at_us) VALUES (?, ?, ?, ?, ?)",
        (sha256, redaction.way.value, redaction.reason, tx.actor, microseconds(tx.now)),
    )
    tx.connection.executemany(
        "INSERT INTO kept_place (sha256, position, left_px, top_px, width_px, height_px, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (sha256, position, at.left, at.top, at.width, at.height, each.reason)
            for position, each in enumerate(redaction.burned)
            for at in (each.rectangle,)
        ],
    )


def remove(tx: Transaction, sha256: str) -> None:
    """Nothing is kept of the content. The caller adds the entry."""
    forget(tx.connection, (sha256,))


def forget(connection: Connection, digests: Sequence[str]) -> None:
    """Nothing is kept of these contents any more, which are gone."""
    named = (json.dumps(list(digests)),)
    for table in ("kept_place", "kept_redaction"):
        connection.execute(
            f"DELETE FROM {table} WHERE sha256 IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant names
            named,
        )


def _read(
    rows: Sequence[tuple[str, str, str, str, int, str]],
    places: Sequence[tuple[str, int, int, int, int, str]],
) -> tuple[KeptRedaction, ...]:
    burned: defaultdict[str, list[Burned]] = defaultdict(list)
    for sha256, left, top, width, height, reason in places:
        burned[sha256].append(Burned(Rectangle(left, top, width, height), reason))
    return tuple(
        KeptRedaction(
            sha256=sha256,
            media=tuple(map(MediaId, sorted(json.loads(media)))),
            redaction=FileRedaction(RedactionWay(way), tuple(burned[sha256]), reason),
            drawn_by=Actor(actor),
            at=moment_of(at),
        )
        for sha256, way, reason, actor, at, media in rows
    )
