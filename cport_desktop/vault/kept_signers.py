"""The signers and recipients that are kept under a name. The database seals the keys of signers."""

from __future__ import annotations

from cport_desktop.domain.kept_signer import KeptRecipient, KeptSigner, TokenPlace
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

_SIGNER = "name, certificates, private_key, module, token_serial, token_label, key_id, added_by, added_at_us"


def signers(reader: Reader) -> tuple[KeptSigner, ...]:
    """All, by name."""
    found = reader.connection.execute(
        f"SELECT {_SIGNER} FROM kept_signer ORDER BY folded"  # noqa: S608 - names of columns
    )
    return tuple(map(_signer, found))


def signer(reader: Reader, name: str) -> KeptSigner:
    """The one of this name, letter case aside.

    Raises:
        UnknownReference: there is none.
    """
    row = reader.connection.execute(
        f"SELECT {_SIGNER} FROM kept_signer WHERE folded = ?",  # noqa: S608 - names of columns
        (name.casefold(),),
    ).fetchone()
    if row is None:
        raise UnknownReference(kind="signer", reference=name)
    return _signer(row)


def keep_signer(tx: Transaction, kept: KeptSigner) -> bool:
    """Whether it is kept now: not if there is one of its name."""
    place = kept.place
    done = tx.connection.execute(
        f"INSERT INTO kept_signer (folded, {_SIGNER})"  # noqa: S608 - names of columns
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            kept.name.casefold(),
            kept.name,
            kept.certificates,
            kept.private,
            place.module if place else None,
            place.serial if place else None,
            place.label if place else None,
            place.key_id if place else None,
            kept.added_by,
            microseconds(kept.added_at),
        ),
    )
    return bool(done.rowcount)


def remove_signer(tx: Transaction, name: str) -> None:
    """None of this name is kept any more."""
    tx.connection.execute("DELETE FROM kept_signer WHERE folded = ?", (name.casefold(),))


def recipients(reader: Reader) -> tuple[KeptRecipient, ...]:
    """All, by name."""
    found = reader.connection.execute(
        "SELECT name, public, added_by, added_at_us FROM kept_recipient ORDER BY folded"
    )
    return tuple(map(_recipient, found))


def recipient(reader: Reader, name: str) -> KeptRecipient:
    """The one of this name, letter case aside.

    Raises:
        UnknownReference: there is none.
    """
    row = reader.connection.execute(
        "SELECT name, public, added_by, added_at_us FROM kept_recipient WHERE folded = ?",
        (name.casefold(),),
    ).fetchone()
    if row is None:
        raise UnknownReference(kind="recipient", reference=name)
    return _recipient(row)


def keep_recipient(tx: Transaction, kept: KeptRecipient) -> bool:
    """Whether it is kept now: not if there is one of its name."""
    done = tx.connection.execute(
        "INSERT INTO kept_recipient (folded, name, public, added_by, added_at_us)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            kept.name.casefold(),
            kept.name,
            kept.public,
            kept.added_by,
            microseconds(kept.added_at),
        ),
    )
    return bool(done.rowcount)


def remove_recipient(tx: Transaction, name: str) -> None:
    """None of this name is kept any more."""
    tx.connection.execute("DELETE FROM kept_recipient WHERE folded = ?", (name.casefold(),))


def _signer(row: Row) -> KeptSigner:
    name, certificates, private, module, serial, label, key_id, added_by, added_at = row
    place = None if module is None else TokenPlace(module, serial, label or "", key_id)
    return KeptSigner(name, certificates, added_by, moment_of(added_at), private, place)


def _recipient(row: Row) -> KeptRecipient:
    name, public, added_by, added_at = row
    return KeptRecipient(name, public, added_by, moment_of(added_at))
