"""Feeds the sound of what is looked at to a device, some seconds ahead, out of memory.

Rules:

1. Nothing is asked of the track before a grant to listen is there (`begin`), and nothing is kept when
   it ends (`stop`): not what lies ahead, and not what the device holds.
2. A piece is asked for while less than `AHEAD_MS` lie ready, one at a time.
3. The device tells how much was heard; that is the clock of picture and sound while it sounds, also
   while it wakes up. Where the track ends, or the device stands still, the picture goes on by the
   clock of the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.domain.moving import SOUND_RATE, Sound, SoundGrant
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.playing import Speaker
from cport_desktop.ui.playing_source import Opened

PIECE_MS: Final = 1_000
AHEAD_MS: Final = 2_000
"""Two pieces: a seek of the decoder and a slow frame fit into one, whatever the machine does beside."""
STALL_SECONDS: Final = 2.5
"""A device that takes samples and plays none for so long has stopped. Some need two to wake up, for
which the picture waits."""
_BYTES_A_MS: Final = SOUND_RATE * 2 // 1000


class SoundFeed(QObject):
    """In the GUI thread. `pump` is called often while it sounds.

    Signals:
        failed(object): a CportError, or a CannotShow; it is silent from now on.
        stalled(): the device stands still; it is silent from now on.
    """

    failed = Signal(object)
    stalled = Signal()

    def __init__(
        self,
        lane: Lane,
        *,
        where: Callable[[], int],
        monotonic: Callable[[], float],
        parent: QObject,
    ) -> None:
        """`where`: the moment of the picture, which goes on while the first piece is on its way."""
        super().__init__(parent)
        self._lane = lane
        self._where = where
        self._monotonic = monotonic
        self._speaker: Speaker | None = None
        self._opened: Opened | None = None
        self._grant: SoundGrant | None = None
        self._run = 0
        self._is_running = False
        self._is_asking = False
        self._is_whole = False
        self._channels = 0
        self._start_ms = 0
        self._asked_to = 0
        self._ready = bytearray()
        self._before = 0.0
        self._last = (0, 0.0)
        self.volume = 0.5

    @property
    def is_on(self) -> bool:
        """Somebody asked to listen, and may."""
        return self._grant is not None

    def begin(self, opened: Opened, grant: SoundGrant, speaker: Speaker) -> None:
        """What is `opened` may be heard until `stop`."""
        self._opened, self._grant, self._speaker = opened, grant, speaker

    def stop(self) -> None:
        """Silent, and nothing of the track is left here."""
        self.rest()
        self._opened = self._grant = self._speaker = None
        self._before = 0.0

    def run(self, at_ms: int) -> None:
        """It sounds from this moment of the track on."""
        self.rest()
        if self._grant is None:
            return
        self._is_running = True
        self._start_ms = self._asked_to = at_ms
        self._ask()

    def rest(self) -> None:
        """It is silent until it runs again."""
        if self._speaker is not None:
            if self._channels:
                self._before += self._speaker.heard_ms() / 1000
            self._speaker.stop()
        self._run += 1
        self._is_running = self._is_asking = self._is_whole = False
        self._channels = 0
        self._ready.clear()

    def set_volume(self, volume: float) -> None:
        self.volume = max(0.0, min(1.0, volume))
        if self._speaker is not None and self._channels:
            self._speaker.set_volume(self.volume)

    def position(self) -> int | None:
        """The moment of the track that is heard now, or waits to be; None while there is none."""
        if self._speaker is None or not self._channels:
            return None
        heard = self._speaker.heard_ms()
        return None if self._is_dry(heard) else self._start_ms + heard

    def pump(self) -> None:
        """The device has what it takes, the next piece is on its way, and what was heard is counted."""
        if not self._is_running or self._speaker is None:
            return
        if self._channels:
            if self._ready:
                taken = self._speaker.give(bytes(self._ready))
                del self._ready[:taken]
            self._count()
        ahead = len(self._ready) // (_BYTES_A_MS * max(1, self._channels))
        if ahead < AHEAD_MS and not self._is_asking and not self._is_whole:
            self._ask()

    def _count(self) -> None:
        if self._speaker is None or self._opened is None:
            return
        heard, now = self._speaker.heard_ms(), self._monotonic()
        self._opened.heard = self._before + heard / 1000
        if heard != self._last[0] or self._is_dry(heard):
            self._last = (heard, now)
        elif now - self._last[1] > STALL_SECONDS:
            self.stop()
            self.stalled.emit()

    def _is_dry(self, heard: int) -> bool:
        """All of the track was heard, as far as there is any."""
        return self._is_whole and not self._ready and self._start_ms + heard >= self._asked_to

    def _ask(self) -> None:
        opened, grant = self._opened, self._grant
        if opened is None or grant is None:
            return
        self._is_asking = True
        self._lane.ask(
            self,
            partial(opened.item.sound, grant, self._asked_to, PIECE_MS),
            then=partial(self._take, self._run),
            otherwise=partial(self._fail, self._run),
        )

    def _take(self, run: int, found: Sound | CannotShow | None) -> None:
        if run != self._run or self._speaker is None:
            return
        self._is_asking = False
        if isinstance(found, CannotShow):
            self._fail(run, found)
            return
        if found is None:
            self._is_whole = True
            return
        if not self._channels and not self._start(found, self._speaker):
            self.stop()
            self.stalled.emit()
            return
        self._ready += found.samples[self._gone(found) :]
        self._asked_to += found.lasts_ms
        self._is_whole = found.lasts_ms < PIECE_MS
        self.pump()

    def _start(self, first: Sound, speaker: Speaker) -> bool:
        """The device waits for what belongs to the picture of this moment."""
        self._channels = first.channels
        self._start_ms = max(first.start_ms, min(self._where(), first.start_ms + first.lasts_ms))
        self._last = (0, self._monotonic())
        return speaker.begin(first.channels, self.volume)

    def _gone(self, piece: Sound) -> int:
        """Bytes of a piece whose moment was over when the device began."""
        return max(0, self._start_ms - piece.start_ms) * _BYTES_A_MS * piece.channels

    def _fail(self, run: int, why: CportError | CannotShow) -> None:
        if run == self._run:
            self.stop()
            self.failed.emit(why)
