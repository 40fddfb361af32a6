"""The keyframes of what is open, while it is: asked for once, dropped with the look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from cport_desktop.domain.moving import MovingFrame
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.models.media_grid import as_image
from cport_desktop.ui.playing_source import Opened

STRIP: Final = 6
"""Pictures of the strip: as many as can be told apart in a pane of 360 pixels."""


@dataclass(frozen=True, slots=True)
class StripPicture:
    """One keyframe, while it may be seen."""

    at_ms: int
    image: QImage


class StripQuestion(QObject):
    """In the GUI thread."""

    def __init__(self, lane: Lane, failed: Callable[[CportError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._failed = failed
        self._look = 0
        self.pictures: tuple[StripPicture, ...] = ()

    def ask(self, opened: Opened, then: Callable[[], None]) -> None:
        """The pictures are there when `then` is called."""
        self._lane.ask(
            self,
            partial(opened.item.strip, STRIP),
            then=partial(self._came, self._look, then),
            otherwise=partial(self._fail, self._look),
        )

    def end(self) -> None:
        """No picture is here any more, and none comes."""
        self._look += 1
        self.pictures = ()

    def _came(self, look: int, then: Callable[[], None], frames: tuple[MovingFrame, ...]) -> None:
        if look == self._look:
            self.pictures = tuple(
                StripPicture(frame.at_ms, as_image(frame.picture)) for frame in frames
            )
            then()

    def _fail(self, look: int, error: CportError) -> None:
        if look == self._look:
            self._failed(error)
