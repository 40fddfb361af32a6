"""What a test asks of the zygote and of the explorers, and what they answer: JSON, one a line."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.hostile.faults.interposition import Fault


@dataclass(frozen=True, slots=True)
class Question:
    """Run `workflow` in `folder`, a fresh copy of `before`, under `fault`.

    `only_look`: look at what is there instead of running, and let that be struck.
    `killed_after`: seconds after which the process is killed, if it is still there.
    `then_look`, `then_finish`: afterwards, without any fault, in a process of its own.
    """

    workflow: str
    folder: str
    before: str
    fault: Fault
    trace: str = ""
    only_look: bool = False
    killed_after: float | None = None
    then_look: bool = False
    then_finish: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `status` DONE, FAILED_WELL, BUG, or minus the signal that ended it.

    `calls` and `writes` below the root, as far as the process lived to count them. `facts` are
    what was found afterwards, `fault` what was wrong then.
    """

    status: int
    calls: int = 0
    writes: int = 0
    struck: bool = False
    error: str = ""
    facts: list[str] = field(default_factory=list)
    fault: str = ""
    recovery: float = 0.0
    """Seconds that looking took."""


DONE, BUG, FAILED_WELL = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Depth:
    """How thoroughly a trace is explored.

    `random_choices` after each event, beside the plain ones; of the states that the kernel never
    held, one in `one_in` is checked; of the states checked, one in `finish_every` is worked on to
    the end; and `samples` are kept as they were before anybody looked.
    """

    random_choices: int
    one_in: int = 1
    finish_every: int = 16
    samples: int = 0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Exploration:
    """Explore the trace of a run that began in a copy of `before`; the file `inodes` tells which
    inode each path had in that copy.

    One of `shares` processes; this one checks the states of `share`.
    """

    workflow: str
    before: str
    beside: str
    inodes: str
    trace: str
    depth: Depth
    share: int
    shares: int
    work_folder: str
    samples_folder: str


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
