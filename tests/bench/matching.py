"""P7: one query among a million PDQ digests, adding one item to their stacks, restacking them all.

The reference is faiss in a process of its own, in the same minutes. Where it is not installed
(`make bench-peers`) the figures are not taken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cport_desktop.domain.likeness import PDQ_BYTES, TURNS
from cport_desktop.domain.stacking import Likeness, arranged
from cport_desktop.matching.new_likenesses import Picture, of_pictures
from cport_desktop.matching.pdq_index import Digests, PdqIndex
from cport_desktop.matching.segments import RANGE
from tests.bench.harness import Figure

PICTURES = 1_000_000
_RUNS = 200
_PEER = Path(__file__).with_name("faiss_peer.py")
_NEAR_SHARE = 0.3
"""Of the pictures are near an earlier one, by up to 31 bits."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What faiss takes: for one query, and for all pairs one way round."""

    query_ms: float
    all_pairs_s: float
    threads: int


def measure(kept: Path, pictures: int = PICTURES) -> Iterator[Figure]:
    """The three figures of P7, and the memory of the index."""
    reference = reference_of(kept, pictures)
    if reference is None:
        print("P7: faiss is not here; `make bench-peers` installs it in .bench/", file=sys.stderr)
        return
    digests = _digests(pictures)
    index = PdqIndex()
    numbers = np.arange(pictures)
    index.add(numbers, digests)
    yield _query(index, digests, reference)
    yield _adding(index, pictures, reference)
    yield Figure(
        id="P7",
        what=f"memory of the index, {pictures:,} pictures",
        unit="bytes each",
        value=index.bytes_taken / pictures,
        reference=float(PDQ_BYTES),
        ratio=index.bytes_taken / pictures / PDQ_BYTES,
        goal="≤ 110 bytes",
        is_reached=index.bytes_taken / pictures <= 110,
    )
    yield _restacking(digests, reference)


def _query(index: PdqIndex, digests: Digests, reference: Reference) -> Figure:
    times = []
    for row in digests[: _RUNS + 1]:
        started = time.perf_counter()
        index.within(row.tobytes())
        times.append((time.perf_counter() - started) * 1000)
    value = sorted(times[1:])[_RUNS // 2]
    return Figure(
        id="P7",
        what="one query, 31 bits (against faiss, one query)",
        unit="ms (p50)",
        value=value,
        reference=reference.query_ms,
        ratio=reference.query_ms / value,
        goal="≥ 1 × its rate",
        is_reached=value <= reference.query_ms,
    )


def _adding(index: PdqIndex, pictures: int, reference: Reference) -> Figure:
    random = np.random.default_rng(7)
    times = []
    for number in range(pictures, pictures + _RUNS + 1):
        ways = random.integers(0, 256, (len(TURNS), PDQ_BYTES), dtype=np.uint8)
        started = time.perf_counter()
        of_pictures(index, [(number, ways[0].tobytes(), ways[1:].tobytes())])
        index.add(np.array([number]), ways[:1])
        times.append((time.perf_counter() - started) * 1000)
    value = sorted(times[1:])[_RUNS // 2]
    return Figure(
        id="P7",
        what="adding one item, eight ways round (against one query)",
        unit="ms (p50)",
        value=value,
        reference=reference.query_ms,
        ratio=value / reference.query_ms,
        goal="≤ 1",
        is_reached=value <= reference.query_ms,
    )


def _restacking(digests: Digests, reference: Reference) -> Figure:
    """Eight ways round, a range after another, as in the product; against all pairs one way."""
    random = np.random.default_rng(8)
    index, found, spent = PdqIndex(), list[Likeness](), 0.0
    for start in range(0, len(digests), RANGE):
        lot = digests[start : start + RANGE]
        pictures = _pictures(lot, start, random)
        started = time.perf_counter()
        index.add(np.arange(start, start + len(lot)), lot)
        found += of_pictures(index, pictures)
        spent += time.perf_counter() - started
        print(f"\rrestacking: {start:,}", end="", file=sys.stderr, flush=True)
    started = time.perf_counter()
    stacks = set(arranged(dict.fromkeys(range(len(digests))), found).stack_of.values())
    spent += time.perf_counter() - started
    assert len(stacks) < len(digests)
    print("\r", end="", file=sys.stderr)
    return Figure(
        id="P7",
        what="restacking, eight ways (against all pairs, one way)",
        unit="s",
        value=spent,
        reference=reference.all_pairs_s,
        ratio=reference.all_pairs_s / spent,
        goal="≥ 5 × faster",
        is_reached=reference.all_pairs_s >= 5 * spent,
    )


def _digests(count: int) -> Digests:
    """Random ones; some are an earlier one with up to 31 bits changed."""
    random = np.random.default_rng(1)
    digests = random.integers(0, 256, (count, PDQ_BYTES), dtype=np.uint8)
    near = np.flatnonzero(random.random(count) < _NEAR_SHARE)[1:]
    digests[near] = digests[(near * random.random(len(near))).astype(np.int64)]
    for start in range(0, len(near), RANGE):
        some = near[start : start + RANGE]
        order = random.random((len(some), 8 * PDQ_BYTES)).argsort(axis=1)
        turned = order < random.integers(0, 32, (len(some), 1))
        digests[some] ^= np.packbits(turned, axis=1)
    return digests


def _pictures(lot: Digests, first: int, random: np.random.Generator) -> list[Picture]:
    turned = random.integers(0, 256, (len(lot), (len(TURNS) - 1) * PDQ_BYTES), dtype=np.uint8)
    return [
        (first + place, lot[place].tobytes(), turned[place].tobytes()) for place in range(len(lot))
    ]


def reference_of(kept: Path, pictures: int) -> Reference | None:
    """What faiss takes over as many digests; None where it is not installed."""
    ours = kept / "faiss" / "bin" / "python"
    python = os.environ.get("CPORT_BENCH_FAISS") or (str(ours) if ours.exists() else None)
    if python is None:
        return None
    done = subprocess.run(
        [python, str(_PEER), str(pictures)], capture_output=True, text=True, check=True
    )
    return Reference(**json.loads(done.stdout))
