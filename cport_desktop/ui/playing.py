"""What the window may ask for about media that move or sound, and what it gives sound to.

Every callable may be called from any thread; each raises errors of the family `CportError`. What the
law wants recorded is recorded by the use case behind it, before it answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, MediaItem, RevealGrant, RevealLevel
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, SoundGrant, Step
from cport_desktop.domain.progress import IsCancelled


class OpenItem(Protocol):
    """One item, open while somebody looks. `LookNotGranted` once the look is over, `Cancelled` once it
    was closed.
    """

    @property
    def grant(self) -> RevealGrant: ...

    @property
    def moving(self) -> Moving: ...

    def frame(self, at_ms: int, step: Step) -> MovingFrame | CannotShow | None:
        """The frame that is meant; None where there is none."""
        ...

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        """At most `count` small keyframes over the whole length."""
        ...

    def sound(self, grant: SoundGrant, start_ms: int, length_ms: int) -> Sound | CannotShow | None:
        """A piece of the sound track; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """Frames are shrunk into `box`; `reason` is what was stated; `is_cancelled`: nobody waits."""

    box: tuple[int, int]
    reason: str | None
    is_cancelled: IsCancelled


class Speaker(Protocol):
    """A sound device that is fed from memory. In the GUI thread only."""

    def begin(self, channels: int, volume: float) -> bool:
        """It waits for samples at `SOUND_RATE`, sixteen bits; False if it does not start."""
        ...

    def give(self, samples: bytes) -> int:
        """How many bytes of `samples` it took; as many as it has room for."""
        ...

    def heard_ms(self) -> int:
        """How much has been heard since it began."""
        ...

    def set_volume(self, volume: float) -> None:
        """From 0 to 1, as loud as it seems to people."""
        ...

    def stop(self) -> None:
        """Silent at once; what was not heard yet is thrown away."""
        ...


@dataclass(frozen=True, slots=True)
class Playing:
    """`seconds`: how long one look at something that plays may last."""

    seconds: float
    open: Callable[
        [MediaId, RevealLevel, OpenOrder],
        tuple[RevealGrant, OpenItem | CannotShow | None],
    ]
    """Recorded durably before a byte is asked for. Why it cannot be shown, or None if it was cancelled."""
    listen: Callable[[OpenItem], SoundGrant]
    """Recorded durably before a sample is asked for; ends with the look."""
    end: Callable[[OpenItem, float, float], None]
    """(item, seconds on the screen, seconds heard): it is closed and that is on record."""
    speaker: Callable[[], Speaker | None]
    """The sound device of this machine; None if it has none that can be used."""
    is_as_it_was: Callable[[MediaItem], bool]
    """Whether what is looked at was neither changed nor withdrawn nor erased since; nothing is recorded."""
