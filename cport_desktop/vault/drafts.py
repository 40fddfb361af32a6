"""Drafts of the analyst who opened the vault, sealed so that only they can read them.

    draft key = HKDF-SHA-256(personal key, salt = vault, "cport-vault v1 drafts")
    row       = sealed(draft key; length (4) | content | zeros, context = vault, analyst, place)

Another analyst has the database's key but not the personal one. What they can see is that
there is a draft, when it was last written, its place (`feedback:report-884179`: that somebody
looked at this report they read in the log anyway), and its length up to the next power of two.
The place stays readable so that whoever erases a report can end every draft about it.

Each write is sealed with a new salt, and durable when `keep` returns. Drafts are the vault's own
bookkeeping: no act, and no entry in the log.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.crypto.sealing import SealedReader, SealedWriter
from cport_desktop.domain.ids import AnalystId, VaultId
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.database import Connection

LONGEST_DRAFT = 1024 * 1024
"""Bytes; every field of the window holds less."""
_SMALLEST = 1024
_LENGTH = 4
_KEY_SIZE = 32


class DraftBook:
    """What one analyst left unfinished. From any thread."""

    def __init__(
        self,
        vault: VaultId,
        analyst: AnalystId,
        personal_key: bytes | None,
        *,
        writer: Writer,
        readers: ReaderPool,
    ) -> None:
        self._vault = vault
        self._analyst = analyst
        self._key = None if personal_key is None else _draft_key(vault, personal_key)
        self._writer = writer
        self._readers = readers

    @property
    def can_keep(self) -> bool:
        """The slot that opened the vault carries the analyst's personal key."""
        return self._key is not None

    def keep(self, place: str, content: bytes, *, at: datetime) -> None:
        """This is what lies at `place` now, durably. Nothing happens without a personal key.

        Raises:
            StorageFull, VaultDamaged: the disk; what lay there before still does.
            ValueError: longer than `LONGEST_DRAFT`.
        """
        if self._key is None:
            return
        sealed = self._sealed(self._key, place, content)
        with self._writer.bookkeeping() as connection:
            connection.execute(
                "INSERT INTO draft (analyst_id, place, at_us, sealed) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (analyst_id, place)"
                " DO UPDATE SET at_us = excluded.at_us, sealed = excluded.sealed",
                (self._analyst, place, microseconds(at), sealed),
            )

    def end(self, place: str) -> None:
        """Nothing lies at `place` any more."""
        with self._writer.bookkeeping() as connection:
            end_within(connection, self._analyst, place)

    def load(self) -> Mapping[str, bytes]:
        """All that lies anywhere, by place. A draft that does not open is left where it is."""
        if self._key is None:
            return {}
        with self._readers.reader() as reader:
            rows = reader.connection.execute(
                "SELECT place, sealed FROM draft WHERE analyst_id = ?", (self._analyst,)
            ).fetchall()
        opened = ((place, self._opened(self._key, place, sealed)) for place, sealed in rows)
        return {place: content for place, content in opened if content is not None}

    def _sealed(self, key: bytes, place: str, content: bytes) -> bytes:
        if len(content) > LONGEST_DRAFT:
            raise ValueError("too long for a draft")
        sealed = bytearray()
        writer = SealedWriter.begin(sealed.extend, key, self._context(place))
        writer.write(_padded(content))
        writer.finish()
        return bytes(sealed)

    def _opened(self, key: bytes, place: str, sealed: bytes) -> bytes | None:
        try:
            reader = SealedReader(io.BytesIO(sealed), key, self._context(place), name="draft")
            padded = reader.read_at(0, reader.size)
        except VaultDamaged:
            return None
        length = int.from_bytes(padded[:_LENGTH], "big")
        return padded[_LENGTH : _LENGTH + length]

    def _context(self, place: str) -> bytes:
        facts = {"vault": self._vault, "analyst": self._analyst, "place": place}
        return b"cport-vault draft\n" + json.dumps(facts, sort_keys=True).encode()


def end_within(connection: Connection, analyst: AnalystId, place: str) -> None:
    """As `DraftBook.end`, in the transaction that makes an end of it."""
    connection.execute("DELETE FROM draft WHERE analyst_id = ? AND place = ?", (analyst, place))


def end_about(connection: Connection, about: str) -> int:
    """No analyst has a draft about this item (`DraftPlace.about`) any more; how many had."""
    return connection.execute(
        "DELETE FROM draft WHERE instr(place, ':') > 0 AND substr(place, instr(place, ':') + 1) = ?",
        (about,),
    ).rowcount


def _draft_key(vault: VaultId, personal_key: bytes) -> bytes:
    info = b"cport-vault v1 drafts"
    return HKDF(SHA256(), _KEY_SIZE, salt=bytes.fromhex(vault), info=info).derive(personal_key)


def _padded(content: bytes) -> bytes:
    whole = _LENGTH + len(content)
    size = max(_SMALLEST, 1 << (whole - 1).bit_length())
    return (len(content).to_bytes(_LENGTH, "big") + content).ljust(size, b"\0")
