"""Anchoring the log at each exchange: what the portal co-signs, refuses and remembers.

Real vault, real gateway; the vault that was put back is a real older copy of its folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cport_desktop.crypto.signed_note import parse_note, verified
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.witness import Witness
from cport_desktop.domain.anchoring import Anchoring, AnchorState
from cport_desktop.domain.audit import AnchorKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.errors import Cancelled, MessageTooLarge, UnknownReference, Unreachable
from cport_desktop.formats import portal_messages
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases import read_audit
from cport_desktop.usecases.anchor_log import anchor_with_portal
from cport_desktop.vault import anchors, audit_log, bond, checkpoints, log_identity, quarantine
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.vault.water_mark import mark_path
from tests.builders import PASSPHRASE, an_entry, reopened
from tests.usecases.conftest import REPORTS, Bench, MakeBench
from tests.usecases.roads import CutRoad, TwistedRoad


def enrolment_of(vault: Vault) -> Enrolment:
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    return enrolment


def anchor(vault: Vault, road: Transport) -> Anchoring:
    return anchor_with_portal(vault, road, enrolment_of(vault))


def work(vault: Vault, times: int = 5) -> None:
    with vault.transaction() as tx:
        for _ in range(times):
            tx.record(an_entry())


def entries(vault: Vault) -> int:
    with vault.reader() as reader:
        return audit_log.head(reader)[0]


def last_verbs(vault: Vault, count: int) -> list[str]:
    with vault.reader() as reader:
        return [e.draft.verb for e in audit_log.page(reader, limit=count).rows]


def put_back(vault: Vault, to: Path) -> Vault:
    """The folder is as it was at `to`, and open again."""
    directory = vault.directory
    vault.close()
    shutil.rmtree(directory)
    shutil.copytree(to, directory)
    return reopened(directory)


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Vault], Path]:
    """Copies the folder of a vault that is closed for it, and opens it again elsewhere."""

    def copy(vault: Vault) -> Path:
        return Path(shutil.copytree(vault.directory, tmp_path / "older"))

    return copy


def test_an_exchange_ends_with_a_head_that_the_portal_co_signed(bench: Bench):
    result = bench.sync()
    assert result.anchoring is not None
    assert result.anchoring.state is AnchorState.COSIGNED
    kept = read_audit.latest_anchors(bench.vault)[AnchorKind.PORTAL]
    assert kept.size == result.anchoring.size == result.anchoring.held_size
    answer = enrolment_of(bench.vault).answer
    witness = portal_messages.portal_witness(answer.portal, answer.portal_key)
    witnessed = verified(parse_note(kept.note.encode()), witness)
    assert witnessed is not None
    assert witnessed.at is not None
    assert kept.holder == answer.portal


def test_each_exchange_goes_on_from_the_last_one_and_the_log_verifies_against_it(bench: Bench):
    sizes = []
    for _ in range(4):
        work(bench.vault)
        done = anchor(bench.vault, bench.road)
        assert done.state is AnchorState.COSIGNED
        sizes.append(done.size)
    assert sizes == sorted(set(sizes))
    with bench.vault.reader() as reader:
        notes = [a.note for a in anchors.every(reader) if a.kind is AnchorKind.PORTAL]
    assert len(notes) == 4
    for note in notes:
        verdict = read_audit.verify_audit(bench.vault, against=note.encode())
        assert verdict.is_verified
        assert "co-signed it" in verdict.remarks[-1]


def test_handing_over_and_the_answer_are_both_on_record(bench: Bench):
    anchor(bench.vault, bench.road)
    assert last_verbs(bench.vault, 2) == ["cosigned", "anchor"]


def test_the_proof_after_the_first_one_needs_only_what_was_added(bench: Bench):
    asked: list[bytes] = []

    class Listening(TwistedRoad):
        def anchor(self, request: bytes) -> bytes:
            asked.append(request)
            return super().anchor(request)

    road = Listening(bench.road)
    first = anchor(bench.vault, road)
    work(bench.vault)
    anchor(bench.vault, road)
    assert len(asked) == 2
    requests = [portal_messages.parse_anchor(request) for request in asked]
    assert [request.old_size for request in requests] == [0, first.size]
    assert 0 < len(requests[1].proof) < 20


def test_a_lost_answer_is_made_good_by_the_next_exchange(bench: Bench):
    cut = anchor(bench.vault, CutRoad(bench.road, 1))
    assert cut.state is AnchorState.FAILED
    assert cut.error == Unreachable.code
    work(bench.vault)
    assert anchor(bench.vault, bench.road).state is AnchorState.COSIGNED


def test_whatever_happens_to_anchoring_what_was_fetched_stays(bench: Bench):
    class NoAnchors(TwistedRoad):
        def anchor(self, request: bytes) -> bytes:
            del request
            raise Unreachable(cause="the cable is out")

    result = bench.sync(NoAnchors(bench.road))
    assert result.reports_new == REPORTS
    assert result.is_complete
    assert result.anchoring is not None
    assert result.anchoring.state is AnchorState.FAILED


def test_an_older_portal_is_tolerated_and_the_answer_says_so(bench: Bench):
    class Older(TwistedRoad):
        def anchor(self, request: bytes) -> bytes:
            del request
            raise UnknownReference(kind="service", reference="anchors")

    result = bench.sync(Older(bench.road))
    assert result.anchoring is not None
    assert result.anchoring.state is AnchorState.NOT_OFFERED
    assert not result.anchoring.is_alarming
    assert AnchorKind.PORTAL not in read_audit.latest_anchors(bench.vault)


def test_who_stops_the_exchange_while_it_anchors_is_heard(bench: Bench):
    class Stopped(TwistedRoad):
        def anchor(self, request: bytes) -> bytes:
            del request
            raise Cancelled

    with pytest.raises(Cancelled):
        bench.sync(Stopped(bench.road))


def test_an_answer_that_is_not_the_portals_is_kept_aside_and_anchors_nothing(bench: Bench):
    twists: list[Callable[[bytes], bytes]] = [
        lambda message: b"rubbish",
        lambda message: message[:-1],
        lambda message: message.replace(b"cosigned", b"rolledBack"),
        lambda message: b"",
    ]
    for number, twist in enumerate(twists, start=1):
        done = anchor(bench.vault, TwistedRoad(bench.road, anchors=twist))
        assert done.state is AnchorState.FAILED
        assert AnchorKind.PORTAL not in read_audit.latest_anchors(bench.vault)
        with bench.vault.reader() as reader:
            kept = quarantine.listing(reader)
        assert [each.kind for each in kept] == ["anchor"] * number


def test_an_answer_to_another_head_is_not_taken_for_this_one(bench: Bench):
    answers: list[bytes] = []

    def replay(message: bytes) -> bytes:
        answers.append(message)
        return answers[0]

    road = TwistedRoad(bench.road, anchors=replay)
    assert anchor(bench.vault, road).state is AnchorState.COSIGNED
    work(bench.vault)
    assert anchor(bench.vault, road).state is AnchorState.FAILED


def test_a_message_that_is_too_long_anchors_nothing_and_is_said(bench: Bench):
    class Endless(TwistedRoad):
        def anchor(self, request: bytes) -> bytes:
            del request
            raise MessageTooLarge(limit=1)

    assert anchor(bench.vault, Endless(bench.road)).error == MessageTooLarge.code


class TestAVaultThatWasPutBack:
    def test_is_refused_by_the_portal_with_both_sizes(self, bench: Bench, copy_of):
        bench.vault.close()
        older = copy_of(bench.vault)
        with reopened(bench.vault.directory) as vault:
            work(vault, 30)
            known = anchor(vault, bench.road).size
        with put_back(vault, older) as vault:
            found = anchor(vault, bench.road)
            assert found.state is AnchorState.ROLLED_BACK
            assert found.is_alarming
            assert found.held_size == known
            assert found.size < known
            assert last_verbs(vault, 1) == ["anchor_refused"]
            with vault.reader() as reader:
                refused = audit_log.page(reader, limit=1).rows[0].draft
        assert dict(refused.payload)["held_size"] == str(known)

    def test_is_found_even_when_its_log_has_grown_beyond_the_portals(self, bench: Bench, copy_of):
        bench.vault.close()
        older = copy_of(bench.vault)
        with reopened(bench.vault.directory) as vault:
            work(vault)
            anchor(vault, bench.road)
        with put_back(vault, older) as vault:
            work(vault, 50)
            assert anchor(vault, bench.road).state is AnchorState.INCONSISTENT

    def test_is_never_co_signed_however_often_it_tries(self, bench: Bench, copy_of):
        bench.vault.close()
        older = copy_of(bench.vault)
        with reopened(bench.vault.directory) as vault:
            work(vault)
            anchor(vault, bench.road)
        with put_back(vault, older) as vault:
            for _ in range(12):
                work(vault, 3)
                assert anchor(vault, bench.road).is_alarming

    def test_is_accepted_again_in_a_lineage_of_its_own(self, bench: Bench, copy_of):
        bench.vault.close()
        older = copy_of(bench.vault)
        with reopened(bench.vault.directory) as vault:
            work(vault)
            anchor(vault, bench.road)
        with put_back(vault, older) as vault:
            with vault.transaction() as tx:
                checkpoints.begin_lineage(tx, vault.identity, verb="restore", reason="test")
            done = anchor(vault, bench.road)
            assert (done.state, done.held_lineage) == (AnchorState.COSIGNED, 2)
            work(vault)
            assert anchor(vault, bench.road).state is AnchorState.COSIGNED

    def test_is_refused_in_the_lineage_that_was_left(self, bench: Bench, copy_of):
        bench.vault.close()
        older = copy_of(bench.vault)
        with reopened(bench.vault.directory) as vault:
            with vault.transaction() as tx:
                checkpoints.begin_lineage(tx, vault.identity, verb="restore", reason="test")
            anchor(vault, bench.road)
        with put_back(vault, older) as vault:
            work(vault, 50)
            found = anchor(vault, bench.road)
        assert found.state is AnchorState.ROLLED_BACK
        assert (found.lineage, found.held_lineage) == (1, 2)

    def test_cannot_hide_behind_a_new_key(self, bench: Bench):
        anchor(bench.vault, bench.road)
        with bench.vault.transaction() as tx:
            tx.connection.execute("DELETE FROM log_identity")
            log_identity.begin(tx.connection, bench.vault.identity)
            tx.record(an_entry())
        assert anchor(bench.vault, bench.road).state is AnchorState.INCONSISTENT


def test_the_portal_remembers_over_a_restart(make_bench: MakeBench, open_gateway):
    bench = make_bench("vault")
    anchor(bench.vault, bench.road)
    work(bench.vault)
    bench.gateway.close()
    again = DemoTransport(open_gateway(), enrolment_of(bench.vault).answer.station)
    answer = anchor(bench.vault, again)
    assert answer.state is AnchorState.COSIGNED
    assert isinstance(open_gateway()._witness, Witness)


def test_two_stations_have_heads_of_their_own(make_bench: MakeBench):
    one, other = make_bench("one"), make_bench("other")
    work(one.vault, 40)
    assert anchor(one.vault, one.road).state is AnchorState.COSIGNED
    assert anchor(other.vault, other.road).state is AnchorState.COSIGNED


def test_the_mark_of_this_machine_is_written_at_each_exchange(bench: Bench, tmp_path: Path):
    marks = tmp_path / "marks"
    bench.vault.close()
    with open_vault(
        bench.vault.directory,
        secret=Passphrase(PASSPHRASE),
        clock=bench.clock,
        program="tests",
        marks=marks,
    ) as vault:
        anchor(vault, bench.road)
        mark = mark_path(marks, vault.identity, 1).read_bytes()
        assert checkpoints.checkpoint_of(parse_note(mark)).size == entries(vault)
