"""The compiled files of a release: what they are linked to, where they look, what they tell.

By `readelf` and `strip` of binutils, which belong to the compiler that a build needs anyway. What an
interpreter was built for stands in its files as text that ends with a zero byte: the folder that its
loader searches and its own. Both are overwritten in place, which keeps every offset.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MAGIC: Final = b"\x7fELF"
_NEEDED: Final = re.compile(r"\(NEEDED\).*\[(.+)\]")
_SEARCHED: Final = re.compile(r"\((?:RPATH|RUNPATH)\).*\[(.+)\]")
_GLIBC: Final = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")
_NOWHERE: Final = b"/nowhere"
"""What stands for the folder an interpreter was built for. It finds its own by where it lies."""


class LibraryMissing(Exception):
    """A file is linked to a library that is neither in the tree nor known as the system's."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What the dynamic section of a file says."""

    needed: tuple[str, ...]
    searched: tuple[str, ...]


def is_compiled(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == _MAGIC


def linked(file: Path) -> Linked:
    said = _said("readelf", "--dynamic", "--wide", str(file))
    paths = (path for found in _SEARCHED.findall(said) for path in found.split(":"))
    return Linked(tuple(_NEEDED.findall(said)), tuple(paths))


def strip(file: Path) -> None:
    """Less its debugging notes, which name the folder it was compiled in."""
    _said("strip", "--strip-unneeded", str(file))


def settle(file: Path, built_for: str, searching: str) -> None:
    """No word of `built_for` in `file`: its loader looks in `searching`, where it looked in
    `built_for`/lib, and everything else points nowhere.

    Raises:
        ValueError: `searching` is longer than what it replaces.
    """
    content = file.read_bytes()
    old, new = f"{built_for}/lib\0".encode(), searching.encode()
    if len(new) >= len(old):
        raise ValueError(f"{searching} does not fit where {built_for}/lib stands")
    content = content.replace(old, new + bytes(len(old) - len(new)))
    # The last part of the path stays: a linker lets texts share their ends, and where the folder is called
    # by the version, it is the version that the interpreter tells.
    above = f"{Path(built_for).parent}/".encode()
    nowhere = _NOWHERE.ljust(len(above), b"/")[: len(above)]
    file.write_bytes(content.replace(built_for.encode(), nowhere + Path(built_for).name.encode()))


def find_in_system(linked_file: Path, names: Iterable[str]) -> Mapping[str, Path]:
    """Where the loader of this machine finds those of `names` that `linked_file` leads to."""
    found = re.findall(r"^\s*(\S+) => (/\S+)", _said("ldd", str(linked_file)), re.MULTILINE)
    wanted = set(names)
    return {name: Path(path).resolve() for name, path in found if name in wanted}


def check_closure(root: Path, allowed: Iterable[str]) -> dict[Path, Linked]:
    """Every compiled file below `root` with what it is linked to.

    Raises:
        LibraryMissing: something that is neither below `root` nor in `allowed`.
    """
    files = {file: linked(file) for file in sorted(root.rglob("*")) if _is_candidate(file)}
    there = {file.name for file in files} | set(allowed)
    lost = sorted(
        f"{file.relative_to(root)} needs {name}"
        for file, says in files.items()
        for name in says.needed
        if name not in there
    )
    if lost:
        raise LibraryMissing("\n".join(lost))
    return files


def drop_unused(root: Path, folders: Iterable[Path]) -> list[Path]:
    """Of the libraries that wheels bring in `folders`, those that nothing left below `root` is linked
    to are deleted; again, until none is left. Returns them.
    """
    candidates = {file for folder in folders for file in folder.iterdir() if is_compiled(file)}
    says = {file: linked(file).needed for file in sorted(root.rglob("*")) if _is_candidate(file)}
    dropped: list[Path] = []
    while True:
        needed = {name for names in says.values() for name in names}
        unused = sorted(file for file in candidates & set(says) if file.name not in needed)
        if not unused:
            return dropped
        for file in unused:
            del says[file]
            file.unlink()
        dropped += unused


def oldest_c_library(files: Iterable[Path]) -> tuple[int, int]:
    """The version of glibc below which one of `files` does not load."""
    asked = (_said("readelf", "--version-info", "--wide", str(file)) for file in files)
    versions = [(int(a), int(b)) for said in asked for a, b in _GLIBC.findall(said)]
    return max(versions, default=(0, 0))


def _is_candidate(file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and is_compiled(file)


def _said(*command: str) -> str:
    environment = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout
