"""The analysts of a vault, as the database knows them."""

from __future__ import annotations

from cport_desktop.domain.ids import Actor, AnalystId
from cport_desktop.domain.roles import Analyst, parse_roles, print_roles
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Transaction


def insert(tx: Transaction, analyst: Analyst) -> None:
    """The analyst is known, once the transaction commits. The caller records the entry."""
    tx.connection.execute(
        "INSERT INTO analyst (analyst_id, name, roles, created_at) VALUES (?, ?, ?, ?)",
        (analyst.analyst_id, analyst.name, print_roles(analyst.roles), microseconds(tx.now)),
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
