"""Named ways to the network and what each may carry; which of them is in use."""

from __future__ import annotations

from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS = "name, media, bytes_per_second, largest_file, proxy"


def every(reader: Reader) -> tuple[Link, ...]:
    """All that were named, by their names."""
    found = reader.connection.execute(f"SELECT {_COLUMNS} FROM link ORDER BY name COLLATE by_name")  # noqa: S608 - constant text
    return tuple(_link(row) for row in found)


def in_use(reader: Reader) -> Link:
    """The one in use; `ANY_LINK` if none is."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM link"  # noqa: S608 - constant text
        " WHERE name = (SELECT link FROM transfer_rule)"
    ).fetchone()
    return ANY_LINK if found is None else _link(found)


def put(tx: Transaction, link: Link) -> None:
    """It is named, or another than it was. The caller adds the audit entry."""
    tx.connection.execute(
        f"INSERT INTO link ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - constant text
        " ON CONFLICT (name) DO UPDATE SET media = excluded.media,"
        " bytes_per_second = excluded.bytes_per_second, largest_file = excluded.largest_file,"
        " proxy = excluded.proxy",
        (link.name, link.media.value, link.bytes_per_second, link.largest_file, link.proxy),
    )


def remove(tx: Transaction, name: str) -> None:
    """It is no more; if it was in use, none is. The caller adds the audit entry.

    Raises:
        UnknownReference: there is none of this name.
    """
    tx.connection.execute("UPDATE transfer_rule SET link = NULL WHERE link = ?", (name,))
    gone = tx.connection.execute("DELETE FROM link WHERE name = ?", (name,))
    if not gone.rowcount:
        raise UnknownReference(kind="link", reference=name)


def use(tx: Transaction, name: str | None) -> None:
    """From now on this one is in use; None: none. The caller adds the audit entry.

    Raises:
        UnknownReference: there is none of this name.
    """
    known = tx.connection.execute("SELECT 1 FROM link WHERE name = ?", (name,)).fetchone()
    if name is not None and known is None:
        raise UnknownReference(kind="link", reference=name)
    tx.connection.execute("UPDATE transfer_rule SET link = ?", (name,))


def _link(row: Row) -> Link:
    name, media, cap, largest, proxy = row
    return Link(name, MediaPolicy(media), cap, largest, proxy)
