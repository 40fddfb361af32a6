"""Every act towards the portal, from the analyst's hands to what the portal makes of it and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import message_keys
from cport_desktop.domain.agreement import Clause, Function, Limit
from cport_desktop.domain.batch import (
    ChangeKind,
    RecordChange,
    ReportChange,
    Subject,
    Withdrawal,
)
from cport_desktop.domain.draft import DraftKind, DraftPlace, Typed
from cport_desktop.domain.ids import ContentId, MediaId, OperationId, ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import (
    ContributeHashes,
    Criterion,
    CriterionState,
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
    OperationRow,
    OperationState,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
    kind_of,
    with_words,
    words_of,
)
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.report import Action, ReportStatus
from cport_desktop.domain.takedown import TakedownState, standing
from cport_desktop.errors import (
    ActUnfit,
    AgreementForbids,
    CportError,
    DomainUnfit,
    EntriesUnfit,
    NotEnrolled,
    OperationClosed,
    PurposeMissing,
    RoadError,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.formats.portal_messages import (
    parse_receipts,
    print_operations,
    print_report,
    unseal,
)
from cport_desktop.formats.record_message import record_value
from cport_desktop.usecases import (
    act,
    contribute_hashes,
    hand_over_case,
    hold_takedown,
    keep_drafts,
    overview,
    request_information,
    suggest_domain,
    take_up_operation,
)
from cport_desktop.usecases.hand_out_operations import hold_back_doubtful
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault import audit_log, outbox, portal_records, reports
from cport_desktop.vault.portal_records import KeptRecord
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_clock, a_vault
from tests.operation_builders import ENTRY, WORDS
from tests.usecases.agreeing import amend, bind, station_of
from tests.usecases.conftest import Bench, MakeBench
from tests.usecases.roads import CutRoad
from tests.usecases.test_acting import find

PARTNER = "Partner Agency Example"


def do(bench: Bench, number: int, body: OperationBody, report: ReportId | None = None) -> Operation:
    operation, _ = queue_act(bench.vault, Act(body, report), operation_id=UUID(int=number))
    return operation


def rows(vault: Vault) -> list[OperationRow]:
    """Oldest first."""
    return list(overview.list_operations(vault, limit=100, after=None).rows)[::-1]


def row(vault: Vault, number: int) -> OperationRow:
    return take_up_operation.show_operation(vault, str(UUID(int=number)))


def records(vault: Vault, subject: Subject) -> dict[str, KeptRecord]:
    with vault.reader() as reader:
        return {kept.reference: kept for kept in portal_records.of_subject(reader, subject)}


def until(bench: Bench, days: int) -> HoldTakedown:
    moment = (bench.clock.now() + timedelta(days=days)).replace(microsecond=0)
    return HoldTakedown(moment, WORDS)


def portal_clock(bench: Bench) -> SteppingClock:
    clock = bench.gateway.clock
    assert isinstance(clock, SteppingClock)
    return clock


@pytest.fixture
def here(bench: Bench) -> Bench:
    """With the reports of the portal, and no media."""
    bench.sync(metadata_only=True)
    return bench


def every_act(bench: Bench) -> list[tuple[OperationBody, ReportId | None]]:
    report, content = find(bench, assessable=True)
    assess = GiveAssessment(content, 2)
    on_report: list[OperationBody] = [
        assess,
        GiveFeedback(WORDS),
        until(bench, 14),
        RequestInformation(WORDS),
        LiftTakedownHold(WORDS),
    ]
    on_none: list[OperationBody] = [
        SuggestDomain("name.example", "current", (Criterion("1", CriterionState.MET),), WORDS),
        SuggestRemoval("name.example", WORDS),
        ContributeHashes("national", (ENTRY,), WORDS),
        NotifyFalsePositive("national", ENTRY, None, WORDS),
        HandOverCase("2026/12", PARTNER, WORDS, (report,)),
    ]
    return [(body, report) for body in on_report] + [(body, None) for body in on_none]


class TestEveryKind:
    def test_is_settled_and_what_the_portal_makes_of_it_comes_back(self, here: Bench) -> None:
        acts = every_act(here)
        assert {kind_of(body) for body, _ in acts} == {kind.value for kind in OperationKind}
        report = next(number for _, number in acts if number is not None)
        for number, (body, about) in enumerate(acts, start=1):
            do(here, number, body, about)
        with here.vault.reader() as reader:
            entries = audit_log.page(reader, limit=len(acts)).rows
        assert {entry.draft.verb for entry in entries} == {
            "assess", "give_feedback", "hold_takedown", "lift_takedown", "request_information",
            "suggest_domain", "suggest_removal", "contribute_hashes", "hand_over_case", "notify_false_positive",
        }  # fmt: skip
        assert WORDS not in repr(entries)

        result = here.sync(metadata_only=True)

        assert (result.operations_settled, result.operations_rejected) == (len(acts), 0)
        assert [one.operation.body for one in rows(here.vault)] == [body for body, _ in acts]
        with here.vault.reader() as reader:
            dossier = reports.dossier(reader, report)
        assert dossier.takedown_hold is None  # asked for, and lifted behind it
        (answer,) = dossier.answers
        assert (answer.number, answer.question) == (1, WORDS)
        assert answer.text
        (decision,) = records(here.vault, Subject.IWOL_DECISION).values()
        told = record_value(decision.subject, decision.reference, decision.document, "$")
        assert isinstance(told, IwolDecision)
        assert (told.domain, told.state) == ("name.example", "delisted")
        (entry,) = records(here.vault, Subject.HASH_LIST_ENTRY).values()
        assert (entry.kind.value, entry.reason) == ("withdrawn", "false positive")
        assert set(records(here.vault, Subject.HASH_LIST)) == {"national"}

    def test_counts_once_though_its_receipt_is_lost_and_it_is_sent_again(self, here: Bench) -> None:
        acts = every_act(here)
        for number, (body, about) in enumerate(acts, start=1):
            do(here, number, body, about)
        # The changes, then the operations are heard and the answer is lost.
        with pytest.raises(RoadError):
            here.sync(CutRoad(here.road, 2), metadata_only=True)
        assert {one.state for one in rows(here.vault)} == {OperationState.SENDING}

        result = here.sync(metadata_only=True)

        assert result.is_complete or result.media_pending
        assert {one.state for one in rows(here.vault)} == {OperationState.SETTLED}
        report = next(number for _, number in acts if number is not None)
        revisions = {
            kept.reference: kept.revision
            for subject in (Subject.TAKEDOWN_HOLD, Subject.ANSWER, Subject.IWOL_DECISION)
            for kept in records(here.vault, subject).values()
        }
        assert revisions == {f"{report}": 2, f"{report}/1": 1, "name.example": 2}
        # As a courier would bring the same message once more.
        again = tuple(one.operation for one in rows(here.vault))
        message = here.road.operations(print_operations(station_of(here), again))
        payload = unseal(message, message_keys.public_half(here.gateway.identity.message_key))
        receipts = parse_receipts(payload).receipts
        assert [one.is_settled for one in receipts] == [True] * len(acts)
        assert here.sync(metadata_only=True).tally.records_changed == 0


class TestWhatThePortalRejects:
    def test_has_a_code_and_keeps_all_the_words(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        unmet = (Criterion("1", CriterionState.NOT_MET, WORDS),)
        suggested = SuggestDomain("name.example", "current", (), WORDS)
        contributed = ContributeHashes("national", (ENTRY,), WORDS)
        other = HashEntry(HashAlgorithm.MD5, "5a" * 16)
        soon = replace(until(here, 1), until=here.clock.now() + timedelta(minutes=20))
        attempts: list[tuple[OperationBody, ReportId | None, str | None]] = [
            (until(here, 200), report, "hold_too_long"),
            (soon, report, "hold_expired"),
            (LiftTakedownHold(WORDS), report, "no_hold"),
            (replace(suggested, criteria=unmet), None, "criteria_not_met"),
            (replace(suggested, domain="name.nl"), None, "no_domain"),
            (suggested, None, None),
            (suggested, None, "already_suggested"),
            (SuggestRemoval("name.example", WORDS), None, None),
            (SuggestRemoval("name.example", WORDS), None, "not_listed"),
            (SuggestRemoval("unheard-of.example", WORDS), None, "not_listed"),
            (suggested, None, None),
            (contributed, None, None),
            (contributed, None, "nothing_contributed"),
            (NotifyFalsePositive("national", other, None, WORDS), None, "unknown_entry"),
        ]
        for number, (body, about, _) in enumerate(attempts, start=1):
            do(here, number, body, about)
        portal_clock(here).advance(timedelta(minutes=30))

        here.sync(metadata_only=True)

        found = rows(here.vault)
        assert [(one.operation.body, one.reason) for one in found] == [
            (body, reason) for body, _, reason in attempts
        ]
        assert [one.state is OperationState.REJECTED for one in found] == [
            reason is not None for *_, reason in attempts
        ]


class TestAnotherAgencysEntry:
    def test_is_put_in_doubt_and_stays(self, make_bench: MakeBench) -> None:
        here = make_bench("here")
        here.sync(metadata_only=True)
        entry = HashEntry(HashAlgorithm.MD5, "5a" * 16)
        do(here, 1, ContributeHashes("national", (ENTRY, entry), ""))
        here.sync(metadata_only=True)
        foreign = [
            another_agencys(kept) for kept in records(here.vault, Subject.HASH_LIST_ENTRY).values()
        ]
        here.gateway.feed(foreign)
        do(here, 2, NotifyFalsePositive("national", ENTRY, None, WORDS))

        here.sync(metadata_only=True)

        kept = records(here.vault, Subject.HASH_LIST_ENTRY)
        doubted = [one for one in kept.values() if b'"negative":1' in one.document]
        assert len(kept) == 2
        assert [one.kind.value for one in doubted] == ["corrected"]
        assert ENTRY.digest.encode() in doubted[0].document


def another_agencys(kept: KeptRecord) -> RecordChange:
    document = kept.document.replace(b"Example Agency", b"Another Agency")
    return RecordChange(
        subject=kept.subject,
        reference=kept.reference,
        kind=ChangeKind.CORRECTED,
        revision=kept.revision + 1,
        made_at=kept.made_at,
        reason=None,
        document=document,
        value=record_value(kept.subject, kept.reference, document, "$"),
    )


class TestATakedownHold:
    def test_is_seen_as_asked_then_as_held_by_every_station_until_its_time_is_over(
        self, make_bench: MakeBench
    ) -> None:
        here, there = make_bench("here"), make_bench("there")
        here.sync(metadata_only=True)
        report, _ = find(here, assessable=True)
        asked = until(here, 10)
        hold_takedown.hold_takedown(
            here.vault, report, asked.until, asked.reason, operation_id=UUID(int=1)
        )
        assert seen(here, report) == (TakedownState.ASKED, asked.until)

        here.sync(metadata_only=True)
        there.sync(metadata_only=True)

        for bench in (here, there):
            assert seen(bench, report) == (TakedownState.HELD, asked.until)
        with there.vault.reader() as reader:
            told = reports.dossier(reader, report).takedown_hold
        assert told is not None
        assert (told.reason, told.agency) == (WORDS, "Example Agency")
        here.clock.advance(timedelta(days=11))
        assert seen(here, report) == (TakedownState.EXPIRED, asked.until)

    def test_can_be_prolonged_and_lifted(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        first, longer = until(here, 10), until(here, 20)
        do(here, 1, first, report)
        here.sync(metadata_only=True)
        do(here, 2, longer, report)
        assert seen(here, report) == (TakedownState.ASKED, longer.until)
        here.sync(metadata_only=True)
        assert seen(here, report) == (TakedownState.HELD, longer.until)
        hold_takedown.lift_takedown(here.vault, report, "done", operation_id=UUID(int=3))
        assert seen(here, report) == (TakedownState.LIFT_ASKED, longer.until)

        here.sync(metadata_only=True)

        assert seen(here, report) == (TakedownState.NONE, None)


def seen(bench: Bench, report: ReportId) -> tuple[TakedownState, object]:
    with bench.vault.reader() as reader:
        dossier = reports.dossier(reader, report)
    found = standing(dossier.operations, dossier.takedown_hold, now=bench.clock.now())
    return found.state, found.until


class TestBeforeEachExchange:
    def corrected(self, bench: Bench, report: ReportId, content: ContentId) -> ReportChange:
        """As the hotline acts on the content: no assessment is possible any more."""
        with bench.vault.reader() as reader:
            before = reports.dossier(reader, report).report
        action = Action(1, "Analyst A", before.updated_at, None, None)
        contents = tuple(
            replace(item, actions=(action,)) if item.content_id == content else item
            for item in before.contents
        )
        after = replace(before, revision=before.revision + 1, contents=contents)
        return ReportChange(ReportStatus.CORRECTED, after, print_report(after), "acted on")

    def test_what_a_correction_made_wrong_needs_you_and_is_not_sent(self, here: Bench) -> None:
        report, content = find(here, assessable=True)
        act.assess(here.vault, report, content, 2, operation_id=UUID(int=1))
        do(here, 2, GiveFeedback(WORDS), report)
        here.gateway.feed([self.corrected(here, report, content)])

        result = here.sync(metadata_only=True)

        assert result.operations_sent == 1
        assert row(here.vault, 1).state is OperationState.NEEDS_YOU
        assert row(here.vault, 1).reason == "actions_exist"
        assert row(here.vault, 2).state is OperationState.SETTLED
        with here.vault.reader() as reader:
            assert not reports.dossier(reader, report).row.is_overlaid

    def test_what_a_withdrawal_made_wrong_needs_you_and_what_it_did_not_is_sent(
        self, here: Bench
    ) -> None:
        report, content = find(here, assessable=True)
        acts: list[OperationBody] = [
            GiveAssessment(content, 2),
            GiveFeedback(WORDS),
            until(here, 5),
            RequestInformation(WORDS),
        ]
        for number, body in enumerate(acts, start=1):
            do(here, number, body, report)
        do(here, 5, HandOverCase("12", PARTNER, WORDS, (report,)))
        do(here, 6, SuggestDomain("name.example", "current", (), WORDS))
        here.gateway.feed([Withdrawal(report, here.clock.now(), "entered twice")])

        here.sync(metadata_only=True)

        assert [(one.state.value, one.reason) for one in rows(here.vault)] == [
            *[("needs_you", "withdrawn")] * 5,
            ("settled", None),
        ]
        assert [one.operation.body for one in rows(here.vault)][:4] == acts

    def test_a_hold_whose_time_is_over_before_it_was_sent_needs_you(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        do(here, 1, until(here, 5), report)
        here.clock.advance(timedelta(days=6))

        assert hold_back_doubtful(here.vault) == 1

        assert row(here.vault, 1).reason == "hold_expired"
        assert hold_back_doubtful(here.vault) == 0

    def test_what_the_agreement_no_longer_allows_needs_you_and_no_insisting_helps(
        self, here: Bench
    ) -> None:
        report, _ = find(here, assessable=True)
        do(here, 1, RequestInformation(WORDS), report)
        do(here, 2, GiveFeedback(WORDS), report)
        narrower = Clause(
            "9.1",
            "No questions to hotlines.",
            limits=(Limit(functions=(Function.INFORMATION_REQUEST.value,)),),
        )
        amend(here, narrower)

        here.sync(metadata_only=True)

        asked = row(here.vault, 1)
        assert (asked.state, asked.reason) == (
            OperationState.NEEDS_YOU,
            "agreement_forbids:9.1",
        )
        assert row(here.vault, 2).state is OperationState.SETTLED
        with pytest.raises(AgreementForbids) as refused:
            take_up_operation.send_anyway(here.vault, asked.operation.operation_id)
        assert refused.value.facts["clause"] == "9.1"
        assert row(here.vault, 1) == asked

    def test_what_an_analyst_insists_on_is_sent_and_judged_by_the_portal(self, here: Bench) -> None:
        report, content = find(here, assessable=True)
        operation, _ = act.assess(here.vault, report, content, 2, operation_id=UUID(int=1))
        here.gateway.feed([self.corrected(here, report, content)])
        here.sync(metadata_only=True)

        take_up_operation.send_anyway(here.vault, operation.operation_id)
        result = here.sync(metadata_only=True)

        assert result.operations_rejected == 1
        found = row(here.vault, 1)
        assert (found.state, found.reason) == (OperationState.REJECTED, "actions_exist")
        assert found.operation == operation

    def test_what_is_on_its_way_already_is_for_the_portal_to_judge(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        do(here, 1, GiveFeedback(WORDS), report)
        with pytest.raises(RoadError):
            here.sync(CutRoad(here.road, 1), metadata_only=True)
        here.gateway.feed([Withdrawal(report, here.clock.now(), "entered twice")])

        here.sync(metadata_only=True)

        found = row(here.vault, 1)
        assert (found.state, found.reason) == (OperationState.REJECTED, "withdrawn")


class TestTakingUpAgain:
    def rejected(self, here: Bench) -> tuple[OperationId, ReportId]:
        report, _ = find(here, assessable=True)
        operation = do(here, 1, until(here, 200), report)
        here.sync(metadata_only=True)
        return operation.operation_id, report

    def test_a_revision_carries_the_words_over_and_goes_out(self, here: Bench) -> None:
        old, report = self.rejected(here)
        body = row(here.vault, 1).operation.body
        assert isinstance(body, HoldTakedown)
        shorter = replace(body, until=until(here, 20).until)

        newer, _ = take_up_operation.revise(here.vault, old, shorter, operation_id=UUID(int=2))
        here.sync(metadata_only=True)

        assert (newer.revises, words_of(newer.body)) == (old, WORDS)
        assert row(here.vault, 2).state is OperationState.SETTLED
        first = row(here.vault, 1)
        assert (first.state, first.reason) == (OperationState.SET_ASIDE, "hold_too_long")
        assert (first.revised_by, first.operation.body) == (newer.operation_id, body)
        assert seen(here, report) == (TakedownState.HELD, shorter.until)

    def test_a_revision_that_cannot_be_right_leaves_everything_as_it_was(self, here: Bench) -> None:
        old, _ = self.rejected(here)
        before = rows(here.vault)
        body = row(here.vault, 1).operation.body
        for wrong in (with_words(body, ""), until(here, -1)):
            with pytest.raises(CportError):
                take_up_operation.revise(here.vault, old, wrong, operation_id=UUID(int=2))
        with pytest.raises(ValueError, match="same kind"):
            take_up_operation.revise(here.vault, old, GiveFeedback(WORDS), operation_id=UUID(int=2))
        assert rows(here.vault) == before

    def test_the_words_alone_can_be_revised(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        first = do(here, 1, RequestInformation("first"), report)
        take_up_operation.revise_words(
            here.vault, first.operation_id, "second", operation_id=UUID(int=2)
        )
        here.sync(metadata_only=True)

        with here.vault.reader() as reader:
            (answer,) = reports.dossier(reader, report).answers
        assert answer.question == "second"

    def test_setting_aside_wants_a_reason_and_keeps_it_with_the_words(self, here: Bench) -> None:
        old, _ = self.rejected(here)
        assert overview.tallies(here.vault).needing == 1
        with pytest.raises(PurposeMissing):
            take_up_operation.set_aside(here.vault, old, "  ")
        take_up_operation.set_aside(here.vault, old, "settled by telephone")

        found = row(here.vault, 1)
        assert (found.state, found.aside) == (OperationState.SET_ASIDE, "settled by telephone")
        assert words_of(found.operation.body) == WORDS
        assert overview.tallies(here.vault).needing == 0
        with pytest.raises(OperationClosed):
            take_up_operation.set_aside(here.vault, old, "again")

    def test_an_id_that_names_none_or_several_is_refused(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        for number in (1, 2):
            do(here, number, GiveFeedback(WORDS), report)
        for beginning in ("", "00000000", "f"):
            with pytest.raises(UnknownReference):
                take_up_operation.show_operation(here.vault, beginning)


class TestWhatIsRefusedAtOnce:
    def test_without_an_agreement_nothing_is_queued(self, tmp_path: Path) -> None:
        with a_vault(tmp_path / "vault") as vault:
            with pytest.raises(NotEnrolled):
                suggest_domain.suggest_domain(
                    vault, SuggestDomain("name.example", "v", (), ""), operation_id=UUID(int=1)
                )
            assert rows(vault) == []

    def test_what_a_clause_forbids_is_refused_with_its_number(self, here: Bench) -> None:
        press = Clause(
            "9.2", "No cases abroad.", limits=(Limit(functions=(Function.CASE_HAND_OVER.value,)),)
        )
        amend(here, press)
        here.sync(metadata_only=True)
        with pytest.raises(AgreementForbids) as refused:
            hand_over_case.hand_over_case(here.vault, "12", PARTNER, [], operation_id=UUID(int=1))
        assert refused.value.facts["clause"] == "9.2"
        assert rows(here.vault) == []

    def test_a_withdrawn_report_is_acted_on_no_more(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        here.gateway.feed([Withdrawal(report, here.clock.now(), "entered twice")])
        here.sync(metadata_only=True)
        with pytest.raises(ActUnfit):
            request_information.request_information(
                here.vault, report, WORDS, operation_id=UUID(int=1)
            )
        with pytest.raises(ActUnfit):
            act.give_feedback(here.vault, report, WORDS, operation_id=UUID(int=2))
        assert rows(here.vault) == []

    def test_too_much_is_refused_and_nothing_is_cut(self, here: Bench) -> None:
        report, _ = find(here, assessable=True)
        long = "x" * 4_001
        many = tuple(HashEntry(HashAlgorithm.MD5, f"{n:032x}") for n in range(5_001))
        attempts: list[tuple[OperationBody, ReportId | None, type[CportError]]] = [
            (RequestInformation(long), report, TextUnfit),
            (RequestInformation(" "), report, TextUnfit),
            (replace(until(here, 1), reason=long), report, TextUnfit),
            (LiftTakedownHold(""), report, TextUnfit),
            (SuggestDomain("name.example", "v", (), long), None, TextUnfit),
            (SuggestDomain("name.example", "", (), ""), None, TextUnfit),
            (SuggestDomain("192.0.2.1", "v", (), ""), None, DomainUnfit),
            (SuggestRemoval("name.example", " "), None, TextUnfit),
            (SuggestRemoval("name.example", long), None, TextUnfit),
            (
                SuggestDomain("name.example", "v", (Criterion("1", CriterionState.MET),) * 2, ""),
                None,
                ValueUnknown,
            ),
            (ContributeHashes("national", many, ""), None, EntriesUnfit),
            (ContributeHashes("national", (), ""), None, EntriesUnfit),
            (ContributeHashes("a/b", (ENTRY,), ""), None, ValueUnknown),
            (HandOverCase("", PARTNER, "", ()), None, TextUnfit),
            (HandOverCase("12", " ", "", ()), None, TextUnfit),
            (HandOverCase("12", PARTNER, "", (ReportId(1),)), None, UnknownReference),
            (NotifyFalsePositive("national", ENTRY, MediaId(1), WORDS), None, UnknownReference),
            (NotifyFalsePositive("national", ENTRY, None, ""), None, TextUnfit),
            (until(here, -1), report, ActUnfit),
        ]
        for number, (body, about, error) in enumerate(attempts):
            with pytest.raises(error):
                do(here, number, body, about)
        assert rows(here.vault) == []

    def test_with_real_content_what_leaves_for_others_wants_a_purpose(self, tmp_path: Path) -> None:
        clock = a_clock()
        with a_vault(tmp_path / "vault", nature=Nature.LIVE, clock=clock) as vault:
            bind(vault)
            with pytest.raises(PurposeMissing):
                contribute_hashes.contribute_hashes(
                    vault, "national", [ENTRY], operation_id=UUID(int=1)
                )
            with pytest.raises(PurposeMissing):
                hand_over_case.hand_over_case(vault, "12", PARTNER, [], operation_id=UUID(int=2))
            with pytest.raises(DomainUnfit):
                suggest_domain.suggest_domain(
                    vault, SuggestDomain("name.example", "v", (), ""), operation_id=UUID(int=3)
                )
            assert rows(vault) == []


def test_a_question_ends_the_draft_that_it_was_written_in(here: Bench) -> None:
    report, _ = find(here, assessable=True)
    place = DraftPlace(DraftKind.FEEDBACK, report=report)
    keep_drafts.keep_draft(here.vault, place, Typed(WORDS), now=NOON)

    with pytest.raises(TextUnfit):
        request_information.request_information(
            here.vault, report, " ", operation_id=UUID(int=1), draft=place
        )
    assert place in keep_drafts.drafts(here.vault)
    request_information.request_information(
        here.vault, report, WORDS, operation_id=UUID(int=1), draft=place
    )

    assert place not in keep_drafts.drafts(here.vault)
    with here.vault.reader() as reader:
        assert outbox.count_unsettled(reader) == 1
