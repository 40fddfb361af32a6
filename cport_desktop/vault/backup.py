"""A backup of the whole vault, written while the vault is open and in use.

    copy of the database (one state) → what it names: sealed blobs → one sealed stream → read back

The blobs go as they are: immutable, each under its own key, which lies in the database. With a
base, those that the base (or what it builds on) has are left out. What reading back proves:
every chunk of the stream, the digest of the database, and every blob under its own key. A blob
that the vault itself has lost or damaged does not stop the backup of all the others: it is named.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.crypto.sealing import SealedReader, SealedWriter, Sink
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import BackupDamaged, BackupUnfit, Cancelled, VaultDamaged
from cport_desktop.vault.backup_format import (
    HERE,
    LONGEST_CHAIN,
    NOWHERE,
    SALT_SIZE,
    Base,
    Entry,
    Head,
    Manifest,
    Preamble,
    manifest_digest,
    print_entry,
    print_manifest,
    print_preamble,
)
from cport_desktop.vault.backup_reader import BackupReader, look_at, open_backup
from cport_desktop.vault.blobs import seal_context
from cport_desktop.vault.durable_files import naming_disk_faults
from cport_desktop.vault.header import print_header
from cport_desktop.vault.held_blobs import HeldBlob
from cport_desktop.vault.snapshot import Snapshot
from cport_desktop.vault.vault import Vault
from cport_desktop.words import keeping as words

_PIECE = 1024 * 1024
_ENTRIES_AT_ONCE = 8192
"""Of the table, 256 KiB."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What a backup is going to hold. `missing`: blobs that are not in the vault any more."""

    preamble: Preamble
    manifest: Manifest
    blobs_here: int
    bytes_here: int
    missing: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What a later backup names this one by."""
        return manifest_digest(print_manifest(self.manifest)[4:])


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far it is, and who says when to stop."""

    announce: Announce
    is_cancelled: IsCancelled

    def tell(self, phase: Phase, done: int, total: int | None) -> None:
        """Raises Cancelled: it was asked to stop."""
        if self.is_cancelled():
            raise Cancelled
        self.announce(Progress(phase, done, total))


def open_base(vault: Vault, path: Path) -> BackupReader:
    """A backup of this vault on which another one may build.

    Raises:
        BackupUnfit: of another vault, under an earlier key, or at the end of too long a chain.
        BackupDamaged, VaultNewer: as `open_backup`.
    """
    head = look_at(path).head
    if head.vault != vault.identity:
        raise BackupUnfit(file=path.name, cause=words.OTHER_VAULT)
    try:
        base = open_backup(path, vault.header.keys.backup)
    except BackupDamaged as error:
        if error.facts["where"] == "head":
            raise BackupUnfit(file=path.name, cause=words.OTHER_KEY) from error
        raise
    if len(base.manifest.chain) >= LONGEST_CHAIN:
        base.close()
        raise BackupUnfit(file=path.name, cause=words.CHAIN_TOO_LONG)
    return base


def plan(vault: Vault, copy: Snapshot, base: BackupReader | None, *, made_at: str) -> BackupPlan:
    """What is going to be written, before a byte of it is."""
    table, entries, here, size = hashlib.sha256(), 0, 0, 0
    missing: list[str] = []
    for entry in placed_blobs(vault, copy, base):
        table.update(print_entry(entry))
        entries += 1
        if entry.place == HERE:
            here += 1
            size += entry.size
        elif entry.place == NOWHERE:
            missing.append(words.blob_missing(entry.blob))
    head = Head(
        backup=secrets.token_hex(16),
        vault=vault.identity,
        nature=vault.nature,
        made_at=made_at,
        salt=secrets.token_hex(SALT_SIZE),
        header=print_header(copy.header).decode("ascii"),
    )
    manifest = Manifest(
        schema=copy.schema,
        database_size=copy.size,
        database_sha256=copy.sha256,
        log_size=copy.log_size,
        log_root=copy.log_root,
        state=copy.state,
        blobs=entries,
        table_sha256=table.hexdigest(),
        chain=_chain(base),
    )
    return BackupPlan(print_preamble(head), manifest, here, size, tuple(missing))


def placed_blobs(vault: Vault, copy: Snapshot, base: BackupReader | None) -> Iterator[Entry]:
    """Every held blob with the place where a restore will find it."""
    earlier = iter(()) if base is None else base.entries()
    known = next(earlier, None)
    for held in copy.held_blobs():
        while known is not None and known.blob < held.blob:
            known = next(earlier, None)
        is_known = known is not None and known.blob == held.blob and known.place != NOWHERE
        if is_known and known is not None and known.size == held.sealed_size:
            yield Entry(held.blob, held.sealed_size, known.place + 1)
        else:
            yield Entry(held.blob, held.sealed_size, _place_of(vault, held))


def write(
    vault: Vault,
    copy: Snapshot,
    base: BackupReader | None,
    planned: BackupPlan,
    *,
    sink: Sink,
    watch: Watch,
) -> None:
    """The whole backup is in the sink, which the caller flushes.

    Raises:
        VaultDamaged: a blob went away meanwhile, or cannot be read.
        Cancelled: it was asked to stop.
    """
    preamble = planned.preamble
    sink(memoryview(preamble.clear))
    sealed = SealedWriter.begin(
        sink, preamble.stream_key(vault.header.keys.backup), preamble.context
    )
    sealed.write(print_manifest(planned.manifest))
    for piece in _table(placed_blobs(vault, copy, base)):
        sealed.write(piece)
    total = copy.size + planned.bytes_here
    done = 0
    for piece in _bytes_of_all(vault, copy, base):
        sealed.write(piece)
        done += len(piece)
        watch.tell(Phase.BACKING_UP, min(done, total), total)
    sealed.finish()


def verify(
    path: Path, vault: Vault, copy: Snapshot, planned: BackupPlan, *, watch: Watch
) -> tuple[str, ...]:
    """What is wrong with blobs of the vault itself; the file at `path` is what was planned.

    Raises:
        BackupDamaged: it is not; it must not be kept.
        Cancelled: it was asked to stop.
    """
    damaged: list[str] = []
    with open_backup(path, vault.header.keys.backup) as backup:
        if backup.digest != planned.digest or backup.preamble.clear != planned.preamble.clear:
            raise BackupDamaged(file=path.name, where="manifest")
        total, done = copy.size + planned.bytes_here, 0
        for piece in backup.database():
            done += len(piece)
            watch.tell(Phase.CHECKING, done, total)
        keys = copy.held_blobs()
        for entry, offset in backup.blobs_here():
            held = next(row for row in keys if row.blob == entry.blob)
            if not _is_sound(vault, backup, held, entry, offset):
                # Which of the two is it? If the backup cannot be read, this raises.
                for _ in backup.blob(entry, offset):
                    pass
                damaged.append(words.blob_damaged(entry.blob))
            done += entry.size
            watch.tell(Phase.CHECKING, done, total)
    return tuple(damaged)


def _is_sound(
    vault: Vault, backup: BackupReader, held: HeldBlob, entry: Entry, offset: int
) -> bool:
    file = backup.blob_file(entry, offset)
    context = seal_context(vault.identity, held.blob)
    try:
        sealed = SealedReader(file, held.key, context, name=f"blob {held.blob}")
        return sum(map(len, sealed)) == held.size
    except VaultDamaged:
        return False


def _chain(base: BackupReader | None) -> tuple[Base, ...]:
    if base is None:
        return ()
    head = base.preamble.head
    return (Base(head.backup, head.made_at, base.digest), *base.manifest.chain)


def _place_of(vault: Vault, held: HeldBlob) -> int:
    try:
        size = vault.layout.blob(held.blob).stat().st_size
    except FileNotFoundError:
        return NOWHERE
    return HERE if size == held.sealed_size else NOWHERE


def _table(entries: Iterable[Entry]) -> Iterator[bytes]:
    piece = bytearray()
    for entry in entries:
        piece += print_entry(entry)
        if len(piece) >= _ENTRIES_AT_ONCE * 32:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _bytes_of_all(vault: Vault, copy: Snapshot, base: BackupReader | None) -> Iterator[bytes]:
    yield from _bytes_of(copy.path, copy.size)
    for entry in placed_blobs(vault, copy, base):
        if entry.place == HERE:
            yield from _bytes_of(vault.layout.blob(entry.blob), entry.size)


def _bytes_of(path: Path, size: int) -> Iterator[bytes]:
    rest = size
    with naming_disk_faults(path.name), path.open("rb", buffering=0) as file:
        while rest and (piece := file.read(min(_PIECE, rest))):
            rest -= len(piece)
            yield piece
    if rest:
        raise VaultDamaged(where=path.name)
