"""Fills `ui.triaging.Triaging` from the workstation and an open vault."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.about import AboutKind, of_report
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.in_hand import TOLD_FOR, HandKind
from cport_desktop.domain.lease import Lease
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.second_reading import Verdict
from cport_desktop.errors import ReportInHand
from cport_desktop.ui import figures
from cport_desktop.ui.code_lists import spoken
from cport_desktop.ui.deed_lines import told as deed_told
from cport_desktop.ui.triaging import (
    DecidedLines,
    DecisionAsked,
    GivingAsked,
    HandLine,
    SecondLine,
    StackAsked,
    StaysLine,
    Triaging,
    TurnedLines,
)
from cport_desktop.usecases import (
    assign_reports,
    decide_stack,
    lease_reports,
    second_reading,
    triage_round,
    turn_deeds,
)
from cport_desktop.usecases.assign_reports import Giving
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.usecases.decide_reports import (
    MOST,
    ManyDecision,
    decide_reports,
    typed_above,
)
from cport_desktop.usecases.decide_stack import Decision
from cport_desktop.usecases.flag_things import flag, unflag
from cport_desktop.usecases.turn_deeds import Means, StepStays
from cport_desktop.vault.vault import Vault
from cport_desktop.words import colleagues
from cport_desktop.words import deeds as words


def triaging_of(workstation: Workstation, vault: Vault) -> Triaging:
    """All that may be asked of triage in one open vault, from any lane."""
    told = _Triage(workstation, vault)
    return Triaging(
        typed_above=partial(typed_above, vault),
        decide=told.decide,
        foresee_stack=told.foresee_stack,
        decide_stack=told.decide_stack,
        undo=told.undo,
        redo=told.redo,
        flag=told.flag,
        rows=partial(triage_round.rows_now, vault),
        colleagues=partial(assign_reports.analysts_to_assign, vault),
        assign=told.assign,
        in_hand=told.in_hand,
        take=told.take,
        give_back=partial(lease_reports.give_back, vault),
    )


class _Triage:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault
        self._classes = spoken(workstation.taxonomy)["classification"]

    def decide(
        self, asked: DecisionAsked, announce: Announce, is_cancelled: IsCancelled
    ) -> tuple[DecidedLines, Changes]:
        numbers = self._numbers(asked.chosen)
        if len(numbers) == 1 and (waiting := second_reading.waiting_of(self._vault, numbers[0])):
            own = second_reading.Own(asked.classification)
            done, changes = second_reading.read_second(self._vault, waiting.operation_id, own)
            is_same = done.verdict is Verdict.CONFIRMED
            line = SecondLine(is_same, done.first, done.second)
            return DecidedLines(numbers, (), second=line), changes
        decision = ManyDecision(
            numbers,
            asked.classification,
            typed=asked.typed,
            despite_leases=asked.despite_leases,
        )
        many, changes = decide_reports(self._vault, decision, self._means(announce, is_cancelled))
        stays = tuple(
            StaysLine(each.report_id, each.reason, each.code == ReportInHand.code)
            for each in many.refused
        )
        return DecidedLines(many.decided, stays, many.not_reached), changes

    def foresee_stack(self, report_id: ReportId, classification: int) -> StackAsked:
        lead = triage_round.first_picture(self._vault, report_id)
        if lead is None:
            return StackAsked(report_id, classification, None)
        found = decide_stack.foresee_decision(self._vault, Decision(lead, classification))
        return StackAsked(report_id, classification, len(found.reports))

    def decide_stack(self, asked: StackAsked) -> tuple[DecidedLines, Changes]:
        lead = triage_round.first_picture(self._vault, asked.report_id)
        if lead is None or not asked.reports:
            return DecidedLines((), ()), Changes.NOTHING
        done, changes = decide_stack.decide_stack(
            self._vault,
            Decision(lead, asked.classification),
            count=asked.reports,
            new_id=self._workstation.new_id,
        )
        decided = dict.fromkeys(
            each.report_id for each in done.operations if each.report_id is not None
        )
        stays = tuple(StaysLine(each.report_id, each.reason) for each in done.refused)
        return DecidedLines(tuple(decided), stays), changes

    def undo(self, announce: Announce, is_cancelled: IsCancelled) -> tuple[TurnedLines, Changes]:
        turned, changes = turn_deeds.undo(self._vault, self._means(announce, is_cancelled))
        told = words.undone(deed_told(turned.deed, self._classes))
        return TurnedLines(told, tuple(map(_stays, turned.stays))), changes

    def redo(self, announce: Announce, is_cancelled: IsCancelled) -> tuple[TurnedLines, Changes]:
        turned, changes = turn_deeds.redo(self._vault, self._means(announce, is_cancelled))
        told = words.redone(deed_told(turned.deed, self._classes))
        return TurnedLines(told, tuple(map(_stays, turned.stays))), changes

    def flag(self, report_id: ReportId) -> tuple[bool, Changes]:
        about = of_report(report_id)
        put, changes = flag(self._vault, [about])
        if put:
            return True, changes
        _, changes = unflag(self._vault, [about])
        return False, changes

    def in_hand(self, report_id: ReportId) -> HandLine | None:
        lease = lease_reports.lease_of(self._vault, report_id)
        return self._given_elsewhere(report_id) if lease is None else self._hand(lease)

    def take(self, report_id: ReportId) -> HandLine:
        line = self._hand(lease_reports.take_in_hand(self._vault, report_id))
        given = self._given_elsewhere(report_id) if line.is_own and not line.told else None
        return line if given is None else replace(line, told=given.told)

    def _hand(self, lease: Lease) -> HandLine:
        beside = lease_reports.held_beside(self._vault, lease.report_id)
        told = ""
        if beside is not None:
            until = figures.moment(beside.until)
            told = colleagues.both(beside.holder, beside.station or "", until)
        holder = colleagues.who(lease.holder, lease.station)
        return HandLine(lease.report_id, holder, lease.until, lease.is_own, told)

    def _given_elsewhere(self, report_id: ReportId) -> HandLine | None:
        """To whom it was given at another station, if that counts."""
        for each in lease_reports.told_elsewhere(self._vault, report_id):
            if each.entry.kind is HandKind.ASSIGNMENT:
                who = each.entry.analyst
                told = colleagues.assigned(who, each.station, figures.moment(each.told_at))
                return HandLine(report_id, who, each.told_at + TOLD_FOR, is_own=False, told=told)
        return None

    def assign(
        self, asked: GivingAsked, announce: Announce, is_cancelled: IsCancelled
    ) -> tuple[int, Changes]:
        giving = Giving(self._numbers(asked.chosen), asked.to, asked.typed)
        given, changes = assign_reports.assign(
            self._vault, giving, self._means(announce, is_cancelled)
        )
        return len(given), changes

    def _numbers(self, chosen: Chosen) -> tuple[ReportId, ...]:
        return numbers_chosen(
            self._vault,
            chosen,
            limit=MOST,
            taxonomy=self._workstation.taxonomy,
            now=self._workstation.clock.now(),
        )

    def _means(self, announce: Announce, is_cancelled: IsCancelled) -> Means:
        return Means(self._workstation.new_id, announce, is_cancelled)


def _stays(stays: StepStays) -> StaysLine:
    about = stays.about
    is_report = about is not None and about.kind is AboutKind.REPORT
    return StaysLine(ReportId(about.number) if about and is_report else None, stays.reason)
