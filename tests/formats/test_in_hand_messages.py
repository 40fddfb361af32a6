"""What is in hand, on its way there and back: read as it was printed, and nothing else taken for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.ids import Actor, PortalId, ReportId, StationId
from cport_desktop.domain.in_hand import (
    MOST_TOLD,
    HandKind,
    InHand,
    InHandElsewhere,
    InHandHere,
    ToldElsewhere,
)
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import portal_messages as messages

NOON = datetime(2026, 5, 17, 12, tzinfo=UTC)

moments = st.integers(0, 10_000_000).map(lambda seconds: NOON + timedelta(seconds=seconds))
names = st.text(min_size=1, max_size=40, alphabet=st.characters(codec="utf-8"))
numbers = st.integers(1, 2**40).map(ReportId)
leases = st.builds(InHand, numbers, st.just(HandKind.LEASE), names.map(Actor), moments, moments)
assignments = st.builds(
    InHand, numbers, st.just(HandKind.ASSIGNMENT), names.map(Actor), moments, st.none()
)
entries = leases | assignments
stations = st.sampled_from(["station-1", "station-2"]).map(StationId)
here = st.builds(InHandHere, stations, moments, st.lists(entries, max_size=5).map(tuple))
elsewhere = st.builds(
    InHandElsewhere,
    st.just(PortalId("portal-1")),
    stations,
    st.sampled_from(Nature),
    moments,
    st.lists(st.builds(ToldElsewhere, stations, moments, entries), max_size=5).map(tuple),
)


@given(here)
def test_what_a_station_has_in_hand_is_read_back_as_it_was_printed(told: InHandHere) -> None:
    assert messages.parse_in_hand(messages.print_in_hand(told)) == told


@given(elsewhere)
def test_what_others_have_is_read_back_as_it_was_printed(told: InHandElsewhere) -> None:
    assert messages.parse_elsewhere(messages.print_elsewhere(told)) == told


def an_entry(**fields: object) -> dict[str, object]:
    return {
        "reportId": 17,
        "kind": "lease",
        "analyst": "analyst-3f9a01bc",
        "since": "2026-05-17T12:00:00Z",
        "until": "2026-05-17T12:15:00Z",
    } | fields


def a_message(*told: dict[str, object], **fields: object) -> bytes:
    message: dict[str, object] = {
        "schema": 2,
        "kind": "inHand",
        "station": "station-1",
        "saidAt": "2026-05-17T12:00:00Z",
        "entries": list(told),
    }
    return json.dumps(message | fields).encode()


def test_a_kind_of_a_later_version_is_passed_over_and_the_rest_is_heard() -> None:
    told = messages.parse_in_hand(a_message(an_entry(kind="glance"), an_entry(reportId=18)))

    assert [entry.report_id for entry in told.entries] == [18]


@pytest.mark.parametrize(
    "untrusted",
    [
        a_message(an_entry(until=None)),
        a_message(an_entry(kind="assignment")),
        a_message(an_entry(analyst="")),
        a_message(an_entry(analyst="x" * 513)),
        a_message(an_entry(reportId=-1)),
        a_message(an_entry(since="2026-05-17T12:00:00")),
        a_message(an_entry(until="soon")),
        a_message(*[an_entry()] * (MOST_TOLD + 1)),
        a_message(kind="inHandElsewhere"),
        a_message(schema=1),
        a_message()[:-1],
    ],
    ids=["endless lease", "assignment that ends", "nobody", "long name", "no number", "no zone",
         "no moment", "too many", "another kind", "another schema", "cut"],
)  # fmt: skip
def test_rubbish_is_refused_by_name(untrusted: bytes) -> None:
    with pytest.raises(MalformedMessage):
        messages.parse_in_hand(untrusted)
