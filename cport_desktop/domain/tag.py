"""Tags and flags: a word that a unit puts on things, and the mark that says «come back to this»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor


@dataclass(frozen=True, slots=True)
class Tag:
    """`number`: as the log has it, never used again for another word. `uses`: how many things have it."""

    number: int
    name: str
    uses: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag on a thing, and who put it there."""

    name: str
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Flagged:
    """A thing that is flagged, and by whom."""

    about: About
    by: Actor
    at: datetime


def folded_tag(name: str) -> str:
    """What two names have in common that are one tag."""
    return name.casefold()
