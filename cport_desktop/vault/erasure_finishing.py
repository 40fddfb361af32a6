"""Takes away what an erasure left in files, and certifies it.

Each step can be repeated, so a crash anywhere is made good by doing all of it again, at the next
opening at the latest:

1. Terms in the search indexes. A contentless index of FTS5 only marks a deleted row and keeps
   its terms until the segments are merged (`secure-delete` is not for such indexes; tried). So
   all segments are merged into one, in steps.
2. Sealed files whose keys are gone, pictures of them, and the packed indexes of likeness in which they
   were: those of their ranges of numbers, and no others.
3. The log of writes: SQLite keeps older pages there until it is cut (`wal_checkpoint(TRUNCATE)`).
   In the database itself freed space was overwritten at once (`secure_delete`).
4. The certificate, with the head of the log behind everything that was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.signed_note import SignedNote, print_note, sign_note
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.erasure import Certificate, ErasureId
from cport_desktop.domain.ids import Actor, BlobId, VaultId
from cport_desktop.errors import KeepingUnderWay
from cport_desktop.formats.erasure_notes import certificate_text
from cport_desktop.vault import erased, likeness, log_identity
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.checkpoints import verifier_of
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.durable_files import naming_disk_faults, sync_folder
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.transaction import Transaction
from cport_desktop.words import keeping as words

_INDEXES: Final = ("report_words", "url_parts")

_PAGES_AT_ONCE: Final = 2_000
"""Of an index in one transaction: 8 MB, so that other writers wait for a moment only."""

_WORK_IS_DONE: Final = 2
"""A merge that had nothing to do changes fewer rows than this (SQLite, FTS5, 6.11)."""


class Pictures(Protocol):
    """What is needed of `Derivatives`."""

    def forget(self, digests: Sequence[str], *, segments: Sequence[int]) -> None: ...


@dataclass(frozen=True, slots=True)
class Files:
    """What finishing works on."""

    vault: VaultId
    layout: Layout
    writer: Writer
    pictures: Pictures
    arriving: Callable[[], frozenset[BlobId]]
    """Files that somebody is writing: they are left to him until he has ended."""


@dataclass(frozen=True, slots=True)
class _Residue:
    """`named`: kind and name of files and pictures. `segments`: as `likeness.segments_lost` tells."""

    named: list[Row]
    segments: Mapping[int, int]


def finish(files: Files) -> tuple[ErasureId, ...]:
    """Every erasure that was begun is finished; those that were not before.

    Raises:
        KeepingUnderWay: a reader is at work that still sees the state before, or one of the files
            is still arriving; later, then.
        StorageFull, VaultDamaged: the disk.
    """
    with files.writer.bookkeeping() as connection:
        waiting = erased.unfinished(connection)
        residue = _residue(connection)
    if files.arriving() & {BlobId(name) for _, name in residue.named}:
        raise KeepingUnderWay(what=words.AN_ARRIVAL)
    for index in _INDEXES if waiting else ():
        _merge_wholly(files.writer, index)
    _clear(files, residue)
    if not waiting:
        with files.writer.bookkeeping() as connection:
            _strike_off(connection, residue)
        return ()
    if not files.writer.cut_log():
        raise KeepingUnderWay(what=words.A_READER)
    with files.writer.transaction() as tx:
        _strike_off(tx.connection, residue)
        for erasure_id in waiting:
            _certify(tx, files.vault, erasure_id)
    # Names of files and digests of pictures were on these pages.
    files.writer.cut_log()
    return waiting


def _merge_wholly(writer: Writer, index: str) -> None:
    """The index is one segment, without a term of any deleted row."""
    pages = -_PAGES_AT_ONCE
    while True:
        with writer.bookkeeping() as connection:
            before = connection.total_changes
            connection.execute(
                f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)",  # noqa: S608 - constant names
                (pages,),
            )
            if connection.total_changes - before < _WORK_IS_DONE:
                return
        pages = _PAGES_AT_ONCE


def _residue(connection: Connection) -> _Residue:
    named = connection.execute("SELECT kind, name FROM erasure_residue").fetchall()
    return _Residue(named, likeness.segments_lost(connection))


def _clear(files: Files, residue: _Residue) -> None:
    """Files without a key, and pictures and packed digests of erased media, are gone, durably."""
    blobs = [BlobId(name) for kind, name in residue.named if kind == "blob"]
    pictures = [name for kind, name in residue.named if kind == "picture"]
    if pictures or residue.segments:
        files.pictures.forget(pictures, segments=[*residue.segments])
    with naming_disk_faults("blobs"):
        for blob in blobs:
            files.layout.blob(blob).unlink(missing_ok=True)
            files.layout.staged(blob).unlink(missing_ok=True)
        for folder in {files.layout.blob(blob).parent for blob in blobs}:
            if folder.is_dir():
                sync_folder(folder)
        if blobs:
            sync_folder(files.layout.staging)


def _strike_off(connection: Connection, residue: _Residue) -> None:
    connection.executemany("DELETE FROM erasure_residue WHERE kind = ? AND name = ?", residue.named)
    likeness.segments_gone(connection, residue.segments)


def _certify(tx: Transaction, vault: VaultId, erasure_id: ErasureId) -> None:
    """It is on record that nothing is left, and the certificate says so with the head of then."""
    tx.record(
        AuditDraft(
            action=AuditAction.ERASURE,
            verb="certify",
            object_kind=ObjectKind.VAULT,
            object_reference=erasure_id,
        )
    )
    tx.connection.execute(
        "UPDATE erasure SET certificate = ?, finished_at = ? WHERE erasure_id = ?",
        (_signed_certificate(tx, vault, erasure_id), microseconds(tx.now), erasure_id),
    )


def _signed_certificate(tx: Transaction, vault: VaultId, erasure_id: ErasureId) -> bytes:
    identity, log = log_identity.load(tx.connection), tx.log()
    reports, media = erased.items_of(tx.connection, erasure_id)
    at_us, actor = _when_and_who(tx.connection, erasure_id)
    certificate = Certificate(
        vault=vault,
        erasure_id=erasure_id,
        at=moment_of(at_us),
        actor=actor,
        ground=erased.ground_of(tx.connection, erasure_id),
        reports=reports,
        media=media,
        log_size=log.size,
        log_root=log.root().hex(),
    )
    text = certificate_text(certificate, identity.origin)
    sign = message_keys.signing_with(identity.private_key)
    return print_note(SignedNote(text, (sign_note(text, verifier_of(identity), sign),)))


def _when_and_who(connection: Connection, erasure_id: ErasureId) -> tuple[int, Actor]:
    row = connection.execute(
        "SELECT at_us, actor FROM erasure WHERE erasure_id = ?", (erasure_id,)
    ).fetchone()
    assert row is not None
    return row[0], Actor(row[1])
