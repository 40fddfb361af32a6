"""A case as a picture: its moments along time, and what its reports share.

Both are a part of the look at the case, which is on record; comparing its reports is on record as a
combination, as it is for a single report.
"""

from __future__ import annotations

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import entry_of
from cport_desktop.vault import case_shown, cases
from cport_desktop.vault.vault import Vault


def case_in_time(vault: Vault, number: int) -> CaseTime:
    """What happened to a case, as far as a picture shows it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not let reports be read.
        UnknownReference: there is no such case.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        return case_shown.in_time(reader, cases.find(reader, number), allowed.withheld.fields)


def links_of_case(vault: Vault, number: int) -> CaseLinked:
    """What the reports of a case share. The comparison is on record before it is told.

    Raises:
        RoleMissing, AgreementForbids, UnknownReference: as `case_in_time`.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    with vault.transaction() as tx:
        case = cases.find(tx, number)
        tx.record(entry_of("link", case.about, action=AuditAction.COMBINATION))
    with vault.reader() as reader:
        return case_shown.linked(reader, case, allowed.withheld.fields)
