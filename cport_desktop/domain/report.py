"""A hotline's report as the portal tells it: report · content items · assessments · actions.

Shapes after ICCAM v3: one report has one or more content items (URLs), one of which is the
source URL (the page); assessments and actions belong to a content item; media items are the
files captured from it. Code lists belong to others and have gaps, so codes are plain numbers
here; their labels are data (`resources/taxonomies`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import ContentId, HotlineId, MediaId, ReportId


class ReportStatus(StrEnum):
    """What last happened to a report at the portal."""

    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Hosting:
    """Where a URL was hosted when it was captured. Every part may be unknown."""

    country: str | None
    ip_address: str | None
    provider: str | None
    autonomous_system: int | None
    organization: str | None
    is_delivery_network: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """One hotline analyst's assessment of a content item. The last one counts (ICCAM)."""

    classification: int
    age: int | None
    gender: int | None
    is_virtual: bool
    is_user_generated: bool
    is_modeling: bool
    analyst: str | None
    hotline: HotlineId | None
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that was done about a content item (code list `action`)."""

    type: int
    analyst: str | None
    made_at: datetime | None
    reason: int | None
    reason_text: str | None


@dataclass(frozen=True, slots=True)
class MediaNotice:
    """The portal's announcement of a captured file; `sha256` in lower-case hex."""

    media_id: MediaId
    size: int
    sha256: str
    file_name: str | None
    declared_type: str | None


@dataclass(frozen=True, slots=True)
class ContentItem:
    """A URL within a report. `content_type`: 1 media, 2 website (ICCAM v3)."""

    content_id: ContentId
    url: str
    is_source: bool
    content_type: int | None
    hosting: Hosting
    assigned_country: str | None
    assigned_at: datetime | None
    hotline_reference: str | None
    memo: str | None
    assessments: tuple[Assessment, ...]
    actions: tuple[Action, ...]
    media: tuple[MediaNotice, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it stands at the portal in `revision`, times in UTC."""

    report_id: ReportId
    revision: int
    hotline: HotlineId
    analyst: str | None
    hotline_reference: str | None
    received_at: datetime
    updated_at: datetime
    memo: str | None
    referrer: str | None
    source_username: str | None
    source_password: str | None
    site_type: int | None
    commerciality: int | None
    payment_methods: tuple[int, ...]
    contents: tuple[ContentItem, ...]


@dataclass(frozen=True, slots=True)
class Hotline:
    """A hotline of the network, as the portal lists it."""

    hotline_id: HotlineId
    name: str
    country: str
    contact: str | None


def source_item(report: Report) -> ContentItem | None:
    """The content item that is the reported page, or the first one if none is marked."""
    for item in report.contents:
        if item.is_source:
            return item
    return report.contents[0] if report.contents else None
