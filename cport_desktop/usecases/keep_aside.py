"""Keep foreign bytes that were refused, sealed in the vault, for diagnosis."""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.errors import UntrustedData
from cport_desktop.vault import quarantine
from cport_desktop.vault.vault import Vault


def keep_aside(vault: Vault, kind: str, error: UntrustedData, untrusted: bytes) -> None:
    """Seal a message that was refused into the vault for diagnosis, with the reason."""
    with vault.transaction() as tx:
        number = quarantine.keep_aside(tx, kind, str(error), untrusted)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="keep_aside",
                object_kind=ObjectKind.BATCH,
                object_reference=f"{kind} {number}",
                reason=error.code,
            )
        )
