"""Look after a vault: what it is, whether it is sound, and one value for its state."""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.keeping import Finding
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.vault import inspection, keeping
from cport_desktop.vault.inspection import VaultStatus
from cport_desktop.vault.keeping import SOUND, Kept
from cport_desktop.vault.soundness import Part
from cport_desktop.vault.vault import Vault


def status_of(vault: Vault) -> VaultStatus:
    """What the vault is and holds, in counts and sizes."""
    return inspection.status(vault)


def check_vault(
    vault: Vault,
    *,
    deep: bool,
    announce: Announce,
    is_cancelled: IsCancelled,
    part: Part | None = None,
    restart: bool = False,
) -> tuple[Finding, ...]:
    """Every fault that a check finds (none: sound); that it was checked is on record.

    `part`, `restart`: as `vault.soundness.check`.

    Raises:
        Cancelled: it was asked to stop; a deep check goes on from there the next time.
    """
    findings = inspection.check(
        vault,
        deep=deep,
        announce=announce,
        is_cancelled=is_cancelled,
        part=part,
        restart=restart,
    )
    verdict = SOUND if not findings else f"{len(findings)} findings"
    extent = "" if part is None else f"{part.number}/{part.count}"
    with vault.transaction() as tx:
        keeping.note(tx, Kept.CHECK, verdict, {"deep": deep, "part": extent})
        tx.record(
            AuditDraft(
                action=AuditAction.ACCESS,
                verb="check",
                object_kind=ObjectKind.VAULT,
                object_reference=vault.identity,
                payload=(
                    ("deep", str(deep)),
                    ("part", extent),
                    ("findings", str(len(findings))),
                ),
            )
        )
    return findings


def digest_of(vault: Vault) -> str:
    """One value (hex) over replica and operations, without local times and road."""
    with vault.reader() as reader:
        return inspection.digest(reader)
