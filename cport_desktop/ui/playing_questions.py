"""Asks for frames of what is open, one at a time and off this thread.

Rules:

1. One question is under way at a time. What somebody wants to see (`want`) comes before what follows
   while it plays, and of several wants only the last is asked.
2. One frame that follows lies ready before it is due. A frame whose moment is over is not asked for.
3. After `end` every answer is dropped, and no picture is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.domain.moving import MovingFrame, Step
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.playing_source import Opened


class FrameQuestions(QObject):
    """In the GUI thread.

    Signals:
        settled(): the exact frame that was wanted is shown, and nothing else is wanted.
        ready(): a frame that follows lies ready, or there is none behind the last.
        failed(object): a CportError or a CannotShow.
    """

    settled = Signal()
    ready = Signal()
    failed = Signal(object)

    def __init__(self, lane: Lane, show: Callable[[MovingFrame], None], parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._show = show
        self._opened: Opened | None = None
        self._look = 0
        self._due: MovingFrame | None = None
        self._wanted: tuple[int, Step] | None = None
        self._is_asking = False
        self._is_following = False
        self.shown: tuple[int, int] | None = None
        """When the frame on the screen begins, and how long it lasts; in milliseconds."""
        self.is_last = False
        """There is none behind the one on the screen."""

    @property
    def is_busy(self) -> bool:
        """Something wanted is on its way."""
        return self._wanted is not None or self._is_asking

    def begin(self, opened: Opened) -> None:
        """Of this; its first frame is on the screen."""
        self.end()
        self._opened = opened
        if opened.first is not None:
            self.shown = (opened.first.at_ms, opened.first.lasts_ms)
            opened.first = None

    def end(self) -> None:
        """Of nothing."""
        self._look += 1
        self._opened = self._due = self._wanted = self.shown = None
        self._is_asking = self._is_following = self.is_last = False

    def want(self, at_ms: int, step: Step) -> None:
        """This frame next, whatever was on its way."""
        self._due, self.is_last = None, False
        self._wanted = (at_ms, step)
        self._ask(at_ms)

    def follow(self, at_ms: int) -> None:
        """It plays, and stands here: what is due is shown, and the next is asked for."""
        self._is_following = True
        if self._due is not None and self._due.at_ms <= at_ms:
            due, self._due = self._due, None
            self._put_up(due)
        self._ask(at_ms)

    def rest(self) -> None:
        """It does not play: what lies ready is thrown away."""
        self._due, self._is_following = None, False

    def _ask(self, at_ms: int) -> None:
        opened = self._opened
        if opened is None or self._is_asking or not opened.item.moving.has_picture:
            return
        asked = self._wanted or self._following(at_ms)
        if asked is None:
            return
        is_wanted, self._wanted, self._is_asking = self._wanted is not None, None, True
        self._lane.ask(
            self,
            partial(opened.item.frame, *asked),
            then=partial(self._came, self._look, asked, is_wanted),
            otherwise=partial(self._fail, self._look),
        )

    def _following(self, at_ms: int) -> tuple[int, Step] | None:
        """The frame behind the one on the screen, or a later one if its moment is over."""
        if not self._is_following or self._due is not None or self.is_last or self.shown is None:
            return None
        begins, lasts = self.shown
        return max(begins + max(1, lasts), at_ms), Step.AT

    def _came(
        self,
        look: int,
        asked: tuple[int, Step],
        is_wanted: bool,
        found: MovingFrame | CannotShow | None,
    ) -> None:
        if look != self._look:
            return
        self._is_asking = False
        if isinstance(found, CannotShow):
            self.failed.emit(found)
        elif is_wanted and found is not None:
            self._put_up(found)
            if self._wanted is None and asked[1] is Step.AT:
                self.settled.emit()
        elif self._wanted is None and self._is_following:
            self.is_last = found is None or self.shown is None or found.at_ms <= self.shown[0]
            self._due = None if self.is_last else found
            self.ready.emit()
        if self._wanted is not None:
            self._ask(asked[0])

    def _put_up(self, frame: MovingFrame) -> None:
        self.shown = (frame.at_ms, frame.lasts_ms)
        self._show(frame)

    def _fail(self, look: int, error: CportError) -> None:
        if look == self._look:
            self.failed.emit(error)
