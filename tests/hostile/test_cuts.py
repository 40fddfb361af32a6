"""A line that is cut again and again: what travels twice is less than one part for each cut."""

from __future__ import annotations

import random
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.chunk_map import chunk_size_for
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import RoadError
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.sync.transfer import Persistence
from cport_desktop.usecases import transfers
from cport_desktop.usecases.fetch_media import fetch_media
from cport_desktop.vault import media_items
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened
from tests.hostile.streaming_portal import MIB, StreamedFile, StreamingPortal, cut_after, road_to


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = ProcessSandbox(children=2)
    yield sandbox
    sandbox.close()


def files_of(count: int, size: int) -> dict[int, StreamedFile]:
    return {number: StreamedFile(number, size) for number in range(1, count + 1)}


def random_cuts(count: int, total: int, seed: int) -> Iterator[int]:
    """So many cuts at random bytes of `total`; some come one right behind the other."""
    chance = random.Random(seed)
    places = sorted(chance.randrange(total) for _ in range(count))
    return iter([max(1, late - early) for early, late in zip([0, *places], places, strict=False)])


def is_all_held(vault: Vault, files: dict[int, StreamedFile]) -> bool:
    with vault.reader() as reader:
        items = [media_items.item(reader, MediaId(number)) for number in files]
    return all(
        item.state is MediaState.HELD
        and item.digests is not None
        and item.digests.sha256 == files[item.media_id].sha256
        for item in items
    )


def fetch_until_all_is_here(
    folder: Path, files: dict[int, StreamedFile], road: Any, sandbox: Sandbox
) -> int:
    """Exchange after exchange, each in a vault that was just opened; how many it took."""
    for exchanges in range(1, 10_000):
        with reopened(folder) as vault:
            transfers.retry(vault, None)
            try:
                fetch_media(vault, road, sandbox, announce=silent, is_cancelled=never)
            except RoadError:
                continue
            if is_all_held(vault, files):
                return exchanges
    raise AssertionError("it never ended")


def run(tmp_path: Path, sandbox: Sandbox, *, cuts: int, count: int, size: int, attempts: int):
    """Fetch `count` files of `size` bytes over a line that is cut so often; what was handed over
    beyond their bytes, for each cut; and how many exchanges it took.
    """
    files = files_of(count, size)
    total = count * size
    portal = StreamingPortal(files, twist=cut_after(random_cuts(cuts, total, seed=cuts)))
    folder = make_vault(tmp_path / "vault")
    persistence = Persistence(attempts=attempts)
    with (
        reopened(folder) as vault,
        road_to(portal, tmp_path, vault, persistence=persistence, sleep=lambda _: None) as (
            road,
            _,
        ),
    ):
        vault.close()
        exchanges = fetch_until_all_is_here(folder, files, road, sandbox)
    twice = road.handed_over - total
    return twice / cuts, exchanges


@pytest.mark.parametrize("attempts", [1, 6])
def test_forty_cuts_of_eight_megabytes_cost_less_than_a_part_each(tmp_path, sandbox, attempts):
    twice, exchanges = run(
        tmp_path, sandbox, cuts=40, count=2, size=4 * MIB + 12_345, attempts=attempts
    )
    assert 0 <= twice < chunk_size_for(4 * MIB)
    # Without patience on the road each exchange meets a cut or two, one for each file.
    assert exchanges > 10 if attempts == 1 else exchanges >= 1


@pytest.mark.faults
@pytest.mark.parametrize(
    ("attempts", "count"),
    [
        pytest.param(6, 1, id="mended on the road"),
        pytest.param(1, 64, id="each cut ends the file's turn, and the vault is opened anew"),
    ],
)
def test_a_thousand_cuts_of_a_gigabyte_cost_less_than_a_part_each(
    tmp_path, sandbox, attempts, count
):
    size = (1 << 30) // count
    (tmp_path / "warm").mkdir()
    (tmp_path / "whole").mkdir()
    run(tmp_path / "warm", sandbox, cuts=4, count=1, size=4 * MIB, attempts=attempts)
    before = peak()

    twice, _ = run(
        tmp_path / "whole", sandbox, cuts=1000, count=count, size=size, attempts=attempts
    )

    assert 0 <= twice < chunk_size_for(size)
    assert peak() - before < 48 * MIB  # two parts, two pieces, and what an allocator keeps


def peak() -> int:
    """Bytes of memory that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
