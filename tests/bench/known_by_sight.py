"""P6p: pictures against a long list of PDQ digests, each picture in its eight ways round.

What is timed of ours is what matching does with contents that were read: lots of as many as it takes
from the vault at once go through `by_sight`, and their hits come out. The index of the list is made
before, as a session does once; that is a figure of its own. The reference is faiss `IndexBinaryFlat`
over as many digests, in the same minutes: a sample of questions, scaled up to as many ways round.

All digests are random, but for one content in a hundred, which is near an entry in one of its ways.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from cport_desktop.domain.known import Algorithm, Found
from cport_desktop.domain.likeness import PDQ_BYTES, SIMILAR_PDQ, TURNS
from cport_desktop.matching.known_pictures import KnownPictures
from cport_desktop.matching.pdq_index import Digests
from cport_desktop.usecases.known_by_sight import by_sight
from cport_desktop.vault.matching_due import Content
from tests.bench.harness import Figure, seconds
from tests.bench.matching import reference_of

ENTRIES: Final = 1_000_000
CONTENTS: Final = 100_000
HITS_IN: Final = 100
_AT_ONCE: Final = 2_000
"""As `match_known` takes them from the vault."""


def measure(kept: Path, entries: int = ENTRIES, contents: int = CONTENTS) -> Iterator[Figure]:
    """Contents a second, and what the index costs; nothing where faiss is not installed."""
    reference = reference_of(kept, entries)
    if reference is None:
        print("P6p: faiss is not here; `make bench-peers` installs it in .bench/", file=sys.stderr)
        return
    dice = np.random.default_rng(6)
    listed = dice.integers(0, 256, (entries, PDQ_BYTES), dtype=np.uint8)
    asked = _contents(dice, listed, contents)
    known = KnownPictures()
    made = seconds(lambda: known.add(range(entries), listed.tobytes()))
    yield Figure(
        id="P6p",
        what=f"making the index of {entries:,} entries once",
        unit="s",
        value=made,
        reference=made,
        ratio=1.0,
        goal="",
        is_reached=True,
    )
    # The index sorts itself when it is first asked: once for a session.
    _matched(known, asked[:_AT_ONCE])
    started, used = time.perf_counter(), time.process_time()
    found = _matched(known, asked)
    took, used = time.perf_counter() - started, time.process_time() - used
    hit = {hit.sha256 for hit in found}
    if not hit >= {content.sha256 for content in asked[::HITS_IN]}:
        raise RuntimeError("a content that is near an entry was not found")
    ours = contents / took
    peer = entries / reference.all_pairs_s / len(TURNS)
    yield Figure(
        id="P6p",
        what=f"{contents:,} contents, 8 ways, {entries:,} PDQ entries ({used:.0f} s of processor)",
        unit="contents/s",
        value=ours,
        reference=peer,
        ratio=ours / peer,
        goal="≥ 1",
        is_reached=ours >= peer,
    )


def _contents(dice: np.random.Generator, listed: Digests, count: int) -> list[Content]:
    """Pictures, of which every `HITS_IN`th is near an entry in one of its ways round."""
    ways = dice.integers(0, 256, (count, len(TURNS), PDQ_BYTES), dtype=np.uint8)
    for number in range(0, count, HITS_IN):
        near = np.unpackbits(listed[dice.integers(len(listed))])
        near[dice.choice(near.size, dice.integers(SIMILAR_PDQ + 1), replace=False)] ^= 1
        ways[number, dice.integers(len(TURNS))] = np.packbits(near)
    return [
        Content(f"{number:064x}", None, None, ways[number].tobytes(), quality=100, frames=b"")
        for number in range(count)
    ]


def _matched(known: KnownPictures, contents: list[Content]) -> list[Found]:
    found: list[Found] = []
    for at in range(0, len(contents), _AT_ONCE):
        found += by_sight(known, Algorithm.PDQ, contents[at : at + _AT_ONCE])
        print(f"\rmatched {at:,}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)
    return found
