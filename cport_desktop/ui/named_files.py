"""Signed files that somebody named by path: checkpoints, registers of erasures."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.errors import CheckpointMalformed


def content_of(path: Path, *, limit: int) -> bytes:
    """At most `limit` bytes of the file.

    Raises:
        CheckpointMalformed: it cannot be read.
    """
    try:
        with path.open("rb") as source:
            return source.read(limit)
    except OSError as error:
        raise CheckpointMalformed(cause=path.name) from error
