"""The header as it should be, kept in the database.

A change of the header is committed here first, with its audit entry; the files follow. So a
change is on record or did not happen, and the files can always be made right again.
"""

from __future__ import annotations

from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.database import Connection
from cport_desktop.vault.header import Header, parse_header, print_header


def begin(connection: Connection, header: Header) -> None:
    """The first header of this database is on record, once the transaction commits."""
    connection.execute(
        "INSERT INTO header_record (only, generation, content) VALUES (1, ?, ?)",
        (header.generation, print_header(header)),
    )


def replace(connection: Connection, header: Header) -> None:
    """`header`, of a later generation, is on record, once the transaction commits."""
    connection.execute(
        "UPDATE header_record SET generation = ?, content = ?",
        (header.generation, print_header(header)),
    )


def load(connection: Connection) -> Header:
    """The header as it should be.

    Raises:
        VaultDamaged: there is none on record.
    """
    row = connection.execute("SELECT content FROM header_record").fetchone()
    if row is None:
        raise VaultDamaged(where="header record")
    return parse_header(row[0])
