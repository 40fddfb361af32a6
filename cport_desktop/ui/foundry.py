"""What the window may ask for where there is no vault yet. `ui.keys_opening` fills it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.ui.keys import DoorSlot, Key


@dataclass(frozen=True, slots=True)
class Hazard:
    """What speaks against a place for a vault, and what to do."""

    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class Founding:
    """A vault to be made. `recovery` is a code from `Foundry.new_recovery_code`, or none."""

    directory: Path
    nature: Nature
    analyst: str
    passphrase: str = field(repr=False)
    recovery: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup to be restored into an empty folder. `bases`: files that it may build on; `key`
    opens a slot of that time; `registers`: files with what was erased since.
    """

    file: Path
    bases: tuple[Path, ...]
    directory: Path
    key: Key
    registers: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class RestoreDone:
    """`made_at`: when the backup was made. `findings`: what was wrong, a line each."""

    made_at: datetime
    size: int
    blobs: int
    erased_again: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foundry:
    """Where vaults are made, or restored."""

    clock: Clock

    hazards: Callable[[Path], tuple[Hazard, ...]]
    require_free: Callable[[Path], None]
    """Raises where no vault can be made: `VaultExists`, `OutputExists`, `OutputUnwritable`."""
    require_room: Callable[[Path], None]
    """As `require_free`, for a restore."""
    new_recovery_code: Callable[[], str]
    write_sheet: Callable[[Path, Path, str, str], None]
    """(path, the vault's folder, whose slot, code)."""
    found: Callable[[Founding], None]
    """Takes some seconds: the key is made dear to guess."""
    slots_of_backup: Callable[[Path], tuple[DoorSlot, ...]]
    """What a backup says to anybody of the slots that open it."""
    restore: Callable[[Restoring, Announce, IsCancelled], RestoreDone]
    """Minutes, or hours in a large vault; what was stopped leaves nothing behind."""
