"""Plays what is looked at: the frames behind the glass while it is held, and nothing before or after.

Rules:

1. It follows a `Looking`. Frames are asked for and shown while that shows, and the moment it veils,
   every picture here is dropped. The position stays, so that the next look goes on there.
2. One frame is asked for at a time, off this thread. A frame that comes too late is not made up for:
   the next one asked for is the one of its moment.
3. While somebody drags, the nearest keyframes are shown; where they let go, the exact frame.
4. What goes wrong veils, and is told once. Nothing is tried again by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, MediaItem
from cport_desktop.domain.moving import MovingFrame, SoundGrant, Step
from cport_desktop.errors import Cancelled, CportError, LookNotGranted
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.looking import Looking, LookState
from cport_desktop.ui.models.media_grid import as_image
from cport_desktop.ui.playing import Playing
from cport_desktop.ui.playing_pace import Playhead
from cport_desktop.ui.playing_sound import SoundFeed
from cport_desktop.ui.playing_source import Aim, LookSource, Opened

STRIP: Final = 6
"""Pictures of the strip: as many as can be told apart in a pane of 360 pixels."""
_TICK_MS: Final = 10
"""A fourth of a frame at 25 a second."""
JUMP_MS: Final = 5_000


@dataclass(frozen=True, slots=True)
class StripPicture:
    """One keyframe of the strip, while it may be seen."""

    at_ms: int
    image: QImage


class FramePlayer(QObject):
    """The rules above, for one glass.

    Signals:
        moved(): position, speed, marks, or whether it plays, is another.
        strip_changed(): the pictures of the strip are others, or gone.
        failed(object): a CportError or a CannotShow; it is veiled.
    """

    moved = Signal()
    strip_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        looking: Looking,
        source: LookSource,
        playing: Playing,
        *,
        lanes: Lanes,
        monotonic: Callable[[], float],
        box: Callable[[], tuple[int, int]],
        parent: QObject,
    ) -> None:
        """`box`: how large frames are wanted."""
        super().__init__(parent)
        self._box = box
        self._looking = looking
        self._source = source
        self._playing = playing
        self._lanes = lanes
        self._monotonic = monotonic
        self._media: MediaId | None = None
        self._opened: Opened | None = None
        self._shown: tuple[int, int] | None = None
        self._due: MovingFrame | None = None
        self._wanted: tuple[int, Step] | None = None
        self._asking: tuple[int, Step] | None = None
        self._is_last = False
        self._look = 0
        self._told = -1
        self.head = Playhead()
        self.plays = True
        """It moves whenever somebody looks."""
        self.strip: tuple[StripPicture, ...] = ()
        self.feed = SoundFeed(
            lanes.decoding, where=lambda: self.position_ms, monotonic=monotonic, parent=self
        )
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        looking.changed.connect(self._follow)

    # -- what is played

    def aim(self, item: MediaItem | None) -> None:
        """Looks at `item` from now on, from its beginning (None: at nothing that plays)."""
        media = None if item is None else item.media_id
        if media == self._media:
            return
        self._media = media
        self.head.aim(0 if item is None else item.duration_ms or 0)
        self.plays = True
        self._told = -1
        self.moved.emit()

    @property
    def position_ms(self) -> int:
        return self.head.position(self._monotonic())

    @property
    def is_open(self) -> bool:
        """Somebody looks at it now."""
        return self._opened is not None

    @property
    def opened(self) -> Opened | None:
        return self._opened

    # -- what a person does

    def toggle(self) -> None:
        """Play, or stay on the frame."""
        now = self._monotonic()
        self.plays = not self.plays
        if self.plays and self.head.is_at_end(now):
            self.seek(self._start_ms())
        elif self._opened is not None:
            self._run() if self.plays else self._rest()
        self.moved.emit()

    def seek(self, at_ms: int, *, is_dragging: bool = False) -> None:
        """Go there: by keyframes while somebody drags, exactly otherwise."""
        now = self._monotonic()
        self.head.seek(at_ms, now)
        if self._opened is not None:
            self.head.rest(now)
            self.feed.rest()
            self._want(self.head.position(now), Step.KEY if is_dragging else Step.AT)
        self.moved.emit()

    def jump(self, by_ms: int) -> None:
        self.seek(self.position_ms + by_ms)

    def step(self, direction: int) -> None:
        """One frame on (or back), and stay there."""
        if self._opened is None or self._shown is None:
            return
        self.plays = False
        self._rest()
        at_ms, lasts = self._shown
        wanted = at_ms + max(1, lasts) if direction > 0 else at_ms - 1
        if wanted >= 0:
            self.head.seek(wanted, self._monotonic())
            self._want(wanted, Step.AT)
        self.moved.emit()

    def change_speed(self, steps: int) -> None:
        """Slower or faster; it sounds at its own speed only."""
        self.head.change_speed(steps, self._monotonic())
        if self._opened is not None and self.head.is_running:
            self._run()
        self.moved.emit()

    def mark(self, *, is_begin: bool) -> None:
        """What is repeated begins, or ends, here."""
        (self.head.mark_begin if is_begin else self.head.mark_end)(self._monotonic())
        self.moved.emit()

    def unmark(self) -> None:
        self.head.unmark()
        self.moved.emit()

    def listen(self, grant: SoundGrant) -> bool:
        """It sounds from now on, if there is a device; whether there is."""
        speaker = self._playing.speaker()
        if self._opened is None or speaker is None:
            return False
        self.feed.begin(self._opened, grant, speaker)
        if self.head.is_running or (self.plays and not self._opened.item.moving.has_picture):
            self._run()
        self.moved.emit()
        return True

    def be_silent(self) -> None:
        self.feed.stop()
        self.moved.emit()

    # -- following the look

    def _follow(self) -> None:
        state = self._looking.state
        if state is LookState.ASKED and self._media is not None:
            self._take_aim(self._media)
        elif state is LookState.SHOWN and self._opened is None:
            self._begin()
        elif state is not LookState.SHOWN:
            self._end()
            if state is LookState.VEILED:
                self._source.cancel()

    def _take_aim(self, media: MediaId) -> None:
        now = self._monotonic()
        if self.head.is_at_end(now):
            self.head.seek(self._start_ms(), now)
            self.plays = True
        self._source.aim(media, Aim(self.head.position(now), self._box()))

    def _begin(self) -> None:
        grant = self._looking.grant
        opened = None if grant is None or self._media is None else self._source.opened(grant)
        if opened is None:
            return
        self._opened = opened
        self._look += 1
        self.head.length_ms = opened.item.moving.duration_ms or self.head.length_ms
        if opened.first is not None:
            self._shown = (opened.first.at_ms, opened.first.lasts_ms)
            opened.first = None
            self._ask_strip(opened)
        else:
            self._strip_came(self._look, ())

    def _end(self) -> None:
        if self._opened is None:
            return
        self._look += 1
        self._timer.stop()
        self.head.rest(self._monotonic())
        self.feed.stop()
        self._opened = self._shown = self._due = self._wanted = self._asking = None
        self._is_last = False
        self.strip = ()
        self.strip_changed.emit()
        self.moved.emit()

    def _ask_strip(self, opened: Opened) -> None:
        self._lanes.decoding.ask(
            self,
            partial(opened.item.strip, STRIP),
            then=partial(self._strip_came, self._look),
            otherwise=partial(self._fail, self._look),
        )

    def _strip_came(self, look: int, frames: tuple[MovingFrame, ...]) -> None:
        """Now it begins to move: before, the strip would have held up its frames."""
        if look != self._look or self._opened is None:
            return
        self.strip = tuple(StripPicture(each.at_ms, as_image(each.picture)) for each in frames)
        self.strip_changed.emit()
        self._timer.start()
        is_asked = self._wanted is not None or self._asking is not None
        if self.plays and not is_asked and self._opened.item.moving.has_picture:
            self._run()
        self.moved.emit()

    # -- moving

    def tick(self) -> None:
        """Shows what is due, asks for what comes next, and keeps picture and sound together."""
        if self._opened is None:
            return
        now = self._monotonic()
        self.feed.pump()
        heard = self.feed.position()
        if heard is not None and self.head.is_running:
            self.head.seek(heard, now)
        at_ms = self.head.position(now)
        if self._due is not None and self._due.at_ms <= at_ms:
            due, self._due = self._due, None
            self._show(due)
        if self.head.is_running and (self.head.is_at_end(now) or self._is_over(at_ms, heard)):
            self._come_to_end()
        self._ask()
        if at_ms // 40 != self._told:
            self._told = at_ms // 40
            self.moved.emit()

    def _run(self) -> None:
        now = self._monotonic()
        self.head.run(now)
        if self.head.speed == 1.0:
            self.feed.run(self.head.position(now))
        else:
            self.feed.rest()
        self._ask()

    def _rest(self) -> None:
        self.head.rest(self._monotonic())
        self.feed.rest()
        self._due = None

    def _come_to_end(self) -> None:
        if self.head.repeats:
            self._due, self._is_last = None, False
            self._wanted = (self._start_ms(), Step.AT)
            self.head.seek(self._start_ms(), self._monotonic())
            self._run()
            return
        self.plays = False
        self._rest()
        self.moved.emit()

    def _is_over(self, at_ms: int, heard: int | None) -> bool:
        """The last frame was seen and nothing is heard, whatever the file says of its length."""
        if not self._is_last or self._shown is None or heard is not None:
            return False
        return at_ms >= sum(self._shown)

    def _start_ms(self) -> int:
        return self.head.begin_ms or 0 if self.head.repeats else 0

    def _want(self, at_ms: int, step: Step) -> None:
        """This frame next, whatever was on its way."""
        self._due, self._is_last = None, False
        self._wanted = (at_ms, step)
        self._ask()

    def _ask(self) -> None:
        opened = self._opened
        if opened is None or self._asking is not None or not opened.item.moving.has_picture:
            return
        asked = self._wanted or self._following()
        if asked is None:
            return
        is_wanted, self._wanted, self._asking = self._wanted is not None, None, asked
        self._lanes.decoding.ask(
            self,
            partial(opened.item.frame, *asked),
            then=partial(self._came, self._look, is_wanted),
            otherwise=partial(self._fail, self._look),
        )

    def _following(self) -> tuple[int, Step] | None:
        """The frame that comes next while it moves, skipping those whose moment is over."""
        is_ready = self._due is not None or self._is_last or self._shown is None
        if is_ready or not self.head.is_running or self._shown is None:
            return None
        at_ms, lasts = self._shown
        return max(at_ms + max(1, lasts), self.position_ms), Step.AT

    def _came(self, look: int, is_wanted: bool, found: MovingFrame | CannotShow | None) -> None:
        if look != self._look or self._opened is None:
            return
        asked, self._asking = self._asking, None
        if isinstance(found, CannotShow):
            self._fail(look, found)
            return
        if is_wanted and found is not None:
            self._show(found)
            if self.plays and not self.head.is_running and asked is not None:
                self._go_on_from(asked)
        elif self._wanted is None and self.head.is_running:
            self._is_last = found is None or self._shown is None or found.at_ms <= self._shown[0]
            self._due = None if self._is_last else found
            self.tick()
        self._ask()

    def _go_on_from(self, asked: tuple[int, Step]) -> None:
        """Where somebody let go, and not while they drag."""
        if self._wanted is None and asked[1] is Step.AT:
            self._run()

    def _show(self, frame: MovingFrame) -> None:
        self._shown = (frame.at_ms, frame.lasts_ms)
        self._looking.show(as_image(frame.picture))

    def _fail(self, look: int, why: CportError | CannotShow) -> None:
        if look != self._look or self._opened is None:
            return
        is_over = isinstance(why, LookNotGranted)
        self._looking.spend()
        if not is_over and not isinstance(why, Cancelled):
            self.failed.emit(why)
