"""What is believed of a bundle, and what of that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.updates import Part


@dataclass(frozen=True, slots=True)
class Kept:
    """Metadata that was believed here before; None for what is not there."""

    root: bytes | None = None
    timestamp: bytes | None = None
    snapshot: bytes | None = None
    targets: bytes | None = None


@dataclass(frozen=True, slots=True)
class File:
    """What follows in the bundle. `part` is None for a kind of a later version, which is passed over."""

    size: int
    sha256: str
    part: Part | None


@dataclass(frozen=True, slots=True)
class Verified:
    """`files` in the order of the bundle. `kept` is to be kept. `number` rises with each bundle."""

    files: tuple[File, ...]
    kept: Kept
    number: int
    issued: datetime
    expires: datetime
    is_demo: bool

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(file.part for file in self.files if file.part is not None)
