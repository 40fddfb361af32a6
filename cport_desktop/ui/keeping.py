"""What the window may ask for about the vault itself: its keys, its backups, its soundness, its
people, what must be erased, and the trace that all of it leaves.

`Keeping` belongs to an open vault and is filled by `ui.keeping_opening`. Every callable may be
called from any thread and raises errors of the family `CportError` and nothing else on purpose.
Roles are asked for behind each callable; the window knows them only so that it does not offer
what would be refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cport_desktop.domain.audit import AuditEntry, AuditVerdict
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.ui.keeping_lines import (
    AnalystLine,
    AnchorLine,
    BackupDone,
    Concern,
    DiaryLine,
    DrillDone,
    DrillOrder,
    DueList,
    EraseDone,
    EraseOrder,
    ErasePreview,
    ErasureLine,
    FindingLine,
    HealthLine,
    HoldLine,
    KeptLine,
    Rebuilt,
    RegisterLine,
    ResealDone,
    SlotLine,
)
from cport_desktop.ui.keys import Key, NewKey


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

    reseal: Callable[[Announce, IsCancelled], ResealDone]
    """Every file has a key of its own anew; one that was stopped goes on where it was."""

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
    save_register: Callable[[Path], None]
    apply_register: Callable[[Path], RegisterLine]
    """What a register of erasures (a file) names is gone here, too; can be repeated."""

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
    erase_particulars: Callable[[int, str], Changes]
    """(number of an entry, reason): what the entry says of persons is gone, the entry stays."""
