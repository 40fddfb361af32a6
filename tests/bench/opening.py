"""Opening a vault of many reports against one of few, key derivation aside."""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cport_desktop.clock import SystemClock
from cport_desktop.domain.nature import Nature
from cport_desktop.vault import migrations, replica
from cport_desktop.vault.database import Connection
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from cport_desktop.vault.vault import Vault, create_vault, open_vault
from tests.bench.harness import Figure
from tests.bench.synthetic import Synthesis
from tests.builders import ANALYST, an_entry

FEW = 1_000
ROUNDS = 40
HIGHEST_RATIO = 1.2
CODE = hashlib.sha256(b"bench").digest()[:20]
"""A recovery code needs no dear derivation: what is measured is the opening alone."""

ENTRIES_AT_ONCE = 5_000
_GAP = 10_000_000
"""Between the numbers of one copy and those of the next."""


def measure(kept: Path, reports: int) -> list[Figure]:
    """The quickest of some openings of each, which take turns: by the clock, which waits for
    whatever else the disk does, and in processor time, which does not.
    """
    few, many = (_vault_of(kept, number) for number in (FEW, reports))
    best = {few: (float("inf"), float("inf")), many: (float("inf"), float("inf"))}
    for _ in range(ROUNDS):
        for folder in (few, many):
            wall, cpu = time.perf_counter(), time.process_time()
            vault = _opened(folder)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            best[folder] = min(best[folder][0], wall), min(best[folder][1], cpu)
            vault.close()
    what = f"opening a vault of {reports} reports (against {FEW})"
    return [
        _figure("B2", what, best[many][0], best[few][0]),
        _figure("B2p", f"{what}, processor time", best[many][1], best[few][1]),
    ]


def _figure(number: str, what: str, value: float, reference: float) -> Figure:
    return Figure(
        id=number,
        what=what,
        unit="ms",
        value=value * 1000,
        reference=reference * 1000,
        ratio=value / reference,
        goal=f"≤ {HIGHEST_RATIO}",
        is_reached=value <= HIGHEST_RATIO * reference,
    )


def _opened(folder: Path) -> Vault:
    return open_vault(folder, secret=RecoveryCode(CODE), clock=SystemClock(), program="bench")


def _vault_of(kept: Path, reports: int) -> Path:
    """A closed vault of so many reports, made once for each schema and kept in `kept`."""
    folder = kept / f"vault-{reports}-{schema()}"
    if folder.exists():
        return folder
    unfinished = kept / f"{folder.name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    slots = [NewSlot("recovery", NewRecoveryCode(CODE))]
    create_vault(unfinished, nature=Nature.DEMO, analyst=ANALYST, slots=slots, clock=SystemClock())
    with _opened(unfinished) as vault:
        for batch in Synthesis(FEW).batches(500):
            with vault.transaction() as tx:
                replica.apply(tx, batch)
        _multiply(vault, reports // FEW)
        _lengthen_log(vault, reports)
    unfinished.rename(folder)
    return folder


def schema() -> str:
    text = "".join(repr(migration) for migration in migrations.known_migrations())
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _multiply(vault: Vault, times: int) -> None:
    """So many reports for each that is there, with numbers and places of their own, and every
    media file on record as held. The indexes of words are left as they are: nothing that opens
    a vault reads them, and they would take an hour.
    """
    with vault.reader() as reader:
        statements = list(_copying(reader.connection))
    for copy in range(1, times):
        with vault.transaction() as tx:
            for statement in statements:
                tx.connection.execute(statement, {"copy": copy})
            tx.record(an_entry("multiply"))
        if copy % 20 == 0:
            print(f"\r{copy} of {times} thousand", end="", file=sys.stderr, flush=True)
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO blob (blob_id, key, state, media_id, size, sha256)"
            " SELECT lower(hex(randomblob(16))), randomblob(32), 'held', media_id, size,"
            " announced_sha256 FROM media_item"
        )
        tx.record(an_entry("hold"))


def _copying(connection: Connection) -> Iterator[str]:
    """One statement for each table: the rows of the first copy once more, moved."""
    row_span = "(SELECT max(row) - min(row) + 1024 FROM report)"
    highest = "(SELECT max(row) + 1 FROM report_text)"
    span, last = connection.execute(f"SELECT {row_span}, {highest}").fetchone() or (0, 0)
    moved = {
        "row": f"row + :copy * {span}",
        "report_id": f"report_id + :copy * {_GAP}",
        "content_id": f"content_id + :copy * {_GAP}",
        "media_id": f"media_id + :copy * {_GAP}",
        "announced_sha256": "printf('%08x', :copy) || substr(announced_sha256, 9)",
    }
    for table, key, end in (
        ("report", "row", last),
        ("report_text", "row", last),
        ("report_document", "report_id", _GAP),
        ("content_item", "row", last),
        ("report_payment", "row", last),
        ("media_item", "media_id", _GAP),
        ("report_media", "row", last),
    ):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(moved.get(column, column) for column in columns)
        yield (
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {values} FROM {table} WHERE {key} < {end}"
        )


def _lengthen_log(vault: Vault, entries: int) -> None:
    """A log as long as one that held so many files would be."""
    for first in range(0, entries, ENTRIES_AT_ONCE):
        with vault.transaction() as tx:
            for _ in range(first, min(first + ENTRIES_AT_ONCE, entries)):
                tx.record(an_entry("hold"))
