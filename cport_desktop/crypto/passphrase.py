"""From a passphrase to a key: Argon2id (RFC 9106), with costs that a header cannot talk down.

A slot that asks for less than `FLOOR` is a downgrade and one that asks for more than `CEILING`
would exhaust the machine: both are refused by whoever reads a header, with `is_acceptable`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_SIZE = 32
SALT_SIZE = 16

_GIB = 1024 * 1024
_AMPLE_MEMORY = 7 * 1024**3
"""Bytes. A machine sold with 8 GB reports somewhat less, since firmware and graphics take some."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation takes: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def is_acceptable(self) -> bool:
        """Not weaker than `FLOOR` and not greedier than `CEILING`."""
        return (
            FLOOR.memory_kib <= self.memory_kib <= CEILING.memory_kib
            and FLOOR.passes <= self.passes <= CEILING.passes
            and 1 <= self.lanes <= CEILING.lanes
        )


FLOOR = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""RFC 9106's second choice, 0.1 s: the least that a vault accepts."""

CEILING = Cost(memory_kib=4 * _GIB, passes=64, lanes=64)
"""The most that a header may ask for: beyond it opening would be a denial of service."""


def calibrated(memory_bytes: int) -> Cost:
    """The cost for a new slot on a machine with this much memory: one to two seconds.

    1 GiB takes 1.9 s on two cores, 256 MiB 0.44 s (measured).
    """
    memory_kib = _GIB if memory_bytes >= _AMPLE_MEMORY else 256 * 1024
    return Cost(memory_kib=memory_kib, passes=3, lanes=4)


def encode_passphrase(text: str) -> bytes:
    """`text` in NFC as UTF-8, so that two keyboards that compose differently agree."""
    return unicodedata.normalize("NFC", text).encode()


def derive(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from `passphrase`. The same three arguments give the same bytes, for ever."""
    return Argon2id(
        salt=salt,
        length=KEY_SIZE,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(passphrase)
