"""Every byte that somebody with the vault's key could read in its database files: free pages and
unused parts of pages included, in the file and in the log of writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
_RESERVED = 80
"""SQLCipher: initialisation vector (16) and HMAC-SHA512 (64) at the end of each page."""
_SALT = 16
_LOG_HEADER = 32
_FRAME_HEADER = 24


def decrypted_pages(database: Path, key: bytes) -> Iterator[bytes]:
    """The plaintext of each page of `database` and of each frame of its log of writes."""
    content = database.read_bytes()
    assert len(content) % _PAGE == 0
    for number in range(len(content) // _PAGE):
        yield _decrypted(content[number * _PAGE : (number + 1) * _PAGE], key, is_first=not number)
    log = database.with_name(database.name + "-wal")
    if log.exists():
        yield from _frames(log.read_bytes(), key)


def _frames(log: bytes, key: bytes) -> Iterator[bytes]:
    step = _FRAME_HEADER + _PAGE
    for start in range(_LOG_HEADER, len(log) - step + 1, step):
        number = int.from_bytes(log[start : start + 4], "big")
        page = log[start + _FRAME_HEADER : start + step]
        yield _decrypted(page, key, is_first=number == 1)


def _decrypted(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    start = _SALT if is_first else 0
    body, reserved = page[start:-_RESERVED], page[-_RESERVED:]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(reserved[:16])).decryptor()
    return decryptor.update(body) + decryptor.finalize()
