"""What one exchange brings: a stream of batches, each the next link of a chain.

A portal writes one stream for each station. A batch has its `sequence` (from 1, without gaps) and
the digest of its predecessor, so that whoever carries it, and by whatever road, a batch that is
missing, doubled, out of order or from another stream is told from the one that comes next. A
`Standing` says that nothing more was waiting, and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.answer import Answer
from cport_desktop.domain.ids import Cursor, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.portal_records import HashList, HashListEntry, IwolDecision
from cport_desktop.domain.report import Hotline, Report, ReportStatus
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.domain.taxonomy import Taxonomy


class ChangeKind(StrEnum):
    """What became of a thing."""

    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Subject(StrEnum):
    """Kinds of things beside reports that this version understands. Others are kept as they come."""

    HOTLINE = "hotline"
    TAXONOMY = "taxonomy"
    HASH_LIST = "hashList"
    HASH_LIST_ENTRY = "hashListEntry"
    IWOL_DECISION = "iwolDecision"
    AGREEMENT = "agreement"
    TAKEDOWN_HOLD = "takedownHold"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report in its new or corrected state: content items, assessments, actions and media with it.

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


RecordValue = (
    Hotline
    | TakedownHold
    | Answer
    | Taxonomy
    | HashList
    | HashListEntry
    | IwolDecision
    | SignedAgreement
)
"""What a record's document says, parsed; one type for each `Subject` that is understood."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """Something other than a report, as it stands now. A higher `revision` replaces a lower one.

    `subject` is one of `Subject`, or a word of a later version. `reference` names the thing within
    its subject. `document` is the portal's JSON of it, to the byte, and `value` what this version
    understands of it; empty and None once it is withdrawn.
    """

    subject: str
    reference: str
    kind: ChangeKind
    revision: int
    made_at: datetime
    reason: str | None
    document: bytes
    value: RecordValue | None


@dataclass(frozen=True, slots=True)
class UnknownChange:
    """A kind of change this version does not know, kept to the byte for a later one."""

    kind: str
    document: bytes


Change = ReportChange | Withdrawal | RecordChange | UnknownChange


@dataclass(frozen=True, slots=True)
class Position:
    """How far a station has come in its stream: behind the batch with this sequence and digest.

    `cursor` is the portal's own word for it. `START` is before the first batch.
    """

    sequence: int
    digest: str | None
    cursor: Cursor | None


START = Position(0, None, None)


@dataclass(frozen=True, slots=True)
class Batch:
    """A signed, parsed and bounded link of the chain.

    `previous`: digest of the batch before it, None for the first. `digest`: its own
    (`formats.sealed_message.digest`). `is_snapshot`: it tells how reports stand, newest first, and
    is not the last of its kind; see `docs/formats/portal_protocol.md`.
    `remaining`: how many changes were still waiting behind it, for progress only.
    """

    portal: PortalId
    station: StationId
    nature: Nature
    issued_at: datetime
    sequence: int
    previous: str | None
    cursor: Cursor | None
    next_cursor: Cursor
    is_snapshot: bool
    remaining: int
    changes: tuple[Change, ...]
    receipts: tuple[Receipt, ...]
    digest: str

    @property
    def position(self) -> Position:
        """Where a station stands that has applied it."""
        return Position(self.sequence, self.digest, self.next_cursor)


@dataclass(frozen=True, slots=True)
class Standing:
    """The portal's word that at `issued_at` nothing was waiting behind this place of the stream."""

    portal: PortalId
    station: StationId
    nature: Nature
    issued_at: datetime
    sequence: int
    digest: str | None
