"""What left the vault: to whom, when, why, by which clause, and what came of it since.

One disclosure is one thing that left at one moment: a package, a message to the portal, a table.
Its items are numbers, revisions and digests, never content. What a hotline corrects or takes back
later is held against them, and each copy that it touches is `Affected` until somebody has settled
what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from cport_desktop.domain.batch import ChangeKind
from cport_desktop.domain.ids import (
    Actor,
    MediaId,
    ReportId,
    media_reference,
    report_reference,
)

DisclosureId = NewType("DisclosureId", str)
"""`D-` and 12 lower-case hex digits, random."""
AffectedId = NewType("AffectedId", str)
"""`A-` and a number of this vault."""

REPORT: Final = "report"
MEDIA: Final = "media"
OPERATION: Final = "operation"


class DisclosureKind(StrEnum):
    """As what it left."""

    PACKAGE = "package"
    OPERATIONS = "operations"
    """What analysts did, sent to the portal by either road."""
    COURIER = "courier"
    """What else a bundle carried beside operations."""
    CASE = "case"
    """Reports of a case that another agency takes over."""
    TABLE = "table"
    HASH_LIST = "hash_list"
    DOSSIER = "dossier"
    AUDIT_LOG = "audit_log"
    CERTIFICATE = "certificate"
    """Certificates of erasure, or their register."""
    NOTICE = "notice"
    """Word to a recipient that something they have was corrected or withdrawn."""
    PROVIDER_NOTICE = "provider_notice"
    """Word to a provider about what it hosts, drafted here and sent by another channel."""
    RECEIPT = "receipt"
    """Word to a colleague that their package came."""


class Outcome(StrEnum):
    """What became of it behind the entry that announced it."""

    LEFT = "left"
    NOT_LEFT = "not_left"
    """Nothing was written, or nothing of it is left."""
    UNKNOWN = "unknown"
    """Power went before anybody could say: it counts as one that left."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who has it now. `name` as people know them; `key` what it was sealed to, if it was."""

    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class DisclosedItem:
    """One thing of it. `kind`: `report`, `media`, `operation`, or a subject of the portal's
    records (`hashList`, `hashListEntry` …); `reference` in the form in which people read it.

    `revision`: which one left; None where nobody noted it. `sha256`: of a media file; None once
    the item was erased here. `within`: the report to which it belonged when it left.
    """

    kind: str
    reference: str
    revision: int | None = None
    sha256: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """To be entered in the register, in the transaction of its audit entry, which says who.

    `title`: how people know it. `clause`: what allows it. `sha256`: of the file that left, where
    there is one and it is known already.
    """

    disclosure_id: DisclosureId
    kind: DisclosureKind
    title: str
    recipients: tuple[Recipient, ...]
    items: tuple[DisclosedItem, ...] = ()
    clause: str | None = None
    reason: str | None = None
    sha256: str | None = None
    foreseen: int = 0
    """How many items it holds, where they are entered piece by piece behind it."""


@dataclass(frozen=True, slots=True)
class EnteredDisclosure:
    """One line of the register. `is_from_log`: it left before there was a register and was made
    from the audit log: which revisions and media it held, nobody noted.
    """

    disclosure_id: DisclosureId
    at: datetime
    kind: DisclosureKind
    title: str
    recipients: tuple[Recipient, ...]
    clause: str | None
    reason: str | None
    sha256: str | None
    outcome: Outcome
    items: int
    open_items: int
    """How many of its copies are affected and not settled."""
    is_from_log: bool


@dataclass(frozen=True, slots=True)
class Received:
    """That a recipient has it. `received_by` and `received_at` as they stated it; `signer` of their
    receipt, None where somebody was told and wrote it down (`noted_by`, `noted_at`).
    """

    recipient: str
    received_by: str
    received_at: datetime
    signer: str | None
    noted_by: Actor
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class DisclosureRecord:
    """A line of the register with all of it, `actor` who let it leave among it."""

    entered: EnteredDisclosure
    actor: Actor
    items: tuple[DisclosedItem, ...]
    received: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """One recipient's copy of something. `item`: what of it they have; None where the whole file that
    left was asked for. `handling`: how far the chase after it has come, None if it is not affected.
    """

    recipient: Recipient
    disclosure_id: DisclosureId
    kind: DisclosureKind
    title: str
    at: datetime
    outcome: Outcome
    item: DisclosedItem | None
    handling: Handling | None
    received: tuple[Received, ...]


class Handling(StrEnum):
    """How far the chase after one copy has come."""

    OPEN = "open"
    NOTICE_WRITTEN = "notice_written"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    """The recipient said that they know."""
    NOT_NEEDED = "not_needed"
    """Somebody decided so and said why."""

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do."""
        return self in (Handling.ACKNOWLEDGED, Handling.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Affected:
    """A copy that somebody has of something that was corrected or withdrawn since.

    `change` and `changed_at` are the portal's, `heard_at` is this machine's. `revision_left` is
    None where nobody noted it, `revision_now` where the thing was withdrawn. `reason`: the
    hotline's words; None once the item was erased here. `note`: why it was settled so.
    """

    affected_id: AffectedId
    disclosure_id: DisclosureId
    title: str
    left_at: datetime
    recipient: str
    kind: str
    reference: str
    change: ChangeKind
    revision_left: int | None
    revision_now: int | None
    changed_at: datetime
    heard_at: datetime
    reason: str | None
    handling: Handling
    note: str | None
    notice: DisclosureId | None


def report_item(report: ReportId, revision: int) -> DisclosedItem:
    """A report in the revision in which it left."""
    return DisclosedItem(REPORT, report_reference(report), revision)


def media_item(media: MediaId, sha256: str, *, within: ReportId) -> DisclosedItem:
    """A file that left with a report."""
    return DisclosedItem(
        MEDIA, media_reference(media), None, sha256, within=report_reference(within)
    )


def operation_item(operation: str, *, about: ReportId | None) -> DisclosedItem:
    """An operation, and the report that it speaks of."""
    within = None if about is None else report_reference(about)
    return DisclosedItem(OPERATION, operation, within=within)
