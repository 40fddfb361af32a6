"""What a person says about files on their way counts; and what fails is left alone for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from cport_desktop.crypto.sealing import HEADER
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.query import Query
from cport_desktop.domain.transfer import Transfer, TransferState
from cport_desktop.errors import (
    TextUnfit,
    UnknownReference,
    Unreachable,
    UsageError,
    ValueUnknown,
)
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases import browse_media, manage_links, transfers
from cport_desktop.usecases.show_report import show_report
from cport_desktop.usecases.synchronise import synchronise
from cport_desktop.vault import media_items
from tests.builders import an_entry
from tests.usecases.conftest import Bench
from tests.usecases.roads import TwistedRoad


class OrderedRoad(TwistedRoad):
    """Notes which files were asked for, in their order; `on_media` is told before each."""

    def __init__(
        self, road: Transport, on_media: Callable[[MediaId], None] = lambda _: None
    ) -> None:
        super().__init__(road)
        self.asked: list[MediaId] = []
        self.on_media = on_media
        self.missing: set[MediaId] = set()

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        self.asked.append(media_id)
        self.on_media(media_id)
        if media_id in self.missing:
            raise UnknownReference(kind="media item", reference="M-?")
        with super().media(media_id, start=start, size=size) as pieces:
            yield pieces


@pytest.fixture
def told(bench: Bench) -> Bench:
    """All reports are here, and none of their media."""
    bench.sync(metadata_only=True)
    return bench


def state_of(bench: Bench, media_id: MediaId) -> MediaState:
    with bench.vault.reader() as reader:
        return media_items.item(reader, media_id).state


def rows(bench: Bench) -> dict[MediaId, Transfer]:
    page = transfers.list_transfers(bench.vault, limit=1000)
    return {row.media_id: row for row in page.rows}


def files(bench: Bench) -> list[MediaId]:
    """Of each digest the item that a sync asks for without anybody's word, in that order."""
    with bench.vault.reader() as reader:
        items = media_items.page(reader, Query(), limit=1000).rows
    return [item.media_id for item in {i.announced_sha256: i for i in reversed(items)}.values()][
        ::-1
    ]


def exchange(bench: Bench, link: Link | None = None) -> OrderedRoad:
    road = OrderedRoad(bench.road)
    synchronise(replace(bench.exchange(road), link=link))
    return road


class HalfRoad(TwistedRoad):
    """Every file ends in the middle, and nobody answers any more."""

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        with super().media(media_id, start=start, size=size) as pieces:
            yield self._half(pieces)

    def _half(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        piece = next(pieces)
        yield piece[: len(piece) * 3 // 4]
        raise Unreachable(cause="the cable is out")


def cut_in_the_largest(bench: Bench) -> None:
    """The line is cut in the middle of the largest file, of which a part is here then."""
    largest = max(rows(bench).values(), key=lambda row: row.size)
    assert largest.size > 22 * 1024  # three quarters of it are a sealed chunk at least
    transfers.ask_for(bench.vault, [largest.media_id])
    with pytest.raises(Unreachable):
        bench.sync(HalfRoad(bench.road))


class TestWhoseTurnItIs:
    def test_is_first_that_of_what_was_asked_for_then_of_what_is_seen(self, told: Bench) -> None:
        *_, seen, asked = files(told)
        transfers.set_visible(told.vault, [seen])
        transfers.ask_for(told.vault, [asked])

        road = exchange(told)

        assert set(road.asked[:2]) == {asked, seen}
        assert len(road.asked) == len(set(road.asked)) == len(files(told))

    def test_is_decided_anew_while_an_exchange_runs(self, told: Bench) -> None:
        last = files(told)[-1]
        road = OrderedRoad(told.road)

        def ask_once(media_id: MediaId) -> None:
            if len(road.asked) == 3:
                transfers.ask_for(told.vault, [last])

        road.on_media = ask_once
        told.sync(road)

        assert road.asked.index(last) <= 5

    def test_equal_bytes_travel_once_whoever_asks(self, told: Bench) -> None:
        with told.vault.reader() as reader:
            items = media_items.page(reader, Query(), limit=1000).rows
        twins = [item.media_id for item in items if item.duplicates]
        assert twins
        transfers.ask_for(told.vault, twins)

        road = exchange(told)

        assert len(road.asked) == len({item.announced_sha256 for item in items})
        assert not rows(told)

    def test_what_is_seen_is_written_nowhere(self, told: Bench) -> None:
        before = told.vault.directory / "vault.db-wal"
        size = before.stat().st_size
        transfers.set_visible(told.vault, files(told))
        assert before.stat().st_size == size


class TestAPause:
    def test_of_one_file_leaves_the_others_coming(self, told: Bench) -> None:
        paused = files(told)[0]
        transfers.pause(told.vault, [paused])

        road = exchange(told)

        assert paused not in road.asked
        assert rows(told)[paused].state is TransferState.PAUSED
        transfers.resume(told.vault, [paused])
        assert paused in exchange(told).asked
        assert state_of(told, paused) is MediaState.HELD

    def test_of_all_stops_an_exchange_before_its_next_file(self, told: Bench) -> None:
        road = OrderedRoad(told.road)
        road.on_media = lambda _: transfers.pause(told.vault, None)
        told.sync(road)

        assert len(road.asked) <= 2  # those that were under way
        assert {row.state for row in rows(told).values()} == {TransferState.PAUSED}
        assert transfers.tally_transfers(told.vault).is_paused
        transfers.resume(told.vault, None)
        exchange(told)
        assert not rows(told)


class TestACancelledFile:
    def test_is_not_fetched_until_somebody_asks_for_it(self, told: Bench) -> None:
        unwanted = files(told)[0]
        transfers.cancel(told.vault, [unwanted])

        assert unwanted not in exchange(told).asked
        assert rows(told)[unwanted].state is TransferState.CANCELLED
        assert exchange(told).asked == []

        transfers.ask_for(told.vault, [unwanted])
        assert exchange(told).asked == [unwanted]
        assert state_of(told, unwanted) is MediaState.HELD

    def test_leaves_nothing_of_what_had_come(self, told: Bench) -> None:
        cut_in_the_largest(told)
        begun = [row for row in rows(told).values() if row.bytes_here]
        assert begun
        transfers.cancel(told.vault, [row.media_id for row in begun])

        after = rows(told)
        assert not any(after[row.media_id].bytes_here for row in begun)
        assert {path.stat().st_size for path in told.vault.layout.staging.iterdir()} <= {HEADER}

    def test_must_be_one_that_is_still_to_come(self, synced: Bench) -> None:
        with pytest.raises(UnknownReference):
            transfers.cancel(synced.vault, [MediaId(1)])


class TestAFileThatFails:
    def test_is_left_alone_for_a_while_and_its_state_says_why(self, told: Bench) -> None:
        missing = files(told)[0]
        road = OrderedRoad(told.road)
        road.missing = {missing}
        told.sync(road)

        row = rows(told)[missing]
        assert (row.state, row.tries) == (TransferState.FAILED, 1)
        assert row.last_error == UnknownReference.code
        assert row.not_before is not None
        assert row.not_before > told.clock.now()
        assert exchange(told).asked == []  # not at every sync

        told.clock.advance(timedelta(minutes=2))
        assert exchange(told).asked == [missing]
        assert not rows(told)

    def test_rests_longer_each_time(self, told: Bench) -> None:
        missing = files(told)[0]
        road = OrderedRoad(told.road)
        road.missing = {missing}
        rests = []
        for _ in range(3):
            told.sync(road)
            until = rows(told)[missing].not_before
            assert until is not None
            rests.append(until - told.clock.now())
            told.clock.advance(rests[-1] + timedelta(seconds=1))

        assert rests[0] < rests[1] < rests[2]

    def test_is_tried_at_once_when_a_person_says_so(self, told: Bench) -> None:
        missing = files(told)[0]
        road = OrderedRoad(told.road)
        road.missing = {missing}
        told.sync(road)

        assert transfers.retry(told.vault, None) == (missing,)
        assert exchange(told).asked == [missing]

    def test_one_whose_bytes_were_others_is_asked_for_again_by_hand_only(self, told: Bench) -> None:
        told.sync(TwistedRoad(told.road, media=lambda piece: bytes(len(piece))))
        refused = [row for row in rows(told).values() if row.state is TransferState.REFUSED]
        assert refused
        assert {row.last_error for row in refused} == {"untrusted.digest"}
        assert exchange(told).asked == []

        transfers.retry(told.vault, [refused[0].media_id])
        assert exchange(told).asked == [refused[0].media_id]


class TestALink:
    FIELD = Link("field", MediaPolicy.ASKED, 64_000, None)

    def test_that_carries_what_was_asked_for_leaves_the_rest_to_another(self, told: Bench) -> None:
        manage_links.set_link(told.vault, self.FIELD)
        manage_links.use_link(told.vault, "field")
        assert exchange(told).asked == []
        assert {row.state for row in rows(told).values()} == {TransferState.HELD_BACK}

        wanted = files(told)[3]
        transfers.ask_for(told.vault, [wanted])
        assert exchange(told).asked == [wanted]

        manage_links.use_link(told.vault, None)
        exchange(told)
        assert not rows(told)

    def test_that_carries_no_media_still_carries_changes(self, bench: Bench) -> None:
        manage_links.set_link(bench.vault, Link("thin", MediaPolicy.NONE))
        manage_links.use_link(bench.vault, "thin")
        result = bench.sync()
        assert result.reports_new > 0
        assert result.media_new == 0

    def test_that_carries_small_files_alone(self, told: Bench) -> None:
        sizes = sorted(row.size for row in rows(told).values())
        most = sizes[len(sizes) // 2]
        exchange(told, Link("small", largest_file=most))
        left = rows(told)
        assert left
        assert all(row.size > most for row in left.values())

    def test_is_kept_with_its_proxy_and_forgotten_with_it(self, told: Bench) -> None:
        link = Link("field", MediaPolicy.ALL, None, None, "http://ada:word@proxy.example:3128")
        manage_links.set_link(told.vault, link)
        manage_links.use_link(told.vault, "field")
        assert manage_links.link_in_use(told.vault) == link
        assert "word" not in repr(link)

        manage_links.remove_link(told.vault, "field")
        assert manage_links.link_in_use(told.vault) == ANY_LINK
        assert manage_links.list_links(told.vault) == ((), ANY_LINK)

    @pytest.mark.parametrize(
        ("link", "error"),
        [
            (Link(""), TextUnfit),
            (Link("any"), TextUnfit),
            (Link("x" * 41), TextUnfit),
            (Link("slow", bytes_per_second=10), ValueUnknown),
            (Link("odd", largest_file=-1), ValueUnknown),
            (Link("odd", proxy="socks5://proxy.example:1080"), ValueUnknown),
        ],
    )
    def test_that_cannot_be_is_refused(
        self, told: Bench, link: Link, error: type[UsageError]
    ) -> None:
        with pytest.raises(error):
            manage_links.set_link(told.vault, link)
        assert manage_links.list_links(told.vault) == ((), ANY_LINK)

    def test_must_be_named_before_it_is_used(self, told: Bench) -> None:
        with pytest.raises(UnknownReference):
            manage_links.use_link(told.vault, "nowhere")


class TestTheList:
    def test_comes_in_pages_and_says_how_much_of_each_is_here(self, told: Bench) -> None:
        cut_in_the_largest(told)
        first = transfers.list_transfers(told.vault, limit=7)
        rest = transfers.list_transfers(told.vault, limit=1000, after=first.next_cursor)
        together = [row.media_id for row in (*first.rows, *rest.rows)]

        assert len(first.rows) == 7
        assert len(together) == len(set(together))
        assert any(0 < row.bytes_here <= row.size for row in (*first.rows, *rest.rows))
        tally = transfers.tally_transfers(told.vault)
        assert tally.waiting == len(together)

    def test_says_the_same_of_an_item_as_what_is_shown_of_it(self, told: Bench) -> None:
        cut_in_the_largest(told)
        (row,) = [row for row in rows(told).values() if row.bytes_here]

        item = browse_media.show_media(told.vault, row.media_id)
        page = browse_media.list_media(
            told.vault, "", limit=1000, after=None, taxonomy=told.taxonomy, now=told.clock.now()
        )
        dossier = show_report(told.vault, item.reports[0])

        for shown in (item, *page.rows, *dossier.media):
            if shown.media_id == row.media_id:
                assert 0 < shown.bytes_here == row.bytes_here < shown.size
            else:
                assert shown.bytes_here == 0

    def test_is_empty_when_all_is_here(self, synced: Bench) -> None:
        assert not transfers.list_transfers(synced.vault, limit=5).rows
        assert transfers.tally_transfers(synced.vault).waiting == 0

    def test_everything_said_is_in_the_log(self, told: Bench) -> None:
        some = files(told)[:2]
        transfers.ask_for(told.vault, some)
        transfers.pause(told.vault, None)
        transfers.resume(told.vault, None)
        transfers.cancel(told.vault, some)
        with told.vault.reader() as reader:
            verbs = [
                verb
                for (verb,) in reader.connection.execute(
                    "SELECT verb FROM audit_entry WHERE verb LIKE '%_transfer' ORDER BY sequence"
                )
            ]
        assert verbs == ["ask_transfer", "pause_transfer", "resume_transfer", "cancel_transfer"]


def test_an_erased_item_takes_its_transfer_with_it(told: Bench) -> None:
    gone = files(told)[0]
    transfers.ask_for(told.vault, [gone])
    with told.vault.transaction() as tx:
        tx.connection.execute("DELETE FROM media_item WHERE media_id = ?", (gone,))
        tx.record(an_entry("erase"))
    with told.vault.reader() as reader:
        left = reader.connection.execute("SELECT count(*) FROM transfer").fetchone()
    assert left == (0,)
