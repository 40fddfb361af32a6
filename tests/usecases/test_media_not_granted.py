"""Media of a kind that the agreement does not grant keep no exchange from being complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.link import ANY_LINK
from cport_desktop.domain.media_item import MediaItem, MediaState, announced_kind
from cport_desktop.domain.query import Query
from cport_desktop.domain.transfer import KindWithheld, TransferState
from cport_desktop.errors import AgreementLapsed
from cport_desktop.usecases import transfers
from cport_desktop.usecases.exchange_record import past_exchanges
from cport_desktop.usecases.media_leave import kinds_withheld, may_come, media_pending
from cport_desktop.vault import media_items, replica, turns
from cport_desktop.vault.turns import Turn
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import NOON, a_vault
from tests.report_builders import a_batch, a_notice, a_report, an_item, new
from tests.usecases.agreeing import amend, bind, station_of
from tests.usecases.carrying import answered, received, sent
from tests.usecases.conftest import Bench

NO_VIDEOS = a_limit("7.1", functions=("media.receive",), kinds=("video",))
WITHHELD = KindWithheld("video", "7.1", "clause 7.1 forbids it")


def items(bench: Bench) -> list[MediaItem]:
    with bench.vault.reader() as reader:
        return list(media_items.page(reader, Query(), limit=1000).rows)


def videos(bench: Bench) -> set[MediaId]:
    return {i.media_id for i in items(bench) if announced_kind(i.declared_type) == "video"}


@pytest.fixture
def narrow(bench: Bench) -> Bench:
    """The agreement of the station grants no videos."""
    amend(bench, NO_VIDEOS)
    return bench


class TestAnExchange:
    def test_is_complete_without_what_the_agreement_does_not_grant(self, narrow: Bench) -> None:
        result = narrow.sync()

        wanted = {i.media_id for i in items(narrow) if i.state is MediaState.WANTED}
        assert wanted == videos(narrow) != set()
        assert result.media_pending == 0
        assert result.media_not_granted == len(wanted)
        assert result.media_withheld == (WITHHELD,)
        assert result.is_complete

    def test_says_so_in_the_history(self, narrow: Bench) -> None:
        result = narrow.sync()

        (past,) = past_exchanges(narrow.vault, limit=5, after=None).rows
        assert past.facts["complete"] is True
        assert past.facts["media_not_granted"] == result.media_not_granted > 0
        assert past.facts["media_withheld_by"] == "7.1"

    def test_fetches_it_once_a_wider_agreement_arrives(self, narrow: Bench) -> None:
        narrow.sync()
        amend(narrow, gone=("7.1",))

        wider = narrow.sync()

        assert wider.media_new >= 1
        assert (wider.media_not_granted, wider.media_withheld) == (0, ())
        assert {i.state for i in items(narrow)} == {MediaState.HELD}

    def test_is_complete_where_no_clause_grants_any_file(self, bench: Bench) -> None:
        amend(bench, a_clause("2.3", "media.reveal"), gone=("2.2",))

        result = bench.sync()

        assert result.is_complete
        assert result.media_not_granted == len(items(bench))
        assert {each.cause for each in result.media_withheld} == {"no clause grants it"}
        assert {each.clause for each in result.media_withheld} == {None}

    def test_still_waits_for_files_that_an_agreement_let_come_which_is_over(
        self, bench: Bench
    ) -> None:
        bench.sync(metadata_only=True)
        bench.gateway.agreements.end(station_of(bench), "synthetic reason")
        bench.clock.advance(timedelta(minutes=1))

        with pytest.raises(AgreementLapsed):
            bench.sync()
        assert media_pending(bench.vault).coming == len(items(bench))

    def test_by_stick_neither_asks_for_it_nor_waits_for_it(
        self, narrow: Bench, tmp_path: Path
    ) -> None:
        narrow.sync(metadata_only=True)

        out = sent(narrow, tmp_path / "out", media_limit=None)
        assert out.media_not_granted == len(videos(narrow))
        assert out.media_pending == len(items(narrow)) - out.media_not_granted
        back = received(narrow, answered(narrow, out.files, tmp_path / "in").files)

        assert back.result.is_complete
        assert {i.media_id for i in items(narrow) if i.state is MediaState.WANTED} == videos(narrow)


class TestTheListOfTransfers:
    def test_names_the_clause_of_each(self, narrow: Bench) -> None:
        narrow.sync()

        rows = transfers.list_transfers(narrow.vault, limit=1000).rows
        assert {row.media_id for row in rows} == videos(narrow)
        assert {row.state for row in rows} == {TransferState.NOT_GRANTED}
        assert {row.not_granted for row in rows} == {WITHHELD}

    def test_counts_them_apart_whatever_was_said_of_them(self, narrow: Bench) -> None:
        narrow.sync(metadata_only=True)
        out = sorted(videos(narrow))
        transfers.pause(narrow.vault, out[:1])
        transfers.cancel(narrow.vault, out[1:])

        tally = transfers.tally_transfers(narrow.vault)
        assert tally.not_granted == len(out)
        assert (tally.paused, tally.cancelled) == (0, 0)
        assert tally.waiting == len(items(narrow)) - len(out)
        assert tally.total == len(items(narrow))
        assert tally.bytes_waiting == sum(i.size for i in items(narrow) if i.media_id not in out)


STATED = (
    *("image/png", "IMAGE/PNG", "image", "images/png", "imagery", "/image", "video/mp4", "Video"),
    *("video/", "audio/ogg", "aud\u0130o/ogg", "text/html", "application/octet-stream", "", None),
)


@pytest.mark.parametrize("kind", ["image", "video", "audio", "other"])
def test_what_has_a_turn_is_what_may_come(tmp_path: Path, kind: str) -> None:
    with a_vault(tmp_path / "vault") as vault:
        notices = [
            replace(a_notice(number), declared_type=stated)
            for number, stated in enumerate(STATED, start=1)
        ]
        report = a_report(1, contents=(an_item(10, media=tuple(notices)),))
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(new(report)))
        bind(vault, an_agreement(EVERYTHING, a_limit("7.1", kinds=(kind,))))

        withheld = frozenset(each.kind for each in kinds_withheld(vault))
        assert withheld == {kind}
        with vault.reader() as reader:
            turn = Turn(NOON, ANY_LINK, withheld)
            due = turns.newest(reader, turn, limit=100)
            count = turns.count_due(reader, turn)
            counts = turns.count_of_kinds(reader, withheld)
        assert {n.media_id for n in due} == {n.media_id for n in notices if may_come(vault, n)}
        assert count == len(due) < len(notices)
        assert counts == {kind: len(notices) - len(due)}
