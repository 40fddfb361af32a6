"""Another version of the agreement: by either road, checked by itself, narrower ones wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.crypto import message_keys
from cport_desktop.domain.agreement import Agreement, Function
from cport_desktop.domain.agreement_comparison import Aspect
from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.query import Query
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    AgreementForbids,
    AgreementLapsed,
    AgreementUnsigned,
    MalformedMessage,
    MessageMixup,
    NothingWaits,
    PurposeMissing,
    RoleMissing,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats.agreement_document import (
    parse_agreement_file,
    print_agreement,
    print_agreement_file,
    print_signed_agreement,
    require_signed_by,
)
from cport_desktop.usecases import act, agreement_state, overview
from cport_desktop.usecases.accept_agreement import accept_agreement, export_agreement
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.explain_agreement import rehearse
from cport_desktop.usecases.show_report import show_report
from cport_desktop.usecases.take_in import COURIER, HTTPS, Road, Tally, take_in
from cport_desktop.vault import (
    audit_log,
    bond,
    outbox,
    portal_records,
    quarantine,
    replica,
    reports,
)
from tests.agreement_builders import a_clause, a_limit, signed
from tests.usecases.agreeing import agreed, amend, revision_in_force, station_of
from tests.usecases.conftest import Bench, MakeBench, OpenGateway

_AN_ENTRY = (AuditAction.COLLECTION, "begin_anew", ObjectKind.VAULT, "test")

ROADS = [pytest.param(HTTPS, id="https"), pytest.param(COURIER, id="courier")]


def hear(bench: Bench, road: Road = COURIER, twist: Callable[[bytes], bytes] = bytes) -> None:
    """All that the portal has for the station, by `road`."""
    with bench.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    for _ in range(20):
        with bench.vault.reader() as reader:
            position = replica.stream(reader).position
        message = twist(bench.road.changes(position, limit=100))
        heard, _ = take_in(bench.vault, enrolment, message, road=road, tally=Tally())
        if not hasattr(heard, "changes"):
            return
    raise AssertionError("the portal has no end")


def entries(bench: Bench, verb: str) -> list[AuditDraft]:
    with bench.vault.reader() as reader:
        rows = audit_log.page(reader, limit=1000, after=None).rows
    return [row.draft for row in rows if row.draft.verb == verb]


@pytest.fixture
def bench(make_bench: MakeBench, open_gateway: OpenGateway) -> Bench:
    """With few reports: the agreement is what these tests are about."""
    return make_bench("vault", open_gateway("small", reports=4))


@pytest.fixture
def heard(bench: Bench) -> Bench:
    hear(bench)
    return bench


@pytest.mark.parametrize("road", ROADS)
class TestByEitherRoad:
    def test_a_wider_version_is_in_force_as_soon_as_it_is_here(
        self, bench: Bench, road: Road
    ) -> None:
        hear(bench, road)
        amend(bench, a_clause("8.1", "later.function"))

        hear(bench, road)

        assert revision_in_force(bench) == 2
        state = agreement_state.agreement_state(bench.vault)
        assert state.version is not None
        assert state.version.road == road.name
        (entry,) = entries(bench, "receive_agreement")
        assert entry.object_reference == f"{agreed(bench).reference} revision 2"

    def test_a_narrower_version_waits_for_its_moment(self, bench: Bench, road: Road) -> None:
        hear(bench, road)
        amend(bench, gone=("4.2",), in_days=14)

        hear(bench, road)

        assert revision_in_force(bench) == 1
        require_allowed(bench.vault, Function.TABLE_EXPORT)
        waiting = agreement_state.agreement_state(bench.vault).waiting
        assert waiting is not None
        assert waiting.is_narrower
        bench.clock.advance(timedelta(days=14))
        assert revision_in_force(bench) == 2
        with pytest.raises(AgreementForbids):
            require_allowed(bench.vault, Function.TABLE_EXPORT)

    def test_an_agreement_that_the_portal_ends_is_over_and_what_is_here_stays_readable(
        self, bench: Bench, road: Road
    ) -> None:
        hear(bench, road)
        bench.gateway.agreements.end(station_of(bench), "synthetic reason")
        bench.clock.advance(timedelta(minutes=1))

        hear(bench, road)

        assert agreement_state.agreement_state(bench.vault).kind is StateKind.ENDED
        with pytest.raises(AgreementLapsed):
            require_allowed(bench.vault, Function.PACKAGE_COMPOSE)
        with bench.vault.reader() as reader:
            (first, *_) = reports.matching(reader, Query(), limit=1)
        assert show_report(bench.vault, first)
        assert entries(bench, "agreement_ended")[0].reason == "synthetic reason"


def test_both_roads_leave_the_same_behind(make_bench: MakeBench, open_gateway: OpenGateway) -> None:
    gateway = open_gateway("small", reports=4)
    one, other = make_bench("one", gateway), make_bench("other", gateway)
    for bench, road in ((one, HTTPS), (other, COURIER)):
        hear(bench, road)
        amend(bench, a_limit("9.1", fields=("memo",)), in_days=3)
        hear(bench, road)

    for version, same in zip(
        agreement_state.all_versions(one.vault),
        agreement_state.all_versions(other.vault),
        strict=True,
    ):
        made, other_made = version.signed.agreement, same.signed.agreement
        assert made.clauses == other_made.clauses
        assert version.is_narrower == same.is_narrower


def test_an_amendment_reaches_its_own_station_alone(
    make_bench: MakeBench, open_gateway: OpenGateway
) -> None:
    gateway = open_gateway("small", reports=4)
    one, other = make_bench("one", gateway), make_bench("other", gateway)
    amend(one, a_clause("8.1", "later.function"))

    hear(one)
    hear(other)

    assert revision_in_force(one) == 2
    assert revision_in_force(other) == 1


def test_hearing_a_version_again_changes_nothing(heard: Bench) -> None:
    amend(heard, gone=("4.2",), in_days=14)
    hear(heard)
    before = agreement_state.all_versions(heard.vault)
    with heard.vault.transaction() as tx:
        replica.begin_anew(tx)
        tx.record(AuditDraft(*_AN_ENTRY))

    hear(heard)

    assert agreement_state.all_versions(heard.vault) == before
    assert len(entries(heard, "receive_agreement")) == 1


class TestAVersionThatIsNotSound:
    """The batch is the portal's own; the agreement in it is not what it should be."""

    def refused(self, bench: Bench, change: RecordChange) -> UntrustedData:
        bench.gateway._ledger.feed([change], station=station_of(bench))
        with pytest.raises(UntrustedData) as refused:
            hear(bench)
        assert revision_in_force(bench) == 1
        with bench.vault.reader() as reader:
            assert portal_records.of_subject(reader, Subject.AGREEMENT) == ()
            assert len(quarantine.listing(reader)) == 1
        return refused.value

    def a_change(self, bench: Bench, **changes: object) -> RecordChange:
        made = replace(agreed(bench), revision=2, **changes)  # type: ignore[arg-type]
        other = signed(made)
        return RecordChange(
            subject=Subject.AGREEMENT.value,
            reference=made.reference,
            kind=ChangeKind.CORRECTED,
            revision=2,
            made_at=made.issued_at,
            reason=None,
            document=print_signed_agreement(other),
            value=other,
        )

    def ours(self, bench: Bench, change: RecordChange, made: Agreement) -> RecordChange:
        """The same, signed by the portal that the vault belongs to."""
        signed_by_it = signed(made, message_keys.KeyPair(bench.gateway.identity.message_key, b""))
        return replace(change, document=print_signed_agreement(signed_by_it))

    def test_signed_by_another_is_refused(self, heard: Bench) -> None:
        error = self.refused(heard, self.a_change(heard))

        assert isinstance(error, SignatureInvalid)

    def test_changed_after_it_was_signed_is_refused(self, heard: Bench) -> None:
        change = self.a_change(heard)
        ours = self.ours(heard, change, replace(agreed(heard), revision=2))
        forged = ours.document.replace(b"The agency may compose", b"The agency must compose")
        assert forged != ours.document

        error = self.refused(heard, replace(ours, document=forged))

        assert isinstance(error, SignatureInvalid)

    def test_of_another_portal_is_refused(self, heard: Bench) -> None:
        made = replace(agreed(heard), revision=2, portal="another-portal")  # type: ignore[arg-type]
        change = self.ours(heard, self.a_change(heard), made)

        assert isinstance(self.refused(heard, change), MessageMixup)

    def test_whose_revision_is_another_than_the_record_says_is_refused(self, heard: Bench) -> None:
        change = self.ours(heard, self.a_change(heard), replace(agreed(heard), revision=9))

        assert isinstance(self.refused(heard, change), MalformedMessage)


class TestANarrowerVersion:
    @pytest.fixture
    def waiting(self, heard: Bench) -> Bench:
        amend(heard, a_limit("9.1", recipients=("court",)), gone=("4.2",), in_days=14)
        hear(heard)
        return heard

    def test_is_in_force_once_it_is_accepted_and_it_is_on_record_why(self, waiting: Bench) -> None:
        version, _ = accept_agreement(waiting.vault, reason="agreed  on 3 May")

        assert version.signed.agreement.revision == 2
        assert revision_in_force(waiting) == 2
        with pytest.raises(AgreementForbids):
            require_allowed(waiting.vault, Function.TABLE_EXPORT)
        (entry,) = entries(waiting, "accept_agreement")
        assert entry.reason == "agreed on 3 May"
        kept = agreement_state.agreement_state(waiting.vault).version
        assert kept is not None
        assert kept.accepted_by == waiting.vault.actor
        assert kept.accepted_because == "agreed on 3 May"

    def test_cannot_be_accepted_twice_or_without_a_reason(self, waiting: Bench) -> None:
        with pytest.raises(PurposeMissing):
            accept_agreement(waiting.vault, reason=" ")
        accept_agreement(waiting.vault, reason="seen")
        with pytest.raises(NothingWaits):
            accept_agreement(waiting.vault, reason="seen")

    @pytest.mark.parametrize(
        ("roles", "may"),
        [
            ({Role.ANALYST, Role.EXPORTER, Role.AUDITOR}, False),
            ({Role.SUPERVISOR}, True),
            ({Role.ADMINISTRATOR}, True),
        ],
        ids=["all others", "supervisor", "administrator"],
    )
    def test_is_accepted_by_a_supervisor_or_administrator(
        self, waiting: Bench, roles: set[Role], may: bool
    ) -> None:
        waiting.vault._analyst = replace(waiting.vault.analyst, roles=frozenset(roles))
        if may:
            accept_agreement(waiting.vault, reason="seen")
        else:
            with pytest.raises(RoleMissing):
                accept_agreement(waiting.vault, reason="seen")
        assert revision_in_force(waiting) == (2 if may else 1)

    def test_is_gone_through_before_it_is_accepted(self, waiting: Bench) -> None:
        with waiting.vault.reader() as reader:
            (report, *_) = reports.matching(reader, Query(), limit=1)
        act.give_feedback(waiting.vault, report, "Thank you.", operation_id=UUID(int=3))

        found = rehearse(waiting.vault)

        assert found.comparison.is_narrower
        lost = {(each.aspect, each.function) for each in found.comparison.narrower}
        assert (Aspect.FUNCTION, "table.export") in lost
        assert found.acts == {"feedback.give": 1}
        assert found.refused == {}
        assert revision_in_force(waiting) == 1

    def test_a_draft_in_a_file_is_gone_through_with_what_it_would_have_refused(
        self, heard: Bench
    ) -> None:
        with heard.vault.reader() as reader:
            (report, *_) = reports.matching(reader, Query(), limit=1)
        act.give_feedback(heard.vault, report, "Thank you.", operation_id=UUID(int=3))
        last = agreed(heard)
        clauses = tuple(clause for clause in last.clauses if clause.number != "3.2")

        found = rehearse(heard.vault, print_agreement(replace(last, clauses=clauses, revision=2)))

        assert not found.is_signed
        assert found.refused == {"feedback.give": 1}
        assert agreement_state.agreement_state(heard.vault).waiting is None

    def test_a_file_that_another_portal_signed_is_not_gone_through(self, heard: Bench) -> None:
        with pytest.raises(SignatureInvalid):
            rehearse(heard.vault, print_agreement_file(signed(agreed(heard))))

    def test_there_is_nothing_to_go_through_if_nothing_waits(self, heard: Bench) -> None:
        with pytest.raises(NothingWaits):
            rehearse(heard.vault)


class TestTheSignedWords:
    def test_are_handed_over_as_the_portal_signed_them(self, heard: Bench, tmp_path: Path) -> None:
        path = tmp_path / "agreement.txt"

        export_agreement(heard.vault, path)

        found = parse_agreement_file(path.read_bytes())
        with heard.vault.reader() as reader:
            enrolment = bond.load(reader)
        assert enrolment is not None
        require_signed_by(found, enrolment.answer.portal_key)
        assert found.agreement == agreed(heard)
        assert entries(heard, "export_agreement")[0].payload == (("file", "agreement.txt"),)

    def test_of_every_version_stay(self, heard: Bench, tmp_path: Path) -> None:
        amend(heard, a_clause("8.1", "later.function"))
        hear(heard)

        export_agreement(heard.vault, tmp_path / "first.txt", revision=1)

        assert parse_agreement_file((tmp_path / "first.txt").read_bytes()).agreement.revision == 1
        assert revision_in_force(heard) == 2

    def test_are_missing_where_the_agreement_came_before_there_were_any(
        self, heard: Bench, tmp_path: Path
    ) -> None:
        with heard.vault.transaction() as tx:
            enrolment = bond.load(tx)
            assert enrolment is not None
            tx.connection.execute("DROP TRIGGER agreement_stays")
            tx.connection.execute("DELETE FROM agreement")
            bare = replace(enrolment.answer.signed_agreement, document=b"", signature=b"")
            answer = replace(enrolment.answer, signed_agreement=bare)
            bond.save(tx, replace(enrolment, answer=answer))
            tx.record(AuditDraft(*_AN_ENTRY))

        with pytest.raises(AgreementUnsigned):
            export_agreement(heard.vault, tmp_path / "agreement.txt")

        assert not (tmp_path / "agreement.txt").exists()


class TestAnEndThatIsNear:
    def test_is_announced(self, heard: Bench) -> None:
        amend(heard, valid_until=heard.clock.now() + timedelta(days=59, hours=1))
        heard.clock.advance(timedelta(minutes=1))
        hear(heard)

        for days, is_urgent in ((59, False), (29, False), (6, True)):
            notice = agreement_state.agreement_notice(heard.vault)
            assert notice.state.kind is StateKind.ENDING
            assert f"in {days} days" in notice.sentence
            assert "agreements@hotline.example" in notice.advice
            assert notice.is_urgent is is_urgent
            heard.clock.advance(timedelta(days=30 if days == 59 else 23))

        assert agreement_state.agreement_state(heard.vault).kind is StateKind.LAPSED

    def test_stops_what_goes_out_and_the_renewal_comes_all_the_same(self, bench: Bench) -> None:
        bench.sync(metadata_only=True)
        with bench.vault.reader() as reader:
            (report, *_) = reports.matching(reader, Query(), limit=1)
        amend(bench, valid_until=bench.clock.now() + timedelta(seconds=30))
        bench.sync(metadata_only=True)
        act.give_feedback(bench.vault, report, "Thank you.", operation_id=UUID(int=3))
        bench.clock.advance(timedelta(hours=1))
        bench.gateway.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]

        with pytest.raises(AgreementLapsed):
            bench.sync()

        tallies = overview.tallies(bench.vault)
        assert tallies.media
        with bench.vault.reader() as reader:
            row = outbox.find(reader, act_id(3))
        assert row.state.value == "needs_you"  # all but the media was looked at
        amend(bench, valid_until=bench.clock.now() + timedelta(days=700))
        bench.sync()
        assert agreement_state.agreement_state(bench.vault).kind is StateKind.IN_FORCE


def act_id(number: int) -> OperationId:
    return OperationId(str(UUID(int=number)))
