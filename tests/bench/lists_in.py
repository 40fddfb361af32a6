"""How fast long lists of other kinds come in, beside a plain text of as many lines, and in how much memory.

The lists (random digests) are written as they are measured and kept nowhere.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cport_desktop.domain.progress import Progress, never
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from tests.bench.harness import Figure, seconds
from tests.bench.list_writers import WRITERS
from tests.bench.memory import resident_kib
from tests.builders import a_vault

MOST_MEMORY: Final = 256
"""MiB that reading a list in may take, however long it is: a lot of rows, a bucket of digests, caches."""
_KIB: Final = 1024


def measure(directory: Path, entries: int) -> Iterator[Figure]:
    """Rows a second of each kind, against those of a text; and the memory that the longest took."""
    plain, _ = _read_in(directory, "md5sum", entries)
    for kind in WRITERS:
        if kind == "md5sum":
            continue
        rate, grown = _read_in(directory, kind, entries)
        yield Figure(
            id="P6l",
            what=f"{entries:,} entries of {kind} (a text of as many lines)",
            unit="rows/s",
            value=rate,
            reference=plain,
            ratio=rate / plain,
            goal="",
            is_reached=True,
        )
        yield Figure(
            id="P6l",
            what=f"memory that reading {kind} took",
            unit="MiB",
            value=grown,
            reference=MOST_MEMORY,
            ratio=grown / MOST_MEMORY,
            goal="≤ 1",
            is_reached=grown <= MOST_MEMORY,
        )


def _read_in(directory: Path, kind: str, entries: int) -> tuple[float, float]:
    """Rows a second, and by how many MiB memory grew at most."""
    path = directory / f"{kind}.list"
    WRITERS[kind](path, entries)
    seen = [resident_kib()]

    def look(progress: Progress) -> None:
        seen.append(resident_kib())
        if progress.total:
            part = 100 * progress.done // progress.total
            print(f"\r{kind}: {part} %  ", end="", file=sys.stderr, flush=True)

    with a_vault(directory / f"vault-{kind}") as vault:
        took = seconds(
            lambda: import_hash_list(vault, ListOrder(path), announce=look, is_cancelled=never)
        )
    print("\r", end="", file=sys.stderr)
    path.unlink()
    shutil.rmtree(directory / f"vault-{kind}")
    return entries / took, (max(seen) - seen[0]) / _KIB
