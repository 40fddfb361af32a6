"""Read the trace and check that nothing in it was altered. Reading it leaves a trace too.

The log is read in its order, for a stated purpose, by auditors. Nothing adds it up by person:
no view, filter, sort or count by actor is offered here, nor may one be added.
"""

from __future__ import annotations

from cport_desktop.crypto.checkpoint import parse_diary_code
from cport_desktop.crypto.signed_note import VerifierKey, parse_note
from cport_desktop.domain.audit import (
    AnchorKind,
    AuditAction,
    AuditDraft,
    AuditEntry,
    AuditVerdict,
    ObjectKind,
)
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.formats.portal_messages import portal_witness
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import anchors, audit_check, audit_log, bond
from cport_desktop.vault.anchors import Anchor
from cport_desktop.vault.audit_check import Comparison
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import audit as words


def list_audit(
    vault: Vault,
    *,
    limit: int,
    after: str | None,
    purpose: str | None = None,
    oldest_first: bool = False,
) -> Page[AuditEntry]:
    """A page of the log, in its order. That it is read, and what for, is on record before.

    Raises:
        RoleMissing: not this analyst.
        PurposeMissing: none was stated (a demo vault demands none).
        UnknownReference: a cursor that no page gave.
    """
    require(vault, Role.AUDITOR)
    stated = require_purpose(vault, purpose, what=words.READING)
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="read",
                object_kind=ObjectKind.AUDIT_LOG,
                object_reference="entries" if after is None else "further entries",
                reason=stated,
            )
        )
    with vault.reader() as reader:
        return audit_log.page(reader, limit=limit, after=after, oldest_first=oldest_first)


def verify_audit(
    vault: Vault, *, against: bytes | None = None, code: str | None = None
) -> AuditVerdict:
    """Whether every entry is as it was written, none is missing, and the log is the one that
    every known head vouches for: those that the vault remembers, the checkpoint in `against`
    (the content of a file) and the `code` from a diary.

    Raises:
        CheckpointMalformed: the file or the code is none.
    """
    with vault.reader() as reader:
        given = Comparison()
        if against is not None:
            note = parse_note(against)
            given += audit_check.against_note(reader, note, portal=_witness(reader))
        if code is not None:
            given += audit_check.against_code(reader, parse_diary_code(code))
        return audit_check.verify(reader, given)


def latest_anchors(vault: Vault) -> dict[AnchorKind, Anchor]:
    """Of each kind the last head of the log that somebody else keeps too."""
    with vault.reader() as reader:
        return anchors.newest_of_each_kind(reader)


def _witness(reader: Reader) -> VerifierKey | None:
    enrolment = bond.load(reader)
    if enrolment is None:
        return None
    return portal_witness(enrolment.answer.portal, enrolment.answer.portal_key)
