"""What keeps a vault, over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from cport_desktop.domain.audit import (
    AuditAction,
    AuditDraft,
    AuditEntry,
    AuditVerdict,
    ObjectKind,
)
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import Actor, ReportId
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Page
from cport_desktop.errors import (
    Cancelled,
    CheckpointMalformed,
    CountDiffers,
    LastSlot,
    OutputExists,
    WrongPassphrase,
)
from cport_desktop.ui.keeping import Keeping
from cport_desktop.ui.keeping_lines import (
    AnalystLine,
    AnchorLine,
    BackupDone,
    Concern,
    DiaryLine,
    DrillDone,
    DrillOrder,
    DueLine,
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
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.words import slots as slot_words
from cport_desktop.words import vault_page as words

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRET = "staple battery horse correct"
CODE = "2C7K9-Q0XHW-7TR4M-0ZZ2A-K9P3D-11B5V-XW8E4-J6S0N"
LAST_REPORT = 884_200


@dataclass
class KeptNotes:
    """What was asked, and switches for what is answered."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    work_may_end: Event = field(default_factory=Event)
    findings: tuple[FindingLine, ...] = ()
    doubt: str | None = None
    fault: str | None = None
    damaged: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.work_may_end.set()

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]


class MemoryKeeping:
    """Answers every intention about a vault."""

    def __init__(self, *, roles: frozenset[Role] = EVERY_ROLE) -> None:
        self.roles = roles
        self.notes = KeptNotes()
        self.slot_lines = [
            _slot("passphrase", KeyKind.PASSPHRASE, is_in_use=True),
            _slot("sheet in the safe", KeyKind.RECOVERY),
            _slot("stick of the shift", KeyKind.KEY_FILE),
            _slot("smart card 4711", KeyKind.TOKEN, place="Example card (0042)"),
            _slot("B. Example", KeyKind.PASSPHRASE, analyst="B. Example"),
        ]
        self.people = [
            AnalystLine("A. Example", EVERY_ROLE, ("passphrase",), True, None),
            AnalystLine("B. Example", frozenset({Role.ANALYST}), ("B. Example",), False, None),
            AnalystLine("C. Example", frozenset(), (), False, NOON - timedelta(days=90)),
        ]
        self.held = [
            HoldLine("H-0a1b2c3d4e5f", "HL-884190", "proceeding 4711/26", "A. Example", NOON)
        ]
        self.due_lines = [_due(number) for number in range(3)]
        self.gone: list[ErasureLine] = []
        self.records: list[KeptLine] = []
        self.silenced: set[int] = set()
        self.known = [AnchorLine("session", NOON, "", 1_840)]

    def intentions(self) -> Keeping:
        return Keeping(
            roles=self.roles,
            health=_health,
            concerns=self._concerns,
            slots=lambda: tuple(self.slot_lines),
            new_recovery_code=lambda: CODE,
            write_sheet=self._write_sheet,
            add_slot=self._add_slot,
            change_secret=self._change_secret,
            test_slot=self._test_slot,
            rename_slot=self._rename_slot,
            remove_slot=self._remove_slot,
            reseal=self._reseal,
            kept=lambda: tuple(self.records),
            back_up=self._back_up,
            drill=self._drill,
            check=self._check,
            rebuild=self._rebuild,
            analysts=lambda: tuple(self.people),
            add_analyst=self._add_analyst,
            give_roles=self._give_roles,
            retire=self._retire,
            due=self._due,
            erase_due=self._erase_due,
            holds=lambda: tuple(self.held),
            holds_on=lambda report: tuple(
                hold for hold in self.held if hold.reference == f"HL-{report}"
            ),
            place_hold=self._place_hold,
            release_hold=self._release_hold,
            preview_erasure=self._preview,
            erase=self._erase,
            erasures=lambda: tuple(self.gone),
            save_certificate=self._save_certificate,
            save_register=partial(self._note, "saved_register"),
            apply_register=self._apply_register,
            anchors=lambda: tuple(self.known),
            diary_code=self._diary_code,
            write_checkpoint=self._write_checkpoint,
            read_audit=self._read_audit,
            verify_audit=self._verify,
            export_audit=self._export,
            erase_particulars=self._erase_particulars,
        )

    def _note(self, verb: str, *what: object) -> None:
        self.notes.calls.append((verb, *what))

    def _concerns(self) -> tuple[Concern, ...]:
        found = [Concern(words.NOT_ANCHORED, words.NOT_ANCHORED_ADVICE, words.ANCHORS)]
        if not self.records:
            advice = words.NEVER_BACKED_UP_ADVICE
            found.insert(0, Concern(words.NEVER_BACKED_UP, advice, words.BACKUPS))
        return tuple(found)

    # -- slots

    def _write_sheet(self, path: Path, code: str) -> None:
        self._note("sheet", path, code)

    def _add_slot(self, new: NewKey) -> None:
        self._note("add_slot", new)
        self.slot_lines.append(_slot(new.name, new.kind))

    def _change_secret(self, key: Key, new: NewKey) -> None:
        self._note("change_secret", key, new)
        if key.text != SECRET:
            raise WrongPassphrase

    def _test_slot(self, key: Key) -> bool:
        self._note("test_slot", key)
        return key.text == SECRET

    def _rename_slot(self, name: str, new_name: str) -> None:
        self._note("rename_slot", name, new_name)
        self.slot_lines = [
            replace(line, name=new_name) if line.name == name else line for line in self.slot_lines
        ]

    def _remove_slot(self, name: str, insists: bool) -> tuple[str, ...]:
        self._note("remove_slot", name, insists)
        if name == "passphrase":
            raise LastSlot(rule=slot_words.LAST_DOOR)
        self.slot_lines = [line for line in self.slot_lines if line.name != name]
        return (slot_words.OLD_COPIES,)

    def _reseal(self, announce: Announce, is_cancelled: IsCancelled) -> ResealDone:
        self._note("reseal")
        self._wait(Phase.RESEALING, announce, is_cancelled)
        return ResealDone(5_021, 4_200_000_000, self.notes.damaged)

    # -- backups and checks

    def _wait(self, phase: Phase, announce: Announce, is_cancelled: IsCancelled) -> None:
        announce(Progress(phase, 417, 1_000))
        while not self.notes.work_may_end.wait(0.01):
            if is_cancelled():
                raise Cancelled

    def _back_up(
        self, path: Path, since: Path | None, announce: Announce, is_cancelled: IsCancelled
    ) -> BackupDone:
        self._note("back_up", path, since)
        self._wait(Phase.BACKING_UP, announce, is_cancelled)
        if path.name == "there.backup":
            raise OutputExists(path=str(path))
        self.records.insert(0, KeptLine(NOON, "backup", True, "sound", str(path)))
        return BackupDone(path, "ab" * 32, 4_200_000_000, 5_021, 2 if since else 1, ())

    def _drill(self, order: DrillOrder, announce: Announce, is_cancelled: IsCancelled) -> DrillDone:
        self._note("drill", order)
        self._wait(Phase.RESTORING, announce, is_cancelled)
        self.records.insert(0, KeptLine(NOON, "drill", True, "sound", str(order.path)))
        proved = ("All 5,021 files came back.", "The log goes on from the backup’s.")
        return DrillDone("2026-11-21T11:00:00Z", 5_021, 4_200_000_000, proved, ())

    def _check(
        self, deep: bool, restart: bool, announce: Announce, is_cancelled: IsCancelled
    ) -> tuple[FindingLine, ...]:
        self._note("check", deep, restart)
        self._wait(Phase.CHECKING, announce, is_cancelled)
        return self.notes.findings

    def _rebuild(self, announce: Announce, is_cancelled: IsCancelled) -> Rebuilt:
        self._note("rebuild")
        self._wait(Phase.REBUILDING, announce, is_cancelled)
        return Rebuilt(41, ("M-7",))

    # -- people

    def _add_analyst(self, name: str, roles: frozenset[Role], new: NewKey) -> None:
        self._note("add_analyst", name, roles, new)
        self.people.append(AnalystLine(name, roles, (new.name,), False, None))

    def _give_roles(self, name: str, roles: frozenset[Role]) -> None:
        self._note("give_roles", name, roles)

    def _retire(self, name: str) -> None:
        self._note("retire", name)

    # -- retention, holds, erasures

    def _due(self) -> DueList:
        self._note("due")
        unknown = ("archived (§ 9)",)
        doubt = self.notes.doubt
        return DueList(tuple(self.due_lines), doubt, NOON.date(), unknown, True, True)

    def _erase_due(self, count: int, date_read: date | None) -> EraseDone:
        self._note("erase_due", count, date_read)
        found = sum(line.standing == "due" for line in self.due_lines)
        if count != found:
            raise CountDiffers(typed=count, found=found)
        self.due_lines = [line for line in self.due_lines if line.standing != "due"]
        return self._erased(count)

    def _preview(self, reports: tuple[ReportId, ...]) -> ErasePreview:
        held = sum(hold.reference == f"HL-{number}" for hold in self.held for number in reports)
        return ErasePreview(len(reports), 6, 4_200_000, 1, held, 1, 2, 1, 0)

    def _erase(self, order: EraseOrder) -> EraseDone:
        self._note("erase", order)
        if order.count != len(order.reports):
            raise CountDiffers(typed=order.count, found=len(order.reports))
        return self._erased(order.count)

    def _erased(self, count: int) -> EraseDone:
        number = f"E-{len(self.gone):012x}"
        self.gone.insert(0, ErasureLine(number, NOON, "A. Example", "§ 4", count, 6, True))
        return EraseDone((number,), count, 6, True)

    def _place_hold(self, reference: str, reason: str) -> Changes:
        self._note("place_hold", reference, reason)
        number = f"H-{len(self.held):012x}"
        self.held.insert(0, HoldLine(number, reference, reason, "A. Example", NOON))
        return Changes.REPORTS | Changes.MEDIA | Changes.AUDIT

    def _release_hold(self, hold_id: str, reason: str) -> Changes:
        self._note("release_hold", hold_id, reason)
        self.held = [hold for hold in self.held if hold.hold_id != hold_id]
        return Changes.REPORTS | Changes.MEDIA | Changes.AUDIT

    def _save_certificate(self, erasure: str, path: Path) -> None:
        self._note("certificate", erasure, path)

    def _apply_register(self, path: Path) -> RegisterLine:
        self._note("register", path)
        if path.name != "register":
            raise CheckpointMalformed(cause=path.name)
        self._erased(2)
        return RegisterLine(2, 3, ("HL-884190",), Changes.REPORTS | Changes.AUDIT)

    # -- the log

    def _diary_code(self) -> DiaryLine:
        self._note("diary_code")
        self.known.insert(0, AnchorLine("code", NOON, "", 1_842))
        return DiaryLine("7K2M-Q0XH-W7TR-4M0Z", 1_842, NOON)

    def _write_checkpoint(self, path: Path) -> int:
        self._note("checkpoint", path)
        return 1_842

    def _read_audit(self, purpose: str, limit: int, after: str | None) -> Page[AuditEntry]:
        self._note("read_audit", purpose, after)
        first = int(after or 1_842)
        rows = tuple(self._entry(number) for number in range(first, max(0, first - limit), -1))
        last = rows[-1].sequence
        return Page(rows, str(last - 1) if last > 1 else None, 0.8)

    def _entry(self, number: int) -> AuditEntry:
        entry = an_entry(number)
        if number in self.silenced:
            return replace(entry, draft=replace(entry.draft, payload=()), erased_by=1_843)
        return entry

    def _verify(self, against: str) -> AuditVerdict:
        self._note("verify", against)
        fault = self.notes.fault
        return AuditVerdict(1_842, "cd" * 32, fault, (fault,) if fault else (), 2, 3)

    def _export(self, path: Path, recipient: str, purpose: str) -> int:
        self._note("export", path, recipient, purpose)
        return 1_842

    def _erase_particulars(self, sequence: int, reason: str) -> Changes:
        self._note("erase_particulars", sequence, reason)
        self.silenced.add(sequence)
        return Changes.AUDIT


def an_entry(number: int) -> AuditEntry:
    action = list(AuditAction)[number % 7]
    draft = AuditDraft(
        action,
        "open",
        ObjectKind.REPORT,
        f"HL-{LAST_REPORT - number}",
        recipient="National unit" if action is AuditAction.DISCLOSURE else None,
        payload=(("query", f"ref:HL-{LAST_REPORT - number}"),) if number % 2 == 0 else (),
    )
    at = NOON - timedelta(minutes=7 * (1_842 - number))
    return AuditEntry(number, at, Actor("A. Example"), draft, f"{number:064x}")


def _slot(
    name: str,
    kind: KeyKind,
    *,
    is_in_use: bool = False,
    analyst: str = "A. Example",
    place: str | None = None,
) -> SlotLine:
    return SlotLine(
        name=name,
        kind=kind,
        analyst=analyst,
        is_mine=analyst == "A. Example",
        is_in_use=is_in_use,
        made_at=NOON - timedelta(days=200),
        opened_at=NOON if is_in_use else None,
        tested_at=NOON - timedelta(days=3) if kind is KeyKind.RECOVERY else None,
        place=place,
    )


def _due(number: int) -> DueLine:
    standing = ("due", "held", "due")[number % 3]
    since = NOON - timedelta(days=number)
    return DueLine(ReportId(800_100 + number), standing, "received", "§ 4", since)


def _health() -> tuple[HealthLine, ...]:
    return (
        HealthLine("Key slots", "ok", "passphrase, recovery sheet", ""),
        HealthLine("Last backup", "warning", "never", "Make one.", words.BACKUPS),
        HealthLine("Last check", "missing", "3 findings", "Run a deep check."),
    )
