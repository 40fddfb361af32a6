"""A package of a colleague: what it says of itself, how its items stand here, what was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import Actor, ReportId
from cport_desktop.domain.package import Verification
from cport_desktop.domain.report import Report, ReportStatus

NOT_IN_PACKAGE: Final = "import.not_in_package"
"""The code of a media item whose file the package did not carry."""


class ItemStanding(StrEnum):
    """How an item of a package stands here, before it is taken in."""

    NEW = "new"
    """It is not here."""
    SAME = "same"
    """It is here, a report in the same revision, a file with the same bytes."""
    OTHER = "other"
    """A report is here in another revision. What is here stays."""
    CLASH = "clash"
    """Its number means something else here: other bytes, or another report's media item."""
    ERASED = "erased"
    """It was erased here, and does not come back."""
    UNREADABLE = "unreadable"
    """Its document is none that this version understands."""

    @property
    def is_taken_in(self) -> bool:
        return self is ItemStanding.NEW


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """Who signed, when, under which agreement. `sha256`: of the file as it came. `signed_at`: as the
    signer states it. `certificate`: PEM. `checkpoint`: the signed head of the sender's audit log,
    empty if there is none.
    """

    sha256: str
    title: str
    composed_at: datetime
    composed_by: str
    agency: str
    agreement: str
    signer: str
    signed_at: datetime
    certificate: str
    log_head: str
    log_size: int
    log_key: str
    checkpoint: bytes


@dataclass(frozen=True, slots=True)
class CarriedReport:
    """A report of a package. `report` is None where its document cannot be understood; `document` is the
    portal's JSON as the sender passed it on, to the byte (but for media items that the sender redacted,
    of which nothing is told), `local` what the sender added.
    """

    report_id: ReportId
    status: ReportStatus
    withdrawn_reason: str | None
    report: Report | None
    document: bytes
    local: bytes


@dataclass(frozen=True, slots=True)
class StandingReport:
    """One line of a preview. `revision_here`: None if it is not here."""

    report_id: ReportId
    standing: ItemStanding
    revision: int | None
    revision_here: int | None
    media: int


@dataclass(frozen=True, slots=True)
class MediaCounts:
    """Files of the package: those that would be taken in, those that are here, those whose kind the
    agreement does not let come, and those that no report to be taken in announces. `absent`: items
    of reports to be taken in that the package carries no file for.
    """

    new: int = 0
    here: int = 0
    withheld: int = 0
    unneeded: int = 0
    absent: int = 0
    bytes_new: int = 0


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do; nothing was changed. `imported_at`: when this very package was taken in
    before, if it was.
    """

    facts: PackageFacts
    verification: Verification
    reports: tuple[StandingReport, ...]
    media: MediaCounts
    imported_at: datetime | None

    def count(self, standing: ItemStanding) -> int:
        """How many reports stand so."""
        return sum(report.standing is standing for report in self.reports)


@dataclass(frozen=True, slots=True)
class ImportedPackage:
    """What was taken in. `items`: reports that were new here; `media`: files that are held now;
    `in_case`: things that are new in the case.
    """

    facts: PackageFacts
    reports: tuple[StandingReport, ...]
    items: int
    media: int
    case: str | None
    in_case: tuple[About, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """A package that was taken in, as the vault remembers it."""

    number: int
    sha256: str
    title: str
    agency: str
    agreement: str
    composed_at: datetime
    composed_by: str
    signer: str
    signed_at: datetime
    log_head: str
    log_size: int
    at: datetime
    actor: Actor
    items: int
    media: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Which package brought a report, and what the sender said of it (JSON; None once it was erased).
    `is_told`: the portal has told of the report itself since.
    """

    package: ImportRecord
    standing: ItemStanding
    revision: int | None
    custody: bytes | None
    is_told: bool


@dataclass(frozen=True, slots=True)
class EnteredItem:
    """One item of a package, for the vault's books."""

    kind: str
    reference: int
    standing: ItemStanding
    revision: int | None
    sha256: str | None
    custody: bytes | None
