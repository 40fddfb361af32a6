"""Retention, holds and erasures of an open vault, as the window asks for them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.erasure import ErasureId
from cport_desktop.domain.hold import HeldItem, HeldKind, Hold, HoldId
from cport_desktop.domain.ids import (
    ReportId,
    parse_media_reference,
    parse_report_reference,
    report_reference,
)
from cport_desktop.errors import UnknownReference
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.erasure_notes import LONGEST_REGISTER
from cport_desktop.ui.keeping_lines import (
    DueLine,
    DueList,
    EraseDone,
    EraseOrder,
    ErasePreview,
    ErasureLine,
    HoldLine,
    RegisterLine,
)
from cport_desktop.ui.named_files import content_of
from cport_desktop.usecases import (
    apply_retention,
    erase,
    hold_items,
)
from cport_desktop.vault.vault import Vault
from cport_desktop.words import retention
from cport_desktop.words import vault_page as words


class HoldsAndErasures:
    """What must go, and what must stay. Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

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
            kept_searches=found.kept_searches,
            kept_aside=found.kept_aside,
        )

    def erase(self, wanted: EraseOrder) -> EraseDone:
        ordered = erase.Order(
            reports=wanted.reports,
            ground=erase.by_order(wanted.reason),
            count=wanted.count,
            takes_back_unsettled=wanted.is_forced,
            with_searches=wanted.with_searches,
            with_kept_searches=wanted.with_kept_searches,
            with_kept_aside=wanted.with_kept_aside,
        )
        return _erased((erase.erase(self._vault, ordered),))

    def holds(self) -> tuple[HoldLine, ...]:
        return tuple(map(_hold, hold_items.list_holds(self._vault)))

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

    def save_register(self, path: Path) -> None:
        write_new(path, erase.export_register(self._vault))

    def apply_register(self, path: Path) -> RegisterLine:
        applied, changes = erase.apply_register(
            self._vault, content_of(path, limit=LONGEST_REGISTER + 1)
        )
        held = tuple(report_reference(number) for number in applied.held)
        return RegisterLine(applied.reports, applied.absent, held, changes)

    def _now(self) -> datetime:
        return self._workstation.clock.now()


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
