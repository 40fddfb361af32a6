"""Hand out the signed head of the log: into a small file, or as a code for the diary on paper.

Either says how long the log is and what it holds, to somebody who keeps it elsewhere, and tells
nothing of its content. `audit verify --against FILE` and `--against-code CODE` compare with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cport_desktop.crypto.checkpoint import diary_code
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.errors import CportError, OutputExists
from cport_desktop.exports.output_files import write_new
from cport_desktop.vault import checkpoints
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A head of the log with `size` entries. `key` verifies what is signed with it; `code` is
    the same head for the diary.
    """

    size: int
    head: str
    origin: str
    key: str
    code: str
    at: datetime


def write_checkpoint(vault: Vault, path: Path) -> HandedOut:
    """The signed head is in a new file at `path`, and on record.

    Raises:
        OutputExists, OutputUnwritable, StorageFull: the file; it is never written over.
    """
    if path.exists():
        raise OutputExists(path=str(path))
    signed, at = _anchored(vault, AnchorKind.FILE, path.name, "checkpoint")
    try:
        write_new(path, signed.content)
    except CportError as error:
        with vault.transaction() as tx:
            tx.record(_entry("checkpoint_not_written", ("outcome", error.code)))
        raise
    return _handed_out(signed, at)


def give_diary_code(vault: Vault) -> HandedOut:
    """A head whose code may be written down now, and that is on record."""
    signed, at = _anchored(vault, AnchorKind.CODE, "", "diary_code")
    return _handed_out(signed, at)


def _anchored(
    vault: Vault, kind: AnchorKind, holder: str, verb: str
) -> tuple[SignedHead, datetime]:
    with vault.transaction() as tx:
        tx.record(_entry(verb, *((("file", holder),) if holder else ())))
        signed = checkpoints.anchor_head(tx, kind, holder)
        at = tx.now
    vault.marks.write(signed)
    return signed, at


def _entry(verb: str, *payload: tuple[str, str]) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.AUDIT_LOG,
        object_reference="head",
        payload=payload,
    )


def _handed_out(signed: SignedHead, at: datetime) -> HandedOut:
    return HandedOut(
        size=signed.checkpoint.size,
        head=signed.checkpoint.root.hex(),
        origin=signed.checkpoint.origin,
        key=str(signed.key),
        code=diary_code(signed.checkpoint),
        at=at,
    )
