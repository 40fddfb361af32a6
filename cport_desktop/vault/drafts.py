"""Drafts of the analyst who opened the vault, sealed so that only they can read them.

A row is sealed by `vault.personal_sealing`. Another analyst has the database's key but not the
personal one. What they can see is that there is a draft, when it was last written, its place
(`feedback:report-884179`: that somebody looked at this report they read in the log anyway), and its
length up to the next power of two. The place stays readable so that whoever erases a report can end
every draft about it.

Each write is sealed with a new salt, and durable when `keep` returns. Drafts are the vault's own
bookkeeping: no act, and no entry in the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cport_desktop.domain.ids import AnalystId, VaultId
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.database import Connection
from cport_desktop.vault.personal_sealing import LENGTH_SIZE, PersonalSeal, Purpose

LONGEST_DRAFT = 32 * 1024 * 1024
"""Bytes; every field of the window holds less, a novel in each query line included."""
_SMALLEST = 1024
_DRAFTS: Final = Purpose(b"cport-vault v1 drafts", b"cport-vault draft", "draft")


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
        self._analyst = analyst
        self._seal = (
            None if personal_key is None else PersonalSeal(_DRAFTS, vault, analyst, personal_key)
        )
        self._writer = writer
        self._readers = readers

    @property
    def can_keep(self) -> bool:
        """The slot that opened the vault carries the analyst's personal key."""
        return self._seal is not None

    def keep(self, place: str, content: bytes, *, at: datetime) -> None:
        """This is what lies at `place` now, durably. Nothing happens without a personal key.

        Raises:
            StorageFull, VaultDamaged: the disk; what lay there before still does.
            ValueError: longer than `LONGEST_DRAFT`.
        """
        if self._seal is None:
            return
        if len(content) > LONGEST_DRAFT:
            raise ValueError("too long for a draft")
        sealed = self._seal.seal(place, content, size=_size_for(content))
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
        if self._seal is None:
            return {}
        with self._readers.reader() as reader:
            rows = reader.connection.execute(
                "SELECT place, sealed FROM draft WHERE analyst_id = ?", (self._analyst,)
            ).fetchall()
        opened = ((place, self._seal.open(place, sealed)) for place, sealed in rows)
        return {place: content for place, content in opened if content is not None}


def end_within(connection: Connection, analyst: AnalystId, place: str) -> None:
    """As `DraftBook.end`, in the transaction that makes an end of it."""
    connection.execute("DELETE FROM draft WHERE analyst_id = ? AND place = ?", (analyst, place))


def end_about(connection: Connection, about: str) -> int:
    """No analyst has a draft about this item (`DraftPlace.about`) any more; how many had."""
    return connection.execute(
        "DELETE FROM draft WHERE instr(place, ':') > 0 AND substr(place, instr(place, ':') + 1) = ?",
        (about,),
    ).rowcount


def _size_for(content: bytes) -> int:
    """The next power of two."""
    whole = LENGTH_SIZE + len(content)
    return max(_SMALLEST, 1 << (whole - 1).bit_length())
