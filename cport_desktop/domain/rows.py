"""What lists show: frozen rows, pages with a cursor to the next, facets with counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from cport_desktop.domain.answer import Answer
from cport_desktop.domain.hold import Hold, KeptVersion
from cport_desktop.domain.ids import ContentId, HotlineId, ReportId
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import OperationRow
from cport_desktop.domain.report import Hotline, Report, ReportStatus
from cport_desktop.domain.takedown import NOBODY_WAITS, TakedownHold, TakedownMark

Row = TypeVar("Row")


class ReportSort(StrEnum):
    """Columns a list of reports can be sorted by; a leading `-` on the command line reverses."""

    RECEIVED = "received"
    UPDATED = "updated"
    REFERENCE = "ref"
    DOMAIN = "domain"
    HOST = "host"
    PROVIDER = "provider"
    CLASSIFICATION = "class"


@dataclass(frozen=True, slots=True)
class Order:
    sort: ReportSort = ReportSort.RECEIVED
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the reports table. Codes as numbers; `classification` as seen, that is
    with the analyst's own unsettled assessments laid over the portal's (`is_overlaid`).
    """

    report_id: ReportId
    status: ReportStatus
    received_at: datetime
    updated_at: datetime
    hotline: HotlineId
    url: str
    host: str
    domain: str
    hosting_country: str | None
    assigned_country: str | None
    ip_address: str | None
    autonomous_system: int | None
    provider: str | None
    is_delivery_network: bool
    site_type: int | None
    commerciality: int | None
    classification: int
    age: int | None
    gender: int | None
    last_action: int | None
    content_count: int
    media_count: int
    is_overlaid: bool
    takedown: TakedownMark = NOBODY_WAITS
    """Whether its hotline waits with notice and takedown, or was asked to."""
    assigned_at: datetime | None = None
    """When the first of its items was assigned to a country."""
    tags: tuple[str, ...] = ()
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`next_cursor` is None on the last page; `elapsed_ms` is time in the vault alone."""

    rows: Sequence[Row]
    next_cursor: str | None
    elapsed_ms: float


class Facet(StrEnum):
    """Columns that a list of reports can be counted by."""

    CLASSIFICATION = "class"
    SITE_TYPE = "site"
    HOTLINE = "hotline"
    HOSTING_COUNTRY = "host"
    STATUS = "status"
    ASSIGNED_COUNTRY = "assigned"
    PROVIDER = "provider"
    KIND = "kind"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """`value` is what a query would say: the code's number, the country, the hotline's id, the name of
    a provider, a kind of media, a month such as 2026-03.
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that one report's page shows."""

    row: ReportRow
    report: Report
    document: bytes
    """The portal's own JSON of the report, with all that this version does not know."""
    hotline: Hotline | None
    withdrawn_reason: str | None
    media: tuple[MediaItem, ...]
    media_of: tuple[tuple[ContentId, tuple[int, ...]], ...]
    """For each content item the positions of its media in `media`."""
    operations: tuple[OperationRow, ...]
    holds: tuple[Hold, ...] = ()
    """Legal holds in force on the report or on its media."""
    kept_versions: tuple[KeptVersion, ...] = ()
    """What the portal had said of it, while it was held, before its latest word."""
    takedown_hold: TakedownHold | None = None
    """The portal's word on it; `domain.takedown.standing` lays our own operations over it."""
    answers: tuple[Answer, ...] = ()
    """To requests for information, in their order."""


@dataclass(frozen=True, slots=True)
class HotlineRow:
    hotline: Hotline
    reports: int
    last_received: datetime | None
