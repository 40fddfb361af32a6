"""What `docs/formats/portal_protocol.md` says is what the code does."""

from __future__ import annotations

import base64
import inspect
import re
from pathlib import Path

from cport_desktop import errors
from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.operation import OperationKind
from cport_desktop.formats import (
    anchor_message,
    batch_message,
    enrolment_message,
    in_hand_message,
    operation_body,
    operation_message,
    portal_messages,
    record_message,
    sealed_message,
    standing_message,
    wire_bounds,
)
from cport_desktop.formats.message_kind import SCHEMA, MessageKind, kind_of
from cport_desktop.formats.request_signing import (
    LARGEST_SKEW_SECONDS,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    STATION_HEADER,
    TIME_HEADER,
    bytes_to_sign,
)
from cport_desktop.formats.session_message import Problem
from cport_desktop.formats.strict_json import DEEPEST, MOST_BRACKETS, MOST_COMMAS
from cport_desktop.sync import exchange

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "portal_protocol.md").read_text("utf-8")
PUBLIC = bytes.fromhex(re.findall(r"^    ([0-9a-f]{64})$", PAGE, re.MULTILINE)[0])


def block(name: str) -> bytes:
    found = re.search(rf"```{name}\n(.*?)\n?```", PAGE, re.DOTALL)
    assert found
    return found.group(1).encode()


def part(heading: str) -> str:
    """The text below a heading, to the next one of its level or above."""
    found = re.search(
        rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,3}} |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    assert found, heading
    return found.group(2)


def first_words(text: str) -> list[str]:
    """What stands in the first column of the tables in `text`."""
    return re.findall(r"^\| `(\w+)`", text, re.MULTILINE)


def number(value: int) -> str:
    return f"{value:_}".replace("_", " ")


def test_the_first_batch_opens_to_the_payload_and_the_digest_that_are_written():
    message = base64.b64decode(block("first-batch"))
    assert b"\nzstd " in message[:120]
    payload = portal_messages.unseal(message, PUBLIC)
    assert payload == block("first-payload")
    batch = portal_messages.parse_batch(payload)
    assert (batch.sequence, batch.previous) == (1, None)
    assert f"digest 1: {batch.digest}" in PAGE


def test_the_second_batch_and_the_standing_go_on_from_there():
    first = portal_messages.parse_batch(block("first-payload"))
    payload = portal_messages.unseal(block("second-batch"), PUBLIC)
    second = portal_messages.parse_batch(payload)
    assert exchange.place_of(second, first.position) is exchange.Place.NEXT
    assert f"digest 2: {second.digest}" in PAGE
    payload = portal_messages.unseal(block("standing"), PUBLIC)
    assert kind_of(payload) is MessageKind.STANDING
    standing = portal_messages.parse_standing(payload)
    assert (standing.sequence, standing.digest) == (2, second.digest)


def test_the_signed_request_is_built_as_written_and_its_signature_holds():
    second = portal_messages.parse_batch(portal_messages.unseal(block("second-batch"), PUBLIC))
    signed = bytes_to_sign(
        "GET",
        f"/v1/changes?limit=200&cursor={second.next_cursor}&digest={second.digest}",
        time="2026-03-01T12:00:03Z",
        nonce="00112233445566778899aabbccddeeff",
        body=b"",
        range_header="",
    )
    assert signed == block("signed-request") + b"\n"
    written = re.findall(rf"{SIGNATURE_HEADER}: (\S+)", PAGE)[0]
    assert message_keys.verify(PUBLIC, signed, base64.b64decode(written))


def test_the_operations_that_are_written_are_read_and_every_body_has_its_row():
    found = re.search(
        r'^    (\{"schema":2,"kind":"operations".*?\]\})$', PAGE, re.MULTILINE | re.DOTALL
    )
    assert found
    [operation] = portal_messages.parse_operations(found.group(1).encode()).operations
    assert operation.report_id == 884179
    assert set(first_words(part("6. Operations"))) == {kind.value for kind in OperationKind}


def test_every_problem_has_its_row():
    rows = [word for word in first_words(part("Refusals")) if word != "error"]
    assert set(rows) == {problem.value for problem in Problem}


def test_every_subject_that_is_understood_has_its_row():
    rows = [word for word in first_words(part("Things by subject")) if word != "subject"]
    assert set(rows) == {subject.value for subject in Subject}


def test_every_refusal_of_a_message_has_its_row_with_the_name_that_people_are_told():
    rows = re.findall(r"^\| `(\w+)` \| `(untrusted\.\w+)` \|", PAGE, re.MULTILINE)
    raised = re.findall(r'raise (\w+)\(what="(\w+)"\)', inspect.getsource(exchange))
    of_enrolment = {"certificate", "authority"}
    expected = {
        (what, getattr(errors, leaf).code) for leaf, what in raised if what not in of_enrolment
    }
    assert set(rows) == expected


def test_every_field_of_every_message_is_described():
    structs = [
        batch_message.WireBatch,
        batch_message.WireReportChange,
        batch_message.WireWithdrawal,
        batch_message.WireRecordChange,
        standing_message.WireStanding,
        enrolment_message.WireRequest,
        enrolment_message.WireAnswer,
        operation_message.WireOperations,
        operation_message.WireOperation,
        operation_message.WireReceipt,
        operation_message.WireReceipts,
        operation_body.WireDomainSuggestion,
        operation_body.WireHashContribution,
        operation_body.WireCaseHandOver,
        operation_body.WireFalsePositive,
        anchor_message.WireAnchor,
        anchor_message.WireAnchored,
        in_hand_message.WireInHandHere,
        in_hand_message.WireInHand,
        in_hand_message.WireInHandElsewhere,
        in_hand_message.WireToldElsewhere,
        record_message.WireHotline,
        record_message.WireIwolDecision,
    ]
    missing = {
        f"{struct.__name__}.{name}"
        for struct in structs
        for name in struct.__struct_encode_fields__
        if not re.search(rf"\b{name}\b", PAGE)
    }
    assert missing == set()


def test_the_page_is_of_the_version_that_is_spoken():
    assert PAGE.startswith(f"# The portal protocol, version {SCHEMA}\n")
    assert sealed_message.FORMAT_LINE.decode().strip() == f"cport-message-v{SCHEMA}"
    assert "`cport-message-v2\\n`" in PAGE


def test_the_headers_and_bounds_are_those_of_the_code():
    for header in (STATION_HEADER, TIME_HEADER, NONCE_HEADER, SIGNATURE_HEADER):
        assert f"`{header}`" in PAGE
    for bound in (
        DEEPEST,
        MOST_BRACKETS,
        MOST_COMMAS,
        LARGEST_SKEW_SECONDS,
        key_wrapping.PUBLIC_SIZE,
        wire_bounds.LARGEST_ID,
        wire_bounds.LARGEST_CODE,
        wire_bounds.LONGEST_MEMO,
        wire_bounds.LONGEST_URL,
        wire_bounds.LONGEST_CREDENTIAL,
        wire_bounds.LONGEST_NAME,
        wire_bounds.LONGEST_REFERENCE,
        wire_bounds.MOST_CONTENTS,
        wire_bounds.MOST_MEDIA,
        wire_bounds.MOST_ASSESSMENTS,
        wire_bounds.MOST_ACTIONS,
        wire_bounds.MOST_PAYMENT_METHODS,
        wire_bounds.MOST_CHANGES,
        wire_bounds.MOST_OPERATIONS,
    ):
        assert re.search(rf"(?<!\d)({bound}|{number(bound)})(?!\d)", PAGE), bound
    assert f"{sealed_message.LONGEST_MESSAGE >> 20} MiB is the longest message" in PAGE
    assert "Windows above 8 MiB" in PAGE
    assert exchange.CLOCK_STEP.total_seconds() == 5 * 60
    assert "5 minutes older" in PAGE
    assert exchange.OLDEST_LIVE_STANDING.total_seconds() == 60 * 60
    assert "more than an hour old" in PAGE
