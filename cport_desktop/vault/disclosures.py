"""The register of what left: entered with the audit entry of the departure, and never taken back.

Promises:

1. A disclosure is there before the first byte of it leaves, as its audit entry is; what became of
   it is noted once behind that. One of which nobody could note it counts as one that left.
2. What is erased here keeps its number and revision in the register, since the copy is still
   abroad, and nothing else: no digest of a file, no words of a hotline.
3. Nothing here is found, sorted or counted by the person who let it leave.

Statements are one `executemany` a table, so a package of a hundred thousand items costs moments.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    DisclosureRecord,
    EnteredDisclosure,
    Outcome,
    Recipient,
)
from cport_desktop.domain.ids import Actor, ReportId, report_reference
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.search import plain
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.words import disclosures as words

_MIGRATION: Final = 8
"""The migration with which the register began."""

_ENTERED: Final = """
SELECT d.number, d.disclosure_id, d.at_us, d.kind, d.title, d.clause, d.reason, d.sha256, d.outcome,
       d.is_from_log,
       (SELECT json_group_array(json_array(r.name, r.key)) FROM disclosure_recipient AS r
        WHERE r.disclosure = d.number),
       d.items,
       (SELECT count(*) FROM affected AS a WHERE a.disclosure = d.number
        AND a.handling NOT IN ('acknowledged', 'not_needed'))
FROM disclosure AS d
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which disclosures a list shows; None of each: all. `item` is what they held; `sha256` a digest of
    it, or of the file that left; `text` a part of title, reason, clause or recipient, in any case;
    `since` and `until` bound [when they left).
    """

    recipient: str | None = None
    kind: DisclosureKind | None = None
    item: tuple[str, str] | None = None
    text: str | None = None
    sha256: str | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING: Final = Wanted()


def enter(tx: Transaction, disclosure: Disclosure, *, outcome: Outcome = Outcome.UNKNOWN) -> None:
    """The disclosure is in the register, of this moment and by this analyst. The caller adds the
    audit entry, and says later what became of it where that is not known yet.
    """
    number = _insert(tx, disclosure, outcome)
    tx.connection.executemany(
        "INSERT OR IGNORE INTO disclosure_recipient (disclosure, name, key) VALUES (?, ?, ?)",
        [(number, recipient.name, recipient.key) for recipient in disclosure.recipients],
    )
    _insert_items(tx.connection, number, disclosure.items)


def enter_items(
    tx: Transaction, disclosure_id: DisclosureId, items: Sequence[DisclosedItem]
) -> None:
    """These items, which were `foreseen`, leave with it: of what leaves piece by piece, since there may
    be millions. The caller adds the audit entry.

    Raises:
        UnknownReference: there was no disclosure of this number.
    """
    found = tx.connection.execute(
        "SELECT number FROM disclosure WHERE disclosure_id = ?", (disclosure_id,)
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="disclosure", reference=disclosure_id)
    _insert_items(tx.connection, found[0], items)


def mark_left(tx: Transaction, disclosure_id: DisclosureId, *, sha256: str | None = None) -> None:
    """It left, as a file with this digest. The caller adds the audit entry."""
    _complete(tx.connection, disclosure_id, Outcome.LEFT, sha256)


def mark_not_left(tx: Transaction, disclosure_id: DisclosureId) -> None:
    """Nothing of it left, after all: nobody has a copy. The caller adds the audit entry."""
    _complete(tx.connection, disclosure_id, Outcome.NOT_LEFT, None)


def note_answers(tx: Transaction, receipts: Iterable[Receipt]) -> None:
    """What goes to somebody else through the portal has left if the portal took it, and has not if
    it did not: a case that is handed over. The caller adds the audit entry.
    """
    tx.connection.executemany(
        "UPDATE disclosure SET outcome = ? WHERE outcome = 'unknown' AND number IN"
        " (SELECT disclosure FROM disclosed_item WHERE kind = 'operation' AND reference = ?)",
        [
            ((Outcome.LEFT if receipt.is_settled else Outcome.NOT_LEFT).value, receipt.operation_id)
            for receipt in receipts
        ],
    )
    _let_go(tx.connection)


def already_left(reader: Reader, kind: str, references: Collection[str]) -> frozenset[str]:
    """Those of these items that the register knows already: what is sent again leaves once."""
    found = reader.connection.execute(
        "SELECT j.value FROM json_each(?2) AS j WHERE EXISTS"
        " (SELECT 1 FROM disclosed_item AS i WHERE i.kind = ?1 AND i.reference = j.value)",
        (kind, json.dumps(list(references))),
    )
    return frozenset(reference for (reference,) in found)


def page(
    reader: Reader, wanted: Wanted = EVERYTHING, *, limit: int, after: str | None = None
) -> Page[EnteredDisclosure]:
    """Disclosures, the newest first.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    conditions = _conditions(wanted)
    if after is not None:
        conditions.append(("d.number < ?", read_cursor("disclosures", after, int)))
    where = " AND ".join(text for text, _ in conditions) or "1"
    found = reader.connection.execute(
        f"{_ENTERED} WHERE {where} ORDER BY d.number DESC LIMIT ?",
        (*(value for _, values in conditions for value in values), limit + 1),
    ).fetchall()
    shown = found[:limit]
    following = write_cursor("disclosures", shown[-1][0]) if len(found) > limit else None
    return Page(tuple(_entered(row) for row in shown), following, elapsed_ms(started))


def find(reader: Reader, disclosure_id: DisclosureId) -> DisclosureRecord:
    """One of them whole, but for receipts (`vault.receipts`).

    Raises:
        UnknownReference: there was none of this number.
    """
    found = reader.connection.execute(
        f"{_ENTERED} WHERE d.disclosure_id = ?", (disclosure_id,)
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="disclosure", reference=disclosure_id)
    (actor,) = reader.connection.execute(
        "SELECT actor FROM disclosure WHERE number = ?", (found[0],)
    ).fetchone() or ("",)
    return DisclosureRecord(_entered(found), Actor(actor), _items_of(reader.connection, found[0]))


def of_item(reader: Reader, kind: str, reference: str) -> tuple[EnteredDisclosure, ...]:
    """Every disclosure that held this item and left, the newest first."""
    found = reader.connection.execute(
        f"{_ENTERED} WHERE d.outcome <> 'not_left' AND d.number IN (SELECT i.disclosure"  # noqa: S608 - constant text
        " FROM disclosed_item AS i WHERE i.kind = ? AND i.reference = ?) ORDER BY d.number DESC",
        (kind, reference),
    )
    return tuple(_entered(row) for row in found)


def digests_of(reader: Reader, named: Collection[DisclosureId]) -> dict[DisclosureId, str]:
    """The digests of the files that left, of those of these disclosures that were one."""
    found = reader.connection.execute(
        "SELECT d.disclosure_id, d.sha256 FROM json_each(?) AS j"
        " CROSS JOIN disclosure AS d ON d.disclosure_id = j.value WHERE d.sha256 IS NOT NULL",
        (json.dumps(sorted(named)),),
    )
    return {DisclosureId(number): sha256 for number, sha256 in found}


def revisions_here(reader: Reader, reports: Collection[ReportId]) -> dict[ReportId, int]:
    """The revision that stands of each of these reports that is here."""
    found = reader.connection.execute(
        "SELECT r.report_id, r.revision FROM json_each(?) AS j"
        " CROSS JOIN report AS r ON r.report_id = j.value",
        (json.dumps(list(reports)),),
    )
    return {ReportId(report): revision for report, revision in found}


def known_since(reader: Reader) -> datetime | None:
    """When the register began. What left earlier is in it as far as the audit log tells."""
    found = reader.connection.execute(
        "SELECT applied_at FROM migration WHERE number = ?", (_MIGRATION,)
    ).fetchone()
    return None if found is None else datetime.fromisoformat(found[0])


def forget_digests(connection: Connection, reports: Collection[ReportId]) -> None:
    """What was erased keeps its number here and nothing that tells of its content: neither the
    digests of files that left with it, nor what a hotline said of it.
    """
    named = json.dumps([report_reference(report) for report in reports])
    connection.execute(
        "UPDATE disclosed_item SET sha256 = NULL WHERE sha256 IS NOT NULL AND within <> ''"
        " AND within IN (SELECT value FROM json_each(?))",
        (named,),
    )
    connection.execute(
        "UPDATE affected SET reason = NULL WHERE kind = 'report' AND reason IS NOT NULL"
        " AND reference IN (SELECT value FROM json_each(?))",
        (named,),
    )


def _insert(tx: Transaction, disclosure: Disclosure, outcome: Outcome) -> int:
    done = tx.connection.execute(
        "INSERT INTO disclosure (disclosure_id, at_us, actor, kind, title, clause, reason, sha256,"
        " outcome, is_from_log, items) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) RETURNING number",
        (
            disclosure.disclosure_id,
            microseconds(tx.now),
            tx.actor,
            disclosure.kind.value,
            disclosure.title,
            disclosure.clause,
            disclosure.reason,
            disclosure.sha256,
            outcome.value,
            disclosure.foreseen
            or len({(item.kind, item.reference, item.within) for item in disclosure.items}),
        ),
    ).fetchone()
    assert done is not None
    return int(done[0])


def _insert_items(connection: Connection, number: int, items: Iterable[DisclosedItem]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO disclosed_item (disclosure, kind, reference, within, revision, sha256)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                item.kind,
                item.reference,
                item.within or "",
                item.revision,
                None if item.sha256 is None else bytes.fromhex(item.sha256),
            )
            for item in items
        ],
    )


def _complete(
    connection: Connection, disclosure_id: DisclosureId, outcome: Outcome, sha256: str | None
) -> None:
    connection.execute(
        "UPDATE disclosure SET outcome = ?, sha256 = coalesce(?, sha256) WHERE disclosure_id = ?",
        (outcome.value, sha256, disclosure_id),
    )
    _let_go(connection)


def _let_go(connection: Connection) -> None:
    """Of what did not leave there are no copies to chase, whatever was said of it meanwhile."""
    connection.execute(
        "UPDATE affected SET handling = 'not_needed', note = ? WHERE handling = 'open'"
        " AND disclosure IN (SELECT number FROM disclosure WHERE outcome = 'not_left')",
        (words.DID_NOT_LEAVE,),
    )


def _conditions(wanted: Wanted) -> list[tuple[str, tuple[str | int | bytes, ...]]]:
    conditions: list[tuple[str, tuple[str | int | bytes, ...]]] = []
    if wanted.recipient is not None:
        text = "d.number IN (SELECT disclosure FROM disclosure_recipient WHERE name = ?)"
        conditions.append((text, (wanted.recipient,)))
    if wanted.kind is not None:
        conditions.append(("d.kind = ?", (wanted.kind.value,)))
    if wanted.item is not None:
        text = (
            "d.number IN (SELECT disclosure FROM disclosed_item WHERE kind = ? AND reference = ?)"
        )
        conditions.append((text, wanted.item))
    return conditions + _more_conditions(wanted)


def _more_conditions(wanted: Wanted) -> list[tuple[str, tuple[str | int | bytes, ...]]]:
    conditions: list[tuple[str, tuple[str | int | bytes, ...]]] = []
    if wanted.text is not None:
        part = plain(wanted.text)
        text = (
            "(instr(plain(d.title), ?) OR instr(plain(coalesce(d.reason, '')), ?)"
            " OR instr(plain(coalesce(d.clause, '')), ?) OR EXISTS (SELECT 1"
            " FROM disclosure_recipient AS t WHERE t.disclosure = d.number"
            " AND instr(plain(t.name), ?)))"
        )
        conditions.append((text, (part,) * 4))
    if wanted.sha256 is not None:
        text = (
            "(d.sha256 = ? OR d.number IN (SELECT disclosure FROM disclosed_item"
            " INDEXED BY disclosed_item_by_digest WHERE sha256 = ?))"
        )
        conditions.append((text, (wanted.sha256, bytes.fromhex(wanted.sha256))))
    if wanted.since is not None:
        conditions.append(("d.at_us >= ?", (microseconds(wanted.since),)))
    if wanted.until is not None:
        conditions.append(("d.at_us < ?", (microseconds(wanted.until),)))
    return conditions


def _items_of(connection: Connection, number: int) -> tuple[DisclosedItem, ...]:
    found = connection.execute(
        "SELECT kind, reference, revision, sha256, within FROM disclosed_item"
        " WHERE disclosure = ? ORDER BY kind DESC, reference, within",
        (number,),
    )
    return tuple(item_of(row) for row in found)


def item_of(row: Row) -> DisclosedItem:
    """From the columns `kind, reference, revision, sha256, within`."""
    kind, reference, revision, sha256, within = row
    return DisclosedItem(
        kind, reference, revision, None if sha256 is None else bytes(sha256).hex(), within or None
    )


def _entered(row: Row) -> EnteredDisclosure:
    (_, disclosure_id, at_us, kind, title, clause, reason, sha256, outcome, is_from_log,
     recipients, items, open_items) = row  # fmt: skip
    return EnteredDisclosure(
        disclosure_id=DisclosureId(disclosure_id),
        at=moment_of(at_us),
        kind=DisclosureKind(kind),
        title=title,
        recipients=_recipients(json.loads(recipients)),
        clause=clause,
        reason=reason,
        sha256=sha256,
        outcome=Outcome(outcome),
        items=items,
        open_items=open_items,
        is_from_log=bool(is_from_log),
    )


def _recipients(pairs: Sequence[Sequence[str | None]]) -> tuple[Recipient, ...]:
    return tuple(Recipient(str(name), key) for name, key in pairs)
