"""Every exchange on record: when it began, by which road, how it ended and what it brought.

Rows of `exchange_history`. One that has no outcome is under way, and if its process died the next
opening of the vault calls it cut off: nobody else can be at it, since one process holds a vault.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.exchange_history import (
    CUT_OFF,
    Direction,
    ExchangeFact,
    PastExchange,
)
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.rows import Page
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = "number, road, direction, started_at, ended_at, actor, outcome, facts"
_LISTING: Final = "exchanges"


def begin(
    tx: Transaction,
    *,
    road: str,
    direction: Direction,
    recipient: str | None = None,
    facts: Mapping[str, ExchangeFact] | None = None,
) -> int:
    """An exchange has begun, and the log says so; its number. `recipient`: the portal's id."""
    added = tx.connection.execute(
        "INSERT INTO exchange_history (road, direction, started_at, actor, facts)"
        " VALUES (?, ?, ?, ?, ?)",
        (road, direction.value, microseconds(tx.now), tx.actor, _print(facts or {})),
    )
    number = int(added.lastrowid or 0)
    tx.record(_entry("begin_exchange", number, recipient, (("road", road),)))
    return number


def end(
    tx: Transaction, number: int, *, outcome: str, facts: Mapping[str, ExchangeFact] | None = None
) -> None:
    """Exchange `number` has ended with `outcome`; `facts` are added to those that it began with.

    The log says so. An exchange that ended before stays as it ended.
    """
    known = tx.connection.execute(
        "SELECT facts FROM exchange_history WHERE number = ?", (number,)
    ).fetchone()
    said = {**(_parse(known[0]) if known else {}), **(facts or {})}
    tx.connection.execute(
        "UPDATE exchange_history SET ended_at = ?, outcome = ?, facts = ?"
        " WHERE number = ? AND outcome IS NULL",
        (microseconds(tx.now), outcome, _print(said), number),
    )
    tx.record(_entry("end_exchange", number, None, (("outcome", outcome),)))


def close_cut_off(connection: Connection) -> int:
    """Exchanges that never ended are called cut off; how many. For the opening of a vault, in
    the transaction that puts the opening on record.
    """
    done = connection.execute(
        "UPDATE exchange_history SET outcome = ? WHERE outcome IS NULL", (CUT_OFF,)
    )
    return int(done.rowcount)


def page(reader: Reader, *, limit: int, after: str | None = None) -> Page[PastExchange]:
    """Exchanges, the newest first.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    before = read_cursor(_LISTING, after, int) if after else None
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM exchange_history WHERE ?1 IS NULL OR number < ?1"  # noqa: S608 - constant text
        " ORDER BY number DESC LIMIT ?2",
        (before[0] if before else None, limit + 1),
    ).fetchall()
    rows = tuple(_past(row) for row in found[:limit])
    following = write_cursor(_LISTING, rows[-1].number) if len(found) > limit else None
    return Page(rows, following, elapsed_ms(started))


def _entry(
    verb: str, number: int, recipient: str | None, payload: tuple[tuple[str, str], ...]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.COLLECTION,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=f"exchange {number}",
        recipient=recipient,
        payload=payload,
    )


def _past(row: Row) -> PastExchange:
    number, road, direction, started_at, ended_at, actor, outcome, facts = row
    return PastExchange(
        number=number,
        road=road,
        direction=Direction(direction),
        started_at=moment_of(started_at),
        ended_at=None if ended_at is None else moment_of(ended_at),
        actor=Actor(actor),
        outcome=outcome,
        facts=_parse(facts),
    )


def _print(facts: Mapping[str, ExchangeFact]) -> str:
    return json.dumps(dict(facts), separators=(",", ":"), sort_keys=True)


def _parse(text: str) -> dict[str, ExchangeFact]:
    """What `_print` wrote, without what no version of it would have written."""
    found = json.loads(text)
    return {
        str(name): value
        for name, value in found.items()
        if value is None or isinstance(value, int | str)
    }
