"""The analysts of a vault, as the database knows them.

Nobody is ever removed: the audit log speaks of them by name. Who has left is retired, and their
name is not given to anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.ids import Actor, AnalystId
from cport_desktop.domain.roles import Analyst, Role, parse_roles, print_roles
from cport_desktop.errors import UnknownReference, VaultDamaged
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS = "analyst_id, name, roles, created_at, retired_at"


@dataclass(frozen=True, slots=True)
class AnalystRecord:
    """An analyst with their dates; `retired_at` is None while they work here."""

    analyst: Analyst
    created_at: datetime
    retired_at: datetime | None


def insert(tx: Transaction, analyst: Analyst) -> None:
    """The analyst is known, once the transaction commits. The caller records the entry."""
    tx.connection.execute(
        "INSERT INTO analyst (analyst_id, name, roles, created_at) VALUES (?, ?, ?, ?)",
        (analyst.analyst_id, analyst.name, print_roles(analyst.roles), microseconds(tx.now)),
    )


def give_roles(tx: Transaction, analyst: Analyst) -> None:
    """The analyst has the roles of `analyst`, once the transaction commits."""
    tx.connection.execute(
        "UPDATE analyst SET roles = ? WHERE analyst_id = ?",
        (print_roles(analyst.roles), analyst.analyst_id),
    )


def retire(tx: Transaction, analyst_id: AnalystId) -> None:
    """The analyst works here no more, once the transaction commits."""
    tx.connection.execute(
        "UPDATE analyst SET retired_at = ?, roles = '' WHERE analyst_id = ?",
        (microseconds(tx.now), analyst_id),
    )


def find(connection: Connection, analyst_id: AnalystId) -> Analyst:
    """The analyst of a slot.

    Raises:
        VaultDamaged: header and database do not agree who that is.
    """
    row = connection.execute(
        "SELECT name, roles FROM analyst WHERE analyst_id = ? AND retired_at IS NULL",
        (analyst_id,),
    ).fetchone()
    if row is None:
        raise VaultDamaged(where="analysts")
    return Analyst(analyst_id, Actor(row[0]), parse_roles(row[1]))


def listing(reader: Reader) -> tuple[AnalystRecord, ...]:
    """Everybody who works or worked here, in the order in which they came."""
    query = f"SELECT {_COLUMNS} FROM analyst ORDER BY created_at, name"  # noqa: S608 - constant
    return tuple(map(_record, reader.connection.execute(query)))


def named(reader: Reader, name: str) -> Analyst:
    """Who works here under this name.

    Raises:
        UnknownReference: nobody, or somebody who has left.
    """
    for record in listing(reader):
        if record.analyst.name == name and record.retired_at is None:
            return record.analyst
    raise UnknownReference(kind="analyst", reference=name)


def with_role(reader: Reader, role: Role) -> tuple[Analyst, ...]:
    """Those who work here and have the role."""
    return tuple(
        record.analyst
        for record in listing(reader)
        if record.retired_at is None and role in record.analyst.roles
    )


def _record(row: Row) -> AnalystRecord:
    analyst_id, name, roles, created_at, retired_at = row
    return AnalystRecord(
        Analyst(AnalystId(analyst_id), Actor(name), parse_roles(roles)),
        moment_of(created_at),
        None if retired_at is None else moment_of(retired_at),
    )
