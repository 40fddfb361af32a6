"""That recipients have what left: signed receipts that came, and what somebody was told and wrote down."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cport_desktop.domain.disclosure import DisclosureId, Received
from cport_desktop.domain.ids import Actor
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader, Transaction

_LISTING: Final = """
SELECT recipient, received_by, received_at_us, signer, actor, noted_at_us
FROM disclosure_receipt WHERE disclosure = ? ORDER BY number
"""


def keep(
    tx: Transaction,
    disclosure_id: DisclosureId,
    *,
    recipient: str,
    received_by: str,
    received_at: datetime,
    signer: str | None = None,
    document: bytes | None = None,
) -> bool:
    """It is on record that `recipient` has it; False if the same was on record before. The caller adds
    the audit entry.

    Raises:
        UnknownReference: there was no such disclosure, or it did not go to this recipient.
    """
    found = tx.connection.execute(
        "SELECT d.number FROM disclosure AS d CROSS JOIN disclosure_recipient AS r"
        " ON r.disclosure = d.number WHERE d.disclosure_id = ? AND r.name = ?",
        (disclosure_id, recipient),
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="disclosure", reference=f"{disclosure_id}, {recipient}")
    values = (found[0], recipient, received_by, microseconds(received_at), signer)
    known = tx.connection.execute(
        "SELECT 1 FROM disclosure_receipt WHERE disclosure = ? AND recipient = ?"
        " AND received_by = ? AND received_at_us = ? AND signer IS ?",
        values,
    ).fetchone()
    if known is not None:
        return False
    tx.connection.execute(
        "INSERT INTO disclosure_receipt (disclosure, recipient, received_by, received_at_us, signer,"
        " document, noted_at_us, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, document, microseconds(tx.now), tx.actor),
    )
    return True


def disclosures_of_file(reader: Reader, sha256: str) -> tuple[tuple[DisclosureId, str], ...]:
    """The disclosures that this file was, each with a recipient of it."""
    found = reader.connection.execute(
        "SELECT d.disclosure_id, r.name FROM disclosure AS d CROSS JOIN disclosure_recipient AS r"
        " ON r.disclosure = d.number WHERE d.sha256 = ? ORDER BY d.number DESC, r.name",
        (sha256,),
    )
    return tuple((DisclosureId(number), name) for number, name in found)


def of_id(reader: Reader, disclosure_id: DisclosureId) -> tuple[Received, ...]:
    """The receipts of this disclosure, in the order in which they came."""
    found = reader.connection.execute(
        "SELECT number FROM disclosure WHERE disclosure_id = ?", (disclosure_id,)
    ).fetchone()
    return () if found is None else of_disclosure(reader, found[0])


def of_disclosure(reader: Reader, number: int) -> tuple[Received, ...]:
    """The receipts of the disclosure in row `number`, in the order in which they came."""
    return tuple(
        Received(
            recipient=recipient,
            received_by=received_by,
            received_at=moment_of(received_at),
            signer=signer,
            noted_by=Actor(actor),
            noted_at=moment_of(noted_at),
        )
        for recipient, received_by, received_at, signer, actor, noted_at in reader.connection.execute(
            _LISTING, (number,)
        )
    )
