"""An application that was laid out shows that it works on this machine before it is in force.

It is started as a person would start it, in a process of its own, twice: it says its version, and it goes
through its own test (`cport update prove`), whose answer also says how many migrations its vaults have.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from cport_desktop.errors import UpdateUnproven
from cport_desktop.words import updates as words

STAY: Final = "CPORT_FLOOR"
"""A launcher that finds this said starts the release that it lies in, whatever is in force."""
_SECONDS: Final = 300.0
"""A first start from a slow stick compiles nothing and still reads 300 MB."""
_LONGEST_ANSWER: Final = 64 * 1024
_GIVEN: Final = ("HOME", "PATH", "TMPDIR", "XDG_RUNTIME_DIR", "SYSTEMROOT", "LANG")


@dataclass(frozen=True, slots=True)
class Proof:
    version: str
    schema: int


def launcher_of(tree: Path) -> Path:
    """The command line of a release that lies in `tree`."""
    return tree / "bin" / ("cport.cmd" if sys.platform == "win32" else "cport")


def prove(tree: Path, version: str) -> Proof:
    """The release in `tree` works here and is this version.

    Raises:
        UpdateUnproven: it does not start, does not pass, or is another one.
    """
    told = _run(tree, ("--version",))
    if told.split() != ["cport", version]:
        _refuse(words.OTHER_VERSION)
    answer = _run(tree, ("--json", "update", "prove"))
    try:
        found = json.loads(answer)
        proof = Proof(str(found["version"]), int(found["schema"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UpdateUnproven(cause=words.NO_PROOF) from error
    if proof.version != version:
        _refuse(words.OTHER_VERSION)
    return proof


def _run(tree: Path, arguments: Sequence[str]) -> str:
    given = {name: os.environ[name] for name in _GIVEN if name in os.environ}
    try:
        done = subprocess.run(
            [launcher_of(tree), *arguments],
            env={**given, STAY: str(tree)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UpdateUnproven(cause=words.NO_START) from error
    if done.returncode != 0:
        started = "--version" not in arguments
        _refuse(words.NO_PROOF if started else words.NO_START)
    return done.stdout[:_LONGEST_ANSWER].decode("utf-8", "replace")


def _refuse(cause: str) -> NoReturn:
    raise UpdateUnproven(cause=cause)
