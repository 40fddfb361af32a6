"""Heads of the audit log on the wire, and the page that describes them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto.checkpoint import diary_code, parse_checkpoint, parse_diary_code
from cport_desktop.crypto.merkle import LONGEST_PROOF
from cport_desktop.crypto.signed_note import parse_note, parse_verifier, print_note, verified
from cport_desktop.domain.anchoring import (
    AnchorAnswer,
    AnchorOutcome,
    AnchorRequest,
    LogOrigin,
    parse_origin,
)
from cport_desktop.domain.ids import VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import MalformedMessage, MessageTooLarge, UntrustedData
from cport_desktop.formats import portal_messages as messages
from cport_desktop.formats.anchor_message import LONGEST_ANCHOR_MESSAGE
from tests.formats import strategies as some

DOCS = Path(__file__).parents[2] / "docs" / "formats"
PAGE = (DOCS / "audit_checkpoint.md").read_text("utf-8")

hashes = st.binary(min_size=32, max_size=32)
requests = st.builds(
    AnchorRequest,
    station=some.labels,
    log_key=some.texts.filter(bool),
    checkpoint=some.texts.filter(bool).map(str.encode),
    old_size=some.ids,
    proof=st.lists(hashes, max_size=LONGEST_PROOF).map(tuple),
)
answers = st.builds(
    AnchorAnswer,
    portal=some.labels,
    station=some.labels,
    nature=st.sampled_from(Nature),
    issued_at=some.moments,
    outcome=st.sampled_from(AnchorOutcome),
    lineage=some.codes,
    size=some.ids,
    root=st.none() | hashes,
    cosignature=some.texts.filter(bool),
)


@given(requests)
def test_a_request_is_read_back_as_it_was_printed(request):
    assert messages.parse_anchor(messages.print_anchor(request)) == request


@given(answers)
def test_an_answer_is_read_back_as_it_was_printed(answer):
    assert messages.parse_anchored(messages.print_anchored(answer)) == answer


def request_json(**fields: object) -> bytes:
    whole = {
        "schema": 2,
        "kind": "anchor",
        "station": "station-1",
        "logKey": "key",
        "checkpoint": "note",
        "oldSize": 0,
        "proof": [],
    }
    return msgspec.json.encode(whole | fields)


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("$.schema", {"schema": 1}),
        ("$.kind", {"kind": "anchored"}),
        ("$.station", {"station": "a b"}),
        ("$.oldSize", {"oldSize": -1}),
        ("$.oldSize", {"oldSize": 10**18}),
        ("$.oldSize", {"oldSize": "1"}),
        ("$.proof", {"proof": ["A" * 43 + "="] * (LONGEST_PROOF + 1)}),
        ("$.proof", {"proof": ["QUJD"]}),
        ("$.proof", {"proof": ["not base64"]}),
        ("$.checkpoint", {"checkpoint": ""}),
        ("$.checkpoint", {"checkpoint": "x" * 20_000}),
        ("$.logKey", {"logKey": None}),
    ],
)
def test_a_request_that_is_not_of_the_protocol_is_refused_with_its_place(where, fields):
    with pytest.raises(MalformedMessage) as caught:
        messages.parse_anchor(request_json(**fields))
    assert str(caught.value.facts["where"]).startswith(where)


def test_a_message_that_is_longer_than_any_honest_one_is_refused_unread():
    with pytest.raises(MessageTooLarge):
        messages.parse_anchor(b" " * (LONGEST_ANCHOR_MESSAGE + 1))


@given(answers)
def test_a_cosigned_head_comes_with_its_co_signature(answer):
    tree = msgspec.json.decode(messages.print_anchored(answer))
    tree |= {"outcome": "cosigned", "cosignature": None}
    with pytest.raises(MalformedMessage):
        messages.parse_anchored(msgspec.json.encode(tree))


@given(st.binary(max_size=80))
def test_rubbish_is_refused_by_name(rubbish):
    for parse in (messages.parse_anchor, messages.parse_anchored):
        with pytest.raises(UntrustedData):
            parse(rubbish)


@given(st.integers(1, 999_999_999))
def test_an_origin_is_read_back(lineage):
    origin = LogOrigin(VaultId("5f" * 16), lineage)
    assert parse_origin(str(origin)) == origin


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cport.vault/" + "5f" * 16,
        "cport.vault/" + "5f" * 16 + "/0",
        "cport.vault/" + "5f" * 16 + "/01",
        "cport.vault/" + "5f" * 16 + "/1/1",
        "cport.vault/" + "5F" * 16 + "/1",
        "cport.vault/" + "5f" * 15 + "/1",
        "cport.vault/" + "5f" * 16 + "/1\n",
        "cport.portal/" + "5f" * 16 + "/1",
        "cport.vault/" + "5f" * 16 + "/9999999999",
    ],
)
def test_what_is_no_origin_of_a_vaults_log_is_none(text):
    assert parse_origin(text) is None


def test_a_portal_of_any_name_has_a_name_that_a_note_can_carry():
    for portal in ("portal-1", "a+b", "ü".encode().hex(), "x" * 256):
        key = messages.portal_witness(portal, bytes(32))  # type: ignore[arg-type]
        assert parse_verifier(str(key)) == key


# The page.


def block(name: str) -> bytes:
    found = re.search(rf"```{name}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found.group(1).encode()


def test_the_written_checkpoint_is_signed_and_cosigned_by_the_written_keys():
    note = parse_note(block("checkpoint"))
    log, portal = (parse_verifier(line) for line in block("keys").decode().splitlines())
    assert print_note(note) == block("checkpoint")
    assert verified(note, log) is not None
    witnessed = verified(note, portal)
    assert witnessed is not None
    assert str(witnessed.at) in PAGE
    origin = parse_origin(parse_checkpoint(note.text).origin)
    assert origin is not None
    assert log.name == str(origin)


def test_the_written_code_is_that_of_the_written_checkpoint():
    head = parse_checkpoint(parse_note(block("checkpoint")).text)
    written = block("code").decode().strip()
    assert diary_code(head) == written
    assert parse_diary_code(written).size == head.size


def test_every_outcome_has_its_row():
    protocol = (DOCS / "portal_protocol.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| the portal", protocol, re.MULTILINE)
    assert set(rows) == {outcome.value for outcome in AnchorOutcome}
