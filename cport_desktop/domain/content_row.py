"""One line of a list of content items: a URL within a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.ids import ContentId, ReportId


@dataclass(frozen=True, slots=True)
class ContentRow:
    """Codes as numbers, `classification` as the portal has it. `position`: in its report, from 0."""

    content_id: ContentId
    report_id: ReportId
    position: int
    received_at: datetime
    """The report, to the second."""
    url: str
    host: str
    domain: str
    is_source: bool
    content_type: int | None
    classification: int
    age: int | None
    gender: int | None
    media_count: int
