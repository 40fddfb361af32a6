"""The end of a process that held keys: it goes on, under its number, as a new program image.

Wiping what Python, Qt and SQLite left in memory cannot be promised: strings are copied, freed
and kept for use again. `execve(2)` gives the whole address space back to the kernel, ends every
other thread, and so lets nothing secret stay (docs/adr/0016-lock-replaces-the-process.md).

Rules:
1. What is handed on is harmless: where the window stood, its theme, why it locked (`Remains`),
   in one environment variable. The command line is the one the process was started with, less
   the descriptor that a passphrase came from.
2. Descriptors 0 to 2 stay open; every other one closes with the old image.
3. Children die with the thread that started them, or when their pipe closes; what is left of
   them in the table of processes is reaped by the new image.
4. If the new image cannot be had, the process ends. It never goes on as it was.

On Windows there is no exec: a new process is started with no handle of the old one, and the old
one ends at once.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn, Protocol

VARIABLE: Final = "CPORT_WINDOW"
_STANDARD: Final = 3
"""Descriptors below this are standard input, output and error."""
_NOT_RENEWED: Final = 70
"""Exit status (EX_SOFTWARE of sysexits.h) where no new image could be had."""
_PLACE = re.compile(r"(-?\d{1,5}),(-?\d{1,5}),(\d{1,5}),(\d{1,5})(m?)")


class Why(StrEnum):
    """What locked the window."""

    HAND = "hand"
    IDLE = "idle"
    SLEEP = "sleep"
    SCREEN = "screen"
    SWITCH = "switch"
    PANIC = "panic"
    REKEYED = "rekeyed"
    """It has another master key."""
    FOUNDED = "founded"
    """It was made just now."""
    RESTORED = "restored"
    """It was restored from a backup just now."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window stood, in pixels, and whether it filled the screen."""

    x: int
    y: int
    width: int
    height: int
    is_maximised: bool = False


@dataclass(frozen=True, slots=True)
class Remains:
    """All that one image hands to the next."""

    place: Place
    theme: str
    why: Why

    def print(self) -> str:
        """The value of the environment variable."""
        place = self.place
        numbers = f"{place.x},{place.y},{place.width},{place.height}"
        return f"{numbers}{'m' if place.is_maximised else ''} {self.theme} {self.why.value}"


def parse_remains(untrusted: str | None) -> Remains | None:
    """The inverse of `Remains.print`; None for anything else."""
    match (untrusted or "").split(" "):
        case [place, theme, why] if (found := _PLACE.fullmatch(place)) and theme.isalpha():
            if why not in set(Why):
                return None
            x, y, width, height = (int(number) for number in found.groups()[:4])
            return Remains(Place(x, y, width, height, found[5] == "m"), theme, Why(why))
        case _:
            return None


class Renewal(Protocol):
    """How a locked window goes on."""

    def again(self, remains: Remains) -> None:
        """This process is at its end; a new image shows the door. Does not return to a caller
        that holds secrets (a test's may).
        """
        ...

    def end(self) -> None:
        """This process is at its end, and nothing follows it."""
        ...


@dataclass(frozen=True, slots=True)
class ProcessRenewal:
    """`command` and `environment` of the new image."""

    command: Sequence[str]
    environment: Mapping[str, str]

    def again(self, remains: Remains) -> NoReturn:
        environment = {**self.environment, VARIABLE: remains.print()}
        try:
            if sys.platform == "win32":
                subprocess.Popen(self.command, env=environment, close_fds=True)
                os._exit(0)
            _close_with_this_image()
            os.execve(self.command[0], list(self.command), environment)  # noqa: S606 - ourselves again
        except OSError:
            os._exit(_NOT_RENEWED)

    def end(self) -> NoReturn:
        os._exit(0)


def same_command(
    executable: str, original: Sequence[str], arguments: Sequence[str]
) -> tuple[str, ...]:
    """The command line that starts this program again as it was started.

    `original` is the whole command (`sys.orig_argv`), `arguments` those of the program
    (`sys.argv[1:]`). The descriptor of a passphrase is left out: it was read to its end.
    """
    interpreter = original[1 : len(original) - len(arguments)]
    kept: list[str] = []
    is_number = False
    for argument in arguments:
        if is_number:
            is_number = False
        elif argument == "--passphrase-fd":
            is_number = True
        elif not argument.startswith("--passphrase-fd="):
            kept.append(argument)
    return (executable, *interpreter, *kept)


def reap_the_dead() -> int:
    """Children of the image before this one are gone from the table of processes; how many.

    Called before this image starts any child of its own.
    """
    count = 0
    if sys.platform != "win32":
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                count += 1
    return count


def _close_with_this_image() -> None:
    """Every descriptor but the standard ones closes when the new image begins."""
    folder = "/proc/self/fd" if sys.platform == "linux" else "/dev/fd"
    for name in os.listdir(folder):  # noqa: PTH208 - names are numbers here, not paths
        if int(name) >= _STANDARD:
            # The listing's own descriptor is closed by now.
            with suppress(OSError):
                os.set_inheritable(int(name), False)
