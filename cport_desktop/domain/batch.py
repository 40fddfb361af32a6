"""What one exchange brings: changes, hotlines and receipts, from one cursor to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.ids import Cursor, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.report import Hotline, Report, ReportStatus


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report in its new or corrected state.

    `document` is the portal's own JSON of the report, to the byte: fields and codes that
    this version does not know are kept there and passed on.
    """

    status: ReportStatus
    report: Report
    document: bytes
    reason: str | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report that the hotline has taken back; it stays as a tombstone with the reason."""

    report_id: ReportId
    made_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class UnknownChange:
    """A kind of change this version does not know, kept to the byte for a later one."""

    kind: str
    document: bytes


Change = ReportChange | Withdrawal | UnknownChange


@dataclass(frozen=True, slots=True)
class Batch:
    """A signed, parsed and bounded answer to «what is new since `cursor`?».

    `is_last`: nothing more was waiting when the portal wrote it.
    `digest`: SHA-256 (hex) of the bytes that were signed.
    `remaining`: how many changes were still waiting behind it, for progress only.
    """

    portal: PortalId
    station: StationId
    nature: Nature
    issued_at: datetime
    cursor: Cursor | None
    next_cursor: Cursor
    is_last: bool
    remaining: int
    hotlines: tuple[Hotline, ...]
    changes: tuple[Change, ...]
    receipts: tuple[Receipt, ...]
    digest: str
