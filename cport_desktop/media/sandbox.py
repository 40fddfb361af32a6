"""The confined decoder, as a port.

Bytes of a foreign file go in; bounded numbers, pixels and plain text come out. A crash,
a hang or a breach of protocol costs one file, which is then described with the reason
(`CannotShow.CHILD_…`) and not tried again by itself; the child is replaced.

Implementations: `media.sandbox_process` (confined children: of `media.nursery` on Linux, inside the
namespaces of `media.bubblewrap` where that can be had, or of `media.windows`) and
`media.sandbox_refusing` (where no confinement can be had, or none that was proven). One contract
suite for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    OptionalFormat,
    Picture,
    RevealGrant,
)
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, SoundGrant, Step
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.media.attempts import Tried


class SandboxLevel(StrEnum):
    """What confines the child, from nothing to most."""

    NONE = "none"
    """No child can be confined here: nothing is decoded."""
    PROCESS = "process"
    """A clean interpreter of its own, limited in memory, files and privileges."""
    FILTERED = "filtered"
    """And the kernel ends it over any system call but some thirty (seccomp)."""
    WALLED = "walled"
    """And the kernel lets it reach no file, network or neighbour (Landlock)."""

    def reaches(self, demanded: SandboxLevel) -> bool:
        """It confines as much as `demanded`, or more."""
        levels = tuple(SandboxLevel)
        return levels.index(self) >= levels.index(demanded)


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds a child of this machine.

    `has_namespaces`: it sees no network, no process, and no file but what it runs from, even if the walls
    of its level had a hole. `is_unproven`: there is a sandbox for this platform, and it may not be used
    before it has passed its contract there.
    """

    level: SandboxLevel
    has_namespaces: bool = False
    is_unproven: bool = False

    @property
    def code(self) -> str:
        """As `words` know it."""
        if self.is_unproven:
            return "unproven"
        return f"{self.level.value}.namespaces" if self.has_namespaces else self.level.value


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is decoded: which formats beside the usual ones, who hears how far it has come (in
    thousandths), and whether anybody still waits.
    """

    formats: frozenset[OptionalFormat] = frozenset()
    announce: Callable[[int], None] = lambda _permille: None
    is_cancelled: Callable[[], bool] = lambda: False


USUAL_TERMS: Final = Terms()


class Viewing(Protocol):
    """One file, open in a child of its own for as long as somebody looks. Used by one thread at a
    time; `close` it in every case. Once the terms it was opened on say that nobody waits any more,
    every question raises `Cancelled`.
    """

    @property
    def moving(self) -> Moving: ...

    def frame(self, at_ms: int, step: Step) -> MovingFrame | CannotShow | None:
        """The frame that is meant, shrunk into the box; None behind either end."""
        ...

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        """At most `count` keyframes over the whole length, as small as thumbnails."""
        ...

    def sound(self, grant: SoundGrant, start_ms: int, length_ms: int) -> Sound | CannotShow | None:
        """A piece of the sound track, ten seconds at most; None where there is none."""
        ...

    def close(self) -> None:
        """The child and all that it held are gone. May be called again."""
        ...


class Sandbox(Protocol):
    @property
    def level(self) -> SandboxLevel:
        """The level that this machine reaches."""
        ...

    @property
    def confinement(self) -> Confinement:
        """The level, and what is beside it."""
        ...

    def examine(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        terms: Terms = USUAL_TERMS,
    ) -> Examination:
        """Recognise and describe a file of `size` bytes; veil, thumbnails, digests if it has any.

        Consumes `untrusted` to its end unless it is cancelled, so that a digest taken on the way is
        a digest of the whole. Never raises over the content of a file.

        Raises:
            SandboxRefused: if no child can be had at the level demanded.
            Cancelled: nobody waits any more.
        """
        ...

    def reveal(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        terms: Terms = USUAL_TERMS,
    ) -> Picture | None:
        """The picture at the level of `grant`, at most 1600 by 1200; None if it cannot be shown.

        Raises:
            SandboxRefused, Cancelled: as above.
        """
        ...

    def redraw(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        rectangles: tuple[Rectangle, ...],
        audit_sequence: int,
        terms: Terms = USUAL_TERMS,
    ) -> bytes | CannotShow:
        """A new PNG of the picture, upright, black where a rectangle lies, without anything that the
        file said beside its pixels, at most 4096 by 4096; or why there is none. The same file gives
        the same bytes. `audit_sequence` is the entry of the log that says what is done.

        Raises:
            SandboxRefused, Cancelled: as above.
        """
        ...

    def open_viewing(
        self,
        untrusted: Iterable[bytes],
        *,
        size: int,
        grant: RevealGrant,
        box: tuple[int, int],
        terms: Terms = USUAL_TERMS,
    ) -> Viewing | CannotShow:
        """The file, open in a child of its own; its frames are shrunk into `box` (width and height,
        1600 by 1200 at most) and shown at the level of `grant`. Or why there is nothing to see.

        Raises:
            SandboxRefused, Cancelled: as above.
        """
        ...

    def try_out(self) -> tuple[Tried, ...]:
        """What came of everything that an intruder would try from inside; empty without a child."""
        ...

    def close(self) -> None:
        """End the children."""
        ...
