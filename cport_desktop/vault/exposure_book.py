"""The looking of the analyst who opened the vault, sealed so that only they can read it; and what a
unit knows together of a week, without names.

One row a day, sealed by `vault.personal_sealing` and always `ROW_SIZE` bytes long: whoever has the
database's key sees that somebody's day is there, and nothing of what it came to. A row that does not
open is counted anew: nobody could read it.

Of a week the unit has one sum and a mark of each who gave to it:

    mark = HMAC-SHA-256(key "cport-vault v1 exposure mark" of the personal key, week)

so that nobody is counted twice and nobody is named. A sum is shown by nobody before `FEWEST_GIVERS`
gave and the time for giving is over; showing it closes the week for ever, in the same transaction.
So there is one sum of each week and never two whose difference would be one person's.

All of this is the vault's own bookkeeping: no entry in the log says who counted, cleared or gave.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cport_desktop.domain.breaks import OwnFigures
from cport_desktop.domain.exposure import (
    FEWEST_GIVERS,
    DayLedger,
    GivenSum,
    Ledger,
    UnitWeek,
    Week,
    week_named,
)
from cport_desktop.domain.ids import AnalystId, VaultId
from cport_desktop.formats.exposure_record import (
    parse_day,
    parse_own_figures,
    print_day,
    print_own_figures,
)
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.database import Connection
from cport_desktop.vault.own_marks import OwnMarks
from cport_desktop.vault.personal_sealing import PersonalSeal, Purpose, personal_subkey

ROW_SIZE: Final = 8192
"""Bytes; the fullest day has less than six thousand."""
GIVING: Final = timedelta(days=7)
"""So long after its end a week waits for all who want to give."""
_LOOKING: Final = Purpose(b"cport-vault v1 exposure", b"cport-vault exposure", "exposure")
_MARK: Final = b"cport-vault v1 exposure mark"
_FIGURES: Final = "figures"
"""In the place of a day, and behind them all: what the analyst chose for themselves."""


class ExposureBook:
    """What one analyst keeps of their own looking. From any thread.

    Whoever has no personal key (`can_keep`) keeps nothing: what is read is empty, what is written
    is left out.
    """

    def __init__(
        self,
        vault: VaultId,
        analyst: AnalystId,
        personal_key: bytes | None,
        *,
        writer: Writer,
        readers: ReaderPool,
    ) -> None:
        self._analyst = analyst
        self._seal: PersonalSeal | None = None
        self._mark_key = b""
        if personal_key is not None:
            self._seal = PersonalSeal(_LOOKING, vault, analyst, personal_key)
            self._mark_key = personal_subkey(vault, personal_key, _MARK)
        self._writer = writer
        self._readers = readers
        self.marks = OwnMarks(vault, personal_key, writer=writer, readers=readers)

    @property
    def can_keep(self) -> bool:
        """The slot that opened the vault carries the analyst's personal key."""
        return self._seal is not None

    # -- the analyst's own

    def change(self, day: date, edit: Callable[[DayLedger], DayLedger]) -> None:
        """The day is as `edit` makes it, durably.

        Raises:
            StorageFull, VaultDamaged: the disk; the day is as it was.
        """
        if self._seal is None:
            return
        place = day.isoformat()
        with self._writer.bookkeeping() as connection:
            stored = self._opened(connection, place)
            ledger = (None if stored is None else parse_day(stored)) or DayLedger(day)
            self._put(connection, self._seal, place, print_day(edit(ledger)))

    def days(self, first: date, last: date) -> Ledger:
        """The days from `first` to `last` on which something was counted, the newest first."""
        if self._seal is None:
            return Ledger()
        with self._readers.reader() as reader:
            rows = reader.connection.execute(
                "SELECT day, sealed FROM exposure WHERE analyst_id = ? AND day BETWEEN ? AND ?"
                " ORDER BY day DESC",
                (self._analyst, first.isoformat(), last.isoformat()),
            ).fetchall()
        opened = (self._seal.open(place, sealed) for place, sealed in rows)
        days = (parse_day(stored) for stored in opened if stored is not None)
        return Ledger(tuple(day for day in days if day is not None))

    def own_figures(self) -> OwnFigures:
        """What the analyst chose for themselves."""
        with self._readers.reader() as reader:
            stored = self._opened(reader.connection, _FIGURES)
        return (None if stored is None else parse_own_figures(stored)) or OwnFigures()

    def choose_figures(self, figures: OwnFigures) -> None:
        """This is what the analyst chose.

        Raises:
            StorageFull, VaultDamaged: the disk; the choice is as it was.
        """
        if self._seal is None:
            return
        with self._writer.bookkeeping() as connection:
            self._put(connection, self._seal, _FIGURES, print_own_figures(figures))

    def clear(self, before: date | None = None) -> int:
        """Nothing is kept of days before `before` (None: of any day, and no figures); how many days
        it was. What was given of a week stays given: taking it out again would show it.
        """
        until = _FIGURES if before is None else before.isoformat()
        with self._writer.bookkeeping() as connection:
            gone = connection.execute(
                "DELETE FROM exposure WHERE analyst_id = ? AND day < ?",
                (self._analyst, until),
            ).rowcount
            if before is None:
                _delete_all(connection, self._analyst)
        if before is None:
            self.marks.clear()
        return gone

    # -- the unit's

    def give(self, week: Week, given: GivenSum) -> bool:
        """The unit's sum of the week has this in it; False if the analyst gave already, or the week
        is closed.
        """
        if self._seal is None:
            return False
        with self._writer.bookkeeping() as connection:
            if _is_closed(connection, week):
                return False
            added = connection.execute(
                "INSERT OR IGNORE INTO exposure_giver (week, mark) VALUES (?, ?)",
                (week.name, self._mark(week)),
            ).rowcount
            if added:
                connection.execute(
                    "INSERT INTO exposure_week (week, seconds, views_avoided) VALUES (?, ?, ?)"
                    " ON CONFLICT (week) DO UPDATE SET seconds = seconds + excluded.seconds,"
                    " views_avoided = views_avoided + excluded.views_avoided",
                    (week.name, given.seconds, given.views_avoided),
                )
        return bool(added)

    def has_given(self, week: Week) -> bool:
        """The analyst gave to the sum of this week."""
        if self._seal is None:
            return False
        with self._readers.reader() as reader:
            return (
                reader.connection.execute(
                    "SELECT 1 FROM exposure_giver WHERE week = ? AND mark = ?",
                    (week.name, self._mark(week)),
                ).fetchone()
                is not None
            )

    def is_closed(self, week: Week) -> bool:
        """The sum of this week was shown: nobody can add to it."""
        with self._readers.reader() as reader:
            return _is_closed(reader.connection, week)

    def unit_weeks(self, today: date) -> tuple[UnitWeek, ...]:
        """What the unit knows of each week to which anybody gave, the newest first. A sum that is
        shown now for the first time is closed by it.
        """
        with self._readers.reader() as reader:
            found = _unit_weeks(reader.connection, today)
        if any(week.given is not None and not week.is_closed for week in found):
            with self._writer.bookkeeping() as connection:
                found = _unit_weeks(connection, today)
                _close(connection, found)
        return tuple(
            replace(week, is_closed=True) if week.given is not None else week for week in found
        )

    # -- inside

    def _opened(self, connection: Connection, place: str) -> bytes | None:
        if self._seal is None:
            return None
        row = connection.execute(
            "SELECT sealed FROM exposure WHERE analyst_id = ? AND day = ?", (self._analyst, place)
        ).fetchone()
        return None if row is None else self._seal.open(place, row[0])

    def _put(self, connection: Connection, seal: PersonalSeal, place: str, content: bytes) -> None:
        connection.execute(
            "INSERT INTO exposure (analyst_id, day, sealed) VALUES (?, ?, ?)"
            " ON CONFLICT (analyst_id, day) DO UPDATE SET sealed = excluded.sealed",
            (self._analyst, place, seal.seal(place, content, size=ROW_SIZE)),
        )

    def _mark(self, week: Week) -> bytes:
        return hmac.new(self._mark_key, week.name.encode(), hashlib.sha256).digest()


def forget_analyst(connection: Connection, analyst: AnalystId) -> None:
    """Nothing is kept of the looking of somebody who leaves."""
    _delete_all(connection, analyst)


def _delete_all(connection: Connection, analyst: AnalystId) -> None:
    connection.execute("DELETE FROM exposure WHERE analyst_id = ?", (analyst,))


def _is_closed(connection: Connection, week: Week) -> bool:
    row = connection.execute(
        "SELECT is_closed FROM exposure_week WHERE week = ?", (week.name,)
    ).fetchone()
    return row is not None and row[0] == 1


def _unit_weeks(connection: Connection, today: date) -> tuple[UnitWeek, ...]:
    rows = connection.execute(
        "SELECT w.week, w.seconds, w.views_avoided, w.is_closed,"
        " (SELECT count(*) FROM exposure_giver AS g WHERE g.week = w.week)"
        " FROM exposure_week AS w ORDER BY w.week DESC"
    ).fetchall()
    found = []
    for name, seconds, avoided, is_closed, givers in rows:
        if (week := week_named(name)) is None:
            continue
        is_ripe = givers >= FEWEST_GIVERS and today >= week.days[-1] + timedelta(days=1) + GIVING
        if is_closed or is_ripe:
            given = GivenSum(seconds, avoided)
            found.append(UnitWeek(week, given, givers, is_closed=bool(is_closed)))
        else:
            found.append(UnitWeek(week, None, None, is_closed=False))
    return tuple(found)


def _close(connection: Connection, weeks: Iterable[UnitWeek]) -> None:
    """Nobody adds to the sums that these show."""
    shown = [(week.week.name,) for week in weeks if week.given is not None]
    connection.executemany("UPDATE exposure_week SET is_closed = 1 WHERE week = ?", shown)
