"""Pages of changes, each the next link of a station's chain.

    first      hotlines, then every report as it stands now, the newest first (a snapshot)
    then       what happens from there on, in order: what stations settled, and what was fed in
               (reports from files, decisions, lists, agreements)
    beside     receipts, each told once

A page follows from its cursor alone; what is remembered is in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.demo import names
from cport_desktop.demo.cursors import SNAPSHOT_DONE, Marks, parse_cursor, print_cursor
from cport_desktop.demo.documents import document
from cport_desktop.demo.ledger import GivenAssessment, Ledger
from cport_desktop.demo.numbering import report_id
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.portal_identity import PortalIdentity
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.stream import Event, Step
from cport_desktop.domain.batch import (
    Batch,
    Change,
    ChangeKind,
    RecordChange,
    ReportChange,
    Subject,
    Withdrawal,
)
from cport_desktop.domain.ids import Cursor, ReportId, StationId
from cport_desktop.domain.report import Report, ReportStatus
from cport_desktop.errors import MessageMixup
from cport_desktop.formats.portal_messages import print_hotline

RECEIPTS_PER_PAGE: Final = 1000
"""The protocol's own bound."""

MOST_CHANGES: Final = 1000
"""The protocol's own bound; a page that begins with the hotlines has room for fewer reports."""


@dataclass(frozen=True, slots=True)
class ReportNow:
    """A report as it stands at the portal, and its own JSON. `is_fed`: what was fed in (`Ledger.feed`)
    is the newest word on it. `report` is None if all that is known is that it was withdrawn.
    """

    report: Report | None
    document: bytes
    is_withdrawn: bool
    is_fed: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """Changes, where the marks stand behind them, and how many follow."""

    changes: tuple[Change, ...]
    following: Marks
    remaining: int


@dataclass(frozen=True, slots=True)
class PageMaker:
    identity: PortalIdentity
    pictures: Pictures
    ledger: Ledger
    clock: Clock

    @property
    def scenario(self) -> Scenario:
        return self.identity.scenario

    def marks(self, station: StationId, cursor: Cursor | None) -> Marks | None:
        """What `cursor` says; None for the beginning.

        Raises:
            MessageMixup: if the cursor was not made here for this station.
        """
        return None if cursor is None else parse_cursor(cursor, station, self.identity.cursor_key)

    def page(
        self, station: StationId, cursor: Cursor | None, *, previous: str | None, limit: int
    ) -> Batch | None:
        """What follows `cursor` for `station`: at most `limit` changes, and receipts; None if
        nothing does. `previous` is the digest of the batch that the cursor stands behind.

        Raises:
            MessageMixup: if the cursor was not made here for this station, or comes without digest.
        """
        marks = self.marks(station, cursor)
        if (marks is None) is not (previous is None):
            raise MessageMixup(what="cursor")
        part = self._first(station, limit) if marks is None else self._next(station, marks, limit)
        receipts = self.ledger.receipts_after(station, part.following.receipt, RECEIPTS_PER_PAGE)
        if marks is not None and not part.changes and not receipts:
            return None
        following = replace(
            part.following,
            sequence=part.following.sequence + 1,
            receipt=receipts[-1][0] if receipts else part.following.receipt,
        )
        return Batch(
            portal=self.identity.portal,
            station=station,
            nature=self.identity.nature,
            issued_at=self.clock.now(),
            sequence=following.sequence,
            previous=previous,
            cursor=cursor,
            next_cursor=print_cursor(following, station, self.identity.cursor_key),
            is_snapshot=following.below != SNAPSHOT_DONE,
            remaining=part.remaining,
            changes=part.changes,
            receipts=tuple(receipt for _, receipt in receipts),
            digest="",
        )

    def _first(self, station: StationId, limit: int) -> _Part:
        """The hotlines and the newest reports."""
        start = Marks(
            sequence=0,
            below=self.scenario.reports,
            given=self.ledger.last_given(),
            fed=0,
            receipt=0,
        )
        hotlines = tuple(self._hotlines())
        part = self._snapshot(station, start, min(limit, MOST_CHANGES - len(hotlines)))
        return replace(part, changes=hotlines + part.changes)

    def _next(self, station: StationId, marks: Marks, limit: int) -> _Part:
        if marks.below:
            return self._snapshot(station, marks, limit)
        return self._stream(station, marks, limit)

    def _snapshot(self, station: StationId, marks: Marks, limit: int) -> _Part:
        """Reports as they stood when the station first asked, the newest first. One that was withdrawn is
        told as it last was, with its withdrawal behind it: two changes.
        """
        changes: list[Change] = []
        below = marks.below
        self.pictures.facts(
            file
            for number in range(max(0, below - limit), below)
            for file in self.scenario.files_of(number)
        )
        while below and len(changes) < limit:
            as_it_stands = tuple(self._as_it_stands(below - 1, marks.given))
            if changes and len(changes) + len(as_it_stands) > limit:
                break
            changes.extend(as_it_stands)
            below -= 1
        waiting = self._behind(station, replace(marks, below=SNAPSHOT_DONE))
        return _Part(tuple(changes), replace(marks, below=below), below + waiting)

    def _stream(self, station: StationId, marks: Marks, limit: int) -> _Part:
        """What happened since, in order."""
        given = self.ledger.given_after(marks.given, limit)
        fed = self.ledger.fed_after(station, marks.fed, limit - len(given))
        following = replace(
            marks,
            given=given[-1].sequence if given else marks.given,
            fed=fed[-1][0] if fed else marks.fed,
        )
        changes = (
            *(self._given_change(each) for each in given),
            *(change for _, change in fed),
        )
        return _Part(changes, following, self._behind(station, following))

    def _behind(self, station: StationId, marks: Marks) -> int:
        """How many changes follow the marks."""
        given = self.ledger.count_given_after(marks.given)
        return given + self.ledger.count_fed_after(station, marks.fed)

    def _hotlines(self) -> Iterator[RecordChange]:
        for hotline in names.hotlines():
            yield RecordChange(
                subject=Subject.HOTLINE.value,
                reference=str(hotline.hotline_id),
                kind=ChangeKind.NEW,
                revision=1,
                made_at=self.scenario.until,
                reason=None,
                document=print_hotline(hotline),
                value=hotline,
            )

    def _as_it_stands(self, number: int, given: int) -> Iterator[Change]:
        """Report `number` as the newest station gets it first, with what was given to it until
        then.
        """
        last = self.scenario.last_step(number)
        report = self._report_at(last)
        for each in self.ledger.given_to(number):
            if each.sequence <= given:
                report = _with_given(report, each)
        is_new = last.event is Event.NEW and report.revision == 1
        yield ReportChange(
            status=ReportStatus.NEW if is_new else ReportStatus.CORRECTED,
            report=report,
            document=document(report),
            reason=None if self.scenario.is_withdrawal(last) else self.scenario.reason(last),
        )
        if self.scenario.is_withdrawal(last):
            moment = self.scenario.moment(last.position)
            yield Withdrawal(report_id(number), moment, self.scenario.reason(last))

    def report_now(self, report: ReportId) -> ReportNow | None:
        """The report as it stands at the portal today; None if there is none of this id."""
        number = self.scenario.number_of(report)
        fed = self.ledger.last_fed(report)
        if isinstance(fed, ReportChange):
            return ReportNow(fed.report, fed.document, is_withdrawn=False, is_fed=True)
        if number is None:
            return None if fed is None else ReportNow(None, b"", is_withdrawn=True, is_fed=True)
        last = self.scenario.last_step(number)
        current = self._report_at(last)
        for given in self.ledger.given_to(number):
            current = _with_given(current, given)
        is_withdrawn = fed is not None or self.scenario.is_withdrawal(last)
        return ReportNow(current, document(current), is_withdrawn, is_fed=False)

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
