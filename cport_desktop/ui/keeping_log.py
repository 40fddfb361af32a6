"""The audit log of an open vault and what vouches for it, as the window asks for them."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.domain.audit import AuditEntry, AuditVerdict
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.rows import Page
from cport_desktop.ui.keeping_lines import (
    AnchorLine,
    DiaryLine,
)
from cport_desktop.ui.named_files import content_of, path_named
from cport_desktop.usecases import (
    erase_particulars,
    export_audit,
    keep_checkpoint,
    read_audit,
)
from cport_desktop.vault.vault import Vault

_LARGEST_CHECKPOINT = 65_536
"""Bytes; an honest one has some hundreds."""
_OF_PATHS = "/\\.~"
"""One of these is in any path to a file, and none in a code."""


class LogAndAnchors:
    """The trace of every look and act. Every method may be called from any lane."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def anchors(self) -> tuple[AnchorLine, ...]:
        known = read_audit.latest_anchors(self._vault).values()
        newest = sorted(known, key=lambda anchor: anchor.at, reverse=True)
        return tuple(
            AnchorLine(anchor.kind.value, anchor.at, anchor.holder, anchor.size)
            for anchor in newest
        )

    def diary_code(self) -> DiaryLine:
        given = keep_checkpoint.give_diary_code(self._vault)
        return DiaryLine(given.code, given.size, given.at)

    def write_checkpoint(self, path: Path) -> int:
        return keep_checkpoint.write_checkpoint(self._vault, path).size

    def read_audit(self, purpose: str, limit: int, after: str | None) -> Page[AuditEntry]:
        return read_audit.list_audit(self._vault, limit=limit, after=after, purpose=purpose)

    def verify_audit(self, against: str) -> AuditVerdict:
        if not against:
            return read_audit.verify_audit(self._vault)
        path = path_named(against)
        if not any(mark in against for mark in _OF_PATHS):
            return read_audit.verify_audit(self._vault, code=against)
        return read_audit.verify_audit(
            self._vault, against=content_of(path, limit=_LARGEST_CHECKPOINT)
        )

    def erase_particulars(self, sequence: int, reason: str) -> Changes:
        return erase_particulars.erase_particulars(self._vault, sequence, reason=reason)

    def export_audit(self, path: Path, recipient: str, purpose: str) -> int:
        order = export_audit.AuditOrder(path, recipient or None, purpose or None)
        return export_audit.export_audit(self._vault, order).entries
