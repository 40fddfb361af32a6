"""Restore a backup into an empty folder, with a secret of a slot of that time.

    unpacked and proved → opened → checked to the last byte → erasures applied again →
    on record, with a new lineage of the log → the folder is a vault

What was erased after the backup was made must not come back: registers of erasures that are
given, and that of the vault on this machine, are applied before anybody can open the vault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.keeping import Finding, Restored
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.errors import BackupDamaged
from cport_desktop.usecases.erase import new_erasure_id
from cport_desktop.usecases.permission import require
from cport_desktop.vault import audit_log, checkpoints, header_files, inspection, keeping
from cport_desktop.vault.audit_trail import frontier_at
from cport_desktop.vault.backup import Watch
from cport_desktop.vault.backup_chain import Chain, open_chain, opened_by
from cport_desktop.vault.erasure_register import RegisterApplied, apply_register, kept_outside
from cport_desktop.vault.keeping import SOUND, Kept
from cport_desktop.vault.migrations import known_migrations
from cport_desktop.vault.restoring import restored_into, unpack
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.vault.water_mark import MOST_LINEAGES, marked_lineage
from cport_desktop.words import keeping as words


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """`bases`: files that the backup builds on. `slot` names one of that time (else any).

    `erasures`: registers of what was erased since. `marks`: where this machine keeps what it
    knows of its vaults (the high-water mark, the register of erasures), if it does.
    """

    file: Path
    directory: Path
    secret: Secret
    bases: tuple[Path, ...] = ()
    slot: str | None = None
    erasures: tuple[bytes, ...] = ()
    marks: Path | None = None


def restore_vault(
    order: RestoreOrder,
    *,
    clock: Clock,
    program: str,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> Restored:
    """The folder holds the vault as it was, checked, closed and ready to be opened.

    Raises:
        VaultExists, OutputExists: the folder is not empty; nothing there was touched.
        WrongPassphrase: no slot of that time opens.
        BackupDamaged, BackupUnfit, VaultNewer: the files; nothing is left in the folder.
        CheckpointMalformed, SignatureInvalid: a register of erasures is not this vault's own.
        RoleMissing: the analyst of that slot does not administer the vault.
        StorageFull, VaultDamaged: the disk.
        Cancelled: it was asked to stop; nothing is left in the folder.
    """
    watch = Watch(announce, is_cancelled)
    opened = opened_by(order.file, order.secret, order.slot)
    with (
        open_chain(order.file, order.bases, opened.keys) as chain,
        restored_into(order.directory, program=program) as layout,
    ):
        unpack(chain, layout, watch=watch)
        header_files.write(layout, opened.header)
        with open_vault(
            layout.directory,
            secret=order.secret,
            slot=opened.slot.name,
            clock=clock,
            program=program,
            announce=announce,
        ) as vault:
            require(vault, Role.ADMINISTRATOR)
            _require_same_state(vault, chain)
            findings = inspection.check(
                vault, deep=True, announce=announce, is_cancelled=is_cancelled
            )
            applied = _erased_again(vault, order)
            findings += tuple(Finding(*words.still_held(number)) for number in applied.held)
            return _handed_over(vault, chain, order, findings, erased_again=applied.reports)


def _require_same_state(vault: Vault, chain: Chain) -> None:
    """What was opened is what the backup's manifest speaks of."""
    manifest, name = chain.target.manifest, chain.target.name
    with vault.reader() as reader:
        root = frontier_at(reader.connection, manifest.log_size).root().hex()
        size, _ = audit_log.head(reader)
        state = inspection.digest(reader)
    if size < manifest.log_size or root != manifest.log_root:
        raise BackupDamaged(file=name, where="audit log")
    # A later version of this program brought the schema up to date, and may say more of it.
    is_same_schema = manifest.schema == len(known_migrations())
    if is_same_schema and state != manifest.state:
        raise BackupDamaged(file=name, where="state")


def _erased_again(vault: Vault, order: RestoreOrder) -> RegisterApplied:
    """What was erased after the backup was made is not here either, by every register known."""
    kept = None if order.marks is None else kept_outside(vault, order.marks)
    registers = order.erasures if kept is None else (*order.erasures, kept)
    reports, absent, held = 0, 0, set[ReportId]()
    for register in registers:
        applied = apply_register(vault, register, new_id=new_erasure_id)
        reports, absent = reports + applied.reports, absent + applied.absent
        held |= set(applied.held)
    return RegisterApplied(reports, absent, tuple(sorted(held)))


def _handed_over(
    vault: Vault,
    chain: Chain,
    order: RestoreOrder,
    findings: Sequence[Finding],
    *,
    erased_again: int,
) -> Restored:
    head, manifest = chain.target.preamble.head, chain.target.manifest
    with vault.transaction() as tx:
        lineage = _new_lineage(tx, vault, order.marks, made_at=head.made_at)
        verdict = SOUND if not findings else f"{len(findings)} findings"
        keeping.note(tx, Kept.RESTORE, verdict, {"backup": head.backup, "made_at": head.made_at})
        tx.record(_entry(vault, order.file, head.backup, head.made_at))
    return Restored(
        directory=order.directory,
        vault=vault.identity,
        backup=head.backup,
        made_at=head.made_at,
        blobs=manifest.blobs,
        size=chain.size,
        log_size=manifest.log_size,
        lineage=lineage,
        state=manifest.state,
        erased_again=erased_again,
        findings=tuple(findings),
    )


def _new_lineage(tx: Transaction, vault: Vault, marks: Path | None, *, made_at: str) -> int:
    """A lineage behind every one that this machine knows of this vault's log."""
    known = 0 if marks is None else marked_lineage(marks, vault.identity)
    reason = words.restored_from(made_at)
    for _ in range(MOST_LINEAGES):
        lineage = checkpoints.begin_lineage(tx, vault.identity, verb="restore", reason=reason)
        if lineage > known:
            break
    return lineage


def _entry(vault: Vault, file: Path, backup: str, made_at: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb="restore",
        object_kind=ObjectKind.VAULT,
        object_reference=vault.identity,
        payload=(("file", file.name), ("backup", backup), ("made_at", made_at)),
    )
