"""What a disk holds for sure, and what it may hold, while a process works on it.

Bytes of a file are sure once the file was flushed; until then any of its writes, or parts of
512 bytes of one, may be there or not, in any order. Names differ by model:

    STRICT    as POSIX promises and no more: a change of names in a folder is sure once that
              folder was flushed; until then each may have happened or not, whatever the others
              did. A move between folders is two changes.
    ORDERED   like ext4 with data=ordered: changes of names happen in their order; flushing
              anything makes all earlier ones sure. What is appended to a file appears from the
              left, without holes.

One process, one disk that keeps its word about flushes, and no shared memory: docs/reliability.md
says what this leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from tests.hostile.faults.trace import Deed, Event

SECTOR = 512

Names = dict[int, dict[str, int]]
"""For each folder, what its names stand for."""

ROOT = 0


class Model(Enum):
    STRICT = "strict"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class NameChange:
    """In one folder, at once: each name stands for a node, or for nothing any more."""

    folder: int
    now: tuple[tuple[str, int | None], ...]


Step = tuple[NameChange, ...]
"""What a model takes to happen at once: a move between folders is one step only if ORDERED."""


@dataclass(frozen=True, slots=True)
class Change:
    """A write at `offset`, or (`content` None) a cut or stretch to the length `offset`."""

    offset: int
    content: bytes | None

    def sectors(self) -> int:
        """How many pieces of 512 bytes, counted from the file's start, it touches."""
        if not self.content:
            return 0
        last = (self.offset + len(self.content) - 1) // SECTOR
        return last - self.offset // SECTOR + 1


@dataclass(slots=True)
class Bytes:
    """The content of one file: what is sure (`version` counts the flushes), and what is not."""

    sure: bytearray = field(default_factory=bytearray)
    version: int = 0
    unsure: list[Change] = field(default_factory=list)

    def flush(self) -> None:
        if not self.unsure:
            return
        for change in self.unsure:
            apply(self.sure, change, ALL)
        self.unsure.clear()
        self.version += 1


ALL = -1
"""Every piece of a change arrived."""


def apply(content: bytearray, change: Change, arrived: int) -> None:
    """Do `change` to `content`, as far as the bits of `arrived` say, one for each sector."""
    if change.content is None:
        del content[change.offset :]
        content.extend(bytes(change.offset - len(content)))
        return
    start, end = change.offset, change.offset + len(change.content)
    if arrived == ALL:
        _stretch(content, end)
        content[start:end] = change.content
        return
    first = start // SECTOR
    for index in range(change.sectors()):
        if arrived >> index & 1:
            left = max(start, (first + index) * SECTOR)
            right = min(end, (first + index + 1) * SECTOR)
            _stretch(content, right)
            content[left:right] = change.content[left - start : right - start]


def _stretch(content: bytearray, length: int) -> None:
    if len(content) < length:
        content.extend(bytes(length - len(content)))


class Disk:
    """One folder on a disk. `happen` moves time on by one event."""

    def __init__(self, root: Path, inodes: dict[str, int]) -> None:
        """All that lies in `root` is sure; `inodes` are those of the traced process's copy of it."""
        self.files: dict[int, Bytes] = {}
        self.live: Names = {ROOT: {}}
        self.sure: dict[Model, Names] = {model: {ROOT: {}} for model in Model}
        self.unsure: dict[Model, list[Step]] = {model: [] for model in Model}
        self._by_inode: dict[int, int] = {inodes[""]: ROOT}
        self._last_node = ROOT
        for path in sorted(root.rglob("*")):
            name = str(path.relative_to(root))
            if name.endswith("-shm"):
                continue
            node = self._new_node(inodes[name], is_folder=path.is_dir())
            self._name(name, node)
            if path.is_file():
                self.files[node].sure = bytearray(path.read_bytes())
        for model in Model:
            self._settle(model, in_folder=None)

    def _new_node(self, inode: int, *, is_folder: bool) -> int:
        self._last_node += 1
        self._by_inode[inode] = self._last_node
        if is_folder:
            self.live[self._last_node] = {}
            for names in self.sure.values():
                names[self._last_node] = {}
        else:
            self.files[self._last_node] = Bytes()
        return self._last_node

    def happen(self, event: Event) -> None:
        match event.deed:
            case Deed.WRITE:
                self._file(event).unsure.append(Change(event.offset, event.content))
            case Deed.TRUNCATE:
                self._file(event).unsure.append(Change(event.offset, None))
            case Deed.SYNC:
                self._flush(self._by_inode[event.inode])
            case Deed.CREATE | Deed.MKDIR:
                node = self._new_node(event.inode, is_folder=event.deed is Deed.MKDIR)
                self._name(event.path, node)
            case Deed.UNLINK | Deed.RMDIR:
                self._name(event.path, None)
            case Deed.LINK:
                self._name(event.other, self._node(event.path))
            case Deed.RENAME:
                self._move(event.path, event.other)
            case Deed.PROMISE | Deed.UNKNOWN:
                pass

    def _file(self, event: Event) -> Bytes:
        return self.files[self._by_inode[event.inode]]

    def _place(self, path: str) -> tuple[int, str]:
        folder = ROOT
        *parents, name = path.split("/")
        for parent in parents:
            folder = self.live[folder][parent]
        return folder, name

    def _node(self, path: str) -> int:
        folder, name = self._place(path)
        return self.live[folder][name]

    def _name(self, path: str, node: int | None) -> None:
        folder, name = self._place(path)
        self._rename(NameChange(folder, ((name, node),)))

    def _move(self, old: str, new: str) -> None:
        (old_folder, old_name), (new_folder, new_name) = self._place(old), self._place(new)
        node = self.live[old_folder][old_name]
        if old_folder == new_folder:
            self._rename(NameChange(old_folder, ((old_name, None), (new_name, node))))
        else:
            self._rename(
                NameChange(new_folder, ((new_name, node),)),
                NameChange(old_folder, ((old_name, None),)),
            )

    def _rename(self, *changes: NameChange) -> None:
        for change in changes:
            apply_names(self.live, change)
        self.unsure[Model.STRICT] += [(change,) for change in changes]
        self.unsure[Model.ORDERED].append(changes)

    def _flush(self, node: int) -> None:
        if node in self.files:
            self.files[node].flush()
        else:
            self._settle(Model.STRICT, in_folder=node)
        self._settle(Model.ORDERED, in_folder=None)

    def _settle(self, model: Model, *, in_folder: int | None) -> None:
        left = []
        for step in self.unsure[model]:
            if in_folder is None or step[0].folder == in_folder:
                for change in step:
                    apply_names(self.sure[model], change)
            else:
                left.append(step)
        self.unsure[model] = left


def apply_names(names: Names, change: NameChange) -> None:
    """Do `change` to `names`."""
    folder = names[change.folder]
    for name, node in change.now:
        if node is None:
            folder.pop(name, None)
        else:
            folder[name] = node


def reachable(names: Names) -> Iterator[tuple[str, int]]:
    """Each path below the root with what it stands for, folders before what is in them."""
    waiting = [("", ROOT)]
    while waiting:
        prefix, folder = waiting.pop()
        for name, node in names[folder].items():
            yield prefix + name, node
            if node in names:
                waiting.append((f"{prefix}{name}/", node))
