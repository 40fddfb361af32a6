"""A dossier of a domain: what is put together before it is suggested, and kept while it is listed.

States, and what leads from one to the next:

draft        opened; texts, evidence and judgements are added
submitted    the first officer says that it is whole
confirmed    a second officer, another person, says so too; the suggestion is sent
listed       the portal told that the domain is listed
review due   the day of the next look has come, or none of the evidence stands any more
delisted     the portal told that the domain was taken off
withdrawn    given up here before it was listed; opened again it is a draft

The first three and the last are kept; listed and delisted are the portal's word, and a review is due by
the calendar. Evidence is named and never copied: what a report says is looked up where it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from cport_desktop.domain.criteria import Judged, Reviewer
from cport_desktop.domain.domain_facts import Caution, ItemFact
from cport_desktop.domain.enclosure import Enclosure
from cport_desktop.domain.ids import Actor, ContentId, ReportId
from cport_desktop.domain.operation import CriterionState, OperationState
from cport_desktop.domain.portal_records import IwolDecision

LISTED: Final = "listed"
DELISTED: Final = "delisted"
"""Words of the portal's decisions."""
MOST_EVIDENCE: Final = 200
LONGEST_TEXT: Final = 4_000
LONGEST_PARTY: Final = 200


class DossierState(StrEnum):
    """What is kept."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What is shown."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    LISTED = "listed"
    REVIEW_DUE = "review_due"
    DELISTED = "delisted"
    WITHDRAWN = "withdrawn"


class DossierRule(StrEnum):
    """What a dossier does not take; each is a sentence of `words.dossiers`."""

    NOT_DRAFT = "not_draft"
    NOT_SUBMITTED = "not_submitted"
    UNCONFIRMED = "unconfirmed"
    NOT_STANDING = "not_standing"
    SAME_OFFICER = "same_officer"
    SAME_AGENCY = "same_agency"
    NEEDS_AGENCY = "needs_agency"
    NO_REPORT = "no_report"
    NO_EVIDENCE = "no_evidence"
    NOT_ON_DOMAIN = "not_on_domain"
    TOO_MUCH_EVIDENCE = "too_much_evidence"
    NEEDS_PROPORTIONALITY = "needs_proportionality"
    NEEDS_PUBLIC = "needs_public"
    UNMET = "unmet"
    LISTED_ALREADY = "listed_already"
    NOT_LISTED = "not_listed"
    UNKNOWN_CRITERIA = "unknown_criteria"
    BY_AGENCIES = "by_agencies"
    REMOVAL_WAITS = "removal_waits"
    OTHER_DOMAIN = "other_domain"
    TOO_MUCH_ENCLOSED = "too_much_enclosed"


@dataclass(frozen=True, slots=True)
class DossierTexts:
    """What people wrote. `internal`: for officers, never exported with `public`; `proportionality`: why
    the whole domain, and not a page of it; `contact`: whom those write to who find themselves blocked.
    """

    proportionality: str = ""
    internal: str = ""
    public: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """Who said that it is whole, and when."""

    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a person judged a criterion."""

    state: CriterionState
    note: str
    judge: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reference to a content item. `fact` is None once its report is here no more."""

    report_id: ReportId
    content_id: ContentId
    added_by: Actor
    added_at: datetime
    fact: ItemFact | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """As it is kept. `second`: the agency whose officer confirmed it as well, where the criteria ask for
    one; its country is a code. `closing`: why it was withdrawn, or its removal suggested.
    """

    number: int
    domain: str
    state: DossierState
    criteria_version: str
    texts: DossierTexts
    opened: Seal
    changed_at: datetime
    submitted: Seal | None = None
    confirmed: Seal | None = None
    second: Reviewer | None = None
    reviewed: Seal | None = None
    review_at: datetime | None = None
    removal_at: datetime | None = None
    closing: str = ""
    operation_id: str | None = None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier in a list. `evidence`: how many references; `decision`: the portal's word on the domain.
    `suggested`, `removal`: how the latest suggestion that it be listed, and be taken off, stands.
    """

    dossier: Dossier
    standing: Standing
    evidence: int
    decision: IwolDecision | None
    suggested: OperationState | None
    removal: OperationState | None = None

    @property
    def is_to_be_removed(self) -> bool:
        """Whether its removal was suggested, and nobody set that aside."""
        is_standing = self.removal is not OperationState.SET_ASIDE
        return self.dossier.removal_at is not None and is_standing


@dataclass(frozen=True, slots=True)
class DossierShown:
    """All of one. `gone`: how many of its references lead nowhere any more."""

    line: DossierLine
    criteria: tuple[Judged, ...]
    cautions: tuple[Caution, ...]
    evidence: tuple[Evidence, ...]
    enclosed: tuple[Enclosure, ...]
    first: Reviewer | None

    @property
    def gone(self) -> int:
        return sum(one.fact is None or one.fact.is_withdrawn for one in self.evidence)


@dataclass(frozen=True, slots=True)
class DossierEdit:
    """What is written anew; None: it stays."""

    proportionality: str | None = None
    internal: str | None = None
    public: str | None = None
    contact: str | None = None
    criteria_version: str | None = None


class DossierFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class DossierOrder:
    """What is to leave, and where it is written. `domains`: none for every dossier that is confirmed.
    `recipient`: who gets it, by name.
    """

    path: Path
    format: DossierFormat
    domains: Sequence[str] = ()
    recipient: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenDossiers:
    """`signature`: the file beside it. `domains`: what is in it."""

    sha256: str
    size: int
    signature: Path
    signer: str
    domains: tuple[str, ...]
    clauses: tuple[str, ...]


def standing(
    dossier: Dossier, decision: IwolDecision | None, *, now: datetime, is_bare: bool = False
) -> Standing:
    """How it stands today. `is_bare`: none of its evidence stands any more."""
    word = None if decision is None else decision.state
    if word == DELISTED:
        return Standing.DELISTED
    if word == LISTED and dossier.state is not DossierState.WITHDRAWN:
        is_due = is_bare or (dossier.review_at is not None and dossier.review_at <= now)
        return Standing.REVIEW_DUE if is_due else Standing.LISTED
    return Standing(dossier.state.value)


def next_review(now: datetime, days: int) -> datetime:
    """When a listing is to be looked at again."""
    return now + timedelta(days=days)
