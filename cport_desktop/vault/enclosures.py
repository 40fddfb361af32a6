"""What is enclosed with dossiers, as it is kept; the caller adds the audit entry to whatever changes it.

Records of registration stand in the vault to the byte. They go with their dossier, and the word of a copy
goes once a report that the dossier named is erased, since the copy may be of its page.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.enclosure import Enclosure, EnclosureKind
from cport_desktop.domain.ids import Actor
from cport_desktop.errors import UnknownReference
from cport_desktop.formats.registration_record import parse_rdap
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = "kind, sha256, size, source, taken_at_us, added_by, added_at_us, content"


def of_dossier(reader: Reader, number: int) -> tuple[Enclosure, ...]:
    """All that is enclosed with it, in the order in which it was."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM dossier_enclosure WHERE number = ? ORDER BY added_at_us, sha256",  # noqa: S608 - constant text
        (number,),
    )
    return tuple(map(_enclosure, found))


def record(reader: Reader, number: int, sha256: str) -> tuple[Enclosure, bytes]:
    """The one whose digest begins like this, with its content; that of a copy is empty.

    Raises:
        UnknownReference: there is none, or more than one.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM dossier_enclosure WHERE number = ? AND substr(sha256, 1, ?) = ?",  # noqa: S608 - constant text
        (number, len(sha256), sha256),
    ).fetchall()
    if len(found) != 1 or not sha256:
        raise UnknownReference(kind="enclosure", reference=sha256)
    return _enclosure(found[0]), bytes(found[0][-1] or b"")


def keep(tx: Transaction, number: int, enclosed: Enclosure, content: bytes | None) -> None:
    """It is enclosed; what was enclosed before under its digest is told anew."""
    tx.connection.execute(
        "INSERT OR REPLACE INTO dossier_enclosure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            enclosed.sha256,
            enclosed.kind.value,
            enclosed.size,
            enclosed.source,
            microseconds(enclosed.taken_at),
            enclosed.added_by,
            microseconds(enclosed.added_at),
            content,
        ),
    )


def drop(tx: Transaction, number: int, sha256: str) -> None:
    """It is enclosed no more."""
    tx.connection.execute(
        "DELETE FROM dossier_enclosure WHERE number = ? AND sha256 = ?", (number, sha256)
    )


def _enclosure(row: Row) -> Enclosure:
    kind, sha256, size, source, taken_at, added_by, added_at, content = row
    is_rdap = kind == EnclosureKind.RDAP.value
    return Enclosure(
        kind=EnclosureKind(kind),
        sha256=sha256,
        size=size,
        source=source,
        taken_at=moment_of(taken_at),
        added_by=Actor(added_by),
        added_at=moment_of(added_at),
        registration=parse_rdap(bytes(content)) if is_rdap else None,
    )
