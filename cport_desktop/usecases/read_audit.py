"""Read the trace and check that nothing in it was altered. Reading it leaves a trace too."""

from __future__ import annotations

from cport_desktop.domain.audit import (
    AuditAction,
    AuditDraft,
    AuditEntry,
    AuditVerdict,
    ObjectKind,
)
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.usecases.permission import require
from cport_desktop.vault import audit_log
from cport_desktop.vault.vault import Vault


def list_audit(vault: Vault, *, limit: int, after: str | None) -> Page[AuditEntry]:
    """A page of the log, newest first; the first page records that the log was read."""
    require(vault, Role.AUDITOR)
    if after is None:
        with vault.transaction() as tx:
            tx.record(
                AuditDraft(
                    action=AuditAction.CONSULTATION,
                    verb="read",
                    object_kind=ObjectKind.AUDIT_LOG,
                    object_reference="entries",
                )
            )
    with vault.reader() as reader:
        return audit_log.page(reader, limit=limit, after=after)


def verify_audit(vault: Vault) -> AuditVerdict:
    """Whether every entry is as it was written, none is missing, and the head agrees."""
    with vault.reader() as reader:
        return audit_log.verify(reader)
