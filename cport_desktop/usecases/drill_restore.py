"""A restore drill: the backup is really restored, into the vault's own staging, and looked over.

What lies there meanwhile is as encrypted as the vault itself, and it is removed at the end; after
a kill the next opening sweeps it. With a secret the drill also proves that a slot opens the
backup; without one it uses the keys in memory, and says so.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import VaultId
from cport_desktop.domain.keeping import Drilled, Finding
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.errors import BackupUnfit, CportError, UnknownReference, VaultError
from cport_desktop.usecases.permission import require
from cport_desktop.vault import audit_log, header_record, inspection, keeping
from cport_desktop.vault.audit_trail import frontier_at
from cport_desktop.vault.backup import Watch
from cport_desktop.vault.backup_chain import Chain, open_chain, opened_by
from cport_desktop.vault.backup_reader import look_at
from cport_desktop.vault.blobs import BlobStore
from cport_desktop.vault.connections import ReaderPool
from cport_desktop.vault.durable_files import PRIVATE_FOLDER
from cport_desktop.vault.header import VaultKeys, is_sealed_with
from cport_desktop.vault.keeping import SOUND, Kept
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.restoring import unpack
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.soundness import check_blobs, check_database
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.vault.vault_files import DRILL_PREFIX
from cport_desktop.words import keeping as words


@dataclass(frozen=True, slots=True)
class DrillOrder:
    """`file`: the last backup if None. `bases`: beside those that the vault remembers.

    `secret`: what is to be shown to open the backup; `slot` names its slot (else any).
    """

    file: Path | None = None
    bases: tuple[Path, ...] = ()
    secret: Secret | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class _Scratch:
    """A vault that was laid out for reading alone."""

    identity: VaultId
    nature: Nature
    layout: Layout
    blobs: BlobStore
    pool: ReaderPool

    def reader(self) -> AbstractContextManager[Reader]:
        return self.pool.reader()


def drill_restore(
    vault: Vault, order: DrillOrder, *, announce: Announce, is_cancelled: IsCancelled
) -> Drilled:
    """What the backup is good for, shown and on record; the vault is as it was.

    Raises:
        RoleMissing: the analyst does not administer the vault.
        UnknownReference: no backup was ever made.
        BackupDamaged, BackupUnfit, VaultNewer, WrongPassphrase: the backup is good for nothing
            as it is, which is on record too.
        StorageFull: no room to restore into.
        Cancelled: it was asked to stop.
    """
    require(vault, Role.ADMINISTRATOR)
    known = _known_files(vault)
    file = order.file or _last_file(vault)
    try:
        done = _drilled(vault, file, order, known, Watch(announce, is_cancelled))
    except CportError as error:
        _keep(vault, file, error.code, {})
        raise
    verdict = SOUND if not done.findings else f"{len(done.findings)} findings"
    _keep(vault, file, verdict, {"backup": done.backup, "made_at": done.made_at})
    return done


def _drilled(
    vault: Vault, file: Path, order: DrillOrder, known: Mapping[str, Path], watch: Watch
) -> Drilled:
    keys = _keys(vault, file, order)
    with (
        open_chain(file, (*_remembered(file, known), *order.bases), keys) as chain,
        _scratch(vault, chain, keys, watch) as scratch,
    ):
        findings = check_database(scratch, is_cancelled=watch.is_cancelled)
        findings += check_blobs(scratch, announce=watch.announce, is_cancelled=watch.is_cancelled)
        proved, faults = _compared(vault, scratch, chain, keys)
        if order.secret is not None:
            proved.insert(0, words.SLOT_OPENS)
        else:
            proved.append(words.SLOT_NOT_TRIED)
        head = chain.target.preamble.head
        return Drilled(
            file=file,
            backup=head.backup,
            made_at=head.made_at,
            blobs=chain.target.manifest.blobs,
            size=chain.size,
            proved=tuple(proved),
            findings=(*findings, *faults),
        )


def _keys(vault: Vault, file: Path, order: DrillOrder) -> VaultKeys:
    if look_at(file).head.vault != vault.identity:
        raise BackupUnfit(file=file.name, cause=words.OTHER_VAULT)
    if order.secret is None:
        return vault.header.keys
    return opened_by(file, order.secret, order.slot).keys


@contextmanager
def _scratch(vault: Vault, chain: Chain, keys: VaultKeys, watch: Watch) -> Iterator[_Scratch]:
    layout = Layout(vault.layout.staging / f"{DRILL_PREFIX}{secrets.token_hex(8)}")
    layout.directory.mkdir(mode=PRIVATE_FOLDER)
    try:
        unpack(chain, layout, watch=watch)
        pool = ReaderPool(layout.database, keys.database)
        try:
            blobs = BlobStore(layout, vault.identity)
            yield _Scratch(vault.identity, vault.nature, layout, blobs, pool)
        finally:
            pool.close()
    finally:
        shutil.rmtree(layout.directory, ignore_errors=True)


def _compared(
    vault: Vault, scratch: _Scratch, chain: Chain, keys: VaultKeys
) -> tuple[list[str], list[Finding]]:
    """What was restored against the manifest, and its log against the vault's own."""
    manifest = chain.target.manifest
    with scratch.reader() as reader:
        size, root = audit_log.head(reader)
        state = inspection.digest(reader)
        header = header_record.load(reader.connection)
    with vault.reader() as reader:
        now, _ = audit_log.head(reader)
        same = now >= size and frontier_at(reader.connection, size).root().hex() == root
    claims = (
        ((size, root) == (manifest.log_size, manifest.log_root), "audit log", words.LOG_WHOLE),
        (state == manifest.state, "state", words.STATE_SAME),
        (same, "audit log", words.log_goes_on(size, now)),
        (is_sealed_with(header, keys, None), "header", words.HEADER_SAME),
    )
    proved = [words.all_restored(manifest.blobs, chain.size)]
    proved += [sentence for holds, _, sentence in claims if holds]
    faults = [Finding(where, words.not_so(said)) for holds, where, said in claims if not holds]
    return proved, faults


def _known_files(vault: Vault) -> dict[str, Path]:
    """Where each backup of this vault was written."""
    with vault.reader() as reader:
        records = keeping.listing(reader, kind=Kept.BACKUP, limit=1000)
    return {
        str(record.facts["backup"]): Path(str(record.facts["path"]))
        for record in records
        if record.facts.get("backup") and record.facts.get("path")
    }


def _last_file(vault: Vault) -> Path:
    with vault.reader() as reader:
        record = keeping.last(reader, Kept.BACKUP, with_file=True)
    if record is None:
        raise UnknownReference(kind="backup", reference="")
    return Path(str(record.facts["path"]))


def _remembered(file: Path, known: Mapping[str, Path]) -> Sequence[Path]:
    """Files that are still where they were written, but for the one in question."""
    return [path for name, path in known.items() if path != file and _is_still(path, name)]


def _is_still(path: Path, backup: str) -> bool:
    try:
        return look_at(path).head.backup == backup
    except (VaultError, BackupUnfit):
        return False  # Gone, or something else by now: should it be needed, that will be said.


def _keep(vault: Vault, file: Path, verdict: str, facts: keeping.Facts) -> None:
    with vault.transaction() as tx:
        keeping.note(tx, Kept.DRILL, verdict, {"path": str(file.absolute()), **facts})
        tx.record(
            AuditDraft(
                action=AuditAction.ACCESS,
                verb="drill",
                object_kind=ObjectKind.VAULT,
                object_reference=vault.identity,
                payload=(("file", file.name), ("verdict", verdict)),
            )
        )
