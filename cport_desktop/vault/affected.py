"""Copies that somebody has of what was corrected or withdrawn since: listed, and settled one day.

They come into being in `vault.chasing`. None is ever taken off the list: it ends by what somebody
did about it, or decided.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.batch import ChangeKind
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosedItem,
    DisclosureId,
    Handling,
)
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.disclosures import item_of
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_LISTING: Final = """
SELECT a.number, d.disclosure_id, d.title, d.at_us, a.recipient, a.kind, a.reference, a.change,
       a.revision_left, a.revision_now, a.changed_at, a.heard_at, a.reason, a.handling, a.note,
       n.disclosure_id
FROM affected AS a CROSS JOIN disclosure AS d ON d.number = a.disclosure
LEFT JOIN disclosure AS n ON n.number = a.notice
"""
_PREFIX: Final = "A-"
_LONGEST_NUMBER: Final = 18
"""Digits that fit the vault's columns."""
_UNSETTLED: Final = "a.handling NOT IN ('acknowledged', 'not_needed')"

_BY_RECIPIENT: Final = """
SELECT recipient, sum(handling = 'open'), sum(handling <> 'open') FROM affected
WHERE handling NOT IN ('acknowledged', 'not_needed') GROUP BY recipient ORDER BY recipient
"""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """What one recipient has that nobody has dealt with: `open`, and `waiting` for an answer."""

    recipient: str
    open: int
    waiting: int


def page(
    reader: Reader,
    *,
    limit: int,
    after: str | None = None,
    recipient: str | None = None,
    with_settled: bool = False,
) -> Page[Affected]:
    """Affected copies, the newest first; those that nobody has settled, unless all are wanted.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    before = read_cursor("affected", after, int)[0] if after else None
    found = reader.connection.execute(
        f"{_LISTING} WHERE (?1 IS NULL OR a.number < ?1) AND (?2 IS NULL OR a.recipient = ?2)"
        f" AND (?3 OR {_UNSETTLED}) ORDER BY a.number DESC LIMIT ?4",
        (before, recipient, with_settled, limit + 1),
    ).fetchall()
    shown = found[:limit]
    following = write_cursor("affected", shown[-1][0]) if len(found) > limit else None
    return Page(tuple(_affected(row) for row in shown), following, elapsed_ms(started))


def open_by_recipient(reader: Reader) -> tuple[OpenCount, ...]:
    """Who has copies of which nobody has said what becomes of them."""
    found = reader.connection.execute(_BY_RECIPIENT)
    return tuple(OpenCount(recipient, opened, waiting) for recipient, opened, waiting in found)


def open_of(
    reader: Reader, recipient: str, *, limit: int, again: bool = False
) -> tuple[Affected, ...]:
    """Copies that this recipient has and of which they were not told, the oldest first; `again`:
    those with a notice that nobody has handed over, too.
    """
    found = reader.connection.execute(
        f"{_LISTING} WHERE a.recipient = ? AND (a.handling = 'open'"
        " OR ? AND a.handling = 'notice_written') ORDER BY a.number LIMIT ?",
        (recipient, again, limit),
    )
    return tuple(_affected(row) for row in found)


def find(reader: Reader, affected_id: AffectedId) -> Affected:
    """One of them.

    Raises:
        UnknownReference: there is none of this number.
    """
    number = _number(affected_id)
    row = reader.connection.execute(f"{_LISTING} WHERE a.number = ?", (number,)).fetchone()
    if row is None:
        raise UnknownReference(kind="affected copy", reference=affected_id)
    return _affected(row)


def files_with(
    reader: Reader, copies: Collection[Affected]
) -> dict[AffectedId, tuple[DisclosedItem, ...]]:
    """For each of these copies of reports the files that left with it."""
    named = json.dumps([_number(copy.affected_id) for copy in copies])
    rows = reader.connection.execute(
        "SELECT a.number, i.kind, i.reference, i.revision, i.sha256, i.within"
        " FROM json_each(?) AS j CROSS JOIN affected AS a ON a.number = j.value"
        " CROSS JOIN disclosed_item AS i ON i.disclosure = a.disclosure AND i.kind = 'media'"
        " AND i.within = a.reference WHERE a.kind = 'report' ORDER BY a.number, i.reference",
        (named,),
    )
    found: dict[AffectedId, tuple[DisclosedItem, ...]] = {}
    for number, *columns in rows:
        key = _affected_id(number)
        found[key] = (*found.get(key, ()), item_of(tuple(columns)))
    return found


def move(
    tx: Transaction,
    affected: Sequence[AffectedId],
    handling: Handling,
    *,
    note: str | None = None,
    notice: DisclosureId | None = None,
) -> None:
    """These copies have come so far in the chase. The caller adds the audit entry."""
    tx.connection.execute(
        "UPDATE affected SET handling = ?, note = coalesce(?, note), notice = coalesce("
        " (SELECT number FROM disclosure WHERE disclosure_id = ?), notice)"
        " WHERE number IN (SELECT value FROM json_each(?))",
        (handling.value, note, notice, json.dumps([_number(one) for one in affected])),
    )


def reopen(tx: Transaction, notice: DisclosureId) -> None:
    """The notice was not written after all: its copies are open again, but for those about which
    the portal said something newer meanwhile. The caller adds the audit entry.
    """
    tx.connection.execute(
        "UPDATE OR IGNORE affected SET handling = 'open', notice = NULL"
        " WHERE handling = 'notice_written'"
        " AND notice = (SELECT number FROM disclosure WHERE disclosure_id = ?)",
        (notice,),
    )


def _number(affected_id: AffectedId) -> int:
    digits = affected_id.strip().upper().removeprefix(_PREFIX)
    if not digits.isascii() or not digits.isdigit() or len(digits) > _LONGEST_NUMBER:
        raise UnknownReference(kind="affected copy", reference=affected_id[:80])
    return int(digits)


def _affected_id(number: int) -> AffectedId:
    return AffectedId(f"{_PREFIX}{number}")


def _affected(row: Row) -> Affected:
    (number, disclosure_id, title, left_at, recipient, kind, reference, change, revision_left,
     revision_now, changed_at, heard_at, reason, handling, note, notice) = row  # fmt: skip
    return Affected(
        affected_id=_affected_id(number),
        disclosure_id=DisclosureId(disclosure_id),
        title=title,
        left_at=moment_of(left_at),
        recipient=recipient,
        kind=kind,
        reference=reference,
        change=ChangeKind(change),
        revision_left=revision_left,
        revision_now=revision_now,
        changed_at=moment_of(changed_at),
        heard_at=moment_of(heard_at),
        reason=reason,
        handling=Handling(handling),
        note=note,
        notice=None if notice is None else DisclosureId(notice),
    )
