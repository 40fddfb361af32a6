"""Runs of workflows, asked for from a test: arranged once, copied for each run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.hostile.faults.interposition import Fault, build
from tests.hostile.faults.messages import Outcome, Question
from tests.hostile.faults.workflows.workflow import Place, Workflow

REPOSITORY = Path(__file__).parents[3]


class Zygote:
    """Forks a process for each run. One question at a time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ask(self, question: Question) -> Outcome:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(question) + b"\n")
        self._process.stdin.flush()
        return msgspec.json.decode(self._process.stdout.readline(), type=Outcome)


@contextmanager
def a_zygote(folder: Path) -> Iterator[Zygote]:
    """A zygote with the interposer, which is compiled into `folder`.

    Raises:
        NoCompiler: nothing compiles C here.
    """
    library = build(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.faults.zygote", str(library)],
        cwd=REPOSITORY,
        env=os.environ | {"LD_PRELOAD": str(library), "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process, process.stdin, process.stdout:
        assert process.stdout.readline() == b"ready\n"
        yield Zygote(process)


class Bench:
    """One workflow, arranged once; `run` happens in a fresh copy each time."""

    def __init__(self, workflow: Workflow, folder: Path, zygote: Zygote) -> None:
        self.workflow = workflow
        self.before = Place(folder / "before")
        self._folder = folder
        self._zygote = zygote
        self.before.beside.mkdir(parents=True)
        workflow.prepare(self.before)

    def copy(self, name: str = "run") -> Place:
        """A fresh copy of what was arranged; an earlier one of that name is gone."""
        place = Place(self._folder / name)
        shutil.rmtree(place.folder, ignore_errors=True)
        shutil.copytree(self.before.folder, place.folder)
        return place

    def run(
        self,
        place: Place,
        fault: Fault,
        *,
        only_look: bool = False,
        killed_after: float | None = None,
    ) -> Outcome:
        return self._zygote.ask(
            Question(
                workflow=self.workflow.name,
                folder=str(place.folder),
                fault=fault,
                trace=str(place.folder / "trace"),
                only_look=only_look,
                killed_after=killed_after,
            )
        )


def promises_of(place: Place) -> list[str]:
    """What was promised, in order."""
    return place.promises.read_text().splitlines() if place.promises.exists() else []


def inodes_below(root: Path) -> dict[str, int]:
    """The inode of each file and folder, by its path; "" is the root itself."""
    found = {str(path.relative_to(root)): path.stat().st_ino for path in root.rglob("*")}
    return found | {"": root.stat().st_ino}
