"""What is printed is read back the same, and what is not understood is not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys
from cport_desktop.domain.batch import (
    Batch,
    Change,
    ChangeKind,
    RecordChange,
    ReportChange,
    UnknownChange,
)
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Hotline
from cport_desktop.formats import portal_messages as messages
from cport_desktop.formats.message_kind import MessageKind, kind_of
from cport_desktop.formats.sealed_message import digest
from tests.formats import strategies as some

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAIR = message_keys.generate_ed25519()
SIGN = message_keys.signing_with(PAIR.private)

usual = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@usual
@given(some.reports)
def test_a_report_is_read_back_as_it_was_printed(report):
    assert messages.parse_report(messages.print_report(report)) == report


@usual
@given(some.batches)
def test_a_batch_is_read_back_as_it_was_printed_with_the_digest_of_what_is_signed(batch):
    payload = messages.print_batch(batch)
    assert messages.parse_batch(payload) == replace(batch, digest=digest(payload))


@usual
@given(some.standings)
def test_the_word_that_nothing_waits_is_read_back_as_it_was_printed(standing):
    assert messages.parse_standing(messages.print_standing(standing)) == standing


@usual
@given(some.report_changes() | some.withdrawals | some.record_changes() | some.unknown_changes)
def test_a_change_by_itself_is_read_back_as_it_was_printed(change):
    assert messages.parse_change(messages.print_change(change)) == change


@usual
@given(some.batches | some.standings)
def test_a_payload_says_of_what_kind_it_is(message):
    is_batch = isinstance(message, Batch)
    payload = messages.print_batch(message) if is_batch else messages.print_standing(message)
    assert kind_of(payload) is (MessageKind.BATCH if is_batch else MessageKind.STANDING)


@usual
@given(some.batches)
def test_a_sealed_batch_comes_out_to_the_byte_and_with_the_digest_that_names_it(batch):
    payload = messages.print_batch(batch)
    message = messages.seal(payload, SIGN)
    unsealed = messages.unseal(message, PAIR.public)
    assert unsealed == payload
    assert messages.parse_batch(unsealed).digest == messages.digest(payload)


@usual
@given(some.operations_messages)
def test_operations_are_read_back_as_they_were_printed(message):
    printed = messages.print_operations(message.station, message.operations)
    assert messages.parse_operations(printed) == message


@usual
@given(some.receipts_messages)
def test_receipts_are_read_back_as_they_were_printed(message):
    assert messages.parse_receipts(messages.print_receipts(message)) == message


@usual
@given(some.enrolment_requests)
def test_an_enrolment_request_is_read_back_as_it_was_printed(request):
    printed = messages.print_enrolment_request(request)
    assert messages.parse_enrolment_request(printed) == request


@usual
@given(some.enrolment_answers)
def test_an_enrolment_answer_is_read_back_as_it_was_printed(answer):
    assert messages.parse_enrolment_answer(messages.print_enrolment_answer(answer)) == answer


@usual
@given(some.report_changes())
def test_fields_that_this_version_does_not_know_stay_in_the_document_to_the_byte(change):
    tree = msgspec.json.decode(change.document)
    tree["uclSchema"] = {"version": 3, "labels": [17, 2.5e300, "é"]}
    for content in tree["reportContents"]:
        content["url"]["resolver"] = None
    document = b" " + msgspec.json.format(msgspec.json.encode(tree), indent=1) + b"\n"
    batch = _batch_with(replace(change, document=document))
    parsed = messages.parse_batch(messages.print_batch(batch)).changes[0]
    assert isinstance(parsed, ReportChange)
    assert parsed.report == change.report
    assert msgspec.json.decode(parsed.document) == tree
    assert parsed.document == document.strip()


@usual
@given(some.reports)
def test_codes_that_no_list_knows_are_read_as_their_numbers(report):
    unknown = replace(report, site_type=9_019, payment_methods=(77, 88))
    parsed = messages.parse_report(messages.print_report(unknown))
    assert (parsed.site_type, parsed.payment_methods) == (9_019, (77, 88))


@usual
@given(st.sampled_from(ChangeKind), some.labels, some.moments)
def test_a_thing_that_this_version_does_not_know_is_kept_to_the_byte(kind, reference, moment):
    document = b"" if kind is ChangeKind.WITHDRAWN else b'{"into" :[1, 2.50], "\\u0061":"\xc3\xa9"}'
    change = RecordChange("laterThing", reference, kind, 3, moment, None, document, None)
    assert messages.parse_batch(messages.print_batch(_batch_with(change))).changes == (change,)


def test_fields_of_a_thing_that_this_version_does_not_know_stay_in_its_document():
    document = b'{"hotlineId":12, "name":"Hotline Example", "countryCode":"NL", "later":[2.50]}'
    change = RecordChange("hotline", "12", ChangeKind.NEW, 1, NOON, None, document, None)
    parsed = messages.parse_change(messages.print_change(change))
    assert isinstance(parsed, RecordChange)
    assert parsed.document == document
    assert parsed.value == Hotline(HotlineId(12), "Hotline Example", "NL", None)


def test_a_kind_of_change_that_this_version_does_not_know_is_kept_to_the_byte():
    document = b'{"kind" : "merged", "into":[1, 2.50], "deep":{"\\u0061":"\xc3\xa9"}}'
    batch = _batch_with(UnknownChange("merged", document))
    assert messages.parse_batch(messages.print_batch(batch)).changes == batch.changes


def _batch_with(change: Change) -> Batch:
    return replace(_EMPTY, changes=(change,))


_EMPTY = messages.parse_batch(
    b'{"schema":2,"kind":"batch","portal":"p","station":"s","nature":"demo",'
    b'"issuedAt":"2026-03-01T12:00:00Z","sequence":1,"previous":null,"cursor":null,'
    b'"nextCursor":"c","isSnapshot":false,"remaining":0}'
)
