"""Runs of workflows, asked for from a test: arranged once, copied for each run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from tests.hostile.faults.interposition import Fault
from tests.hostile.faults.messages import DONE, Checked, Depth, Exploration, Outcome, Question
from tests.hostile.faults.trace import Event, read_trace
from tests.hostile.faults.workflows.workflow import Place, Workflow

REPOSITORY = Path(__file__).parents[3]
AT_ONCE = 2
"""Processes at work side by side: what a workstation has at least."""


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
def a_zygote(library: Path) -> Iterator[Zygote]:
    """A zygote with the interposer `library`."""
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


@contextmanager
def some_zygotes(library: Path) -> Iterator[tuple[Zygote, ...]]:
    """One for each process that may be at work."""
    with ExitStack() as running:
        yield tuple(running.enter_context(a_zygote(library)) for _ in range(AT_ONCE))


@dataclass(frozen=True, slots=True)
class Run:
    """One question, how it ended, and what was promised on the way."""

    question: Question
    outcome: Outcome
    promised: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """What a run did to its files."""

    run: Run
    place: Place
    events: list[Event]


class Bench:
    """One workflow, arranged once; every run happens in a fresh copy."""

    def __init__(self, workflow: Workflow, folder: Path, zygotes: Sequence[Zygote]) -> None:
        self.workflow = workflow
        self.before = Place(folder / "before")
        self._folder = folder
        self._zygotes = list(enumerate(zygotes))
        self._lock = threading.Lock()
        self.before.beside.mkdir(parents=True)
        workflow.prepare(self.before)

    def question(self, fault: Fault) -> Question:
        """The workflow under `fault`; where, is decided when it is asked."""
        return Question(self.workflow.name, "", str(self.before.folder), fault)

    def traced(self, question: Question, name: str = "traced") -> Traced:
        """A run that must not fail, and its trace; it stays in the folder `name`."""
        place = Place(self._folder / name)
        run = self._run(question, place)
        assert run.outcome.status == DONE, run.outcome
        return Traced(run, place, read_trace(place.folder / "trace"))

    def run_all(self, questions: Iterable[Question]) -> Iterator[Run]:
        """All of them, some at a time, in order."""
        with ThreadPoolExecutor(len(self._zygotes)) as pool:
            yield from pool.map(lambda question: self._run(question, None), questions)

    def explored(self, traced: Traced, depth: Depth) -> list[Checked]:
        """Every distinct state that a power cut may leave of a trace, checked."""
        before = traced.run.question.before
        tasks = [
            Exploration(
                workflow=self.workflow.name,
                before=before,
                beside=str(self.before.beside),
                inodes=str(traced.place.inodes),
                trace=str(traced.place.folder / "trace"),
                depth=depth,
                share=share,
                shares=len(self._zygotes),
                work_folder=str(self._folder / f"work-{share}"),
                samples_folder=str(self._folder / "samples"),
            )
            for share in range(len(self._zygotes))
        ]
        with ThreadPoolExecutor(len(tasks)) as pool:
            return [checked for share in pool.map(_explore, tasks) for checked in share]

    def _run(self, question: Question, place: Place | None) -> Run:
        with self._lock:
            number, zygote = self._zygotes.pop()
        try:
            place = place or Place(self._folder / f"run-{number}")
            asked = replace(question, folder=str(place.folder), trace=str(place.folder / "trace"))
            outcome = zygote.ask(asked)
            return Run(asked, outcome, tuple(place.promises.read_text().splitlines()))
        finally:
            with self._lock:
                self._zygotes.append((number, zygote))


def _explore(task: Exploration) -> list[Checked]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.faults.exploring"],
        cwd=REPOSITORY,
        input=msgspec.json.encode(task),
        stdout=subprocess.PIPE,
        check=True,
    )
    return [msgspec.json.decode(line, type=Checked) for line in ran.stdout.splitlines()]
