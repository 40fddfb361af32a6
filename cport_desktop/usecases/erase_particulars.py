"""Erase the personal particulars of one entry of the log (the words of a search, a file's name).

The entry itself stays, with actor, time and object, and its leaf stays provable; another entry
says who erased the particulars, when and why.
"""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, AuditEntry, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.hold import Hold
from cport_desktop.domain.ids import parse_media_reference, parse_report_reference
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ItemHeld, PurposeMissing, UnknownReference
from cport_desktop.usecases.permission import require
from cport_desktop.vault import audit_log, holds, payload_erasure
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import audit as words


def erase_particulars(vault: Vault, sequence: int, *, reason: str | None) -> Changes:
    """The particulars of entry `sequence` are gone and never come back.

    Raises:
        RoleMissing: not this analyst.
        PurposeMissing: no reason was given; none erases without one, in a demo vault neither.
        UnknownReference: there is no such entry, or it has no particulars (any more).
        ItemHeld: a legal hold is on what the entry is about.
    """
    require(vault, Role.SUPERVISOR)
    stated = (reason or "").strip()
    if not stated:
        raise PurposeMissing(what=words.ERASING)
    with vault.transaction() as tx:
        entry = audit_log.entry(tx, sequence)
        if not payload_erasure.has_particulars(tx.connection, sequence):
            raise UnknownReference(kind=words.PARTICULARS, reference=sequence)
        _require_free(tx, entry)
        erased_by = tx.record(
            AuditDraft(
                action=AuditAction.ERASURE,
                verb="erase_particulars",
                object_kind=ObjectKind.AUDIT_LOG,
                object_reference=f"entry {sequence}",
                reason=stated,
            )
        )
        payload_erasure.erase(tx, sequence, erased_by=erased_by)
    return Changes.AUDIT


def _require_free(reader: Reader, entry: AuditEntry) -> None:
    """No hold is on the report or media item that the entry is about."""
    kind, reference = entry.draft.object_kind, entry.draft.object_reference
    found: tuple[Hold, ...] = ()
    if kind is ObjectKind.REPORT and (report := parse_report_reference(reference)) is not None:
        found = holds.on_report(reader, report)
    if kind is ObjectKind.MEDIA and (media := parse_media_reference(reference)) is not None:
        found = holds.on_media(reader, media)
    if found:
        raise ItemHeld(reference=reference, count=len(found))
