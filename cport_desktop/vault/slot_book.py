"""When each slot was last of use: kept in the database, since the header does not change by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.ids import SlotId
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader, Transaction


@dataclass(frozen=True, slots=True)
class SlotUse:
    """When it last opened the vault, and when it was last tried whether it would."""

    opened_at: datetime | None
    tested_at: datetime | None


UNUSED: Final = SlotUse(None, None)


def uses(reader: Reader) -> Mapping[SlotId, SlotUse]:
    """The use of every slot that was of any."""
    rows = reader.connection.execute("SELECT slot, opened_at, tested_at FROM slot_use")
    return {
        SlotId(slot): SlotUse(_moment(opened), _moment(tested)) for slot, opened, tested in rows
    }


def note_test(tx: Transaction, slot: SlotId) -> None:
    """It was tried now and would have opened. The caller records the entry."""
    tx.connection.execute(
        "INSERT INTO slot_use (slot, tested_at) VALUES (?, ?)"
        " ON CONFLICT (slot) DO UPDATE SET tested_at = excluded.tested_at",
        (slot, microseconds(tx.now)),
    )


def forget(tx: Transaction, slot: SlotId) -> None:
    """Nothing is remembered of a slot that is gone. The caller records the entry."""
    tx.connection.execute("DELETE FROM slot_use WHERE slot = ?", (slot,))


def _moment(microseconds_since: int | None) -> datetime | None:
    return None if microseconds_since is None else moment_of(microseconds_since)
