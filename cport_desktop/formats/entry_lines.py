"""A file in which a person names entries of a list: a line for each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cport_desktop.errors import InputUnreadable
from cport_desktop.words import hash_list_export as words

LARGEST_FILE: Final = 4 * 1024 * 1024
"""Bytes: 20,000 lines of 200 letters."""


def entry_lines(path: Path) -> list[str]:
    """The lines of the file.

    Raises:
        InputUnreadable: the file, or it is longer than such a file may be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
    if len(content) > LARGEST_FILE:
        raise InputUnreadable(path=str(path), cause=words.TOO_LARGE)
    return content.decode("utf-8-sig", "backslashreplace").splitlines()
