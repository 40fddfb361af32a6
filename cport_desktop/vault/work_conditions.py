"""Conditions on what people here did with a report, as SQL about a report `r`.

- `case:` by its number (`C-12`, `12`) or a part of its title; `tag:` by its whole name; `note:` a part of a
  note that stands.
- `stack:` a media item of it is in the stack of that item (`M-17`).
- `by:` a part of the name of whoever did something about it towards the portal.
- `seen:me`, `seen:no`: whether the person who asks has opened it. Nobody can ask it of another.
- exported: it was among what left in a package.
- imported: it is here by a colleague's package alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.query import Field
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.search import plain
from cport_desktop.vault.sieve import Sieve, Sql, from_source, marks, negated

WORKBENCH_FIELDS: Final = (Field.STACK, Field.CASE, Field.TAG, Field.BY, Field.SEEN)

_OF_REPORTS: Final = "CROSS JOIN report AS w ON w.report_id = x.reference WHERE x.kind = 'report'"
"""The reports that rows `x` are about."""


FLAGGED: Final = from_source(Sql(f"SELECT w.row FROM flag AS x {_OF_REPORTS}"))  # noqa: S608 - constant text
EXPORTED: Final = from_source(
    Sql(
        "SELECT w.row FROM disclosed_item AS x CROSS JOIN disclosure AS d"
        " ON d.number = x.disclosure CROSS JOIN report AS w"
        " ON w.report_id = CAST(substr(x.reference, 4) AS INTEGER)"
        " WHERE x.kind = 'report' AND d.kind = 'package' AND d.outcome <> 'not_left'"
    )
)
IMPORTED: Final = from_source(
    Sql(
        "SELECT w.row FROM imported_report AS x CROSS JOIN report AS w ON w.report_id = x.report_id"
    )
)


def worked_on(field: Field, values: tuple[str, ...], asker: AnalystId | None) -> Sieve:
    """One of `WORKBENCH_FIELDS` has one of `values`."""
    if field is Field.SEEN:
        return _seen(values, asker)
    if field is Field.CASE:
        return from_source(_of_cases(values))
    if field is Field.TAG:
        return from_source(_tagged(values))
    return from_source(_of_stacks(values) if field is Field.STACK else _done_by(values))


def has_note(part: str = "") -> Sieve:
    """A note that stands is on it, with `part` in it."""
    source = f"SELECT w.row FROM note AS x {_OF_REPORTS} AND x.taken_back_at IS NULL"  # noqa: S608 - constant text
    if not part:
        return from_source(Sql(source))
    return from_source(Sql(f"{source} AND instr(plain(x.text), ?)", (plain(part),)))


def is_assigned_to(asker: AnalystId | None) -> Sieve:
    return from_source(
        Sql(
            "SELECT w.row FROM assignment AS x CROSS JOIN report AS w ON w.report_id = x.report_id"
            " WHERE x.analyst_id = ?",
            (asker or "",),
        )
    )


def came_after(number: int) -> Sieve:
    """It came or changed after the arrival of this number."""
    return from_source(
        Sql(
            "SELECT w.row FROM arrival AS x CROSS JOIN report AS w ON w.report_id = x.report_id"
            " WHERE x.number > ?",
            (number,),
        )
    )


def came_within(start: datetime | None, end: datetime | None) -> Sieve:
    """It came or last changed here within [`start`, `end`), by this machine's clock."""
    bounds = [
        (f" AND x.at_us {sign} ?", microseconds(moment))
        for moment, sign in ((start, ">="), (end, "<"))
        if moment is not None
    ]
    return from_source(
        Sql(
            "SELECT w.row FROM arrival AS x INDEXED BY arrival_by_moment"  # noqa: S608 - constant text
            " CROSS JOIN report AS w ON w.report_id = x.report_id WHERE x.at_us >= 0"
            + "".join(text for text, _ in bounds),
            tuple(at for _, at in bounds),
        )
    )


def _seen(values: tuple[str, ...], asker: AnalystId | None) -> Sieve:
    mine = from_source(
        Sql(
            "SELECT w.row FROM opened_report AS x CROSS JOIN report AS w"
            " ON w.report_id = x.report_id WHERE x.analyst_id = ?",
            (asker or "",),
        )
    )
    if len(set(values)) > 1:
        return Sieve(Sql("1"), Sql("1"))
    return mine if values == ("me",) else negated(mine)


def _of_cases(values: tuple[str, ...]) -> Sql:
    numbers = tuple(number for number in map(_number, values) if number is not None)
    names = tuple(plain(value) for value in values if _number(value) is None)
    named = " OR ".join("instr(plain(c.title), ?)" for _ in names) or "0"
    return Sql(
        "SELECT w.row FROM work_case AS c CROSS JOIN case_item AS x ON x.case_id = c.case_id"  # noqa: S608 - placeholders
        f" {_OF_REPORTS} AND (c.number IN {marks(numbers)} OR {named})",
        numbers + names,
    )


def _tagged(values: tuple[str, ...]) -> Sql:
    names = tuple(value.casefold() for value in values)
    return Sql(
        "SELECT w.row FROM tag AS t CROSS JOIN tagged AS x ON x.tag_id = t.tag_id"  # noqa: S608 - placeholders
        f" {_OF_REPORTS} AND t.folded IN {marks(names)}",
        names,
    )


def _of_stacks(values: tuple[str, ...]) -> Sql:
    leads = tuple(number for number in map(_number, values) if number is not None)
    return Sql(
        "SELECT l.row FROM media_item AS i CROSS JOIN likeness AS a ON a.sha256 = i.announced_sha256"  # noqa: S608 - placeholders
        " CROSS JOIN likeness AS b INDEXED BY likeness_by_stack ON b.stack = a.stack"
        " CROSS JOIN media_item AS m ON m.announced_sha256 = b.sha256"
        f" CROSS JOIN report_media AS l ON l.media_id = m.media_id WHERE i.media_id IN {marks(leads)}",
        leads,
    )


def _done_by(values: tuple[str, ...]) -> Sql:
    names = tuple(plain(value) for value in values)
    named = " OR ".join("instr(plain(o.actor), ?)" for _ in names)
    return Sql(
        "SELECT w.row FROM operation AS o CROSS JOIN operation_report AS x"  # noqa: S608 - placeholders
        " ON x.sequence = o.sequence CROSS JOIN report AS w ON w.report_id = x.report_id"
        f" WHERE {named}",
        names,
    )


def _number(value: str) -> int | None:
    """The number in `C-12`, `M-12` or `12`."""
    digits = value[2:] if value[:2].upper() in ("C-", "M-") else value
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
