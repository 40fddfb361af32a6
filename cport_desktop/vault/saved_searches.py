"""Searches that are kept, each analyst's own and the unit's; and where each analyst last looked.

A name is there once for each owner, letter case aside. What is pinned has places from 1 on without
gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.saved_search import (
    RemovedSearch,
    SavedSearch,
    SearchSubject,
    SearchTerms,
)
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

UNIT: Final = ""
"""The owner of what belongs to all."""

_LISTED: Final = """
SELECT s.search_id, s.analyst_id, s.subject, s.name, s.text, s.sort, s.place, coalesce(l.looked_at, 0)
FROM saved_search AS s LEFT JOIN saved_search_look AS l
ON l.search_id = s.search_id AND l.analyst_id = ?1
WHERE s.analyst_id IN (?1, '')
"""


def listing(reader: Reader, analyst: AnalystId) -> tuple[SavedSearch, ...]:
    """What this analyst has, and the unit's: what is pinned first, in its order, then by name."""
    found = reader.connection.execute(
        f"{_LISTED} ORDER BY s.place IS NULL, s.place, s.name COLLATE by_name, s.search_id",
        (analyst,),
    )
    return tuple(map(_search, found))


def find(reader: Reader, analyst: AnalystId, named: str) -> SavedSearch:
    """The one of this id or name; one's own goes before the unit's.

    Raises:
        UnknownReference: this analyst sees none.
    """
    wanted = named.casefold()
    for search in sorted(listing(reader, analyst), key=lambda each: each.is_units):
        if search.search_id == named or search.name.casefold() == wanted:
            return search
    raise UnknownReference(kind="saved search", reference=named)


def called(reader: Reader, owner: str, name: str) -> SavedSearch | None:
    """The one of this owner that has this name."""
    wanted = name.casefold()
    for search in listing(reader, AnalystId(owner)):
        if search.is_units == (owner == UNIT) and search.name.casefold() == wanted:
            return search
    return None


def count(reader: Reader, owner: str) -> int:
    """How many this owner has."""
    found = reader.connection.execute(
        "SELECT count(*) FROM saved_search WHERE analyst_id = ?", (owner,)
    ).fetchone()
    return int(found[0]) if found else 0


def insert(tx: Transaction, search_id: str, owner: str, terms: SearchTerms) -> None:
    """A new one, pinned nowhere. The caller adds the entry."""
    tx.connection.execute(
        "INSERT INTO saved_search (search_id, analyst_id, subject, name, text, sort, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (search_id, owner, terms.subject.value, terms.name, terms.text, terms.sort,
         microseconds(tx.now)),
    )  # fmt: skip


def change(tx: Transaction, search_id: str, terms: SearchTerms) -> None:
    """It asks this from now on. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE saved_search SET subject = ?, name = ?, text = ?, sort = ? WHERE search_id = ?",
        (terms.subject.value, terms.name, terms.text, terms.sort, search_id),
    )


def remove(tx: Transaction, search: SavedSearch) -> RemovedSearch:
    """It is gone, and where anybody looked with it; what it takes to put it back. The caller adds the
    entry.
    """
    named = (search.search_id,)
    made = tx.connection.execute(
        "SELECT made_at FROM saved_search WHERE search_id = ?", named
    ).fetchone()
    looks = tx.connection.execute(
        "DELETE FROM saved_search_look WHERE search_id = ? RETURNING analyst_id, looked_at", named
    ).fetchall()
    tx.connection.execute("DELETE FROM saved_search WHERE search_id = ?", named)
    return RemovedSearch(search, made[0] if made else 0, tuple(looks))


def put_back(tx: Transaction, owner: str, removed: RemovedSearch) -> None:
    """It is kept again, and so is where anybody looked; pinned nowhere yet. The caller adds the entry."""
    search = removed.search
    insert(tx, search.search_id, owner, search.terms)
    tx.connection.execute(
        "UPDATE saved_search SET made_at = ? WHERE search_id = ?",
        (removed.made_at, search.search_id),
    )
    for analyst, number in removed.looks:
        look(tx, search.search_id, analyst, number)


def erase(tx: Transaction, search_ids: Sequence[str]) -> None:
    """These are gone for good, whosever they were, and the rail of each owner has no gap. The caller adds
    the entries.
    """
    gone = [(search_id,) for search_id in search_ids]
    tx.connection.executemany("DELETE FROM saved_search_look WHERE search_id = ?", gone)
    tx.connection.executemany("DELETE FROM saved_search WHERE search_id = ?", gone)
    placed = tx.connection.execute(
        "SELECT row_number() OVER (PARTITION BY analyst_id ORDER BY place), search_id"
        " FROM saved_search WHERE place IS NOT NULL"
    ).fetchall()
    tx.connection.executemany("UPDATE saved_search SET place = ? WHERE search_id = ?", placed)


def look(tx: Transaction, search_id: str, analyst: AnalystId, number: int) -> None:
    """This analyst has seen what it finds up to the arrival of this number. The caller adds the
    entry.
    """
    tx.connection.execute(
        "INSERT OR REPLACE INTO saved_search_look (search_id, analyst_id, looked_at)"
        " VALUES (?, ?, ?)",
        (search_id, analyst, number),
    )


def pin(tx: Transaction, pinned: Sequence[SavedSearch]) -> None:
    """Exactly these, which are all of one owner, are pinned, in this order. The caller adds the
    entry.
    """
    tx.connection.executemany(
        "UPDATE saved_search SET place = ? WHERE search_id = ?",
        [(place, search.search_id) for place, search in enumerate(pinned, start=1)],
    )


def unpin(tx: Transaction, search_id: str) -> None:
    tx.connection.execute("UPDATE saved_search SET place = NULL WHERE search_id = ?", (search_id,))


def _search(row: Row) -> SavedSearch:
    search_id, owner, subject, name, text, sort, place, looked_at = row
    return SavedSearch(
        search_id=search_id,
        terms=SearchTerms(name, text, SearchSubject(subject), sort),
        is_units=owner == UNIT,
        place=place,
        looked_at=looked_at,
    )
