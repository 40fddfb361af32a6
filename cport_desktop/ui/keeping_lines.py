"""What the window shows of a vault's keeping, and what it orders: plain rows, frozen.

`ui.keeping` says what may be asked; the answers and orders are these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.ui.keys import Key, KeyKind


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One way to open the vault. `is_in_use`: the vault was opened with it just now."""

    name: str
    kind: KeyKind
    analyst: str
    is_mine: bool
    is_in_use: bool
    made_at: datetime
    opened_at: datetime | None
    tested_at: datetime | None
    place: str | None
    """The keyring or token that it depends on."""


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing that was looked at; `advice` is empty where nothing is to be done, `section` the
    part of the Vault page where it is done, if there is one.
    """

    name: str
    verdict: str
    found: str
    advice: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """What should not wait. `section` is the part of the Vault page that deals with it."""

    words: str
    advice: str
    section: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One thing that was done to keep the vault: a backup, a drill, a check, a restore."""

    at: datetime
    kind: str
    is_sound: bool
    verdict: str
    subject: str


@dataclass(frozen=True, slots=True)
class BackupDone:
    """A backup that was read back. `needed`: how many files a restore takes."""

    path: Path
    sha256: str
    size: int
    blobs: int
    needed: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrillOrder:
    """A backup that is to be restored for a try, the ones it builds on (those that the vault
    remembers need not be named), and what is to be shown to open it.
    """

    path: Path
    bases: tuple[Path, ...]
    key: Key | None


@dataclass(frozen=True, slots=True)
class DrillDone:
    """`made_at` as the backup says it. `proved`: what was shown, a sentence each; `findings`: what
    was wrong.
    """

    made_at: str
    blobs: int
    size: int
    proved: tuple[str, ...]
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Veils and thumbnails that were made anew, and references of files that gave none."""

    made: int
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnalystLine:
    """`slots` are the names of their slots; `is_present`: opened the vault just now."""

    name: str
    roles: frozenset[Role]
    slots: tuple[str, ...]
    is_present: bool
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """A report whose time has come. `standing` is a word of `domain.retention.Standing`."""

    report_id: ReportId
    standing: str
    scope: str
    clause: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DueList:
    """`doubt` says why this machine's clock is not believed; then a date read elsewhere is needed.
    `unknown`: periods that this version cannot apply. `is_all`: not cut off at what one run takes.
    """

    lines: tuple[DueLine, ...]
    doubt: str | None
    clock: date
    unknown: tuple[str, ...]
    has_periods: bool
    is_all: bool


@dataclass(frozen=True, slots=True)
class HoldLine:
    hold_id: str
    reference: str
    reason: str
    placed_by: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class EraseOrder:
    """These reports. `count` is what a person typed; `is_forced`: what waits for the portal is
    taken back; `with_searches`, `with_kept_searches`, `with_kept_aside`: what the preview offered goes
    as well.
    """

    reports: tuple[ReportId, ...]
    count: int
    reason: str
    is_forced: bool = False
    with_searches: bool = False
    with_kept_searches: bool = False
    with_kept_aside: bool = False


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What an erasure would take, and what stands in its way. `media_kept` have another report
    or a hold that keeps them; `searches` are texts in the log that name one of the reports,
    `kept_searches` searches that are kept and do, `kept_aside` refused messages that may.
    """

    reports: int
    media: int
    media_bytes: int
    media_kept: int
    held: int
    unsettled: int
    searches: int
    kept_searches: int
    kept_aside: int


@dataclass(frozen=True, slots=True)
class EraseDone:
    """`is_finished`: certified; otherwise the next opening of the vault finishes it."""

    erasures: tuple[str, ...]
    reports: int
    media: int
    is_finished: bool


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """`is_finished`: nothing of it is left anywhere in the vault's files."""

    erasure_id: str
    at: datetime
    actor: str
    ground: str
    reports: int
    media: int
    is_finished: bool


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """A head of the log that somebody else knows too. `kind` is one of `AnchorKind`."""

    kind: str
    at: datetime
    holder: str
    size: int


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """A code to write down, of the log's head with so many entries."""

    code: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ResealDone:
    """`damaged`: files that are not as they were sealed, left as they are."""

    files: int
    size: int
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """What a register of erasures came to. `reports` were here and are gone; `absent` were not
    here and do not come; `held` are kept by a legal hold and were left.
    """

    reports: int
    absent: int
    held: tuple[str, ...]
    changes: Changes
