"""An assessment that another analyst must confirm before it goes to the portal.

    waits ──▶ confirmed: queued          the second found the same
      └─────▶ contradicted: not sent     something else; the first revises it or sets it aside, or a
                                         second reader finds the same after all

The second reader says what they find before they are told what the first one found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import Actor, AnalystId, ContentId, OperationId, ReportId


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class SecondWord:
    """What a second reader said, and when, in microseconds since 1970."""

    reader: AnalystId
    at_us: int
    said: int
    verdict: Verdict
    reason: str | None


@dataclass(frozen=True, slots=True)
class SecondReading:
    """`by`: the first reader. `first`: what they said; None for who has not said theirs yet. `said`,
    `reader`, `reason`: of the second, where one contradicted.
    """

    operation_id: OperationId
    report_id: ReportId
    content_id: ContentId
    by: Actor
    asked_at: datetime
    verdict: Verdict | None
    first: int | None
    reader: Actor | None
    said: int | None
    reason: str | None
