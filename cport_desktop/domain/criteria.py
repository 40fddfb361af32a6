"""What the texts of the criteria for the Worst-of list ask, and how reports answer it.

The texts are data of others (`resources/worst_of/criteria.json`), each with its version; what a
criterion asks of reports is one of the rules below. A criterion that reports cannot settle is
undetermined: a person judges it, in a dossier.

classification   an item is classed so that it is met; all are decided, and none is: not met
age              an item's age is among those meant, or its class implies it; what was found not to count
                 by its class says nothing
real             an item is stated not to be virtual, and is classed so that it counts; all virtual: not met
seen             the newest report is not older than so many days, and not all on it is gone; an older one
                 leaves it open, since nobody need have looked
agencies         two officers of different agencies (and countries, where the text says so) reviewed it
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.domain_facts import DomainFacts, ItemFact
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import CriterionState

MOST_EVIDENCE: Final = 10
"""Reports that are named for a criterion; how many there are is told beside them."""


class CriterionRule(StrEnum):
    CLASSIFICATION = "classification"
    AGE = "age"
    REAL = "real"
    SEEN = "seen"
    AGENCIES = "agencies"


@dataclass(frozen=True, slots=True)
class CriterionText:
    """One criterion. `met`, `not_met`: codes of what the rule looks at; `by_class`: classifications that
    imply it, or without which it does not count.
    """

    code: str
    title: str
    rule: CriterionRule
    met: tuple[int, ...] = ()
    not_met: tuple[int, ...] = ()
    by_class: tuple[int, ...] = ()
    days: int = 0


@dataclass(frozen=True, slots=True)
class CriteriaText:
    """One published text. `agencies`, `countries`: how many must have reviewed a domain by it."""

    version: str
    title: str
    source: str
    agencies: int
    countries: int
    criteria: tuple[CriterionText, ...]


@dataclass(frozen=True, slots=True)
class CriteriaBook:
    """All texts, and the thresholds of warnings. `review_days`: how long a listing stands unlooked at."""

    version: str = ""
    few_reports: int = 0
    unseen_days: int = 92
    review_days: int = 92
    texts: tuple[CriteriaText, ...] = ()

    def text(self, version: str) -> CriteriaText | None:
        return next((text for text in self.texts if text.version == version), None)


class Ground(StrEnum):
    """Why a criterion stands as it does; each is a sentence of `words.dossiers`."""

    NO_REPORTS = "no_reports"
    CLASSED_SO = "classed_so"
    CLASSED_OTHERWISE = "classed_otherwise"
    NOT_ALL_DECIDED = "not_all_decided"
    AGE_STATED = "age_stated"
    AGE_IMPLIED = "age_implied"
    AGE_NOT_STATED = "age_not_stated"
    NOT_VIRTUAL = "not_virtual"
    ALL_VIRTUAL = "all_virtual"
    VIRTUAL_UNKNOWN = "virtual_unknown"
    SEEN = "seen"
    UNSEEN = "unseen"
    GONE = "gone"
    NOT_ALL_READ = "not_all_read"
    REVIEWED = "reviewed"
    REVIEWERS_MISSING = "reviewers_missing"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """An officer who verified a dossier: for which agency of which country."""

    agency: str
    country: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion and how it stands. `evidence`: the newest reports that say so, of `count`. `moment`:
    where the ground names one. `note`, `judge`: a person's, where the ground is `JUDGED`.
    """

    text: CriterionText
    state: CriterionState
    ground: Ground
    count: int = 0
    evidence: tuple[ReportId, ...] = ()
    moment: datetime | None = None
    note: str = ""
    judge: str = ""


def judge(
    text: CriteriaText, facts: DomainFacts, *, now: datetime, reviewers: Sequence[Reviewer] = ()
) -> tuple[Judged, ...]:
    """Each criterion of `text` by what is known here of a domain."""
    return tuple(_judged(each, text, facts, now, reviewers) for each in text.criteria)


def _judged(
    criterion: CriterionText,
    text: CriteriaText,
    facts: DomainFacts,
    now: datetime,
    reviewers: Sequence[Reviewer],
) -> Judged:
    if criterion.rule is CriterionRule.AGENCIES:
        return _by_reviewers(criterion, text, reviewers)
    items = facts.standing
    if not items:
        return Judged(criterion, CriterionState.UNDETERMINED, Ground.NO_REPORTS)
    match criterion.rule:
        case CriterionRule.CLASSIFICATION:
            return _of_all(_by_class(criterion, items), facts)
        case CriterionRule.AGE:
            ruled_out = _ruled_out(text)
            counted = [item for item in items if item.classification not in ruled_out]
            return _by_age(criterion, counted or items, is_counted=bool(counted))
        case CriterionRule.REAL:
            return _of_all(_by_reality(criterion, items), facts)
        case CriterionRule.SEEN:
            return _by_sight(criterion, items, now)


def _of_all(judged: Judged, facts: DomainFacts) -> Judged:
    """What is not met by the newest items may be met by those behind them."""
    if judged.state is not CriterionState.NOT_MET or not facts.is_partial:
        return judged
    return replace(judged, state=CriterionState.UNDETERMINED, ground=Ground.NOT_ALL_READ)


def _ruled_out(text: CriteriaText) -> frozenset[int]:
    """Classes with which an item does not count."""
    classes = [each for each in text.criteria if each.rule is CriterionRule.CLASSIFICATION]
    return frozenset(code for each in classes for code in each.not_met)


def _by_class(criterion: CriterionText, items: Sequence[ItemFact]) -> Judged:
    so = [item for item in items if item.classification in criterion.met]
    if so:
        return _met(criterion, Ground.CLASSED_SO, so)
    if all(item.classification in criterion.not_met for item in items):
        return _not_met(criterion, Ground.CLASSED_OTHERWISE, items)
    return _open(criterion, Ground.NOT_ALL_DECIDED, items)


def _by_age(criterion: CriterionText, items: Sequence[ItemFact], *, is_counted: bool) -> Judged:
    stated = [item for item in items if item.age in criterion.met and not _is_virtual(item)]
    if not is_counted:
        return _open(criterion, Ground.AGE_NOT_STATED, items)
    if stated:
        return _met(criterion, Ground.AGE_STATED, stated)
    implied = [item for item in items if item.classification in criterion.by_class]
    if implied:
        return _met(criterion, Ground.AGE_IMPLIED, implied)
    return _open(criterion, Ground.AGE_NOT_STATED, items)


def _by_reality(criterion: CriterionText, items: Sequence[ItemFact]) -> Judged:
    counted = [item for item in items if item.classification in criterion.by_class]
    real = [item for item in counted if item.is_virtual is False]
    if real:
        return _met(criterion, Ground.NOT_VIRTUAL, real)
    if all(map(_is_virtual, items)):
        return _not_met(criterion, Ground.ALL_VIRTUAL, items)
    return _open(criterion, Ground.VIRTUAL_UNKNOWN, items)


def _by_sight(criterion: CriterionText, items: Sequence[ItemFact], now: datetime) -> Judged:
    newest = max(items, key=lambda item: item.received_at)
    ground = Ground.UNSEEN
    if now - newest.received_at <= timedelta(days=criterion.days):
        ground = Ground.GONE if all(item.is_gone for item in items) else Ground.SEEN
    state = CriterionState.MET if ground is Ground.SEEN else CriterionState.UNDETERMINED
    return Judged(criterion, state, ground, 1, (newest.report_id,), newest.received_at)


def _by_reviewers(
    criterion: CriterionText, text: CriteriaText, reviewers: Sequence[Reviewer]
) -> Judged:
    is_met = are_enough(text, reviewers)
    return Judged(
        criterion,
        CriterionState.MET if is_met else CriterionState.UNDETERMINED,
        Ground.REVIEWED if is_met else Ground.REVIEWERS_MISSING,
        len(reviewers),
    )


def are_enough(text: CriteriaText, reviewers: Sequence[Reviewer]) -> bool:
    """Whether as many agencies and countries reviewed as `text` asks."""
    agencies = {_folded(reviewer.agency) for reviewer in reviewers} - {""}
    countries = {_folded(reviewer.country) for reviewer in reviewers} - {""}
    return len(agencies) >= text.agencies and len(countries) >= text.countries


def _folded(name: str) -> str:
    """Names that look the same are one: another width, case or number of blanks makes no second agency."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_virtual(item: ItemFact) -> bool:
    return item.is_virtual is True


def _met(criterion: CriterionText, ground: Ground, items: Iterable[ItemFact]) -> Judged:
    return _told(criterion, CriterionState.MET, ground, items)


def _not_met(criterion: CriterionText, ground: Ground, items: Iterable[ItemFact]) -> Judged:
    return _told(criterion, CriterionState.NOT_MET, ground, items)


def _open(criterion: CriterionText, ground: Ground, items: Iterable[ItemFact]) -> Judged:
    return _told(criterion, CriterionState.UNDETERMINED, ground, items)


def _told(
    criterion: CriterionText, state: CriterionState, ground: Ground, items: Iterable[ItemFact]
) -> Judged:
    reports = tuple(dict.fromkeys(item.report_id for item in items))
    return Judged(criterion, state, ground, len(reports), reports[:MOST_EVIDENCE])
