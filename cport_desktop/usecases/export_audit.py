"""Export the audit log for a supervisory authority: a disclosure of everything in it.

The entry that says so is the last one of the export, and durable before a byte is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.disclosure import Disclosure, DisclosureId, DisclosureKind, Recipient
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError, OutputExists
from cport_desktop.exports.audit_bundle import AuditBundle, KnownElsewhere, write_bundle
from cport_desktop.exports.output_files import growing_file
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import anchors, audit_log, checkpoints, disclosures
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import audit as words

_ZIP_BEGINS = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class AuditOrder:
    """Where it is written, for whom and what for."""

    path: Path
    recipient: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class ExportedAudit:
    """What left: `entries` of them, under this `head` (hex), signed with `key`."""

    path: Path
    entries: int
    head: str
    key: str


def export_audit(vault: Vault, order: AuditOrder) -> ExportedAudit:
    """The whole log is in a new ZIP file at `order.path`, and its departure on record.

    Raises:
        RoleMissing: not this analyst.
        PurposeMissing: none was stated (a demo vault demands none).
        OutputExists, OutputUnwritable, StorageFull: the file; nothing is left of it.
    """
    require(vault, Role.AUDITOR)
    purpose = require_purpose(vault, order.purpose, what=words.EXPORTING)
    if order.path.exists():
        raise OutputExists(path=str(order.path))
    disclosure_id = new_disclosure_id()
    with vault.transaction() as tx:
        disclosures.enter(tx, _entered(order, purpose, disclosure_id))
        tx.record(_entry("export", order, purpose, ("file", order.path.name)))
        signed = checkpoints.anchor_head(tx, AnchorKind.EXPORT, order.recipient or "")
        made_at = tx.now
    vault.marks.write(signed)
    try:
        with vault.reader() as reader:
            bundle = AuditBundle(
                entries=partial(audit_log.exported, reader, size=signed.checkpoint.size),
                anchors=tuple(_known_elsewhere(reader, signed)),
                note=signed.note,
                key=signed.key,
                made_at=made_at,
            )
            _write(order.path, bundle)
    except CportError as error:
        with vault.transaction() as tx:
            disclosures.mark_not_left(tx, disclosure_id)
            tx.record(_entry("export_not_written", order, purpose, ("outcome", error.code)))
        raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, disclosure_id)
        tx.record(_entry("export_written", order, purpose))
    return _exported(order.path, signed)


def _write(path: Path, bundle: AuditBundle) -> None:
    with (
        growing_file(path, begins_with=_ZIP_BEGINS) as (_, descriptor),
        os.fdopen(os.dup(descriptor), "wb") as out,
    ):
        write_bundle(bundle, out)
        out.flush()
        os.fsync(descriptor)


def _known_elsewhere(reader: Reader, signed: SignedHead) -> Iterator[KnownElsewhere]:
    """The heads that somebody beyond this machine keeps, up to the one of this export."""
    for anchor in anchors.every(reader):
        if anchor.kind is not AnchorKind.SESSION and anchor.size <= signed.checkpoint.size:
            yield KnownElsewhere(
                kind=anchor.kind.value,
                holder=anchor.holder,
                at=anchor.at,
                size=anchor.size,
                root=anchor.root,
                note=anchor.note,
            )


def _entered(order: AuditOrder, purpose: str | None, disclosure_id: DisclosureId) -> Disclosure:
    """For the register: the log as a whole, which names reports and holds nothing of them."""
    return Disclosure(
        disclosure_id=disclosure_id,
        kind=DisclosureKind.AUDIT_LOG,
        title=order.path.name,
        recipients=() if order.recipient is None else (Recipient(order.recipient),),
        reason=purpose,
    )


def _entry(
    verb: str, order: AuditOrder, purpose: str | None, *payload: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.AUDIT_LOG,
        object_reference="entries",
        reason=purpose,
        recipient=order.recipient,
        payload=payload,
    )


def _exported(path: Path, signed: SignedHead) -> ExportedAudit:
    return ExportedAudit(
        path=path,
        entries=signed.checkpoint.size,
        head=signed.checkpoint.root.hex(),
        key=str(signed.key),
    )
