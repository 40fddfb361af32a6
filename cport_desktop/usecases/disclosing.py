"""What use cases need to enter what leaves into the register."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cport_desktop.domain.disclosure import (
    OPERATION,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Outcome,
    Recipient,
    operation_item,
    report_item,
)
from cport_desktop.domain.ids import PortalId
from cport_desktop.domain.operation import HandOverCase, Operation
from cport_desktop.vault import disclosures
from cport_desktop.vault.transaction import Transaction
from cport_desktop.words import disclosures as words


def new_disclosure_id() -> DisclosureId:
    """A number that no disclosure has."""
    return DisclosureId(f"D-{secrets.token_hex(6)}")


def enter_operations(tx: Transaction, operations: Sequence[Operation], *, portal: PortalId) -> None:
    """These operations are in the register as sent to the portal, and a case that is handed over
    with them as given to its recipient as well. What is sent again leaves once. The caller adds
    the audit entry.
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
        items=tuple(
            operation_item(operation.operation_id, about=report)
            for operation in sent
            for report in operation.reports or (None,)
        ),
    )
    disclosures.enter(tx, to_portal, outcome=Outcome.LEFT)
    for operation in sent:
        if isinstance(operation.body, HandOverCase):
            disclosures.enter(tx, _handed_over(tx, operation.body), outcome=Outcome.LEFT)


def _handed_over(tx: Transaction, body: HandOverCase) -> Disclosure:
    """What another agency gets through the portal: reports, each in the revision that stands."""
    return Disclosure(
        disclosure_id=new_disclosure_id(),
        kind=DisclosureKind.CASE,
        title=body.case_reference,
        recipients=(Recipient(body.recipient),),
        items=tuple(
            report_item(report, revision)
            for report, revision in disclosures.revisions_here(tx, body.reports).items()
        ),
    )
