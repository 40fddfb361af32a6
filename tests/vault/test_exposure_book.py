"""An analyst's own looking is sealed with their own key; of a week the unit has a sum and no names."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from cport_desktop.domain.breaks import OwnFigures
from cport_desktop.domain.exposure import (
    FEWEST_GIVERS,
    Avoided,
    DayLedger,
    GivenSum,
    Look,
    Week,
    week_of,
    with_avoided,
    with_look,
)
from cport_desktop.domain.ids import AnalystId
from cport_desktop.vault import audit_log, exposure_book
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.exposure_book import ExposureBook
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_clock, make_vault, reopened

TODAY = NOON.date()
OTHER_KEY = b"\x17" * 32
WEEK = week_of(TODAY)
ENDED = WEEK.monday + timedelta(days=7)
SHOWN = ENDED + timedelta(days=7)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    """A closed vault, for one test."""
    return Path(shutil.copytree(template, tmp_path / "vault"))


def of_somebody(
    vault: Vault, *, analyst: str | None = None, key: bytes | None = OTHER_KEY
) -> ExposureBook:
    """The same tables as somebody else would use them."""
    return ExposureBook(
        vault.identity,
        vault.analyst.analyst_id if analyst is None else AnalystId(analyst),
        key,
        writer=Writer(vault.layout.database, vault.header.keys.database, clock=a_clock()),
        readers=ReaderPool(vault.layout.database, vault.header.keys.database),
    )


def count(book: ExposureBook, day: date, *, seconds: float = 5.0, level: str = "grey") -> None:
    look = Look(level, seconds, granted=seconds)
    book.change(day, lambda ledger: with_look(ledger, look, ended_at=NOON))


def rows(vault: Vault) -> dict[str, bytes]:
    with vault.reader() as reader:
        return dict(reader.connection.execute("SELECT day, sealed FROM exposure").fetchall())


def give(vault: Vault, number: int, week: Week, *, seconds: int = 600) -> bool:
    """Analyst `number` gives so much."""
    somebody = of_somebody(vault, analyst=f"{number:032x}", key=bytes([number]) * 32)
    return somebody.give(week, GivenSum(seconds, 10))


def test_a_day_is_there_after_the_vault_was_closed(directory: Path) -> None:
    with reopened(directory) as vault:
        count(vault.exposure, TODAY, seconds=5)
        count(vault.exposure, TODAY, seconds=7, level="full")
        count(vault.exposure, TODAY - timedelta(days=2))
        vault.exposure.choose_figures(OwnFigures(after=15))
    with reopened(directory) as vault:
        found = vault.exposure.days(TODAY - timedelta(days=9), TODAY)
        assert [day.day for day in found.days] == [TODAY, TODAY - timedelta(days=2)]
        assert (found.on(TODAY).seconds, found.on(TODAY).looks) == (12, 2)
        assert found.on(TODAY - timedelta(days=1)) == DayLedger(TODAY - timedelta(days=1))
        assert vault.exposure.own_figures() == OwnFigures(after=15)


def test_nobody_with_the_databases_key_alone_reads_it(directory: Path) -> None:
    with reopened(directory) as vault:
        count(vault.exposure, TODAY)
        vault.exposure.choose_figures(OwnFigures(after=15))
        assert all(
            b"grey" not in sealed and b"2026" not in sealed for sealed in rows(vault).values()
        )
        other = of_somebody(vault)
        assert other.days(TODAY, TODAY).days == ()
        assert other.own_figures() == OwnFigures()
        elsewhere = of_somebody(vault, analyst="f" * 32, key=vault.personal_key)
        assert elsewhere.days(TODAY, TODAY).days == ()


def test_a_row_opens_for_its_own_day_only(directory: Path) -> None:
    with reopened(directory) as vault:
        count(vault.exposure, TODAY)
        with vault._writer.bookkeeping() as books:
            books.execute("UPDATE exposure SET day = '2026-05-01'")
        assert vault.exposure.days(date(2026, 5, 1), date(2026, 5, 1)).days == ()


def test_the_length_of_a_row_tells_nothing(directory: Path) -> None:
    with reopened(directory) as vault:
        count(vault.exposure, TODAY)
        for number in range(300):
            count(vault.exposure, TODAY + timedelta(days=1), level=f"level {number % 7}")
        vault.exposure.choose_figures(OwnFigures())
        assert len({len(sealed) for sealed in rows(vault).values()}) == 1


def test_the_same_day_is_never_sealed_to_the_same_bytes(directory: Path) -> None:
    with reopened(directory) as vault:
        count(vault.exposure, TODAY, seconds=0)
        first = rows(vault)[TODAY.isoformat()]
        vault.exposure.change(TODAY, lambda day: day)
        assert first[:24] != rows(vault)[TODAY.isoformat()][:24]


def test_without_a_personal_key_nothing_is_kept(directory: Path) -> None:
    with reopened(directory) as vault:
        book = of_somebody(vault, key=None)
        assert not book.can_keep
        count(book, TODAY)
        book.choose_figures(OwnFigures(after=1))
        assert not book.give(WEEK, GivenSum(300, 0))
        assert rows(vault) == {}
        assert book.days(TODAY, TODAY).days == ()
        assert book.unit_weeks(SHOWN) == ()


def test_a_row_that_does_not_open_is_counted_anew(directory: Path) -> None:
    with reopened(directory) as vault:
        count(vault.exposure, TODAY)
        with vault._writer.bookkeeping() as books:
            books.execute("UPDATE exposure SET sealed = zeroblob(8192)")
        assert vault.exposure.days(TODAY, TODAY).days == ()
        count(vault.exposure, TODAY, seconds=3)
        assert vault.exposure.days(TODAY, TODAY).on(TODAY).seconds == 3


def test_counting_clearing_and_giving_leave_no_entry_in_the_log(directory: Path) -> None:
    with reopened(directory) as vault:
        with vault.reader() as reader:
            before = audit_log.head(reader)
        count(vault.exposure, TODAY)
        vault.exposure.give(WEEK, GivenSum(300, 0))
        vault.exposure.unit_weeks(SHOWN)
        vault.exposure.clear()
        with vault.reader() as reader:
            assert audit_log.head(reader) == before


def test_clearing_takes_ones_own_and_nobody_elses(directory: Path) -> None:
    with reopened(directory) as vault:
        other = of_somebody(vault, analyst="f" * 32)
        for day in range(3):
            count(vault.exposure, TODAY - timedelta(days=day))
            count(other, TODAY - timedelta(days=day))
        vault.exposure.choose_figures(OwnFigures(after=15))
        assert vault.exposure.clear(TODAY) == 2
        assert vault.exposure.own_figures() == OwnFigures(after=15)
        assert len(vault.exposure.days(TODAY - timedelta(days=9), TODAY).days) == 1
        assert vault.exposure.clear() == 1
        assert vault.exposure.own_figures() == OwnFigures()
        assert len(other.days(TODAY - timedelta(days=9), TODAY).days) == 3
        assert len(rows(vault)) == 3


def test_whoever_leaves_takes_theirs_along(directory: Path) -> None:
    with reopened(directory) as vault:
        other = of_somebody(vault, analyst="f" * 32)
        count(vault.exposure, TODAY)
        count(other, TODAY)
        with vault._writer.bookkeeping() as books:
            exposure_book.forget_analyst(books, AnalystId("f" * 32))
        assert other.days(TODAY, TODAY).days == ()
        assert len(vault.exposure.days(TODAY, TODAY).days) == 1


# -- the unit's sums


@pytest.mark.parametrize("givers", [1, FEWEST_GIVERS - 1])
def test_of_too_few_neither_the_sum_nor_their_number_is_told(directory: Path, givers: int) -> None:
    with reopened(directory) as vault:
        for number in range(1, givers + 1):
            assert give(vault, number, WEEK)
        (week,) = vault.exposure.unit_weeks(SHOWN + timedelta(days=300))
        assert (week.given, week.givers, week.is_closed) == (None, None, False)


def test_a_sum_of_five_is_shown_when_the_time_for_giving_is_over(directory: Path) -> None:
    with reopened(directory) as vault:
        for number in range(1, FEWEST_GIVERS + 1):
            assert give(vault, number, WEEK, seconds=300 * number)
        (week,) = vault.exposure.unit_weeks(SHOWN - timedelta(days=1))
        assert (week.given, week.givers) == (None, None)
        (week,) = vault.exposure.unit_weeks(SHOWN)
        assert (week.given, week.givers) == (GivenSum(4_500, 50), FEWEST_GIVERS)


def test_nobody_adds_to_a_sum_that_was_shown_whatever_the_clock_says(directory: Path) -> None:
    """The difference of two sums would be what the last one gave."""
    with reopened(directory) as vault:
        for number in range(1, FEWEST_GIVERS + 1):
            give(vault, number, WEEK)
        shown = vault.exposure.unit_weeks(SHOWN)
        assert vault.exposure.is_closed(WEEK)
        assert not give(vault, FEWEST_GIVERS + 1, WEEK)
        assert vault.exposure.unit_weeks(SHOWN) == shown
        assert vault.exposure.unit_weeks(SHOWN - timedelta(days=13)) == shown


def test_nobody_is_counted_twice_and_nobody_is_named(directory: Path) -> None:
    with reopened(directory) as vault:
        assert vault.exposure.give(WEEK, GivenSum(300, 0))
        assert vault.exposure.has_given(WEEK)
        assert not vault.exposure.has_given(WEEK.before())
        assert not vault.exposure.give(WEEK, GivenSum(300, 0))
        assert vault.exposure.give(WEEK.before(), GivenSum(300, 0))
        with vault.reader() as reader:
            marks = reader.connection.execute("SELECT mark FROM exposure_giver").fetchall()
            sums = reader.connection.execute("SELECT seconds FROM exposure_week").fetchall()
        assert len({mark for (mark,) in marks}) == 2, "marks of two weeks do not show one giver"
        assert sums == [(300,), (300,)]


def test_what_was_given_stays_when_its_giver_clears(directory: Path) -> None:
    with reopened(directory) as vault:
        for number in range(1, FEWEST_GIVERS):
            give(vault, number, WEEK)
        vault.exposure.give(WEEK, GivenSum(600, 10))
        vault.exposure.clear()
        (week,) = vault.exposure.unit_weeks(SHOWN)
        assert week.given == GivenSum(3_000, 50)
        assert vault.exposure.has_given(WEEK)


def test_views_avoided_are_kept_with_the_day(directory: Path) -> None:
    with reopened(directory) as vault:
        vault.exposure.change(TODAY, lambda day: with_avoided(day, Avoided.STACK, 9))
        assert vault.exposure.days(TODAY, TODAY).on(TODAY).views_avoided == 9
