"""What `docs/formats/portal_protocol.md` says is what the code does."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from cport_desktop.crypto import message_keys
from cport_desktop.formats import portal_messages, wire_bounds
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

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "portal_protocol.md").read_text("utf-8")
PUBLIC = bytes.fromhex(re.findall(r"^    ([0-9a-f]{64})$", PAGE, re.MULTILINE)[0])


def block(name: str) -> bytes:
    found = re.search(rf"```{name}\n(.*?)\n?```", PAGE, re.DOTALL)
    assert found
    return found.group(1).encode()


def test_the_signed_request_is_built_as_written_and_its_signature_holds():
    signed = bytes_to_sign(
        "GET",
        "/v1/changes?limit=200&cursor=c-17",
        time="2026-03-01T12:00:00Z",
        nonce="00112233445566778899aabbccddeeff",
        body=b"",
        range_header="",
    )
    assert signed == block("signed-request") + b"\n"
    written = re.findall(rf"{SIGNATURE_HEADER}: (\S+)", PAGE)[0]
    assert message_keys.verify(PUBLIC, signed, base64.b64decode(written))


def test_the_sealed_message_opens_and_says_what_is_written():
    payload = portal_messages.unseal(block("sealed-message"), PUBLIC)
    message = portal_messages.parse_receipts(payload)
    assert [receipt.is_settled for receipt in message.receipts] == [True]
    assert portal_messages.print_receipts(message) == payload


def test_every_problem_has_its_row():
    rows = re.findall(r"^\| `(\w+)` \| [0-9]", PAGE, re.MULTILINE)
    assert set(rows) == {problem.value for problem in Problem}


def test_the_headers_and_bounds_are_those_of_the_code():
    for header in (STATION_HEADER, TIME_HEADER, NONCE_HEADER, SIGNATURE_HEADER):
        assert f"`{header}`" in PAGE
    for bound in (
        DEEPEST,
        MOST_BRACKETS,
        MOST_COMMAS,
        LARGEST_SKEW_SECONDS,
        wire_bounds.LARGEST_ID,
        wire_bounds.LARGEST_CODE,
        wire_bounds.LONGEST_MEMO,
        wire_bounds.LONGEST_URL,
        wire_bounds.LONGEST_CREDENTIAL,
        wire_bounds.LONGEST_NAME,
        wire_bounds.MOST_CHANGES,
        wire_bounds.MOST_CONTENTS,
        wire_bounds.MOST_MEDIA,
        wire_bounds.MOST_ASSESSMENTS,
        wire_bounds.MOST_PAYMENT_METHODS,
    ):
        assert re.search(rf"\b({bound}|{bound:_})\b".replace("_", " "), PAGE), bound
