"""The reference gateway: what it hands out, what it remembers, and what it refuses."""

from __future__ import annotations

import subprocess
from dataclasses import replace
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
from cport_desktop.domain.assessment import WorkflowRule, refusal
from cport_desktop.domain.batch import Batch, ReportChange, Withdrawal
from cport_desktop.domain.ids import ContentId, Cursor, MediaId, ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import ContentItem, Report, ReportStatus
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
    StationKeys,
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
            gateway.enrol(request_for(gateway, StationKeys(keys.message, package)))


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
    cursor = station.page(None, 20).next_cursor
    station.gateway.close()
    again = open_gateway_at(tmp_path / "gateway")
    assert again.identity == before
    taken_up = replace(station, gateway=again)
    assert taken_up.page(cursor).cursor == cursor


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
def test_pages_lead_from_the_beginning_to_the_end(station: Station, limit: int) -> None:
    batches = station.pages(limit=limit)
    whole = list(station.gateway.scenario.stream.steps(0))
    assert sum(len(batch.changes) for batch in batches) == len(whole)
    told = 0
    for batch, before in zip(batches, [None, *batches], strict=False):
        assert batch.cursor == (before.next_cursor if before else None)
        told += len(batch.changes)
        assert batch.remaining == len(whole) - told
        assert batch.is_last == (told == len(whole))
        assert (batch.portal, batch.station) == (station.answer.portal, station.name)


def test_who_is_up_to_date_is_told_so_and_keeps_the_cursor(station: Station) -> None:
    cursor = station.pages()[-1].next_cursor
    again = station.page(cursor)
    assert again.changes == ()
    assert again.is_last
    assert again.next_cursor == cursor


def test_new_corrected_and_withdrawn_reports_come_as_such(station: Station) -> None:
    changes = [change for batch in station.pages() for change in batch.changes]
    known: set[ReportId] = set()
    for change in changes:
        match change:
            case ReportChange():
                is_new = change.report.report_id not in known
                assert (change.status is ReportStatus.NEW) == is_new
                known.add(change.report.report_id)
            case Withdrawal():
                assert change.report_id in known
                assert change.reason
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
        station.page(Cursor(forged))


def test_an_altered_or_anothers_cursor_is_refused(station: Station) -> None:
    cursor = station.page(None, 10).next_cursor
    for at in range(len(cursor)):
        altered = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        with pytest.raises(MessageMixup):
            station.page(Cursor(altered))
    with pytest.raises(MessageMixup):
        enrol(station.gateway).page(cursor)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_the_length_of_a_page_is_bounded(station: Station, limit: int) -> None:
    with pytest.raises(MalformedMessage):
        station.page(None, limit)


def test_media_are_the_bytes_that_were_announced(station: Station) -> None:
    for report in reports_of([station.page(None, 30)]):
        for notice in notices_of(report):
            file = station.gateway.media(station.name, notice.media_id)
            assert (len(file.content), file.sha256) == (notice.size, notice.sha256)


@pytest.mark.parametrize("media", [0, 1_999_999, 2_000_015, 10**17])
def test_media_that_nobody_announced_are_unknown(station: Station, media: int) -> None:
    with pytest.raises(UnknownReference):
        station.gateway.media(station.name, MediaId(media))


def test_a_settled_assessment_comes_back_as_a_later_change(station: Station) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=None)
    [receipt] = station.send(assessment_of(report, item.content_id, 1))
    assert receipt.is_settled
    page = station.page(batches[-1].next_cursor)
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
    page = station.page(batches[-1].next_cursor)
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
    assert station.page(batches[-1].next_cursor).changes == ()


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
    assert station.page(batches[-1].next_cursor).changes == ()


def test_receipts_are_repeated_until_a_later_cursor_shows_that_they_came(
    station: Station,
) -> None:
    cursor = station.pages()[-1].next_cursor
    report, _ = an_item(station.pages(), rule=None)
    station.send(feedback_on(report, 1), feedback_on(report, 2))
    first, again = station.page(cursor), station.page(cursor)
    ids = [receipt.operation_id for receipt in first.receipts]
    assert ids == [operation_id(1), operation_id(2)]
    assert again.receipts == first.receipts
    assert station.page(first.next_cursor).receipts == ()


def test_receipts_are_for_the_station_that_sent_the_operation(station: Station) -> None:
    report, _ = an_item(station.pages(), rule=None)
    station.send(feedback_on(report, 1))
    other = enrol(station.gateway)
    assert other.pages()[-1].receipts == ()
    [receipt] = other.send(feedback_on(report, 1))
    assert receipt.is_settled


def test_receipts_and_assessments_survive_a_restart(
    open_gateway_at: OpenGateway, tmp_path: Path, station: Station
) -> None:
    batches = station.pages()
    report, item = an_item(batches, rule=None)
    station.send(assessment_of(report, item.content_id, 1))
    before = station.page(batches[-1].next_cursor)
    station.gateway.close()
    again = replace(station, gateway=open_gateway_at(tmp_path / "gateway"))
    after = again.page(batches[-1].next_cursor)
    assert (after.changes, after.receipts) == (before.changes, before.receipts)
    [receipt] = again.send(assessment_of(report, item.content_id, 1))
    assert receipt.is_settled


def test_operations_in_another_stations_name_are_refused_whole(station: Station) -> None:
    report, _ = an_item(station.pages(), rule=None)
    other = enrol(station.gateway)
    body = portal_messages.print_operations(other.name, (feedback_on(report, 1),))
    with pytest.raises(MalformedMessage):
        station.gateway.operations(station.name, body)
    assert other.pages()[-1].receipts == ()


def test_who_was_shut_out_gets_nothing_and_cannot_enrol_again(station: Station) -> None:
    gateway = station.gateway
    gateway.revoke(station.name)
    with pytest.raises(AccessRevoked):
        station.page(None)
    with pytest.raises(AccessRevoked):
        gateway.media(station.name, MediaId(2_000_000))
    with pytest.raises(AccessRevoked):
        station.send()
    with pytest.raises(AccessRevoked):
        gateway.enrol(request_for(gateway, station.keys))


def test_every_message_is_signed_with_the_portals_key(station: Station) -> None:
    message = station.gateway.changes(station.name, None, limit=1)
    payload = portal_messages.unseal(message, station.answer.portal_key)
    assert portal_messages.parse_batch(payload).hotlines
    assert (
        message_keys.public_half(station.gateway.identity.message_key) == station.answer.portal_key
    )
