"""What people here put on one thing: tags, flag, notes, tasks, cases. A part of the look at the thing."""

from __future__ import annotations

from cport_desktop.domain.about import About
from cport_desktop.domain.note import Note
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.work import FIRST_NOTES, FIRST_TASKS, WorkOn
from cport_desktop.usecases.permission import require
from cport_desktop.vault import cases, flags, notes, tags, tasks
from cport_desktop.vault.vault import Vault


def work_on(vault: Vault, about: About) -> WorkOn:
    """What is on it now. Whoever calls it has put the look at the thing itself on record.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return WorkOn(
            about=about,
            tags=tags.on(reader, about),
            flag=flags.on(reader, about),
            notes=notes.page(reader, about, limit=FIRST_NOTES),
            notes_count=notes.count(reader, about),
            tasks=tuple(tasks.page(reader, tasks.Wanted(about), limit=FIRST_TASKS).rows),
            tasks_count=tasks.count(reader, tasks.Wanted(about)),
            cases=cases.holding(reader, about),
        )


def more_notes(vault: Vault, about: About, *, limit: int, after: str) -> Page[Note]:
    """The notes behind the cursor: a part of the same look.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return notes.page(reader, about, limit=limit, after=after)
