"""The library that stands between a process and its files: built, loaded, and told what to do."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

SOURCE = Path(__file__).with_name("interposer.c")


class NoCompiler(RuntimeError):
    """Nothing on this machine compiles C."""


class Mode(IntEnum):
    """As in `interposer.c`."""

    ASLEEP = 0
    TRACE = 1
    INJECT = 2
    KILL = 3
    COUNT = 4


class Sabotage(IntFlag):
    """Mistakes that a careful program does not make; as in `interposer.c`."""

    NONE = 0
    NO_FILE_SYNC = 1
    NO_FOLDER_SYNC = 2
    NO_DATABASE_SYNC = 4
    LATE_LOG_SYNC = 8
    ROW_BEFORE_BLOB = 16


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to happen at the call `number` (from 1) that changes something under the root.

    `errno` 0 with `shortened`: a write takes half of what it was given; the number then counts
    writes only.
    """

    mode: Mode
    number: int = 0
    errno: int = 0
    shortened: bool = False
    for_ever: bool = False
    sabotage: Sabotage = Sabotage.NONE


def build(folder: Path) -> Path:
    """The library, compiled into `folder`.

    Raises:
        NoCompiler: there is none here.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NoCompiler
    library = folder / "interposer.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-o", str(library), str(SOURCE), "-ldl"],
        check=True,
    )
    return library


class Interposer:
    """The library as it is loaded into this process."""

    def __init__(self, library: Path) -> None:
        self._library = ctypes.CDLL(str(library))
        self._library.faults_choose.argtypes = (ctypes.c_long,) + (ctypes.c_int,) * 3
        self._library.faults_calls.restype = ctypes.c_long
        self._library.faults_writes.restype = ctypes.c_long

    def arm(self, fault: Fault, *, root: Path, promises: Path, trace: Path) -> None:
        """From now on `fault` happens to what this process does below `root`."""
        self._library.faults_choose(fault.number, fault.errno, fault.shortened, fault.for_ever)
        self._library.faults_sabotage(int(fault.sabotage))
        self._library.faults_arm(
            int(fault.mode), str(root).encode(), str(promises).encode(), str(trace).encode()
        )

    def disarm(self) -> None:
        self._library.faults_disarm()

    @property
    def calls(self) -> int:
        """Calls so far that change something below the root."""
        return int(self._library.faults_calls())

    @property
    def writes(self) -> int:
        return int(self._library.faults_writes())

    @property
    def has_struck(self) -> bool:
        return bool(self._library.faults_has_struck())
