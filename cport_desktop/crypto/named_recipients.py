"""Recipients as people name them: keys that they paste or type, or a file with such keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cport_desktop.crypto.recipients import PUBLIC_PREFIX, Recipient, parse_recipient
from cport_desktop.errors import KeyFileMalformed

LARGEST: Final = 256 * 1024
"""Bytes of a file of recipients: some thousand keys with their comments."""


def recipients_in(text: str, path_of: Callable[[str], Path] = Path) -> tuple[Recipient, ...]:
    """One recipient a line, as a public key or as `NAME=KEY` (`#` begins a comment). A single line that is
    neither names a file of such lines, by the path that it is (`path_of`).

    Raises:
        KeyFileMalformed: a line is no recipient, there is none, or the file cannot be one.
    """
    lines = _lines(text)
    if len(lines) == 1 and not _is_key(lines[0]):
        lines = _lines(_content(path_of(lines[0])))
    return tuple(_recipient(line) for line in lines or [""])


def only_recipient(text: str, path_of: Callable[[str], Path] = Path) -> Recipient:
    """The one recipient of a text as `recipients_in` takes it.

    Raises:
        KeyFileMalformed: there is none, or more than one.
    """
    found = recipients_in(text, path_of)
    if len(found) != 1:
        raise KeyFileMalformed(what="recipient: one line with age1… is wanted")
    return found[0]


def _is_key(line: str) -> bool:
    return line.rpartition("=")[2].strip().startswith(PUBLIC_PREFIX)


def _recipient(line: str) -> Recipient:
    name, _, key = line.rpartition("=") if _is_key(line) else ("", "", line)
    return parse_recipient(key, name=name.strip() or None)


def _lines(text: str) -> Sequence[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            untrusted = file.read(LARGEST + 1)
        if len(untrusted) <= LARGEST:
            return untrusted.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileMalformed(what=f"recipients file {path.name}") from error
    raise KeyFileMalformed(what=f"recipients file {path.name}")
