"""Conditions of a query that speak of hash lists, as SQL: on a media item `m`, and on a report `r`.

- known: a positive list has it, by a hit that stands.
- harmless: a negative list has it, and no positive one.
- list: that list has it, whichever side it is on; by its id, or by its whole name.
- distance: some hit that stands is so many bits apart; 0 for the same bytes.

Of a report it is asked of any of its media. What only few contents are is looked up from the lists;
otherwise each item that is walked past is asked.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.query import Condition, Field, FieldIs, Is, IsState, Within
from cport_desktop.vault.search import plain
from cport_desktop.vault.sieve import Sieve, Sql, marks
from cport_desktop.vault.transaction import Reader

_FEW: Final = 2_000
"""Hits up to which their items are looked up, rather than items asked for theirs."""

_POSITIVE: Final = Sql("NOT k.is_negative")
_NEGATIVE: Final = Sql("k.is_negative")


def is_on_hits(condition: Condition) -> bool:
    """The condition speaks of hash lists."""
    match condition:
        case IsState(Is.KNOWN | Is.HARMLESS) | FieldIs(Field.LIST) | Within():
            return True
        case _:
            return False


def of_item(condition: Condition) -> Sql:
    """The test on a media item `m`."""
    test = _has_hit(_wanted(condition))
    return _and(test, _no_positive()) if _is_harmless(condition) else test


def items_of_few(reader: Reader, condition: Condition) -> Sql | None:
    """The same, for SQLite to begin from the hits; None if there are too many."""
    wanted = _wanted(condition)
    found = reader.connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {_hits(wanted)} LIMIT ?)",  # noqa: S608 - constant text
        (*wanted.parameters, _FEW + 1),
    ).fetchone()
    if found is None or found[0] > _FEW:
        return None
    test = Sql(f"m.announced_sha256 IN (SELECT h.sha256 {_hits(wanted)})", wanted.parameters)
    return _and(test, _no_positive()) if _is_harmless(condition) else test


def of_report(condition: Condition) -> Sieve:
    """The condition on any media item of a report `r`."""
    wanted, item = _wanted(condition), of_item(condition)
    test = Sql(
        "EXISTS (SELECT 1 FROM report_media AS l CROSS JOIN media_item AS m"  # noqa: S608 - constant text
        f" ON m.media_id = l.media_id WHERE l.row = r.row AND {item.text})",
        item.parameters,
    )
    left = f" AND {_no_positive().text}" if _is_harmless(condition) else ""
    source = Sql(
        "SELECT l.row FROM hash_list AS k CROSS JOIN hit AS h INDEXED BY hit_by_list"  # noqa: S608 - constant text
        " ON h.list = k.list AND h.ended_at IS NULL"
        " CROSS JOIN media_item AS m INDEXED BY media_by_announcement"
        " ON m.announced_sha256 = h.sha256"
        " CROSS JOIN report_media AS l ON l.media_id = m.media_id"
        f" WHERE {wanted.text}{left}",
        wanted.parameters,
    )
    return Sieve(test, test, source)


def _wanted(condition: Condition) -> Sql:
    """What is asked of a hit `h` and its list `k`."""
    match condition:
        case IsState(Is.HARMLESS):
            return _NEGATIVE
        case FieldIs(Field.LIST, values):
            names = tuple(map(plain, values))
            return Sql(
                f"(k.list_id IN {marks(values)} OR plain(k.name) IN {marks(names)})",
                values + names,
            )
        case Within(_, least, most):
            return Sql("h.distance BETWEEN ? AND ?", (least, most))
        case _:
            return _POSITIVE


def _hits(wanted: Sql) -> str:
    return (
        "FROM hash_list AS k CROSS JOIN hit AS h INDEXED BY hit_by_list"
        f" ON h.list = k.list AND h.ended_at IS NULL WHERE {wanted.text}"
    )


def _has_hit(wanted: Sql) -> Sql:
    return Sql(
        "EXISTS (SELECT 1 FROM hit AS h CROSS JOIN hash_list AS k ON k.list = h.list"  # noqa: S608 - constant text
        f" WHERE h.sha256 = m.announced_sha256 AND h.ended_at IS NULL AND {wanted.text})",
        wanted.parameters,
    )


def _no_positive() -> Sql:
    return Sql(f"NOT {_has_hit(_POSITIVE).text}")


def _is_harmless(condition: Condition) -> bool:
    return isinstance(condition, IsState) and condition.state is Is.HARMLESS


def _and(first: Sql, second: Sql) -> Sql:
    return Sql(f"({first.text}) AND {second.text}", first.parameters + second.parameters)
