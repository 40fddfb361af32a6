"""Lists that are made here of what was decided: entries of contents that are held, by their digests.

Such a list is about contents of reports: when a content is erased, its entry goes with it, without a
trace of the digest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cport_desktop.domain.known import MADE_HERE, Algorithm, KnownList, ListOrigin
from cport_desktop.vault import list_versions
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.hash_lists import Digest, count_digests, make_due, packed, unpacked
from cport_desktop.vault.list_versions import NewVersion
from cport_desktop.vault.transaction import Reader, Transaction


@dataclass(frozen=True, slots=True)
class MadeEntry:
    """A content for a list. `sha256`: as announced (hex); `name`: by what people find it here."""

    sha256: str
    name: str
    digests: tuple[Digest, ...]
    quality: int | None
    classification: int | None


@dataclass(frozen=True, slots=True)
class NewMadeList:
    """What a person says of it. `list_id` begins with `domain.known.OWN_LIST_MARK`."""

    list_id: str
    name: str
    version: str
    source: str
    handling: str | None
    is_negative: bool


def make(tx: Transaction, new: NewMadeList, entries: Sequence[MadeEntry]) -> int:
    """The list stands and is due to be matched; its number. The caller adds the audit entry."""
    connection, at = tx.connection, microseconds(tx.now)
    made = connection.execute(
        "INSERT INTO hash_list (list_id, origin, name, version, source, handling, is_negative,"
        " made_at, arrived_at, format, entries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new.list_id,
            ListOrigin.FILE.value,
            new.name,
            new.version,
            new.source,
            new.handling,
            new.is_negative,
            at,
            at,
            MADE_HERE,
            len(entries),
        ),
    )
    number = int(made.lastrowid or 0)
    for place, entry in enumerate(entries, 1):
        added = connection.execute(
            "INSERT INTO list_entry (list, entry_id, name, quality, classification, source, digests)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                str(place),
                entry.name,
                entry.quality,
                entry.classification,
                new.source or None,
                packed(entry.digests),
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO list_digest (algorithm, digest, entry) VALUES (?, ?, ?)",
            [(algorithm, digest, added.lastrowid) for algorithm, digest in entry.digests],
        )
        connection.execute(
            "INSERT INTO made_entry (entry, sha256) VALUES (?, ?)", (added.lastrowid, entry.sha256)
        )
    list_versions.note(connection, number, NewVersion(new.version, at, entries=len(entries)))
    count_digests(connection, sum(len(entry.digests) for entry in entries))
    make_due(connection, "list", str(number))
    return number


def countries(reader: Reader, known: KnownList) -> tuple[str, ...]:
    """Countries of the hotlines that reported what a list made here has; of other lists nobody's."""
    if known.format != MADE_HERE:
        return ()
    found = reader.connection.execute(
        "SELECT DISTINCT coalesce(o.country, 'unknown') FROM list_entry AS e"
        " CROSS JOIN made_entry AS x ON x.entry = e.entry"
        " CROSS JOIN media_item AS m ON m.announced_sha256 = x.sha256"
        " CROSS JOIN report_media AS l ON l.media_id = m.media_id"
        " CROSS JOIN report AS r ON r.row = l.row"
        " LEFT JOIN hotline AS o ON o.hotline_id = r.hotline WHERE e.list = ? ORDER BY 1",
        (known.number,),
    )
    return tuple(country for (country,) in found)


def forget(connection: Connection, digests: Collection[str]) -> None:
    """Contents (SHA-256, hex) that nobody has any more are on no list that was made here of them."""
    for digest in digests:
        found = connection.execute(
            "SELECT e.entry, e.list, e.digests, e.withdrawn_at FROM made_entry AS x"
            " CROSS JOIN list_entry AS e ON e.entry = x.entry WHERE x.sha256 = ?",
            (digest,),
        ).fetchall()
        for entry, number, kept, withdrawn_at in found:
            _remove(connection, entry, tuple(unpacked(kept)))
            counted = "entries" if withdrawn_at is None else "entries_withdrawn"
            connection.execute(
                f"UPDATE hash_list SET {counted} = {counted} - 1 WHERE list = ?",  # noqa: S608 - one of two words
                (number,),
            )


def _remove(connection: Connection, entry: int, digests: Sequence[tuple[Algorithm, bytes]]) -> None:
    """Nothing tells what the entry was: neither its digests, nor what went from it, nor why copies of it
    are chased (`vault.list_withdrawal` puts digests there).
    """
    connection.execute(
        "UPDATE affected SET reason = NULL WHERE kind = 'hashListEntry' AND reference ="
        " (SELECT l.list_id || '/' || e.entry_id FROM list_entry AS e"
        " CROSS JOIN hash_list AS l ON l.list = e.list WHERE e.entry = ?)",
        (entry,),
    )
    connection.execute(
        "DELETE FROM list_gone WHERE (list, entry_id) IN"
        " (SELECT list, entry_id FROM list_entry WHERE entry = ?)",
        (entry,),
    )
    connection.executemany(
        "DELETE FROM list_digest WHERE algorithm = ? AND digest = ? AND entry = ?",
        [(algorithm, digest, entry) for algorithm, digest in digests],
    )
    for table in ("made_entry", "entry_word", "hit", "list_entry"):
        connection.execute(f"DELETE FROM {table} WHERE entry = ?", (entry,))  # noqa: S608 - constant text
    count_digests(connection, len(digests))
