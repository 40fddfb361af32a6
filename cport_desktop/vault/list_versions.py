"""Which versions of a hash list there were here, and what went from it.

What holds: an entry of which something went has a row in `list_gone` for it, with the digests that it
had; one that came or was changed behind the first version says when. So what a list was at any version
can be told from what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.batch import Subject
from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.errors import ValueUnknown
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Reader
from cport_desktop.words import hash_list_export as words


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is to be noted of one. `at` in microseconds."""

    version: str
    at: int
    entries: int = 0
    added: int = 0
    removed: int = 0
    file_sha256: str | None = None


def note(connection: Connection, number: int, new: NewVersion) -> None:
    """The list has this version from now on."""
    note_first(connection, number)
    connection.execute(
        "INSERT INTO list_version (list, ordinal, version, came_at, entries, added, removed,"
        " file_sha256) SELECT ?1, 1 + ifnull(max(ordinal), 0), ?2, ?3, ?4, ?5, ?6, ?7"
        " FROM list_version WHERE list = ?1",
        (number, new.version, new.at, new.entries, new.added, new.removed, new.file_sha256),
    )


def note_first(connection: Connection, number: int) -> None:
    """A list that came from a file as it is has that for its first version."""
    connection.execute(
        "INSERT INTO list_version (list, ordinal, version, came_at, entries, file_sha256)"
        " SELECT list, 1, version, arrived_at, entries, file_sha256 FROM hash_list"
        " WHERE list = ?1 AND file_sha256 IS NOT NULL AND is_whole"
        " AND NOT EXISTS (SELECT 1 FROM list_version WHERE list = ?1)",
        (number,),
    )


def is_newest(connection: Connection, number: int, version: str) -> bool:
    """Whether the newest version of the list is called so."""
    found = connection.execute(
        "SELECT version FROM list_version WHERE list = ? ORDER BY ordinal DESC LIMIT 1", (number,)
    ).fetchone()
    return found is not None and found[0] == version


def note_gone(connection: Connection, entry: int, *, at: int, reason: str | None) -> None:
    """What the entry has now goes from its list. `at` in microseconds."""
    connection.execute(
        "INSERT INTO list_gone (list, entry_id, name, digests, since, gone_at, reason)"
        " SELECT list, entry_id, name, digests, changed_at, ?, ? FROM list_entry"
        " WHERE entry = ? AND digests <> x''",
        (at, reason, entry),
    )


def versions(reader: Reader, number: int) -> tuple[ListVersion, ...]:
    """All versions of a list, the newest first. One from a file that had no other is its first."""
    found = reader.connection.execute(
        "SELECT ordinal, version, came_at, entries, added, removed, file_sha256"
        " FROM list_version WHERE list = ?1 UNION ALL"
        " SELECT 1, version, arrived_at, entries, 0, 0, file_sha256 FROM hash_list"
        " WHERE list = ?1 AND NOT EXISTS (SELECT 1 FROM list_version WHERE list = ?1)"
        " ORDER BY ordinal DESC",
        (number,),
    )
    return tuple(
        ListVersion(ordinal, version, moment_of(came_at), entries, added, removed, sha256)
        for ordinal, version, came_at, entries, added, removed, sha256 in found
    )


def find(reader: Reader, known: KnownList, named: str) -> ListVersion:
    """The version that is called so; of several the newest.

    Raises:
        ValueUnknown: there was none here; it names those that there were.
    """
    there = versions(reader, known.number)
    for one in there:
        if one.version == named:
            return one
    accepted = ", ".join(dict.fromkeys(one.version for one in there if one.version))
    raise ValueUnknown(what=words.A_VERSION, value=named, accepted=accepted or words.NONE_NAMED)


def revision(reader: Reader, known: KnownList) -> int | None:
    """In which revision the list leaves now: the portal's of its own word, ours of a list of our own."""
    query = "SELECT ifnull(max(ordinal), 1) FROM list_version WHERE list = ?"
    parameters: tuple[object, ...] = (known.number,)
    if known.origin is ListOrigin.PORTAL:
        query = "SELECT revision FROM portal_record WHERE subject = ? AND reference = ?"
        parameters = (Subject.HASH_LIST.value, known.list_id)
    found = reader.connection.execute(query, parameters).fetchone()
    return None if found is None else found[0]
