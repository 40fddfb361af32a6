"""Bundles that were written for the portal, and those of the portal that were taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.crypto.merkle import Frontier
from cport_desktop.domain.courier import BundleId, Manifest
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction


@dataclass(frozen=True, slots=True)
class SentBundle:
    """A bundle for the portal. `written_at` is None if it was cut off, `answered_at` until the
    portal's answer came.
    """

    sequence: int
    bundle: BundleId
    begun_at: datetime
    written_at: datetime | None
    digest: str | None
    parts: int | None
    operations: int
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceivedBundle:
    sequence: int
    bundle: BundleId
    issued_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class CarriedHead:
    """The head of the log that a bundle carries, as it was signed."""

    note: bytes
    lineage: int
    frontier: Frontier


_SENT = (
    "SELECT sequence, bundle, begun_at, written_at, digest, parts, operations, answered_at"
    " FROM courier_sent"
)


def begin(tx: Transaction, bundle: BundleId, *, operations: int) -> int:
    """A bundle for the portal is begun; its number. The caller adds the audit entry."""
    added = tx.connection.execute(
        "INSERT INTO courier_sent (bundle, begun_at, operations) VALUES (?, ?, ?)",
        (bundle, microseconds(tx.now), operations),
    )
    return int(added.lastrowid or 0)


def carry_head(tx: Transaction, sequence: int, signed: SignedHead) -> None:
    """Bundle `sequence` carries this head; its answer will be about it."""
    tx.connection.execute(
        "UPDATE courier_sent SET head = ?, lineage = ?, peaks = ? WHERE sequence = ?",
        (signed.content, signed.lineage, signed.frontier.serialise(), sequence),
    )


def mark_written(tx: Transaction, sequence: int, *, digest: str, parts: int) -> None:
    """Bundle `sequence` lies whole on its medium, and was read back. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE courier_sent SET written_at = ?, digest = ?, parts = ? WHERE sequence = ?",
        (microseconds(tx.now), digest, parts, sequence),
    )


def last_written(reader: Reader) -> SentBundle | None:
    """The newest bundle that was written to its end."""
    found = reader.connection.execute(
        f"{_SENT} WHERE written_at IS NOT NULL ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return None if found is None else _sent(found)


def sent(reader: Reader, *, limit: int) -> tuple[SentBundle, ...]:
    """Bundles for the portal, the newest first."""
    found = reader.connection.execute(f"{_SENT} ORDER BY sequence DESC LIMIT ?", (limit,))
    return tuple(map(_sent, found))


def head_of(reader: Reader, sequence: int) -> CarriedHead | None:
    """The head that bundle `sequence` carried, if it is not answered yet.

    Raises:
        VaultDamaged: the row is not as it was written.
    """
    found = reader.connection.execute(
        "SELECT head, lineage, peaks FROM courier_sent"
        " WHERE sequence = ? AND answered_at IS NULL AND head IS NOT NULL",
        (sequence,),
    ).fetchone()
    if found is None:
        return None
    note, lineage, peaks = found
    try:
        size = int(bytes(note).split(b"\n", 2)[1])
        return CarriedHead(bytes(note), lineage, Frontier.parse(size, bytes(peaks)))
    except (ValueError, IndexError) as error:
        raise VaultDamaged(where=f"courier bundle {sequence}") from error


def mark_answered(tx: Transaction, sequence: int) -> None:
    """The portal's answer to bundle `sequence` was taken in; those before it need none any more."""
    tx.connection.execute(
        "UPDATE courier_sent SET answered_at = ?, head = NULL, peaks = NULL"
        " WHERE sequence <= ? AND answered_at IS NULL",
        (microseconds(tx.now), sequence),
    )


def mark_received(tx: Transaction, manifest: Manifest) -> None:
    """The portal's bundle was taken in to its end. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO courier_received (bundle, sequence, digest, issued_at, received_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (bundle) DO NOTHING",
        (
            manifest.bundle,
            manifest.sequence,
            manifest.digest,
            microseconds(manifest.issued_at),
            microseconds(tx.now),
        ),
    )


def was_received(reader: Reader, manifest: Manifest) -> bool:
    """Whether this very bundle was taken in to its end."""
    found = reader.connection.execute(
        "SELECT 1 FROM courier_received WHERE bundle = ? AND digest = ?",
        (manifest.bundle, manifest.digest),
    ).fetchone()
    return found is not None


def newest_received(reader: Reader) -> ReceivedBundle | None:
    """The bundle of the portal with the highest number that was taken in."""
    found = reader.connection.execute(
        "SELECT sequence, bundle, issued_at, received_at FROM courier_received"
        " ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    sequence, bundle, issued_at, received_at = found
    return ReceivedBundle(sequence, BundleId(bundle), moment_of(issued_at), moment_of(received_at))


def note_portal_holds(tx: Transaction, *, lineage: int, size: int) -> None:
    """The portal holds this head of the log; the next proof starts there."""
    tx.connection.execute(
        "INSERT INTO portal_holds (only, lineage, size) VALUES (1, ?, ?)"
        " ON CONFLICT (only) DO UPDATE SET lineage = excluded.lineage, size = excluded.size",
        (lineage, size),
    )


def portal_holds(reader: Reader, *, lineage: int) -> int | None:
    """The size of the head of this lineage that the portal last said it holds."""
    found = reader.connection.execute(
        "SELECT size FROM portal_holds WHERE lineage = ?", (lineage,)
    ).fetchone()
    return None if found is None else int(found[0])


def _sent(row: Row) -> SentBundle:
    sequence, bundle, begun_at, written_at, digest, parts, operations, answered_at = row
    return SentBundle(
        sequence=sequence,
        bundle=BundleId(bundle),
        begun_at=moment_of(begun_at),
        written_at=None if written_at is None else moment_of(written_at),
        digest=digest,
        parts=parts,
        operations=operations,
        answered_at=None if answered_at is None else moment_of(answered_at),
    )
