"""Who had what in hand: what the audit log says of each report and media item of a package.

Entries of collection, disclosure and erasure are told whole, each with a proof that it is in the log
under a head that somebody signed. Looks, changes and combinations are counted, and never by
person: a court needs to know that they were, and the log is no measure of anybody's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.audit import AuditAction, ObjectKind
from cport_desktop.domain.ids import Actor

TOLD: Final = frozenset({AuditAction.COLLECTION, AuditAction.DISCLOSURE, AuditAction.ERASURE})
SHARE: Final = "share"
"""The verb of the entry by which media items are held whose bytes were here already: many at once, as
with a batch of reports.
"""
COUNTED: Final = (AuditAction.CONSULTATION, AuditAction.ALTERATION, AuditAction.COMBINATION)


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """What one entry of the log says, without its particulars."""

    sequence: int
    at: datetime
    actor: Actor
    action: AuditAction
    verb: str
    object_kind: ObjectKind
    object_reference: str
    reason: str | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class ProvedEntry:
    """An entry that others can check: its leaf is the hash of `canonical`, and `proof` are the
    neighbours on the way from that leaf to the root (RFC 6962, 2.1.1).
    """

    sequence: int
    canonical: str
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often, and between which moments."""

    action: AuditAction
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class ItemCustody:
    """Of one report or media item. `entries`: numbers of those that are told, in their order."""

    item: str
    entries: tuple[int, ...]
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Custody:
    """Of all items, in their order, under the head `root` of the first `size` entries.

    `proved` gives every entry that is told, once, in the order of the log, and the same each time;
    `told` gives those of these numbers. Neither holds more than a piece of the log.
    """

    size: int
    root: bytes
    items: tuple[ItemCustody, ...]
    proved: Callable[[], Iterator[ProvedEntry]]
    told: Callable[[Sequence[int]], tuple[CustodyEntry, ...]]
