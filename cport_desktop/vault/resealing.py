"""Sealing every file anew, for the case that the keys of the old ones may be known.

Renewing the master key leaves the keys of files as they are: they lie in the database. Whoever
copied it under the old master key keeps them. This gives each file a new key and a new name:

    new names on the list of files to be removed, durable
    -> sealed anew, compared with the digest on record, flushed, in place
    -> one transaction: rows of the new files, items point to them, old keys destroyed,
       old names on the list of files to be removed, new ones off it, an entry in the log
    -> old files removed

A crash anywhere leaves files that no row knows on that list, and the next opening removes them.
What was done stays done; the next call goes on with the rest.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from cport_desktop.crypto.sealing import KEY_SIZE, SealedWriter
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import BlobId
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, VaultDamaged
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.blobs import seal_context
from cport_desktop.vault.durable_files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    naming_disk_faults,
    sync_folder,
    write_all,
)
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault

_AT_ONCE = 64
"""Files in one transaction: their flushes dominate, the transaction's own hardly counts."""
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Resealed:
    """What was done. `damaged`: files that are not as they were sealed, left as they are."""

    files: int
    size: int
    damaged: tuple[BlobId, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    blob: BlobId
    key: bytes
    size: int
    sha256: str
    media_id: int


@dataclass(frozen=True, slots=True)
class _Anew:
    old: _Held
    blob: BlobId
    key: bytes


def reseal(vault: Vault, *, announce: Announce, is_cancelled: IsCancelled) -> Resealed:
    """Every file that was sealed before this began has a new key and a new name.

    An interrupted one goes on where it was.

    Raises:
        Cancelled: it was asked to stop; what was done stays done.
        KeepingUnderWay: a backup or an erasure is at work on the files.
        StorageFull, VaultDamaged: the disk; what was done stays done.
    """
    number = _round(vault)
    total = _left(vault, number)
    files = size = 0
    damaged: list[BlobId] = []
    after = ""
    with vault.blob_guard.going():
        while some := _next(vault, number, after):
            if is_cancelled():
                raise Cancelled
            announce(Progress(Phase.RESEALING, min(files, total), total))
            after = some[-1].blob
            done = _reseal_some(vault, some, number, damaged)
            files, size = files + len(done), size + sum(anew.old.size for anew in done)
    with vault.transaction() as tx:
        tx.connection.execute(
            "UPDATE seal_round SET finished_at = ? WHERE number = ?",
            (microseconds(tx.now), number),
        )
        tx.record(_entry(vault, files=files, damaged=len(damaged), is_last=True))
    return Resealed(files, size, tuple(damaged))


def _round(vault: Vault) -> int:
    """The number of the round that was begun and not finished, or of a new one."""
    with vault.transaction() as tx:
        last = tx.connection.execute(
            "SELECT number, finished_at FROM seal_round ORDER BY number DESC LIMIT 1"
        ).fetchone()
        number = 1 if last is None else int(last[0])
        if last is None or last[1] is not None:
            number = number if last is None else number + 1
            tx.connection.execute(
                "INSERT INTO seal_round (number, begun_at) VALUES (?, ?)",
                (number, microseconds(tx.now)),
            )
        tx.record(_entry(vault, files=0, damaged=0, is_last=False))
    return number


def _left(vault: Vault, number: int) -> int:
    with vault.reader() as reader:
        row = reader.connection.execute(
            "SELECT count(*) FROM blob WHERE state = 'held' AND seal_round < ?", (number,)
        ).fetchone()
    return 0 if row is None else int(row[0])


def _next(vault: Vault, number: int, after: str) -> list[_Held]:
    with vault.reader() as reader:
        rows = reader.connection.execute(
            "SELECT blob_id, key, size, sha256, media_id FROM blob"
            " WHERE state = 'held' AND seal_round < ? AND blob_id > ? ORDER BY blob_id LIMIT ?",
            (number, after, _AT_ONCE),
        ).fetchall()
    return [_Held(*row) for row in rows]


def _reseal_some(
    vault: Vault, some: Sequence[_Held], number: int, damaged: list[BlobId]
) -> list[_Anew]:
    planned = [
        _Anew(held, BlobId(secrets.token_hex(16)), secrets.token_bytes(KEY_SIZE)) for held in some
    ]
    with vault.bookkeeping() as books:
        books.executemany(
            "INSERT INTO erasure_residue (kind, name) VALUES ('blob', ?)",
            [(anew.blob,) for anew in planned],
        )
    done = [anew for anew in planned if _sealed_anew(vault, anew)]
    failed = [anew for anew in planned if anew not in done]
    damaged.extend(anew.old.blob for anew in failed)
    with naming_disk_faults("blobs"):
        for folder in {vault.layout.blob(anew.blob).parent for anew in done}:
            sync_folder(folder)
        sync_folder(vault.layout.blobs)
    with vault.transaction() as tx:
        for anew in done:
            _exchange(tx, anew, number)
        tx.record(_entry(vault, files=len(done), damaged=0, is_last=False))
    _remove(vault, [*(anew.old.blob for anew in done), *(anew.blob for anew in failed)])
    return done


def _sealed_anew(vault: Vault, anew: _Anew) -> bool:
    """The file lies under its new name, flushed; False if the old one is not as it was sealed."""
    old, path = anew.old, vault.layout.blob(anew.blob)
    digest = hashlib.sha256()
    with naming_disk_faults("blobs"):
        path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        descriptor = os.open(path, _NEW, PRIVATE_FILE)
        try:
            context = seal_context(vault.identity, anew.blob)
            sealed = SealedWriter.begin(partial(write_all, descriptor), anew.key, context)
            with vault.blobs.open_blob(old.blob, old.key, size=old.size) as before:
                for piece in before:
                    digest.update(piece)
                    sealed.write(piece)
            sealed.finish()
            os.fsync(descriptor)
        except VaultDamaged:
            return False
        finally:
            os.close(descriptor)
    return digest.hexdigest() == old.sha256


def _exchange(tx: Transaction, anew: _Anew, number: int) -> None:
    """Rows speak of the new file, and nobody knows the old key any more."""
    old, connection = anew.old, tx.connection
    connection.execute(
        "INSERT INTO blob (blob_id, key, state, media_id, size, sha256, seal_round)"
        " VALUES (?, ?, 'held', ?, ?, ?, ?)",
        (anew.blob, anew.key, old.media_id, old.size, old.sha256, number),
    )
    connection.execute("UPDATE media_item SET blob_id = ? WHERE blob_id = ?", (anew.blob, old.blob))
    connection.execute("DELETE FROM blob WHERE blob_id = ?", (old.blob,))
    connection.execute("DELETE FROM erasure_residue WHERE kind = 'blob' AND name = ?", (anew.blob,))
    connection.execute("INSERT INTO erasure_residue (kind, name) VALUES ('blob', ?)", (old.blob,))


def _remove(vault: Vault, blobs: Sequence[BlobId]) -> None:
    """Files whose keys are gone are gone as well."""
    with naming_disk_faults("blobs"):
        for blob in blobs:
            vault.layout.blob(blob).unlink(missing_ok=True)
        # Else a power cut could bring a file back of which nothing is on record any more.
        for folder in {vault.layout.blob(blob).parent for blob in blobs}:
            if folder.is_dir():
                sync_folder(folder)
    with vault.bookkeeping() as books:
        books.executemany(
            "DELETE FROM erasure_residue WHERE kind = 'blob' AND name = ?",
            [(blob,) for blob in blobs],
        )


def _entry(vault: Vault, *, files: int, damaged: int, is_last: bool) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb="reseal",
        object_kind=ObjectKind.VAULT,
        object_reference=vault.identity,
        payload=(("files", str(files)), ("damaged", str(damaged)), ("finished", str(is_last))),
    )
