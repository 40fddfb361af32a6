"""Files that somebody named by path, and signed ones among them: checkpoints, registers of erasures."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.errors import InputUnreadable


def path_named(text: str) -> Path:
    """The path that was typed. `~` is one's own folder; that of somebody unknown is a name like others."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def content_of(path: Path, *, limit: int) -> bytes:
    """At most `limit` bytes of the file.

    Raises:
        InputUnreadable: it cannot be read.
    """
    try:
        with path.open("rb") as source:
            return source.read(limit)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
