"""Hash lists of which the portal told before this version kept tables of them: lifted once.

In lots, each a transaction of its own; what was cut off is begun again, which changes nothing that is
there. Telling them was on record when they came.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.record_message import record_value
from cport_desktop.vault import hash_lists, matching_due
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import Connection, Row

LIFTED: Final = "lifted"
_AT_ONCE: Final = 1_000


def lift_told_before(writer: Writer) -> None:
    """All that was told of lists is in their tables, durably.

    Raises:
        StorageFull, VaultDamaged: the disk; the next call goes on.
    """
    with writer.bookkeeping() as connection:
        if matching_due.state(connection, LIFTED):
            return
    now = microseconds(writer.now())
    for subject in (Subject.HASH_LIST, Subject.HASH_LIST_ENTRY):
        after = ""
        while True:
            with writer.bookkeeping() as connection:
                rows = _told(connection, subject, after)
                hash_lists.lift(connection, _records(rows), at=now)
            if not rows:
                break
            after = rows[-1][1]
    with writer.bookkeeping() as connection:
        matching_due.reach(connection, LIFTED, 1)


def _told(connection: Connection, subject: Subject, after: str) -> list[Row]:
    return connection.execute(
        "SELECT subject, reference, kind, revision, made_at, reason, document FROM portal_record"
        " WHERE subject = ? AND reference > ? ORDER BY reference LIMIT ?",
        (subject.value, after, _AT_ONCE),
    ).fetchall()


def _records(rows: list[Row]) -> Iterator[RecordChange]:
    for subject, reference, kind, revision, made_at, reason, document in rows:
        try:
            value = record_value(subject, reference, document, "$") if document else None
        except MalformedMessage:
            continue  # An earlier version took it in; it stays among the portal's own words.
        yield RecordChange(
            subject,
            reference,
            ChangeKind(kind),
            revision,
            moment_of(made_at),
            reason,
            document,
            value,
        )
