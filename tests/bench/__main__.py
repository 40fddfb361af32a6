"""`python -m tests.bench`: P2, P3, P11 and P12 of the performance contract on synthetic reports; the window
on a million of them (P1, P8, P9 and the watch over its event loop, by `--only P1`); sealing,
reading and importing of files (B1) and opening of large vaults (B2); what is like what among a million
pictures (P7, against faiss), and how many variants of a picture come to its stack (recall); a package of
2 GB (P10, against the age command); and, asked for by `--only P6m`, how much more memory a list takes that is
ten times as long, in every kind of file (hours).

The large vaults of P2 (10 GB for a million reports, with plain SQLite beside them), B2 (5 GB) and P6 (2.5 GB for a list of ten million) take some
minutes to make and are kept in `.bench/` for the next run; `make clean` removes them. P6 wants
`hfind` (Debian and its kin: sleuthkit) beside it.

JSON lines on stdout, a table on stderr. Figures that miss their goal are marked and do not
change the exit code: machines differ, and people judge.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.usecases.report_arrays import ReportColumns
from tests.bench import (
    applying,
    first_sync,
    importing,
    known,
    known_by_sight,
    list_growth,
    lists_in,
    matching,
    media,
    opening,
    packing,
    recall,
    sealing,
    searches,
    windowed,
)
from tests.bench.harness import show
from tests.bench.searched import plain_database, searched
from tests.bench.synthetic import Synthesis
from tests.builders import a_vault, reopened
from tests.report_builders import the_taxonomy

CHANGES_PER_BATCH = 500
APPLIED_REPORTS = 20_000
"""Reports that P3 measures: enough for indexes to grow deep, few enough to be prepared at once."""


LISTED_OTHERWISE = 1_000_000
"""Entries of lists that are no plain text."""
SYNCED_REPORTS = 5_000
"""Reports that P12 fetches: enough for the whole to take far longer than the first batch."""


def main(arguments: list[str]) -> int:
    """Measure and print; 0 in the end."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("--reports", type=int, default=1_000_000)
    reader.add_argument(
        "--synced", type=int, default=100_000, help="reports that the window fetches"
    )
    reader.add_argument("--act", action="append", default=[], help="of the window's, by name")
    reader.add_argument("--opened", type=int, default=1_000_000, help="reports in B2's vault")
    reader.add_argument("--listed", type=int, default=10_000_000, help="entries of P6's list")
    reader.add_argument("--kept", type=Path, default=Path(".bench"), help="where large vaults stay")
    reader.add_argument(
        "--only",
        choices=(
            "P1",
            "P2",
            "P3",
            "P4",
            "P6",
            "P6p",
            "P6l",
            "P6m",
            "P7",
            "P10",
            "P12",
            "B1",
            "B2",
            "recall",
        ),
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
        if options.only in (None, "B1"):
            _measure_files(Path(name))
        if options.only in (None, "P6l"):
            for figure in lists_in.measure(Path(name), min(options.listed, LISTED_OTHERWISE)):
                show(figure)
        if options.only == "P6m":
            for figure in list_growth.measure(Path(name), options.listed):
                show(figure)
        if options.only in (None, "P10"):
            for figure in packing.measure(Path(name)):
                show(figure)
    if options.only in (None, "P7"):
        for figure in matching.measure(options.kept):
            show(figure)
    if options.only in (None, "recall"):
        for figure in recall.measure():
            show(figure)
    options.kept.mkdir(exist_ok=True)
    if options.only in (None, "P2"):
        _measure_searches(options.kept, options.reports)
    if options.only in (None, "P1"):
        for figure in windowed.measure(
            searched(options.kept, options.reports).vault,
            options.reports,
            synced=options.synced,
            acts=options.act,
        ):
            show(figure)
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


def _measure_searches(kept: Path, reports: int) -> None:
    """P2 among `reports`, and P11: against a tenth of them."""
    large, small = searched(kept, reports), searched(kept, reports // 10)
    times: dict[str, float] = {}
    with _asked(small.vault) as asked:
        times = {case.name: asked.p95_ms(case) for case in searches.suite()}
    with _asked(large.vault) as asked, plain_database(large.plain) as plain:
        for figure in searches.measure(asked, plain):
            show(figure)
            show(searches.growth(figure, times[figure.what]))


@contextmanager
def _asked(folder: Path) -> Iterator[searches.Asked]:
    with reopened(folder) as vault:
        columns = ReportColumns(vault)
        columns.load()
        yield searches.Asked(vault, columns, the_taxonomy())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
