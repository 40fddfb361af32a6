"""Takes operations of stations: each is decided once, by what the portal knows at that moment.

What a decision leaves behind (an assessment, records that every station is told) is kept with its
receipt in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cport_desktop.clock import Clock
from cport_desktop.demo import names
from cport_desktop.demo.amending import assessed
from cport_desktop.demo.decisions import Knowledge, KnownReport, decide
from cport_desktop.demo.ledger import Decision, Ledger
from cport_desktop.demo.numbering import number_of_report
from cport_desktop.demo.pages import PageMaker
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.ids import MediaId, ReportId, StationId
from cport_desktop.domain.operation import Operation, Receipt
from cport_desktop.domain.portal_records import HashListEntry
from cport_desktop.domain.report import Report
from cport_desktop.formats import portal_messages


@dataclass(frozen=True, slots=True)
class OperationDesk:
    ledger: Ledger
    pages: PageMaker
    clock: Clock

    def receive(self, station: StationId, operation: Operation) -> Receipt:
        """The receipt for an operation; the same again, however often it is sent."""
        with self.ledger.transaction():
            known = self.ledger.receipt(station, operation.operation_id)
            if known is not None:
                return known
            decision = decide(operation, self._knowledge(station))
            self.ledger.decide(station, self._told_where_it_lies(operation, decision))
            return decision.receipt

    def _told_where_it_lies(self, operation: Operation, decision: Decision) -> Decision:
        """A report that was fed in is told anew whole; the scenario's own get theirs laid over."""
        if decision.assessment is None or operation.report_id is None:
            return decision
        now = self.pages.report_now(operation.report_id)
        if now is None or not now.is_fed:
            return decision
        _, content, given = decision.assessment
        return replace(decision, assessment=None, told=(assessed(now.document, content, given),))

    def _knowledge(self, station: StationId) -> Knowledge:
        return Knowledge(
            agency=self._agency(station),
            jurisdiction=self.pages.scenario.jurisdiction,
            now=self.clock.now(),
            report=self._report,
            told=self.ledger.told,
            entries=self._entries,
            has_media=lambda media: self.pages.scenario.file_of_media(MediaId(media)) is not None,
        )

    def _agency(self, station: StationId) -> str:
        record = self.ledger.station(station)
        if record is None:
            return station
        return portal_messages.parse_enrolment_answer(record.answer).agreement.agency

    def _report(self, number: ReportId) -> KnownReport | None:
        now = self.pages.report_now(number)
        if now is None:
            return None
        return KnownReport(
            report=now.report,
            is_withdrawn=now.is_withdrawn,
            number=None if now.is_fed else number_of_report(number),
            hotline="" if now.report is None else _hotline(now.report),
        )

    def _entries(self, list_id: str) -> dict[tuple[str, str], str]:
        """Every entry that a list has now: algorithm and digest, and its reference."""
        told = self.ledger.told_below(Subject.HASH_LIST_ENTRY, f"{list_id}/")
        return {
            digest: record.reference
            for record in told
            if isinstance(record.value, HashListEntry)
            for digest in record.value.digests
        }


def _hotline(report: Report) -> str:
    told = [hotline for hotline in names.hotlines() if hotline.hotline_id == report.hotline]
    return told[0].name if told else f"Hotline {report.hotline}"
