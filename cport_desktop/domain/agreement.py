"""What the national hotline allows an agency, clause by clause, and what follows from it.

A clause grants functions. What no clause grants is not allowed, and nothing is allowed when the
agreement has run out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.retention import RetentionPeriod


class Function(StrEnum):
    """What an agreement can allow; the words of its clauses."""

    REPORTS_READ = "reports.read"
    MEDIA_RECEIVE = "media.receive"
    MEDIA_REVEAL = "media.reveal"
    ASSESSMENT_GIVE = "assessment.give"
    FEEDBACK_GIVE = "feedback.give"
    TAKEDOWN_HOLD = "takedown.hold"
    INFORMATION_REQUEST = "information.request"
    IWOL_SUGGEST = "iwol.suggest"
    HASHLIST_CONTRIBUTE = "hashlist.contribute"
    HASHLIST_EXPORT = "hashlist.export"
    CASE_HAND_OVER = "case.hand_over"
    FALSE_POSITIVE_NOTIFY = "false_positive.notify"
    PACKAGE_COMPOSE = "package.compose"
    TABLE_EXPORT = "table.export"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agreement: what it allows, in neutral words."""

    number: str
    allows: str
    text: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the national hotline allows this agency.

    `retention`: how long reports may be kept; none stated means that no rule erases.
    """

    reference: str
    jurisdiction: str
    agency: str
    valid_until: datetime
    clauses: tuple[Clause, ...]
    retention: tuple[RetentionPeriod, ...] = ()


def clause_for(agreement: Agreement, function: Function) -> Clause | None:
    """The first clause that grants `function`."""
    granting = (clause for clause in agreement.clauses if clause.allows == function.value)
    return next(granting, None)
