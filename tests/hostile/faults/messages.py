"""What a test asks of the zygote and of the explorers, and what they answer: JSON, one a line."""

from __future__ import annotations

from dataclasses import dataclass

from tests.hostile.faults.interposition import Fault


@dataclass(frozen=True, slots=True)
class Question:
    """Run `workflow` in `folder` under `fault`; `only_look` at what is left instead of doing it.

    `killed_after`: seconds after which the process is killed, if it is still there.
    """

    workflow: str
    folder: str
    fault: Fault
    trace: str = ""
    only_look: bool = False
    killed_after: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `status` 0, FAILED_WELL, BUG, or minus the signal that ended it.

    `calls` and `writes` below the root, as far as the process lived to count them.
    """

    status: int
    calls: int = 0
    writes: int = 0
    struck: bool = False
    error: str = ""


DONE, BUG, FAILED_WELL = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Exploration:
    """Explore the trace of a run that began in a copy of `before`, whose inodes `inodes` tells.

    One of `shares` processes; this one checks the states of `share`. Of its distinct states
    `samples` are copied into `samples_folder` as they were before anybody looked.
    """

    workflow: str
    before: str
    inodes: dict[str, int]
    trace: str
    seed: int
    random_choices: int
    share: int
    shares: int
    work_folder: str
    samples_folder: str
    samples: int
    finish_every: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A state can be left behind by a power cut after event `point`, the first of those after the
    promise at event `since` (-1: none), when `promised` promises had been given.
    """

    since: int
    promised: int
    point: int


@dataclass(frozen=True, slots=True)
class Checked:
    """One distinct state: where it can occur, what was found in it, or what was wrong.

    `kernel_points`: the events behind which it is exactly what the kernel holds.
    """

    digest: str
    occurrences: list[Occurrence]
    kernel_points: list[int]
    identity: str
    facts: list[str]
    fault: str
    sample: str
