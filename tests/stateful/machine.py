"""Anything may happen between two stations and their portal, in any order. What must hold:

1. Nothing is lost: what an analyst wrote is in the vault until the end, whatever was cut or crashed
   (only a backup that is put back knows less), and the portal's word reaches everybody.
2. Nothing counts twice: each operation is decided once, with the effects of one.
3. States are honest: nothing is called settled or rejected but what the portal decided so.
4. The log is whole.
5. Once everybody has heard everything, the stations' replicas are the same, and as the oracle says.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from cport_desktop.demo.iccam_import import IccamFile
from cport_desktop.domain.agreement import Agreement, Clause, Function
from cport_desktop.domain.batch import ReportChange, Subject, Withdrawal
from cport_desktop.domain.ids import ContentId, HotlineId, OperationId, ReportId
from cport_desktop.domain.operation import (
    ContributeHashes,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashAlgorithm,
    HashEntry,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    Operation,
    OperationBody,
    OperationKind,
    OperationState,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
)
from cport_desktop.domain.report import Report, ReportStatus
from cport_desktop.errors import (
    BundleOutdated,
    Refused,
    RoadError,
    UnknownReference,
    UntrustedData,
    UsageError,
)
from cport_desktop.formats.portal_messages import parse_report, print_report
from cport_desktop.usecases.check_domain import decision_on
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.usecases.take_up_operation import revise_words, send_anyway, set_aside
from cport_desktop.vault import audit_log, portal_records, reports, state_digest
from tests.report_builders import a_report, an_item
from tests.stateful.leasing import PICKS, STATIONS, Leasing
from tests.stateful.oracle import Oracle, corrected
from tests.stateful.world import Bundle, Station, Template, World
from tests.usecases.roads import CutRoad

KINDS = st.sampled_from(OperationKind)
READINGS = st.integers(0, 60)
"""Of the clock, before the plug is pulled: some thirty are an exchange's."""
LATEST = 3
"""Bundles that are kept of each kind; the rest were overwritten."""
ANSWERED = {OperationState.SETTLED, OperationState.REJECTED}
ON_ITS_WAY = {OperationState.QUEUED, OperationState.SENDING}
WITHOUT_REPORT = {
    OperationKind.DOMAIN_SUGGESTION,
    OperationKind.DOMAIN_REMOVAL,
    OperationKind.HASH_CONTRIBUTION,
    OperationKind.FALSE_POSITIVE,
    OperationKind.CASE_HAND_OVER,
}
PARTNER = "Partner Agency Example"
FIRST_FED = 700
FIRST_IMPORTED = 800
LISTS = ("list-one", "list-two")
MOST_VERSIONS = 8
"""Of agreements, in one run: more than a station meets in its life."""
ROUNDS = 8
"""Exchanges of everybody until nobody hears anything new; four are the most that were needed."""


class Exchanging(Leasing):
    def __init__(self, template: Template, told: dict[ReportId, tuple[Report, bool]]) -> None:
        super().__init__()
        # What a cut leaves is copied by the world itself: a real disk would only make it slower.
        in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(dir=in_memory))
        self.world = World(template, self.folder / "world")
        self.oracle = Oracle()
        self.world.gateway.heard = self._portal_heard
        self.begin_hands()
        for number, (report, is_withdrawn) in told.items():
            self.oracle.told(report)
            self.oracle.reports[number].is_withdrawn = is_withdrawn
        self.imports: dict[ReportId, int] = {}
        self.number = 0
        self.restored = 0
        self.versions = 0
        self.steps = -1
        self.narrow: set[int] = set()
        self.full: dict[int, Agreement] = {}

    def teardown(self) -> None:
        try:
            self._everybody_hears_everything()
            self._compare()
            self._compare_hands()
        finally:
            self.world.close()
            shutil.rmtree(self.folder)

    # --- what analysts do ---------------------------------------------------------------------

    @rule(station=STATIONS, kind=KINDS, pick=PICKS)
    def an_analyst_acts(self, station: int, kind: OperationKind, pick: int) -> None:
        self._act(station, self._body(kind, pick), self._about(kind, pick))

    @rule(station=STATIONS, kinds=st.lists(KINDS, min_size=3, max_size=6), pick=PICKS)
    def an_analyst_has_a_busy_hour(
        self, station: int, kinds: list[OperationKind], pick: int
    ) -> None:
        for at, kind in enumerate(kinds, start=pick):
            self._act(station, self._body(kind, at), self._about(kind, at))

    @rule(kinds=st.lists(KINDS, min_size=1, max_size=3), pick=PICKS)
    def two_analysts_do_the_same(self, kinds: list[OperationKind], pick: int) -> None:
        for station in range(len(self.world.stations)):
            self.an_analyst_has_a_busy_hour(station, kinds, pick)

    @rule(station=STATIONS, pick=PICKS, decision=st.sampled_from(["aside", "anyway", "words"]))
    def an_analyst_decides_on_what_waits_for_a_person(
        self, station: int, pick: int, decision: str
    ) -> None:
        here = self.world.stations[station]
        waiting = [
            row.operation.operation_id
            for row in here.rows()
            if row.state in (OperationState.NEEDS_YOU, OperationState.REJECTED)
            and row.revised_by is None
        ]
        if not waiting:
            return
        chosen = sorted(waiting)[pick % len(waiting)]
        with suppress(Refused, UsageError):
            if decision == "aside":
                set_aside(here.vault, chosen, "a synthetic reason")
            elif decision == "anyway":
                send_anyway(here.vault, chosen)
            else:
                new = self._new_operation()
                revise_words(here.vault, chosen, f"said anew {new}", operation_id=UUID(new))
                here.written.add(new)

    # --- what goes between them and the portal ------------------------------------------------

    @rule(station=STATIONS)
    def a_station_syncs(self, station: int) -> None:
        here = self.world.stations[station]
        assert here.exchange(self.world.road(here)).is_complete
        self._require_all_answered(here)
        self._require_told(station, self._stands(station))
        self._require_decided_is_in_no_queue(station)
        self._require_nobody_in_the_way(station)

    @rule(station=STATIONS, steps=st.integers(0, 12))
    def the_cable_is_cut_while_a_station_syncs(self, station: int, steps: int) -> None:
        here = self.world.stations[station]
        with suppress(RoadError):
            here.exchange(CutRoad(self.world.road(here), steps))

    @rule(station=STATIONS)
    def a_station_sends_a_bundle(self, station: int) -> None:
        here = self.world.stations[station]
        here.outgoing.append(Bundle(here.send(self.world.new_stick()).files))
        del here.outgoing[:-LATEST]

    @rule(station=STATIONS)
    def a_bundle_is_answered_and_lies_about(self, station: int) -> None:
        here = self.world.stations[station]
        here.outgoing.append(Bundle(here.send(self.world.new_stick()).files))
        here.incoming.append(Bundle(self.world.answer(here.outgoing[-1]).files))
        del here.outgoing[:-LATEST], here.incoming[:-LATEST]

    @precondition(lambda self: any(here.outgoing for here in self.world.stations))
    @rule(station=STATIONS, pick=PICKS)
    def the_portal_answers_a_bundle(self, station: int, pick: int) -> None:
        here = self.world.stations[station]
        if not here.outgoing:
            return
        bundle = here.outgoing[-1 - pick % len(here.outgoing)]
        with suppress(BundleOutdated):
            here.incoming.append(Bundle(self.world.answer(bundle).files))
            del here.incoming[:-LATEST]

    @rule(station=STATIONS, kinds=st.lists(KINDS, min_size=1, max_size=3), pick=PICKS)
    def a_report_changes_at_the_portal_while_a_stick_travels(
        self, station: int, kinds: list[OperationKind], pick: int
    ) -> None:
        here = self.world.stations[station]
        for kind in kinds:
            self._act(station, self._body(kind, pick), self._about(kind, pick))
        here.outgoing.append(Bundle(here.send(self.world.new_stick()).files))
        self.a_hotline_corrects_or_withdraws(pick)
        here.incoming.append(Bundle(self.world.answer(here.outgoing[-1]).files))
        del here.outgoing[:-LATEST], here.incoming[:-LATEST]

    @precondition(lambda self: any(here.incoming for here in self.world.stations))
    @rule(station=STATIONS, pick=PICKS)
    def a_station_receives_a_bundle(self, station: int, pick: int) -> None:
        here = self.world.stations[station]
        if here.incoming:
            with suppress(UntrustedData):
                here.receive(here.incoming[-1 - pick % len(here.incoming)])

    @rule(station=STATIONS)
    def a_stick_goes_there_and_back(self, station: int) -> None:
        here, stood = self.world.stations[station], self._stands(station)
        sent = Bundle(here.send(self.world.new_stick()).files)
        answer = Bundle(self.world.answer(sent).files)
        here.receive(answer)
        self._require_all_answered(here)
        self._require_told(station, stood)
        self._require_nobody_in_the_way(station)
        here.outgoing.append(sent)
        here.incoming.append(answer)
        del here.outgoing[:-LATEST], here.incoming[:-LATEST]

    @precondition(lambda self: any(here.incoming for here in self.world.stations))
    @rule(station=STATIONS, to=STATIONS)
    def a_stick_comes_to_the_wrong_station(self, station: int, to: int) -> None:
        here, there = self.world.stations[station], self.world.stations[to]
        if here is there or not here.incoming:
            return
        before = self._digest(there)
        try:
            there.receive(here.incoming[-1])
        except UntrustedData:
            assert self._digest(there) == before
            return
        raise AssertionError("another station's bundle was taken in")

    # --- what happens to machines -------------------------------------------------------------

    @rule(what=st.integers(0, 2))
    def somebody_is_restarted(self, what: int) -> None:
        if what == 2:
            self.world.restart_gateway()
        else:
            self.world.stations[what].restart()

    @rule(station=STATIONS, after=READINGS)
    def a_station_loses_power_while_it_syncs(self, station: int, after: int) -> None:
        here = self.world.stations[station]
        with here.losing_power(after=after), suppress(RoadError):
            here.exchange(self.world.road(here))

    @rule(station=STATIONS, after=st.integers(0, 6), kind=KINDS, pick=PICKS)
    def a_station_loses_power_while_an_analyst_acts(
        self, station: int, after: int, kind: OperationKind, pick: int
    ) -> None:
        here = self.world.stations[station]
        before = frozenset(here.written)
        with here.losing_power(after=after):
            self._act(station, self._body(kind, pick), self._about(kind, pick))
        there = {row.operation.operation_id for row in here.rows()}
        assert before <= there
        here.written &= there

    @precondition(lambda self: any(here.incoming for here in self.world.stations))
    @rule(station=STATIONS, after=READINGS, pick=PICKS)
    def a_station_loses_power_at_a_stick(self, station: int, after: int, pick: int) -> None:
        here = self.world.stations[station]
        if not here.incoming:
            return
        bundle = here.incoming[-1 - pick % len(here.incoming)]
        with here.losing_power(after=after), suppress(UntrustedData):
            here.receive(bundle)

    @rule(station=STATIONS)
    def a_station_is_backed_up(self, station: int) -> None:
        here = self.world.stations[station]
        self.number += 1
        here.save(self.folder / f"backup-{self.number}")
        self.hands[station].save()

    @precondition(lambda self: self.restored < 2 and any(s.backup for s in self.world.stations))
    @rule(station=STATIONS)
    def a_station_is_put_back_to_its_backup(self, station: int) -> None:
        here = self.world.stations[station]
        if here.backup is not None:
            self.restored += 1
            here.restore()
            self.hands[station].restore()

    # --- what happens at the portal -----------------------------------------------------------

    @rule(pick=PICKS)
    def a_hotline_reports(self, pick: int) -> None:
        number = ReportId(FIRST_FED + pick)
        if number not in self.oracle.reports:
            item = replace(
                an_item(number * 10, f"https://files-{number}.example/"),
                assigned_country="NL",
                assessments=(),
                actions=(),
                media=(),
            )
            report = replace(a_report(number), revision=1, contents=(item,))
            self._feed(report, ReportStatus.NEW)

    @rule(pick=PICKS)
    def a_hotline_corrects_or_withdraws(self, pick: int) -> None:
        number = self._report(pick)
        if pick % 3 == 2:
            self.world.gateway.feed([Withdrawal(number, self.world.clock.now(), "synthetic")])
            self.oracle.withdrawn(number)
            return
        now = self.world.gateway._pages.report_now(number)
        assert now is not None
        if now.report is not None:
            self.number += 1
            memo = f"synthetic correction {self.number}"
            known = self.oracle.reports[number]
            self._feed(corrected(now.report, known, memo), ReportStatus.CORRECTED)

    @rule(pick=PICKS, wording=st.integers(0, 2))
    def reports_are_imported(self, pick: int, wording: int) -> None:
        number = ReportId(FIRST_IMPORTED + pick % 3)
        document = {
            "reportId": number,
            "reportingHotlineId": 12,
            "hotlineReceivedDate": "2026-02-28T08:30:00Z",
            "memo": f"synthetic wording {wording}",
        }
        content = {
            "contentId": number * 10,
            "reportId": number,
            "assignedCountryCode": "NL",
            "url": {"urlString": f"https://import.example/{number}"},
        }
        file = IccamFile("one", msgspec.json.encode([document, content]))
        taken = self.world.gateway.import_reports([file], hotline=HotlineId(3))
        known = self.oracle.reports.get(number)
        same = self.imports.get(number) == wording
        assert taken.unchanged == ((number,) if same else ())
        if same:
            return
        assert bool(taken.refused) == (known is not None and known.is_withdrawn)
        if not taken.refused:
            now = self.world.gateway._pages.report_now(number)
            assert now is not None
            assert now.report is not None
            assert now.report.revision == (1 if known is None else known.revision + 1)
            last = None if known is None else known.items[number * 10].last
            self.oracle.told(now.report)
            assert self.oracle.reports[number].items[number * 10].last == last
            self.imports[number] = wording

    @precondition(lambda self: self.versions < MOST_VERSIONS)
    @rule(station=STATIONS)
    def the_agreement_changes(self, station: int) -> None:
        agreements = self.world.gateway.agreements
        here = self.world.stations[station].station
        last = agreements.current(here)
        self.narrow ^= {station}
        full = self.full.setdefault(station, last).clauses
        now = self.world.clock.now()
        version = replace(
            last,
            revision=last.revision + 1,
            issued_at=now,
            effective_from=now,
            clauses=_without_feedback(full) if station in self.narrow else full,
        )
        agreements.amend(here, version)
        self.versions += 1

    @rule()
    def a_day_passes(self) -> None:
        self.world.pass_time(timedelta(hours=12))

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def what_was_written_is_there_and_its_state_is_honest(self) -> None:
        self.steps += 1
        for station in self.world.stations:
            rows = {row.operation.operation_id: row for row in station.rows()}
            assert station.written <= set(rows)
            for number, row in rows.items():
                if row.state in ANSWERED:
                    rejected = self.oracle.decided[number]
                    assert row.state is (
                        OperationState.REJECTED if rejected else OperationState.SETTLED
                    )
                    assert row.reason == rejected

    # --- how it is done -----------------------------------------------------------------------

    def _portal_heard(self, operation: Operation) -> None:
        self.oracle.heard(operation, self.world.clock.now())

    def _report(self, pick: int) -> ReportId:
        numbers = sorted(self.oracle.reports)
        return numbers[pick % len(numbers)]

    def _about(self, kind: OperationKind, pick: int) -> ReportId | None:
        return None if kind in WITHOUT_REPORT else self._report(pick)

    def _body(self, kind: OperationKind, pick: int) -> OperationBody:
        said = f"synthetic words {self.number}"
        entry = HashEntry(HashAlgorithm.SHA256, f"{pick % 4 + 1}" * 64)
        match kind:
            case OperationKind.ASSESSMENT:
                content = min(self.oracle.reports[self._report(pick)].items)
                return GiveAssessment(ContentId(content), (2, 2, 1, 4)[self.number % 4], 1, 1)
            case OperationKind.FEEDBACK:
                return GiveFeedback(said)
            case OperationKind.TAKEDOWN_HOLD:
                days = timedelta(days=1 + 5 * pick)
                return HoldTakedown(self.world.clock.now() + days, said)
            case OperationKind.TAKEDOWN_LIFT:
                return LiftTakedownHold(said)
            case OperationKind.INFORMATION_REQUEST:
                return RequestInformation(said)
            case OperationKind.DOMAIN_SUGGESTION:
                return SuggestDomain(f"domain-{pick}.example", "synthetic-1", (), said)
            case OperationKind.DOMAIN_REMOVAL:
                return SuggestRemoval(f"domain-{pick}.example", said)
            case OperationKind.HASH_CONTRIBUTION:
                return ContributeHashes(LISTS[pick % 2], (entry,), said)
            case OperationKind.FALSE_POSITIVE:
                return NotifyFalsePositive(LISTS[pick % 2], entry, None, said)
            case OperationKind.CASE_HAND_OVER:
                several = dict.fromkeys((self._report(pick), self._report(pick + 1)))
                return HandOverCase("synthetic case", PARTNER, said, tuple(several))

    def _act(self, station: int, body: OperationBody, about: ReportId | None) -> None:
        here = self.world.stations[station]
        number = self._new_operation()
        before = {row.operation.operation_id for row in here.rows()}
        try:
            queue_act(here.vault, Act(body, about), operation_id=UUID(number))
        except (Refused, UnknownReference):
            assert {row.operation.operation_id for row in here.rows()} == before
            return
        here.written.add(number)

    def _feed(self, report: Report, status: ReportStatus) -> None:
        report = replace(report, updated_at=self.world.clock.now().replace(microsecond=0))
        document = print_report(report)
        self.world.gateway.feed([ReportChange(status, report, document, None)])
        self.oracle.told(report)

    def _digest(self, station: Station) -> str:
        with station.vault.reader() as reader:
            return state_digest.digest(reader)

    def _require_all_answered(self, here: Station) -> None:
        assert not [row for row in here.rows() if row.state in ON_ITS_WAY]

    def _everybody_hears_everything(self) -> None:
        for _ in range(ROUNDS):
            before = [self._digest(here) for here in self.world.stations]
            for here in self.world.stations:
                assert here.exchange(self.world.road(here)).is_complete
            if before == [self._digest(here) for here in self.world.stations]:
                return
        raise AssertionError("there is always something new")

    def _compare(self) -> None:
        one, other = (self._replica(here) for here in self.world.stations)
        assert one == other
        for here in self.world.stations:
            with here.vault.reader() as reader:
                verdict = audit_log.verify(reader)
            assert not verdict.faults
            self._require_all_answered(here)
            self._compare_reports(here)
            self._compare_records(here)
        self._compare_ledger()

    def _replica(self, here: Station) -> str:
        with here.vault.reader() as reader:
            return state_digest.replica_digest(reader, apart={Subject.AGREEMENT.value})

    def _compare_reports(self, here: Station) -> None:
        with here.vault.reader() as reader:
            there = reader.connection.execute("SELECT report_id FROM report").fetchall()
            assert {number for (number,) in there} == set(self.oracle.reports)
            for number, known in self.oracle.reports.items():
                found = reports.dossier(reader, number)
                assert parse_report(found.document) == found.report
                is_withdrawn = found.row.status is ReportStatus.WITHDRAWN
                last = {
                    item.content_id: item.assessments[-1].classification
                    if item.assessments
                    else None
                    for item in found.report.contents
                }
                assert (found.report.revision, found.report.memo, is_withdrawn, last) == (
                    known.revision,
                    known.memo,
                    known.is_withdrawn,
                    {content: item.last for content, item in known.items.items()},
                )

    def _compare_records(self, here: Station) -> None:
        def there(subject: Subject) -> set[str]:
            with here.vault.reader() as reader:
                kept = portal_records.of_subject(reader, subject.value)
            return {record.reference for record in kept if record.document}

        assert there(Subject.IWOL_DECISION) == self.oracle.domains | self.oracle.off
        assert self._listed(here) == self.oracle.domains
        assert len(there(Subject.HASH_LIST_ENTRY)) == len(self.oracle.entries)
        assert len(there(Subject.TAKEDOWN_HOLD)) == len(self.oracle.holds)
        assert len(there(Subject.ANSWER)) == sum(self.oracle.answers.values())

    def _listed(self, here: Station) -> set[str]:
        with here.vault.reader() as reader:
            kept = portal_records.of_subject(reader, Subject.IWOL_DECISION.value)
            told = {one.reference: decision_on(reader, one.reference) for one in kept}
        return {name for name, word in told.items() if word is not None and word.state == "listed"}

    def _compare_ledger(self) -> None:
        ledger = sqlite3.connect(self.world.gateway.directory / "ledger.db")
        try:
            rows = ledger.execute("SELECT operation, is_settled, reason, feedback FROM operation")
            kept = [(OperationId(row[0]), row[2], row[3]) for row in rows]
        finally:
            ledger.close()
        assert len(kept) == len({number for number, _, _ in kept})
        assert {number: reason for number, reason, _ in kept} == self.oracle.decided
        assert {n: text for n, _, text in kept if text is not None} == self.oracle.feedback


def _without_feedback(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    word = Function.FEEDBACK_GIVE.value
    return tuple(
        replace(
            clause,
            grants=tuple(
                replace(grant, functions=tuple(each for each in grant.functions if each != word))
                for grant in clause.grants
            ),
        )
        for clause in clauses
    )
