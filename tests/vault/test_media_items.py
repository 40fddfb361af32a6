"""Media items: listed by their reports, wanted newest first, and never fetched twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.query_language import parse
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import media_items, replica
from cport_desktop.vault.blobs import BlobStore
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, an_entry, an_examination, digests_of
from tests.report_builders import (
    SPRING,
    a_batch,
    a_notice,
    a_report,
    an_item,
    corrected,
    new,
    the_taxonomy,
)


def content(media: int) -> bytes:
    return f"bytes of {media % 4}".encode()


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Ten reports with two files each; media 1 to 20, among them four different contents."""
    changes = []
    for number in range(1, 11):
        media = tuple(a_notice(m, content(m)) for m in (2 * number - 1, 2 * number))
        item = an_item(number, f"https://files-{number}.example/a", media=media)
        changes.append(new(a_report(number, contents=(item,), memo=f"word{number}")))
    with vault.transaction() as tx:
        replica.apply(tx, a_batch(*changes))
    return vault


def listed(reader: Reader, text: str, *, limit: int = 100) -> list[int]:
    query = parse(text, taxonomy=the_taxonomy(), now=NOON)
    numbers: list[int] = []
    after: str | None = None
    while True:
        page = media_items.page(reader, query, limit=limit, after=after)
        numbers += [item.media_id for item in page.rows]
        after = page.next_cursor
        if after is None:
            return numbers


def hold(vault: Vault, number: int) -> None:
    intake = vault.intake(MediaId(number))
    intake.write(content(number))
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(content(number)), an_examination())
        tx.record(an_entry("hold"))
    intake.close()


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_media_of_newer_reports_come_first_on_pages_of_any_size(filled: Vault, limit: int) -> None:
    with filled.reader() as reader:
        assert listed(reader, "", limit=limit) == list(range(20, 0, -1))


def test_a_query_over_media_asks_the_item_or_its_reports(filled: Vault) -> None:
    hold(filled, 7)
    digests = digests_of(content(7))
    with filled.reader() as reader:
        assert listed(reader, "word3") == [6, 5]
        assert listed(reader, "domain:files-4.example") == [8, 7]
        assert listed(reader, f"sha256:{digests.sha256}") == [19, 15, 11, 7, 3]
        assert listed(reader, f"md5:{digests.md5}") == [7]
        assert listed(reader, "kind:image") == [7]
        assert listed(reader, "has:image word4") == [7]
        assert listed(reader, "-kind:image word4") == [8]
        assert len(listed(reader, "is:duplicate host:NL")) == 20
        assert listed(reader, "has:media -host:NL") == []


def test_an_item_knows_its_reports_and_how_many_others_have_its_bytes(filled: Vault) -> None:
    again = a_report(30, contents=(an_item(300, media=(a_notice(7, content(7)),)),))
    with filled.transaction() as tx:
        replica.apply(tx, a_batch(new(again)))
    with filled.reader() as reader:
        item = media_items.item(reader, MediaId(7))
        assert item.reports == (30, 4)
        assert (item.state, item.duplicates, item.bytes_here) == (MediaState.WANTED, 4, 0)
        with pytest.raises(UnknownReference):
            media_items.item(reader, MediaId(999))


def test_what_is_wanted_is_asked_for_newest_first(filled: Vault) -> None:
    with filled.reader() as reader:
        wanted = media_items.wanted(reader, limit=3)

    assert [notice.media_id for notice in wanted] == [20, 19, 18]
    assert wanted[0] == a_notice(20, content(20))


def test_a_file_in_a_newer_report_moves_to_the_front(filled: Vault) -> None:
    moved = a_report(
        2,
        revision=2,
        received_at=SPRING + timedelta(days=20),
        contents=(an_item(2, media=(a_notice(3, content(3)),)),),
    )
    with filled.transaction() as tx:
        replica.apply(tx, a_batch(corrected(moved)))
    with filled.reader() as reader:
        assert media_items.wanted(reader, limit=1)[0].media_id == 3
        assert listed(reader, "", limit=5)[0] == 3


def test_bytes_that_are_held_need_no_second_transfer(filled: Vault) -> None:
    with filled.reader() as reader:
        assert not media_items.shareable(reader)
    hold(filled, 7)
    with filled.reader() as reader:
        assert media_items.shareable(reader)

    with filled.transaction() as tx:
        shared = media_items.share_held_bytes(tx, media_items.shareable(tx))
        tx.record(an_entry("share"))

    assert shared == 4
    with filled.reader() as reader:
        item = media_items.item(reader, MediaId(19))
        assert item.state is MediaState.HELD
        assert item.digests == digests_of(content(7))
        assert item.bytes_here == len(content(7))
        assert item.width == 4
        assert b"".join(filled.blobs.read(reader, MediaId(19))) == content(7)
        tally = media_items.tally(reader)
        assert not media_items.shareable(reader)
    assert (tally.held, tally.wanted, tally.refused, tally.unshowable) == (5, 15, 0, 0)
    assert tally.bytes_held == len(content(7))
    assert isinstance(filled.blobs, BlobStore)


def test_a_refused_item_is_wanted_again_when_its_announcement_is_corrected(filled: Vault) -> None:
    intake = filled.intake(MediaId(1))
    with filled.transaction() as tx:
        intake.refuse(tx, "untrusted.digest")
        tx.record(an_entry("refuse"))
    intake.close()
    same = a_report(1, contents=(an_item(1, media=(a_notice(1, content(1)),)),))
    other = replace(same, revision=3, contents=(an_item(1, media=(a_notice(1, b"right"),)),))

    def state_after(*reports: object) -> MediaState:
        with filled.transaction() as tx:
            replica.apply(tx, a_batch(*(corrected(report) for report in reports)))  # type: ignore[arg-type]
        with filled.reader() as reader:
            return media_items.item(reader, MediaId(1)).state

    assert state_after(replace(same, revision=2)) is MediaState.REFUSED
    assert state_after(other) is MediaState.WANTED


def test_a_cursor_of_another_list_is_refused(filled: Vault) -> None:
    query = parse("", taxonomy=the_taxonomy(), now=NOON)
    with filled.reader() as reader, pytest.raises(UnknownReference):
        media_items.page(reader, query, limit=3, after="bm9uc2Vuc2U")
