"""The removable-media road from end to end: the same exchange as by the network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.crypto.key_wrapping import pair_of
from cport_desktop.domain.batch import START, Withdrawal
from cport_desktop.domain.courier import Heading, Member, MemberKind
from cport_desktop.domain.disclosure import DisclosureKind, Outcome
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.media_item import MediaState
from cport_desktop.errors import BundleOutdated, BundleOutOfOrder, Cancelled, OutputExists
from cport_desktop.formats.bundle_manifest import parse_manifest
from cport_desktop.formats.sealed_message import unverified_payload
from cport_desktop.sync.bundle_reader import OpenedBundle
from cport_desktop.usecases import act
from cport_desktop.usecases.send_by_courier import Dispatch, send_by_courier
from cport_desktop.vault import (
    bond,
    disclosures,
    exchange_history,
    inspection,
    media_items,
    replica,
    transfers,
)
from tests.builders import an_entry
from tests.usecases.carrying import Stick, answered, received, sent
from tests.usecases.conftest import Bench, MakeBench, OpenGateway

Step = Callable[[Bench], object]


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    return Stick(tmp_path / "stick")


def digest(bench: Bench) -> str:
    with bench.vault.reader() as reader:
        return inspection.digest(reader)


def position(bench: Bench) -> int:
    with bench.vault.reader() as reader:
        return replica.stream(reader).position.sequence


def reports_here(bench: Bench) -> list[ReportId]:
    with bench.vault.reader() as reader:
        rows = reader.connection.execute("SELECT report_id FROM report ORDER BY report_id")
        return [ReportId(number) for (number,) in rows]


def say_something(bench: Bench, number: int) -> None:
    act.give_feedback(
        bench.vault,
        reports_here(bench)[number],
        f"synthetic words {number}",
        operation_id=UUID(int=number + 1),
    )


def scenario(bench: Bench, step: Callable[[Bench, int], object]) -> None:
    """First contact, feedback twice, and once more until nothing is left to say."""
    step(bench, 0)
    say_something(bench, 0)
    say_something(bench, 1)
    step(bench, 1)
    say_something(bench, 2)
    step(bench, 2)
    step(bench, 3)


def test_by_stick_alone_a_vault_comes_to_the_same_state_as_by_the_network_alone(
    open_gateway: OpenGateway, make_bench: MakeBench, stick: Stick
) -> None:
    by_network = make_bench("one", open_gateway("first"))
    by_stick = make_bench("two", open_gateway("second"))

    scenario(by_network, lambda bench, _: bench.sync())
    scenario(by_stick, lambda bench, _: stick.there_and_back(bench, media_limit=None))

    assert len(reports_here(by_stick)) == 30
    assert digest(by_stick) == digest(by_network)


@pytest.mark.parametrize("first", [0, 1])
def test_roads_may_be_changed_at_each_step(
    open_gateway: OpenGateway, make_bench: MakeBench, stick: Stick, first: int
) -> None:
    by_network = make_bench("one", open_gateway("first"))
    by_both = make_bench("two", open_gateway("second"))

    def step(bench: Bench, number: int) -> None:
        if number % 2 == first:
            stick.there_and_back(bench, media_limit=None)
        else:
            bench.sync()

    scenario(by_network, lambda bench, _: bench.sync())
    scenario(by_both, step)

    assert digest(by_both) == digest(by_network)


def test_a_bundle_tells_what_a_sync_tells(bench: Bench, stick: Stick) -> None:
    first = stick.there_and_back(bench, media_limit=None).result
    say_something(bench, 0)
    second = stick.there_and_back(bench, media_limit=None).result

    assert first.reports_new == 30
    assert first.media_new > 0
    assert first.is_complete
    assert second.operations_settled == 1
    assert second.is_complete


def test_what_was_sent_by_network_meanwhile_is_passed_over(bench: Bench, stick: Stick) -> None:
    out = sent(bench, stick.name("out"))
    answer = answered(bench, out.files, stick.name("in"))
    bench.sync(metadata_only=True)
    before = digest(bench)

    late = received(bench, answer.files)

    assert not late.is_new
    assert late.result.reports_new == 0
    assert digest(bench) == before


def test_receiving_again_says_that_all_was_here_already(bench: Bench, stick: Stick) -> None:
    out = sent(bench, stick.name("out"))
    answer = answered(bench, out.files, stick.name("in"))

    assert received(bench, answer.files).is_new
    before = digest(bench)
    assert not received(bench, answer.files).is_new
    assert digest(bench) == before


def test_the_same_bundle_brought_twice_is_answered_with_the_same(
    bench: Bench, stick: Stick
) -> None:
    out = sent(bench, stick.name("out"))
    first = answered(bench, out.files, stick.name("in"))
    second = answered(bench, out.files, stick.name("in"))

    assert second.is_again
    assert second.sequence == first.sequence
    received(bench, second.files)
    assert not received(bench, first.files).is_new


def test_an_old_bundle_of_a_station_moves_nothing_back(bench: Bench, stick: Stick) -> None:
    old = sent(bench, stick.name("out"))
    answered(bench, old.files, stick.name("in"))
    stick.there_and_back(bench)
    before = digest(bench)

    with pytest.raises(BundleOutdated) as caught:
        answered(bench, old.files, stick.name("in"))

    assert caught.value.facts == {"sequence": 1, "known": 2}
    bench.sync(metadata_only=True)
    assert digest(bench) == before


def test_an_answer_that_the_station_has_gone_beyond_is_not_given_again(
    bench: Bench, stick: Stick
) -> None:
    out = sent(bench, stick.name("out"))
    answered(bench, out.files, stick.name("in"))
    bench.sync(metadata_only=True)

    with pytest.raises(BundleOutdated):
        answered(bench, out.files, stick.name("in"))


def test_a_lost_bundle_of_the_station_costs_nothing(bench: Bench, stick: Stick) -> None:
    stick.there_and_back(bench)
    say_something(bench, 0)
    sent(bench, stick.name("lost"))

    later = stick.there_and_back(bench)

    assert later.result.operations_settled == 1


def test_a_lost_answer_costs_nothing_but_another_round(bench: Bench, stick: Stick) -> None:
    out = sent(bench, stick.name("out"))
    answered(bench, out.files, stick.name("lost"))

    later = stick.there_and_back(bench)

    assert later.sequence == 2
    assert later.result.reports_new == 30


def test_a_bundle_that_does_not_follow_names_the_missing_one(bench: Bench, stick: Stick) -> None:
    first = answered(bench, sent(bench, stick.name("out")).files, stick.name("in"))
    received(bench, first.files)
    say_something(bench, 0)
    second = answered(bench, sent(bench, stick.name("out")).files, stick.name("in"))
    with bench.vault.transaction() as tx:
        replica.begin_anew(tx)
        tx.record(an_entry("begin_anew"))
    before = digest(bench)

    with pytest.raises(BundleOutOfOrder) as caught:
        received(bench, second.files)

    assert caught.value.facts == {"sequence": 2, "missing": 1}
    assert (digest(bench), position(bench)) == (before, 0)
    received(bench, first.files)
    assert received(bench, second.files).is_new


def test_several_parts_are_joined_in_any_order(bench: Bench, stick: Stick) -> None:
    out = sent(bench, stick.name("out"), media_limit=300_000)
    answer = answered(bench, out.files, stick.name("in"), part_size=80_000)

    assert len(answer.files) > 2
    assert all(file.stat().st_size <= 80_000 for file in answer.files)
    assert received(bench, list(reversed(answer.files))).result.reports_new == 30


def test_as_much_media_comes_along_as_was_asked_for(bench: Bench, stick: Stick) -> None:
    out = sent(bench, stick.name("out"), media_limit=0)
    none = received(bench, answered(bench, out.files, stick.name("in")).files)
    pending = none.result.media_pending
    out = sent(bench, stick.name("out"), media_limit=200_000)
    some = received(bench, answered(bench, out.files, stick.name("in")).files)

    assert none.result.media_new == 0
    assert 0 < some.result.media_new < pending
    assert some.result.media_bytes <= 200_000
    assert stick.there_and_back(bench, media_limit=None).result.is_complete


def test_the_log_is_anchored_by_stick_too(bench: Bench, stick: Stick) -> None:
    first = stick.there_and_back(bench).result.anchoring
    second = stick.there_and_back(bench).result.anchoring

    assert first is not None and first.state == "cosigned"
    assert second is not None and second.state == "cosigned"
    assert second.size > first.size
    by_network = bench.sync(metadata_only=True).anchoring
    assert by_network is not None and by_network.state == "cosigned"


def test_what_lies_there_is_never_overwritten(bench: Bench, stick: Stick) -> None:
    path = stick.name("out")
    path.write_text("somebody's holiday")

    with pytest.raises(OutputExists):
        sent(bench, path)

    assert path.read_text() == "somebody's holiday"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_leaves_is_in_the_log_the_register_and_the_history(bench: Bench, stick: Stick) -> None:
    stick.there_and_back(bench)
    say_something(bench, 0)
    stick.there_and_back(bench)

    with bench.vault.reader() as reader:
        left = disclosures.page(reader, limit=10).rows
        sent = reader.connection.execute(
            "SELECT action, recipient FROM audit_entry WHERE verb = 'send_bundle'"
        ).fetchall()
        past = exchange_history.page(reader, limit=10).rows
    portal = bench.gateway.identity.portal
    assert {(each.kind, each.title, each.outcome) for each in left} >= {
        (DisclosureKind.COURIER, "courier bundle 1", Outcome.LEFT),
        (DisclosureKind.COURIER, "courier bundle 2", Outcome.LEFT),
        (DisclosureKind.OPERATIONS, "1 operation", Outcome.LEFT),
    }
    assert sent == [("disclosure", portal)] * 2
    assert [(each.road, each.direction.value, each.outcome) for each in past] == [
        ("courier", direction, "done") for direction in ("in", "out", "in", "out")
    ]
    assert past[0].facts["sequence"] == 2
    assert past[0].facts["operations_settled"] == 1


def test_a_bundle_that_could_not_be_written_is_on_record_too(bench: Bench, stick: Stick) -> None:
    seen: list[object] = []
    path = stick.name("out")
    with pytest.raises(Cancelled):
        send_by_courier(bench.vault, Dispatch(path, None, None, seen.append, lambda: len(seen) > 1))

    assert not path.exists()
    with bench.vault.reader() as reader:
        assert exchange_history.page(reader, limit=1).rows[0].outcome == "road.cancelled"
        assert [each.outcome for each in disclosures.page(reader, limit=5).rows] == [
            Outcome.UNKNOWN
        ]
    assert stick.there_and_back(bench).result.reports_new == 30


def test_a_bundle_that_was_brought_late_joins_what_came_by_the_network_meanwhile(
    bench: Bench, stick: Stick
) -> None:
    stick.there_and_back(bench)
    say_something(bench, 0)
    early = sent(bench, stick.name("out"))
    bench.sync(metadata_only=True)
    gone = Withdrawal(reports_here(bench)[3], bench.clock.now(), "synthetic reason")
    bench.gateway.ledger.feed([gone])
    before = digest(bench)

    late = received(bench, answered(bench, early.files, stick.name("in")).files)

    assert late.result.reports_withdrawn == 0
    assert digest(bench) == before
    assert stick.there_and_back(bench).result.reports_withdrawn == 1
    bench.sync(metadata_only=True)


def test_a_vault_that_was_put_back_goes_on_and_its_older_bundles_do_not(
    bench: Bench, stick: Stick
) -> None:
    older = [sent(bench, stick.name("out")) for _ in range(3)]
    answered(bench, older[2].files, stick.name("in"))
    with bench.vault.transaction() as tx:
        tx.connection.execute("DELETE FROM courier_sent WHERE sequence > 1")
        tx.record(an_entry("put_back"))

    again = stick.there_and_back(bench)

    assert again.result.reports_new == 30
    for old in older[1:]:
        with pytest.raises(BundleOutdated):
            answered(bench, old.files, stick.name("in"))


def test_what_the_network_answered_and_nobody_heard_is_carried_to_the_byte(
    bench: Bench, stick: Stick
) -> None:
    unheard = bench.road.changes(START, limit=16)

    answer = answered(bench, sent(bench, stick.name("out")).files, stick.name("in"))

    first = members_of(bench, answer.files)[0]
    assert first.kind == MemberKind.BATCH
    assert first.sha256 == hashlib.sha256(unheard).hexdigest()
    assert bench.road.changes(START, limit=16) == unheard


def members_of(bench: Bench, paths: tuple[Path, ...]) -> tuple[Member, ...]:
    with bench.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    own = pair_of(enrolment.sealing_private_key)
    with OpenedBundle(paths, own, Heading.STATION) as bundle:
        manifest = parse_manifest(unverified_payload(bundle.envelope))
    return manifest.members


def test_nothing_on_the_stick_can_be_read_by_who_finds_it(bench: Bench, stick: Stick) -> None:
    stick.there_and_back(bench)
    say_something(bench, 0)
    out = sent(bench, stick.name("out"))
    back = answered(bench, out.files, stick.name("in"))
    with bench.vault.reader() as reader:
        names = [name for (name,) in reader.connection.execute("SELECT name FROM hotline")]

    for path in (*out.files, *back.files):
        found = path.read_bytes()
        for word in ("synthetic", "station", "Example Agency", bench.vault.identity, *names):
            assert word.encode() not in found[78:]
        assert not path.stat().st_mode & 0o077


def test_a_file_that_began_by_the_network_is_ended_by_stick(bench: Bench, stick: Stick) -> None:
    stick.there_and_back(bench)
    with bench.vault.reader() as reader:
        largest = max(media_items.wanted(reader, limit=200), key=lambda notice: notice.size)
        enrolment = bond.load(reader)
    assert enrolment is not None
    content = bench.gateway.media(enrolment.answer.station, largest.media_id).content
    assert len(content) > 20_000
    intake = bench.vault.intake(largest.media_id)
    intake.write(content[:20_000])
    intake.close()

    out = sent(bench, stick.name("out"), media_limit=len(content))
    answer = answered(bench, out.files, stick.name("in"))
    result = received(bench, answer.files).result

    (carried,) = [
        each for each in members_of(bench, answer.files) if each.media == largest.media_id
    ]
    assert (carried.start, carried.size) == (16_384, len(content) - 16_384)
    assert result.media_new > 0
    with bench.vault.reader() as reader:
        assert media_items.item(reader, largest.media_id).state is MediaState.HELD


def test_what_somebody_asked_for_comes_first_and_what_was_cancelled_not_at_all(
    bench: Bench, stick: Stick
) -> None:
    stick.there_and_back(bench)
    with bench.vault.reader() as reader:
        *_, cancelled, asked = media_items.wanted(reader, limit=200)
    with bench.vault.transaction() as tx:
        transfers.ask(tx, [asked.media_id])
        transfers.cancel(tx, [cancelled.media_id])
        tx.record(an_entry("choose"))

    out = sent(bench, stick.name("out"), media_limit=None)
    answer = answered(bench, out.files, stick.name("in"))
    received(bench, answer.files)

    files = [member.media for member in members_of(bench, answer.files) if member.media]
    assert files[0] == asked.media_id
    assert cancelled.media_id not in files
    with bench.vault.reader() as reader:
        assert media_items.item(reader, asked.media_id).state is MediaState.HELD


def test_a_file_that_nobody_wants_any_more_is_not_taken_from_the_stick(
    bench: Bench, stick: Stick
) -> None:
    stick.there_and_back(bench)
    with bench.vault.reader() as reader:
        (first, *_) = media_items.wanted(reader, limit=200)
    out = sent(bench, stick.name("out"), media_limit=first.size)
    answer = answered(bench, out.files, stick.name("in"))
    assert first.media_id in [each.media for each in members_of(bench, answer.files)]
    with bench.vault.transaction() as tx:
        transfers.cancel(tx, [first.media_id])
        tx.record(an_entry("choose"))

    received(bench, answer.files)

    with bench.vault.reader() as reader:
        assert media_items.item(reader, first.media_id).state is MediaState.WANTED
