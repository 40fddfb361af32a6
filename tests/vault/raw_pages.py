"""Every byte that somebody with the vault's key could read in its database files: free pages and
unused parts of pages included, in the file and in the log of writes.
"""

from __future__ import annotations

import lzma
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


def packed(content: bytes, key: bytes) -> bytes:
    """A database file with its pages in plain and packed: encrypted, it takes ten times the room.

    Each page stands as its salt (the first one's), its plaintext, and its vector and code as they
    are, so that `unpacked` gives the very file again.
    """
    plain = bytearray()
    for number in range(len(content) // _PAGE):
        page = content[number * _PAGE : (number + 1) * _PAGE]
        start = _SALT if number == 0 else 0
        vector = page[-_RESERVED : -_RESERVED + 16]
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
        plain += page[:start] + decryptor.update(page[start:-_RESERVED]) + page[-_RESERVED:]
    return lzma.compress(bytes(plain), preset=9 | lzma.PRESET_EXTREME)


def unpacked(packed_pages: bytes, key: bytes) -> bytes:
    """The database file that `packed` was given."""
    plain, content = lzma.decompress(packed_pages), bytearray()
    for number in range(len(plain) // _PAGE):
        page = plain[number * _PAGE : (number + 1) * _PAGE]
        start = _SALT if number == 0 else 0
        vector = page[-_RESERVED : -_RESERVED + 16]
        encryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).encryptor()
        content += page[:start] + encryptor.update(page[start:-_RESERVED]) + page[-_RESERVED:]
    return bytes(content)
