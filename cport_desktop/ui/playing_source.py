"""Where the picture of a look comes from: a still one from the desk, or a file that stays open.

`Looking` asks for both in the same way, so that all its rules hold for what plays as well: deliberate,
timed, recorded, veiled by whatever ends a look. This room opens, hands out the first frame, keeps what
is open until the look ends, and ends it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, Picture, RevealGrant, RevealLevel
from cport_desktop.domain.moving import MovingFrame, Step
from cport_desktop.errors import Cancelled, CportError
from cport_desktop.ui.desk import Reveal
from cport_desktop.ui.playing import OpenItem, OpenOrder, Playing

_NOTHING_TO_SEE: Final = Picture(16, 12, 1, bytes([112]) * (16 * 12))
"""In the place of a picture, while a sound is open."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What would be opened: from where on, and how large its frames are wanted."""

    at_ms: int
    box: tuple[int, int]


@dataclass(slots=True)
class Opened:
    """One item while it is open. `heard`: seconds so far, told by whoever plays its sound."""

    item: OpenItem
    first: MovingFrame | None
    heard: float = 0.0


class LookSource:
    """No widget: used from the window's thread and from lanes."""

    def __init__(
        self,
        playing: Playing,
        *,
        reveal: Callable[[MediaId, RevealLevel, str | None], Reveal],
        end_reveal: Callable[[RevealGrant, float], None],
    ) -> None:
        self._playing = playing
        self._reveal = reveal
        self._end_reveal = end_reveal
        self._guard = threading.Lock()
        self._aims: dict[MediaId, Aim] = {}
        self._open: dict[int, Opened] = {}
        self._stop = threading.Event()
        self.fault: CannotShow | None = None
        """Why the last look showed nothing."""

    def aim(self, media_id: MediaId, aim: Aim) -> None:
        """A look at `media_id` opens it like this from now on; nobody waits for what was asked before."""
        with self._guard:
            self._aims[media_id] = aim
            self._stop = threading.Event()
            self.fault = None

    def cancel(self) -> None:
        """Nobody waits for what is being opened."""
        self._stop.set()

    def opened(self, grant: RevealGrant) -> Opened | None:
        """What is open under `grant`; None for a still picture."""
        with self._guard:
            return self._open.get(grant.audit_sequence)

    def reveal(self, media_id: MediaId, level: RevealLevel, reason: str | None) -> Reveal:
        """As `Session.reveal`."""
        with self._guard:
            aim, stop = self._aims.get(media_id), self._stop
        if aim is None:
            return self._reveal(media_id, level, reason)
        order = OpenOrder(aim.box, reason, stop.is_set)
        grant, found = self._playing.open(media_id, level, order)
        if found is None or isinstance(found, CannotShow):
            self.fault = found
            return Reveal(grant, None)
        try:
            return Reveal(grant, self._first_of(found, aim))
        except Cancelled:
            return Reveal(grant, None)
        except CportError:
            self.end_reveal(grant, 0.0)
            raise

    def end_reveal(self, grant: RevealGrant, seconds: float) -> None:
        """As `Session.end_reveal`."""
        with self._guard:
            opened = self._open.pop(grant.audit_sequence, None)
        if opened is None:
            self._end_reveal(grant, seconds)
        else:
            self._playing.end(opened.item, seconds, opened.heard)

    def _first_of(self, item: OpenItem, aim: Aim) -> Picture | None:
        opened = Opened(item, None)
        with self._guard:
            # Before anything is asked of it: whatever comes of that, its end closes it.
            self._open[item.grant.audit_sequence] = opened
        if not item.moving.has_picture:
            return _NOTHING_TO_SEE
        first = item.frame(aim.at_ms, Step.AT)
        if not isinstance(first, MovingFrame):
            self.fault = first or CannotShow.CORRUPT
            return None
        opened.first = first
        return first.picture
