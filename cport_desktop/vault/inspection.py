"""A vault looked over, without changing it: what it holds, whether it is sound, its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cport_desktop.crypto.passphrase import Cost
from cport_desktop.domain.keeping import Finding
from cport_desktop.domain.nature import Nature
from cport_desktop.vault import audit_log, bond, replica
from cport_desktop.vault.migrations import schema_version
from cport_desktop.vault.soundness import check
from cport_desktop.vault.state_digest import digest
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

__all__ = ["Finding", "SlotStatus", "VaultStatus", "check", "digest", "status"]


@dataclass(frozen=True, slots=True)
class SlotStatus:
    """One way to open the vault; `cost` is what a guess at a passphrase takes."""

    id: str
    name: str
    kind: str
    made_at: str
    cost: Cost | None


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """What a vault is and holds. Sizes in bytes; `cursor` and `portal` None before enrolment."""

    vault: str
    id: str
    nature: Nature
    analyst: str
    slots: tuple[SlotStatus, ...]
    schema: int
    portal: str | None
    cursor: str | None
    last_exchange: datetime | None
    last_road: str | None
    reports: int
    hotlines: int
    media_held: int
    media_wanted: int
    media_refused: int
    media_bytes: int
    operations: int
    operations_unsettled: int
    kept_aside: int
    audit_entries: int
    audit_head: str
    database_bytes: int
    derivatives_bytes: int


def status(vault: Vault) -> VaultStatus:
    """What the vault is and holds, now."""
    with vault.reader() as reader:
        exchange = replica.last_exchange(reader)
        enrolment = bond.load(reader)
        entries, head = audit_log.head(reader)
        media = _media_by_state(reader)
        return VaultStatus(
            vault=str(vault.directory.absolute()),
            id=vault.identity,
            nature=vault.nature,
            analyst=vault.actor,
            slots=_slots(vault),
            schema=schema_version(reader.connection),
            portal=None if enrolment is None else enrolment.answer.portal,
            cursor=replica.stream(reader).position.cursor,
            last_exchange=None if exchange is None else exchange.at,
            last_road=None if exchange is None else exchange.road,
            reports=_number(reader, "SELECT count(*) FROM report"),
            hotlines=_number(reader, "SELECT count(*) FROM hotline"),
            media_held=media.get("held", 0),
            media_wanted=media.get("wanted", 0),
            media_refused=media.get("refused", 0),
            media_bytes=_number(reader, "SELECT sum(size) FROM blob WHERE state = 'held'"),
            operations=_number(reader, "SELECT count(*) FROM operation"),
            operations_unsettled=_number(
                reader, "SELECT count(*) FROM operation WHERE state IN ('queued', 'sending')"
            ),
            kept_aside=_number(reader, "SELECT count(*) FROM quarantine"),
            audit_entries=entries,
            audit_head=head,
            database_bytes=_bytes_of(vault.layout.database),
            derivatives_bytes=_bytes_of(vault.layout.derivatives),
        )


def _slots(vault: Vault) -> tuple[SlotStatus, ...]:
    return tuple(
        SlotStatus(slot.slot, slot.name, slot.kind, slot.made_at, slot.cost)
        for slot in vault.header.slots
    )


def _media_by_state(reader: Reader) -> dict[str, int]:
    rows = reader.connection.execute("SELECT state, count(*) FROM media_item GROUP BY state")
    return dict(rows.fetchall())


def _number(reader: Reader, query: str) -> int:
    row = reader.connection.execute(query).fetchone()
    return 0 if row is None or row[0] is None else int(row[0])


def _bytes_of(database: Path) -> int:
    """Of a database with its log of writes."""
    files = (database, database.with_name(database.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
