"""What the window may ask for about hash lists.

`Knowing` belongs to an open vault and is filled by `ui.knowing_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.known import KnownList
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """A file, and what a person says of it. `name`: empty for the file's own."""

    path: Path
    name: str
    source: str
    version: str
    is_negative: bool


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What became, or would become, of a file's lines. `first_refused`: number and reason."""

    name: str
    accepted: int
    rejected: int
    duplicates: int
    hits: int
    first_refused: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Knowing:
    """Lists: a page of those that a query asks for (text, limit, cursor), one read in or tried, one of one's own withdrawn (id, why),
    all matched now.
    """

    page: Callable[[str, int, str | None], Page[KnownList]]
    attempt: Callable[[ReadOrder, Announce, IsCancelled], ReadLine]
    """Nothing of it is kept."""
    read_in: Callable[[ReadOrder, Announce, IsCancelled], ReadLine]
    withdraw: Callable[[str, str], int]
    """How many hits stand no more."""
    match: Callable[[Announce, IsCancelled], int]
    """How many hits are new."""
