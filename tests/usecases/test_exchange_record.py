"""Every exchange leaves a line in the history, however it ended."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.batch import Position
from cport_desktop.domain.exchange_history import CUT_OFF, DONE, Direction
from cport_desktop.domain.progress import Phase, Progress
from cport_desktop.errors import (
    Cancelled,
    KeepingUnderWay,
    RoadError,
    TransferCut,
    Unreachable,
    UsageError,
)
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.exchange_record import on_record, past_exchanges
from cport_desktop.usecases.receive_by_courier import Reception, receive_by_courier
from cport_desktop.vault import exchange_history, media_items
from cport_desktop.words.errors import explain
from tests.builders import a_vault, make_vault, reopened
from tests.usecases.carrying import answered, sent
from tests.usecases.conftest import REPORTS, Bench
from tests.usecases.roads import CutRoad


def history(bench: Bench):
    return past_exchanges(bench.vault, limit=50, after=None).rows


def held(bench: Bench) -> int:
    with bench.vault.reader() as reader:
        return media_items.tally(reader).held


def bytes_held(bench: Bench) -> int:
    with bench.vault.reader() as reader:
        return media_items.tally(reader).bytes_held


class TestAnExchange:
    def test_is_remembered_with_road_actor_and_counts(self, bench: Bench) -> None:
        result = bench.sync()

        (past,) = history(bench)
        assert (past.road, past.direction, past.outcome) == ("in process", Direction.BOTH, DONE)
        assert past.actor == bench.vault.actor
        assert past.ended_at is not None
        assert past.ended_at >= past.started_at
        assert past.facts["reports_new"] == REPORTS
        assert past.facts["media_new"] == result.media_new
        assert past.facts["bytes"] == result.bytes
        assert past.facts["complete"] is True

    def test_that_failed_is_remembered_with_its_error_and_what_it_brought(
        self, bench: Bench
    ) -> None:
        with pytest.raises(RoadError):
            bench.sync(CutRoad(bench.road, 1))

        (past,) = history(bench)
        assert past.outcome == Unreachable.code
        assert past.facts["reports_new"] == 16  # one batch
        assert past.facts["complete"] is False

    def test_that_is_cut_while_files_come_counts_those_that_came(self, bench: Bench) -> None:
        bench.sync(metadata_only=True)
        with pytest.raises(RoadError):
            bench.sync(CutRoad(bench.road, 21))

        (past, _) = history(bench)
        assert past.outcome in (Unreachable.code, TransferCut.code)
        assert past.facts["media_new"] == held(bench) > 0
        assert isinstance(past.facts["bytes"], int)
        assert past.facts["bytes"] >= bytes_held(bench)

    def test_by_stick_that_is_stopped_counts_what_was_taken_in(
        self, bench: Bench, tmp_path: Path
    ) -> None:
        out = sent(bench, tmp_path / "out", media_limit=None)
        answer = answered(bench, out.files, tmp_path / "in")
        files: list[Progress] = []

        def announce(progress: Progress) -> None:
            if progress.phase is Phase.MEDIA:
                files.append(progress)

        stopped = Reception(answer.files, bench.sandbox, announce, lambda: len(files) == 3)
        with pytest.raises(Cancelled):
            receive_by_courier(bench.vault, stopped)

        past = history(bench)[0]
        assert (past.direction, past.outcome) == (Direction.IN, Cancelled.code)
        assert past.facts["reports_new"] == REPORTS
        assert past.facts["media_new"] == held(bench) > 0
        assert past.facts["complete"] is False

    def test_is_in_the_audit_log_at_both_ends(self, bench: Bench) -> None:
        bench.sync()

        with bench.vault.reader() as reader:
            entries = reader.connection.execute(
                "SELECT action, verb, recipient FROM audit_entry"
                " WHERE object_reference = 'exchange 1' ORDER BY sequence"
            ).fetchall()
        portal = str(bench.gateway.identity.portal)
        assert entries == [
            (AuditAction.COLLECTION.value, "begin_exchange", portal),
            (AuditAction.COLLECTION.value, "end_exchange", None),
        ]


class TestTheHistory:
    def test_comes_in_pages_with_the_newest_first(self, bench: Bench) -> None:
        for _ in range(5):
            bench.sync(metadata_only=True)

        first = past_exchanges(bench.vault, limit=2, after=None)
        second = past_exchanges(bench.vault, limit=3, after=first.next_cursor)

        assert [past.number for past in first.rows] == [5, 4]
        assert [past.number for past in second.rows] == [3, 2, 1]
        assert second.next_cursor is None

    def test_does_not_take_the_cursor_of_another_list(self, bench: Bench) -> None:
        with pytest.raises(UsageError):
            past_exchanges(bench.vault, limit=2, after="b3BlcmF0aW9ucw")


class TestAnExchangeWhoseProcessDied:
    def test_is_cut_off_from_the_next_opening_on(self, tmp_path) -> None:
        folder = make_vault(tmp_path / "vault")
        with reopened(folder) as vault, vault.transaction() as tx:
            exchange_history.begin(
                tx, road="https", direction=Direction.BOTH, facts={"reports_new": 3}
            )
        with reopened(folder) as again:
            (past,) = past_exchanges(again, limit=5, after=None).rows

        assert past.outcome == CUT_OFF
        assert not past.is_under_way
        assert past.ended_at is None
        assert past.facts == {"reports_new": 3}

    def test_is_under_way_until_then(self, tmp_path) -> None:
        with a_vault(tmp_path / "vault") as vault:
            with on_record(vault, road="courier", direction=Direction.OUT) as record:
                record.say(operations_sent=2)
                (past,) = past_exchanges(vault, limit=5, after=None).rows
                assert past.is_under_way
            (past,) = past_exchanges(vault, limit=5, after=None).rows
            assert past.is_done
            assert past.facts == {"operations_sent": 2}


class TestOneExchangeAtATime:
    def test_a_second_one_is_told_so_at_once_and_a_later_one_goes_on(self, bench: Bench) -> None:
        road = WaitingRoad(bench.road)
        with ThreadPoolExecutor(1) as worker:
            first = worker.submit(bench.sync, road)
            assert road.is_waiting.wait(30)
            with pytest.raises(KeepingUnderWay) as caught:
                bench.sync()
            road.may_go_on.set()
            assert first.result().is_complete

        assert "exchange" in explain(caught.value).message
        assert [past.outcome for past in history(bench)] == [DONE]
        assert bench.sync().is_complete

    def test_a_courier_waits_for_the_network_too(self, bench: Bench) -> None:
        with (
            on_record(bench.vault, road="courier", direction=Direction.IN),
            pytest.raises(KeepingUnderWay),
        ):
            bench.sync()
        assert bench.sync().is_complete

    def test_one_that_failed_stands_in_nobodys_way(self, bench: Bench) -> None:
        with pytest.raises(RoadError):
            bench.sync(CutRoad(bench.road, 0))
        assert bench.sync().is_complete


class WaitingRoad(CutRoad):
    """Says when it is first asked, and answers when it may."""

    def __init__(self, road: Transport) -> None:
        super().__init__(road, 1 << 30)
        self.is_waiting, self.may_go_on = threading.Event(), threading.Event()

    def changes(self, position: Position, *, limit: int) -> bytes:
        self.is_waiting.set()
        self.may_go_on.wait(30)
        return super().changes(position, limit=limit)
