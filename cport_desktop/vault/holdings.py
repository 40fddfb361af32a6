"""Who has it: every copy that left of a report, a media item, an operation, or bytes."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.disclosure import (
    DisclosureId,
    DisclosureKind,
    Handling,
    Holding,
    Outcome,
    Recipient,
)
from cport_desktop.domain.ids import MediaId
from cport_desktop.vault import receipts
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.disclosures import item_of
from cport_desktop.vault.transaction import Reader

MOST: Final = 1_000
"""Copies that are listed of one thing."""

_COPIES: Final = """
SELECT d.number, r.name, r.key, d.disclosure_id, d.kind, d.title, d.at_us, d.outcome,
       (SELECT a.handling FROM affected AS a WHERE a.disclosure = d.number AND a.recipient = r.name
        AND a.kind = i.kind AND a.reference = i.reference ORDER BY a.number DESC LIMIT 1),
       i.kind, i.reference, i.revision, i.sha256, i.within
FROM disclosed_item AS i CROSS JOIN disclosure AS d ON d.number = i.disclosure
CROSS JOIN disclosure_recipient AS r ON r.disclosure = d.number
WHERE d.outcome <> 'not_left' AND {} ORDER BY d.number DESC, r.name, i.kind, i.reference LIMIT {}
"""
_WHOLE: Final = """
SELECT d.number, r.name, r.key, d.disclosure_id, d.kind, d.title, d.at_us, d.outcome
FROM disclosure AS d CROSS JOIN disclosure_recipient AS r ON r.disclosure = d.number
WHERE d.outcome <> 'not_left' AND d.sha256 = ? ORDER BY d.number DESC, r.name LIMIT ?
"""


def of_item(reader: Reader, kind: str, reference: str) -> tuple[Holding, ...]:
    """Every copy of this item that left, the newest first."""
    query = _COPIES.format("i.kind = ? AND i.reference = ?", MOST)
    found = reader.connection.execute(query, (kind, reference)).fetchall()
    return tuple(_holding(reader, row) for row in found)


def of_bytes(reader: Reader, sha256: str) -> tuple[Holding, ...]:
    """Every copy of a file with these bytes: as a media item in what left, and as what left itself."""
    query = _COPIES.format("i.sha256 = ?", MOST).replace(
        "disclosed_item AS i", "disclosed_item AS i INDEXED BY disclosed_item_by_digest", 1
    )
    found = reader.connection.execute(query, (bytes.fromhex(sha256),)).fetchall()
    whole = reader.connection.execute(_WHOLE, (sha256, MOST)).fetchall()
    return tuple(_holding(reader, row) for row in (*found, *whole))


def digest_named(reader: Reader, digest: str) -> str | None:
    """The SHA-256 of the file that is called by its SHA-1 or MD5 `digest` here; None if none is."""
    column = {32: "md5", 40: "sha1"}.get(len(digest))
    if column is None:
        return None
    found = reader.connection.execute(
        f"SELECT sha256 FROM media_item WHERE {column} = ? LIMIT 1",  # noqa: S608 - constant names
        (digest,),
    ).fetchone()
    return None if found is None else found[0]


def digest_of(reader: Reader, media_id: MediaId) -> str | None:
    """The digest that this media item is announced with; None if it is not here."""
    found = reader.connection.execute(
        "SELECT announced_sha256 FROM media_item WHERE media_id = ?", (media_id,)
    ).fetchone()
    return None if found is None else found[0]


def _holding(reader: Reader, row: Row) -> Holding:
    number, name, key, disclosure_id, kind, title, at_us, outcome = row[:8]
    handling, *item = row[8:] or (None,)
    return Holding(
        recipient=Recipient(name, key),
        disclosure_id=DisclosureId(disclosure_id),
        kind=DisclosureKind(kind),
        title=title,
        at=moment_of(at_us),
        outcome=Outcome(outcome),
        item=item_of(tuple(item)) if item else None,
        handling=None if handling is None else Handling(handling),
        received=tuple(
            one for one in receipts.of_disclosure(reader, number) if one.recipient == name
        ),
    )
