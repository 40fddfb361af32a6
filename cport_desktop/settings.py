"""What can be set, as one frozen value that is handed down; nobody else reads the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_BESIDE_THE_PACKAGE = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Settings:
    """`reveal_seconds`: after so long a reveal veils itself again. `decoders`: confined
    children that work at the same time while media arrive.
    """

    resources: Path = _BESIDE_THE_PACKAGE
    reveal_seconds: float = 6.0
    decoders: int = 2
    changes_per_batch: int = 200
    theme: str = "dark"

    @property
    def taxonomy(self) -> Path:
        return self.resources / "taxonomies" / "iccam-v3.json"
