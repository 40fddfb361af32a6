"""The register of what left an open vault, as the window asks for it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosureId,
    DisclosureRecord,
    EnteredDisclosure,
    Handling,
)
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.rows import Page
from cport_desktop.errors import InputUnreadable
from cport_desktop.formats.xarf import load_codes
from cport_desktop.ui.signing_opening import content_of
from cport_desktop.usecases import chase, read_disclosures
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.notify_provider import (
    DraftedNotice,
    NoticeOrder,
    draft_provider_notice,
)
from cport_desktop.usecases.package_receipts import Noted, note_receipt, take_in_receipt
from cport_desktop.usecases.who_has import Holders, who_has
from cport_desktop.vault.disclosure_text import wanted_by
from cport_desktop.vault.vault import Vault


class WhatLeft:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def sought(self, text: str, limit: int, after: str | None) -> Page[EnteredDisclosure]:
        found = read_disclosures.list_disclosures(
            self._vault, wanted_by(text), limit=limit, after=after
        )
        return found.page

    def who(self, text: str) -> Holders:
        return who_has(self._vault, text)

    def copies_of(self, report_id: ReportId) -> tuple[EnteredDisclosure, ...]:
        return read_disclosures.copies_of(self._vault, report_id)

    def shown(self, disclosure_id: DisclosureId) -> DisclosureRecord:
        return read_disclosures.show_disclosure(self._vault, disclosure_id)

    def received(
        self, disclosure_id: DisclosureId, recipient: str, person: str, at: datetime
    ) -> None:
        note_receipt(
            self._vault, disclosure_id, recipient=recipient, received_by=person, received_at=at
        )

    def take_receipt(self, file: Path, trust: Path, recipient: str | None) -> Noted:
        noted, _ = take_in_receipt(self._vault, file, trust=content_of(trust), recipient=recipient)
        return noted

    def draft(self, order: NoticeOrder) -> DraftedNotice:
        path = self._workstation.settings.xarf_codes
        try:
            codes = load_codes(path)
        except OSError as error:
            raise InputUnreadable(path=str(path), cause=error.strerror or "") from error
        return draft_provider_notice(self._vault, order, codes)

    def affected(self, limit: int, after: str | None) -> Page[Affected]:
        return read_disclosures.list_affected(self._vault, limit=limit, after=after).page

    def notify(self, recipient: str, path: Path) -> int:
        signer = own_signer(self._vault, self._workstation.signer)
        written = chase.write_notice(self._vault, chase.NoticeOrder(recipient, path, signer))
        return len(written.copies)

    def settle(self, copy: AffectedId, handling: Handling, reason: str) -> Changes:
        return chase.settle(self._vault, (copy,), handling, reason=reason or None)
