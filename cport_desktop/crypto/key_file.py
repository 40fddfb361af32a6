"""Our key file: 256 random bits in one line of text, to be kept on a stick of its own.

    CPORT-KEY-1 <64 hex digits> <8 hex digits>

The last word is the beginning of SHA-256 over the 32 bytes, so that a damaged file is told from
a wrong one. Whoever writes one writes it once, private, and never over another file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cport_desktop.errors import KeyFileInVault, KeyFileMalformed

SECRET_SIZE: Final = 32
"""Bytes."""

_MAGIC: Final = "CPORT-KEY-1"
_LINE: Final = re.compile(rb"CPORT-KEY-1 ([0-9a-f]{64}) ([0-9a-f]{8})(?:\r?\n)?")
_LONGEST: Final = 200
"""Bytes read at most: one line and no more."""


def new_secret(random: Callable[[int], bytes]) -> bytes:
    """32 bytes from `random`, which is `secrets.token_bytes` wherever it matters."""
    return random(SECRET_SIZE)


def print_key_file(secret: bytes) -> bytes:
    """The content of a key file that holds `secret`.

    Raises:
        ValueError: if it is not 32 bytes long.
    """
    if len(secret) != SECRET_SIZE:
        raise ValueError("a key file holds 256 bits")
    return f"{_MAGIC} {secret.hex()} {_check(secret)}\n".encode()


def parse_key_file(untrusted_content: bytes, *, name: str = "key file") -> bytes:
    """The 32 bytes that a key file holds.

    Raises:
        KeyFileMalformed: it is no key file, or it was damaged; `name` is what the error calls it.
    """
    found = _LINE.fullmatch(untrusted_content)
    if found is None:
        raise KeyFileMalformed(what=name)
    secret = bytes.fromhex(found[1].decode())
    if _check(secret) != found[2].decode():
        raise KeyFileMalformed(what=name)
    return secret


def read_key_file(path: Path, *, vault: Path) -> bytes:
    """The secret of the key file at `path`.

    Raises:
        KeyFileInVault: it lies in the folder that it opens.
        KeyFileMalformed: it cannot be read, or is none.
    """
    require_elsewhere(path, vault=vault)
    try:
        with path.open("rb") as source:
            content = source.read(_LONGEST)
    except OSError as error:
        raise KeyFileMalformed(what=path.name) from error
    return parse_key_file(content, name=path.name)


def require_elsewhere(path: Path, *, vault: Path) -> None:
    """A key beside what it opens protects nothing.

    Raises:
        KeyFileInVault: `path` lies in the vault's folder, by whatever way it is named.
    """
    if path.resolve().is_relative_to(vault.resolve()):
        raise KeyFileInVault(path=str(path))


def _check(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()[:8]
