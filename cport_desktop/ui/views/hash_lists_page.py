"""The page of hash lists."""

from __future__ import annotations

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.hash_lists_section import HashListsSection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.words import hash_lists_page as say


class HashListsPage(PartsPage):
    """One part now; what is on a list has a place beside it."""

    def __init__(self, seat: Seat) -> None:
        self.lists = HashListsSection(seat)
        super().__init__(say.PARTS, (self.lists,))
