"""Ask the agreement before anything is done under it: whoever refuses names the clause."""

from __future__ import annotations

from collections.abc import Collection

from cport_desktop.domain.agreement import Function, clause_for
from cport_desktop.domain.ids import ReportId
from cport_desktop.errors import AgreementForbids, AgreementLapsed, NotEnrolled
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words


def require_allowed(
    vault: Vault,
    function: Function,
    *,
    recipient: str | None = None,
    report_id: ReportId | None = None,
    fields: Collection[str] = (),
) -> str:
    """The number of the clause that allows it.

    `recipient`: the name or public key of who would get something. `report_id`: the report that it
    is about. `fields`: of reports, that would go out.

    Raises:
        NotEnrolled: there is no agreement.
        AgreementLapsed: it has run out.
        AgreementForbids: no clause of it grants this, or one of them forbids it.
    """
    del recipient, report_id, fields
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    if enrolment is None:
        raise NotEnrolled
    agreement = enrolment.answer.agreement
    if vault.now() > agreement.valid_until:
        raise AgreementLapsed(
            action=words.ACTIONS[function.value],
            reference=agreement.reference,
            date=agreement.valid_until.date().isoformat(),
            who=enrolment.answer.portal_name,
        )
    clause = clause_for(agreement, function)
    if clause is None:
        raise AgreementForbids(
            action=words.ACTIONS[function.value],
            reference=agreement.reference,
            clause=None,
            cause=words.NO_CLAUSE,
            who=enrolment.answer.portal_name,
        )
    return clause.number
