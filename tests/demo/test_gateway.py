"""The reference gateway: what it hands out, what it remembers, and what it refuses."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import message_keys
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.demo.decisions import UNKNOWN_CONTENT, UNKNOWN_REPORT, WITHDRAWN
from cport_desktop.demo.gateway import Gateway, open_gateway
from cport_desktop.demo.numbering import report_id
from cport_desktop.domain.assessment import WorkflowRule, refusal
from cport_desktop.domain.batch import (
    START,
    Batch,
    Change,
    ChangeKind,
    Position,
    RecordChange,
    ReportChange,
    Standing,
    Subject,
    UnknownChange,
    Withdrawal,
)
from cport_desktop.domain.ids import ContentId, Cursor, MediaId, ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import ContentItem, Hotline, Report, ReportStatus
from cport_desktop.errors import (
    AccessRevoked,
    CodeRefused,
    MalformedMessage,
    MessageMixup,
    NatureRefused,
    UnknownReference,
)
from cport_desktop.formats import portal_messages
from tests.demo.conftest import UNTIL, OpenGateway
from tests.demo.stations import (
    Station,
    assessment_of,
    enrol,
    feedback_on,
    new_keys,
    notices_of,
    operation_id,
    reports_of,
    request_for,
)


def latest(batches: list[Batch]) -> dict[ReportId, Report]:
    """Every report as it stands after all changes, withdrawn ones aside."""
    state: dict[ReportId, Report] = {}
    for batch in batches:
        for change in batch.changes:
            match change:
                case ReportChange():
                    state[change.report.report_id] = change.report
                case Withdrawal():
                    state.pop(change.report_id, None)
    return state


def withdrawals_of(batches: list[Batch]) -> list[Withdrawal]:
    return [
        change for batch in batches for change in batch.changes if isinstance(change, Withdrawal)
    ]


def an_item(batches: list[Batch], *, rule: WorkflowRule | None) -> tuple[Report, ContentItem]:
    """A content item about which the workflow says `rule` today."""
    return next(
        (report, item)
        for report in latest(batches).values()
        for item in report.contents
        if refusal(item, jurisdiction="NL") is rule
    )


def test_enrolment_is_answered_with_keys_agreement_and_certificate(station: Station) -> None:
    answer = station.answer
    assert answer.nature is Nature.DEMO
    assert answer.agreement.jurisdiction == "NL"
    assert answer.agreement.agency == "Example Agency"
    assert answer.agreement.valid_until > UNTIL
    assert len(answer.agreement.clauses) >= 5
    certificate = x509.load_pem_x509_certificate(answer.signing_certificate)
    public = certificate.public_key()
    assert (
        public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        == station.keys.package.public
    )
    authority = x509.load_pem_x509_certificate(answer.signing_authority)
    certificate.verify_directly_issued_by(authority)
    assert authority.subject.rfc4514_string() == "CN=SYNTHETIC demo package authority"


def test_openssl_accepts_a_stations_signature_against_the_demo_authority(
    station: Station, clock: SteppingClock, tmp_path: Path
) -> None:
    signer = FileKeySigner(
        station.keys.package.private, station.answer.signing_certificate, clock=clock
    )
    document, signature = tmp_path / "document", tmp_path / "signature"
    document.write_bytes(b"synthetic manifest\n")
    signature.write_bytes(signer.sign_detached(document.read_bytes()))
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    command += ["-in", str(signature), "-content", str(document), "-out", "/dev/null"]
    command += ["-CAfile", str(station.gateway.directory / "demo-ca.pem")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    document.write_bytes(b"Synthetic manifest\n")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_the_same_keys_get_the_same_answer_again(gateway: Gateway) -> None:
    keys = new_keys()
    request = request_for(gateway, keys)
    assert gateway.enrol(request) == gateway.enrol(request)


def test_a_wrong_code_is_refused(gateway: Gateway) -> None:
    for code in ("wrong", gateway.identity.enrolment_code.lower(), "ünicode"):
        with pytest.raises(CodeRefused):
            gateway.enrol(request_for(gateway, new_keys(), code=code))


def test_a_live_station_is_refused(gateway: Gateway) -> None:
    with pytest.raises(NatureRefused):
        gateway.enrol(request_for(gateway, new_keys(), nature=Nature.LIVE))


def test_a_package_key_of_another_kind_is_refused(gateway: Gateway) -> None:
    keys = new_keys()
    curve = ec.generate_private_key(ec.SECP384R1()).public_key()
    other = curve.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for wrong in (b"\x30\x00", keys.message.public, other):
        package = replace(keys.package, public=wrong)
        with pytest.raises(MalformedMessage):
            gateway.enrol(request_for(gateway, replace(keys, package=package)))


def test_a_live_twin_enrols_live_stations_only_and_keeps_its_nature(
    open_gateway_at: OpenGateway, tmp_path: Path
) -> None:
    twin = open_gateway_at(tmp_path / "live", nature=Nature.LIVE)
    message = twin.enrol(request_for(twin, new_keys(), nature=Nature.LIVE))
    assert portal_messages.unseal_enrolment_answer(message).nature is Nature.LIVE
    with pytest.raises(NatureRefused):
        twin.enrol(request_for(twin, new_keys()))
    twin.close()
    with pytest.raises(NatureRefused):
        open_gateway_at(tmp_path / "live")


def test_a_restart_keeps_keys_code_stations_and_cursors(
    open_gateway_at: OpenGateway, tmp_path: Path, station: Station
) -> None:
    before = station.gateway.identity
    position = station.page(limit=20).position
    station.gateway.close()
    again = open_gateway_at(tmp_path / "gateway")
    assert again.identity == before
    taken_up = replace(station, gateway=again)
    assert taken_up.page(position).cursor == position.cursor


def test_what_people_need_lies_beside_the_identity_and_comes_back(
    open_gateway_at: OpenGateway, tmp_path: Path, gateway: Gateway
) -> None:
    folder = tmp_path / "gateway"
    code = (folder / "enrolment-code.txt").read_text().strip()
    assert code == gateway.identity.enrolment_code
    pem = (folder / "demo-ca.pem").read_bytes()
    assert pem == gateway.identity.package_authority.certificate
    (folder / "demo-ca.pem").unlink()
    gateway.close()
    open_gateway_at(folder)
    assert (folder / "demo-ca.pem").read_bytes() == pem


def test_keys_are_nobody_elses_business(gateway: Gateway) -> None:
    folder = gateway.directory / "identity"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    assert b"BEGIN" not in repr(gateway.identity).replace("BEGIN CERT", "").encode()


def test_a_half_made_identity_is_made_anew(open_gateway_at: OpenGateway, tmp_path: Path) -> None:
    unfinished = tmp_path / "gateway" / "identity.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "message.key").write_bytes(b"half a key")
    assert enrol(open_gateway_at(tmp_path / "gateway")).answer.portal


def test_a_kept_gateway_goes_on_with_its_own_scenario(tmp_path: Path, clock: SteppingClock) -> None:
    first = open_gateway(tmp_path, reports=40, clock=clock, seed=5)
    kept = first.scenario
    first.close()
    again = open_gateway(tmp_path, reports=9000, clock=clock, seed=6)
    assert again.scenario == kept
    again.close()


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_lead_from_the_beginning_to_the_end_in_one_chain(
    station: Station, limit: int
) -> None:
    batches = station.pages(limit=limit)
    before = START
    for sequence, batch in enumerate(batches, 1):
        assert batch.sequence == sequence
        assert (batch.previous, batch.cursor) == (before.digest, before.cursor)
        assert (batch.portal, batch.station) == (station.answer.portal, station.name)
        before = batch.position
    assert len({batch.digest for batch in batches}) == len(batches)
    assert batches[-1].remaining == 0


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_a_first_sync_brings_each_report_once_as_it_stands_and_the_newest_first(
    station: Station, limit: int
) -> None:
    scenario = station.gateway.scenario
    batches = station.pages(limit=limit)
    newest_first = list(reversed(range(scenario.reports)))
    told = reports_of(batches)
    assert [scenario.number_of(report.report_id) for report in told] == newest_first
    assert [report.revision for report in told] == [
        len(scenario.stream.history(number)) for number in newest_first
    ]
    gone = [each.report_id for each in withdrawals_of(batches)]
    assert gone == [
        report_id(number)
        for number in newest_first
        if scenario.is_withdrawal(scenario.last_step(number))
    ]


def test_a_page_of_the_snapshot_says_whether_older_reports_are_to_come(station: Station) -> None:
    batches = station.pages(limit=9)
    assert [batch.is_snapshot for batch in batches] == [True] * (len(batches) - 1) + [False]
    report, item = an_item(batches, rule=None)
    station.send(assessment_of(report, item.content_id, 1))
    assert not station.page(batches[-1].position).is_snapshot


def test_the_hotlines_come_first_so_that_reports_can_be_shown_with_their_names(
    station: Station,
) -> None:
    first, second, *_ = station.pages(limit=5)
    hotlines = [change for change in first.changes if isinstance(change, RecordChange)]
    assert {change.subject for change in hotlines} == {Subject.HOTLINE}
    assert first.changes[: len(hotlines)] == tuple(hotlines)
    assert len(first.changes) == len(hotlines) + 5
    assert not any(isinstance(change, RecordChange) for change in second.changes)
    known = {change.value.hotline_id for change in hotlines if isinstance(change.value, Hotline)}
    assert {report.hotline for report in reports_of([first, second])} <= known


def test_a_page_has_no_more_changes_than_were_asked_for(station: Station) -> None:
    for limit in (2, 7, 30):
        _, *others = enrol(station.gateway).pages(limit=limit)
        assert max(len(batch.changes) for batch in others) <= limit
    [largest, *_] = enrol(station.gateway).pages(limit=1000)
    assert len(largest.changes) <= 1000


def test_who_is_up_to_date_is_told_so_for_the_place_where_it_stands(
    station: Station, clock: SteppingClock
) -> None:
    position = station.pages()[-1].position
    clock.advance(timedelta(hours=3))
    standing = station.heard(position)
    assert isinstance(standing, Standing)
    assert (standing.portal, standing.station) == (station.answer.portal, station.name)
    assert (standing.sequence, standing.digest) == (position.sequence, position.digest)
    assert timedelta(hours=3) <= standing.issued_at - UNTIL < timedelta(hours=4)


def test_who_never_heard_anything_of_an_empty_portal_hears_its_hotlines(
    open_gateway_at: OpenGateway, tmp_path: Path
) -> None:
    empty = enrol(open_gateway_at(tmp_path / "empty", reports=0))
    [only] = empty.pages()
    assert not only.is_snapshot
    assert not reports_of([only])
    assert isinstance(empty.heard(only.position), Standing)


def test_new_corrected_and_withdrawn_reports_come_as_such(station: Station) -> None:
    changes = [change for batch in station.pages() for change in batch.changes]
    before: Change | None = None
    for change in changes:
        match change:
            case ReportChange():
                is_new = change.report.revision == 1
                assert (change.status is ReportStatus.NEW) == is_new
            case Withdrawal():
                assert isinstance(before, ReportChange)
                assert before.report.report_id == change.report_id
                assert change.reason
        before = change
    assert any(isinstance(change, Withdrawal) for change in changes)
    assert any(
        isinstance(change, ReportChange)
        and change.status is ReportStatus.CORRECTED
        and change.reason
        for change in changes
    )


def test_some_documents_say_more_than_the_protocol(station: Station) -> None:
    documents = [
        change.document
        for batch in station.pages()
        for change in batch.changes
        if isinstance(change, ReportChange)
    ]
    known = set(msgspec.json.decode(documents[0], type=dict[str, msgspec.Raw]))
    more = [each for each in documents if set(msgspec.json.decode(each)) - known]
    assert 0 < len(more) < len(documents) / 5
    assert any(b"2.50" in each or b"2.0e0" in each for each in more)


@pytest.mark.parametrize("forged", ["", "x", "AAAA", "é", "0.0.0", "A" * 200])
def test_a_cursor_that_was_not_made_here_is_refused(station: Station, forged: str) -> None:
    with pytest.raises(MessageMixup):
        station.page(Position(1, "1" * 64, Cursor(forged)))


def test_an_altered_or_anothers_cursor_is_refused(station: Station) -> None:
    position = station.page(limit=10).position
    cursor = position.cursor
    assert cursor is not None
    for at in range(len(cursor)):
        altered = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        with pytest.raises(MessageMixup):
            station.page(replace(position, cursor=Cursor(altered)))
    with pytest.raises(MessageMixup):
        enrol(station.gateway).page(position)


def test_a_cursor_without_the_digest_of_its_batch_is_refused(station: Station) -> None:
    position = station.page(limit=10).position
    with pytest.raises(MessageMixup):
        station.page(replace(position, digest=None))
    with pytest.raises(MessageMixup):
        station.page(replace(position, cursor=None))


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_the_length_of_a_page_is_bounded(station: Station, limit: int) -> None:
    with pytest.raises(MalformedMessage):
        station.page(limit=limit)


def test_media_are_the_bytes_that_were_announced(station: Station) -> None:
    for report in reports_of([station.page(limit=30)]):
        for notice in notices_of(report):
            file = station.gateway.media(station.name, notice.media_id)
            assert (len(file.content), file.sha256) == (notice.size, notice.sha256)


def sealed(station: Station, position: Position = START, limit: int = 20) -> bytes:
    return station.gateway.changes(
        station.name, position.cursor, digest=position.digest, limit=limit
    )


def test_a_batch_is_answered_again_to_the_byte_until_the_next_question(
    station: Station, clock: SteppingClock
) -> None:
    first = sealed(station)
    clock.advance(timedelta(days=3))
    enrol(station.gateway).pages()
    report = reports_of([station.page()])[0]
    station.send(feedback_on(report, 1))
    assert sealed(station, limit=3) == first


def test_the_next_question_shows_that_a_batch_came_and_it_is_kept_no_longer(
    station: Station, clock: SteppingClock
) -> None:
    first = sealed(station)
    position = station.page().position
    station.page(position)
    clock.advance(timedelta(days=3))
    assert sealed(station) != first


def test_a_batch_is_the_same_after_a_restart(
    open_gateway_at: OpenGateway, tmp_path: Path, station: Station, clock: SteppingClock
) -> None:
    first = sealed(station)
    station.gateway.close()
    clock.advance(timedelta(days=3))
    again = replace(station, gateway=open_gateway_at(tmp_path / "gateway"))
    assert sealed(again) == first


def test_who_goes_back_to_an_earlier_state_is_told_anew_from_there_in_another_chain(
    station: Station, clock: SteppingClock
) -> None:
    batches = station.pages(limit=9)
    early = batches[1].position
    clock.advance(timedelta(days=3))
    report, item = an_item(batches, rule=None)
    station.send(assessment_of(report, item.content_id, 1))
    station.page(batches[-1].position)
    again = station.pages(early, limit=9)
    assert again[0].sequence == batches[2].sequence
    assert again[0].previous == batches[2].previous
    assert again[0].digest != batches[2].digest
    assert latest([*batches[:2], *again]) == latest(station.pages())


def test_what_was_fed_in_reaches_every_station_behind_what_it_has(station: Station) -> None:
    late = enrol(station.gateway)
    position = station.pages()[-1].position
    gone = Withdrawal(report_id(3), UNTIL, "synthetic reason")
    entry = RecordChange(
        "laterThing", "L-1", ChangeKind.NEW, 1, UNTIL, None, b'{"deep":[1, 2.50]}', None
    )
    unknown = UnknownChange("merged", b'{"kind":"merged","into":4}')
    station.gateway.feed([gone, entry, unknown])
    assert station.page(position).changes == (gone, entry, unknown)
    assert late.pages()[-1].changes[-3:] == (gone, entry, unknown)
    assert isinstance(station.heard(station.page(position).position), Standing)


@pytest.mark.parametrize("media", [0, 1_999_999, 2_000_015, 10**17])
def test_media_that_nobody_announced_are_unknown(station: Station, media: int) -> None:
    with pytest.raises(UnknownReference):
        station.gateway.media(station.name, MediaId(media))


def test_a_settled_assessment_comes_back_as_a_later_change(station: Station) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=None)
    [receipt] = station.send(assessment_of(report, item.content_id, 1))
    assert receipt.is_settled
    page = station.page(batches[-1].position)
    [change] = page.changes
    assert isinstance(change, ReportChange)
    assert change.status is ReportStatus.CORRECTED
    assert change.report.revision == report.revision + 1
    after = next(each for each in change.report.contents if each.content_id == item.content_id)
    assert after.assessments[:-1] == item.assessments
    given = after.assessments[-1]
    assert (given.classification, given.age, given.gender) == (2, 3, 4)
    assert given.analyst == "Analyst A. Example"


def test_other_stations_and_late_comers_see_it_too_and_in_the_same_state(station: Station) -> None:
    report, item = an_item(station.pages(), rule=None)
    station.send(assessment_of(report, item.content_id, 1))
    mine = latest(station.pages())
    assert latest(enrol(station.gateway).pages(limit=3)) == mine
    assert mine[report.report_id].revision == report.revision + 1


def test_an_operation_counts_once_however_often_it_is_sent(station: Station) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=None)
    operation = assessment_of(report, item.content_id, 1)
    first = station.send(operation, operation)
    again = station.send(operation)
    assert {receipt.is_settled for receipt in (*first, *again)} == {True}
    page = station.page(batches[-1].position)
    assert len(page.changes) == len(page.receipts) == 1


def test_a_second_assessment_is_judged_by_what_the_first_one_left(station: Station) -> None:
    report, item = an_item(station.pages(), rule=None)
    station.send(assessment_of(report, item.content_id, 1, classification=1))
    [receipt] = station.send(assessment_of(report, item.content_id, 2))
    assert receipt.reason == WorkflowRule.BASELINE_IS_FINAL


@pytest.mark.parametrize("rule", list(WorkflowRule))
def test_what_the_workflow_forbids_is_rejected_with_its_rule(
    station: Station, rule: WorkflowRule
) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=rule)
    [receipt] = station.send(assessment_of(report, item.content_id, 1))
    assert (receipt.is_settled, receipt.reason) == (False, rule)
    assert station.page(batches[-1].position).changes == ()


def test_what_is_unknown_or_withdrawn_is_rejected(station: Station) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=None)
    elsewhere = assessment_of(report, ContentId(1), 1)
    nowhere = replace(assessment_of(report, item.content_id, 2), report_id=ReportId(1))
    [withdrawn] = [
        change.report_id
        for batch in batches
        for change in batch.changes
        if isinstance(change, Withdrawal)
    ][:1]
    gone = replace(feedback_on(report, 3), report_id=withdrawn)
    reasons = [receipt.reason for receipt in station.send(elsewhere, nowhere, gone)]
    assert reasons == [UNKNOWN_CONTENT, UNKNOWN_REPORT, WITHDRAWN]


def test_feedback_is_settled_and_changes_nothing(station: Station) -> None:
    batches = station.pages()
    report, _ = an_item(batches, rule=None)
    [receipt] = station.send(feedback_on(report, 1))
    assert receipt.is_settled
    assert station.page(batches[-1].position).changes == ()


def test_receipts_are_repeated_until_a_later_cursor_shows_that_they_came(
    station: Station,
) -> None:
    position = station.pages()[-1].position
    report, _ = an_item(station.pages(), rule=None)
    station.send(feedback_on(report, 1), feedback_on(report, 2))
    first, again = station.page(position), station.page(position)
    ids = [receipt.operation_id for receipt in first.receipts]
    assert ids == [operation_id(1), operation_id(2)]
    assert again == first
    assert isinstance(station.heard(first.position), Standing)


def test_receipts_are_for_the_station_that_sent_the_operation(station: Station) -> None:
    report, _ = an_item(station.pages(), rule=None)
    station.send(feedback_on(report, 1))
    other = enrol(station.gateway)
    assert not any(batch.receipts for batch in other.pages())
    [receipt] = other.send(feedback_on(report, 1))
    assert receipt.is_settled


def test_receipts_and_assessments_survive_a_restart(
    open_gateway_at: OpenGateway, tmp_path: Path, station: Station
) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=None)
    station.send(assessment_of(report, item.content_id, 1))
    before = station.page(batches[-1].position)
    station.gateway.close()
    again = replace(station, gateway=open_gateway_at(tmp_path / "gateway"))
    after = again.page(batches[-1].position)
    assert (after.changes, after.receipts) == (before.changes, before.receipts)
    [receipt] = again.send(assessment_of(report, item.content_id, 1))
    assert receipt.is_settled


def test_operations_in_another_stations_name_are_refused_whole(station: Station) -> None:
    report, _ = an_item(station.pages(), rule=None)
    other = enrol(station.gateway)
    body = portal_messages.print_operations(other.name, (feedback_on(report, 1),))
    with pytest.raises(MalformedMessage):
        station.gateway.operations(station.name, body)
    assert not any(batch.receipts for batch in other.pages())


def test_who_was_shut_out_gets_nothing_and_cannot_enrol_again(station: Station) -> None:
    gateway = station.gateway
    gateway.revoke(station.name)
    with pytest.raises(AccessRevoked):
        station.page()
    with pytest.raises(AccessRevoked):
        gateway.media(station.name, MediaId(2_000_000))
    with pytest.raises(AccessRevoked):
        station.send()
    with pytest.raises(AccessRevoked):
        gateway.enrol(request_for(gateway, station.keys))


def test_every_message_is_signed_with_the_portals_key(station: Station) -> None:
    payload = portal_messages.unseal(sealed(station), station.answer.portal_key)
    position = portal_messages.parse_batch(payload).position
    while isinstance(heard := station.heard(position), Batch):
        position = heard.position
    standing = portal_messages.unseal(sealed(station, position), station.answer.portal_key)
    assert portal_messages.parse_standing(standing).sequence == position.sequence
    assert (
        message_keys.public_half(station.gateway.identity.message_key) == station.answer.portal_key
    )
