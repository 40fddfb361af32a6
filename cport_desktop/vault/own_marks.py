"""Which contents an analyst looked at, and which they settled without a look: for their own count.

    mark = first 16 bytes of HMAC-SHA-256(key "cport-vault v1 own marks" of the personal key,
                                          what | SHA-256 of the content)

A mark lies beside the content, so that it goes with it; nobody without the personal key can tell whose
it is, nor that two are of one person. Whoever has no personal key leaves none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable
from typing import Final

from cport_desktop.domain.ids import VaultId
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.database import Connection
from cport_desktop.vault.personal_sealing import personal_subkey

_LABEL: Final = b"cport-vault v1 own marks"
_LOOKED: Final = b"looked"
_PASSED: Final = b"passed"
_SIZE: Final = 16


class OwnMarks:
    """The marks of the analyst who opened the vault. From any thread."""

    def __init__(
        self, vault: VaultId, personal_key: bytes | None, *, writer: Writer, readers: ReaderPool
    ) -> None:
        self._key = None
        if personal_key is not None:
            self._key = personal_subkey(vault, personal_key, _LABEL)
        self._writer = writer
        self._readers = readers

    def note_looked(self, digests: Collection[str]) -> None:
        """The analyst looked at these contents.

        Raises:
            StorageFull, VaultDamaged: the disk.
        """
        self._put(_LOOKED, digests)

    def pass_over(self, digests: Collection[str]) -> frozenset[str]:
        """Those of these contents that the analyst neither looked at nor settled without a look
        before; from now on they did the latter.

        Raises:
            StorageFull, VaultDamaged: the disk.
        """
        new = frozenset(digests) - self._marked(_LOOKED, digests) - self._marked(_PASSED, digests)
        self._put(_PASSED, new)
        return new if self._key is not None else frozenset()

    def clear(self) -> None:
        """None of the analyst's marks is left."""
        with self._writer.bookkeeping() as connection:
            kept = connection.execute("SELECT sha256, mark FROM own_mark").fetchall()
            own = [
                (d, m) for d, m in kept for what in (_LOOKED, _PASSED) if m == self._mark(what, d)
            ]
            connection.executemany("DELETE FROM own_mark WHERE sha256 = ? AND mark = ?", own)

    def _put(self, what: bytes, digests: Iterable[str]) -> None:
        marks = [(digest, mark) for digest in digests if (mark := self._mark(what, digest))]
        if marks:
            with self._writer.bookkeeping() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO own_mark (sha256, mark) VALUES (?, ?)", marks
                )

    def _marked(self, what: bytes, digests: Collection[str]) -> frozenset[str]:
        with self._readers.reader() as reader:
            found = reader.connection.execute(
                "SELECT m.sha256, m.mark FROM json_each(?) AS j"
                " CROSS JOIN own_mark AS m ON m.sha256 = j.value",
                (json.dumps(list(digests)),),
            ).fetchall()
        return frozenset(digest for digest, mark in found if mark == self._mark(what, digest))

    def _mark(self, what: bytes, digest: str) -> bytes:
        if self._key is None:
            return b""
        return hmac.new(self._key, what + b"\n" + digest.encode(), hashlib.sha256).digest()[:_SIZE]


def forget(connection: Connection, digests: Collection[str]) -> None:
    """Nothing is kept of who looked at these contents, which nobody announces any more."""
    connection.execute(
        "DELETE FROM own_mark WHERE sha256 IN (SELECT value FROM json_each(?))",
        (json.dumps(list(digests)),),
    )
