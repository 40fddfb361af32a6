"""What the window may ask for where there is no vault yet. `ui.keys_opening` fills it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cport_desktop.domain.nature import Nature


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
class Foundry:
    """Where vaults are made."""

    hazards: Callable[[Path], tuple[Hazard, ...]]
    require_free: Callable[[Path], None]
    """Raises where no vault can be made: `VaultExists`, `OutputExists`, `OutputUnwritable`."""
    new_recovery_code: Callable[[], str]
    write_sheet: Callable[[Path, Path, str, str], None]
    """(path, the vault's folder, whose slot, code)."""
    found: Callable[[Founding], None]
    """Takes some seconds: the key is made dear to guess."""
