"""Whether a vault is sound: every page, every reference, every entry, every file.

A fault is a finding, named and located, and never ends the check: the rest of the vault is
looked at as well. Nothing is changed but the note of how far a deep check came, so that one that
is interrupted goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cport_desktop.domain.ids import BlobId, VaultId
from cport_desktop.domain.keeping import Finding
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, VaultDamaged
from cport_desktop.vault import audit_log
from cport_desktop.vault.blobs import BlobStore
from cport_desktop.vault.check_progress import MOST_FAULTY, Interrupted
from cport_desktop.vault.held_blobs import HeldBlob, page_of_held
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.vault.vault_files import faults_of_folder
from cport_desktop.words import vault_faults as words

_MOST_OF_A_KIND = 20
"""Findings by SQLite itself; a file that is torn to pieces needs no longer list."""
_BLOBS_AT_ONCE = 256
"""Rows of one look into the database, so that its log of writes can be merged in between."""
_BYTES_BETWEEN_NOTES = 256 * 1024 * 1024
"""After so much a deep check notes how far it came: a second's work, at most, is done again."""


@dataclass(frozen=True, slots=True)
class Part:
    """The `number`-th of `count` parts of the sealed files: the whole, spread over many days.

    Raises:
        ValueError: there is no such part.
    """

    number: int
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.count <= 10_000:
            raise ValueError("a part is counted from 1")

    def holds(self, blob: BlobId) -> bool:
        """Names are random, so that parts are of the same size."""
        return int(blob[:8], 16) % self.count == self.number - 1


class Readable(Protocol):
    """What can be looked over: an open vault, or one that was only laid out."""

    @property
    def identity(self) -> VaultId: ...
    @property
    def nature(self) -> Nature: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def blobs(self) -> BlobStore: ...
    def reader(self) -> AbstractContextManager[Reader]: ...


def check(
    vault: Vault,
    *,
    deep: bool,
    announce: Announce,
    is_cancelled: IsCancelled,
    part: Part | None = None,
    restart: bool = False,
) -> tuple[Finding, ...]:
    """Everything that is wrong; nothing, if the vault is sound.

    `deep`: every sealed file is opened and its digest compared, too; one that was interrupted
    goes on behind the last file, unless `restart`. `part`: only so many of the sealed files.

    Raises:
        Cancelled: it was asked to stop.
    """
    findings = [Finding(*found) for found in faults_of_folder(vault)]
    findings += check_database(vault, is_cancelled=is_cancelled)
    if vault.derivatives.is_damaged():
        findings.append(Finding("derivatives.db", words.PICTURES_DAMAGED))
    if deep and part is None:
        findings += _resumable(vault, announce, is_cancelled, restart=restart)
    else:
        chosen = (lambda _blob: True) if part is None else part.holds
        look = _Look(vault, deep=deep, announce=announce, is_cancelled=is_cancelled)
        findings += (found for _, found in look.through("", chosen) if found is not None)
    return tuple(findings)


def check_database(vault: Readable, *, is_cancelled: IsCancelled) -> list[Finding]:
    """What is wrong with pages, structure, references, identity, log and rows of media.

    Raises:
        Cancelled: it was asked to stop.
    """
    findings: list[Finding] = []
    for where, look in _DATABASE_CHECKS:
        if is_cancelled():
            raise Cancelled
        findings += _looked(vault, where, look)
    return findings


def check_blobs(vault: Readable, *, announce: Announce, is_cancelled: IsCancelled) -> list[Finding]:
    """What is wrong with the sealed files, each read to its end.

    Raises:
        Cancelled: it was asked to stop.
    """
    look = _Look(vault, deep=True, announce=announce, is_cancelled=is_cancelled)
    return [found for _, found in look.through("", lambda _blob: True) if found is not None]


def _resumable(
    vault: Vault, announce: Announce, is_cancelled: IsCancelled, *, restart: bool
) -> Iterator[Finding]:
    """A deep look at every file, behind those that an interrupted check has seen already."""
    notes = vault.check_progress
    if restart:
        notes.clear()
    with vault.transaction() as tx:
        now = tx.now
    state = notes.load() or Interrupted(now, "", ())
    look = _Look(vault, deep=True, announce=announce, is_cancelled=is_cancelled)
    again = set(state.faulty)
    still: list[str] = []
    for blob, found in look.through("", lambda name: name in again) if again else ():
        if found is not None:
            still.append(blob.blob)
            yield found
    noted = 0
    for blob, found in look.through(state.last_blob, lambda _blob: True):
        if found is not None:
            still.append(blob.blob)
            yield found
        noted += blob.size
        if noted >= _BYTES_BETWEEN_NOTES or found is not None:
            noted = 0
            notes.save(Interrupted(state.started_at, blob.blob, tuple(still[:MOST_FAULTY])))
    notes.clear()


class _Look:
    """A walk through the sealed files in the order of their names."""

    def __init__(
        self, vault: Readable, *, deep: bool, announce: Announce, is_cancelled: IsCancelled
    ) -> None:
        self._vault = vault
        self._deep = deep
        self._announce = announce
        self._is_cancelled = is_cancelled

    def through(
        self, after: str, is_chosen: Callable[[BlobId], bool]
    ) -> Iterator[tuple[HeldBlob, Finding | None]]:
        """Each chosen file behind the name `after`, and what is wrong with it."""
        total, done = self._count(after), 0
        while page := self._page(after):
            for blob in page:
                if self._is_cancelled():
                    raise Cancelled
                if is_chosen(blob.blob):
                    what = _fault_of_file(self._vault, blob, deep=self._deep)
                    yield blob, None if what is None else Finding(f"blob {blob.blob}", what)
                done += 1
                self._announce(Progress(Phase.CHECKING, min(done, total), total))
            after = page[-1].blob

    def _page(self, after: str) -> tuple[HeldBlob, ...]:
        try:
            with self._vault.reader() as reader:
                return page_of_held(reader.connection, after=after, limit=_BLOBS_AT_ONCE)
        except VaultDamaged:
            return ()  # That `vault.db` cannot be read is among the findings already.

    def _count(self, after: str) -> int:
        try:
            with self._vault.reader() as reader:
                row = reader.connection.execute(
                    "SELECT count(*) FROM blob WHERE state = 'held' AND blob_id > ?", (after,)
                ).fetchone()
        except VaultDamaged:
            return 0
        return 0 if row is None else int(row[0])


def _looked(
    vault: Readable, where: str, look: Callable[[Readable, Reader], Iterator[str]]
) -> list[Finding]:
    found: list[Finding] = []
    try:
        with vault.reader() as reader:
            found.extend(Finding(where, what) for what in look(vault, reader))
    except VaultDamaged:
        found.append(Finding(where, words.CANNOT_BE_READ))
    return found


def _pages(_vault: Readable, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute("PRAGMA cipher_integrity_check").fetchall()
    for row in rows[:_MOST_OF_A_KIND]:
        yield words.PAGE_CHANGED.format(detail=row[0])


def _structure(_vault: Readable, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute(f"PRAGMA integrity_check({_MOST_OF_A_KIND})").fetchall()
    for (detail,) in rows:
        if detail != "ok":
            yield words.STRUCTURE_BROKEN.format(detail=detail)


def _references(_vault: Readable, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute("PRAGMA foreign_key_check").fetchall()
    for row in rows[:_MOST_OF_A_KIND]:
        yield words.REFERENCE_BROKEN.format(table=row[0])


def _identity(vault: Readable, reader: Reader) -> Iterator[str]:
    rows = reader.connection.execute("SELECT name, value FROM meta").fetchall()
    inscribed: dict[str, str] = dict(rows)
    if inscribed.get("vault") != vault.identity:
        yield words.IDENTITY_DIFFERS
    if inscribed.get("nature") != vault.nature.value:
        yield words.NATURE_DIFFERS


def _audit(_vault: Readable, reader: Reader) -> Iterator[str]:
    fault = audit_log.verify(reader).fault
    if fault is not None:
        yield fault


def _media(_vault: Readable, reader: Reader) -> Iterator[str]:
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


def _fault_of_file(vault: Readable, blob: HeldBlob, *, deep: bool) -> str | None:
    path: Path = vault.layout.blob(blob.blob)
    if not path.is_file():
        return words.FILE_MISSING
    if path.stat().st_size != blob.sealed_size:
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
