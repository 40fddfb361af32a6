"""Processes for fault tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile.faults.interposition import NoCompiler, build
from tests.hostile.faults.runs import Bench, Zygote, some_zygotes
from tests.hostile.faults.tally import Tally
from tests.hostile.faults.telling import TALLY
from tests.hostile.faults.workflows.every import workflow_named


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Where a fault test writes down what it did."""
    return request.config.stash[TALLY]


@pytest.fixture(scope="session")
def zygotes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Zygote, ...]]:
    try:
        library = build(tmp_path_factory.mktemp("interposer"))
    except NoCompiler:
        pytest.skip(
            "nothing here compiles C: the library that makes faults cannot be built (apt-get install gcc libc6-dev)"
        )
    with some_zygotes(library) as running:
        yield running


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is such a place: thousands of files are made there."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


MakeBench = Callable[[str], Bench]


@pytest.fixture
def make_bench(memory: Path, zygotes: tuple[Zygote, ...]) -> MakeBench:
    """The bench of a workflow, by its name."""
    return lambda name: Bench(workflow_named(name), memory / name, zygotes)
