"""Numbered migrations: each runs once, in one transaction with the record that it ran.

A migration is a file `NNNN_name.sql` beside this one, numbered from 1 without gaps. The
number of the last one applied is the schema's version (`user_version`, and the rows of
`migration`). A released file is never changed; a vault that knows more is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from sqlcipher3.dbapi2 import complete_statement

from cport_desktop.errors import VaultNewer
from cport_desktop.vault.database import Connection

_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    name: str
    sql: str


def known_migrations() -> tuple[Migration, ...]:
    """All migrations of this version, in order.

    Raises:
        ValueError: if their numbers have a gap (a mistake in the source).
    """
    found = []
    for file in files(__name__).iterdir():
        if match := _NAME.fullmatch(file.name):
            text = file.read_text(encoding="utf-8")
            found.append(Migration(number=int(match[1]), name=match[2], sql=text))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError("migrations must be numbered 1, 2, 3 …")
    return tuple(found)


def schema_version(connection: Connection) -> int:
    """The number of the last migration that ran here; 0 for an empty file."""
    row = connection.execute("PRAGMA user_version").fetchone()
    return 0 if row is None else int(row[0])


def pending(connection: Connection, known: tuple[Migration, ...]) -> tuple[Migration, ...]:
    """Those of `known` that have not run here yet.

    Raises:
        VaultNewer: if the file has run one that is not known.
    """
    version = schema_version(connection)
    if version > len(known):
        raise VaultNewer(found=version, known=len(known))
    return known[version:]


def apply(transaction: Connection, migration: Migration, *, at: datetime) -> None:
    """Run one migration and write its record, in the transaction that is open."""
    for statement in _statements(migration.sql):
        transaction.execute(statement)
    transaction.execute(
        "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)",
        (migration.number, migration.name, at.isoformat()),
    )
    transaction.execute(f"PRAGMA user_version = {migration.number}")


def _statements(sql: str) -> Iterator[str]:
    """One statement at a time: the driver's own script runner would commit in between."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
