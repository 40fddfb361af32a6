"""Pages of changes: the scenario's first, then what stations settled, and receipts beside.

A page follows from its cursor alone; what is remembered is in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.demo import names
from cport_desktop.demo.cursors import Marks, parse_cursor, print_cursor
from cport_desktop.demo.documents import document
from cport_desktop.demo.ledger import GivenAssessment, Ledger
from cport_desktop.demo.numbering import report_id
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.portal_identity import PortalIdentity
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.stream import Event, Step
from cport_desktop.domain.batch import Batch, Change, ReportChange, Withdrawal
from cport_desktop.domain.ids import Cursor, StationId
from cport_desktop.domain.report import Report, ReportStatus

RECEIPTS_PER_PAGE: Final = 1000
"""The protocol's own bound."""


@dataclass(frozen=True, slots=True)
class PageMaker:
    identity: PortalIdentity
    pictures: Pictures
    ledger: Ledger
    clock: Clock

    @property
    def scenario(self) -> Scenario:
        return self.identity.scenario

    def page(self, station: StationId, cursor: Cursor | None, *, limit: int) -> Batch:
        """What follows `cursor` for `station`: at most `limit` changes, and receipts.

        Raises:
            MessageMixup: if the cursor was not made here for this station.
        """
        marks = parse_cursor(cursor, station, self.identity.cursor_key)
        part = self.scenario.changes(marks.position, limit)
        given = self.ledger.given_after(marks.given, limit - len(part.steps))
        receipts = self.ledger.receipts_after(station, marks.receipt, RECEIPTS_PER_PAGE)
        following = Marks(
            part.next_position,
            given[-1].sequence if given else marks.given,
            receipts[-1][0] if receipts else marks.receipt,
        )
        remaining = part.remaining + self.ledger.count_given_after(following.given)
        return Batch(
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
            issued_at=self.clock.now(),
            cursor=cursor,
            next_cursor=print_cursor(following, station, self.identity.cursor_key),
            is_last=not remaining and len(receipts) < RECEIPTS_PER_PAGE,
            remaining=remaining,
            hotlines=names.hotlines(),
            changes=self._changes(part.steps) + tuple(self._given_change(each) for each in given),
            receipts=tuple(receipt for _, receipt in receipts),
            digest="",
        )

    def report_now(self, number: int) -> Report:
        """Report `number` as it stands at the portal today."""
        report = self._report_at(self.scenario.last_step(number))
        for given in self.ledger.given_to(number):
            report = _with_given(report, given)
        return report

    def _changes(self, steps: tuple[Step, ...]) -> tuple[Change, ...]:
        # All files of the page in one go: the child then makes them one after another.
        self.pictures.facts(file for step in steps for file in self.scenario.files_of(step.number))
        return tuple(self._change(step) for step in steps)

    def _change(self, step: Step) -> Change:
        if self.scenario.is_withdrawal(step):
            return Withdrawal(
                report_id(step.number),
                self.scenario.moment(step.position),
                self.scenario.reason(step),
            )
        report = self._report_at(step)
        is_new = step.event is Event.NEW
        return ReportChange(
            status=ReportStatus.NEW if is_new else ReportStatus.CORRECTED,
            report=report,
            document=document(report),
            reason=self.scenario.reason(step),
        )

    def _given_change(self, given: GivenAssessment) -> Change:
        report = self._report_at(self.scenario.last_step(given.report_number))
        for each in self.ledger.given_to(given.report_number):
            if each.sequence <= given.sequence:
                report = _with_given(report, each)
        return ReportChange(ReportStatus.CORRECTED, report, document(report), None)

    def _report_at(self, step: Step) -> Report:
        files = self.pictures.facts(self.scenario.files_of(step.number))
        return self.scenario.report(step, files)


def _with_given(report: Report, given: GivenAssessment) -> Report:
    """`report` after a station's assessment: one revision on."""
    return replace(
        report,
        revision=report.revision + 1,
        updated_at=given.assessment.made_at or report.updated_at,
        contents=tuple(
            replace(item, assessments=(*item.assessments, given.assessment))
            if item.content_id == given.content
            else item
            for item in report.contents
        ),
    )
