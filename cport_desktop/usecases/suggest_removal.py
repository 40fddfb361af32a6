"""Suggest that a domain is taken off the list of domains that access providers block (IWOL).

A domain that the portal lists may be suggested by whoever finds that it should not be there, whether or
not there is a dossier of it; where there is one, it says so too, and so does its export.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.dossier import LISTED, DossierRule
from cport_desktop.domain.operation import LONGEST_WORDS, Operation, SuggestRemoval
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import named_host
from cport_desktop.usecases.check_domain import decision_on
from cport_desktop.usecases.dossier_acts import record_change, stated, unfit
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault import dossiers, worst_of
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def suggest_removal(
    vault: Vault, domain: str, *, reason: str, operation_id: UUID
) -> tuple[Operation, Changes]:
    """The removal is queued with its reason, and its dossier says so.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        TextUnfit: no reason, or too long a one.
        DossierUnfit: the portal has not told that it is listed; a removal was suggested already, and
            is not answered.
    """
    require(vault, Role.ANALYST)
    told, name = stated(reason, LONGEST_WORDS), named_host(domain)
    with vault.reader() as reader:
        decision = decision_on(reader, name)
        is_leaving = worst_of.is_leaving(reader, name)
    if decision is None or decision.state != LISTED:
        raise unfit(name, DossierRule.NOT_LISTED)
    if is_leaving:
        raise unfit(name, DossierRule.REMOVAL_WAITS)
    body = SuggestRemoval(name, told)

    def say_so(tx: Transaction, operation: Operation) -> None:
        kept = dossiers.on_domain(tx, name)
        if kept is not None:
            dossiers.write(tx, replace(kept, removal_at=tx.now, closing=told))
        record_change(tx, name, "suggest_removal", ("operation", operation.operation_id))

    operation, changes = queue_act(vault, Act(body), operation_id=operation_id, also=say_so)
    return operation, changes | Changes.AUDIT
