"""One value for the state of a vault: replica and operations.

Two vaults that heard the same and did the same have the same value, by whatever road and in
however many pieces it came. So nothing is in it that is local: no times of this machine, no
random names of files or operations, no places of rows, no cursor, no audit log.

    SHA-256 over lines of JSON, each a section's name and the columns below, sorted by them
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from cport_desktop.vault.transaction import Reader

_SECTIONS = (
    ("hotline", "SELECT hotline_id, name, country, contact FROM hotline ORDER BY 1"),
    ("document", "SELECT report_id, reason, document FROM report_document ORDER BY 1"),
    ("report", "SELECT report_id, revision, status FROM report ORDER BY 1"),
    ("withdrawal", "SELECT report_id, made_at, reason FROM withdrawal ORDER BY 1"),
    ("erased", "SELECT DISTINCT reference FROM erased_item WHERE kind = 'report' ORDER BY 1"),
    (
        "record",
        "SELECT subject, reference, revision, kind, reason, document FROM portal_record ORDER BY 1, 2",
    ),
    ("unknown", "SELECT digest, kind FROM unknown_change ORDER BY 1"),
    (
        "media",
        """
        SELECT media_id, announced_sha256, size, file_name, declared_type, state,
               sha256, sha1, md5 FROM media_item ORDER BY 1
        """,
    ),
    (
        # An operation that was sent and not answered is as one that was not sent. The first two kinds
        # that there were stand as ever, so that a backup of an older version has the same value.
        "operation",
        """
        SELECT report_id, actor, kind, content_id, classification, age, gender,
               iif(kind = 'feedback', json_extract(CAST(body AS TEXT), '$.text'), NULL),
               CASE state WHEN 'sending' THEN 'queued' ELSE state END, reason
        FROM operation
        WHERE kind IN ('assessment', 'feedback') AND aside IS NULL AND revises IS NULL
          AND NOT is_insisted
        ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
        """,
    ),
    (
        "act",
        """
        SELECT report_id, actor, kind, body,
               CASE state WHEN 'sending' THEN 'queued' ELSE state END,
               reason, aside, revises IS NOT NULL, is_insisted
        FROM operation
        WHERE kind NOT IN ('assessment', 'feedback') OR aside IS NOT NULL
           OR revises IS NOT NULL OR is_insisted
        ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
        """,
    ),
)


_OF_THIS_VAULT = frozenset({"operation", "act"})
"""Sections that say what was done here; all others say what the portal said."""


def digest(reader: Reader) -> str:
    """The value, in hex."""
    return _digest(reader, [name for name, _ in _SECTIONS], frozenset())


def replica_digest(reader: Reader, *, apart: Collection[str] = ()) -> str:
    """The same value of what the portal said alone: two stations that heard all of it agree on it.

    `apart`: subjects of records that are told to each station for itself.
    """
    names = [name for name, _ in _SECTIONS if name not in _OF_THIS_VAULT]
    return _digest(reader, names, apart)


def _digest(reader: Reader, names: Collection[str], apart: Collection[str]) -> str:
    state = hashlib.sha256()
    for name, query in _SECTIONS:
        if name not in names:
            continue
        for row in reader.connection.execute(query):
            if name == "record" and row[0] in apart:
                continue
            line = json.dumps([name, *map(_plain, row)], separators=(",", ":"))
            state.update(line.encode("ascii") + b"\n")
    return state.hexdigest()


def _plain(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
