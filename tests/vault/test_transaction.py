from __future__ import annotations

import threading

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.errors import Cancelled, StorageFull, VaultDamaged
from cport_desktop.vault import audit_log
from cport_desktop.vault.transaction import WroteWithoutTrace
from cport_desktop.vault.vault import Vault
from tests.builders import ANALYST, NOON, an_entry, reopened

ADD = "INSERT INTO hotline (name, country) VALUES (?, 'NL')"


def names(vault: Vault) -> list[str]:
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT name FROM hotline ORDER BY name").fetchall()
    return [row[0] for row in rows]


def entries(vault: Vault) -> int:
    with vault.reader() as reader:
        return audit_log.head(reader)[0]


def test_what_was_committed_is_there_after_reopening(closed_vault):
    with reopened(closed_vault) as vault, vault.transaction() as tx:
        tx.connection.execute(ADD, ("one",))
        tx.record(an_entry())
    with reopened(closed_vault) as vault:
        assert names(vault) == ["one"]


def test_an_exception_undoes_everything_its_audit_entry_included(vault):
    before = entries(vault)

    def fail() -> None:
        with vault.transaction() as tx:
            tx.connection.execute(ADD, ("one",))
            tx.record(an_entry())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert names(vault) == []
    assert entries(vault) == before


def test_a_change_without_a_trace_is_refused_and_undone(vault):
    def write_silently() -> None:
        with vault.transaction() as tx:
            tx.connection.execute(ADD, ("one",))

    with pytest.raises(WroteWithoutTrace):
        write_silently()
    assert names(vault) == []


def test_a_transaction_that_only_reads_needs_no_trace(vault):
    before = entries(vault)
    with vault.transaction() as tx:
        assert tx.connection.execute("SELECT count(*) FROM hotline").fetchone() == (0,)
    assert entries(vault) == before


def test_a_transaction_knows_who_and_when_and_gives_the_sequence(vault):
    before = entries(vault)
    with vault.transaction() as tx:
        assert tx.actor == ANALYST
        assert tx.now >= NOON
        assert tx.now == tx.now
        assert [tx.record(an_entry()), tx.record(an_entry())] == [before + 1, before + 2]


def test_a_reader_cannot_write(vault):
    with vault.reader() as reader, pytest.raises(dbapi2.OperationalError, match="readonly"):
        reader.connection.execute(ADD, ("one",))


def test_a_reader_sees_one_state_while_others_write(vault):
    with vault.reader() as reader:
        assert reader.connection.execute("SELECT count(*) FROM hotline").fetchone() == (0,)
        with vault.transaction() as tx:
            tx.connection.execute(ADD, ("one",))
            tx.record(an_entry())
        assert reader.connection.execute("SELECT count(*) FROM hotline").fetchone() == (0,)
    assert names(vault) == ["one"]


def test_a_transaction_inside_a_transaction_is_a_bug_and_not_a_deadlock(vault):
    with vault.transaction(), pytest.raises(RuntimeError, match="already"), vault.transaction():
        pass


def test_many_threads_write_one_after_the_other_and_read_meanwhile(vault):
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for round_number in range(10):
                with vault.transaction() as tx:
                    tx.connection.execute(ADD, (f"{number}-{round_number}",))
                    tx.record(an_entry())
                with vault.reader() as reader:
                    verdict = audit_log.verify(reader)
                assert verdict.is_verified
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(names(vault)) == 60


def test_a_statement_that_runs_too_long_can_be_interrupted_from_another_thread(vault):
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
    with pytest.raises(Cancelled), vault.reader() as reader:
        timer = threading.Timer(0.1, reader.interrupt)
        timer.start()
        try:
            reader.connection.execute(endless).fetchone()
        finally:
            timer.join()
    assert names(vault) == []


def fill(vault: Vault) -> None:
    with vault.transaction() as tx:
        (pages,) = tx.connection.execute("PRAGMA page_count").fetchone() or (0,)
        tx.connection.execute(f"PRAGMA max_page_count = {pages}")
        try:
            tx.connection.executemany(ADD, [("x" * 500 + str(n),) for n in range(1000)])
            tx.record(an_entry())
        finally:
            tx.connection.execute("PRAGMA max_page_count = 4294967294")


def test_a_full_disk_is_named_and_nothing_of_the_transaction_stays(vault):
    before = entries(vault)
    with pytest.raises(StorageFull):
        fill(vault)
    assert names(vault) == []
    assert entries(vault) == before
    with vault.transaction() as tx:
        tx.connection.execute(ADD, ("after",))
        tx.record(an_entry())
    assert names(vault) == ["after"]


def test_a_changed_page_is_named_as_damage(closed_vault):
    with reopened(closed_vault) as vault, vault.transaction() as tx:
        tx.connection.executemany(ADD, [("x" * 500 + str(n),) for n in range(400)])
        tx.record(an_entry())
    database = closed_vault / "vault.db"
    content = bytearray(database.read_bytes())
    content[-4096 * 3 + 100] ^= 1
    database.write_bytes(content)
    with reopened(closed_vault) as vault:
        for _ in range(2):
            with pytest.raises(VaultDamaged):
                names(vault)
            with pytest.raises(VaultDamaged), vault.transaction() as tx:
                tx.connection.execute("SELECT count(name || '') FROM hotline").fetchall()
            assert entries(vault) > 0
            with vault.transaction() as tx:
                tx.record(an_entry())
