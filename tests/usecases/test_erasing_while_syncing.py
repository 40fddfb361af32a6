"""An erasure in the middle of an exchange: what was erased does not come back with the next file."""

from __future__ import annotations

import threading

from cport_desktop.domain.query import Query
from cport_desktop.usecases import erase
from cport_desktop.usecases.erase import Order
from cport_desktop.vault import media_items, reports
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry
from tests.usecases.conftest import Bench
from tests.usecases.roads import TwistedRoad


def erase_everything(vault: Vault) -> int:
    with vault.reader() as reader:
        numbers = reports.matching(reader, Query(), limit=1000)
    if numbers:
        erase.erase(vault, Order(numbers, erase.by_order("request 12"), len(numbers)))
    return len(numbers)


def test_files_of_reports_that_were_erased_meanwhile_are_not_kept(bench: Bench) -> None:
    erased: list[int] = []
    first = threading.Lock()

    def erase_once(piece: bytes) -> bytes:
        if first.acquire(blocking=False):
            erased.append(erase_everything(bench.vault))
        return piece

    bench.sync(TwistedRoad(bench.road, media=erase_once))
    again = bench.sync()

    assert erased[0] > 0
    assert (again.reports_new, again.media_new, again.media_pending) == (0, 0, 0)
    assert again.is_complete
    with bench.vault.reader() as reader:
        assert media_items.tally(reader).held == 0
        assert reports.count(reader, Query()) == 0
    bench.vault.finish_erasures()
    stored = [path for path in (bench.vault.directory / "blobs").glob("*/*") if path.is_file()]
    assert stored == []
    assert list((bench.vault.directory / "staging").iterdir()) == []


def test_what_the_portal_says_of_an_erased_report_is_told_as_dropped(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    with bench.vault.reader() as reader:
        (number,) = reports.matching(reader, Query(), limit=1)
    erase.erase(bench.vault, Order((number,), erase.by_order("request 12"), 1))
    with bench.vault.transaction() as tx:
        tx.connection.execute("DELETE FROM stream")
        tx.record(an_entry("hear it all again"))

    result = bench.sync(metadata_only=True)

    assert result.tally.reports_dropped >= 1
    assert result.reports_new == 0
