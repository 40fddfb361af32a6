"""Lists that load page by page: no page comes behind rows that it does not follow."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError, StorageFull
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.widgets.paged_listing import PAGE_SIZE, PagedListing


class Shelf:
    """Numbers from 0, of which a page is given when it may be."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked: list[str | None] = []
        self.begins = 0
        self.error: CportError | None = None
        self.refused: list[CportError] = []

    def page(self, limit: int, after: str | None) -> Page[int]:
        self.asked.append(after)
        assert self.may_answer.wait(5)
        if self.error is not None:
            raise self.error
        first = int(after or self.begins)
        return Page(tuple(range(first, first + limit)), str(first + limit), 0.1)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    yield made
    made.may_answer.set()


@pytest.fixture
def listing(shelf: Shelf, lanes: Lanes, qtbot: QtBot) -> PagedListing[int]:
    columns: tuple[Column[int], ...] = (Column("Number", str),)
    made = PagedListing[int]("Numbers", columns, DARK, empty=("Nothing", "here"))
    made.feed(lanes.reading, shelf.page, same=lambda a, b: a == b, otherwise=shelf.refused.append)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: len(made.rows()) == PAGE_SIZE)
    return made


def test_a_page_that_is_scrolled_to_while_the_list_is_read_anew_leaves_no_gap(
    listing: PagedListing[int], shelf: Shelf, qtbot: QtBot
) -> None:
    listing.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(listing.rows()) == 2 * PAGE_SIZE)
    shelf.may_answer.clear()
    listing.refresh()
    listing.table.scrollToTop()
    listing.table.scrollToBottom()
    shelf.may_answer.set()
    qtbot.waitUntil(lambda: len(listing.rows()) == PAGE_SIZE)
    qtbot.wait(30)
    assert listing.rows() == tuple(range(len(listing.rows())))
    listing.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(listing.rows()) == 2 * PAGE_SIZE)
    assert listing.rows() == tuple(range(2 * PAGE_SIZE))


def test_after_a_refusal_the_list_goes_on_being_scrolled(
    listing: PagedListing[int], shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.error = StorageFull()
    listing.refresh()
    qtbot.waitUntil(lambda: len(shelf.refused) == 1)
    shelf.error = None
    listing.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(listing.rows()) == 2 * PAGE_SIZE)


def test_a_row_that_is_gone_leaves_no_other_chosen_in_its_place_unasked(
    listing: PagedListing[int], shelf: Shelf, qtbot: QtBot
) -> None:
    listing.table.choose(3)
    shelf.begins = 2
    listing.look_again()
    qtbot.waitUntil(lambda: listing.rows()[0] == 2)
    assert listing.chosen() == 3
    shelf.begins = 5
    listing.look_again()
    qtbot.waitUntil(lambda: listing.rows()[0] == 5)
    assert listing.chosen() is None
    shelf.begins = 6
    listing.look_again()
    qtbot.waitUntil(lambda: listing.rows()[0] == 6)
    assert listing.chosen() is None, "nor at the next look"
    listing.refresh()
    qtbot.waitUntil(lambda: listing.chosen() == 6)
