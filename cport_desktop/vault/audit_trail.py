"""How an entry of the audit log is written, and what exactly is hashed of it.

The leaf of an entry is SHA-256(0x00 | canonical bytes) (RFC 6962). The canonical bytes are
JSON with sorted keys, no white space and ASCII only, of the columns of `audit_entry` but
`leaf`. They hold a salted digest of the personal payload and never the payload itself: it
can be erased one day, and the tree still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cport_desktop.crypto.merkle import Frontier, leaf_hash
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import Actor
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.database import Connection, Row

SALT_SIZE = 16

ENTRY_COLUMNS = (
    "sequence, at_us, session, elapsed_us, actor, action, verb, object_kind,"
    " object_reference, reason, recipient, payload_digest"
)
_FIELDS = tuple(name.strip() for name in ENTRY_COLUMNS.split(","))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who and when.

    `session` is one opening of the vault, `elapsed_us` the time since then on a clock that
    nobody can set.
    """

    at: datetime
    session: str
    elapsed_us: int
    actor: Actor


def microseconds(moment: datetime) -> int:
    """Since 1970 in UTC, exactly (a float would round)."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(at_us: int) -> datetime:
    """The inverse of `microseconds`."""
    return _EPOCH + at_us * _MICROSECOND


def canonical_bytes(row: Row) -> bytes:
    """What the leaf of an entry is the hash of. `row` in the order of `ENTRY_COLUMNS`."""
    facts = dict(zip(_FIELDS, row, strict=True))
    digest = facts["payload_digest"]
    facts["payload_digest"] = None if digest is None else bytes(digest).hex()
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii")


def payload_digest(salt: bytes, payload: bytes) -> bytes:
    return hashlib.sha256(salt + payload).digest()


def encode_payload(payload: tuple[tuple[str, str], ...]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def decode_payload(stored: bytes) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in json.loads(stored))


def draft_of(row: Row, stored_payload: bytes | None) -> AuditDraft:
    """The draft back from a row in the order of `ENTRY_COLUMNS`."""
    action, verb, object_kind, object_reference, reason, recipient = row[5:11]
    return AuditDraft(
        action=AuditAction(action),
        verb=verb,
        object_kind=ObjectKind(object_kind),
        object_reference=object_reference,
        reason=reason,
        recipient=recipient,
        payload=() if stored_payload is None else decode_payload(stored_payload),
    )


class AuditTrail:
    """Appends entries within one transaction; `save` once before it commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._frontier = load_frontier(connection)

    def append(self, draft: AuditDraft, stamp: Stamp) -> int:
        """The entry is in the log, once the transaction commits; its sequence, from 1."""
        sequence = self._frontier.size + 1
        payload, salt, digest = _salted(draft.payload)
        row: Row = (
            sequence,
            microseconds(stamp.at),
            stamp.session,
            stamp.elapsed_us,
            stamp.actor,
            draft.action.value,
            draft.verb,
            draft.object_kind.value,
            draft.object_reference,
            draft.reason,
            draft.recipient,
            digest,
        )
        leaf = leaf_hash(canonical_bytes(row))
        self._connection.execute(
            f"INSERT INTO audit_entry ({ENTRY_COLUMNS}, leaf)"  # noqa: S608 - constant text
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, leaf),
        )
        if digest is not None:
            self._connection.execute(
                "INSERT INTO audit_payload (sequence, salt, payload) VALUES (?, ?, ?)",
                (sequence, salt, payload),
            )
        self._frontier.append(leaf)
        return sequence

    def frontier(self) -> Frontier:
        """The tree as it stands now."""
        return self._frontier.copy()

    def save(self) -> None:
        """The head row says what the entries say."""
        self._connection.execute(
            "UPDATE audit_head SET size = ?, peaks = ?, root = ?",
            (self._frontier.size, self._frontier.serialise(), self._frontier.root()),
        )


def load_frontier(connection: Connection) -> Frontier:
    """The tree as the head row has it.

    Raises:
        VaultDamaged: no head row, or one that cannot be.
    """
    row = connection.execute("SELECT size, peaks FROM audit_head").fetchone()
    if row is None:
        raise VaultDamaged(where="audit log")
    try:
        return Frontier.parse(row[0], row[1])
    except ValueError as error:
        raise VaultDamaged(where="audit log") from error


def leaves_behind(connection: Connection, size: int) -> tuple[bytes, ...]:
    """The leaf hashes of all entries behind the first `size`, as they stand in the log."""
    rows = connection.execute(
        "SELECT leaf FROM audit_entry WHERE sequence > ? ORDER BY sequence", (size,)
    )
    return tuple(bytes(row[0]) for row in rows)


def frontier_at(connection: Connection, size: int) -> Frontier:
    """The tree of the first `size` entries, from their leaf hashes: costs as much as there are."""
    frontier = Frontier()
    rows = connection.execute(
        "SELECT leaf FROM audit_entry WHERE sequence <= ? ORDER BY sequence", (size,)
    )
    for row in rows:
        frontier.append(bytes(row[0]))
    return frontier


def _salted(
    payload: tuple[tuple[str, str], ...],
) -> tuple[bytes | None, bytes | None, bytes | None]:
    if not payload:
        return None, None, None
    encoded, salt = encode_payload(payload), secrets.token_bytes(SALT_SIZE)
    return encoded, salt, payload_digest(salt, encoded)
