"""Drafts on their way to the vault: kept as they are typed, without a pause to wait for.

Rules:
1. A change is put down at once. While one write is under way the newest of each place waits, and
   what it replaced is never written: however fast somebody types, one write is under way.
2. What is scrolled or resized comes in bursts and is no text: it is put down once for each
   `BURST_MS`.
3. The lane drains: a lock that has its two seconds loses nothing. The panic key and a power cut
   lose at most what was typed while the last write was under way, a few milliseconds on a usual
   disk.
4. What could not be written (a full disk) waits, and is tried again with the next change, and at
   the lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from cport_desktop.domain.draft import (
    THE_WINDOW,
    DraftContent,
    DraftPlace,
    TableLayout,
    WindowStand,
)
from cport_desktop.ui.desk import Session
from cport_desktop.ui.lane import Lane

BURST_MS: Final = 150
"""A scroll bar that is dragged says where it is sixty times a second."""


class Drafting(QObject):
    """The drafts of one open vault. Lives in the GUI thread."""

    def __init__(self, session: Session, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._pending = _Pending(session.keep_draft)
        self._latest: dict[DraftPlace, DraftContent] = dict(session.drafts)
        self._stand: Callable[[], WindowStand] | None = None
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MS)
        self._burst.timeout.connect(self._keep_stand)
        self.can_keep = session.keeps_drafts

    def latest(self, place: DraftPlace) -> DraftContent | None:
        """What lies at `place`."""
        return self._latest.get(place)

    def layouts(self) -> dict[DraftPlace, TableLayout]:
        """How tables were wanted, by their places."""
        latest = self._latest.items()
        return {at: content for at, content in latest if isinstance(content, TableLayout)}

    def keep(self, place: DraftPlace, content: DraftContent) -> None:
        """This lies at `place` from now on."""
        if self._latest.get(place) != content:
            self._latest[place] = content
            self._put(place, content)

    def end(self, place: DraftPlace) -> None:
        """It was sent, or thrown away."""
        if self._latest.pop(place, None) is not None:
            self._put(place, None)

    def watch(self, stand: Callable[[], WindowStand]) -> None:
        """From now on `stand` says where the window stands; nothing was kept of it before."""
        self._stand = stand

    def moved(self) -> None:
        """Something was scrolled, chosen or resized."""
        if self._stand is not None and not self._burst.isActive():
            self._burst.start()

    def typed(self) -> None:
        """Something was typed that is a part of where the window stands."""
        self._burst.stop()
        self._keep_stand()

    def finish(self) -> None:
        """Nothing waits for a burst to end any more, and what could not be written is tried once more;
        nothing is noticed from now on.
        """
        if self._burst.isActive():
            self.typed()
        self._stand = None
        if self.can_keep and self._pending.take_up():
            self._lane.ask(self, self._pending.write_all)

    def _keep_stand(self) -> None:
        if self._stand is not None:
            self.keep(THE_WINDOW, self._stand())

    def _put(self, place: DraftPlace, content: DraftContent | None) -> None:
        if self.can_keep and self._pending.put(place, content):
            self._lane.ask(self, self._pending.write_all)


class _Pending:
    """What waits to be written: put down in one thread, written in another."""

    def __init__(self, keep: Callable[[DraftPlace, DraftContent | None], None]) -> None:
        self._keep = keep
        self._guard = threading.Lock()
        self._waiting: dict[DraftPlace, DraftContent | None] = {}
        self._is_writing = False

    def put(self, place: DraftPlace, content: DraftContent | None) -> bool:
        """It waits; whether somebody must be asked to write."""
        with self._guard:
            self._waiting[place] = content
            must_ask, self._is_writing = not self._is_writing, True
            return must_ask

    def take_up(self) -> bool:
        """Whether something waits that nobody is going to write; then somebody must be asked to."""
        with self._guard:
            must_ask = bool(self._waiting) and not self._is_writing
            self._is_writing = self._is_writing or must_ask
            return must_ask

    def write_all(self) -> None:
        """Nothing waits any more.

        Raises:
            StorageFull, VaultDamaged: the disk. What could not be written waits for the next.
        """
        while (taken := self._take()) is not None:
            try:
                self._keep(*taken)
            except BaseException:
                self._put_back(*taken)
                raise

    def _take(self) -> tuple[DraftPlace, DraftContent | None] | None:
        with self._guard:
            if self._waiting:
                return self._waiting.popitem()
            self._is_writing = False
            return None

    def _put_back(self, place: DraftPlace, content: DraftContent | None) -> None:
        with self._guard:
            self._waiting.setdefault(place, content)
            self._is_writing = False
