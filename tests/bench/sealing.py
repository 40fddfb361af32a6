"""B1: sealing against the library's own stream, and reading from the middle of a sealed file."""

from __future__ import annotations

import io
import random
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.cobblestone import Cobblestone256Encryptor

from cport_desktop.crypto.sealing import SealedReader, SealedWriter
from tests.bench.harness import Figure

CONTENT = 64 * 1024 * 1024
PIECE = 256 * 1024
"""Bytes handed over at once, as they come from a road."""
PART = 64 * 1024
FILE = 16 * 1024 * 1024
READS = 5000
ROUNDS = 7
CONTEXT = b"bench"

_MOST_MICROSECONDS = 100.0


def measure_sealing() -> Figure:
    """The same bytes through both, in the same pieces, what comes out dropped at once."""
    content = random.Random(1).randbytes(CONTENT)
    pieces = [content[at : at + PIECE] for at in range(0, CONTENT, PIECE)]
    key = secrets.token_bytes(32)

    def ours() -> None:
        writer = SealedWriter.begin(lambda _: None, key, CONTEXT)
        for piece in pieces:
            writer.write(piece)
        writer.finish()

    def theirs() -> None:
        stream = Cobblestone256Encryptor(key, CONTEXT)
        for piece in pieces:
            stream.update(piece)
        stream.finalize()

    value, reference = _gigabytes_a_second(ours, theirs)
    return Figure(
        id="B1a",
        what="sealing in memory (against cryptography.cobblestone)",
        unit="GB/s",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≥ 0.9",
        is_reached=value >= 0.9 * reference,
    )


def _gigabytes_a_second(*acts: Callable[[], None]) -> list[float]:
    """The best of some rounds, in which all of `acts` take turns."""
    best = [float("inf")] * len(acts)
    for _ in range(ROUNDS):
        for number, act in enumerate(acts):
            started = time.perf_counter()
            act()
            best[number] = min(best[number], time.perf_counter() - started)
    return [CONTENT / seconds / 1e9 for seconds in best]


def measure_reading(directory: Path) -> list[Figure]:
    """64 KiB from anywhere in a sealed file of 16 MiB that lies in the system's cache."""
    key, path = secrets.token_bytes(32), directory / "sealed"
    with path.open("wb") as out:
        writer = SealedWriter.begin(out.write, key, CONTEXT)
        writer.write(random.Random(2).randbytes(FILE))
        writer.finish()
    places = [random.Random(3).randrange(FILE - PART) for _ in range(READS)]
    plain = io.FileIO(path)
    with SealedReader(path.open("rb"), key, CONTEXT, name="bench") as reader:
        ours = _microseconds(lambda place: reader.read_at(place, PART), places)
    disk = _microseconds(lambda place: (plain.seek(place), plain.read(PART)), places)
    plain.close()
    return [
        _reading("B1b", "median", ours[len(ours) // 2], disk[len(disk) // 2]),
        _reading("B1p", "p99", ours[len(ours) * 99 // 100], disk[len(disk) * 99 // 100]),
    ]


def _microseconds(read: Callable[[int], object], places: list[int]) -> list[float]:
    for place in places:
        read(place)  # Warms up.
    times = []
    for place in places:
        started = time.perf_counter()
        read(place)
        times.append((time.perf_counter() - started) * 1e6)
    return sorted(times)


def _reading(number: str, which: str, value: float, reference: float) -> Figure:
    return Figure(
        id=number,
        what=f"random 64 KiB, {which} (against the same unsealed)",
        unit="µs",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="< 100 µs",
        is_reached=value < _MOST_MICROSECONDS,
    )
