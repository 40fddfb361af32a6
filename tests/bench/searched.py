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
from uuid import UUID

from sqlcipher3 import dbapi2

from cport_desktop.domain.ids import ContentId, OperationId, ReportId
from cport_desktop.domain.operation import GiveAssessment, Operation
from cport_desktop.vault import migrations, outbox, replica
from cport_desktop.vault.database import Connection
from cport_desktop.vault.replica_tables import insert, mark_kinds
from cport_desktop.vault.vault import Vault
from tests.bench.applying import prepared
from tests.bench.opening import schema
from tests.bench.synthetic import Synthesis
from tests.builders import NOON, an_entry, make_vault, reopened

PER_BATCH = 500
OVERLAID = 10_000
"""Reports with an assessment that the portal has not settled."""


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
            lifted = prepared(batch)
            insert(plain, lifted)
            mark_kinds(plain, lifted.rows)
            plain.execute("COMMIT")
            _tell(number * PER_BATCH, reports)
        _assess(vault, min(OVERLAID, reports // 100))
    unfinished.rename(folder)
    return found


def _assess(vault: Vault, count: int) -> None:
    """The newest `count` reports are assessed here."""
    with vault.reader() as reader:
        items = reader.connection.execute(
            "SELECT r.report_id, c.content_id FROM report AS r CROSS JOIN content_item AS c"
            " ON c.row = r.row AND c.is_source ORDER BY r.row DESC LIMIT ?",
            (count,),
        ).fetchall()
    with vault.transaction() as tx:
        for report_id, content_id in items:
            body = GiveAssessment(ContentId(content_id), 2)
            new = Operation(
                OperationId(str(UUID(int=report_id))), ReportId(report_id), tx.actor, tx.now, body
            )
            outbox.queue(tx, new)
        tx.record(an_entry("assess"))


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
