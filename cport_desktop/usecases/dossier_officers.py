"""What officers do with a dossier that is put together: submit, confirm, send, look at it again, give it up.

Whoever submits does not confirm. The rules are those of `domain.dossier`; every act is one transaction with
its entry in the log.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.criteria import Ground, Judged, Reviewer, are_enough
from cport_desktop.domain.dossier import (
    LISTED,
    LONGEST_PARTY,
    Dossier,
    DossierRule,
    DossierShown,
    DossierState,
    Seal,
    next_review,
)
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.operation import (
    CAN_BE_TAKEN_UP,
    LONGEST_WORDS,
    Criterion,
    CriterionState,
    Operation,
    SuggestDomain,
)
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import named_host
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases.dossier_acts import record_change, require_short, stated, unfit
from cport_desktop.usecases.list_dossiers import first_reviewer, shown
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault import domain_rules, dossiers, outbox, worst_of
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def submit_dossier(vault: Vault, domain: str) -> Changes:
    """The first officer says that the dossier is whole; a second one is to confirm it.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        DossierUnfit: it is no draft; it has no evidence, no word on the whole domain, no reason to
            publish; a criterion is not met or unsettled (that of two agencies apart).
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        dossier = dossiers.find(tx, named_host(domain))
        if dossier.state is not DossierState.DRAFT:
            raise unfit(dossier.domain, DossierRule.NOT_DRAFT)
        whole = shown(tx, dossier, now=tx.now)
        if _is_listed(whole):
            raise unfit(dossier.domain, DossierRule.LISTED_ALREADY)
        if len(whole.evidence) == whole.gone:
            raise unfit(dossier.domain, DossierRule.NO_EVIDENCE)
        if not dossier.texts.proportionality.strip():
            raise unfit(dossier.domain, DossierRule.NEEDS_PROPORTIONALITY)
        if not dossier.texts.public.strip():
            raise unfit(dossier.domain, DossierRule.NEEDS_PUBLIC)
        if not all(map(_is_settled, whole.criteria)):
            raise unfit(dossier.domain, DossierRule.UNMET)
        dossiers.write(
            tx,
            replace(dossier, state=DossierState.SUBMITTED, submitted=Seal(vault.actor, tx.now)),
        )
        record_change(tx, dossier.domain, "submit_dossier")
    return Changes.OPERATIONS | Changes.AUDIT


def confirm_dossier(vault: Vault, domain: str, *, second: Reviewer | None = None) -> Changes:
    """A second officer says so too. `second`: the other agency that confirmed it, where the criteria ask
    for one; it is named on that officer's word.

    Raises:
        RoleMissing, UnknownReference: who, and which. TextUnfit: an agency's name is too long.
        ValueUnknown: its country is no code of two letters.
        DossierUnfit: it was not submitted; the same officer; no second agency, or the same one.
    """
    require(vault, Role.ANALYST)
    second = None if second is None else _named(second)
    with vault.transaction() as tx:
        dossier = dossiers.find(tx, named_host(domain))
        if dossier.state is not DossierState.SUBMITTED or dossier.submitted is None:
            raise unfit(dossier.domain, DossierRule.NOT_SUBMITTED)
        if dossier.submitted.by == vault.actor:
            raise unfit(dossier.domain, DossierRule.SAME_OFFICER)
        book = domain_rules.criteria(tx)
        text = book.text(dossier.criteria_version)
        if text is None:
            raise unfit(dossier.domain, DossierRule.UNKNOWN_CRITERIA)
        first = first_reviewer(tx, now=tx.now) or Reviewer("", "")
        if text.agencies > 1 and (second is None or not second.agency.strip()):
            raise unfit(dossier.domain, DossierRule.NEEDS_AGENCY)
        if second is not None and not are_enough(replace(text, agencies=2), [first, second]):
            raise unfit(dossier.domain, DossierRule.SAME_AGENCY)
        confirmed = replace(
            dossier,
            state=DossierState.CONFIRMED,
            confirmed=Seal(vault.actor, tx.now),
            second=second,
            review_at=next_review(tx.now, book.review_days),
        )
        dossiers.write(tx, confirmed)
        record_change(
            tx, dossier.domain, "confirm_dossier", ("agency", second.agency if second else "")
        )
    return Changes.OPERATIONS | Changes.AUDIT


def send_dossier(vault: Vault, domain: str, *, operation_id: UUID) -> tuple[Operation, Changes]:
    """The suggestion is queued, with how each criterion stands and the reason that may be published.

    Raises:
        RoleMissing, UnknownReference: who, and which. DossierUnfit: it is not confirmed.
        NotEnrolled, AgreementLapsed, AgreementForbids, DomainUnfit: as `suggest_domain`.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        dossier = dossiers.find(reader, named_host(domain))
        if dossier.state is not DossierState.CONFIRMED:
            raise unfit(dossier.domain, DossierRule.UNCONFIRMED)
        whole = shown(reader, dossier, now=vault.now())
    body = SuggestDomain(
        domain=dossier.domain,
        criteria_version=dossier.criteria_version,
        criteria=tuple(Criterion(one.text.code, one.state, one.note) for one in whole.criteria),
        note=dossier.texts.public[:LONGEST_WORDS],
    )

    def say_so(tx: Transaction, operation: Operation) -> None:
        kept = dossiers.find(tx, dossier.domain)
        dossiers.write(tx, replace(kept, operation_id=operation.operation_id))
        record_change(tx, dossier.domain, "send_dossier", ("operation", operation.operation_id))

    operation, changes = queue_act(vault, Act(body), operation_id=operation_id, also=say_so)
    return operation, changes | Changes.AUDIT


def review_dossier(vault: Vault, domain: str, *, days: int | None = None) -> Changes:
    """It was looked at again and stands, whatever was said of its removal before; the next look is due after
    `days`, or as the criteria say.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        DossierUnfit: it was withdrawn, or never confirmed; its removal was suggested and is not answered.
        ValueUnknown: so many days are none.
    """
    require(vault, Role.ANALYST)
    if days is not None and not 1 <= days <= LONGEST_REVIEW:
        raise ValueUnknown(what="days", value=str(days), accepted=f"1 to {LONGEST_REVIEW}")
    with vault.transaction() as tx:
        dossier = _confirmed(tx, named_host(domain))
        if worst_of.is_leaving(tx, dossier.domain):
            raise unfit(dossier.domain, DossierRule.REMOVAL_WAITS)
        period = days or domain_rules.criteria(tx).review_days
        dossiers.write(
            tx,
            replace(
                dossier,
                reviewed=Seal(vault.actor, tx.now),
                review_at=next_review(tx.now, period),
                removal_at=None,
                closing="",
            ),
        )
        record_change(tx, dossier.domain, "review_dossier", ("days", str(period)))
    return Changes.OPERATIONS | Changes.AUDIT


LONGEST_REVIEW = 366
"""Days: what nobody looks at for longer blocks people who have nothing to do with it."""


def withdraw_dossier(vault: Vault, domain: str, *, reason: str) -> Changes:
    """The dossier is given up, and says why; its suggestion is set aside if it still waits in the outbox.

    Raises:
        RoleMissing, UnknownReference: who, and which. TextUnfit: no reason, or too long a one.
        DossierUnfit: it was withdrawn already.
    """
    require(vault, Role.ANALYST)
    closing = stated(reason, LONGEST_WORDS)
    with vault.transaction() as tx:
        dossier = dossiers.find(tx, named_host(domain))
        if dossier.state is DossierState.WITHDRAWN:
            raise unfit(dossier.domain, DossierRule.NOT_STANDING)
        dossiers.write(
            tx,
            replace(dossier, state=DossierState.WITHDRAWN, closing=closing, review_at=None),
        )
        _set_aside(tx, dossier.operation_id, closing)
        record_change(tx, dossier.domain, "withdraw_dossier")
    return Changes.OPERATIONS | Changes.AUDIT


def _set_aside(tx: Transaction, operation: str | None, reason: str) -> None:
    if operation is None:
        return
    row = outbox.find(tx, OperationId(operation))
    if row.state in CAN_BE_TAKEN_UP:
        outbox.set_aside(tx, row.operation.operation_id, reason)


def _is_listed(whole: DossierShown) -> bool:
    """Whether the portal told that the domain is listed."""
    return whole.line.decision is not None and whole.line.decision.state == LISTED


def _is_settled(judged: Judged) -> bool:
    is_for_the_second = judged.ground is Ground.REVIEWERS_MISSING
    return judged.state is CriterionState.MET or is_for_the_second


def _confirmed(tx: Transaction, domain: str) -> Dossier:
    dossier = dossiers.find(tx, domain)
    if dossier.state is not DossierState.CONFIRMED:
        raise unfit(domain, DossierRule.UNCONFIRMED)
    return dossier


def _named(second: Reviewer) -> Reviewer:
    """As people wrote it, its blanks in order and the country as a code."""
    agency, country = " ".join(second.agency.split()), second.country.strip().upper()
    require_short(agency, LONGEST_PARTY)
    if country and _COUNTRY.match(country) is None:
        raise ValueUnknown(what="country", value=country[:LONGEST_PARTY], accepted="BE, FR, NL …")
    return Reviewer(agency, country)


_COUNTRY: Final = re.compile(r"[A-Z]{2}\Z")
"""ISO 3166-1, as hotlines and agreements have it."""
