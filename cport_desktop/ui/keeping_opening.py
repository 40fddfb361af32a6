"""Fills `ui.keeping.Keeping` from the workstation and an open vault: each intention is one use
case, its answer in the window's terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

from cport_desktop.bootstrap import Workstation, process_state
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.checkpoint import parse_diary_code
from cport_desktop.domain.audit import AnchorKind, AuditVerdict
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.erasure import ErasureId
from cport_desktop.domain.hold import HeldItem, HeldKind, Hold, HoldId
from cport_desktop.domain.ids import ReportId, parse_media_reference, parse_report_reference
from cport_desktop.domain.keeping import Diagnosis, Verdict
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CheckpointMalformed, UnknownReference
from cport_desktop.exports.output_files import write_new
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui import figures
from cport_desktop.ui.keeping import (
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
    Keeping,
    KeptLine,
    Key,
    KeyKind,
    NewKey,
    Rebuilt,
    SlotLine,
)
from cport_desktop.ui.keys_opening import (
    known_hazards,
    new_recovery_code,
    new_secret_of,
    secret_of,
    write_sheet,
)
from cport_desktop.usecases import (
    apply_retention,
    back_up,
    diagnose,
    diagnose_vault,
    drill_restore,
    erase,
    export_audit,
    hold_items,
    inspect_vault,
    keep_checkpoint,
    manage_analysts,
    manage_slots,
    read_audit,
    rebuild_derivatives,
)
from cport_desktop.vault import anchors, keeping
from cport_desktop.vault.keeping import Kept
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_kinds import NewSecret
from cport_desktop.vault.vault import Vault
from cport_desktop.words import keys_window, retention, slots
from cport_desktop.words import vault_page as words
from cport_desktop.words.recovery_sheet import SheetFacts

_RECORDS = 200
"""Backups, drills and checks that are listed: years of them."""
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_LARGEST_CHECKPOINT = 65_536
"""Bytes; an honest one has some hundreds."""


class KeepingOpening:
    """One open vault. Every method may be called from any lane."""

    def __init__(
        self, workstation: Workstation, vault: Vault, decoders: Callable[[], Sandbox]
    ) -> None:
        self._workstation = workstation
        self._vault = vault
        self._decoders = decoders

    def intentions(self) -> Keeping:
        """All of them."""
        vault = self._vault
        return Keeping(
            roles=vault.roles,
            health=self.health,
            concerns=self.concerns,
            slots=self.slots,
            new_recovery_code=new_recovery_code,
            write_sheet=self.write_sheet,
            add_slot=self.add_slot,
            change_secret=self.change_secret,
            test_slot=self.test_slot,
            rename_slot=self.rename_slot,
            remove_slot=self.remove_slot,
            kept=self.kept,
            back_up=self.back_up,
            drill=self.drill,
            check=self.check,
            rebuild=self.rebuild,
            analysts=self.analysts,
            add_analyst=self.add_analyst,
            give_roles=self.give_roles,
            retire=self.retire,
            due=self.due,
            erase_due=self.erase_due,
            preview_erasure=self.preview_erasure,
            erase=self.erase,
            holds=lambda: tuple(map(_hold, hold_items.list_holds(vault))),
            holds_on=self.holds_on,
            place_hold=self.place_hold,
            release_hold=self.release_hold,
            erasures=self.erasures,
            save_certificate=self.save_certificate,
            anchors=self.anchors,
            diary_code=self.diary_code,
            write_checkpoint=lambda path: keep_checkpoint.write_checkpoint(vault, path).size,
            read_audit=lambda purpose, limit, after: read_audit.list_audit(
                vault, limit=limit, after=after, purpose=purpose
            ),
            verify_audit=self.verify_audit,
            export_audit=self.export_audit,
        )

    # -- health

    def health(self) -> tuple[HealthLine, ...]:
        sandbox = self._workstation.sandbox()
        try:
            machine = diagnose.diagnose(sandbox, self._vault.directory, process=process_state())
        finally:
            sandbox.close()
        kept = diagnose_vault.diagnose_vault(self._vault, now=self._now())
        libraries = [found for found in machine if found.code.startswith("library.")]
        fine = [found for found in libraries if found.verdict is Verdict.OK]
        others = [found for found in machine if found not in fine]
        told = ", ".join(f"{found.name} {found.found}" for found in fine)
        line = HealthLine(words.LIBRARIES, Verdict.OK.value, told, "")
        return (*map(_health, (*kept, *others)), line)

    def concerns(self) -> tuple[Concern, ...]:
        vault = self._vault
        with vault.reader() as reader:
            backup = keeping.last(reader, Kept.BACKUP, sound_only=True)
            known = anchors.newest_of_each_kind(reader)
        found: list[Concern] = []
        if backup is None:
            found.append(
                Concern(words.NEVER_BACKED_UP, words.NEVER_BACKED_UP_ADVICE, words.BACKUPS)
            )
        elif (days := (self._now() - backup.at).days) > diagnose_vault.BACKUP_DAYS:
            told = words.backup_old(days)
            found.append(Concern(told, words.NEVER_BACKED_UP_ADVICE, words.BACKUPS))
        for hazard in known_hazards(vault.directory):
            advice = f"{hazard.words} {hazard.advice}"
            found.append(Concern(words.PLACE_HAZARD, advice, words.HEALTH))
        if not vault.marks.is_kept:
            found.append(Concern(words.MARK_NOT_KEPT, words.MARK_NOT_KEPT_ADVICE, words.HEALTH))
        if not set(known) - {AnchorKind.SESSION}:
            found.append(Concern(words.NOT_ANCHORED, words.NOT_ANCHORED_ADVICE, words.ANCHORS))
        return tuple(found)

    # -- slots

    def slots(self) -> tuple[SlotLine, ...]:
        return tuple(
            SlotLine(
                name=row.name,
                kind=KeyKind(row.kind),
                analyst=row.analyst,
                is_mine=row.analyst == self._vault.actor,
                is_in_use=row.is_open_with,
                made_at=datetime.fromisoformat(row.made_at),
                opened_at=row.opened_at,
                tested_at=row.tested_at,
                place=row.place,
            )
            for row in manage_slots.list_slots(self._vault)
        )

    def write_sheet(self, path: Path, code: str) -> None:
        facts = SheetFacts(
            str(self._vault.directory.absolute()),
            keys_window.RECOVERY_SLOT,
            self._vault.actor,
            iso_utc(self._now()),
        )
        write_sheet(path, code, facts, vault=self._vault.directory)

    def add_slot(self, new: NewKey) -> None:
        with self._new(new) as secret:
            manage_slots.add_slot(self._vault, NewSlot(new.name, secret), now=self._now())

    def change_secret(self, key: Key, new: NewKey) -> None:
        old = secret_of(key, vault=self._vault.directory)
        with self._new(new) as secret:
            manage_slots.change_secret(self._vault, new.name, old, secret)

    def test_slot(self, key: Key) -> bool:
        secret = secret_of(key, vault=self._vault.directory)
        return manage_slots.opens(self._vault, key.slot or "", secret)

    def rename_slot(self, name: str, new_name: str) -> None:
        manage_slots.rename_slot(self._vault, name, new_name)

    def remove_slot(self, name: str, insists: bool) -> tuple[str, ...]:
        gone = manage_slots.remove_slot(self._vault, name, force=insists)
        told = (slots.OLD_COPIES,)
        return (*told, slots.LEFT_IN_KEYRING) if gone.keyring_kept else told

    # -- backups and checks

    def kept(self) -> tuple[KeptLine, ...]:
        with self._vault.reader() as reader:
            records = keeping.listing(reader, limit=_RECORDS)
        return tuple(
            KeptLine(
                record.at,
                record.kind.value,
                record.is_sound,
                record.verdict,
                str(record.facts.get("path") or ""),
            )
            for record in records
        )

    def back_up(
        self, path: Path, since: Path | None, announce: Announce, is_cancelled: IsCancelled
    ) -> BackupDone:
        done = back_up.back_up(
            self._vault, path, since=since, announce=announce, is_cancelled=is_cancelled
        )
        return BackupDone(done.path, done.sha256, done.size, done.blobs, done.needed, done.faults)

    def drill(self, order: DrillOrder, announce: Announce, is_cancelled: IsCancelled) -> DrillDone:
        key = order.key
        wanted = drill_restore.DrillOrder(
            file=order.path,
            bases=order.bases,
            secret=None if key is None else secret_of(key, vault=self._vault.directory),
            slot=None if key is None else key.slot,
        )
        done = drill_restore.drill_restore(
            self._vault, wanted, announce=announce, is_cancelled=is_cancelled
        )
        findings = tuple(FindingLine(each.where, each.what) for each in done.findings)
        return DrillDone(done.made_at, done.blobs, done.size, done.proved, findings)

    def check(
        self, deep: bool, restart: bool, announce: Announce, is_cancelled: IsCancelled
    ) -> tuple[FindingLine, ...]:
        found = inspect_vault.check_vault(
            self._vault,
            deep=deep,
            restart=restart,
            announce=announce,
            is_cancelled=is_cancelled,
        )
        return tuple(FindingLine(each.where, each.what) for each in found)

    def rebuild(self, announce: Announce, is_cancelled: IsCancelled) -> Rebuilt:
        done = rebuild_derivatives.rebuild_derivatives(
            self._vault, self._decoders(), announce=announce, is_cancelled=is_cancelled
        )
        return Rebuilt(done.made, done.failed)

    # -- people

    def analysts(self) -> tuple[AnalystLine, ...]:
        return tuple(
            AnalystLine(
                row.analyst.name,
                row.analyst.roles,
                tuple(slot.name for slot in row.slots),
                row.is_present,
                row.retired_at,
            )
            for row in manage_analysts.list_analysts(self._vault)
        )

    def add_analyst(self, name: str, roles: frozenset[Role], new: NewKey) -> None:
        with self._new(new) as secret:
            slot = NewSlot(new.name, secret)
            manage_analysts.add_analyst(self._vault, name, roles, slot, now=self._now())

    def give_roles(self, name: str, roles: frozenset[Role]) -> None:
        others = frozenset(Role) - roles
        manage_analysts.change_roles(self._vault, name, add=roles, remove=others)

    def retire(self, name: str) -> None:
        manage_analysts.retire_analyst(self._vault, name)

    # -- retention, holds and erasures

    def due(self) -> DueList:
        plan = apply_retention.plan_retention(self._vault, now=self._now())
        return DueList(
            lines=tuple(
                DueLine(
                    each.report_id,
                    each.standing.value,
                    each.period.scope,
                    each.period.clause,
                    each.ends_at,
                )
                for each in plan.ripe
                if each.period is not None and each.ends_at is not None
            ),
            doubt=None if plan.doubt is None else retention.DOUBTS[plan.doubt.value],
            clock=plan.now.date(),
            unknown=tuple(f"{each.scope} ({each.clause})" for each in plan.unknown),
            has_periods=bool(plan.periods),
            is_all=plan.is_all,
        )

    def erase_due(self, count: int, date_read: date | None) -> EraseDone:
        done = apply_retention.run_retention(
            self._vault, count=count, now=self._now(), date_read=date_read
        )
        return _erased(done)

    def preview_erasure(self, reports: tuple[ReportId, ...]) -> ErasePreview:
        found = erase.preview_erasure(self._vault, reports)
        return ErasePreview(
            reports=len(found.reports),
            media=found.media,
            media_bytes=found.media_bytes,
            media_kept=found.media_kept,
            held=len(found.held),
            unsettled=found.unsettled,
            searches=len(found.searches),
            kept_aside=found.kept_aside,
        )

    def erase(self, wanted: EraseOrder) -> EraseDone:
        ordered = erase.Order(
            reports=wanted.reports,
            ground=erase.by_order(wanted.reason),
            count=wanted.count,
            takes_back_unsettled=wanted.is_forced,
            with_searches=wanted.with_searches,
            with_kept_aside=wanted.with_kept_aside,
        )
        return _erased((erase.erase(self._vault, ordered),))

    def holds_on(self, report: ReportId) -> tuple[HoldLine, ...]:
        return tuple(
            map(_hold, hold_items.holds_on(self._vault, HeldItem(HeldKind.REPORT, report)))
        )

    def place_hold(self, reference: str, reason: str) -> Changes:
        _, changes = hold_items.place_hold(self._vault, _item(reference), reason=reason)
        return changes | Changes.AUDIT

    def release_hold(self, hold_id: str, reason: str) -> Changes:
        _, changes = hold_items.release_hold(self._vault, HoldId(hold_id), reason=reason)
        return changes | Changes.AUDIT

    def erasures(self) -> tuple[ErasureLine, ...]:
        return tuple(
            ErasureLine(
                row.erasure_id,
                row.at,
                row.actor,
                " · ".join(part for part in (row.ground.clause, row.ground.reason) if part),
                row.reports,
                row.media,
                row.is_finished,
            )
            for row in erase.list_erasures(self._vault)
        )

    def save_certificate(self, erasure_id: str, path: Path) -> None:
        (certificate,) = erase.hand_out(self._vault, [ErasureId(erasure_id)])
        write_new(path, certificate)

    # -- the log

    def anchors(self) -> tuple[AnchorLine, ...]:
        known = read_audit.latest_anchors(self._vault).values()
        newest = sorted(known, key=lambda anchor: anchor.at, reverse=True)
        return tuple(
            AnchorLine(anchor.kind.value, anchor.at, anchor.holder, anchor.size)
            for anchor in newest
        )

    def diary_code(self) -> DiaryLine:
        given = keep_checkpoint.give_diary_code(self._vault)
        return DiaryLine(given.code, given.size, given.at)

    def verify_audit(self, against: str) -> AuditVerdict:
        if not against:
            return read_audit.verify_audit(self._vault)
        path = Path(against).expanduser()
        if not path.is_file() and _is_code(against):
            return read_audit.verify_audit(self._vault, code=against)
        return read_audit.verify_audit(self._vault, against=_content(path))

    def export_audit(self, path: Path, recipient: str, purpose: str) -> int:
        order = export_audit.AuditOrder(path, recipient or None, purpose or None)
        return export_audit.export_audit(self._vault, order).entries

    def _new(self, new: NewKey) -> AbstractContextManager[NewSecret]:
        vault = self._vault
        return new_secret_of(new, self._workstation, vault=vault.directory, nature=vault.nature)

    def _now(self) -> datetime:
        return self._workstation.clock.now()


def _health(found: Diagnosis) -> HealthLine:
    section, cure = words.HEALTH_CURES.get(found.code, ("", found.advice))
    advice = cure if found.advice else ""
    told = _ISO.sub(lambda at: figures.moment(datetime.fromisoformat(at[0])), found.found)
    return HealthLine(found.name, found.verdict.value, told, advice, section)


def _hold(hold: Hold) -> HoldLine:
    return HoldLine(hold.hold_id, hold.item.reference, hold.reason, hold.placed_by, hold.placed_at)


def _erased(done: tuple[erase.Done, ...]) -> EraseDone:
    return EraseDone(
        tuple(each.erasure_id for each in done),
        sum(each.reports for each in done),
        sum(each.media for each in done),
        all(each.certificate is not None for each in done),
    )


def _item(reference: str) -> HeldItem:
    report = parse_report_reference(reference)
    if report is not None:
        return HeldItem(HeldKind.REPORT, report)
    media = parse_media_reference(reference)
    if media is None:
        raise UnknownReference(kind=words.ITEM, reference=reference)
    return HeldItem(HeldKind.MEDIA, media)


def _is_code(text: str) -> bool:
    try:
        parse_diary_code(text)
    except CheckpointMalformed:
        return False
    return True


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(_LARGEST_CHECKPOINT)
    except OSError as error:
        raise CheckpointMalformed(cause=path.name) from error
