"""Files that a person asks for by path: never overwritten, and a clear word when they fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cport_desktop.errors import OutputExists, OutputUnwritable, StorageFull

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_OURS = ".cport.part"
"""Ends the name under which a short file grows: nobody else has such names, so that what lies there was left
by us, whatever it begins with."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""A file that is not there yet; where the system tells text from bytes, one of bytes."""


@contextmanager
def naming_output_faults(path: Path) -> Iterator[None]:
    """What the operating system raises inside becomes an error of our tree.

    Raises:
        OutputExists: there is something of that name.
        StorageFull: the medium took no more.
        OutputUnwritable: anything else (no such folder, not allowed, read-only, gone).
    """
    try:
        yield
    except FileExistsError as error:
        raise OutputExists(path=str(error.filename or path)) from error
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise StorageFull(where=str(path)) from error
        cause = os.strerror(error.errno) if error.errno else "unknown"
        raise OutputUnwritable(path=str(path), cause=cause) from error


def write_new(path: Path, content: bytes) -> None:
    """A new private file with this content, on the medium; nothing is left of one that failed, and under
    its name there is never half of it.

    Raises:
        OutputExists, StorageFull, OutputUnwritable.
    """
    with growing_new(path) as (_, descriptor):
        write_out(descriptor, content)


@contextmanager
def growing_new(path: Path) -> Iterator[tuple[Path, int]]:
    """As `growing_file`, for a short file, which grows under a name that nobody else gives.

    Raises:
        OutputExists, StorageFull, OutputUnwritable.
    """
    with _growing(path, path.with_name(path.name + _OURS), b"") as growing:
        yield growing


def write_out(descriptor: int, content: bytes) -> None:
    """All of it is on the medium."""
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


@contextmanager
def growing_file(path: Path, *, begins_with: bytes) -> Iterator[tuple[Path, int]]:
    """A new private file beside `path`, as its own path and descriptor, that gets the name `path`
    when the block ends well, and vanishes otherwise. The block flushes it.

    What a killed process left there is replaced if it is of the same kind (`begins_with`).

    Raises:
        OutputExists, StorageFull, OutputUnwritable.
    """
    with _growing(path, part_of(path), begins_with) as growing:
        yield growing


def part_of(path: Path) -> Path:
    """Where a file grows that is to be called `path`."""
    return path.with_name(f"{path.name}.part")


@contextmanager
def _growing(path: Path, part: Path, begins_with: bytes) -> Iterator[tuple[Path, int]]:
    with naming_output_faults(path):
        if os.path.lexists(path):  # A link that leads nowhere is in the way as well.
            raise OutputExists(path=str(path))
        _remove_left_over(part, begins_with)
        descriptor = os.open(part, _NEW, 0o600)
        try:
            try:
                yield part, descriptor
            finally:
                os.close(descriptor)
            _name_anew(part, path)
            _sync_name(path)
        finally:
            # A working name that cannot be taken away is told from others and goes the next time.
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _sync_name(path: Path) -> None:
    """The name of `path` survives a power cut, or is taken away again: what failed has no name."""
    try:
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _remove_left_over(part: Path, begins_with: bytes) -> None:
    if not part.is_file():
        return
    with part.open("rb") as file:
        head = file.read(len(begins_with))
    # After a power cut the first bytes may be zeros although later ones had arrived.
    if any(head) and not begins_with.startswith(head):
        raise OutputExists(path=str(part))
    part.unlink()


def _name_anew(part: Path, path: Path) -> None:
    """`part` is called `path`, and nothing that came to be there meanwhile is lost."""
    try:
        os.link(part, path)  # Unlike a renaming it never replaces.
    except FileExistsError:
        raise
    except OSError:
        # File systems of removable media know no links.
        if path.exists():
            raise OutputExists(path=str(path)) from None
        part.rename(path)


def sync_folder(directory: Path) -> None:
    """A new name in `directory` survives a power cut, where folders can be synced (not on
    Windows, and not on every removable medium).
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
