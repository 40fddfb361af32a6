"""Searches keep the state that they read while nothing is written but their own entries."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from cport_desktop.domain.rows import Order
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.vault import audit_log, replica
from cport_desktop.vault.lasting_states import MOST_TRACES
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry
from tests.report_builders import a_batch, a_report, new, the_taxonomy
from tests.vault.erasing import erase

ADD = "INSERT INTO hotline (name, country) VALUES (?, 'NL')"


def add(vault: Vault, name: str) -> None:
    with vault.transaction() as tx:
        tx.connection.execute(ADD, (name,))
        tx.record(an_entry())


def names(reader: Reader) -> list[str]:
    return [name for (name,) in reader.connection.execute("SELECT name FROM hotline ORDER BY 1")]


def entries(reader: Reader) -> int:
    return audit_log.head(reader)[0]


def seen(vault: Vault) -> tuple[int, list[str]]:
    """How many entries of the log a search sees, and what else."""
    with vault.searching() as reader:
        return entries(reader), names(reader)


def test_a_search_goes_on_in_the_state_of_the_one_before(vault: Vault) -> None:
    before = seen(vault)
    with vault.searching() as reader:
        pages = reader.connection.execute("PRAGMA data_version").fetchone()
        connection = reader.connection
    for _ in range(3):
        vault.leave_trace(an_entry("search"))
        assert seen(vault) == before
        with vault.searching() as reader:
            # SQLite's own number of what it holds of the file: nothing was thrown away.
            assert reader.connection is connection
            assert reader.connection.execute("PRAGMA data_version").fetchone() == pages
    with vault.reader() as reader:  # Everybody else sees what was recorded.
        assert entries(reader) == before[0] + 3


def test_whatever_else_is_written_is_seen_by_the_next_search(vault: Vault) -> None:
    assert seen(vault)[1] == []
    add(vault, "one")
    assert seen(vault)[1] == ["one"]
    vault.leave_trace(an_entry("search"))
    assert seen(vault)[1] == ["one"]
    with vault.transaction() as tx:
        tx.connection.execute(ADD, ("two",))
        tx.record(an_entry())
        assert seen(vault)[1] == ["one"]  # Nothing of it yet, and this state is not kept.
    assert seen(vault)[1] == ["one", "two"]
    with vault.searching() as reader:  # A search that is under way sees one state all through.
        assert names(reader) == ["one", "two"]
        other = threading.Thread(target=add, args=(vault, "zwei"))
        other.start()
        other.join()
        assert names(reader) == ["one", "two"]
    assert seen(vault)[1] == ["one", "two", "zwei"]


def test_what_was_undone_ends_the_state_as_well_as_what_was_done(vault: Vault) -> None:
    before = seen(vault)
    vault.leave_trace(an_entry("search"))

    def fail() -> None:
        with vault.transaction() as tx:
            tx.record(an_entry())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert seen(vault) == (before[0] + 1, before[1])


def test_a_state_does_not_outlast_many_searches(vault: Vault) -> None:
    first, _ = seen(vault)
    for _ in range(MOST_TRACES - 1):
        vault.leave_trace(an_entry("search"))
    assert seen(vault)[0] == first
    vault.leave_trace(an_entry("search"))
    assert seen(vault)[0] == first + MOST_TRACES


def test_a_kept_state_is_in_nobodys_way_when_older_pages_are_to_go(vault: Vault) -> None:
    add(vault, "one")
    with vault.searching() as first, vault.searching() as second, vault.searching() as third:
        assert names(first) == names(second) == names(third) == ["one"]
    with vault.transaction() as tx:
        replica.apply(tx, a_batch(new(a_report(3))))
    erase(vault, 3)
    before = seen(vault)
    vault.leave_trace(an_entry("search"))
    assert seen(vault) == before
    assert len(vault.finish_erasures()) == 1  # Else a reader would be said to stand in the way.
    assert seen(vault)[0] > before[0] + 1


def test_a_search_that_was_given_up_leaves_the_next_one_nothing_behind(vault: Vault) -> None:
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )

    def give_up() -> None:
        with vault.searching(lambda: True) as reader:
            reader.connection.execute(endless).fetchone()

    with pytest.raises(Cancelled):
        give_up()
    add(vault, "one")
    assert seen(vault)[1] == ["one"]


def test_every_search_leaves_its_entry_though_none_sees_it(vault: Vault) -> None:
    def search(text: str) -> None:
        search_reports(
            vault,
            text,
            Order(),
            limit=5,
            after=None,
            taxonomy=the_taxonomy(),
            now=datetime(2026, 5, 17, tzinfo=UTC),
        )

    with vault.reader() as reader:
        before = entries(reader)
    for number in range(5):
        search(f"word{number}")
    with vault.reader() as reader:
        assert entries(reader) == before + 5
