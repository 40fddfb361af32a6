"""One long file in parts, for media that take no longer ones; joined again by putting them together.

    case.age.001  case.age.002  …      every part but the last of the same length
    case.age.parts.txt                 their digests in their order, as `sha256sum --check` reads them

    cat case.age.0* > case.age

Nothing has its name before all of it was written, read back and found as it should be; the first part gets
its own last, behind the list and all others: so whoever finds a first part finds all of it. What fails leaves
nothing behind; what a killed process left is known by the first part, which has its working name still.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from cport_desktop.errors import OutputExists, ValueUnknown
from cport_desktop.exports.output_files import (
    growing_file,
    naming_output_faults,
    part_of,
    sync_folder,
    write_new,
)
from cport_desktop.exports.steady_file import SteadyFile
from cport_desktop.exports.uncached_file import UncachedFile

MOST_PARTS: Final = 999
_FIRST: Final = ".001"
_LIST: Final = ".parts.txt"
_READ_BACK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One file of several. `sha256` in lower-case hex, `size` in bytes."""

    name: str
    sha256: str
    size: int


def part_path(path: Path, number: int) -> Path:
    """The part of `path` with this number, from 1."""
    return path.with_name(f"{path.name}.{number:03}")


def list_path(path: Path) -> Path:
    """Where the list of the parts of `path` stands."""
    return path.with_name(path.name + _LIST)


class SplitFile:
    """Takes bytes in order and lays them into parts of `most` bytes. Used by `growing_parts`."""

    def __init__(self, path: Path, most: int, stack: ExitStack, begins_with: bytes) -> None:
        self._path, self._most = path, most
        self._stack, self._begins_with = stack, begins_with
        self._open: _OpenPart | None = None
        self._closed: list[_OpenPart] = []
        self.named: list[Path] = []
        """The list, and parts that have their names: they get them when the block ends well."""

    def write(self, piece: bytes) -> int:
        rest = memoryview(piece)
        while rest:
            part = self._open if self._open is not None and self._open.size < self._most else None
            part = part or self._next()
            taken = rest[: self._most - part.size]
            part.file.write(taken)
            rest = rest[len(taken) :]
        return len(piece)

    def settle(self) -> tuple[Path, ...]:
        """Everything is on its medium; where the parts lie before they have their names."""
        self._finish()
        return tuple(part.partial for part in self._closed)

    def parts(self, digests: Sequence[str]) -> tuple[Part, ...]:
        """What was settled; `digests` as somebody read them back, in their order."""
        return tuple(
            Part(part.name, sha256, part.size)
            for part, sha256 in zip(self._closed, digests, strict=True)
        )

    def write_list(self, parts: Sequence[Part], *, sha256: str, size: int) -> None:
        """The list of the parts stands beside them, before any of them has its name; `sha256` and `size` are
        those of the whole.

        Raises:
            OutputExists, StorageFull, OutputUnwritable.
        """
        name = self._path.name
        lines = [
            f"# {name} in {len(parts)} parts: {size} bytes, SHA-256 {sha256}",
            f"# To join them: cat {' '.join(part.name for part in parts)} > {name}"
            if len(parts) < 10
            else f"# To join them: cat {name}.[0-9][0-9][0-9] > {name}",
            *(f"{part.sha256}  {part.name}" for part in parts),
        ]
        # The working name of the first part, by which a left-over is known, outlives a power cut.
        sync_folder(self._path.parent)
        write_new(list_path(self._path), ("\n".join(lines) + "\n").encode())
        self.named.append(list_path(self._path))

    def _next(self) -> _OpenPart:
        self._finish()
        number = len(self._closed) + 1
        if number > MOST_PARTS:
            raise ValueUnknown(
                what="part size", value=str(self._most), accepted=f"{2 * self._most} bytes and more"
            )
        final = part_path(self._path, number)
        begins_with = self._begins_with if number == 1 else b""
        self._stack.push(partial(self._note_named, final))
        place, descriptor = self._stack.enter_context(growing_file(final, begins_with=begins_with))
        file = self._stack.enter_context(SteadyFile(descriptor))
        self._open = _OpenPart(final.name, place, file)
        return self._open

    def _finish(self) -> None:
        if self._open is not None:
            self._open.file.settle()
            self._closed.append(self._open)
            self._open = None

    def _note_named(self, final: Path, kind: object, *_: object) -> None:
        """Called when the stack has left the file that gets this name."""
        if kind is None:
            self.named.append(final)


@dataclass(frozen=True, slots=True)
class _OpenPart:
    name: str
    partial: Path
    file: SteadyFile

    @property
    def size(self) -> int:
        return self.file.size


@contextmanager
def growing_parts(path: Path, most: int, *, begins_with: bytes) -> Iterator[SplitFile]:
    """A file in parts of `most` bytes, that get their names when the block ends well and vanish
    otherwise. The block calls `settle`, and reads them back.

    Raises:
        OutputExists, StorageFull, OutputUnwritable.
        ValueUnknown: more parts than `MOST_PARTS`.
    """
    require_parts_free(path, begins_with=begins_with)
    out: SplitFile | None = None
    try:
        with naming_output_faults(path), ExitStack() as stack:
            out = SplitFile(path, most, stack, begins_with)
            yield out
    except BaseException:
        with suppress(OSError):
            for each in [] if out is None else out.named:
                each.unlink(missing_ok=True)
        raise


def require_parts_free(path: Path, *, begins_with: bytes) -> None:
    """Nothing that would have to be overwritten lies there; what a killed process left is gone. It is known
    by its first part, which has not its name yet and begins with `begins_with`.

    Raises:
        OutputExists.
        OutputUnwritable: the medium does not answer.
    """
    first = part_path(path, 1)
    with naming_output_faults(path):
        if not path.exists() and not first.exists() and _is_left_over(part_of(first), begins_with):
            others = [part_path(path, number) for number in range(2, MOST_PARTS + 1)]
            for each in (list_path(path), *others, *map(part_of, others)):
                each.unlink(missing_ok=True)
            sync_folder(path.parent)
            part_of(first).unlink()
        for taken in (path, first, list_path(path)):
            if taken.exists():
                raise OutputExists(path=str(taken))


def _is_left_over(part: Path, begins_with: bytes) -> bool:
    if not begins_with or not part.is_file():
        return False
    with part.open("rb") as file:
        return file.read(len(begins_with)) == begins_with


def joined_digest(paths: Sequence[Path]) -> tuple[str, int]:
    """SHA-256 and length of these files one behind the other, as they are on their medium."""
    digest, size = hashlib.sha256(), 0
    buffer = memoryview(bytearray(_READ_BACK))
    for path in paths:
        with UncachedFile(path) as file:
            while taken := file.readinto(buffer):
                digest.update(buffer[:taken])
                size += taken
    return digest.hexdigest(), size


def whole_path(path: Path) -> Path:
    """`path`, or that of the whole if it names its first part or the list of its parts."""
    for ending in (_FIRST, _LIST):
        if path.name.endswith(ending):
            return path.with_name(path.name.removesuffix(ending))
    return path


def parts_there(path: Path) -> tuple[Path, ...]:
    """The parts that lie there, as far as none is missing. `path` names the whole, its first part or
    the list; none if there is no first part.
    """
    path = whole_path(path)
    found: list[Path] = []
    while len(found) < MOST_PARTS:
        part = part_path(path, len(found) + 1)
        if not part.is_file():
            break
        found.append(part)
    return tuple(found)


def open_joined(path: Path) -> BinaryIO:
    """The file at `path`, or its parts as if they were one; not seekable then.

    Raises:
        OSError: as `open`.
    """
    is_part = path.name.endswith((_FIRST, _LIST))
    if path.is_file() and not is_part:
        return path.open("rb")
    parts = parts_there(path)
    return io.BufferedReader(_Joined(parts), _READ_BACK) if parts else path.open("rb")


class _Joined(io.RawIOBase):
    """Files, one behind the other."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._left = list(paths)
        self._file: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while True:
            if self._file is None:
                if not self._left:
                    return 0
                self._file = self._left.pop(0).open("rb", buffering=0)
            count = self._file.readinto(buffer)  # type: ignore[attr-defined]
            if count:
                return int(count)
            self._file.close()
            self._file = None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()
