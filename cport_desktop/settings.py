"""What can be set, as one frozen value that is handed down; nobody else reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

_BESIDE_THE_PACKAGE = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Settings:
    """`reveal_seconds`: after so long a reveal veils itself again; `viewing_seconds`: the same for what
    moves or sounds, of which nothing can be seen in six. `decoders`: confined
    children that work at the same time while media arrive; `confinement`: the least level
    (`media.sandbox`) at which one is used. `lock_after_seconds`: how long a window that nobody
    uses stays open. `marks`: where this machine keeps the high-water marks of its vaults.
    `ageing_after`, `old_after`: from which age on it is said plainly how old the portal's word is. A
    week is how long its signed time vouches for a clock (`domain.retention`), and the rhythm in which
    a courier can be expected; behind a month lists and agreements have gone through a cycle unseen.
    """

    resources: Path = _BESIDE_THE_PACKAGE
    reveal_seconds: float = 6.0
    viewing_seconds: float = 30.0
    decoders: int = 2
    confinement: str = "filtered"
    changes_per_batch: int = 200
    theme: str = "dark"
    marks: Path | None = None
    lock_after_seconds: float = 240.0
    ageing_after: timedelta = timedelta(days=7)
    old_after: timedelta = timedelta(days=31)

    @property
    def taxonomy(self) -> Path:
        return self.resources / "taxonomies" / "iccam-v3.json"


def state_folder(environment: Mapping[str, str]) -> Path:
    """Where this program keeps what belongs to this machine and holds no content: diagnostic
    records, high-water marks (XDG Base Directory Specification).
    """
    home = Path(environment["HOME"]) if environment.get("HOME") else Path.home()
    state = environment.get("XDG_STATE_HOME") or str(home / ".local" / "state")
    return Path(state) / "cport-desktop"


def marks_folder(environment: Mapping[str, str]) -> Path:
    """Where the high-water marks of vaults lie."""
    return state_folder(environment) / "marks"
