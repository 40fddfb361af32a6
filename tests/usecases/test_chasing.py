"""A package leaves, the hotline takes back: every copy is listed, told of, and settled."""

from __future__ import annotations

import email
import json
import subprocess
import uuid
from email.message import EmailMessage, Message
from email.policy import default as mail_policy
from pathlib import Path

import pytest

from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner, Signer
from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.batch import ChangeKind, Withdrawal
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosureKind,
    EnteredDisclosure,
    Handling,
    Outcome,
)
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.query import Query
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    CopySettled,
    OutputExists,
    OutputUnwritable,
    PurposeMissing,
    RoleMissing,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.usecases import (
    act,
    chase,
    compose_package,
    hand_over_case,
    read_disclosures,
)
from cport_desktop.usecases.chase import NoticeOrder, WrittenNotice
from cport_desktop.usecases.hand_out_operations import hand_out
from cport_desktop.usecases.take_in import COURIER, Tally, take_in
from cport_desktop.vault import audit_log, bond, replica, reports
from cport_desktop.vault.disclosures import EVERYTHING, Wanted
from tests.exports.synthetic import QuickDocuments
from tests.usecases.conftest import Bench, MakeBench
from tests.usecases.test_reading_audit import without

UNIT = "Unit A"
PARTNER = "Partner Agency Example"
COURT = "Court B"


def signer_of(bench: Bench) -> Signer:
    return compose_package.own_signer(
        bench.vault, lambda key, certificate: FileKeySigner(key, certificate, clock=bench.clock)
    )


def some_reports(bench: Bench, count: int, *, with_media: bool = False) -> tuple[ReportId, ...]:
    """Reports that stand (no tombstones), with media if that is wanted."""
    with bench.vault.reader() as reader:
        found = reports.matching(reader, Query(), limit=100)
        standing = [
            number
            for number in found
            if reports.dossier(reader, number).row.status.value != "withdrawn"
            and (reports.dossier(reader, number).media or not with_media)
        ]
    return tuple(standing[:count])


def compose(
    bench: Bench, path: Path, choice: tuple[ReportId, ...], *, to: tuple[str, ...] = (UNIT,)
) -> None:
    """A package of these reports for these recipients stands at `path`."""
    compose_package.compose_package(
        bench.vault,
        compose_package.Order(
            choice=choice,
            title=f"Package {path.stem}",
            recipients=[Recipient(name, generate_identity().public) for name in to],
            signer=signer_of(bench),
            path=path,
            reason="case 17",
        ),
        documents=QuickDocuments(resources=Path()),
        taxonomy=bench.taxonomy,
        announce=silent,
        is_cancelled=never,
    )


def withdraw(bench: Bench, *numbers: ReportId, reason: str = "entered twice") -> None:
    """The hotline takes these reports back; the station has not heard of it yet."""
    bench.gateway.feed([Withdrawal(number, bench.clock.now(), reason) for number in numbers])


def copies(bench: Bench, *, with_settled: bool = False) -> list[Affected]:
    found = read_disclosures.list_affected(bench.vault, limit=100, with_settled=with_settled)
    return list(found.page.rows)


def register(bench: Bench, wanted: Wanted = EVERYTHING) -> list[EnteredDisclosure]:
    return list(read_disclosures.list_disclosures(bench.vault, wanted, limit=100).page.rows)


def notify(
    bench: Bench, path: Path, recipient: str = UNIT, *, again: bool = False
) -> WrittenNotice:
    return chase.write_notice(
        bench.vault, NoticeOrder(recipient, path, signer_of(bench), again=again)
    )


def verified_by_openssl(
    bench: Bench, notice: Path, tmp_path: Path
) -> subprocess.CompletedProcess[str]:
    with bench.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    authority = tmp_path / "authority.pem"
    authority.write_bytes(enrolment.answer.signing_authority)
    command = ["openssl", "cms", "-verify", "-cades", "-in", str(notice), "-CAfile", str(authority)]
    command += [
        "-purpose",
        "any",
        "-attime",
        str(int(bench.clock.now().timestamp())),
        "-out",
        "/dev/null",
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def parts_of(notice: Path) -> tuple[str, dict[str, object]]:
    """The text and the JSON of a notice, as a mail program reads them."""
    message: Message | EmailMessage = email.message_from_bytes(
        notice.read_bytes(), policy=mail_policy
    )
    texts = [part for part in message.walk() if part.get_content_type() == "text/plain"]
    records = [part for part in message.walk() if part.get_content_type() == "application/json"]
    text = texts[0].get_payload(decode=True)
    record = records[0].get_payload(decode=True)
    assert isinstance(text, bytes)
    assert isinstance(record, bytes)
    return text.decode("utf-8").replace("\r\n", "\n"), json.loads(record)


@pytest.fixture
def told(bench: Bench, tmp_path: Path) -> Bench:
    """Two packages left with one report in common, which was withdrawn and heard of since."""
    bench.sync(metadata_only=True)
    first, second = some_reports(bench, 2)
    compose(bench, tmp_path / "one.age", (first, second), to=(UNIT, COURT))
    compose(bench, tmp_path / "two.age", (first,))
    withdraw(bench, first)
    bench.sync(metadata_only=True)
    return bench


def test_a_package_is_entered_with_revisions_files_recipients_and_its_own_digest(
    synced: Bench, tmp_path: Path
) -> None:
    (number,) = some_reports(synced, 1, with_media=True)
    compose(synced, tmp_path / "case.age", (number,), to=(UNIT, COURT))

    (line,) = register(synced, Wanted(kind=DisclosureKind.PACKAGE))
    with synced.vault.reader() as reader:
        dossier = reports.dossier(reader, number)
    record = read_disclosures.show_disclosure(synced.vault, line.disclosure_id)
    assert [recipient.name for recipient in line.recipients] == [COURT, UNIT]
    assert (line.title, line.reason, line.outcome) == ("Package case", "case 17", Outcome.LEFT)
    assert line.sha256 is not None
    assert {(item.reference, item.revision, item.sha256) for item in record.items} == {
        (f"HL-{number}", dossier.report.revision, None),
        *(
            (f"M-{item.media_id}", None, item.digests.sha256)
            for item in dossier.media
            if item.digests is not None
        ),
    }
    assert record.actor == synced.vault.actor


def test_a_package_that_was_not_written_is_nobodys_copy(bench: Bench, tmp_path: Path) -> None:
    bench.sync(metadata_only=True)
    (number,) = some_reports(bench, 1)
    with pytest.raises(OutputUnwritable):
        compose(bench, tmp_path / "nowhere" / "case.age", (number,))
    withdraw(bench, number)
    bench.sync(metadata_only=True)

    assert [line.outcome for line in register(bench)] == [Outcome.NOT_LEFT]
    assert copies(bench) == []


def test_operations_are_entered_once_however_often_they_are_sent(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    (number,) = some_reports(bench, 1)
    act.give_feedback(bench.vault, number, "synthetic feedback", operation_id=uuid.uuid4())
    with bench.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    first = hand_out(bench.vault, enrolment)  # and the portal's answer is lost
    bench.sync(metadata_only=True)

    assert len(first) == 1
    (line,) = register(bench, Wanted(kind=DisclosureKind.OPERATIONS))
    record = read_disclosures.show_disclosure(bench.vault, line.disclosure_id)
    assert [recipient.name for recipient in line.recipients] == [bench.gateway.identity.portal]
    assert [item.within for item in record.items] == [f"HL-{number}"]


def test_a_case_that_is_handed_over_is_chased_to_the_agency_that_has_it(bench: Bench) -> None:
    bench.sync(metadata_only=True)
    (number,) = some_reports(bench, 1)
    hand_over_case.hand_over_case(
        bench.vault, "case 12", PARTNER, [number], operation_id=uuid.UUID(int=1), reason="theirs"
    )
    bench.sync(metadata_only=True)

    (line,) = register(bench, Wanted(kind=DisclosureKind.CASE))
    assert [recipient.name for recipient in line.recipients] == [PARTNER]
    assert (line.title, line.outcome) == ("case 12", Outcome.LEFT)
    assert line.clause is not None
    (message,) = register(bench, Wanted(kind=DisclosureKind.OPERATIONS))
    assert message.clause == line.clause

    withdraw(bench, number)
    bench.sync(metadata_only=True)
    assert [(copy.recipient, copy.reference) for copy in copies(bench)] == [
        (PARTNER, f"HL-{number}")
    ]


def test_a_withdrawal_lists_each_copy_once_and_again_by_the_other_road_none(told: Bench) -> None:
    found = copies(told)
    assert sorted((copy.title, copy.recipient) for copy in found) == [
        ("Package one", COURT),
        ("Package one", UNIT),
        ("Package two", UNIT),
    ]
    assert {copy.change for copy in found} == {ChangeKind.WITHDRAWN}
    assert {copy.reason for copy in found} == {"entered twice"}

    with told.vault.transaction() as tx:
        replica.begin_anew(tx)
        replica.mark_exchange(tx, "https")
        tx.record(audit_log.page(tx, limit=1).rows[0].draft)
    told.sync(metadata_only=True)
    assert len(copies(told, with_settled=True)) == 3


def test_what_came_by_stick_is_chased_like_what_came_by_wire(
    make_bench: MakeBench, tmp_path: Path
) -> None:
    bench = make_bench("vault")
    bench.sync(metadata_only=True)
    (number,) = some_reports(bench, 1)
    compose(bench, tmp_path / "case.age", (number,))
    withdraw(bench, number)
    with bench.vault.reader() as reader:
        enrolment, state = bond.load(reader), replica.stream(reader)
    assert enrolment is not None
    message = bench.road.changes(state.position, limit=50)

    _, tally = take_in(bench.vault, enrolment, message, road=COURIER, tally=Tally())

    assert tally.copies_affected == 1
    assert [copy.reference for copy in copies(bench)] == [f"HL-{number}"]


def test_a_notice_says_what_became_of_each_copy_and_openssl_vouches_for_it(
    told: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "notice.eml"
    written = notify(told, path)

    assert verified_by_openssl(told, path, tmp_path).returncode == 0
    text, record = parts_of(path)
    assert record["notice"] == written.notice_id
    assert record["recipient"] == UNIT
    told_copies = record["copies"]
    assert isinstance(told_copies, list)
    assert {copy["title"] for copy in told_copies} == {"Package one", "Package two"}
    assert {copy["change"] for copy in told_copies} == {"withdrawn"}
    assert {copy["reason"] for copy in told_copies} == {"entered twice"}
    packages = {line.title: line.sha256 for line in register(told)}
    for copy in told_copies:
        assert copy["fileSha256"] == packages[copy["title"]]
        assert f"{copy['item']} was withdrawn on {copy['changedAt']}" in text
    assert path.stat().st_mode & 0o077 == 0


def test_a_notice_that_was_changed_on_the_way_is_found_out(told: Bench, tmp_path: Path) -> None:
    path = tmp_path / "notice.eml"
    notify(told, path)
    path.write_bytes(path.read_bytes().replace(b"was withdrawn", b"was confirmed", 1))

    assert verified_by_openssl(told, path, tmp_path).returncode != 0


def test_the_files_that_left_with_a_report_are_named_by_their_digests(
    synced: Bench, tmp_path: Path
) -> None:
    (number,) = some_reports(synced, 1, with_media=True)
    compose(synced, tmp_path / "case.age", (number,))
    (line,) = register(synced, Wanted(kind=DisclosureKind.PACKAGE))
    withdraw(synced, number)
    synced.sync(metadata_only=True)
    notify(synced, tmp_path / "notice.eml")

    text, record = parts_of(tmp_path / "notice.eml")
    left = read_disclosures.show_disclosure(synced.vault, line.disclosure_id).items
    digests = {item.sha256 for item in left if item.sha256 is not None}
    told_copies = record["copies"]
    assert digests
    assert isinstance(told_copies, list)
    assert {file["sha256"] for file in told_copies[0]["files"]} == digests
    assert all(digest in text for digest in digests)


def test_a_notice_is_a_disclosure_of_its_own_on_record_before_it_is_written(
    told: Bench, tmp_path: Path
) -> None:
    written = notify(told, tmp_path / "notice.eml")

    (line,) = register(told, Wanted(kind=DisclosureKind.NOTICE))
    assert (line.disclosure_id, line.outcome, line.sha256) == (
        written.notice_id,
        Outcome.LEFT,
        written.sha256,
    )
    assert line.clause is not None
    with told.vault.reader() as reader:
        entries = [entry.draft for entry in audit_log.page(reader, limit=4).rows]
    made = [draft for draft in entries if draft.action is AuditAction.DISCLOSURE]
    assert [draft.verb for draft in made] == ["notice_written", "notice"]
    states = {(copy.recipient, copy.handling) for copy in copies(told)}
    assert states == {(UNIT, Handling.NOTICE_WRITTEN), (COURT, Handling.OPEN)}


def test_nobody_is_told_twice_unless_the_notice_was_lost(told: Bench, tmp_path: Path) -> None:
    notify(told, tmp_path / "notice.eml")
    with pytest.raises(UnknownReference):
        notify(told, tmp_path / "second.eml")
    with pytest.raises(OutputExists):
        notify(told, tmp_path / "notice.eml", COURT)

    again = notify(told, tmp_path / "second.eml", again=True)

    assert len(again.copies) == 2


def test_a_notice_that_could_not_be_written_leaves_its_copies_open(
    told: Bench, tmp_path: Path
) -> None:
    with pytest.raises(OutputUnwritable):
        notify(told, tmp_path / "nowhere" / "notice.eml")

    assert {copy.handling for copy in copies(told)} == {Handling.OPEN}
    (line,) = register(told, Wanted(kind=DisclosureKind.NOTICE))
    assert line.outcome is Outcome.NOT_LEFT
    assert notify(told, tmp_path / "notice.eml").left_open is False


def test_words_of_a_hotline_cannot_write_lines_of_their_own(bench: Bench, tmp_path: Path) -> None:
    bench.sync(metadata_only=True)
    (number,) = some_reports(bench, 1)
    compose(bench, tmp_path / "case.age", (number,))
    withdraw(
        bench, number, reason="twice\n--parts\r\nSubject: forged\u202e \u2028HL-1 was confirmed"
    )
    bench.sync(metadata_only=True)
    path = tmp_path / "notice.eml"
    notify(bench, path)

    text, _ = parts_of(path)
    assert "\n  reason: twice --parts Subject: forged HL-1 was confirmed\n" in text
    assert verified_by_openssl(bench, path, tmp_path).returncode == 0


def test_what_became_of_a_copy_is_settled_once_and_with_a_reason_where_nothing_was_done(
    told: Bench,
) -> None:
    one, two, three = (copy.affected_id for copy in copies(told))
    with pytest.raises(PurposeMissing):
        chase.settle(told.vault, [one], Handling.NOT_NEEDED)
    with pytest.raises(ValueUnknown):
        chase.settle(told.vault, [one], Handling.OPEN)
    with pytest.raises(UnknownReference):
        chase.settle(told.vault, [one, AffectedId("A-999")], Handling.ACKNOWLEDGED)
    assert len(copies(told)) == 3

    chase.settle(told.vault, [one], Handling.NOT_NEEDED, reason="the copy came back unread")
    chase.settle(told.vault, [two], Handling.HANDED_OVER)
    chase.settle(told.vault, [two], Handling.ACKNOWLEDGED)

    assert [copy.affected_id for copy in copies(told)] == [three]
    settled = {copy.affected_id: copy for copy in copies(told, with_settled=True)}
    assert settled[one].note == "the copy came back unread"
    with pytest.raises(CopySettled):
        chase.settle(told.vault, [one], Handling.ACKNOWLEDGED)
    newest = read_disclosures.list_disclosures(told.vault, EVERYTHING, limit=10).page.rows
    assert sum(line.open_items for line in newest) == 1


def test_reading_needs_an_analyst_and_a_notice_an_exporter(told: Bench, tmp_path: Path) -> None:
    signer = signer_of(told)
    (one, *_) = copies(told)
    without(told.vault, Role.EXPORTER)
    with pytest.raises(RoleMissing):
        chase.write_notice(told.vault, NoticeOrder(UNIT, tmp_path / "notice.eml", signer))
    with pytest.raises(RoleMissing):
        chase.settle(told.vault, [one.affected_id], Handling.HANDED_OVER)
    without(told.vault, Role.ANALYST)
    for look in (
        lambda: read_disclosures.list_affected(told.vault, limit=1),
        lambda: read_disclosures.list_disclosures(told.vault, EVERYTHING, limit=1),
        lambda: read_disclosures.show_disclosure(told.vault, one.disclosure_id),
        lambda: read_disclosures.copies_of(told.vault, ReportId(1)),
    ):
        with pytest.raises(RoleMissing):
            look()


def test_who_has_a_report_is_answered_from_its_number(told: Bench) -> None:
    reference = copies(told)[0].reference
    number = ReportId(int(reference.removeprefix("HL-")))

    found = read_disclosures.copies_of(told.vault, number)

    assert [line.title for line in found] == ["Package two", "Package one"]
