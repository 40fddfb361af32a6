"""Notes: what an analyst writes about something, with every version that it had.

A note that is taken back keeps its words, is found by no search, and can be put back, until what it
is about is erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor

NoteId = NewType("NoteId", str)
"""`N-` and 12 lower-case hex digits, random."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands. `versions`: how many it had, this one included."""

    note_id: NoteId
    about: About
    text: str
    made_by: Actor
    made_at: datetime
    versions: int = 1
    changed_at: datetime | None = None
    taken_back_at: datetime | None = None

    @property
    def is_standing(self) -> bool:
        return self.taken_back_at is None


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """What a note said from `at` on. `version` counts from 1."""

    version: int
    text: str
    by: Actor
    at: datetime
