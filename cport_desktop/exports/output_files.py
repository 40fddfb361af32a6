"""Files that a person asks for by path: never overwritten, and a clear word when they fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.errors import OutputExists, OutputUnwritable, StorageFull

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


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
    """A new private file with this content, on the medium; nothing is left of one that failed.

    Raises:
        OutputExists, StorageFull, OutputUnwritable.
    """
    with naming_output_faults(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


@contextmanager
def growing_file(path: Path, *, begins_with: bytes) -> Iterator[tuple[Path, int]]:
    """A new private file beside `path`, as its own path and descriptor, that gets the name `path`
    when the block ends well, and vanishes otherwise. The block flushes it.

    What a killed process left there is replaced if it is of the same kind (`begins_with`).

    Raises:
        OutputExists, StorageFull, OutputUnwritable.
    """
    part = path.with_name(f"{path.name}.part")
    with naming_output_faults(path):
        if path.exists():
            raise OutputExists(path=str(path))
        _remove_left_over(part, begins_with)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            try:
                yield part, descriptor
            finally:
                os.close(descriptor)
            _name_anew(part, path)
            sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)


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
