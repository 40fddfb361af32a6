"""Open one report: everything its page shows, with the trace of having looked."""

from __future__ import annotations

from dataclasses import replace

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Dossier
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.second_reading import without_first_words
from cport_desktop.usecases.withhold import dossier_without
from cport_desktop.vault import reports
from cport_desktop.vault.staged import items_with_bytes_here
from cport_desktop.vault.vault import Vault


def show_report(vault: Vault, report_id: ReportId) -> Dossier:
    """The dossier of `report_id`, without what the agreement withholds; its consultation is on record
    before it is handed out.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it.
        UnknownReference: if the vault holds no such report; nothing is recorded then.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ, report_id=report_id)
    with vault.reader() as reader:
        dossier = reports.dossier(reader, report_id)
        media = items_with_bytes_here(reader, vault.layout, dossier.media)
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="open",
                object_kind=ObjectKind.REPORT,
                object_reference=report_reference(report_id),
            )
        )
    told = without_first_words(vault, dossier.operations)
    return dossier_without(replace(dossier, media=media, operations=told), allowed.withheld)
