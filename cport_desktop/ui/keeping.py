"""What the window may ask for about the vault itself: its keys, its backups, its soundness, its
people, what must be erased, and the trace that all of it leaves.

`Keeping` belongs to an open vault, `Door` to a closed one. Both are filled by
`ui.keeping_opening`; every callable may be called from any thread and raises errors of the
family `CportError` and nothing else on purpose. Roles are asked for behind each callable; the
window knows them only so that it does not offer what would be refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from cport_desktop.domain.audit import AuditEntry, AuditVerdict
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page


class KeyKind(StrEnum):
    """The kinds of key slots, by the words that a header uses."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind of slot
    RECOVERY = "recovery"
    KEY_FILE = "key_file"
    KEYRING = "keyring"
    TOKEN = "token"  # noqa: S105 - a kind of slot


@dataclass(frozen=True, slots=True)
class Key:
    """What somebody brings to open a vault. `text` is a passphrase, a recovery code or a PIN;
    `path` a key file, or the module of a token. `slot` names the one to be tried.
    """

    kind: KeyKind
    text: str = field(default="", repr=False)
    path: Path | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new slot is called and is to be opened with. `path` is where a new key file is to
    be written, or the module of a token; `token` its serial number or label.
    """

    name: str
    kind: KeyKind
    text: str = field(default="", repr=False)
    path: Path | None = None
    token: str | None = None


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
    taken back; `with_searches`, `with_kept_aside`: what the preview offered goes as well.
    """

    reports: tuple[ReportId, ...]
    count: int
    reason: str
    is_forced: bool = False
    with_searches: bool = False
    with_kept_aside: bool = False


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What an erasure would take, and what stands in its way. `media_kept` have another report
    or a hold that keeps them; `searches` are texts in the log that name one of the reports,
    `kept_aside` refused messages that may.
    """

    reports: int
    media: int
    media_bytes: int
    media_kept: int
    held: int
    unsettled: int
    searches: int
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
class Hazard:
    """What speaks against a place for a vault, and what to do."""

    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """Intentions about an open vault. Long ones take (…, announce, is_cancelled)."""

    roles: frozenset[Role]

    health: Callable[[], tuple[HealthLine, ...]]
    concerns: Callable[[], tuple[Concern, ...]]
    """Cheap enough to be asked every half minute."""

    slots: Callable[[], tuple[SlotLine, ...]]
    new_recovery_code: Callable[[], str]
    write_sheet: Callable[[Path, str], None]
    """(path, code): a recovery sheet in the clear, where a person asked for it."""
    add_slot: Callable[[NewKey], None]
    change_secret: Callable[[Key, NewKey], None]
    """(what opens the slot now, what opens it from now on)."""
    test_slot: Callable[[Key], bool]
    """Whether the slot that the key names opens with it."""
    rename_slot: Callable[[str, str], None]
    remove_slot: Callable[[str, bool], tuple[str, ...]]
    """(name, whether to insist where its analyst could not get in any more): sentences worth
    telling."""

    kept: Callable[[], tuple[KeptLine, ...]]
    back_up: Callable[[Path, Path | None, Announce, IsCancelled], BackupDone]
    """(new file, a backup whose files are left out, …)."""
    drill: Callable[[DrillOrder, Announce, IsCancelled], DrillDone]
    check: Callable[[bool, bool, Announce, IsCancelled], tuple[FindingLine, ...]]
    """(deep, from the beginning, …): a deep one that was stopped goes on where it was."""
    rebuild: Callable[[Announce, IsCancelled], Rebuilt]

    analysts: Callable[[], tuple[AnalystLine, ...]]
    add_analyst: Callable[[str, frozenset[Role], NewKey], None]
    give_roles: Callable[[str, frozenset[Role]], None]
    retire: Callable[[str], None]

    due: Callable[[], DueList]
    """`NotEnrolled` without an agreement."""
    erase_due: Callable[[int, date | None], EraseDone]
    """(the count that was typed, a date that was read elsewhere)."""
    holds: Callable[[], tuple[HoldLine, ...]]
    """Those in force, the newest first."""
    holds_on: Callable[[ReportId], tuple[HoldLine, ...]]
    place_hold: Callable[[str, str], Changes]
    """(reference, reason)."""
    release_hold: Callable[[str, str], Changes]
    preview_erasure: Callable[[tuple[ReportId, ...]], ErasePreview]
    erase: Callable[[EraseOrder], EraseDone]
    """All or nothing, in some seconds: there is no point at which it could be stopped."""
    erasures: Callable[[], tuple[ErasureLine, ...]]
    save_certificate: Callable[[str, Path], None]

    anchors: Callable[[], tuple[AnchorLine, ...]]
    diary_code: Callable[[], DiaryLine]
    write_checkpoint: Callable[[Path], int]
    """How many entries the head in the file speaks of."""

    read_audit: Callable[[str, int, str | None], Page[AuditEntry]]
    """(purpose, limit, cursor)."""
    verify_audit: Callable[[str], AuditVerdict]
    """(path of a checkpoint, a code from a diary, or nothing)."""
    export_audit: Callable[[Path, str, str], int]
    """(new file, for whom, purpose): how many entries are in it."""


@dataclass(frozen=True, slots=True)
class Founding:
    """A vault to be made. `recovery` is a code from `Foundry.new_recovery_code`, or none."""

    directory: Path
    nature: Nature
    analyst: str
    passphrase: str = field(repr=False)
    recovery: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Foundry:
    """Where vaults are made."""

    hazards: Callable[[Path], tuple[Hazard, ...]]
    require_free: Callable[[Path], None]
    """Raises where no vault can be made: `VaultExists`, `OutputExists`, `OutputUnwritable`."""
    new_recovery_code: Callable[[], str]
    write_sheet: Callable[[Path, Path, str, str], None]
    """(path, the vault's folder, whose slot, code)."""
    found: Callable[[Founding], None]
    """Takes some seconds: the key is made dear to guess."""


@dataclass(frozen=True, slots=True)
class DoorSlot:
    """What anybody who has the vault's folder can read of a slot."""

    name: str
    kind: KeyKind


@dataclass(frozen=True, slots=True)
class OpeningOrder:
    """What opens the vault. `acknowledged`: why a vault that was put back is opened all the same;
    nothing, if it is not to be.
    """

    key: Key
    acknowledged: str | None = None
