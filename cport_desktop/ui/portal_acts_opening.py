"""Fills `ui.portal_acts.PortalActs` from the workstation and an open vault: each act is one use
case, its answer in the window's terms.
"""

from __future__ import annotations

from functools import partial

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.operation import NotifyFalsePositive, SuggestDomain
from cport_desktop.ui.portal_acts import (
    MOST_LISTS,
    ContributionOrder,
    HandOverOrder,
    ListContribution,
    PortalActs,
    ToldList,
)
from cport_desktop.usecases import (
    agreement_state,
    contribute_hashes,
    hand_over_case,
    notify_false_positive,
    portal_records,
    suggest_domain,
)
from cport_desktop.vault.vault import Vault


def portal_acts_of(workstation: Workstation, vault: Vault) -> PortalActs:
    """All that may be told to the portal from one open vault, from any lane."""
    told = _TowardsThePortal(workstation, vault)
    return PortalActs(
        suggest=told.suggest,
        contribute=told.contribute,
        digests_of_list=partial(contribute_hashes.entries_of_list, vault),
        contribute_list=told.contribute_list,
        doubt=told.doubt,
        hand_over=told.hand_over,
        hash_lists=told.hash_lists,
        recipients=told.recipients,
    )


class _TowardsThePortal:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def suggest(self, suggestion: SuggestDomain) -> Changes:
        number = self._workstation.new_id()
        _, changes = suggest_domain.suggest_domain(self._vault, suggestion, operation_id=number)
        return changes

    def contribute(self, order: ContributionOrder) -> Changes:
        _, changes = contribute_hashes.contribute_hashes(
            self._vault,
            order.list_id,
            order.entries,
            operation_id=self._workstation.new_id(),
            note=order.note,
            reason=order.reason,
        )
        return changes

    def contribute_list(self, order: ListContribution) -> Changes:
        vault = self._vault
        entries = contribute_hashes.entries_of_list(vault, order.from_list, to=order.list_id)
        wanted = tuple(entry for entry in entries if entry.algorithm in order.algorithms)
        return self.contribute(ContributionOrder(order.list_id, wanted, order.note, order.reason))

    def doubt(self, notice: NotifyFalsePositive) -> Changes:
        number = self._workstation.new_id()
        _, changes = notify_false_positive.notify_false_positive(
            self._vault, notice, operation_id=number
        )
        return changes

    def hand_over(self, order: HandOverOrder) -> Changes:
        _, changes = hand_over_case.hand_over_case(
            self._vault,
            order.case_reference,
            order.recipient,
            order.reports,
            operation_id=self._workstation.new_id(),
            note=order.note,
            reason=order.reason,
        )
        return changes

    def hash_lists(self) -> tuple[ToldList, ...]:
        page = portal_records.list_hash_lists(self._vault, limit=MOST_LISTS)
        return tuple(
            ToldList(told.record.reference, told.content.name, told.content.algorithms)
            for told in page.rows
            if told.content is not None
        )

    def recipients(self) -> tuple[str, ...]:
        version = agreement_state.agreement_state(self._vault).version
        if version is None:
            return ()
        return tuple(party.name for party in version.signed.agreement.recipients)
