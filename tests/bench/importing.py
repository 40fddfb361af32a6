"""B1: how fast files come in, each durable before the vault says that it holds it."""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

from cport_desktop.domain.ids import MediaId
from cport_desktop.usecases.media_turns import LOT
from cport_desktop.usecases.settling import LARGEST_LOT, Arrived, Settling
from cport_desktop.vault.durable_files import sync_folder, write_all
from cport_desktop.vault.intake import Examined
from cport_desktop.vault.vault import Vault
from tests.bench.harness import Figure
from tests.builders import an_entry, an_examination, digests_of

LENGTH = 500_000
FILES = 512
ROUNDS = 3


def measure(directory: Path, vault: Vault) -> Figure:
    """Files of 500 kB through the vault's intake, against writing, flushing and renaming as many.

    Sealing, keys, rows and the entries of the log are in; digests and decoding, which no disk
    can help with, are not.
    """
    content = [random.Random(seed).randbytes(LENGTH) for seed in range(8)]
    ours, disk = [], []
    for number in range(ROUNDS):
        disk.append(_plain(directory / f"plain-{number}", content))
        ours.append(_through_the_vault(vault, content, first=number * FILES))
    value, reference = max(ours), max(disk)
    return Figure(
        id="B1c",
        what="fsynced imports of 500 kB (against the disk's own rate)",
        unit="files/s",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≥ 500/s where the disk allows",
        is_reached=value >= min(500.0, 0.5 * reference),
    )


def _plain(folder: Path, content: Sequence[bytes]) -> float:
    """Files a second: write, flush, rename, and the folder flushed once for each few."""
    (folder / "in").mkdir(parents=True)
    started = time.perf_counter()
    for number in range(FILES):
        path = folder / "in" / str(number)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        write_all(descriptor, content[number % len(content)])
        os.fsync(descriptor)
        os.close(descriptor)
        path.rename(folder / str(number))
        if number % LARGEST_LOT == LARGEST_LOT - 1:
            sync_folder(folder)
    return FILES / (time.perf_counter() - started)


def _through_the_vault(vault: Vault, content: Sequence[bytes], *, first: int) -> float:
    digests = [digests_of(piece) for piece in content]
    numbers = [MediaId(number) for number in range(first + 1, first + FILES + 1)]
    with vault.transaction() as tx:
        tx.connection.executemany(
            "INSERT INTO media_item (media_id, state, size, announced_sha256, newest_received)"
            " VALUES (?, 'wanted', ?, ?, 0)",
            [
                (number, LENGTH, hashlib.sha256(content[number % len(content)]).hexdigest())
                for number in numbers
            ],
        )
        tx.record(an_entry("announce"))
    examination = an_examination()
    started = time.perf_counter()
    with Settling(vault) as settling:
        for page in range(0, FILES, LOT):
            vault.expect(numbers[page : page + LOT])
            for number in numbers[page : page + LOT]:
                intake = vault.intake(number)
                intake.write(content[number % len(content)])
                examined = Examined(intake, digests[number % len(content)], examination)
                settling.put(Arrived(number, examined))
            settling.wait()
    return FILES / (time.perf_counter() - started)
