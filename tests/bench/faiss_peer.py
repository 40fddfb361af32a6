"""What P7 is measured against: faiss `IndexBinaryFlat` over as many digests.

Run by an interpreter that has faiss (and numpy), as a program of its own:

    python tests/bench/faiss_peer.py COUNT  →  {"query_ms": …, "all_pairs_s": …, "threads": …}
"""

from __future__ import annotations

import json
import sys
import time

import faiss  # type: ignore[import-not-found]  # a peer, not a part of this project
import numpy as np

QUERIES = 100
AT_ONCE = 1_024
"""Digests of one call: all pairs are as many such calls as it takes, so that one is scaled up."""


def main(count: int) -> None:
    digests = np.random.default_rng(1).integers(0, 256, (count, 32), dtype=np.uint8)
    index = faiss.IndexBinaryFlat(256)
    index.add(digests)
    times = []
    for number in range(QUERIES):
        started = time.perf_counter()
        index.range_search(digests[number : number + 1], 32)
        times.append(time.perf_counter() - started)
    started = time.perf_counter()
    index.range_search(digests[:AT_ONCE], 32)
    all_pairs = (time.perf_counter() - started) / AT_ONCE * count
    median = sorted(times)[QUERIES // 2] * 1000
    threads = faiss.omp_get_max_threads()
    print(json.dumps({"query_ms": median, "all_pairs_s": all_pairs, "threads": threads}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
