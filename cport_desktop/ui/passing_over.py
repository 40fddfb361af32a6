"""Leaving out what lists know: a query without it, and what nobody had to look at for that.

An item counts once in a session: when it is left out of a list on which it stood, it could have been
looked at, and was not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.ui.models.facet_list import toggled
from cport_desktop.ui.models.media_grid import why_not_shown
from cport_desktop.ui.seat import Seat

STATES: Final = ("is:known", "is:harmless")


def leaves_out_known(query: str) -> bool:
    """The query asks for nothing that a list has."""
    asked = query.split()
    return all(f"-{state}" in asked for state in STATES)


def turned(query: str, taxonomy: Taxonomy) -> str:
    """The query with what lists know left out, or no longer left out."""
    is_on = leaves_out_known(query)
    for state in STATES:
        if (f"-{state}" in query.split()) is is_on:
            query = toggled(query, state, taxonomy, keeps_out=True)
    return query


class PassingOver(QObject):
    """Remembers what was looked at and what was counted, for as long as the vault is open."""

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._badges: dict[MediaId, Badge] = {}
        self._settled: set[MediaId] = set()

    def learn(self, badges: Mapping[MediaId, Badge]) -> None:
        """What lists say of items that are listed."""
        self._badges.update(badges)

    def stack_items(self, media_id: MediaId) -> int:
        """How many items are in its stack, as far as is known."""
        badge = self._badges.get(media_id)
        return 1 if badge is None else badge.stack_items

    def looked_at(self, media_id: MediaId | None) -> None:
        """It was looked at: no look of it is spared any more."""
        if media_id is not None:
            self._settled.add(media_id)

    def leave_out(self, items: Sequence[MediaItem]) -> int:
        """What lists know of these is left out; how many looks that spared."""
        spared = {item.media_id for item in items if self._spares(item)}
        self._settled |= spared
        if spared:
            count = partial(self._seat.session.likening.avoided, Avoided.LISTED, len(spared))
            self._seat.lanes.acting.ask(self, count)
        return len(spared)

    def _spares(self, item: MediaItem) -> bool:
        badge = self._badges.get(item.media_id)
        is_known = badge is not None and badge.known is not None
        return is_known and item.media_id not in self._settled and why_not_shown(item) is None
