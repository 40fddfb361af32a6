"""Chases copies: what the portal corrects or takes back is held against all that left.

Promises:

1. A copy is affected from the transaction on in which the portal's word is applied, and once,
   however often and by whatever road that word comes again.
2. While nobody has done anything about a copy, a later word takes the earlier one's place; behind a
   notice it opens the copy anew.
3. What was erased here is chased as well, as far as numbers go: the copy is still abroad.
4. Whoever told us is not told: the portal has no need of a notice about its own words.

`ChangedItem` says what changed, whatever it is; what is built later on the portal's words (hits of
a hash list's entries) is to be held against the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.batch import (
    Change,
    ChangeKind,
    RecordChange,
    ReportChange,
    Subject,
    Withdrawal,
)
from cport_desktop.domain.disclosure import MEDIA, REPORT
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.portal_records import entry_reference, list_of_entry
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.standings import Outcome
from cport_desktop.vault.transaction import Transaction

_CHASE: Final = """
INSERT INTO affected (disclosure, recipient, kind, reference, change, revision_left, revision_now,
                      changed_at, heard_at, reason, handling)
SELECT i.disclosure, r.name, :kind, :reference, :change, iif(i.kind = :kind, i.revision, NULL),
       :revision, :changed_at, :heard_at, :reason, 'open'
FROM disclosed_item AS i
CROSS JOIN disclosure AS d ON d.number = i.disclosure
CROSS JOIN disclosure_recipient AS r ON r.disclosure = i.disclosure
WHERE i.kind = :held_kind AND i.reference = :held_reference AND d.at_us >= :since
  AND d.outcome <> 'not_left' AND r.name <> :told_by
  AND (:revision IS NULL OR i.kind <> :kind OR i.revision IS NULL OR i.revision < :revision)
  AND NOT (:is_erased AND EXISTS (
    SELECT 1 FROM affected AS a WHERE a.disclosure = i.disclosure AND a.kind = :kind
    AND a.reference = :reference AND a.recipient = r.name AND a.changed_at >= :changed_at))
ON CONFLICT (disclosure, recipient, kind, reference) WHERE handling = 'open' DO UPDATE
SET change = excluded.change, revision_now = excluded.revision_now,
    changed_at = excluded.changed_at, heard_at = excluded.heard_at, reason = excluded.reason
"""
_LAST: Final = "\U0010ffff"
"""Behind every reference."""

_ENTRIES_THAT_LEFT: Final = """
SELECT DISTINCT reference FROM disclosed_item
WHERE kind = 'hashListEntry' AND reference > ? AND reference < ?
"""
_KNOWN_BEFORE: Final = """
SELECT i.reference, min(h.found_at) FROM hash_list AS l
CROSS JOIN list_entry AS e ON e.list = l.list AND e.entry_id = ?2
CROSS JOIN hit AS h ON h.entry = e.entry AND h.ended_at = ?3
CROSS JOIN media_item AS m INDEXED BY media_by_announcement ON m.announced_sha256 = h.sha256
CROSS JOIN disclosed_item AS i ON i.kind = 'media' AND i.reference = 'M-' || m.media_id
CROSS JOIN disclosure AS d ON d.number = i.disclosure AND d.at_us >= h.found_at
WHERE l.list_id = ?1 AND ?2 IS NOT NULL GROUP BY i.reference
UNION
SELECT i.reference, min(h.found_at) FROM hash_list AS l
CROSS JOIN hit AS h INDEXED BY hit_by_list ON h.list = l.list AND h.ended_at = ?3
CROSS JOIN media_item AS m INDEXED BY media_by_announcement ON m.announced_sha256 = h.sha256
CROSS JOIN disclosed_item AS i ON i.kind = 'media' AND i.reference = 'M-' || m.media_id
CROSS JOIN disclosure AS d ON d.number = i.disclosure AND d.at_us >= h.found_at
WHERE l.list_id = ?1 AND ?2 IS NULL GROUP BY i.reference
"""
_KNOWN: Final = """
SELECT j.key FROM json_each(?) AS j WHERE EXISTS (
    SELECT 1 FROM disclosed_item AS i
    WHERE i.kind = j.value ->> 0 AND i.reference = j.value ->> 1)
"""

Place = tuple[str, str, int]
"""A kind and a reference; and the moment (microseconds) since which what left has it, 0 for ever."""


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """Something that was withdrawn, or corrected to `revision`.

    `held_in`: what a copy of it is found in beside itself; pairs of kind and reference. `known_in`: media
    that were known by it, each with the moment (microseconds) since which; what left before is no copy.
    `is_erased`: it is not here any more, so that nothing else tells a word that comes again.
    """

    kind: str
    reference: str
    change: ChangeKind
    revision: int | None
    at: datetime
    reason: str | None
    held_in: tuple[tuple[str, str], ...] = ()
    is_erased: bool = False
    known_in: tuple[tuple[str, int], ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """What a copy of it is found in."""
        always = ((self.kind, self.reference), *self.held_in)
        return (
            *((kind, reference, 0) for kind, reference in always),
            *((MEDIA, reference, since) for reference, since in self.known_in),
        )


def chase(tx: Transaction, changed: Collection[ChangedItem], *, told_by: str) -> int:
    """Every copy of these is affected, but for those of whoever told it; how many that are now.
    The caller adds the audit entry.
    """
    wanted = [(item, place) for item in changed for place in _places(tx, item)]
    if not wanted:
        return 0
    named = json.dumps([place for _, place in wanted])
    found = tx.connection.execute(_KNOWN, (named,)).fetchall()
    return sum(_chase_one(tx, *wanted[index], told_by) for (index,) in found)


def changed_reports(reached: Mapping[ReportId, Outcome]) -> list[ChangedItem]:
    """What became of reports that were here before."""
    found = (_changed_report(number, outcome) for number, outcome in reached.items())
    return [item for item in found if item is not None]


def changed_records(records: Iterable[RecordChange]) -> list[ChangedItem]:
    """What became of other things. Whoever has a hash list has its entries."""
    return [_changed_record(record) for record in records if record.kind is not ChangeKind.NEW]


def changed_although_erased(dropped: Iterable[Change]) -> list[ChangedItem]:
    """What the portal says of reports that were erased here: numbers and times, no words."""
    changed: list[ChangedItem] = []
    for change in dropped:
        if isinstance(change, Withdrawal):
            changed.append(_withdrawn(change.report_id, change.made_at, None, is_erased=True))
        elif isinstance(change, ReportChange):
            changed.append(_corrected(change, None, is_erased=True))
    return changed


def _places(tx: Transaction, item: ChangedItem) -> tuple[Place, ...]:
    """What a copy of it is found in; of a hash list that was withdrawn, in each entry as well. Of lists
    and entries also in media that were known by them when they left, and are not any more since now.
    """
    if item.kind == Subject.HASH_LIST_ENTRY:
        list_id = list_of_entry(item.reference) or ""
        entry_id = item.reference.removeprefix(entry_reference(list_id, ""))
        return (*item.places, *_known_before(tx, list_id, entry_id))
    if item.kind != Subject.HASH_LIST or item.change is not ChangeKind.WITHDRAWN:
        return item.places
    found = tx.connection.execute(
        _ENTRIES_THAT_LEFT,
        (entry_reference(item.reference, ""), entry_reference(item.reference, _LAST)),
    )
    entries = tuple((Subject.HASH_LIST_ENTRY.value, reference, 0) for (reference,) in found)
    return (*item.places, *entries, *_known_before(tx, item.reference, None))


def _known_before(tx: Transaction, list_id: str, entry_id: str | None) -> tuple[Place, ...]:
    """Media that left while a hit made them known which this transaction ended, since that was found."""
    found = tx.connection.execute(_KNOWN_BEFORE, (list_id, entry_id, microseconds(tx.now)))
    return tuple((MEDIA, reference, since) for reference, since in found)


def _changed_report(number: ReportId, outcome: Outcome) -> ChangedItem | None:
    withdrawn = outcome.withdrawal
    if outcome.is_withdrawn_now and withdrawn is not None:
        return _withdrawn(number, withdrawn.made_at, withdrawn.reason)
    if outcome.is_changed and outcome.change is not None:
        return _corrected(outcome.change, outcome.change.reason)
    return None


def _withdrawn(
    number: ReportId, at: datetime, reason: str | None, *, is_erased: bool = False
) -> ChangedItem:
    return ChangedItem(
        REPORT,
        report_reference(number),
        ChangeKind.WITHDRAWN,
        None,
        at,
        reason,
        is_erased=is_erased,
    )


def _corrected(change: ReportChange, reason: str | None, *, is_erased: bool = False) -> ChangedItem:
    report = change.report
    return ChangedItem(
        REPORT,
        report_reference(report.report_id),
        ChangeKind.CORRECTED,
        report.revision,
        report.updated_at,
        reason,
        is_erased=is_erased,
    )


def _changed_record(record: RecordChange) -> ChangedItem:
    hash_list = list_of_entry(record.reference)
    is_entry = record.subject == Subject.HASH_LIST_ENTRY and hash_list is not None
    return ChangedItem(
        record.subject,
        record.reference,
        record.kind,
        None if record.kind is ChangeKind.WITHDRAWN else record.revision,
        record.made_at,
        record.reason,
        held_in=((Subject.HASH_LIST.value, hash_list or ""),) if is_entry else (),
    )


def _chase_one(tx: Transaction, item: ChangedItem, place: Place, told_by: str) -> int:
    held_kind, held_reference, since = place
    done = tx.connection.execute(
        _CHASE,
        {
            "kind": item.kind,
            "reference": item.reference,
            "change": item.change.value,
            "revision": item.revision,
            "changed_at": microseconds(item.at),
            "heard_at": microseconds(tx.now),
            "reason": item.reason,
            "held_kind": held_kind,
            "held_reference": held_reference,
            "since": since,
            "told_by": told_by,
            "is_erased": item.is_erased,
        },
    )
    return max(0, done.rowcount)
