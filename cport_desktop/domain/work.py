"""What people here put on one thing: tags, a flag, notes, tasks, and the cases that it is in."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.about import About
from cport_desktop.domain.case import Case
from cport_desktop.domain.note import Note
from cport_desktop.domain.rows import Page
from cport_desktop.domain.tag import Flagged, Tagged
from cport_desktop.domain.task import Task

FIRST_NOTES = 20
FIRST_TASKS = 50
"""What a page shows before it is asked for more."""


@dataclass(frozen=True, slots=True)
class WorkOn:
    """All of it. `notes`: the newest `FIRST_NOTES`; `tasks`: the first `FIRST_TASKS` that are open."""

    about: About
    tags: tuple[Tagged, ...]
    flag: Flagged | None
    notes: Page[Note]
    notes_count: int
    tasks: tuple[Task, ...]
    tasks_count: int
    cases: tuple[Case, ...]
