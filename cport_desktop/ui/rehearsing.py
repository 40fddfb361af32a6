"""A rehearsal: the whole product on made-up reports, in a process and a window of its own.

Rules:
1. It is `cport demo`: a gateway, a vault in a temporary folder, a window that says SYNTHETIC. The folder
   goes when that window is closed.
2. It is told nothing of this vault: no path, no secret, no descriptor, none of the program's variables.
3. It outlives a lock of the window that started it, since nothing of that is in it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Final, Protocol

REPORTS: Final = 400
"""As many as are there within a minute on a machine with two cores, and enough to have every kind."""
_OURS: Final = "CPORT_"


class Stage(Enum):
    """How far it is."""

    NOT_BEGUN = auto()
    RUNNING = auto()
    ENDED = auto()
    """It was closed, and nothing of it is left."""
    FAILED = auto()


class Rehearsal(Protocol):
    """What the window may ask for to practise."""

    def begin(self) -> None:
        """It is running, or has failed; begun twice it runs once."""
        ...

    def stage(self) -> Stage: ...


class ProcessRehearsal:
    """`command` starts the demo, in `environment` less what is ours."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = tuple(command)
        self._environment = {
            name: value for name, value in environment.items() if not name.startswith(_OURS)
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._could_not_start = False

    def begin(self) -> None:
        if self.stage() is Stage.RUNNING:
            return
        try:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                start_new_session=True,
            )
        except OSError:
            self._could_not_start = True

    def stage(self) -> Stage:
        if self._process is None:
            return Stage.FAILED if self._could_not_start else Stage.NOT_BEGUN
        status = self._process.poll()
        if status is None:
            return Stage.RUNNING
        return Stage.ENDED if status == 0 else Stage.FAILED


def demo_command(
    executable: str, original: Sequence[str], arguments: Sequence[str]
) -> tuple[str, ...]:
    """The command line that starts the demo of this very program.

    `original` is the whole command (`sys.orig_argv`), `arguments` those of the program.
    """
    interpreter = original[1 : len(original) - len(arguments)]
    return (executable, *interpreter, "--quiet", "demo", "--reports", str(REPORTS))
