"""Fills `ui.acting.HotlineActs` from the workstation and an open vault: each act is one use case, and
ends the draft that it was written in.
"""

from __future__ import annotations

from datetime import datetime

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace
from cport_desktop.domain.ids import ReportId
from cport_desktop.ui.acting import HotlineActs
from cport_desktop.usecases import hold_takedown, request_information
from cport_desktop.vault.vault import Vault


def hotline_acts_of(workstation: Workstation, vault: Vault) -> HotlineActs:
    """All that may be asked of a hotline from one open vault, from any lane."""
    said = _Said(workstation, vault)
    return HotlineActs(
        ask=said.ask,
        hold_takedown=said.hold_takedown,
        lift_takedown=said.lift_takedown,
    )


class _Said:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def ask(self, report: ReportId, text: str) -> Changes:
        _, changes = request_information.request_information(
            self._vault,
            report,
            text,
            operation_id=self._workstation.new_id(),
            draft=DraftPlace(DraftKind.QUESTION, report=report),
        )
        return changes

    def hold_takedown(self, report: ReportId, until: datetime, reason: str) -> Changes:
        _, changes = hold_takedown.hold_takedown(
            self._vault,
            report,
            until,
            reason,
            operation_id=self._workstation.new_id(),
            draft=DraftPlace(DraftKind.TAKEDOWN_HOLD, report=report),
        )
        return changes

    def lift_takedown(self, report: ReportId, reason: str) -> Changes:
        _, changes = hold_takedown.lift_takedown(
            self._vault,
            report,
            reason,
            operation_id=self._workstation.new_id(),
            draft=DraftPlace(DraftKind.TAKEDOWN_LIFT, report=report),
        )
        return changes
