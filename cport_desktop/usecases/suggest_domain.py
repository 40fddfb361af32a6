"""Suggest a domain for the list of domains that access providers block (IWOL)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.dossier import DossierRule, DossierState
from cport_desktop.domain.hosts import normalised_host
from cport_desktop.domain.operation import Operation, SuggestDomain
from cport_desktop.domain.roles import Role
from cport_desktop.errors import DossierUnfit
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault import dossiers
from cport_desktop.vault.vault import Vault
from cport_desktop.words import dossiers as words


def suggest_domain(
    vault: Vault, suggestion: SuggestDomain, *, operation_id: UUID
) -> tuple[Operation, Changes]:
    """Queue the suggestion, its domain in lower case and A-labels.

    Raises:
        DossierUnfit: there is a dossier of it that a second officer has not confirmed yet.
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        DomainUnfit: an address, a suffix, no name at all, or (in a live vault) a reserved name.
        TextUnfit, EntriesUnfit, ValueUnknown: too much of something, or a criterion twice.
    """
    require(vault, Role.ANALYST)
    body = replace(suggestion, domain=normalised_host(suggestion.domain))
    with vault.reader() as reader:
        kept = dossiers.on_domain(reader, body.domain)
    if kept is not None and kept.state in (DossierState.DRAFT, DossierState.SUBMITTED):
        raise DossierUnfit(domain=body.domain, rule=words.RULES[DossierRule.UNCONFIRMED.value])
    return queue_act(vault, Act(body), operation_id=operation_id)
