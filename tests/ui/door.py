"""The way into a vault for a window that is driven, with the vault within reach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.ui.desk import Session
from cport_desktop.ui.keys import OpeningOrder
from cport_desktop.ui.keys_opening import secret_of
from cport_desktop.ui.opening import _OpenVault
from cport_desktop.vault.vault import Vault, open_vault


@dataclass
class Door:
    """Opens the vault for the window, and keeps it within reach of the test."""

    workstation: Workstation
    directory: Path
    vault: Vault | None = None

    def open(self, order: OpeningOrder, _announce: object) -> Session:
        self.vault = open_vault(
            self.directory,
            secret=secret_of(order.key, vault=self.directory),
            clock=self.workstation.clock,
            program="tests",
            marks=self.workstation.settings.marks,
        )
        return _OpenVault(self.workstation, self.vault).session()

    def looks(self) -> tuple[int, int]:
        """How many looks the log has: begun, and ended."""
        assert self.vault is not None
        with self.vault.reader() as reader:
            rows = reader.connection.execute(
                "SELECT count(*) FILTER (WHERE verb = 'reveal'),"
                " count(*) FILTER (WHERE verb = 'veil') FROM audit_entry"
            ).fetchall()
        return rows[0][0], rows[0][1]

    def somebody_looks(self) -> bool:
        begun, ended = self.looks()
        return begun > ended
