"""How much memory a list takes that is ten times as long: read, in its next version, and written.

Each act is done in a process of its own (`list_memory`), once for the shorter list and once for the longer.
What grows by design is the filter that contents are matched by (1.7 bytes for each digest, twice while it is
made): what an act takes before that is what must not grow.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from tests.bench.harness import Figure
from tests.bench.list_memory import Measured
from tests.bench.list_writers import WRITERS

_SHORTER: Final = 10
"""The other list is so many times shorter."""
_MORE: Final = 16
"""MiB that the longer one may take more: pages that the database keeps, which the shorter did not fill."""
_ACTS: Final = {"csv": ("update", "csv", "stix", "misp", "vics", "md5sum")}
"""What else is done with a list of a kind."""


def measure(directory: Path, entries: int) -> Iterator[Figure]:
    """For each act the memory that the longer list took, beside that of the shorter."""
    for kind in WRITERS:
        shorter, longer = (
            _measured(directory / f"{kind}-{count}", kind, count)
            for count in (entries // _SHORTER, entries)
        )
        for short, long in zip(shorter, longer, strict=True):
            yield Figure(
                id="P6m",
                what=f"{long.act}, {long.entries:,} entries ({short.entries:,})",
                unit="MiB",
                value=long.reading,
                reference=short.reading,
                ratio=long.reading / short.reading,
                goal=f"≤ {_MORE} MiB more",
                is_reached=long.reading - short.reading <= _MORE,
            )
            yield Figure(
                id="P6m",
                what=f"{long.act}, with the filter that it is matched by",
                unit="MiB",
                value=long.grown,
                reference=short.grown,
                ratio=long.grown / short.grown,
                goal="",
                is_reached=True,
            )
            yield Figure(
                id="P6m",
                what=f"{long.act}: entries a second",
                unit="/s",
                value=long.entries / long.seconds,
                reference=short.entries / short.seconds,
                ratio=long.entries / long.seconds * short.seconds / short.entries,
                goal="",
                is_reached=True,
            )


def _measured(folder: Path, kind: str, entries: int) -> list[Measured]:
    folder.mkdir()
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.bench.list_memory",
            kind,
            str(entries),
            str(folder),
            *_ACTS.get(kind, ()),
        ],
        stdout=subprocess.PIPE,
        check=True,
    )
    shutil.rmtree(folder)
    return [msgspec.json.decode(line, type=Measured) for line in ran.stdout.splitlines()]
