"""Rubbish from a portal is refused by name, with a path and without a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.domain.report import Report
from cport_desktop.errors import MalformedMessage, MessageNewer, MessageTooLarge, UntrustedData
from cport_desktop.formats import portal_messages as messages
from cport_desktop.formats.message_kind import SCHEMA, kind_of
from cport_desktop.formats.strict_json import DEEPEST, require_sound

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "secret-of-a-case"


def report_json(**fields: object) -> dict[str, object]:
    return {
        "reportId": 17,
        "revision": 1,
        "reportingHotlineId": 3,
        "hotlineReceivedDate": "2026-03-01T12:00:00Z",
        "updated": "2026-03-01T12:00:00Z",
        "memo": "synthetic report 17",
        "reportContents": [
            {
                "contentId": 170,
                "url": {"urlString": "https://pictures.example/17", "isSourceUrl": True},
                "assessments": [{"classification": 1, "assessmentDate": "2026-03-01T12:00:00Z"}],
                "actions": [{"actionType": 1}],
                "media": [{"mediaId": 1, "size": 10, "sha256": "a" * 64}],
            }
        ],
    } | fields


def batch_json(*changes: Mapping[str, object], **fields: object) -> dict[str, object]:
    return {
        "schema": 2,
        "kind": "batch",
        "portal": "portal-1",
        "station": "station-1",
        "nature": "demo",
        "issuedAt": "2026-03-01T12:00:00Z",
        "sequence": 1,
        "previous": None,
        "cursor": None,
        "nextCursor": "c-1",
        "isSnapshot": False,
        "remaining": 0,
        "changes": list(changes) or [{"kind": "new", "report": report_json()}],
        "receipts": [],
    } | fields


def record_json(**fields: object) -> dict[str, object]:
    return {
        "kind": "new",
        "subject": "hotline",
        "reference": "3",
        "revision": 1,
        "date": "2026-03-01T12:00:00Z",
        "record": {"hotlineId": 3, "name": "Hotline Example", "countryCode": "NL"},
    } | fields


def without(name: str, tree: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in tree.items() if key != name}


def refused(payload: bytes) -> MalformedMessage:
    with pytest.raises(MalformedMessage) as caught:
        messages.parse_batch(payload)
    assert SECRET not in str(caught.value)
    return caught.value


def encode(tree: object) -> bytes:
    return msgspec.json.encode(tree)


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("$.changes[1].report.revision", {"kind": "new", "report": report_json(revision=SECRET)}),
        ("$.changes[1].report.revision", {"kind": "new", "report": report_json(revision=-1)}),
        ("$.changes[1].report.revision", {"kind": "new", "report": report_json(revision=10**18)}),
        ("$.changes[1].report.updated", {"kind": "new", "report": report_json(updated=SECRET)}),
        (
            "$.changes[1].report.updated",
            {"kind": "new", "report": report_json(updated="2026-03-01T12:00:00")},
        ),
        ("$.changes[1].report.memo", {"kind": "new", "report": report_json(memo="x" * 70_000)}),
        (
            "$.changes[1].report.sourceUrlPassword",
            {"kind": "new", "report": report_json(sourceUrlPassword=SECRET * 100)},
        ),
        (
            "$.changes[1].report.sourceUrlPaymentMethods",
            {"kind": "new", "report": report_json(sourceUrlPaymentMethods=[1] * 65)},
        ),
        (
            "$.changes[1].report.reportContents[0].media[0].sha256",
            {
                "kind": "corrected",
                "report": report_json(
                    reportContents=[
                        {
                            "contentId": 1,
                            "url": {"urlString": "https://a.example/"},
                            "media": [{"mediaId": 1, "size": 1, "sha256": "A" * 64}],
                        }
                    ]
                ),
            },
        ),
        ("$.changes[1].report", {"kind": "new", "report": [SECRET]}),
        ("$.changes[1]", {"kind": "new"}),
        ("$.changes[1].reportId", {"kind": "withdrawn", "reportId": SECRET}),
        ("$.changes[1].kind", {"kind": 7}),
        ("$.changes[1]", [SECRET]),
        ("$.changes[1].subject", record_json(subject=7)),
        ("$.changes[1].subject", record_json(subject="")),
        ("$.changes[1].reference", record_json(reference="x" * 300)),
        ("$.changes[1]", without("reference", record_json())),
        ("$.changes[1].revision", record_json(revision=-1)),
        ("$.changes[1].date", record_json(date="2026-03-01T12:00:00")),
        ("$.changes[1].record", without("record", record_json())),
        ("$.changes[1].record", without("record", record_json(kind="corrected"))),
        ("$.changes[1].record", record_json(kind="withdrawn")),
        ("$.changes[1].record", record_json(kind="withdrawn", record=None)),
        ("$.changes[1].record", record_json(record=[SECRET])),
        ("$.changes[1].record.hotlineId", record_json(record={"hotlineId": SECRET})),
        ("$.changes[1].record.hotlineId", record_json(reference="4")),
    ],
)
def test_what_is_wrong_with_a_change_is_said_with_its_place(where, change):
    good = {"kind": "new", "report": report_json()}
    error = refused(encode(batch_json(good, change)))
    assert error.facts["where"] == where


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("$.schema", {"schema": 1}),
        ("$.schema", {"schema": 3}),
        ("$.schema", {"schema": "2"}),
        ("$.kind", {"kind": "receipts"}),
        ("$.nature", {"nature": SECRET}),
        ("$.station", {"station": "two words"}),
        ("$.station", {"station": "line\nfeed"}),
        ("$.cursor", {"cursor": ""}),
        ("$.nextCursor", {"nextCursor": "x" * 300}),
        ("$.sequence", {"sequence": 0}),
        ("$.sequence", {"sequence": 10**18}),
        ("$.sequence", {"sequence": 1.5}),
        ("$.previous", {"previous": "A" * 64}),
        ("$.previous", {"previous": "1" * 63}),
        ("$.isSnapshot", {"isSnapshot": 1}),
        ("$.remaining", {"remaining": -1}),
        ("$.changes", {"changes": [{"kind": "x"}] * 1001}),
        ("$.receipts[0].operationId", {"receipts": [{"operationId": "x", "isSettled": True}]}),
    ],
)
def test_what_is_wrong_with_a_batch_is_said_with_its_place(where, fields):
    assert refused(encode(batch_json(**fields))).facts["where"] == where


@pytest.mark.parametrize("name", ["sequence", "previous", "cursor", "nextCursor", "isSnapshot"])
def test_a_batch_without_its_place_in_the_chain_is_refused(name):
    refused(encode(without(name, batch_json())))


def standing_json(**fields: object) -> dict[str, object]:
    return {
        "schema": 2,
        "kind": "standing",
        "portal": "portal-1",
        "station": "station-1",
        "nature": "demo",
        "issuedAt": "2026-03-01T12:00:00Z",
        "sequence": 17,
        "digest": "1" * 64,
    } | fields


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("$.schema", {"schema": 1}),
        ("$.kind", {"kind": "batch"}),
        ("$.portal", {"portal": ""}),
        ("$.station", {"station": SECRET + " "}),
        ("$.nature", {"nature": SECRET}),
        ("$.issuedAt", {"issuedAt": SECRET}),
        ("$.sequence", {"sequence": -1}),
        ("$.digest", {"digest": SECRET}),
    ],
)
def test_what_is_wrong_with_the_word_that_nothing_waits_is_said_with_its_place(where, fields):
    with pytest.raises(MalformedMessage) as caught:
        messages.parse_standing(encode(standing_json(**fields)))
    assert caught.value.facts["where"] == where
    assert SECRET not in str(caught.value)


def test_a_message_of_a_later_version_is_named_as_such_and_not_as_rubbish():
    with pytest.raises(MessageNewer) as caught:
        kind_of(encode(batch_json(schema=SCHEMA + 1, later=True)))
    assert caught.value.facts == {"found": SCHEMA + 1, "known": SCHEMA}


@pytest.mark.parametrize(
    "payload",
    [b"{}", b"[]", b'{"schema":2}', b'{"kind":"batch"}', b'{"schema":2,"kind":"gossip"}',
     b'{"schema":-1,"kind":"batch"}', b'{"schema":2,"kind":7}', b'{"schema":2,"kind":"batch"'],
)  # fmt: skip
def test_what_says_no_kind_is_refused(payload):
    with pytest.raises(MalformedMessage):
        kind_of(payload)


@pytest.mark.parametrize(
    "change",
    [
        b'{"kind":"new","kind":"withdrawn"}',
        b'{"kind":"new","report":{"reportId":1,"reportId":2}}',
        b'{"kind":"later","what":{"a":1,"a":1}}',
        b'{"kind":"later","what":{"a":1,"\\u0061":1}}',
        b'{"kind":"later","what":NaN}',
        b'{"kind":"later","what":Infinity}',
        b'{"kind":"later","what":1e999}',
        b'{"kind":"later","what":1' + b"0" * 5000 + b"}",
        b'{"kind":"later","what":"\xff"}',
        b'{"kind":"later","what":"\\ud800"}',
        b'{"kind":"later","what":"\n"}',
        b'{"kind":"later","what":01}',
        b'{"kind":"later","what":1,}',
        b'{"kind":"later"} {}',
        b'{"kind":"later","what":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}",
        b'{"kind":"later","what":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"kind":"later","what":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
        b'{"kind":"later","what":' + b"[" * 100_000,
    ],
    ids=lambda change: change[:40].decode("latin-1"),
)
def test_json_that_two_readers_could_understand_differently_is_refused(change):
    whole = encode(batch_json()).replace(b'"changes":[', b'"changes":[' + change + b",")
    refused(whole)


@pytest.mark.parametrize("payload", [b"", b"null", b"[]", b"17", b'"x"', b"{}", b"\xef\xbb\xbf{}"])
def test_what_is_no_batch_at_all_is_refused(payload):
    refused(payload)


def test_a_moment_that_no_calendar_holds_in_utc_is_refused():
    report = report_json(updated="0001-01-01T00:00:00+14:00")
    refused(encode(batch_json({"kind": "new", "report": report})))


def test_a_moment_with_another_offset_is_understood_in_utc():
    parsed = messages.parse_report(encode(report_json(updated="2026-03-01T14:30:00+02:30")))
    assert parsed.updated_at == NOON
    assert parsed.updated_at.utcoffset() == timedelta()


def test_a_message_beyond_the_bound_is_refused_unread():
    with pytest.raises(MessageTooLarge):
        messages.parse_batch(b" " * (messages.LONGEST_MESSAGE + 1))


@pytest.mark.parametrize("cell", [b"[],", b"{},", b"1,", b'"",'])
def test_a_message_that_is_small_on_the_wire_and_huge_in_memory_is_refused_unread(cell):
    filler = cell * (6_000_000 // len(cell))
    whole = encode(batch_json()).replace(b'"changes":[', b'"later":[' + filler + b'1],"changes":[')
    with pytest.raises(MessageTooLarge):
        messages.parse_batch(whole)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_batch_is_either_read_or_refused_by_name(data):
    good = encode(batch_json())
    at = data.draw(st.integers(0, len(good) - 1))
    length = data.draw(st.integers(0, 12))
    damage = data.draw(st.binary(max_size=6) | st.sampled_from([b"null", b"[]", b'"', b"{", b"-1"]))
    try:
        batch = messages.parse_batch(good[:at] + damage + good[at + length :])
    except UntrustedData:
        return
    assert batch.portal


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_rubbish_never_raises_anything_but_untrusted_data(rubbish):
    for read in (messages.parse_batch, messages.parse_standing, messages.parse_change, kind_of):
        with pytest.raises(UntrustedData):
            read(rubbish)


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))  # fmt: skip
def test_json_of_another_shape_never_raises_anything_but_untrusted_data(tree):
    payload = encode(tree)
    for read in (messages.parse_batch, messages.parse_standing, messages.parse_change, kind_of):
        with pytest.raises(UntrustedData):
            read(payload)


names = st.sampled_from(["a", "b", '"', "\\", ":", "é", "a:b", ""])


def loosely(value: object) -> str:
    """JSON in which a pair may stand twice, with spaces, and with escapes where none are needed."""
    match value:
        case list():
            return "[ " + " , ".join(map(loosely, value)) + "]"
        case tuple():
            return "{" + ",".join(f"{json.dumps(k)} :{loosely(v)}" for k, v in value) + " }"
        case _:
            return json.dumps(value)


@settings(max_examples=300, deadline=None)
@given(st.recursive(names | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(names, inner), max_size=3).map(tuple), max_leaves=12))  # fmt: skip
def test_a_key_that_stands_twice_is_found_however_it_is_written(value):
    text = loosely(value)

    def pairs_once(pairs):
        assert len({name for name, _ in pairs}) == len(pairs)

    try:
        json.loads(text, object_pairs_hook=pairs_once)
    except AssertionError:
        with pytest.raises(MalformedMessage):
            require_sound(text.encode(), limit=100_000)
    else:
        require_sound(text.encode(), limit=100_000)


@pytest.mark.parametrize("at", [0, 1, 65_534, 65_535, 65_536, 131_073])
def test_what_is_not_utf_8_is_found_wherever_it_stands(at):
    text = "é" * 100_000
    with pytest.raises(MalformedMessage) as caught:
        require_sound(b'"' + text.encode()[:at] + b"\xff" + b'"', limit=10**6)
    odd = at % 2  # half a letter before it is what cannot be read
    assert caught.value.facts["cause"] == f"not UTF-8 at byte {at + 1 - odd}"
    require_sound(f'"{text}"'.encode(), limit=10**6)
    require_sound(f'"x{text}"'.encode(), limit=10**6)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_wrong_value_anywhere_never_raises_anything_but_untrusted_data(data):
    tree = batch_json({"kind": "new", "report": report_json()}, record_json())
    node: object = tree
    for _ in range(data.draw(st.integers(1, 6))):
        held: list[object] = (
            list(node) if isinstance(node, dict)
            else list(range(len(node))) if isinstance(node, list) else []
        )  # fmt: skip
        if not held:
            break
        parent, key = node, data.draw(st.sampled_from(held))
        node = parent[key]  # type: ignore[index]
    parent[key] = data.draw(  # type: ignore[index]
        st.none() | st.booleans() | st.integers() | st.text() | st.just([]) | st.just({})
    )
    with suppress(UntrustedData):
        assert messages.parse_batch(encode(tree)).portal


def test_absent_parts_of_a_report_mean_not_known():
    contents = [{"contentId": 1, "url": {"urlString": "https://a.example/"}}]
    parsed: Report = messages.parse_report(encode(report_json(reportContents=contents)))
    (item,) = parsed.contents
    assert not item.is_source
    assert item.hosting.organization is None
    assert not item.hosting.is_delivery_network
    assert not (item.assessments or item.actions or item.media)
