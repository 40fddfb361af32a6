"""Plays what is looked at: the frames behind the glass while it is held, and nothing before or after.

Rules:

1. It follows a `Looking`. Frames are asked for and shown while that shows, and the moment it veils,
   every picture here is dropped. The position stays, so that the next look goes on there.
2. While it plays, it goes by the clock, or by the sound where there is any, and a frame that comes too
   late is not made up for.
3. While somebody drags, the nearest keyframes are shown; where they let go, the exact frame.
4. What goes wrong veils, and is told once. Nothing is tried again by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, MediaItem
from cport_desktop.domain.moving import MovingFrame, SoundGrant, Step
from cport_desktop.errors import Cancelled, CportError, LookNotGranted
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.looking import Looking, LookState
from cport_desktop.ui.models.media_grid import as_image
from cport_desktop.ui.playing import Playing
from cport_desktop.ui.playing_pace import Playhead
from cport_desktop.ui.playing_questions import FrameQuestions
from cport_desktop.ui.playing_sound import SoundFeed
from cport_desktop.ui.playing_source import Aim, LookSource, Opened
from cport_desktop.ui.playing_strip import StripPicture, StripQuestion

_TICK_MS: Final = 10
"""A fourth of a frame at 25 a second."""
JUMP_MS: Final = 5_000


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
        self._told = -1
        self.head = Playhead()
        self.plays = True
        """It moves whenever somebody looks."""
        self._strip = StripQuestion(lanes.decoding, self._fail, self)
        self.feed = SoundFeed(
            lanes.decoding, where=lambda: self.position_ms, monotonic=monotonic, parent=self
        )
        self.frames = FrameQuestions(lanes.decoding, self._show, self)
        self.frames.settled.connect(self._go_on)
        self.frames.ready.connect(self.tick)
        self.frames.failed.connect(self._fail)
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
    def strip(self) -> tuple[StripPicture, ...]:
        """What may be seen of the strip now."""
        return self._strip.pictures

    @property
    def opened(self) -> Opened | None:
        """What somebody looks at now."""
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
            self.frames.want(self.head.position(now), Step.KEY if is_dragging else Step.AT)
        self.moved.emit()

    def jump(self, by_ms: int) -> None:
        self.seek(self.position_ms + by_ms)

    def step(self, direction: int) -> None:
        """One frame on (or back), and stay there."""
        if self._opened is None or self.frames.shown is None:
            return
        self.plays = False
        self._rest()
        at_ms, lasts = self.frames.shown
        wanted = at_ms + max(1, lasts) if direction > 0 else at_ms - 1
        if wanted >= 0:
            self.head.seek(wanted, self._monotonic())
            self.frames.want(wanted, Step.AT)
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
        self.head.length_ms = opened.item.moving.duration_ms or self.head.length_ms
        self.frames.begin(opened)
        if opened.item.moving.has_picture:
            self._strip.ask(opened, self._set_out)
        else:
            self._set_out()

    def _end(self) -> None:
        if self._opened is None:
            return
        self._timer.stop()
        self.head.rest(self._monotonic())
        self.feed.stop()
        self.frames.end()
        self._strip.end()
        self._opened = None
        self.strip_changed.emit()
        self.moved.emit()

    def _set_out(self) -> None:
        """The strip is here, and now it begins to move: before, it would have held up the frames."""
        self.strip_changed.emit()
        self._timer.start()
        if self._opened is not None and self._opened.item.moving.has_picture:
            self._go_on()
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
        if self.head.is_running:
            self.frames.follow(at_ms)
            if self.head.is_at_end(now) or self._is_over(at_ms, heard):
                self._come_to_end()
        if at_ms // 40 != self._told:
            self._told = at_ms // 40
            self.moved.emit()

    def _go_on(self) -> None:
        """It plays, if it is meant to and nothing else is wanted first."""
        if self.plays and not self.head.is_running and not self.frames.is_busy:
            self._run()

    def _run(self) -> None:
        now = self._monotonic()
        self.head.run(now)
        at_ms = self.head.position(now)
        if self.head.speed == 1.0:
            self.feed.run(at_ms)
        else:
            self.feed.rest()
        self.frames.follow(at_ms)

    def _rest(self) -> None:
        self.head.rest(self._monotonic())
        self.feed.rest()
        self.frames.rest()

    def _come_to_end(self) -> None:
        if self.head.repeats:
            self.head.seek(self._start_ms(), self._monotonic())
            self.frames.want(self._start_ms(), Step.AT)
            self._run()
            return
        self.plays = False
        self._rest()
        self.moved.emit()

    def _is_over(self, at_ms: int, heard: int | None) -> bool:
        """The last frame was seen and nothing is heard, whatever the file says of its length."""
        if not self.frames.is_last or self.frames.shown is None or heard is not None:
            return False
        return at_ms >= sum(self.frames.shown)

    def _start_ms(self) -> int:
        return self.head.begin_ms or 0 if self.head.repeats else 0

    def _show(self, frame: MovingFrame) -> None:
        self._looking.show(as_image(frame.picture))

    def _fail(self, why: CportError | CannotShow) -> None:
        is_over = isinstance(why, LookNotGranted | Cancelled)
        self._looking.spend()
        if not is_over:
            self.failed.emit(why)
