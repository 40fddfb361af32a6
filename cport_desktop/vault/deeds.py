"""Deeds of analysts and their steps, in the tables `deed` and `deed_step`.

Steps come one by one, so that an act in pieces is one deed, and what was done of it before a power cut
can be undone. Each analyst's newest `KEPT` deeds are kept. A deed is written in the transaction of what
it is about, whose entry in the log is the trace; it has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.deed import Deed, DeedKind, DeedState, PlacedStep, Step
from cport_desktop.domain.ids import AnalystId
from cport_desktop.errors import VaultDamaged
from cport_desktop.formats.deed_record import parse_step, print_step
from cport_desktop.vault.abouts import as_json
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader, Transaction

KEPT: Final = 200
"""Deeds of an analyst that can be undone: a long day's, bulk acts counted as one."""

_COLUMNS: Final = (
    "d.number, d.kind, d.detail, d.at_us, d.state,"
    " (SELECT count(*) FROM deed_step AS s WHERE s.number = d.number),"
    " (SELECT count(*) FROM deed_step AS s WHERE s.number = d.number AND s.is_undone = 1),"
    " f.kind, f.reference"
)
_DEEDS: Final = (
    f"SELECT {_COLUMNS} FROM deed AS d LEFT JOIN deed_step AS f ON f.number = d.number"  # noqa: S608 - constant text
    " AND f.place = (SELECT min(place) FROM deed_step WHERE number = d.number)"
    " WHERE d.analyst_id = ?"
)
_PAST: Final = """
SELECT d.number FROM deed AS d WHERE d.analyst_id = ?1 AND (d.state = 'undone' OR d.number <= (
    SELECT k.number FROM deed AS k WHERE k.analyst_id = ?1 ORDER BY k.number DESC LIMIT 1 OFFSET ?2))
"""
"""What cannot be turned any more once something else is done: what was undone, and what is too old."""
_NOTHING: Final = "none"


class OneDeed:
    """One act of an analyst, in as many transactions as it takes. Begun with its first step."""

    def __init__(self, analyst_id: AnalystId, kind: DeedKind, detail: str = "") -> None:
        self._analyst_id = analyst_id
        self._kind = kind
        self._detail = detail
        self._at = 0
        self.number: int | None = None

    def add(self, tx: Transaction, steps: Iterable[tuple[About | None, Step]]) -> None:
        """These steps belong to it, once the transaction commits."""
        found = list(steps)
        if not found:
            return
        if self.number is None or not self._is_there(tx, self.number):
            self.number = self._begun(tx)
        place = tx.connection.execute(
            "SELECT coalesce(max(place), 0) FROM deed_step WHERE number = ?", (self.number,)
        ).fetchone()
        first = 1 + (place[0] if place else 0)
        tx.connection.executemany(
            "INSERT INTO deed_step (number, place, kind, reference, step) VALUES (?, ?, ?, ?, ?)",
            [
                (self.number, first + at, *_stored(about), print_step(step))
                for at, (about, step) in enumerate(found)
            ],
        )

    def _is_there(self, reader: Reader, number: int) -> bool:
        """What began it was not undone by an error, after which another deed may have its number."""
        found = reader.connection.execute(
            "SELECT 1 FROM deed WHERE number = ? AND at_us = ? AND analyst_id = ?",
            (number, self._at, self._analyst_id),
        )
        return found.fetchone() is not None

    def _begun(self, tx: Transaction) -> int:
        """Nothing that was undone before can be redone any more."""
        connection = tx.connection
        for table in ("deed_step", "deed"):
            connection.execute(
                f"DELETE FROM {table} WHERE number IN ({_PAST})",  # noqa: S608 - constant text
                (self._analyst_id, KEPT - 1),
            )
        self._at = microseconds(tx.now)
        return connection.execute(
            "INSERT INTO deed (analyst_id, at_us, kind, detail, state, turned_at)"
            " VALUES (?, ?, ?, ?, 'done', 0)",
            (self._analyst_id, self._at, self._kind.value, self._detail),
        ).lastrowid


def to_undo(reader: Reader, analyst_id: AnalystId, number: int | None = None) -> Deed | None:
    """The newest deed that is done, or the one of this number; None if there is none."""
    return _first(
        reader,
        f"{_DEEDS} AND d.state = 'done' AND (?2 IS NULL OR d.number = ?2)"
        " ORDER BY d.number DESC LIMIT 1",
        (analyst_id, number),
    )


def to_redo(reader: Reader, analyst_id: AnalystId) -> Deed | None:
    """The deed that was undone last; None if there is none."""
    order = " AND d.state = 'undone' ORDER BY d.turned_at DESC, d.number LIMIT 1"
    return _first(reader, _DEEDS + order, (analyst_id,))


def listing(
    reader: Reader, analyst_id: AnalystId, *, limit: int, before: int | None = None
) -> tuple[Deed, ...]:
    """The newest `limit` deeds of an analyst, those older than number `before`."""
    found = reader.connection.execute(
        f"{_DEEDS} AND (?2 IS NULL OR d.number < ?2) ORDER BY d.number DESC LIMIT ?3",
        (analyst_id, before, limit),
    )
    return tuple(map(_deed, found.fetchall()))


def steps(
    reader: Reader, number: int, *, undone: bool, limit: int, beyond: int | None = None
) -> tuple[PlacedStep, ...]:
    """So many steps of a deed that are undone (first place first) or done (last place first), behind
    place `beyond` in that order.
    """
    after, order = (">", "ASC") if undone else ("<", "DESC")
    found = reader.connection.execute(
        "SELECT place, kind, reference, step, is_undone FROM deed_step"  # noqa: S608 - constant text
        f" WHERE number = ?1 AND is_undone = ?2 AND (?3 IS NULL OR place {after} ?3)"
        f" ORDER BY place {order} LIMIT ?4",
        (number, int(undone), beyond, limit),
    )
    return tuple(map(_placed, found.fetchall()))


def turn_steps(
    tx: Transaction, number: int, turned: Iterable[tuple[int, Step]], *, undone: bool
) -> None:
    """The steps at these places are undone (or done again), and are from now on as given."""
    tx.connection.executemany(
        "UPDATE deed_step SET is_undone = ?, step = ? WHERE number = ? AND place = ?",
        [(int(undone), print_step(step), number, place) for place, step in turned],
    )


def turn(tx: Transaction, number: int, state: DeedState) -> None:
    """The deed as a whole is undone, or done again. In which order is remembered."""
    tx.connection.execute(
        "UPDATE deed SET state = ?1, turned_at ="
        " (SELECT coalesce(max(turned_at), 0) + 1 FROM deed) WHERE number = ?2",
        (state.value, number),
    )


def forget(connection: Connection, gone: Sequence[About]) -> None:
    """Nothing is kept of what was done with these, which are erased."""
    connection.execute(
        "DELETE FROM deed_step WHERE (kind, reference) IN (SELECT json_extract(j.value, '$[0]'),"
        " json_extract(j.value, '$[1]') FROM json_each(?) AS j)",
        (as_json(gone),),
    )
    connection.execute(
        "DELETE FROM deed WHERE NOT EXISTS (SELECT 1 FROM deed_step AS s WHERE s.number = deed.number)"
    )


def _first(reader: Reader, statement: str, values: tuple[object, ...]) -> Deed | None:
    found = reader.connection.execute(statement, values).fetchone()
    return None if found is None else _deed(found)


def _deed(row: Row) -> Deed:
    number, kind, detail, at, state, items, undone, about, reference = row
    try:
        return Deed(
            number=number,
            kind=DeedKind(kind),
            detail=detail,
            at=moment_of(at),
            state=DeedState(state),
            items=items,
            undone=undone,
            first=_about(about, reference),
        )
    except ValueError as error:
        raise VaultDamaged(where="deeds") from error


def _placed(row: Row) -> PlacedStep:
    place, kind, reference, step, is_undone = row
    try:
        return PlacedStep(place, _about(kind, reference), parse_step(step), bool(is_undone))
    except ValueError as error:
        raise VaultDamaged(where="deeds") from error


def _stored(about: About | None) -> Iterator[int | str]:
    yield _NOTHING if about is None else about.kind.value
    yield "" if about is None else about.reference


def _about(kind: str | None, reference: int | str) -> About | None:
    return None if kind in (None, _NOTHING) else About(AboutKind(kind), reference)
