"""A code on paper is good for one station; the very same request is answered again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.batch import RecordChange
from cport_desktop.domain.operation import HoldTakedown
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.errors import AccessRevoked, CodeRefused
from cport_desktop.formats import portal_messages
from cport_desktop.words.errors import explain
from tests.demo.conftest import OpenGateway
from tests.demo.stations import Station, enrol, feedback_on, new_keys, reports_of, request_for


def test_a_second_station_with_a_used_code_is_refused_with_its_sentence(gateway: Gateway) -> None:
    code = gateway.identity.enrolment_code
    gateway.enrol(request_for(gateway, new_keys(), code=code))

    with pytest.raises(CodeRefused) as refused:
        gateway.enrol(request_for(gateway, new_keys(), code=code))

    assert len(gateway.stations()) == 1
    said = explain(refused.value)
    assert said.message == "The portal does not take this enrolment code."
    assert "can be used once" in said.hint


def test_the_very_same_request_is_answered_the_same_after_a_restart_too(
    open_gateway_at: OpenGateway, tmp_path: Path
) -> None:
    gateway = open_gateway_at(tmp_path / "gateway")
    request = request_for(gateway, new_keys())
    answer = gateway.enrol(request)
    enrol(gateway)
    gateway.close()

    again = open_gateway_at(tmp_path / "gateway")

    assert again.enrol(request) == answer
    assert len(again.stations()) == 2


def test_the_same_station_with_other_keys_needs_a_code_of_its_own(gateway: Gateway) -> None:
    keys, code = new_keys(), gateway.identity.enrolment_code
    gateway.enrol(request_for(gateway, keys, code=code))
    other = replace(new_keys(), message=keys.message)

    with pytest.raises(CodeRefused):
        gateway.enrol(request_for(gateway, other, code=code))
    gateway.enrol(request_for(gateway, other))

    assert len(gateway.stations()) == 1
    with pytest.raises(CodeRefused):
        gateway.enrol(request_for(gateway, new_keys(), code=code))


def test_another_code_is_open_at_once_and_lies_beside_the_identity(
    open_gateway_at: OpenGateway, tmp_path: Path
) -> None:
    gateway = open_gateway_at(tmp_path / "gateway")
    first = gateway.identity.enrolment_code
    enrol(gateway)
    opened = gateway.identity.enrolment_code
    paper = tmp_path / "gateway" / "enrolment-code.txt"

    assert opened != first
    assert paper.read_text() == f"{opened}\n"
    assert paper.stat().st_mode & 0o077 == 0
    gateway.close()
    assert open_gateway_at(tmp_path / "gateway").identity.enrolment_code == opened
    assert paper.read_text() == f"{opened}\n"


def test_a_refused_request_uses_no_code_up(gateway: Gateway, clock: SteppingClock) -> None:
    keys, code = new_keys(), gateway.identity.enrolment_code
    with pytest.raises(CodeRefused):
        gateway.enrol(request_for(gateway, keys, code="AAAA-BBBB-CCCC-DDDD"))
    assert gateway.identity.enrolment_code == code

    station = enrol(gateway)
    gateway.revoke(station.name)
    opened = gateway.identity.enrolment_code
    for tried in (code, opened):
        with pytest.raises(AccessRevoked):
            gateway.enrol(request_for(gateway, station.keys, code=tried))
    assert gateway.identity.enrolment_code == opened


def test_a_hold_is_that_of_the_agency_whose_station_asked_for_it(
    gateway: Gateway, clock: SteppingClock
) -> None:
    """Two stations of two agencies, both told of both holds."""
    stations = [a_station_of(gateway, agency) for agency in ("Agency One", "Agency Two")]
    reports = reports_of(stations[0].pages())
    until = clock.now() + timedelta(days=3)
    for number, station in enumerate(stations):
        said = feedback_on(reports[number], 1)
        (receipt,) = station.send(replace(said, body=HoldTakedown(until, "synthetic reason")))
        assert receipt.is_settled, receipt.reason

    for station in stations:
        holds = [
            change.value
            for batch in station.pages()
            for change in batch.changes
            if isinstance(change, RecordChange) and isinstance(change.value, TakedownHold)
        ]
        assert {(hold.report_id, hold.agency) for hold in holds} == {
            (reports[0].report_id, "Agency One"),
            (reports[1].report_id, "Agency Two"),
        }


def a_station_of(gateway: Gateway, agency: str) -> Station:
    keys = new_keys()
    asked = portal_messages.parse_enrolment_request(request_for(gateway, keys))
    request = portal_messages.print_enrolment_request(replace(asked, agency=agency))
    return Station(gateway, keys, portal_messages.unseal_enrolment_answer(gateway.enrol(request)))
