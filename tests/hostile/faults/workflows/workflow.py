"""What every workflow gives: how to arrange it, to do it, and to look at what is left of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Promise = Callable[[str], None]
"""Says, once something is done, what must be true from then on, whatever happens."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one run happens. Faults strike below `root` only."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def beside(self) -> Path:
        """What the workflow needs and is not under test: a gateway, keys, figures."""
        return self.folder / "beside"

    @property
    def promises(self) -> Path:
        return self.folder / "promises"

    @property
    def inodes(self) -> Path:
        """Where a run notes which inode each path had when it began."""
        return self.folder / "inodes"

    @property
    def vault(self) -> Path:
        return self.root / "vault"


def inodes_below(root: Path) -> dict[str, int]:
    """The inode of each file and folder, by its path; "" is the root itself."""
    found = {str(path.relative_to(root)): path.stat().st_ino for path in root.rglob("*")}
    return found | {"": root.stat().st_ino}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found after a recovery.

    `identity` is the same for two states only if everything that was ever recorded is the same;
    `facts` are what promises speak of.
    """

    identity: str
    facts: frozenset[str]


class Workflow(Protocol):
    @property
    def name(self) -> str: ...

    def prepare(self, place: Place) -> None:
        """All that must be there before; once, without faults."""
        ...

    def run(self, place: Place, promise: Promise) -> None:
        """Do it.

        Raises:
            CportError: it cannot be done, and the reason.
        """
        ...

    def look(self, place: Place) -> Seen:
        """Open what is left, as the next start would, and check it in every way there is.

        Raises:
            AssertionError: something is wrong. So is any other error that comes out.
        """
        ...

    def finish(self, place: Place) -> None:
        """Do it again, to its end, on what is left; it must succeed."""
        ...
