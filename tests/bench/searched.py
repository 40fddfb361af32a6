"""A vault of so many reports, and the same tables in plain SQLite beside it: made once for each
schema, and kept for the next run.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from cport_desktop.vault import migrations, replica
from cport_desktop.vault.database import Connection
from cport_desktop.vault.replica_tables import insert
from tests.bench.applying import prepared
from tests.bench.opening import schema
from tests.bench.synthetic import Synthesis
from tests.builders import NOON, make_vault, reopened

PER_BATCH = 500


@dataclass(frozen=True, slots=True)
class Searched:
    """Where the two are."""

    vault: Path
    plain: Path


def searched(kept: Path, reports: int) -> Searched:
    """A closed vault of so many reports and the file beside it, in `kept`."""
    folder = kept / f"searched-{reports}-{schema()}"
    found = Searched(folder / "vault", folder / "plain.db")
    if folder.exists():
        return found
    unfinished = kept / f"{folder.name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    made = make_vault(unfinished / "vault")
    with reopened(made) as vault, plain_database(unfinished / "plain.db") as plain:
        migrate(plain)
        for number, batch in enumerate(Synthesis(reports).batches(PER_BATCH)):
            with vault.transaction() as tx:
                replica.apply(tx, batch)
            plain.execute("BEGIN")
            insert(plain, prepared(batch))
            plain.execute("COMMIT")
            _tell(number * PER_BATCH, reports)
    unfinished.rename(folder)
    return found


@contextmanager
def plain_database(path: Path) -> Iterator[Connection]:
    """SQLite without encryption, in the same version."""
    connection: Connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    yield connection
    connection.close()


def migrate(connection: Connection) -> None:
    """The same tables as in a vault."""
    for migration in migrations.known_migrations():
        migrations.apply(connection, migration, at=NOON)


def _tell(done: int, reports: int) -> None:
    if done % 10_000 == 0:
        print(f"\r{done} of {reports} reports", end="", file=sys.stderr, flush=True)
