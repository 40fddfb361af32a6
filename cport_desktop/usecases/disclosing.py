"""What use cases need to enter what leaves into the register."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question, explain
from cport_desktop.domain.disclosure import (
    OPERATION,
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Outcome,
    Recipient,
    operation_item,
    report_item,
)
from cport_desktop.domain.ids import PortalId, ReportId
from cport_desktop.domain.operation import HandOverCase, Operation
from cport_desktop.domain.operation_reason import function_of
from cport_desktop.vault import agreements, disclosures, hotlines
from cport_desktop.vault.transaction import Transaction
from cport_desktop.words import disclosures as words


def new_disclosure_id() -> DisclosureId:
    """A number that no disclosure has."""
    return DisclosureId(f"D-{secrets.token_hex(6)}")


def enter_operations(tx: Transaction, operations: Sequence[Operation], *, portal: PortalId) -> None:
    """These operations are in the register as sent to the portal, and a case that is handed over
    with them as given to its recipient as well, as soon as the portal took it. What is sent again
    leaves once. The caller adds the audit entry.
    """
    known = disclosures.already_left(tx, OPERATION, [one.operation_id for one in operations])
    sent = [operation for operation in operations if operation.operation_id not in known]
    if not sent:
        return
    to_portal = Disclosure(
        disclosure_id=new_disclosure_id(),
        kind=DisclosureKind.OPERATIONS,
        title=words.operations_sent(len(sent)),
        recipients=(Recipient(portal),),
        items=tuple(item for operation in sent for item in _items(operation)),
        clause=_clauses(tx, sent),
    )
    disclosures.enter(tx, to_portal, outcome=Outcome.LEFT)
    for operation in sent:
        if isinstance(operation.body, HandOverCase):
            disclosures.enter(tx, _handed_over(tx, operation, operation.body))


def _items(operation: Operation) -> tuple[DisclosedItem, ...]:
    reports = operation.reports or (None,)
    return tuple(operation_item(operation.operation_id, about=report) for report in reports)


def _handed_over(tx: Transaction, operation: Operation, body: HandOverCase) -> Disclosure:
    """What another agency gets through the portal: reports, each in the revision that stands."""
    reports = tuple(
        report_item(report, revision)
        for report, revision in disclosures.revisions_here(tx, body.reports).items()
    )
    return Disclosure(
        disclosure_id=new_disclosure_id(),
        kind=DisclosureKind.CASE,
        title=body.case_reference,
        recipients=(Recipient(body.recipient),),
        items=(*reports, *_items(operation)),
        clause=_clauses(tx, [operation]),
    )


def _clauses(tx: Transaction, operations: Sequence[Operation]) -> str | None:
    """By which clauses of the agreement in force, as one text; whether it allows them was asked
    before.
    """
    version = agreements.current(tx, now=tx.now)
    if version is None:
        return None
    about = defaultdict[tuple[Function, str | None], set[ReportId]](set)
    for operation in operations:
        function, body = function_of(operation.body), operation.body
        if function is not None:
            recipient = body.recipient if isinstance(body, HandOverCase) else None
            about[function, recipient].update(operation.reports)
    found: dict[str, None] = {}
    for (function, recipient), reports in about.items():
        countries = hotlines.countries_of(tx, reports)
        question = Question(function, recipient=recipient, originators=countries)
        verdict = explain(version.signed.agreement, question, at=agreements.moment(tx, tx.now))
        found.update(dict.fromkeys(verdict.granted_by))
    return ", ".join(found) or None
