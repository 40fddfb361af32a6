"""Rows that only the analyst who wrote them can read, whoever has the database's key.

    key of a purpose = HKDF-SHA-256(personal key, salt = vault, the purpose's label)
    row              = sealed(that key; length (4) | content | zeros, context = vault, analyst, place)

Another analyst has the database's key but not the personal one. What they see of a row is that it
is there, its place, and its length, which whoever keeps such rows makes say little or nothing. Each
is sealed with a new salt, and opens for its own vault, analyst, purpose and place only.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.crypto.sealing import SealedReader, SealedWriter
from cport_desktop.domain.ids import AnalystId, VaultId
from cport_desktop.errors import VaultDamaged

LENGTH_SIZE = 4
"""Bytes in front of the content that say how long it is."""
_KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class Purpose:
    """What rows are for: `label` of their key, the first line of their `context`, and their `name`
    where one is damaged.
    """

    label: bytes
    context: bytes
    name: str


class PersonalSeal:
    """Seals and opens the rows of one analyst for one purpose. From any thread."""

    def __init__(
        self, purpose: Purpose, vault: VaultId, analyst: AnalystId, personal_key: bytes
    ) -> None:
        self._purpose = purpose
        self._vault = vault
        self._analyst = analyst
        self._key = personal_subkey(vault, personal_key, purpose.label)

    def seal(self, place: str, content: bytes, *, size: int) -> bytes:
        """`content`, filled up to `size` bytes with its length, sealed for `place`.

        Raises:
            ValueError: it is longer than that.
        """
        if LENGTH_SIZE + len(content) > size:
            raise ValueError("longer than its row")
        padded = len(content).to_bytes(LENGTH_SIZE, "big") + content
        sealed = bytearray()
        writer = SealedWriter.begin(sealed.extend, self._key, self._context(place))
        writer.write(padded.ljust(size, b"\0"))
        writer.finish()
        return bytes(sealed)

    def open(self, place: str, sealed: bytes) -> bytes | None:
        """What was sealed for `place`; None where it is none of ours, or damaged."""
        try:
            reader = SealedReader(
                io.BytesIO(sealed), self._key, self._context(place), name=self._purpose.name
            )
            padded = reader.read_at(0, reader.size)
        except VaultDamaged:
            return None
        length = int.from_bytes(padded[:LENGTH_SIZE], "big")
        return padded[LENGTH_SIZE : LENGTH_SIZE + length]

    def _context(self, place: str) -> bytes:
        facts = {"vault": self._vault, "analyst": self._analyst, "place": place}
        return self._purpose.context + b"\n" + json.dumps(facts, sort_keys=True).encode()


def personal_subkey(vault: VaultId, personal_key: bytes, label: bytes) -> bytes:
    """The key of one purpose, 32 bytes, out of an analyst's personal key."""
    return HKDF(SHA256(), _KEY_SIZE, salt=bytes.fromhex(vault), info=label).derive(personal_key)
