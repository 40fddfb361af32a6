"""What stands in the memory of a process and of all its descendants, read from outside."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

_LARGEST = 64 * 1024 * 1024


def descendants(pid: int) -> list[int]:
    """`pid` and every process under it, zombies included."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found = [pid]
    for number in found:
        found += [child for child, parent in parents.items() if parent == number]
    return found


def names_found(pid: int, needles: Mapping[str, bytes]) -> set[str]:
    """Which of the needles stand in the memory of `pid` or of anything under it."""
    found: set[str] = set()
    for process in descendants(pid):
        found |= _found_in(process, needles)
    return found


def _found_in(pid: int, needles: Mapping[str, bytes]) -> set[str]:
    found: set[str] = set()
    try:
        memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    except PermissionError:
        pytest.skip("reading another process's memory is not permitted here")
    except FileNotFoundError:
        return found
    try:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, _, _, inode, *name = line.split(maxsplit=5)
            # Program files that nobody can write to hold what their makers put in.
            if rights[0] != "r" or (inode != "0" and "w" not in rights) or name == ["[vvar]"]:
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            overlap = max(len(needle) for needle in needles.values())
            for at in range(start, end, _LARGEST):
                piece = _read(memory, at, min(end, at + _LARGEST + overlap) - at)
                found |= {name for name, needle in needles.items() if needle in piece}
    finally:
        os.close(memory)
    return found


def _read(memory: int, at: int, length: int) -> bytes:
    pieces = []
    while length > 0:
        try:
            piece = os.pread(memory, length, at)
        except (OSError, OverflowError):
            break
        if not piece:
            break
        pieces.append(piece)
        at += len(piece)
        length -= len(piece)
    return b"".join(pieces)
