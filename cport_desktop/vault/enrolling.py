"""An enrolment by stick that waits for its answer: one at most, with keys that no other has."""

from __future__ import annotations

import msgspec

from cport_desktop.domain.pending_enrolment import PendingEnrolment
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.transaction import Reader, Transaction


def keep(tx: Transaction, pending: PendingEnrolment) -> None:
    """`pending` waits, in the place of one before it. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO enrolment_under_way (only, request) VALUES (1, ?)"
        " ON CONFLICT (only) DO UPDATE SET request = excluded.request",
        (msgspec.msgpack.encode(pending),),
    )


def load(reader: Reader) -> PendingEnrolment | None:
    """What waits; None if nothing does.

    Raises:
        VaultDamaged: what is kept is no such thing.
    """
    found = reader.connection.execute("SELECT request FROM enrolment_under_way").fetchone()
    if found is None:
        return None
    try:
        return msgspec.msgpack.decode(found[0], type=PendingEnrolment)
    except msgspec.DecodeError as error:
        raise VaultDamaged(where="enrolment under way") from error


def end(tx: Transaction) -> None:
    """Nothing waits any more. The caller adds the audit entry."""
    tx.connection.execute("DELETE FROM enrolment_under_way")
