"""The bond with a portal: the agreement, the keys of both sides, the pinned authority.

One vault, one portal. Private keys lie here under the vault's own encryption.
"""

from __future__ import annotations

import msgspec

from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.errors import AlreadyEnrolled, VaultDamaged
from cport_desktop.vault.first_agreements import enrolment_of_before
from cport_desktop.vault.transaction import Reader, Transaction


def save(tx: Transaction, enrolment: Enrolment) -> None:
    """The vault is bound. A renewed bond with the same portal replaces the old one.

    Raises:
        AlreadyEnrolled: bound to another portal already.
    """
    bound = tx.connection.execute("SELECT portal FROM bond").fetchone()
    if bound is not None and bound[0] != enrolment.answer.portal:
        raise AlreadyEnrolled(portal=bound[0])
    tx.connection.execute(
        "INSERT INTO bond (only, portal, enrolment) VALUES (1, ?, ?)"
        " ON CONFLICT (only) DO UPDATE SET enrolment = excluded.enrolment",
        (enrolment.answer.portal, msgspec.msgpack.encode(enrolment)),
    )


def load(reader: Reader) -> Enrolment | None:
    """The bond, or None before enrolment.

    Raises:
        VaultDamaged: what is kept is not a bond.
    """
    found = reader.connection.execute("SELECT enrolment FROM bond").fetchone()
    if found is None:
        return None
    try:
        return enrolment_of_before(found[0]) or msgspec.msgpack.decode(found[0], type=Enrolment)
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise VaultDamaged(where="bond") from error
