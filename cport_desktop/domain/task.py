"""Tasks: something that somebody has to do about something, mostly by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor

TaskId = NewType("TaskId", str)
"""`T-` and 12 lower-case hex digits, random."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `assignee`: who has to do it; None: whoever comes to it."""

    task_id: TaskId
    about: About
    title: str
    assignee: Actor | None
    due_at: datetime | None
    made_by: Actor
    made_at: datetime
    done_by: Actor | None = None
    done_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_overdue(self, now: datetime) -> bool:
        """It should have been done by now, and is not."""
        return not self.is_done and self.due_at is not None and self.due_at < now
