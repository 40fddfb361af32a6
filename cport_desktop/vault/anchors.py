"""Heads of the log that somebody else knows too, as the vault remembers them.

Rows of `anchor`, written in the transaction of the entry that made the head. They help to say
where a log that was changed is still the old one. What proves anything lies elsewhere: whoever
can rewrite the log can rewrite these rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.crypto.merkle import Frontier
from cport_desktop.domain.audit import AnchorKind
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS = "number, at_us, kind, holder, lineage, size, root, peaks, note"


@dataclass(frozen=True, slots=True)
class Anchor:
    """`peaks`: the frontier of the tree at `size`. `note`: the signed note, as it was handed on.

    `holder` says who keeps it: a portal's id, the name of a file, recipients, or nobody.
    """

    number: int
    at: datetime
    kind: AnchorKind
    holder: str
    lineage: int
    size: int
    root: bytes
    peaks: bytes
    note: str

    def frontier(self) -> Frontier:
        """The tree at this head.

        Raises:
            VaultDamaged: the row is not as it was written.
        """
        try:
            frontier = Frontier.parse(self.size, self.peaks)
        except ValueError as error:
            raise VaultDamaged(where=f"anchor {self.number}") from error
        if frontier.root() != self.root:
            raise VaultDamaged(where=f"anchor {self.number}")
        return frontier


@dataclass(frozen=True, slots=True)
class NewAnchor:
    """An anchor that is to be kept."""

    kind: AnchorKind
    holder: str
    lineage: int
    frontier: Frontier
    note: str


def keep(tx: Transaction, new: NewAnchor) -> None:
    """The vault remembers this head. The caller has recorded the entry that belongs to it."""
    tx.connection.execute(
        "INSERT INTO anchor (at_us, kind, holder, lineage, size, root, peaks, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            microseconds(tx.now),
            new.kind.value,
            new.holder,
            new.lineage,
            new.frontier.size,
            new.frontier.root(),
            new.frontier.serialise(),
            new.note,
        ),
    )


def newest(reader: Reader, kind: AnchorKind, *, lineage: int) -> Anchor | None:
    """The longest head of this kind and lineage."""
    row = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM anchor WHERE kind = ? AND lineage = ?"  # noqa: S608 - constant text
        " ORDER BY size DESC, number DESC LIMIT 1",
        (kind.value, lineage),
    ).fetchone()
    return None if row is None else _anchor(row)


def newest_of_each_kind(reader: Reader) -> dict[AnchorKind, Anchor]:
    """The latest head of each kind that there is, of whatever lineage."""
    rows = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM anchor WHERE number IN"  # noqa: S608 - constant text
        " (SELECT max(number) FROM anchor GROUP BY kind)"
    ).fetchall()
    return {anchor.kind: anchor for anchor in map(_anchor, rows)}


def at_size(connection: Connection, size: int, *, lineage: int) -> Anchor | None:
    """A head at exactly this size."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM anchor WHERE size = ? AND lineage = ? LIMIT 1",  # noqa: S608 - constant text
        (size, lineage),
    ).fetchone()
    return None if row is None else _anchor(row)


def every(reader: Reader) -> Iterator[Anchor]:
    """All of them, from the shortest head to the longest."""
    rows = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM anchor ORDER BY size, number"  # noqa: S608 - constant text
    )
    return map(_anchor, rows)


def _anchor(row: Row) -> Anchor:
    number, at_us, kind, holder, lineage, size, root, peaks, note = row
    return Anchor(
        number=number,
        at=moment_of(at_us),
        kind=AnchorKind(kind),
        holder=holder,
        lineage=lineage,
        size=size,
        root=bytes(root),
        peaks=bytes(peaks),
        note=note,
    )
