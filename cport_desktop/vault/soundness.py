"""Whether a vault is sound: every page, every reference, every entry, every file.

A fault is a finding and never ends the check: the rest of the vault is looked at as well.
Changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cport_desktop.crypto.sealing import sealed_size
from cport_desktop.domain.ids import BlobId
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, VaultDamaged
from cport_desktop.vault import audit_log
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import vault_faults as words

_MOST_OF_A_KIND = 20
"""Findings by SQLite itself; a file that is torn to pieces needs no longer list."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, and what is wrong there, in a sentence."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class _Blob:
    blob: BlobId
    key: bytes
    size: int
    sha256: str


def check(
    vault: Vault, *, deep: bool, announce: Announce, is_cancelled: IsCancelled
) -> tuple[Finding, ...]:
    """Everything that is wrong; nothing, if the vault is sound.

    `deep`: every sealed file is opened and its digest compared, too.

    Raises:
        Cancelled: it was asked to stop.
    """
    findings: list[Finding] = []
    for where, look in _DATABASE_CHECKS:
        if is_cancelled():
            raise Cancelled
        findings += _looked(vault, where, look)
    if vault.derivatives.is_damaged():
        findings.append(Finding("derivatives.db", words.PICTURES_DAMAGED))
    findings += _strangers(vault)
    blobs = _held_blobs(vault)
    for done, blob in enumerate(blobs):
        if is_cancelled():
            raise Cancelled
        announce(Progress(Phase.CHECKING, done, len(blobs)))
        what = _fault_of_file(vault, blob, deep=deep)
        if what is not None:
            findings.append(Finding(f"blob {blob.blob}", what))
    announce(Progress(Phase.CHECKING, len(blobs), len(blobs)))
    return tuple(findings)


def _looked(
    vault: Vault, where: str, look: Callable[[Vault, Reader], Iterator[str]]
) -> list[Finding]:
    found: list[Finding] = []
    try:
        with vault.reader() as reader:
            found.extend(Finding(where, what) for what in look(vault, reader))
    except VaultDamaged:
        found.append(Finding(where, words.CANNOT_BE_READ))
    return found


def _pages(_vault: Vault, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute("PRAGMA cipher_integrity_check").fetchall()
    for row in rows[:_MOST_OF_A_KIND]:
        yield words.PAGE_CHANGED.format(detail=row[0])


def _structure(_vault: Vault, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute(f"PRAGMA integrity_check({_MOST_OF_A_KIND})").fetchall()
    for (detail,) in rows:
        if detail != "ok":
            yield words.STRUCTURE_BROKEN.format(detail=detail)


def _references(_vault: Vault, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute("PRAGMA foreign_key_check").fetchall()
    for row in rows[:_MOST_OF_A_KIND]:
        yield words.REFERENCE_BROKEN.format(table=row[0])


def _identity(vault: Vault, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute("SELECT name, value FROM meta").fetchall()
    inscribed: dict[str, str] = dict(rows)
    if inscribed.get("vault") != vault.identity:
        yield words.IDENTITY_DIFFERS
    if inscribed.get("nature") != vault.nature.value:
        yield words.NATURE_DIFFERS


def _audit(_vault: Vault, reader: Reader) -> Iterator[str]:
    fault = audit_log.verify(reader).fault
    if fault is not None:
        yield fault


def _media(_vault: Vault, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute(
        "SELECT m.media_id FROM media_item AS m WHERE m.state = 'held' AND NOT EXISTS ("
        " SELECT 1 FROM blob AS b WHERE b.blob_id = m.blob_id AND b.state = 'held'"
        " AND b.sha256 = m.sha256) LIMIT ?",
        (_MOST_OF_A_KIND,),
    )
    for (media_id,) in rows.fetchall():
        yield f"M-{media_id}: {words.FILE_UNKNOWN}"


_DATABASE_CHECKS = (
    ("vault.db", _pages),
    ("vault.db", _structure),
    ("vault.db", _references),
    ("header", _identity),
    ("audit log", _audit),
    ("media", _media),
)


def _held_blobs(vault: Vault) -> list[_Blob]:
    try:
        with vault.reader() as reader:
            rows = reader.connection.execute(
                "SELECT blob_id, key, size, sha256 FROM blob WHERE state = 'held'"
            ).fetchall()
    except VaultDamaged:
        return []  # That `vault.db` cannot be read is among the findings already.
    return [_Blob(*row) for row in rows]


def _strangers(vault: Vault) -> list[Finding]:
    """Files among the blobs that no row knows."""
    try:
        with vault.reader() as reader:
            rows = reader.connection.execute("SELECT blob_id FROM blob").fetchall()
    except VaultDamaged:
        return []
    known = {row[0] for row in rows}
    files = (path for path in vault.layout.blobs.glob("*/*") if path.name not in known)
    return [Finding(f"blob {path.name}", words.FILE_STRAY) for path in sorted(files)]


def _fault_of_file(vault: Vault, blob: _Blob, *, deep: bool) -> str | None:
    path = vault.layout.blob(blob.blob)
    if not path.is_file():
        return words.FILE_MISSING
    if path.stat().st_size != sealed_size(blob.size):
        return words.FILE_LENGTH
    try:
        with vault.blobs.open_blob(blob.blob, blob.key, size=blob.size) as sealed:
            if not deep:
                return None
            digest = hashlib.sha256()
            for piece in sealed:
                digest.update(piece)
    except VaultDamaged:
        return words.FILE_CHANGED
    return None if digest.hexdigest() == blob.sha256 else words.FILE_DIGEST
