"""What the audit log says of items, and proofs of it, read in pieces however long the log is.

One walk over the log finds the entries about the items and hashes the leaves block by block; what it
keeps are numbers of entries and one hash for each block. Entries and their proofs are then read
by their numbers.

Some entries name none of the things that they are about: a batch brought a thousand reports, media items
whose bytes were here already came many at once, a table or operations took things away. They are
found by their moment: what a transaction writes has one moment, and the arrival, the holding and the
line in the register of what left have it too.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.crypto.merkle_levels import Levels
from cport_desktop.domain.audit import AuditAction, ObjectKind
from cport_desktop.domain.custody import (
    COUNTED,
    SHARE,
    TOLD,
    CustodyEntry,
    ItemCustody,
    ProvedEntry,
    Tally,
)
from cport_desktop.domain.ids import (
    MEDIA_PREFIX,
    Actor,
    MediaId,
    ReportId,
    media_reference,
    report_reference,
)
from cport_desktop.vault.audit_trail import ENTRY_COLUMNS, canonical_bytes, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader

BLOCK: Final = 1024
"""Leaves that are read and hashed for the proofs of a piece of the log; a power of two."""
_TOLD: Final = frozenset(action.value for action in TOLD)
_KINDS: Final = (ObjectKind.REPORT.value, ObjectKind.MEDIA.value)
_DISCLOSURE: Final = AuditAction.DISCLOSURE.value


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


_Found = Mapping[int, Sequence[str]]
"""Items by a moment."""


@dataclass(frozen=True, slots=True)
class _Moments:
    """When reports came, media items were held, and either left."""

    arrivals: _Found
    holdings: _Found
    departures: _Found

    def items(self, action: str, kind: str, verb: str, at_us: int) -> Sequence[str]:
        """Those that an entry of this moment is about without naming them."""
        if (kind, verb) == (ObjectKind.BATCH.value, "apply"):
            return self.arrivals.get(at_us, ())
        if (kind, verb) == (ObjectKind.MEDIA.value, SHARE):
            return self.holdings.get(at_us, ())
        if action != _DISCLOSURE or kind in _KINDS:
            return ()
        gone = self.departures.get(at_us, ())
        # Of a report in a package there is an entry of its own, which names it.
        is_package = kind == ObjectKind.PACKAGE.value
        return [each for each in gone if each.startswith(MEDIA_PREFIX)] if is_package else gone


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
    moments = _Moments(
        _arrivals(reader, reports), _holdings(reader, media), _departures(reader, notes)
    )
    known = moments.arrivals.keys() | moments.holdings.keys() | moments.departures.keys()
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
        if at_us in known:
            for item in moments.items(action, kind, verb, at_us):
                notes[item].entries.append(sequence)
        found = notes.get(reference) if kind in _KINDS else None
        if found is not None:
            if action in _TOLD:
                found.entries.append(sequence)
            else:
                found.count(action, at_us)
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


def _arrivals(reader: Reader, reports: Collection[ReportId]) -> _Found:
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


def _holdings(reader: Reader, media: Collection[MediaId]) -> _Found:
    """Which of these media items are held since which moment."""
    rows = reader.connection.execute(
        "SELECT m.held_at, m.media_id FROM json_each(?) AS j"
        " CROSS JOIN media_item AS m ON m.media_id = j.value WHERE m.held_at IS NOT NULL",
        (json.dumps(list(media)),),
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for at_us, number in rows:
        found[at_us].append(media_reference(MediaId(number)))
    return found


def _departures(reader: Reader, items: Iterable[str]) -> _Found:
    """Which of these items left at which moment, by the register."""
    rows = reader.connection.execute(
        "SELECT DISTINCT d.at_us, i.reference FROM json_each(?) AS j"
        " CROSS JOIN disclosed_item AS i ON i.kind IN ('report', 'media') AND i.reference = j.value"
        " CROSS JOIN disclosure AS d ON d.number = i.disclosure WHERE d.outcome <> 'not_left'",
        (json.dumps(list(items)),),
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for at_us, reference in rows:
        found[at_us].append(reference)
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
