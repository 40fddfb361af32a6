"""A sync never blocks a reader: shown by events, not by clocks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from cport_desktop.domain.batch import Batch, Position
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order
from cport_desktop.formats import portal_messages
from cport_desktop.sync import exchange
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases import overview, search_reports
from cport_desktop.vault import media_items, replica, reports
from tests.usecases.conftest import Bench
from tests.usecases.roads import TwistedRoad

PATIENCE = 30
"""Seconds until a test that would hang says so."""


class HeldRoad(TwistedRoad):
    """Stops in the middle of an answer, says so, and goes on when it may."""

    def __init__(self, road: Transport, *, at: str) -> None:
        super().__init__(road)
        self._at = at
        self.is_held, self.may_go_on = threading.Event(), threading.Event()

    def changes(self, position: Position, *, limit: int) -> bytes:
        if self._at == "changes" and position.sequence:
            self._hold()
        return super().changes(position, limit=limit)

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        with super().media(media_id, start=start, size=size) as pieces:
            yield self._held(pieces)

    def _held(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield piece[:1]
            if self._at == "media":
                self._hold()
            yield piece[1:]

    def _hold(self) -> None:
        self.is_held.set()
        assert self.may_go_on.wait(PATIENCE)


def next_batch(bench: Bench, enrolment: Enrolment) -> Batch:
    with bench.vault.reader() as reader:
        position = replica.stream(reader).position
    message = bench.road.changes(position, limit=16)
    payload = portal_messages.unseal(message, enrolment.answer.portal_key)
    return exchange.accept_batch(payload, enrolment=enrolment, position=position)


def count(bench: Bench) -> int:
    with bench.vault.reader() as reader:
        found = reports.page(reader, Query(), Order(), limit=100)
        media_items.page(reader, Query(), limit=50)
        return len(found.rows)


def test_a_query_ends_while_a_batch_is_being_applied_and_sees_none_or_all_of_it(
    bench: Bench,
) -> None:
    enrolment = overview.enrolment_of(bench.vault)
    assert enrolment is not None
    batch = next_batch(bench, enrolment)
    is_written, may_commit = threading.Event(), threading.Event()

    def apply() -> None:
        with bench.vault.transaction() as tx:
            replica.apply(tx, batch, road="https")
            is_written.set()
            assert may_commit.wait(PATIENCE)

    with ThreadPoolExecutor(1) as worker:
        applying = worker.submit(apply)
        assert is_written.wait(PATIENCE)
        before = count(bench)  # ends, or the test would hang here
        assert not applying.done()
        may_commit.set()
        applying.result()

    assert before == 0
    assert count(bench) == 16


@pytest.mark.parametrize("at", ["changes", "media"])
def test_a_search_with_its_trace_ends_while_an_exchange_waits_for_the_portal(
    bench: Bench, at: str
) -> None:
    road = HeldRoad(bench.road, at=at)
    with ThreadPoolExecutor(1) as worker:
        syncing = worker.submit(bench.sync, road)
        assert road.is_held.wait(PATIENCE)
        found = search_reports.search_reports(
            bench.vault,
            "",
            Order(),
            limit=50,
            after=None,
            taxonomy=bench.taxonomy,
            now=bench.clock.now(),
        )
        assert not syncing.done()
        road.may_go_on.set()
        assert syncing.result().is_complete

    # Rows are there before the exchange ends: the first batch's, or all.
    assert len(found.rows) == (16 if at == "changes" else 30)
