"""The register of what left an open vault, as the window asks for it."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import Affected, AffectedId, EnteredDisclosure, Handling
from cport_desktop.domain.rows import Page
from cport_desktop.usecases import chase, read_disclosures
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.vault.disclosures import EVERYTHING
from cport_desktop.vault.vault import Vault


class WhatLeft:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def page(self, limit: int, after: str | None) -> Page[EnteredDisclosure]:
        found = read_disclosures.list_disclosures(self._vault, EVERYTHING, limit=limit, after=after)
        return found.page

    def affected(self, limit: int, after: str | None) -> Page[Affected]:
        return read_disclosures.list_affected(self._vault, limit=limit, after=after).page

    def notify(self, recipient: str, path: Path) -> int:
        signer = own_signer(self._vault, self._workstation.signer)
        written = chase.write_notice(self._vault, chase.NoticeOrder(recipient, path, signer))
        return len(written.copies)

    def settle(self, copy: AffectedId, handling: Handling, reason: str) -> Changes:
        return chase.settle(self._vault, (copy,), handling, reason=reason or None)
