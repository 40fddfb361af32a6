"""The “Worst of” list (IWOL) as it looks from here: domains that reports are about, what was suggested
of them, and what was decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.operation import OperationRow, OperationState, SuggestDomain
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.row_language import Kind, RowField, RowLanguage

LOOKED_AT: Final = 200
"""Of each domain so many of its newest reports say which hotlines and countries it has to do with: the
busiest has a million.
"""


class CandidateSort(StrEnum):
    """What candidates can be sorted by."""

    REPORTS = "reports"
    SEEN = "seen"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class CandidateOrder:
    sort: CandidateSort = CandidateSort.REPORTS
    is_descending: bool = True


BUSIEST_FIRST: Final = CandidateOrder()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports are about a domain, and when the newest was received."""

    reports: int
    seen: datetime


@dataclass(frozen=True, slots=True)
class Tallied:
    """A domain with how many reports are about it, and when the newest of them was received.

    `is_suggested`: this agency suggested it; `is_decided`: the portal told of a decision.
    """

    domain: str
    reports: int
    seen: datetime
    is_suggested: bool
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """`hotlines` and `countries` (of hosting) are those of the newest `LOOKED_AT` reports; `is_partial`:
    there are more reports. `suggested`: how the latest suggestion of it stands; `decided`: the word of the
    portal's decision.
    """

    tallied: Tallied
    hotlines: int
    countries: tuple[str, ...]
    is_partial: bool
    suggested: OperationState | None
    decided: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion of this agency, and what was decided about its domain since."""

    row: OperationRow
    body: SuggestDomain
    decision: IwolDecision | None


CANDIDATES: Final[RowLanguage[Tallied]] = RowLanguage(
    words=lambda row: row.domain,
    fields={
        "domain": RowField(Kind.PART, lambda row: row.domain),
        "reports": RowField(Kind.NUMBER, lambda row: row.reports),
        "seen": RowField(Kind.MOMENT, lambda row: row.seen),
    },
    states={
        "suggested": lambda row: row.is_suggested,
        "decided": lambda row: row.is_decided,
    },
)
"""What a query over candidates may ask."""
