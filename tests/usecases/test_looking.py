"""Every look leaves a trace, before anything is shown; what is veiled leaves none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pytest

from cport_desktop.domain.audit import AuditAction, AuditEntry
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaItem,
    MediaState,
    Picture,
    RevealGrant,
    RevealLevel,
)
from cport_desktop.domain.query import Query
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.domain.rows import Order
from cport_desktop.errors import (
    LookNotGranted,
    QueryError,
    SandboxRefused,
    TextUnfit,
    UnknownReference,
)
from cport_desktop.media.attempts import Tried
from cport_desktop.media.bounds import THUMBNAIL_SIDE, VEIL_WIDTH
from cport_desktop.media.sandbox import USUAL_TERMS, Confinement, SandboxLevel, Terms, Viewing
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.usecases import browse_media, read_audit, reveal_media, search_reports
from cport_desktop.usecases.permission import LONGEST_REASON
from cport_desktop.usecases.show_report import show_report
from cport_desktop.vault import audit_log, media_items
from tests.usecases.conftest import Bench


def trace(bench: Bench) -> list[AuditEntry]:
    """The log, oldest first, as a reader of the table sees it (leaving no trace of that)."""
    with bench.vault.reader() as reader:
        return list(reversed(audit_log.page(reader, limit=10_000, after=None).rows))


def a_picture(bench: Bench) -> MediaItem:
    with bench.vault.reader() as reader:
        items = media_items.page(reader, Query(), limit=500).rows
    return next(i for i in items if i.state is MediaState.HELD and i.cannot_show is None)


class TestSearching:
    def test_leaves_one_entry_with_its_text_however_far_one_reads(self, synced: Bench) -> None:
        before = len(trace(synced))
        now = synced.clock.now()
        first = search_reports.search_reports(
            synced.vault, "synthetic", Order(), limit=10, after=None,
            taxonomy=synced.taxonomy, now=now,
        )  # fmt: skip
        search_reports.search_reports(
            synced.vault, "synthetic", Order(), limit=10, after=first.next_cursor,
            taxonomy=synced.taxonomy, now=now,
        )  # fmt: skip
        search_reports.count_reports(synced.vault, "synthetic", taxonomy=synced.taxonomy, now=now)

        (entry,) = trace(synced)[before:]
        assert entry.draft.action is AuditAction.CONSULTATION
        assert entry.draft.verb == "search"
        assert ("query", "synthetic") in entry.draft.payload

    def test_that_cannot_be_read_leaves_none(self, synced: Bench) -> None:
        before = len(trace(synced))
        with pytest.raises(QueryError):
            search_reports.search_reports(
                synced.vault, "no-such-field:1", Order(), limit=10, after=None,
                taxonomy=synced.taxonomy, now=synced.clock.now(),
            )  # fmt: skip
        assert len(trace(synced)) == before


class TestOpeningAReport:
    def test_is_on_record(self, synced: Bench) -> None:
        page = search_reports.search_reports(
            synced.vault, "", Order(), limit=1, after=None,
            taxonomy=synced.taxonomy, now=synced.clock.now(),
        )  # fmt: skip
        dossier = show_report(synced.vault, page.rows[0].report_id)

        last = trace(synced)[-1]
        assert last.draft.verb == "open"
        assert last.draft.object_reference == f"HL-{dossier.report.report_id}"

    def test_that_is_not_here_leaves_none(self, synced: Bench) -> None:
        before = len(trace(synced))
        with pytest.raises(UnknownReference):
            show_report(synced.vault, ReportId(1))
        assert len(trace(synced)) == before


class _WatchingSandbox:
    """Notes what the log said when a picture was asked for; the picture is the real one's."""

    level = SandboxLevel.PROCESS
    confinement = Confinement(SandboxLevel.PROCESS)

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.entries_when_asked: list[AuditEntry] = []

    def examine(
        self, untrusted: Iterable[bytes], *, size: int, terms: Terms = USUAL_TERMS
    ) -> Examination:
        return self._bench.sandbox.examine(untrusted, size=size, terms=terms)

    def reveal(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        terms: Terms = USUAL_TERMS,
    ) -> Picture | None:
        self.entries_when_asked = trace(self._bench)
        return self._bench.sandbox.reveal(untrusted, size=size, grant=grant, terms=terms)

    def redraw(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        rectangles: tuple[Rectangle, ...],
        audit_sequence: int,
        terms: Terms = USUAL_TERMS,
    ) -> bytes | CannotShow:
        sandbox = self._bench.sandbox
        return sandbox.redraw(
            untrusted, size=size, rectangles=rectangles, audit_sequence=audit_sequence, terms=terms
        )

    def open_viewing(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        box: tuple[int, int],
        terms: Terms = USUAL_TERMS,
    ) -> Viewing | CannotShow:
        sandbox = self._bench.sandbox
        return sandbox.open_viewing(untrusted, size=size, grant=grant, box=box, terms=terms)

    def try_out(self) -> tuple[Tried, ...]:
        return self._bench.sandbox.try_out()

    def close(self) -> None: ...


class TestARevealIsRecorded:
    def test_before_a_pixel_is_asked_for(self, synced: Bench) -> None:
        item, watching = a_picture(synced), _WatchingSandbox(synced)

        grant, picture = reveal_media.reveal_media(
            synced.vault,
            watching,
            item.media_id,
            RevealLevel.GREY,
            seconds=6,
        )

        assert picture is not None
        last = watching.entries_when_asked[-1]
        assert last.draft.verb == "reveal"
        assert last.sequence == grant.audit_sequence
        assert ("level", "grey") in last.draft.payload

    def test_and_how_long_it_lasted(self, synced: Bench) -> None:
        item = a_picture(synced)
        grant, _ = reveal_media.reveal_media(
            synced.vault, synced.sandbox, item.media_id, RevealLevel.BLURRED, seconds=6
        )
        reveal_media.end_reveal(synced.vault, grant, seconds=2.5)
        assert ("seconds", "2.5") in trace(synced)[-1].draft.payload

    def test_even_where_the_decoder_is_refused(self, synced: Bench) -> None:
        before = len(trace(synced))
        with pytest.raises(SandboxRefused):
            reveal_media.reveal_media(
                synced.vault, RefusingSandbox(), a_picture(synced).media_id, RevealLevel.GREY,
                seconds=6,
            )  # fmt: skip
        assert len(trace(synced)) == before + 1

    def test_with_the_reason_that_was_stated(self, synced: Bench) -> None:
        item = a_picture(synced)
        look = partial(
            reveal_media.reveal_media,
            synced.vault,
            synced.sandbox,
            item.media_id,
            RevealLevel.SMALL_GREY,
            seconds=6,
        )
        assert look(reason="  to compare\n it ")[0].reason == "to compare it"
        assert trace(synced)[-1].draft.reason == "to compare it"
        with pytest.raises(TextUnfit):
            look(reason="x" * (LONGEST_REASON + 1))

    def test_and_nothing_opens_once_its_end_is_on_record(self, synced: Bench) -> None:
        item = a_picture(synced)
        grant, picture = reveal_media.reveal_media(
            synced.vault, synced.sandbox, item.media_id, RevealLevel.FULL, seconds=6
        )
        assert picture is not None
        assert next(synced.vault.clear_room.original(grant))
        reveal_media.end_reveal(synced.vault, grant, seconds=1)
        with pytest.raises(LookNotGranted):
            synced.vault.clear_room.original(grant)


class TestWhatALookShows:
    @pytest.mark.parametrize(
        ("level", "channels"),
        [
            (RevealLevel.BLURRED, 1),
            (RevealLevel.SMALL_GREY, 1),
            (RevealLevel.GREY, 1),
            (RevealLevel.BLURRED_COLOUR, 3),
            (RevealLevel.FULL, 3),
        ],
    )
    def test_has_colours_only_where_the_level_has(
        self, synced: Bench, level: RevealLevel, channels: int
    ) -> None:
        item = a_picture(synced)
        _, picture = reveal_media.reveal_media(
            synced.vault, synced.sandbox, item.media_id, level, seconds=6
        )
        assert picture is not None
        assert picture.channels == channels
        is_small = level not in {RevealLevel.GREY, RevealLevel.FULL}
        assert (max(picture.width, picture.height) <= THUMBNAIL_SIDE) is is_small

    @pytest.mark.parametrize(
        "level", [RevealLevel.BLURRED, RevealLevel.SMALL_GREY, RevealLevel.BLURRED_COLOUR]
    )
    def test_blurred_or_small_needs_no_original_and_no_decoder(
        self, synced: Bench, level: RevealLevel
    ) -> None:
        item = a_picture(synced)
        with synced.vault.reader() as reader:
            rows = reader.connection.execute(
                "SELECT blob_id FROM media_item WHERE media_id = ?", (item.media_id,)
            ).fetchall()
        synced.vault.layout.blob(rows[0][0]).unlink()
        _, picture = reveal_media.reveal_media(
            synced.vault, RefusingSandbox(), item.media_id, level, seconds=6
        )
        assert picture is not None

    def test_is_made_again_first_where_the_pictures_are_lost(self, synced: Bench) -> None:
        item = a_picture(synced)
        look = partial(
            reveal_media.reveal_media,
            synced.vault,
            synced.sandbox,
            item.media_id,
            RevealLevel.BLURRED,
            seconds=6,
        )
        _, before = look()
        synced.vault.derivatives.begin_anew()
        _, after = look()
        assert after == before
        assert after is not None


class TestVeils:
    def test_exist_for_every_item_that_can_be_shown(self, synced: Bench) -> None:
        with synced.vault.reader() as reader:
            items = media_items.page(reader, Query(), limit=1000).rows
        showable = {i.media_id for i in items if i.cannot_show is None}

        veils = browse_media.veils_of(synced.vault, [i.media_id for i in items])

        assert set(veils) == showable
        assert all(veil.channels == 1 and veil.width <= VEIL_WIDTH for veil in veils.values())

    def test_are_a_drawn_card_where_there_is_none(self, synced: Bench) -> None:
        card = browse_media.veil_or_card(synced.vault, MediaId(1))
        assert len(set(card.pixels)) == 1


def test_reading_the_log_is_recorded_in_the_log(synced: Bench) -> None:
    page = read_audit.list_audit(synced.vault, limit=5, after=None)
    assert page.rows[0].draft.verb == "read"
