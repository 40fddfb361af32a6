"""How the vault was kept: backups, drills and checks, with what each showed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

SOUND = "sound"
"""The verdict of what went well; anything else says what was wrong."""

Facts = Mapping[str, str | int | bool | None]


class Kept(StrEnum):
    BACKUP = "backup"
    DRILL = "drill"
    CHECK = "check"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class KeepingRecord:
    at: datetime
    kind: Kept
    verdict: str
    facts: Facts

    @property
    def is_sound(self) -> bool:
        return self.verdict == SOUND


def note(tx: Transaction, kind: Kept, verdict: str, facts: Facts) -> None:
    """It is on record, once the transaction commits. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO keeping_record (at_us, kind, verdict, facts) VALUES (?, ?, ?, ?)",
        (microseconds(tx.now), kind.value, verdict, json.dumps(facts, ensure_ascii=False)),
    )


def last(
    reader: Reader, kind: Kept, *, sound_only: bool = False, with_file: bool = False
) -> KeepingRecord | None:
    """The latest one of its kind (that went well; that left a file); None if there is none."""
    return _record(
        reader.connection.execute(
            "SELECT at_us, kind, verdict, facts FROM keeping_record"
            " WHERE kind = ? AND (verdict = ? OR NOT ?)"
            " AND (json_extract(facts, '$.backup') IS NOT NULL OR NOT ?)"
            " ORDER BY number DESC LIMIT 1",
            (kind.value, SOUND, sound_only, with_file),
        ).fetchone()
    )


def listing(reader: Reader, *, limit: int, kind: Kept | None = None) -> tuple[KeepingRecord, ...]:
    """The latest ones (of this kind), newest first."""
    rows = reader.connection.execute(
        "SELECT at_us, kind, verdict, facts FROM keeping_record"
        " WHERE kind = ?1 OR ?1 IS NULL ORDER BY number DESC LIMIT ?2",
        (None if kind is None else kind.value, limit),
    ).fetchall()
    return tuple(found for row in rows if (found := _record(row)) is not None)


def _record(row: Row | None) -> KeepingRecord | None:
    if row is None:
        return None
    at_us, kind, verdict, facts = row
    return KeepingRecord(moment_of(at_us), Kept(kind), verdict, json.loads(facts))
