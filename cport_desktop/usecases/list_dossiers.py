"""Dossiers of domains: listed, shown with what the reports say today, and compared with the list.

A list and a dossier that is shown leave one entry in the log each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.criteria import CriteriaText, Ground, Judged, Reviewer, judge
from cport_desktop.domain.domain_check import Compared, Match
from cport_desktop.domain.domain_facts import DomainFacts
from cport_desktop.domain.dossier import (
    DELISTED,
    LISTED,
    Dossier,
    DossierLine,
    DossierShown,
    Standing,
    standing,
)
from cport_desktop.domain.operation import UNDECIDED_STATES, OperationState
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.suggested_domain import named_host
from cport_desktop.domain.worst_of import Tally
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.check_domain import decision_on, pauses
from cport_desktop.usecases.permission import require
from cport_desktop.vault import (
    agreements,
    domain_facts,
    domain_rules,
    dossier_reviews,
    dossiers,
    enclosures,
    worst_of,
)
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import dossiers as words


def list_dossiers(vault: Vault, *, limit: int, after: str | None = None) -> Page[DossierLine]:
    """All dossiers, by domain, each with how it stands.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    if after is None:
        _record(vault, ObjectKind.SEARCH, words.LISTING, "list")
    with vault.reader() as reader:
        page = dossiers.page(reader, limit=limit, after=after)
        rows = _lines(reader, page.rows, now=vault.now())
    return Page(rows, page.next_cursor, page.elapsed_ms)


def reviews_due(vault: Vault, *, limit: int) -> tuple[DossierLine, ...]:
    """Listed domains whose day of the next look has come, the longest due first, and those that lost all
    evidence. Raises as `list_dossiers`.
    """
    require(vault, Role.ANALYST)
    _record(vault, ObjectKind.SEARCH, words.LISTING, "list")
    with vault.reader() as reader:
        found = islice(_listed_and_due(reader, now=vault.now()), limit)
        return _lines(reader, tuple(found), now=vault.now())


def count_reviews(vault: Vault) -> int:
    """How many listed domains are to be looked at again: for an overview, which is on record by itself.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return sum(1 for _ in _listed_and_due(reader, now=vault.now()))


def _listed_and_due(reader: Reader, *, now: datetime) -> Iterator[Dossier]:
    """What is not listed blocks nobody: there is no hurry to look at it again."""
    for dossier in dossier_reviews.due(reader, now=now):
        decision = decision_on(reader, dossier.domain)
        if decision is not None and decision.state == LISTED:
            yield dossier


def show_dossier(vault: Vault, domain: str) -> DossierShown:
    """All of one, with what the reports say today.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
        UnknownReference: there is none of this domain.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    name = named_host(domain)
    with vault.reader() as reader:
        found = shown(reader, dossiers.find(reader, name), now=vault.now())
    _record(vault, ObjectKind.DOMAIN, name, "open_dossier_view")
    return found


def shown(reader: Reader, dossier: Dossier, *, now: datetime) -> DossierShown:
    """All of one. The caller sees to the log."""
    known = domain_facts.facts(reader, dossier.domain)
    book = domain_rules.criteria(reader)
    text = book.text(dossier.criteria_version)
    first = first_reviewer(reader, now=now)
    (line,) = _lines(reader, [dossier], now=now)
    return DossierShown(
        line=line,
        criteria=() if text is None else _criteria(reader, dossier, text, known, first, now),
        cautions=pauses(reader, known, domain_rules.suffixes(reader.connection), book, now=now),
        evidence=dossiers.evidence(reader, dossier.number),
        enclosed=enclosures.of_dossier(reader, dossier.number),
        first=first if dossier.submitted else None,
    )


def first_reviewer(reader: Reader, *, now: datetime) -> Reviewer | None:
    """The agency whose vault this is, by its agreement; None while there is none."""
    current = agreements.current(reader, now=now)
    if current is None:
        return None
    agreement = current.signed.agreement
    return Reviewer(agreement.agency, agreement.jurisdiction)


def _criteria(  # noqa: PLR0917 - what the criteria rest on
    reader: Reader,
    dossier: Dossier,
    text: CriteriaText,
    known: DomainFacts,
    first: Reviewer | None,
    now: datetime,
) -> tuple[Judged, ...]:
    reviewers = [one for one in (first, dossier.second) if one is not None and dossier.confirmed]
    judged = dossiers.judgements(reader, dossier.number, text.version)
    found = []
    for each in judge(text, known, now=now, reviewers=reviewers):
        said = judged.get(each.text.code)
        if said is not None:
            each = Judged(  # noqa: PLW2901 - a person's word takes its place
                each.text, said.state, Ground.JUDGED, note=said.note, judge=said.judge
            )
        found.append(each)
    return tuple(found)


def _lines(reader: Reader, rows: Sequence[Dossier], *, now: datetime) -> tuple[DossierLine, ...]:
    counts = dossiers.evidence_counts(reader, [row.number for row in rows])
    names = [row.domain for row in rows]
    suggested = worst_of.latest_suggestions(reader, names)
    removals = worst_of.latest_removals(reader, names)
    bare = dossier_reviews.unsupported(reader, [row.number for row in rows])
    found = []
    for row in rows:
        decision = decision_on(reader, row.domain)
        found.append(
            DossierLine(
                dossier=row,
                standing=standing(row, decision, now=now, is_bare=row.number in bare),
                evidence=counts[row.number],
                decision=decision,
                suggested=suggested.get(row.domain),
                removal=removals.get(row.domain),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Sent:
    """How the latest suggestions of domains stand: that they be listed, and that they be taken off."""

    suggested: Mapping[str, OperationState]
    removals: Mapping[str, OperationState]


def compare_with_list(vault: Vault, *, limit: int, after: str | None = None) -> Page[Compared]:
    """Every domain that the portal decided about, that was suggested, or that has a dossier, by name.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    if after is None:
        _record(vault, ObjectKind.SEARCH, words.COMPARING, "list")
    with vault.reader() as reader:
        page = worst_of.known_names(reader, limit=limit, after=after)
        tallies = worst_of.tallies(reader, page.rows)
        sent = Sent(
            worst_of.latest_suggestions(reader, page.rows),
            worst_of.latest_removals(reader, page.rows),
        )
        rows = tuple(
            _compared(reader, name, sent, tallies.get(name), now=vault.now()) for name in page.rows
        )
    return Page(rows, page.next_cursor, page.elapsed_ms)


def _compared(
    reader: Reader,
    name: str,
    sent: Sent,
    tally: Tally | None,
    *,
    now: datetime,
) -> Compared:
    decision, kept = decision_on(reader, name), dossiers.on_domain(reader, name)
    stands = None
    if kept is not None:
        is_bare = kept.number in dossier_reviews.unsupported(reader, [kept.number])
        stands = standing(kept, decision, now=now, is_bare=is_bare)
    suggested, removal = sent.suggested.get(name), sent.removals.get(name)
    match = _match(decision, suggested, stands, tally)
    if match in (Match.AGREED, Match.THEIRS) and removal in UNDECIDED_STATES:
        match = Match.LEAVING
    return Compared(name, match, decision, suggested, stands, tally, removal)


def _match(
    decision: IwolDecision | None,
    suggested: OperationState | None,
    dossier: Standing | None,
    tally: Tally | None,
) -> Match:
    is_ours = dossier not in (None, Standing.WITHDRAWN) or suggested not in (
        None,
        OperationState.SET_ASIDE,
    )
    if decision is None:
        is_prepared = suggested is None and dossier is not Standing.CONFIRMED
        return Match.PREPARED if is_prepared else Match.WAITING
    if decision.state == LISTED:
        return Match.AGREED if is_ours else Match.THEIRS
    if decision.state != DELISTED:
        return Match.REFUSED
    is_back = tally is not None and tally.seen > decision.decided_at
    return Match.BACK if is_back else Match.DELISTED


def _record(vault: Vault, kind: ObjectKind, reference: str, verb: str) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb=verb,
                object_kind=kind,
                object_reference=reference,
            )
        )
