"""A small log in memory, and what it says of the items of the synthetic package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cport_desktop.crypto.merkle import leaf_hash
from cport_desktop.crypto.merkle_levels import Levels
from cport_desktop.domain.audit import AuditAction, ObjectKind
from cport_desktop.domain.custody import Custody, CustodyEntry, ItemCustody, ProvedEntry, Tally
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.package import PackageContent
from tests.exports.synthetic import NOW, package_content

BATCH = (AuditAction.COLLECTION, ObjectKind.BATCH, "ab" * 32)
LOG = (
    BATCH,
    (AuditAction.CONSULTATION, ObjectKind.REPORT, "HL-1"),
    (AuditAction.COLLECTION, ObjectKind.MEDIA, "M-101"),
    (AuditAction.CONSULTATION, ObjectKind.SEARCH, "search"),
    (AuditAction.DISCLOSURE, ObjectKind.REPORT, "HL-1"),
    (AuditAction.DISCLOSURE, ObjectKind.REPORT, "HL-2"),
    (AuditAction.DISCLOSURE, ObjectKind.PACKAGE, "Synthetic series"),
)


@dataclass(frozen=True)
class SmallLog:
    """Entries numbered from 1, as the vault writes them."""

    entries: tuple[CustodyEntry, ...]

    def canonical(self, number: int) -> str:
        entry = self.entries[number - 1]
        facts = {
            "sequence": entry.sequence,
            "action": entry.action.value,
            "verb": entry.verb,
            "actor": entry.actor,
            "object_kind": entry.object_kind.value,
            "object_reference": entry.object_reference,
            "reason": entry.reason,
            "recipient": entry.recipient,
            "payload_digest": None,
        }
        return json.dumps(facts, sort_keys=True, separators=(",", ":"))

    def tree(self) -> Levels:
        return Levels([leaf_hash(self.canonical(e.sequence).encode()) for e in self.entries])


def small_log() -> SmallLog:
    return SmallLog(
        tuple(
            CustodyEntry(
                sequence=number,
                at=NOW - timedelta(days=10 - number),
                actor=Actor("analyst"),
                action=action,
                verb="tell",
                object_kind=kind,
                object_reference=reference,
                reason="=synthetic reason",
                recipient="court",
            )
            for number, (action, kind, reference) in enumerate(LOG, start=1)
        )
    )


def custody(log: SmallLog | None = None) -> Custody:
    """Of two reports and a media item: one batch brought both reports."""
    told = log or small_log()
    tree = told.tree()

    def proved() -> Iterator[ProvedEntry]:
        for number in (1, 3, 5, 6):
            yield ProvedEntry(number, told.canonical(number), tree.proof(number - 1))

    def entries(numbers: Sequence[int]) -> tuple[CustodyEntry, ...]:
        return tuple(told.entries[number - 1] for number in numbers)

    looks = Tally(AuditAction.CONSULTATION, 1, NOW - timedelta(days=8), NOW - timedelta(days=8))
    items = (
        ItemCustody("HL-1", (1, 5), (looks,)),
        ItemCustody("HL-2", (1, 6), ()),
        ItemCustody("HL-3", (), ()),
        ItemCustody("M-101", (3,), ()),
    )
    return Custody(len(LOG), tree.root, items, proved, entries)


def content_with_custody() -> PackageContent:
    found = custody()
    return replace(package_content(), custody=found, log_size=found.size, log_head=found.root.hex())
