"""Which log this is, and the key that signs its heads.

A head of the log speaks for one lineage. A new one begins where a vault was put back to an
earlier state on purpose: what was anchored of the old one behind that point is gone, and
whoever compares can see it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cport_desktop.crypto import message_keys
from cport_desktop.domain.ids import VaultId
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.database import Connection


@dataclass(frozen=True, slots=True)
class LogIdentity:
    """`private_key` is Ed25519 as PKCS#8 in DER, `public_key` its raw half."""

    origin: str
    lineage: int
    private_key: bytes = field(repr=False)
    public_key: bytes


def origin_of(vault: VaultId, lineage: int) -> str:
    """The first line of a checkpoint of this log."""
    return f"cport.vault/{vault}/{lineage}"


def begin(connection: Connection, vault: VaultId) -> None:
    """The log has a key of its own, once the transaction commits."""
    pair = message_keys.generate_ed25519()
    connection.execute(
        "INSERT INTO log_identity (only, origin, lineage, private_key, public_key)"
        " VALUES (1, ?, 1, ?, ?)",
        (origin_of(vault, 1), pair.private, pair.public),
    )


def begin_lineage(connection: Connection, vault: VaultId) -> int:
    """A new lineage has begun, once the transaction commits; its number. The key stays."""
    lineage = load(connection).lineage + 1
    connection.execute(
        "UPDATE log_identity SET origin = ?, lineage = ?", (origin_of(vault, lineage), lineage)
    )
    return lineage


def load(connection: Connection) -> LogIdentity:
    """The identity of the log.

    Raises:
        VaultDamaged: there is none.
    """
    row = connection.execute(
        "SELECT origin, lineage, private_key, public_key FROM log_identity"
    ).fetchone()
    if row is None:
        raise VaultDamaged(where="log identity")
    return LogIdentity(*row)
