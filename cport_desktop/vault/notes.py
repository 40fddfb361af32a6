"""Notes with their earlier versions. Nothing that was written is overwritten or deleted here; an erasure
of what a note is about takes all of it (`vault.work_erasure`).
"""

from __future__ import annotations

import time
from typing import Final

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.note import Note, NoteId, NoteVersion
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.abouts import about_of
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = (
    "n.note_id, n.kind, n.reference, n.text, n.made_by, n.made_at, n.changed_at, n.taken_back_at,"
    " (SELECT count(*) FROM note_before AS b WHERE b.note_id = n.note_id)"
)
_LISTING: Final = "notes"


def add(tx: Transaction, note_id: NoteId, about: About, text: str) -> None:
    """The note stands. The caller adds the entry."""
    tx.connection.execute(
        "INSERT INTO note (note_id, kind, reference, text, made_by, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (note_id, about.kind.value, about.reference, text, tx.actor, microseconds(tx.now)),
    )


def find(reader: Reader, note_id: NoteId) -> Note:
    """One note, standing or taken back.

    Raises:
        UnknownReference: there is none of this name.
    """
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM note AS n WHERE n.note_id = ?",  # noqa: S608 - constant names
        (note_id,),
    ).fetchone()
    if found is None:
        raise UnknownReference(kind="note", reference=note_id)
    return _note(found)


def change(tx: Transaction, note: Note, text: str) -> None:
    """It says `text`; what it said is kept as a version. The caller adds the entry."""
    tx.connection.execute(
        "INSERT INTO note_before (note_id, version, text, by, at) VALUES (?, ?, ?, ?, ?)",
        (
            note.note_id,
            note.versions,
            note.text,
            note.made_by,
            microseconds(note.changed_at or note.made_at),
        ),
    )
    tx.connection.execute(
        "UPDATE note SET text = ?, changed_by = ?, changed_at = ? WHERE note_id = ?",
        (text, tx.actor, microseconds(tx.now), note.note_id),
    )


def take_back(tx: Transaction, note_id: NoteId) -> None:
    """It does not stand any more; its words stay. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE note SET taken_back_by = ?, taken_back_at = ? WHERE note_id = ?",
        (tx.actor, microseconds(tx.now), note_id),
    )


def put_back(tx: Transaction, note_id: NoteId) -> None:
    """It stands again. The caller adds the entry."""
    tx.connection.execute(
        "UPDATE note SET taken_back_by = NULL, taken_back_at = NULL WHERE note_id = ?", (note_id,)
    )


def page(
    reader: Reader,
    about: About,
    *,
    limit: int,
    after: str | None = None,
    with_taken_back: bool = False,
) -> Page[Note]:
    """The notes on one thing behind the cursor `after`, newest first.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    made_at, name = read_cursor(_LISTING, after, int, str) if after else (None, None)
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM note AS n INDEXED BY note_by_reference"  # noqa: S608 - constant names
        " WHERE n.kind = ? AND n.reference = ? AND (? OR n.taken_back_at IS NULL)"
        " AND (? IS NULL OR (n.made_at, n.note_id) < (?, ?))"
        " ORDER BY n.made_at DESC, n.note_id DESC LIMIT ?",
        (about.kind.value, about.reference, with_taken_back, name, made_at, name, limit + 1),
    ).fetchall()
    shown = [_note(row) for row in found[:limit]]
    following = (
        write_cursor(_LISTING, microseconds(shown[-1].made_at), shown[-1].note_id)
        if len(found) > limit
        else None
    )
    return Page(shown, following, elapsed_ms(started))


def count(reader: Reader, about: About) -> int:
    """How many notes stand on it."""
    found = reader.connection.execute(
        "SELECT count(*) FROM note INDEXED BY note_by_reference"
        " WHERE kind = ? AND reference = ? AND taken_back_at IS NULL",
        (about.kind.value, about.reference),
    ).fetchone()
    return int(found[0]) if found else 0


def versions(reader: Reader, note: Note) -> tuple[NoteVersion, ...]:
    """All that a note has said, the first version first, the last as it stands."""
    found = reader.connection.execute(
        "SELECT version, text, by, at FROM note_before WHERE note_id = ? ORDER BY version",
        (note.note_id,),
    )
    before = [NoteVersion(number, text, Actor(by), moment_of(at)) for number, text, by, at in found]
    now = NoteVersion(note.versions, note.text, note.made_by, note.changed_at or note.made_at)
    return (*before, now)


def _note(row: Row) -> Note:
    note_id, kind, reference, text, made_by, made_at, changed_at, taken_back_at, before = row
    return Note(
        note_id=NoteId(note_id),
        about=about_of(kind, reference),
        text=text,
        made_by=Actor(made_by),
        made_at=moment_of(made_at),
        versions=before + 1,
        changed_at=None if changed_at is None else moment_of(changed_at),
        taken_back_at=None if taken_back_at is None else moment_of(taken_back_at),
    )
