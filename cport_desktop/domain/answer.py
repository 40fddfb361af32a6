"""What a hotline answered to a request for information."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cport_desktop.domain.ids import ReportId


@dataclass(frozen=True, slots=True)
class Answer:
    """The `number`-th answer on a report (from 1), with the question that it answers.

    `hotline`: who answers, by name. `told_at`: when the portal told of it; None before it did, and no
    part of what was said.
    """

    report_id: ReportId
    number: int
    question: str
    text: str
    hotline: str
    told_at: datetime | None = field(default=None, compare=False)
