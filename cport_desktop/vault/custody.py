"""What the audit log says of items, and proofs of it, read in pieces however long the log is.

One walk over the log finds the entries about the items and hashes the leaves block by block; what it
keeps are numbers of entries and one hash for each block. Entries and their proofs are then read
by their numbers.

A report came with a batch, whose entry names the batch and not its thousand reports. It is found by
its moment: what a transaction writes has one moment, which the report's arrival has too.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.crypto.merkle_levels import Levels
from cport_desktop.domain.audit import AuditAction, ObjectKind
from cport_desktop.domain.custody import (
    COUNTED,
    TOLD,
    CustodyEntry,
    ItemCustody,
    ProvedEntry,
    Tally,
)
from cport_desktop.domain.ids import Actor, MediaId, ReportId, media_reference, report_reference
from cport_desktop.vault.audit_trail import ENTRY_COLUMNS, canonical_bytes, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader

BLOCK: Final = 1024
"""Leaves that are read and hashed for the proofs of a piece of the log; a power of two."""
_TOLD: Final = frozenset(action.value for action in TOLD)
_KINDS: Final = (ObjectKind.REPORT.value, ObjectKind.MEDIA.value)
_BATCH: Final = (AuditAction.COLLECTION.value, ObjectKind.BATCH.value, "apply")


@dataclass(slots=True)
class _Notes:
    """What a walk finds of one item."""

    entries: array[int] = field(default_factory=lambda: array("q"))
    tallies: dict[str, list[int]] = field(default_factory=dict)
    """Of each action that is counted: how often, and the first and last moment."""

    def count(self, action: str, at_us: int) -> None:
        tally = self.tallies.setdefault(action, [0, at_us, at_us])
        tally[0] += 1
        tally[2] = at_us


@dataclass(frozen=True, slots=True)
class Walked:
    """`items` in the order in which they were asked for; `blocks` is the tree over the blocks."""

    size: int
    items: tuple[ItemCustody, ...]
    blocks: Levels

    @property
    def root(self) -> bytes:
        return self.blocks.root


def walk(
    reader: Reader, *, size: int, reports: Collection[ReportId], media: Collection[MediaId]
) -> Walked:
    """What the first `size` entries say of these items: reports first, then media."""
    notes = {report_reference(number): _Notes() for number in reports}
    notes |= {media_reference(number): _Notes() for number in media}
    arrivals = _arrivals(reader, reports)
    roots: list[bytes] = []
    leaves: list[bytes] = []
    rows = reader.connection.execute(
        "SELECT sequence, at_us, action, object_kind, verb, object_reference, leaf"
        " FROM audit_entry WHERE sequence <= ? ORDER BY sequence",
        (size,),
    )
    for sequence, at_us, action, kind, verb, reference, leaf in rows:
        leaves.append(leaf)
        if len(leaves) == BLOCK:
            roots.append(Levels(leaves).root)
            leaves.clear()
        if kind in _KINDS:
            found = notes.get(reference)
            if found is None:
                continue
            if action in _TOLD:
                found.entries.append(sequence)
            else:
                found.count(action, at_us)
        elif (action, kind, verb) == _BATCH:
            for item in arrivals.get(at_us, ()):
                notes[item].entries.append(sequence)
    if leaves:
        roots.append(Levels(leaves).root)
    items = tuple(_custody(item, found) for item, found in notes.items())
    return Walked(size, items, Levels(roots))


def proved(reader: Reader, walked: Walked, numbers: Sequence[int]) -> Iterator[ProvedEntry]:
    """Entries of one block (`blocks_of`) with their proofs, in their order."""
    place = (numbers[0] - 1) // BLOCK
    start = place * BLOCK
    rows = reader.connection.execute(
        "SELECT leaf FROM audit_entry WHERE sequence > ? AND sequence <= ? ORDER BY sequence",
        (start, min(start + BLOCK, walked.size)),
    )
    block, above = Levels([leaf for (leaf,) in rows]), walked.blocks.proof(place)
    for row in _rows(reader, numbers):
        sequence = row[0]
        canonical = canonical_bytes(row).decode("ascii")
        yield ProvedEntry(sequence, canonical, block.proof(sequence - 1 - start) + above)


def told(reader: Reader, numbers: Sequence[int]) -> tuple[CustodyEntry, ...]:
    """What these entries say, in their order."""
    return tuple(_entry(row) for row in _rows(reader, numbers))


def blocks_of(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """`numbers`, which ascend, in runs that lie in one block each."""
    start = 0
    while start < len(numbers):
        end = bisect_right(numbers, ((numbers[start] - 1) // BLOCK + 1) * BLOCK, start)
        yield numbers[start:end]
        start = end


def _arrivals(reader: Reader, reports: Collection[ReportId]) -> Mapping[int, Sequence[str]]:
    """Which of these reports came as they stand at which moment, where that was kept."""
    rows = reader.connection.execute(
        "SELECT a.at_us, a.report_id FROM json_each(?) AS j"
        " CROSS JOIN arrival AS a ON a.report_id = j.value WHERE a.at_us > 0",
        (json.dumps(list(reports)),),
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for at_us, number in rows:
        found[at_us].append(report_reference(ReportId(number)))
    return found


def _rows(reader: Reader, numbers: Sequence[int]) -> Iterator[Row]:
    columns = ", ".join(f"e.{name.strip()}" for name in ENTRY_COLUMNS.split(","))
    yield from reader.connection.execute(
        f"SELECT {columns} FROM json_each(?) AS j"  # noqa: S608 - constant text
        " CROSS JOIN audit_entry AS e ON e.sequence = j.value ORDER BY e.sequence",
        (json.dumps(list(numbers)),),
    )


def _custody(item: str, notes: _Notes) -> ItemCustody:
    counted = {action.value for action in COUNTED}
    tallies = tuple(
        Tally(AuditAction(action), count, moment_of(first), moment_of(last))
        for action, (count, first, last) in sorted(notes.tallies.items())
        if action in counted
    )
    return ItemCustody(item, tuple(notes.entries), tallies)


def _entry(row: Row) -> CustodyEntry:
    (sequence, at_us, _, _, actor, action, verb, kind, reference, reason, recipient, _) = row
    return CustodyEntry(
        sequence=sequence,
        at=moment_of(at_us),
        actor=Actor(actor),
        action=AuditAction(action),
        verb=verb,
        object_kind=ObjectKind(kind),
        object_reference=reference,
        reason=reason,
        recipient=recipient,
    )
