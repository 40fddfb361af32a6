"""Does the sandbox of this machine work? Asked by looking at a picture of our own."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.errors import SandboxRefused, SandboxUnproven
from cport_desktop.media.sandbox import Confinement, Sandbox, SandboxLevel

_SIDE = 64


@dataclass(frozen=True, slots=True)
class SandboxReport:
    """`confinement` is what was reached in truth: `NONE` where no child could be had. It may be below what
    is demanded; then nothing works.
    """

    confinement: Confinement
    works: bool
    cannot_show: CannotShow | None
    """Why the sample could not be shown, if a child answered and it could not."""

    @property
    def level(self) -> SandboxLevel:
        return self.confinement.level


def self_test(sandbox: Sandbox) -> SandboxReport:
    """A child was started if need be, and has described a gradient of 64 by 64 pixels."""
    sample = _gradient()
    try:
        seen = sandbox.examine([sample], size=len(sample))
    except SandboxRefused as error:
        reached = Confinement(
            SandboxLevel(str(error.facts["level"])), is_unproven=isinstance(error, SandboxUnproven)
        )
        return SandboxReport(reached, works=False, cannot_show=None)
    works = seen.veil is not None and (seen.width, seen.height) == (_SIDE, _SIDE)
    return SandboxReport(sandbox.confinement, works, seen.cannot_show)


def _gradient() -> bytes:
    """A bitmap file, made by hand: no encoder may be in this process."""
    pixels = b"".join(
        bytes((4 * column, 4 * row, 128)) for row in range(_SIDE) for column in range(_SIDE)
    )
    header = struct.pack("<IiiHHIIiiII", 40, _SIDE, _SIDE, 1, 24, 0, len(pixels), 0, 0, 0, 0)
    offset = 14 + len(header)
    return struct.pack("<2sIHHI", b"BM", offset + len(pixels), 0, 0, offset) + header + pixels
