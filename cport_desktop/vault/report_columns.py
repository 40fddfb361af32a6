"""Whole columns of the reports, as JSON arrays that SQLite writes: for whoever keeps them in memory.

One statement reads many reports and gives one row, so that no object is made for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cport_desktop.domain.figure import A_DAY_US
from cport_desktop.domain.query import Query, Words
from cport_desktop.vault.facet_counts import KINDS
from cport_desktop.vault.report_conditions import sieves
from cport_desktop.vault.report_plan import BY_ROW, where
from cport_desktop.vault.search import words_expression
from cport_desktop.vault.sieve import Sql, within
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.work_conditions import came_after

Group = tuple[str, str]

REMOVAL_DAYS: Final = f"max(removed_at - received_at, 0) / {A_DAY_US}"
"""Whole days from its receipt to its removal; NULL without one."""

NUMBERS: Final[Mapping[str, str]] = {
    "row": "row",
    "report_id": "report_id",
    "status": "CASE status WHEN 'new' THEN 0 WHEN 'corrected' THEN 1 ELSE 2 END",
    "classification": "classification",
    "age": "ifnull(age, -1)",
    "gender": "ifnull(gender, -1)",
    "site_type": "ifnull(site_type, -1)",
    "commerciality": "ifnull(commerciality, -1)",
    "hotline": "hotline",
    "autonomous_system": "ifnull(autonomous_system, -1)",
    "received_at": "received_at",
    "updated_at": "updated_at",
    "assigned_at": "ifnull(assigned_at, -1)",
    "last_action": "ifnull(last_action, -1)",
    "media_count": "media_count",
    "removal_days": f"ifnull({REMOVAL_DAYS}, -1)",
    KINDS: "ifnull((SELECT k.kinds FROM report_kind AS k WHERE k.row = report.row), 0)",
}
"""What is read of each report as a number; what is unknown as -1."""

STATUSES: Final = ("new", "corrected", "withdrawn")
"""By the number that stands for them."""

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "hosting_country": ("hosting_country", "report_by_hosting"),
    "assigned_country": ("assigned_country", "report_by_assignment"),
    "domain": ("domain", "report_by_domain"),
    "provider": ("lower(provider)", "report_by_provider"),
}
"""What is read as texts, each through the index that has them in order."""

_PIECE: Final = 50_000
"""Reports in one statement: some megabytes of text, some tens of milliseconds."""
_ARRAYS: Final = ", ".join(f"json_group_array({name})" for name in NUMBERS)
_PICKED: Final = ", ".join(f"{expression} AS {name}" for name, expression in NUMBERS.items())


def pieces(reader: Reader) -> Iterator[dict[str, str]]:
    """All columns of numbers, by name, in pieces, in the order of rows."""
    last = -1
    yield dict.fromkeys(NUMBERS, "[]")  # So that each column is there, whatever follows.
    while True:
        found = reader.connection.execute(
            f"SELECT count(*), max(row), {_ARRAYS} FROM (SELECT {_PICKED} FROM report NOT INDEXED"  # noqa: S608 - constant names
            " WHERE row > ? ORDER BY row LIMIT ?)",
            (last, _PIECE),
        ).fetchone()
        if found is None or not found[0]:
            return
        last = found[1]
        yield dict(zip(NUMBERS, found[2:], strict=True))


def groups(reader: Reader, text: str) -> Iterator[Group]:
    """Each text of the column `text`, in order, with the rows that have it."""
    expression, index = TEXTS[text]
    column = "provider" if text == "provider" else text
    yield from reader.connection.execute(
        f"SELECT min({expression}), json_group_array(row) FROM report INDEXED BY {index}"  # noqa: S608 - constant names
        f" GROUP BY {column} ORDER BY {column}"
    )


def changed(reader: Reader, since: int) -> str:
    """The numbers of the reports that came or changed after the arrival `since`."""
    found = reader.connection.execute(
        "SELECT json_group_array(report_id) FROM arrival WHERE number > ?", (since,)
    ).fetchone()
    return str(found[0]) if found else "[]"


def these(reader: Reader, report_ids: str) -> dict[str, str]:
    """The columns of numbers of these reports, as far as they are here, in the order of rows."""
    found = reader.connection.execute(
        f"SELECT {_ARRAYS} FROM (SELECT {_PICKED} FROM report WHERE report_id IN"  # noqa: S608 - constant names
        " (SELECT value FROM json_each(?)) ORDER BY row)",
        (report_ids,),
    ).fetchone()
    return dict(zip(NUMBERS, found, strict=True)) if found else {}


def groups_of(reader: Reader, text: str, report_ids: str) -> Iterator[Group]:
    """As `groups`, of these reports alone."""
    expression, _ = TEXTS[text]
    yield from reader.connection.execute(
        f"SELECT {expression} AS name, json_group_array(row) FROM report WHERE report_id IN"  # noqa: S608 - constant names
        " (SELECT value FROM json_each(?)) GROUP BY name ORDER BY name",
        (report_ids,),
    )


def numbers_here(reader: Reader) -> str:
    """The numbers of all reports."""
    found = reader.connection.execute(
        "SELECT json_group_array(report_id) FROM report INDEXED BY report_by_id"
    ).fetchone()
    return str(found[0]) if found else "[]"


def overlay(reader: Reader) -> tuple[str, dict[str, str]]:
    """The rows of overlaid reports, and what they are seen as."""
    found = reader.connection.execute(
        "SELECT json_group_array(row), json_group_array(classification),"
        " json_group_array(ifnull(age, -1)), json_group_array(ifnull(gender, -1))"
        " FROM report_overlay"
    ).fetchone()
    rows, classes, ages, genders = found or ("[]",) * 4
    return rows, {"classification": classes, "age": ages, "gender": genders}


def kinds_since(reader: Reader, log_size: int) -> tuple[str, dict[str, str]]:
    """The rows of reports whose kinds of media changed since the log was so long, by files that came;
    and their kinds. As soon as that, or a little sooner.
    """
    found = reader.connection.execute(
        "SELECT json_group_array(row), json_group_array(kinds) FROM report_kind"
        " INDEXED BY report_kind_since WHERE since >= ?",
        (log_size,),
    ).fetchone()
    rows, kinds = found or ("[]", "[]")
    return rows, {KINDS: kinds}


def rows_that(reader: Reader, query: Query) -> str:
    """The rows of all reports that meet `query`, one condition or words alone; repetitions are possible."""
    has_overlay = reader.connection.execute("SELECT EXISTS (SELECT 1 FROM report_overlay)")
    (sieve,) = sieves(query, has_overlay=has_overlay.fetchone() == (1,)).all
    statement = sieve.source
    if statement is None or not sieve.is_exact:
        within_source = () if statement is None else (within(statement),)
        found = where(BY_ROW, (*within_source, sieve.test))
        statement = Sql(f"SELECT r.row FROM {found.text}", found.parameters)  # noqa: S608 - made of sieves
    return _array(reader, statement)


def hits(
    reader: Reader,
    words: Sequence[Words],
    *,
    is_descending: bool,
    behind: int | None,
    limit: int,
) -> tuple[str, int | None]:
    """The first `limit` rows that have all `words`, in the order of receipt or its opposite, behind a
    row; and the last of them, None if there is none.
    """
    sign, direction, last = ("<", "DESC", "min") if is_descending else (">", "ASC", "max")
    place = f" AND rowid {sign} ?" if behind is not None else ""
    found = reader.connection.execute(
        f"SELECT json_group_array(row), {last}(row) FROM (SELECT rowid AS row FROM report_words"  # noqa: S608 - constant names
        f" WHERE report_words MATCH ?{place} ORDER BY rowid {direction} LIMIT ?)",
        (words_expression(words), *(() if behind is None else (behind,)), limit),
    ).fetchone()
    return (str(found[0]), found[1]) if found else ("[]", None)


def rows_since(reader: Reader, number: int) -> str:
    """The rows of all reports that came or changed after this arrival."""
    source = came_after(number).source
    assert source is not None
    return _array(reader, source)


def _array(reader: Reader, rows: Sql) -> str:
    found = reader.connection.execute(
        f"SELECT json_group_array(row) FROM ({rows.text})",  # noqa: S608 - made of sieves
        rows.parameters,
    ).fetchone()
    return str(found[0]) if found else "[]"


def size(reader: Reader) -> int:
    """How many reports there are."""
    found = reader.connection.execute(
        "SELECT sum(reports) FROM facet_tally WHERE facet = 'status'"
    ).fetchone()
    return int(found[0] or 0) if found else 0


def log_size(reader: Reader) -> int:
    """How many entries the log has: every change of the vault adds one at least."""
    found = reader.connection.execute("SELECT size FROM audit_head").fetchone()
    return int(found[0]) if found else 0
