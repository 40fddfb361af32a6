"""Pictures behind the veils, sealed anew where the vault gets another master key.

Each is unsealed with the key that was and sealed with the key that is, in memory; none is handed
on. Works on a copy that nobody has open. What is cut off in between is a copy that nobody takes.
"""

from __future__ import annotations

from pathlib import Path

from cport_desktop.domain.progress import Announce, Phase, Progress
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.database import Connection, connect, naming_faults
from cport_desktop.vault.derivatives import LAYOUT
from cport_desktop.vault.picture_seal import (
    Derived,
    clear_room_key,
    seal_picture,
    unseal_picture,
)

_AT_ONCE = 200


def renew_pictures(path: Path, before: bytes, key: bytes, announce: Announce) -> None:
    """The file at `path`, whose pages are under `key` already, holds its pictures under it too.

    `before` is the key of the file that it was copied from. Announces in pictures.

    Raises:
        VaultDamaged: a picture does not open, or the file is of another layout.
        StorageFull: no room.
    """
    connection = connect(path, key, durable=False)
    try:
        with naming_faults(path.name):
            if connection.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
                raise VaultDamaged(where=path.name)
            _renew_all(connection, clear_room_key(before), clear_room_key(key), announce)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _renew_all(connection: Connection, before: bytes, key: bytes, announce: Announce) -> None:
    total = connection.execute("SELECT count(*) FROM behind").fetchall()[0][0]
    done, last = 0, ("", "")
    while rows := connection.execute(
        "SELECT sha256, purpose, sealed FROM behind WHERE (sha256, purpose) > (?, ?)"
        " ORDER BY sha256, purpose LIMIT ?",
        (*last, _AT_ONCE),
    ).fetchall():
        renewed = [
            (_renewed(before, key, digest, Derived(purpose), sealed), digest, purpose)
            for digest, purpose, sealed in rows
        ]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "UPDATE behind SET sealed = ? WHERE sha256 = ? AND purpose = ?", renewed
        )
        connection.execute("COMMIT")
        done, last = done + len(rows), (rows[-1][0], rows[-1][1])
        announce(Progress(Phase.COPYING, done, total))


def _renewed(before: bytes, key: bytes, digest: str, purpose: Derived, sealed: bytes) -> bytes:
    return seal_picture(key, digest, purpose, unseal_picture(before, digest, purpose, sealed))
