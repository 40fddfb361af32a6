"""What is like one item, and stacks as they are listed: reasons, distances, pages, counted work."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import Actor, ContentId, MediaId, ReportId
from cport_desktop.domain.likeness import Because, Stack, Turn
from cport_desktop.domain.operation import GiveAssessment, OperationState
from cport_desktop.domain.query import Query
from cport_desktop.domain.report import ContentItem
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL
from cport_desktop.errors import AgreementForbids, CountDiffers, StackUnfit, UnknownReference
from cport_desktop.usecases import browse_stacks, decide_stack, similar_media, stack_words
from cport_desktop.usecases.decide_stack import Decision
from cport_desktop.usecases.exposure import own_exposure
from cport_desktop.vault import outbox, reports, second_readings, stack_listing
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import a_clause, an_agreement
from tests.builders import NOON, an_entry, make_vault, reopened
from tests.likeness_builders import (
    a_digest,
    a_picture,
    a_plain_picture,
    a_video,
    bytes_of,
    caught_up,
    hold,
    with_bits,
)
from tests.operation_builders import an_operation
from tests.report_builders import (
    a_notice,
    a_report,
    an_action,
    an_assessment,
    an_item,
    new,
    the_taxonomy,
)
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def vault(newborn: Path, tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn, tmp_path / "vault"))) as opened:
        yield opened


def similar(vault: Vault, media: int, *, limit: int = 100, after: str | None = None):
    return similar_media.similar_media(vault, MediaId(media), limit=limit, after=after)


def told(vault: Vault, media: int) -> list[tuple[int, Because, int, Turn]]:
    return [
        (one.media_id, one.because, one.distance, one.turn) for one, _ in similar(vault, media).rows
    ]


def listed(
    vault: Vault, text: str = "", *, limit: int = 100, after: str | None = None
) -> Page[Stack]:
    return browse_stacks.list_stacks(
        vault, text, limit=limit, after=after, taxonomy=the_taxonomy(), now=NOON
    )


def of_media(content: int, *media: int, shows: dict[int, int] | None = None, **changes: Any):
    """A content item that announces these media items; `shows`: whose bytes some of them have."""
    notices = tuple(
        a_notice(number, bytes_of((shows or {}).get(number, number))) for number in media
    )
    return an_item(content, media=notices, **changes)


def report_of(vault: Vault, number: int, *contents: ContentItem) -> None:
    apply(vault, new(a_report(number, contents=contents)))


class TestWhatIsLikeAnItem:
    def test_is_told_nearest_first_with_the_reason_and_the_way_round(self, vault: Vault) -> None:
        pdq, dct = a_digest(1), b"\x0f" * 8
        turned = [a_digest(50 + turn) for turn in range(7)]
        seen = a_picture(pdq, turned=turned, dct=dct)
        hold(vault, 1, seen)
        hold(vault, 2, a_picture(with_bits(pdq, *range(20))))
        hold(vault, 3, a_picture(with_bits(turned[1], 1, 2, 3)))
        hold(vault, 4, a_picture(a_digest(4), dct=with_bits(dct, 0, 1, 2, 3, 4, 5)))
        hold(vault, 5, a_picture(a_digest(5), dct=with_bits(dct, 0, 1, 2, 3, 4, 5, 6)))
        hold(vault, 6, a_picture(with_bits(pdq, *range(32))))
        hold(vault, 7, seen, content=1)
        hold(vault, 8, a_plain_picture())

        assert told(vault, 1) == [
            (7, Because.SAME_BYTES, 0, Turn.UPRIGHT),
            (3, Because.PDQ_TURNED, 3, Turn.HALF),
            (2, Because.PDQ, 20, Turn.UPRIGHT),
            (4, Because.DCT, 6, Turn.UPRIGHT),
        ]
        assert told(vault, 8) == []

    def test_resembling_by_phash_alone_makes_no_stack(self, vault: Vault) -> None:
        dct = b"\x0f" * 8
        hold(vault, 1, a_picture(a_digest(1), dct=dct))
        hold(vault, 2, a_picture(a_digest(2), dct=dct))

        assert told(vault, 1) == [(2, Because.DCT, 0, Turn.UPRIGHT)]
        assert listed(vault).rows == []

    def test_of_a_video_is_told_by_the_share_of_frames(self, vault: Vault) -> None:
        frames = [a_digest(number) for number in range(10)]
        hold(vault, 1, a_video(*frames))
        hold(vault, 2, a_video(*(with_bits(frame, 1, 2) for frame in frames[:9]), a_digest(99)))

        ((one, item),) = similar(vault, 1).rows
        assert (one.media_id, one.because, one.distance, one.share) == (2, Because.VIDEO, 2, 90)
        assert item.media_id == 2

    def test_comes_in_pages_that_miss_nothing_and_repeat_nothing(self, vault: Vault) -> None:
        pdq = a_digest(1)
        for number in range(1, 12):
            hold(vault, number, a_picture(with_bits(pdq, *range(number // 2))))
        whole = [one.media_id for one, _ in similar(vault, 1).rows]
        paged: list[int] = []
        after: str | None = None
        while True:
            page = similar(vault, 1, limit=3, after=after)
            paged += [one.media_id for one, _ in page.rows]
            assert page.total == 10
            if (after := page.next_cursor) is None:
                break
        assert paged == whole
        assert len(whole) == 10
        with pytest.raises(UnknownReference):
            similar(vault, 1, after="not a cursor")

    def test_erased_contents_are_not_told_even_if_an_index_still_knows_them(
        self, vault: Vault
    ) -> None:
        hold(vault, 1, a_picture(a_digest(1)))
        hold(vault, 2, a_picture(a_digest(1)))
        assert len(told(vault, 1)) == 1
        with vault.bookkeeping() as connection:
            connection.execute("DELETE FROM likeness WHERE content = 2")

        assert told(vault, 1) == []


class TestStacksAreListed:
    def test_newest_report_first_with_their_counts(self, vault: Vault) -> None:
        report_of(vault, 1, of_media(10, 1, 2))
        report_of(vault, 2, of_media(20, 3, assessments=(an_assessment(NATIONAL),)))
        report_of(vault, 3, of_media(30, 4, 5, shows={5: 4}))
        report_of(vault, 4, of_media(40, 6))
        for media, pdq in ((1, 1), (2, 2), (3, 1), (6, 9)):
            hold(vault, media, a_picture(with_bits(a_digest(pdq), media)))
        hold(vault, 4, a_plain_picture())
        hold(vault, 5, a_plain_picture(), content=4)

        assert listed(vault).rows == [Stack(MediaId(5), 1, 2, 1, 0), Stack(MediaId(1), 2, 2, 2, 1)]
        assert listed(vault, "class:national").rows == [Stack(MediaId(1), 2, 2, 2, 1)]

    def test_in_pages_that_miss_nothing_and_repeat_nothing(self, vault: Vault) -> None:
        for number in range(1, 25):
            hold(vault, number, a_picture(with_bits(a_digest(number % 7), number)))
        caught_up(vault)
        whole = [stack.stack_id for stack in listed(vault).rows]
        paged: list[int] = []
        after: str | None = None
        while True:
            page = listed(vault, limit=2, after=after)
            paged += [stack.stack_id for stack in page.rows]
            if (after := page.next_cursor) is None:
                break
        assert paged == whole
        assert len(whole) == 7

    def test_with_as_many_queries_for_many_members_as_for_few(self, vault: Vault) -> None:
        def statements() -> int:
            with vault.reader() as reader:
                seen: list[str] = []
                reader.connection.set_trace_callback(seen.append)  # type: ignore[attr-defined]
                stack_listing.page(reader, Query(), limit=50)
                stack_listing.members(reader, 1)
                reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]
            return len(seen)

        for number in range(1, 5):
            hold(vault, number, a_picture(with_bits(a_digest(number % 2), number)))
        caught_up(vault)
        few = statements()
        for number in range(5, 40):
            hold(vault, number, a_picture(with_bits(a_digest(number % 2), number)))
        caught_up(vault)
        assert statements() == few == 5

    def test_no_item_is_walked_that_stands_alone(self, vault: Vault) -> None:
        for number in range(1, 30):
            hold(vault, number, a_picture(a_digest(number)))
        hold(vault, 30, a_picture(a_digest(3)))
        caught_up(vault)

        with vault.reader() as reader:
            walked = reader.connection.execute(
                "SELECT media_id FROM media_item INDEXED BY media_in_stack WHERE in_stack = 1"
            ).fetchall()
        assert walked == [(3,), (30,)]
        assert [stack.stack_id for stack in listed(vault).rows] == [3]

    def test_what_was_taken_apart_is_listed_no_more(self, vault: Vault) -> None:
        for number in (1, 2):
            hold(vault, number, a_picture(with_bits(a_digest(1), number)))
        stack_words.split_stack(vault, [MediaId(2)])

        assert listed(vault).rows == []
        opened = browse_stacks.show_stack(vault, MediaId(2))
        assert [member.media_id for member in opened.members] == [2]


class TestOneDecisionServesAStack:
    @pytest.fixture
    def stack(self, vault: Vault) -> Decision:
        bind(vault)
        return a_stack(vault)

    def test_and_is_told_before_it_is_made(self, vault: Vault, stack: Decision) -> None:
        foreseen = decide_stack.foresee_decision(vault, stack)

        assert foreseen.reports == (
            (ReportId(2), (ContentId(20),)),
            (ReportId(1), (ContentId(11),)),
        )
        assert [one.report_id for one in foreseen.refused] == [5, 4]
        assert all(one.reason for one in foreseen.refused)
        assert operations_of(vault, 1, 2, 4, 5) == []

    def test_each_by_an_operation_of_its_own_and_of_a_report_all_or_nothing(
        self, vault: Vault, stack: Decision
    ) -> None:
        numbers = (UUID(int=number) for number in itertools.count(1))
        decided, _ = decide_stack.decide_stack(vault, stack, count=2, new_id=lambda: next(numbers))

        assert decided.reports == 2
        assert [one.report_id for one in decided.refused] == [5, 4]
        assert operations_of(vault, 1, 2, 3, 4, 5, 6) == [
            (1, GiveAssessment(ContentId(11), NATIONAL, None, None)),
            (2, GiveAssessment(ContentId(20), NATIONAL, None, None)),
        ]
        day = own_exposure(vault, days=1, now=vault.now()).ledger.days[0]
        assert {each.why: each.count for each in day.avoided} == {Avoided.STACK: 2}, "nobody looked"
        assert listed(vault).rows == [Stack(MediaId(1), 6, 6, 5, 3)]
        again = decide_stack.foresee_decision(vault, stack)
        assert again.reports == ()

    def test_not_over_a_lease_nor_beside_what_a_second_reader_has_yet_to_confirm(
        self, vault: Vault, stack: Decision
    ) -> None:
        waits_for_a_second(vault, Actor("Berta Example"))
        until = int((vault.now() + timedelta(minutes=5)).timestamp() * 1_000_000)
        with vault.transaction() as tx:
            tx.connection.execute("INSERT INTO lease VALUES (2, ?, 0, ?)", ("b" * 32, until))
            tx.record(an_entry("arrange"))

        foreseen = decide_stack.foresee_decision(vault, stack)

        assert foreseen.reports == ()
        assert [one.report_id for one in foreseen.refused] == [5, 4, 2, 1]
        assert len({one.reason for one in foreseen.refused}) == 4

    def test_in_the_place_of_ones_own_that_waits(self, vault: Vault, stack: Decision) -> None:
        waits_for_a_second(vault, vault.actor)
        numbers = (UUID(int=number) for number in itertools.count(100))

        decide_stack.decide_stack(vault, stack, count=2, new_id=lambda: next(numbers))

        with vault.reader() as reader:
            states = [row.state for row in reports.dossier(reader, ReportId(1)).operations]
        assert states == [OperationState.SET_ASIDE, OperationState.QUEUED]

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_only_for_the_count_that_was_told(
        self, vault: Vault, stack: Decision, count: int
    ) -> None:
        with pytest.raises(CountDiffers):
            decide_stack.decide_stack(vault, stack, count=count, new_id=lambda: UUID(int=1))
        assert operations_of(vault, 1, 2, 3, 4, 5) == []

    def test_as_far_as_the_agreement_goes(self, vault: Vault) -> None:
        bind(vault, an_agreement(a_clause("2.1", "reports.read")))
        foreseen = decide_stack.foresee_decision(vault, a_stack(vault))

        assert foreseen.reports == ()
        assert len(foreseen.refused) == 4

    def test_of_an_item_whose_file_is_not_here_nothing_can_be_said(self, vault: Vault) -> None:
        report_of(vault, 1, of_media(10, 1))
        with pytest.raises(StackUnfit):
            decide_stack.foresee_decision(vault, Decision(MediaId(1), NATIONAL))


def a_stack(vault: Vault) -> Decision:
    """Five reports with a picture of one stack: two to assess, one decided, one with another's
    country, and one of whose two content items one may not be assessed.
    """
    report_of(vault, 1, an_item(10), of_media(11, 1))
    report_of(vault, 2, of_media(20, 2))
    report_of(vault, 3, of_media(30, 3, assessments=(an_assessment(BASELINE),)))
    report_of(vault, 4, of_media(40, 4, assigned_country="BE"))
    report_of(vault, 5, of_media(50, 5), of_media(51, 6, actions=(an_action(1),)))
    report_of(vault, 6, of_media(60, 7))
    for media in range(1, 7):
        hold(vault, media, a_picture(with_bits(a_digest(1), media)))
    hold(vault, 7, a_picture(a_digest(7)))
    return Decision(MediaId(3), NATIONAL)


def waits_for_a_second(vault: Vault, actor: Actor) -> None:
    """An assessment of the first report's item, which another analyst has to confirm."""
    made = replace(an_operation(9, GiveAssessment(ContentId(11), BASELINE), 1), actor=actor)
    with vault.transaction() as tx:
        outbox.queue(tx, made)
        second_readings.ask(tx, made.operation_id)
        tx.record(an_entry("arrange"))


def operations_of(vault: Vault, *numbers: int) -> list[tuple[int, object]]:
    with vault.reader() as reader:
        return [
            (number, row.operation.body)
            for number in numbers
            for row in reports.dossier(reader, ReportId(number)).operations
        ]


@pytest.mark.parametrize("doing", ["similar", "stacks", "show"])
def test_nothing_is_told_that_the_agreement_keeps_from_the_agency(vault: Vault, doing: str) -> None:
    hold(vault, 1, a_picture(a_digest(1)))
    bind(vault, an_agreement(a_clause("2.1", "feedback.give")))

    with pytest.raises(AgreementForbids):
        if doing == "similar":
            similar(vault, 1)
        elif doing == "stacks":
            listed(vault)
        else:
            browse_stacks.show_stack(vault, MediaId(1))
