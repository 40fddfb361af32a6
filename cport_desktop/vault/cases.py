"""Cases and what is in them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.case import Case, CaseId, CaseItem, CaseRow, CaseState, Lead, MomentKind
from cport_desktop.domain.case_list import CaseOrder
from cport_desktop.domain.ids import Actor, AnalystId
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.abouts import about_of, as_json
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = (
    "c.case_id, c.number, c.title, c.summary, c.state, c.lead, a.name, c.made_by, c.made_at,"
    " c.closed_by, c.closed_at, c.closed_why"
)
_FROM: Final = "FROM work_case AS c LEFT JOIN analyst AS a ON a.analyst_id = c.lead"
_FIGURES: Final = """,
 (SELECT count(*) FROM case_item AS i WHERE i.case_id = c.case_id AND i.kind = 'report'),
 (SELECT count(*) FROM case_item AS i WHERE i.case_id = c.case_id),
 (SELECT count(*) FROM task AS t WHERE t.kind = 'case' AND t.reference = c.number
  AND t.done_at IS NULL AND t.taken_back_at IS NULL),
 (SELECT count(*) FROM task AS t WHERE t.kind = 'case' AND t.reference = c.number
  AND t.done_at IS NULL AND t.due_at < ?1 AND t.taken_back_at IS NULL),
 (SELECT count(*) FROM note AS n WHERE n.kind = 'case' AND n.reference = c.number
  AND n.taken_back_at IS NULL),
 max(c.made_at,
     (SELECT ifnull(max(i.added_at), 0) FROM case_item AS i WHERE i.case_id = c.case_id),
     (SELECT ifnull(max(u.at), 0) FROM case_turn AS u WHERE u.case_id = c.case_id),
     (SELECT ifnull(max(max(n.made_at, ifnull(n.changed_at, 0))), 0) FROM note AS n
      WHERE n.kind = 'case' AND n.reference = c.number),
     (SELECT ifnull(max(max(t.made_at, ifnull(t.done_at, 0))), 0) FROM task AS t
      WHERE t.kind = 'case' AND t.reference = c.number))
"""
_LISTING: Final = "cases"
_ITEMS: Final = "items of a case"
_BY_TITLE: Final = "(c.title COLLATE by_name, c.number)"
_LAST: Final = "(SELECT b.title, b.number FROM work_case AS b WHERE b.number = ?1)"
_IN_ORDER: Final = {
    order: "SELECT c.number FROM work_case AS c"  # noqa: S608 - constant text
    f" WHERE (?1 IS NULL OR {behind}) AND (?2 = '' OR c.state = ?2)"
    " AND (?3 = '' OR instr(plain(c.title), plain(?3)))"
    f" ORDER BY {sort}"
    for order, behind, sort in (
        (CaseOrder.NEWEST, "c.number < ?1", "c.number DESC"),
        (CaseOrder.OLDEST, "c.number > ?1", "c.number"),
        (CaseOrder.TITLE, f"{_BY_TITLE} > {_LAST}", "c.title COLLATE by_name, c.number"),
        (
            CaseOrder.TITLE_BACKWARDS,
            f"{_BY_TITLE} < {_LAST}",
            "c.title COLLATE by_name DESC, c.number DESC",
        ),
    )
}
_ADD: Final = """
INSERT OR IGNORE INTO case_item (case_id, kind, reference, added_by, added_at)
SELECT ?1, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), ?2, ?3
FROM json_each(?4) AS j WHERE true
RETURNING kind, reference
"""
_REMOVE: Final = """
DELETE FROM case_item WHERE case_id = ? AND (kind, reference) IN
 (SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]') FROM json_each(?) AS j)
RETURNING kind, reference
"""
_PAGE_OF_ITEMS: Final = """
WITH chosen AS MATERIALIZED (
 SELECT i.kind, i.reference, i.added_by, i.added_at, i.kind || ':' || i.reference AS name
 FROM case_item AS i WHERE i.case_id = ?1 AND (?2 = '' OR i.kind = ?2)
 AND (?3 IS NULL OR (i.added_at, i.kind || ':' || i.reference) < (?4, ?3))
 ORDER BY i.added_at DESC, name DESC LIMIT ?5)
SELECT x.kind, x.reference, x.added_by, x.added_at, x.name, v.domain, v.classification, v.received_at
FROM chosen AS x LEFT JOIN report_as_seen AS v ON x.kind = 'report' AND v.report_id = x.reference
ORDER BY x.added_at DESC, x.name DESC
"""


def begin(tx: Transaction, case_id: CaseId, *, title: str, summary: str) -> Case:
    """The case is open, under the next number. The caller adds the entry."""
    tx.connection.execute(
        "INSERT INTO work_case (case_id, number, title, summary, state, made_by, made_at)"
        " SELECT ?, ifnull(max(number), 0) + 1, ?, ?, 'open', ?, ? FROM work_case",
        (case_id, title, summary, tx.actor, microseconds(tx.now)),
    )
    found = tx.connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE c.case_id = ?",
        (case_id,),
    ).fetchone()
    return _case(found or ())


def find(reader: Reader, number: int) -> Case:
    """The case of this number.

    Raises:
        UnknownReference: there is none.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE c.number = ?",
        (number,),
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="case", reference=f"C-{number}")
    return _case(found)


def retitle(tx: Transaction, case: Case, *, title: str, summary: str) -> None:
    """It has this title and summary. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE work_case SET title = ?, summary = ? WHERE case_id = ?",
        (title, summary, case.case_id),
    )
    turn(tx, case, MomentKind.RETITLED)


def give_lead(tx: Transaction, case: Case, lead: Lead | None) -> None:
    """It is led by this analyst, or by nobody. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE work_case SET lead = ? WHERE case_id = ?",
        (None if lead is None else lead.analyst_id, case.case_id),
    )
    turn(tx, case, MomentKind.LED, why=None if lead is None else lead.name)


def close(tx: Transaction, case: Case, why: str) -> None:
    """It is closed. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE work_case SET state = 'closed', closed_by = ?, closed_at = ?, closed_why = ?"
        " WHERE case_id = ?",
        (tx.actor, microseconds(tx.now), why, case.case_id),
    )
    turn(tx, case, MomentKind.CLOSED, why=why)


def reopen(tx: Transaction, case: Case, why: str) -> None:
    """It is open again. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE work_case SET state = 'open', closed_by = NULL, closed_at = NULL,"
        " closed_why = NULL WHERE case_id = ?",
        (case.case_id,),
    )
    turn(tx, case, MomentKind.REOPENED, why=why)


def turn(tx: Transaction, case: Case, what: MomentKind, *, why: str | None = None) -> None:
    """Its history has this."""
    tx.connection.execute(
        "INSERT INTO case_turn (case_id, at, by, what, why) VALUES (?, ?, ?, ?, ?)",
        (case.case_id, microseconds(tx.now), tx.actor, what.value, why),
    )


def add(tx: Transaction, case: Case, abouts: Sequence[About]) -> tuple[About, ...]:
    """All of these are in it; those that were not. The caller adds the entries."""
    found = tx.connection.execute(
        _ADD, (case.case_id, tx.actor, microseconds(tx.now), as_json(abouts))
    ).fetchall()
    return tuple(about_of(kind, reference) for kind, reference in found)


def remove(tx: Transaction, case: Case, abouts: Sequence[About]) -> tuple[About, ...]:
    """None of these is in it; those that were. The caller adds the entries."""
    found = tx.connection.execute(_REMOVE, (case.case_id, as_json(abouts))).fetchall()
    tx.connection.executemany(
        "INSERT INTO case_turn (case_id, at, by, what, kind, reference) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (case.case_id, microseconds(tx.now), tx.actor, MomentKind.REMOVED.value, *one)
            for one in found
        ],
    )
    return tuple(about_of(kind, reference) for kind, reference in found)


def size(reader: Reader, case: Case, kind: AboutKind | None = None) -> int:
    """How many items it has, or how many of one kind."""
    found = reader.connection.execute(
        "SELECT count(*) FROM case_item WHERE case_id = ?1 AND (?2 = '' OR kind = ?2)",
        (case.case_id, "" if kind is None else kind.value),
    ).fetchone()
    return int(found[0]) if found else 0


def page(
    reader: Reader,
    *,
    limit: int,
    now: datetime,
    after: str | None = None,
    order: CaseOrder = CaseOrder.NEWEST,
    state: CaseState | None = None,
    titled: str = "",
    is_asked_for: Callable[[CaseRow], bool] = lambda _row: True,
) -> Page[CaseRow]:
    """Cases behind the cursor `after`, in `order`: those in `state`, with `titled` in the title, that are
    asked for. Cases are read until there are enough; what is passed over costs its figures.

    Raises:
        UnknownReference: a cursor that this list never gave out in this order.
    """
    started = time.perf_counter()
    listing = f"{_LISTING} {order.value}"
    (behind,) = read_cursor(listing, after, int) if after else (None,)
    found = reader.connection.execute(
        _IN_ORDER[order], (behind, "" if state is None else state.value, titled)
    )
    rows = (_row_of(reader, number, now) for (number,) in found)
    fitting = filter(is_asked_for, rows)
    shown = list(islice(fitting, limit))
    has_more = next(fitting, None) is not None
    following = write_cursor(listing, shown[-1].case.number) if shown and has_more else None
    return Page(shown, following, elapsed_ms(started))


def row_of(reader: Reader, case: Case, *, now: datetime) -> CaseRow:
    """The line of one case."""
    return _row_of(reader, case.number, now)


def count(reader: Reader, state: CaseState | None = None) -> int:
    """How many cases there are in `state`."""
    found = reader.connection.execute(
        "SELECT count(*) FROM work_case WHERE ?1 = '' OR state = ?1",
        ("" if state is None else state.value,),
    ).fetchone()
    return int(found[0]) if found else 0


def items(
    reader: Reader,
    case: Case,
    *,
    limit: int,
    after: str | None = None,
    kind: AboutKind | None = None,
) -> Page[CaseItem]:
    """What is in it behind the cursor `after`, what was added last first.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    added_at, name = read_cursor(_ITEMS, after, int, str) if after else (None, None)
    found = reader.connection.execute(
        _PAGE_OF_ITEMS,
        (case.case_id, "" if kind is None else kind.value, name, added_at, limit + 1),
    ).fetchall()
    shown = found[:limit]
    following = (
        write_cursor(_ITEMS, shown[-1][3], shown[-1][4]) if shown and len(found) > limit else None
    )
    return Page([_item(row) for row in shown], following, elapsed_ms(started))


def holding(reader: Reader, about: About) -> tuple[Case, ...]:
    """The cases that a thing is in, the newest first."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM case_item AS i INDEXED BY case_item_by_reference"  # noqa: S608 - constant text
        " CROSS JOIN work_case AS c ON c.case_id = i.case_id"
        " LEFT JOIN analyst AS a ON a.analyst_id = c.lead"
        " WHERE i.kind = ? AND i.reference = ? ORDER BY c.number DESC",
        (about.kind.value, about.reference),
    )
    return tuple(_case(row) for row in found)


def _row_of(reader: Reader, number: int, now: datetime) -> CaseRow:
    found = reader.connection.execute(
        f"SELECT {_COLUMNS}{_FIGURES} {_FROM} WHERE c.number = ?2",
        (microseconds(now), number),
    ).fetchone()
    return _row(found or ())


def _case(row: Row) -> Case:
    (case_id, number, title, summary, state, lead, lead_name, made_by, made_at, closed_by,
     closed_at, closed_why) = row  # fmt: skip
    return Case(
        case_id=CaseId(case_id),
        number=number,
        title=title,
        summary=summary,
        state=CaseState(state),
        lead=None if lead is None else Lead(AnalystId(lead), Actor(lead_name or "")),
        made_by=Actor(made_by),
        made_at=moment_of(made_at),
        closed_by=None if closed_by is None else Actor(closed_by),
        closed_at=None if closed_at is None else moment_of(closed_at),
        closed_why=closed_why,
    )


def _row(row: Row) -> CaseRow:
    reports, items_of, tasks_open, tasks_overdue, notes_of, active_at = row[12:]
    return CaseRow(
        case=_case(row[:12]),
        reports=reports,
        items=items_of,
        tasks_open=tasks_open,
        tasks_overdue=tasks_overdue,
        notes=notes_of,
        active_at=moment_of(active_at),
    )


def _item(row: Row) -> CaseItem:
    kind, reference, added_by, added_at, _name, domain, classification, received_at = row
    return CaseItem(
        about=about_of(kind, reference),
        added_by=Actor(added_by),
        added_at=moment_of(added_at),
        domain=domain,
        classification=classification,
        received_at=None if received_at is None else moment_of(received_at),
    )
