"""Where the passphrase comes from: a file, a descriptor, or the terminal. Never an argument."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from cport_desktop.cli.grammar import Options
from cport_desktop.errors import KeyFileMalformed, PassphraseMissing

LONGEST = 65_536
"""Bytes read at most; nobody types more, and a wrong file is found out early."""


def read_passphrase(options: Options) -> str:
    """The passphrase that `options` point to, else asked for without echo.

    Raises:
        KeyFileMalformed: the file cannot be read or holds no text.
        PassphraseMissing: nothing points to one and there is no terminal to ask at.
    """
    if options.passphrase_fd is not None:
        with os.fdopen(options.passphrase_fd, "rb", closefd=False) as source:
            return _text(source.read(LONGEST + 1), "passphrase descriptor")
    if options.passphrase_file is not None:
        return _text(_file(options.passphrase_file), "passphrase file")
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass("Passphrase: ")
    raise PassphraseMissing


def ask_new_passphrase(options: Options) -> str:
    """A new passphrase: from file or descriptor, else typed twice alike."""
    if options.passphrase_fd is not None or options.passphrase_file is not None:
        return read_passphrase(options)
    first = read_passphrase(options)
    if getpass.getpass("The same once more: ") != first:
        raise PassphraseMissing
    return first


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(LONGEST + 1)
    except OSError as error:
        raise KeyFileMalformed(what=f"passphrase file {path.name}") from error


def _text(raw: bytes, what: str) -> str:
    try:
        text = raw.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise KeyFileMalformed(what=what) from error
    if not text or len(raw) > LONGEST:
        raise KeyFileMalformed(what=what)
    return text
