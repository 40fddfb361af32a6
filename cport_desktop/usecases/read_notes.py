"""Read the notes about something, and all versions of one. Reading them is on record."""

from __future__ import annotations

from cport_desktop.domain.about import About
from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.note import Note, NoteId, NoteVersion
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import chosen_things, entry_of
from cport_desktop.vault import notes
from cport_desktop.vault.vault import Vault


def list_notes(
    vault: Vault, about: About, *, limit: int, after: str | None, with_taken_back: bool = False
) -> tuple[Page[Note], int]:
    """The notes on it, newest first, and how many stand.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ItemErased, UnknownReference: it is not here; or a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        chosen_things(vault, tx, (about,))
        tx.record(entry_of("read_notes", about, action=AuditAction.CONSULTATION))
    with vault.reader() as reader:
        page = notes.page(reader, about, limit=limit, after=after, with_taken_back=with_taken_back)
        return page, notes.count(reader, about)


def note_versions(vault: Vault, note_id: NoteId) -> tuple[Note, tuple[NoteVersion, ...]]:
    """The note, and all that it has said, the first version first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such note.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        note = notes.find(tx, note_id)
        payload = (("note", note_id),)
        tx.record(entry_of("read_versions", note.about, payload, action=AuditAction.CONSULTATION))
    with vault.reader() as reader:
        return note, notes.versions(reader, note)
