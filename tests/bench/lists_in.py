"""How fast long lists of other kinds come in, beside a plain text of as many lines, and in how much memory.

The lists (random digests) are written as they are measured and kept nowhere.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from cport_desktop.domain.progress import Progress, never
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from tests.bench.harness import Figure, seconds
from tests.bench.memory import resident_kib
from tests.builders import a_vault
from tests.list_files import CONTEXT_20

MOST_MEMORY: Final = 256
"""MiB that reading a list in may take, however long it is: a lot of rows, a bucket of digests, caches."""
_KIB: Final = 1024


def measure(directory: Path, entries: int) -> Iterator[Figure]:
    """Rows a second of each kind, against those of a text; and the memory that the longest took."""
    plain, _ = _read_in(directory, "md5sum", entries)
    for kind in _WRITERS:
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
    _WRITERS[kind](path, entries)
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
    return entries / took, (max(seen) - seen[0]) / _KIB


def _digests(entries: int) -> Iterator[tuple[str, str, str]]:
    """MD5, SHA-1 and SHA-256 of files that are nowhere."""
    dice = random.Random(1)
    for _ in range(entries):
        digits = dice.randbytes(68).hex()
        yield digits[:32], digits[32:72], digits[72:]


def _md5sum(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.writelines(
            f"{md5}  shape-{at}.png\n" for at, (md5, _, _) in enumerate(_digests(entries))
        )


def _csv(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.write("md5;sha1;sha256;name;category\n")
        out.writelines(
            f"{md5};{sha1};{sha256};shape-{at}.png;2\n"
            for at, (md5, sha1, sha256) in enumerate(_digests(entries))
        )


def _vics(path: Path, entries: int) -> None:
    context = CONTEXT_20.format(region="Default", what="Media")
    with path.open("w") as out:
        out.write(f'{{"@odata.context": "{context}", "value": [')
        for at, (md5, sha1, _) in enumerate(_digests(entries)):
            out.write(
                f'{"," if at else ""}{{"MediaID": {at}, "Category": 2, "MD5": "{md5.upper()}",'
                f' "SHA1": "{sha1.upper()}", "MediaSize": 18, "VictimIdentified": "false",'
                ' "OffenderIdentified": "false", "IsDistributed": "false", "Series": null,'
                ' "DateUpdated": "2026-01-02T03:04:05.000Z", "Tags": "synthetic"}\n'
            )
        out.write("]}")


def _nsrl(path: Path, entries: int) -> None:
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE FILE (sha256, sha1, md5, crc32, file_name, file_size, package_id)")
    made.executemany(
        "INSERT INTO FILE VALUES (?3, ?2, ?1, '0A', 'shape.png', 18, 1)", _digests(entries)
    )
    made.commit()
    made.close()


_WRITERS: Final[Mapping[str, Callable[[Path, int], None]]] = {
    "md5sum": _md5sum,
    "csv": _csv,
    "vics": _vics,
    "nsrl-rds3": _nsrl,
}
