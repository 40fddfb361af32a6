"""Which files a program and its children made, renamed or linked, by strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

CALLS = "openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,memfd_create"

_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\)\s+= (-?\d+)")
_CUT = re.compile(r"^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
"""Another process came in between …"""
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>.*\)\s+= (-?\d+)")
"""… and this is how the call went on."""
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HARMLESS = ("/dev/null", "/dev/tty", "/dev/urandom")


@dataclass(frozen=True, slots=True)
class Traced:
    """What ran, and the paths that it made or wrote to (absolute, wherever they are now)."""

    status: int
    out: str
    err: str
    written: frozenset[Path]
    in_memory: int
    """Files without a name (memfd)."""


def run_traced(
    command: Sequence[str | Path], *, environment: Mapping[str, str], log: Path, cwd: Path
) -> Traced:
    """Run `command` to its end, with every process it starts."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: apt-get install strace")
    done = subprocess.run(
        [strace, "-f", "-qq", "-y", "-s", "4096", "-e", "signal=none", "-e", f"trace={CALLS}",
         "-o", log, *command],
        capture_output=True, text=True, env=dict(environment), cwd=cwd, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr and done.returncode != 0:
        pytest.skip("no process may be traced here")
    lines = log.read_text(errors="replace").splitlines()
    calls = list(_outside(_succeeded(lines)))
    return Traced(
        done.returncode,
        done.stdout,
        done.stderr,
        frozenset(path for call, told in calls for path in _written(call, told, cwd)),
        sum(call == "memfd_create" for call, _ in calls),
    )


def _outside(found: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Names and arguments but for those of a process that has begun to build a root of its own."""
    inside: set[str] = set()
    for process, call, told in found:
        if _ROOT_OF_ITS_OWN.search(told):
            inside.add(process)
        if process not in inside:
            yield call, told


_ROOT_OF_ITS_OWN = re.compile(r'"/?newroot["/]')
"""Where bubblewrap builds the root of its namespace: in memory, seen by nobody else, gone with it."""


def _succeeded(lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Process, name and arguments of every call that went well."""
    under_way: dict[str, tuple[str, str]] = {}
    for line in lines:
        if found := _LINE.match(line):
            if int(found[4]) >= 0:
                yield found[1], found[2], found[3]
        elif found := _CUT.match(line):
            under_way[found[1]] = found[2], found[3]
        elif (found := _RESUMED.match(line)) and found[1] in under_way:
            call = under_way.pop(found[1])
            if int(found[2]) >= 0:
                yield found[1], *call


def _written(call: str, arguments: str, cwd: Path) -> list[Path]:
    """The paths that one successful call made or opened for writing."""
    if call == "memfd_create":
        return []
    if call in {"openat", "open"} and not re.search(r"O_(WRONLY|RDWR|CREAT)", arguments):
        return []
    texts = [part.encode().decode("unicode_escape") for part in _TEXT.findall(arguments)]
    if call in {"symlink", "symlinkat"}:
        texts = texts[-1:]
    folder = re.match(r"(?:AT_FDCWD|\d+)<([^>]*)>", arguments)
    start = Path(folder[1]) if folder else cwd
    return [Path(os.path.normpath(start / text)) for text in texts if text not in _HARMLESS]
