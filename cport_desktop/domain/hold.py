"""A legal hold: what nobody may erase or overwrite until it is released.

A hold on a report holds its media too, those of its earlier versions included. A hold on a
media item holds the file, and the reports that it belongs to with it, since a file without its
report proves little. Several holds may be on one item; the last release frees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from cport_desktop.domain.ids import Actor, MediaId, ReportId, media_reference, report_reference

HoldId = NewType("HoldId", str)
"""`H-` and 12 lower-case hex digits, random."""


class HeldKind(StrEnum):
    REPORT = "report"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class HeldItem:
    """A report or a media item, by its number."""

    kind: HeldKind
    number: int

    @property
    def reference(self) -> str:
        """As people write it: `HL-884179`, `M-20417`."""
        if self.kind is HeldKind.REPORT:
            return report_reference(ReportId(self.number))
        return media_reference(MediaId(self.number))


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold, in force until `released_at`."""

    hold_id: HoldId
    item: HeldItem
    reason: str
    placed_by: Actor
    placed_at: datetime
    released_by: Actor | None = None
    released_at: datetime | None = None
    release_reason: str | None = None

    @property
    def is_in_force(self) -> bool:
        return self.released_at is None


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """What the portal had said of a held report before it said something else.

    `document` is the portal's own JSON, to the byte; `correction` why it had been corrected
    into this version; `withdrawal` why it had been withdrawn, where it was.
    """

    report_id: ReportId
    kept_at: datetime
    document: bytes
    correction: str | None
    withdrawn_at: datetime | None
    withdrawal: str | None
