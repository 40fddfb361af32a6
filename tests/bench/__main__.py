"""`python -m tests.bench`: P2, P3 and P12 of the performance contract on synthetic reports; sealing,
reading and importing of files (B1) and opening of large vaults (B2); what is like what among a million
pictures (P7, against faiss), and how many variants of a picture come to its stack (recall).

The large vaults of B2 (5 GB for a million reports) and P6 (2.5 GB for a list of ten million) take some
minutes to make and are kept in `.bench/` for the next run; `make clean` removes them. P6 wants
`hfind` (Debian and its kin: sleuthkit) beside it.

JSON lines on stdout, a table on stderr. Figures that miss their goal are marked and do not
change the exit code: machines differ, and people judge.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sqlcipher3 import dbapi2

from cport_desktop.domain.batch import Batch
from cport_desktop.vault import migrations, replica
from cport_desktop.vault.database import Connection
from cport_desktop.vault.replica_tables import insert
from cport_desktop.vault.vault import Vault
from tests.bench import (
    applying,
    first_sync,
    importing,
    known,
    known_by_sight,
    matching,
    media,
    opening,
    recall,
    sealing,
    searches,
)
from tests.bench.harness import Figure, seconds, show
from tests.bench.synthetic import Synthesis
from tests.builders import NOON, a_vault, make_vault, reopened
from tests.report_builders import the_taxonomy

CHANGES_PER_BATCH = 500
APPLIED_REPORTS = 20_000
"""Reports that P3 measures: enough for indexes to grow deep, few enough to be prepared at once."""


SYNCED_REPORTS = 5_000
"""Reports that P12 fetches: enough for the whole to take far longer than the first batch."""


def main(arguments: list[str]) -> int:
    """Measure and print; 0 in the end."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("--reports", type=int, default=100_000)
    reader.add_argument("--opened", type=int, default=1_000_000, help="reports in B2's vault")
    reader.add_argument("--listed", type=int, default=10_000_000, help="entries of P6's list")
    reader.add_argument("--kept", type=Path, default=Path(".bench"), help="where large vaults stay")
    reader.add_argument(
        "--only", choices=("P2", "P3", "P4", "P6", "P6p", "P7", "P12", "B1", "B2", "recall")
    )
    options = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="cport-bench-") as name:
        if options.only in (None, "P3"):
            _measure_applying(Path(name), min(options.reports, APPLIED_REPORTS))
        if options.only in (None, "P12"):
            for figure in first_sync.measure(Path(name), min(options.reports, SYNCED_REPORTS)):
                show(figure)
        if options.only in (None, "P4"):
            for figure in media.measure():
                show(figure)
        if options.only in (None, "P2"):
            _measure_searches(Path(name), options.reports)
        if options.only in (None, "B1"):
            _measure_files(Path(name))
    if options.only in (None, "P7"):
        for figure in matching.measure(options.kept):
            show(figure)
    if options.only in (None, "recall"):
        for figure in recall.measure():
            show(figure)
    options.kept.mkdir(exist_ok=True)
    if options.only in (None, "P6"):
        for figure in known.measure(options.kept, options.listed):
            show(figure)
    if options.only in (None, "P6", "P6p"):
        for figure in known_by_sight.measure(options.kept):
            show(figure)
    if options.only in (None, "B2"):
        for figure in opening.measure(options.kept, options.opened):
            show(figure)
    return 0


def _measure_files(directory: Path) -> None:
    show(sealing.measure_sealing())
    for figure in sealing.measure_reading(directory):
        show(figure)
    with a_vault(directory / "importing") as vault:
        show(importing.measure(directory, vault))


def _measure_applying(directory: Path, reports: int) -> None:
    batches = list(Synthesis(reports).batches(CHANGES_PER_BATCH))
    show(applying.measure(directory, batches))


def _measure_searches(directory: Path, reports: int) -> None:
    plain = _plain_database(directory / "plain.db")
    folder = make_vault(directory / "vault")
    with reopened(folder) as vault:
        _fill(vault, plain, Synthesis(reports).batches(CHANGES_PER_BATCH), reports)
    _show_opening(folder, make_vault(directory / "empty"), reports)
    with reopened(folder) as vault, vault.reader() as reader:
        for figure in searches.measure(reader, plain, the_taxonomy()):
            show(figure)
    plain.close()


def _plain_database(path: Path) -> Connection:
    """The same tables in SQLite without encryption, in the same version."""
    connection: Connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    for migration in migrations.known_migrations():
        migrations.apply(connection, migration, at=NOON)
    return connection


def _fill(vault: Vault, plain: Connection, batches: Iterable[Batch], reports: int) -> None:
    for number, batch in enumerate(batches):
        with vault.transaction() as tx:
            replica.apply(tx, batch)
        plain.execute("BEGIN")
        insert(plain, applying.prepared(batch))
        plain.execute("COMMIT")
        done = number * CHANGES_PER_BATCH
        if done % 10_000 == 0:
            print(f"\r{done} of {reports} reports", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)


def _show_opening(full: Path, empty: Path, reports: int) -> None:
    def opening(folder: Path) -> float:
        def opened() -> None:
            reopened(folder).close()

        return min(seconds(opened) for _ in itertools.repeat(None, 5)) * 1000

    value, reference = opening(full), opening(empty)
    ratio = value / reference
    show(
        Figure(
            id="open",
            what=f"opening a vault of {reports} reports (against an empty one)",
            unit="ms",
            value=value,
            reference=reference,
            ratio=ratio,
            goal="≤ 1.2",
            is_reached=ratio <= 1.2,
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
