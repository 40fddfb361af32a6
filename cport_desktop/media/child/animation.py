"""An animation, or a file of several pages, that is open while somebody looks."""

from __future__ import annotations

from bisect import bisect_right
from typing import BinaryIO

from PIL import Image

from cport_desktop.domain.media_item import CannotShow, RevealLevel
from cport_desktop.domain.moving import Moving, MovingFrame, Step
from cport_desktop.media.bounds import THUMBNAIL_SIDE
from cport_desktop.media.child.decoded import MOST_PIXELS
from cport_desktop.media.child.degradation import revealed
from cport_desktop.media.child.progress import WHOLE, Tell
from cport_desktop.media.child.still_pictures import shrunk_picture

MOST_PICTURES = 5_000
"""Pictures of one file that are looked at; what comes behind them is not shown."""
_SHORTEST_MS, _INSTEAD_MS = 11, 100
"""Browsers show a picture that claims a hundredth of a second or less for a tenth."""
_PAGE_MS = 2_000
"""A page of a file that tells no time: nobody reads a page of thirty in a blink."""
_STRIP_BOX = (THUMBNAIL_SIDE, THUMBNAIL_SIDE)


class Animation:
    """Looks at one file. `close` it in every case."""

    def __init__(
        self,
        untrusted: BinaryIO,
        plugin: str,
        *,
        level: RevealLevel,
        box: tuple[int, int],
        tell: Tell,
    ) -> None:
        """Raises:
        Exception: whatever Pillow raises over a file that it cannot open.
        """
        self._image = Image.open(untrusted, formats=(plugin,))
        self._level, self._box = level, box
        self._place = 0
        self._starts = [0]
        self._time(tell)

    def moving(self) -> Moving | CannotShow:
        """What there is to see."""
        width, height = self._image.size
        if width * height > MOST_PIXELS:
            return CannotShow.TOO_LARGE
        length = self._starts[-1]
        rate = 1000 * self._count / length if length else 0.0
        return Moving(length, width, height, min(rate, 1000.0), has_picture=True, has_sound=False)

    def frame(self, at_ms: int, step: Step) -> MovingFrame | None:
        """As `Viewing.frame`; every picture is a keyframe."""
        match step:
            case Step.AT | Step.KEY:
                place = min(bisect_right(self._starts, at_ms) - 1, self._count - 1)
            case Step.NEXT:
                place = self._place + 1
            case Step.PREVIOUS:
                place = self._place - 1
        if not 0 <= place < self._count:
            return None
        self._place = place
        return self._showable(place, self._box)

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        """As `Viewing.strip`."""
        most = min(count, self._count)
        places = sorted({number * self._count // most for number in range(most)})
        return tuple(self._showable(place, _STRIP_BOX) for place in places)

    def close(self) -> None:
        self._image.close()

    @property
    def _count(self) -> int:
        return len(self._starts) - 1

    def _time(self, tell: Tell) -> None:
        """How long each picture lasts: it has to be come by once to be known."""
        pictures = min(int(getattr(self._image, "n_frames", 1)), MOST_PICTURES)
        for place in range(pictures):
            try:
                self._image.seek(place)
                self._image.load()
            except (EOFError, OSError, ValueError, SyntaxError):
                break
            self._starts.append(self._starts[-1] + self._lasts())
            tell(place * WHOLE // pictures)
        if self._count == 0:
            raise OSError("no picture in it")

    def _lasts(self) -> int:
        stated = self._image.info.get("duration")
        if not isinstance(stated, int | float):
            return _PAGE_MS
        return round(stated) if _SHORTEST_MS <= stated < 1e7 else _INSTEAD_MS

    def _showable(self, place: int, box: tuple[int, int]) -> MovingFrame:
        self._image.seek(place)
        lasts = self._starts[place + 1] - self._starts[place]
        picture = revealed(shrunk_picture(self._image.copy(), box), self._level)
        return MovingFrame(self._starts[place], lasts, picture)
