"""P3: applying batches, against bare `executemany` of prepared rows into the same tables."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from cport_desktop.domain.batch import Batch, ReportChange
from cport_desktop.vault import replica
from cport_desktop.vault.lifting import Lifted, first_row
from cport_desktop.vault.replica_tables import insert
from cport_desktop.vault.vault import Vault
from tests.bench.harness import Figure, seconds
from tests.builders import a_vault, an_entry

LOWEST_RATIO = 0.6
TURNS = 3
"""Both are measured so often, in turns, and the medians compared: other programs have their turns, too."""


def prepared(batch: Batch) -> Lifted:
    """The rows of a batch of new reports, as `replica.apply` would write them."""
    lifted = Lifted()
    taken: set[int] = set()
    for change in batch.changes:
        if isinstance(change, ReportChange):
            row = first_row(change.report)
            while row in taken:
                row += 1
            taken.add(row)
            lifted.add(change, row, change.status)
    return lifted


def apply_all(vault: Vault, batches: Sequence[Batch]) -> None:
    for batch in batches:
        with vault.transaction() as tx:
            replica.apply(tx, batch)


def measure(directory: Path, batches: Sequence[Batch]) -> Figure:
    """Reports a second: ours, and that of statements alone."""
    reports = sum(len(batch.changes) for batch in batches)
    rows = [prepared(batch) for batch in batches]
    gc.collect()
    gc.freeze()  # An exchange has one batch in memory and not all: they are none of the collector's work.
    took = [_turn(directory / str(turn), batches, rows) for turn in range(TURNS)]
    gc.unfreeze()
    ours, bare = (reports / median(each) for each in zip(*took, strict=True))
    return Figure(
        id="P3",
        what=f"applying {reports} reports in batches of {len(batches[0].changes)}",
        unit="reports/s",
        value=ours,
        reference=bare,
        ratio=ours / bare,
        goal=f"≥ {LOWEST_RATIO}",
        is_reached=ours / bare >= LOWEST_RATIO,
    )


def _turn(directory: Path, batches: Sequence[Batch], rows: Sequence[Lifted]) -> tuple[float, float]:
    """Seconds that ours takes, and that statements alone take."""
    directory.mkdir()
    with a_vault(directory / "ours") as vault:
        ours = seconds(lambda: apply_all(vault, batches))
    with a_vault(directory / "bare") as vault:
        return ours, seconds(lambda: _insert_all(vault, rows))


def _insert_all(vault: Vault, rows: Sequence[Lifted]) -> None:
    for lifted in rows:
        with vault.transaction() as tx:
            insert(tx.connection, lifted)
            tx.record(an_entry("bare"))
