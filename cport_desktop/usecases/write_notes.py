"""Write a note about something, change it, take it back, put it back.

A note is its writer's: nobody else changes it or takes it back. Every version stays. The log says that
there is a note, and never what it says.
"""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager

from cport_desktop.domain.about import About
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.kept_text import LONGEST_NOTE, some_lines
from cport_desktop.domain.note import Note, NoteId
from cport_desktop.domain.roles import Role
from cport_desktop.errors import NoteOfAnother
from cport_desktop.usecases.keep_drafts import end_with_act
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import chosen_things, entry_of
from cport_desktop.vault import notes
from cport_desktop.vault.deed_rows import undoable
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import cases as words


def add_note(
    vault: Vault, about: About, text: str, *, draft: DraftPlace | None = None
) -> tuple[Note, Changes]:
    """The note stands on it; what lay at `draft` has come to its end with it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeptTextUnfit: it is empty or too long; nothing was kept, and the draft lies where it lay.
        ItemErased, UnknownReference: what it is about is not here.
    """
    require(vault, Role.ANALYST)
    said = some_lines(text, what=words.A_NOTE, limit=LONGEST_NOTE)
    note_id = NoteId(f"N-{secrets.token_hex(6)}")
    with vault.transaction() as tx, _undoable(vault, tx, DeedKind.NOTED, about):
        chosen_things(vault, tx, (about,))
        notes.add(tx, note_id, about, said)
        end_with_act(vault, tx, draft)
        tx.record(entry_of("note", about, (("note", note_id),)))
        return notes.find(tx, note_id), Changes.WORK


def change_note(
    vault: Vault, note_id: NoteId, text: str, *, draft: DraftPlace | None = None
) -> tuple[Note, Changes]:
    """It says `text`; what it said before is kept as a version. The same words change nothing.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeptTextUnfit: it is empty or too long; nothing was changed.
        UnknownReference: there is no such note.
        NoteOfAnother: somebody else wrote it.
    """
    require(vault, Role.ANALYST)
    said = some_lines(text, what=words.A_NOTE, limit=LONGEST_NOTE)
    with vault.transaction() as tx:
        note = _own(vault, tx, note_id)
        end_with_act(vault, tx, draft)
        if note.text != said:
            with _undoable(vault, tx, DeedKind.NOTE_CHANGED, note.about):
                notes.change(tx, note, said)
        version = str(note.versions + (note.text != said))
        tx.record(entry_of("edit_note", note.about, (("note", note_id), ("version", version))))
        return notes.find(tx, note_id), Changes.WORK


def take_back_note(vault: Vault, note_id: NoteId) -> tuple[Note, Changes]:
    """It stands no more; its words are kept, and it can be put back.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such note.
        NoteOfAnother: somebody else wrote it.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        note = _own(vault, tx, note_id)
        if note.is_standing:
            with _undoable(vault, tx, DeedKind.NOTE_TAKEN_BACK, note.about):
                notes.take_back(tx, note_id)
        tx.record(entry_of("take_back_note", note.about, (("note", note_id),)))
        return notes.find(tx, note_id), Changes.WORK


def put_back_note(vault: Vault, note_id: NoteId) -> tuple[Note, Changes]:
    """It stands again: the way back of `take_back_note`.

    Raises:
        As `take_back_note`.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        note = _own(vault, tx, note_id)
        with _undoable(vault, tx, DeedKind.NOTE_PUT_BACK, note.about):
            notes.put_back(tx, note_id)
        tx.record(entry_of("put_back_note", note.about, (("note", note_id),)))
        return notes.find(tx, note_id), Changes.WORK


def _undoable(
    vault: Vault, tx: Transaction, kind: DeedKind, about: About
) -> AbstractContextManager[None]:
    deed = OneDeed(vault.analyst.analyst_id, kind)
    return undoable(tx, deed, ("note", "note_before"), (about,))


def _own(vault: Vault, tx: Transaction, note_id: NoteId) -> Note:
    note = notes.find(tx, note_id)
    if note.made_by != vault.actor:
        raise NoteOfAnother(by=note.made_by)
    return note
