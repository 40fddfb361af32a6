"""Back the vault up into one sealed file, while it is open and in use.

On record before a byte leaves; written beside the target, flushed, read back and checked, and
only then named and recorded as verified. An existing file is never touched.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cport_desktop.clock import iso_utc
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.keeping import BackedUp
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError
from cport_desktop.exports.output_files import growing_file
from cport_desktop.usecases.permission import require
from cport_desktop.vault import backup, keeping
from cport_desktop.vault.backup import BackupPlan, Watch
from cport_desktop.vault.backup_format import MAGIC
from cport_desktop.vault.backup_reader import BackupReader
from cport_desktop.vault.durable_files import write_all
from cport_desktop.vault.keeping import SOUND, Kept
from cport_desktop.vault.snapshot import Snapshot, snapshot
from cport_desktop.vault.vault import Vault


def back_up(
    vault: Vault,
    target: Path,
    *,
    since: Path | None = None,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> BackedUp:
    """`target` holds the vault as it was when this began, and was read back.

    `since`: a backup whose blobs are left out; it (and what it builds on) is needed to restore.

    Raises:
        RoleMissing, OutputExists, OutputUnwritable, StorageFull: nothing lies at `target`.
        BackupUnfit, BackupDamaged, VaultNewer: `since` cannot be built on.
        BackupDamaged: the medium gave back something else than was written.
        KeepingUnderWay: an erasure is under way.
        VaultDamaged: the database cannot be read.
        Cancelled: it was asked to stop.
    """
    require(vault, Role.ADMINISTRATOR)
    watch = Watch(announce, is_cancelled)
    with vault.blob_guard.staying():
        began = _begun(vault, target)
        try:
            done = _backed_up(vault, target, since, watch, at=began)
        except CportError as error:
            _record(vault, target, "backup_failed", error.code)
            raise
        _keep(vault, done)
    return done


def _backed_up(
    vault: Vault, target: Path, since: Path | None, watch: Watch, *, at: datetime
) -> BackedUp:
    with (
        _base(vault, since) as base,
        growing_file(target, begins_with=MAGIC) as (part, descriptor),
        snapshot(vault, announce=watch.announce, is_cancelled=watch.is_cancelled) as copy,
    ):
        planned = backup.plan(vault, copy, base, made_at=iso_utc(at))
        digest = hashlib.sha256()

        def sink(piece: memoryview) -> None:
            write_all(descriptor, piece)
            digest.update(piece)

        backup.write(vault, copy, base, planned, sink=sink, watch=watch)
        os.fsync(descriptor)
        _forget_cached(descriptor)
        damaged = backup.verify(part, vault, copy, planned, watch=watch)
        return _facts(
            target,
            planned,
            copy,
            damaged,
            sha256=digest.hexdigest(),
            written=os.fstat(descriptor),
        )


@contextmanager
def _base(vault: Vault, since: Path | None) -> Iterator[BackupReader | None]:
    if since is None:
        yield None
        return
    with backup.open_base(vault, since) as base:
        yield base


def _forget_cached(descriptor: int) -> None:
    """Otherwise what is read back comes from memory, and a bad medium is not found out."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _facts(
    target: Path,
    planned: BackupPlan,
    copy: Snapshot,
    damaged: tuple[str, ...],
    *,
    sha256: str,
    written: os.stat_result,
) -> BackedUp:
    head, manifest = planned.preamble.head, planned.manifest
    return BackedUp(
        path=target,
        backup=head.backup,
        made_at=head.made_at,
        sha256=sha256,
        size=written.st_size,
        blobs=manifest.blobs,
        blobs_here=planned.blobs_here,
        base=manifest.chain[0].backup if manifest.chain else None,
        needed=1 + len(manifest.chain),
        log_size=copy.log_size,
        log_root=copy.log_root,
        faults=(*copy.faults, *planned.missing, *damaged),
        is_on_same_disk=written.st_dev == copy.path.stat().st_dev,
    )


def _begun(vault: Vault, target: Path) -> datetime:
    with vault.transaction() as tx:
        tx.record(_entry(vault, target, "backup"))
        return tx.now


def _keep(vault: Vault, done: BackedUp) -> None:
    verdict = SOUND if not done.faults else f"{len(done.faults)} faults in the vault"
    facts: keeping.Facts = {
        "backup": done.backup,
        "made_at": done.made_at,
        "path": str(done.path.absolute()),
        "sha256": done.sha256,
        "size": done.size,
        "blobs": done.blobs,
        "base": done.base,
        "needed": done.needed,
        "log_size": done.log_size,
    }
    with vault.transaction() as tx:
        keeping.note(tx, Kept.BACKUP, verdict, facts)
        tx.record(_entry(vault, done.path, "backup_verified", done.backup, done.sha256))


def _record(vault: Vault, target: Path, verb: str, code: str) -> None:
    with vault.transaction() as tx:
        tx.record(_entry(vault, target, verb, code))


def _entry(vault: Vault, target: Path, verb: str, *more: str) -> AuditDraft:
    names = ("backup", "sha256") if len(more) > 1 else ("outcome",)
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=vault.identity,
        payload=(("file", target.name), *zip(names, more, strict=False)),
    )
