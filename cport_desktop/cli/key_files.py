"""Files with keys, certificates and codes that a command line points to."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.errors import KeyFileMalformed


def read_key_file(path: Path) -> bytes:
    """The content of `path`.

    Raises:
        KeyFileMalformed: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyFileMalformed(what=str(path)) from error
