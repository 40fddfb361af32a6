"""Who may ask: a request that was altered, repeated, late or out of session is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.admission import SignedRequest
from cport_desktop.demo.gateway import Gateway
from cport_desktop.errors import (
    AccessRevoked,
    ClockSkew,
    MalformedMessage,
    SessionExpired,
    SignatureInvalid,
)
from tests.demo.conftest import UNTIL, OpenGateway
from tests.demo.stations import Station, enrol

NONCE = "00112233445566778899aabbccddeeff"
OTHER_NONCE = NONCE[::-1]
TARGET = "/v1/changes?limit=200"


@pytest.fixture
def token(station: Station) -> str:
    asked = station.signed("/v1/token", at=UNTIL, nonce="f" * 32, method="POST")
    return station.gateway.admission.open_session(asked).token


@pytest.fixture
def request_(station: Station, token: str) -> SignedRequest:
    return station.signed(TARGET, at=UNTIL, nonce=NONCE, token=token, body=b"{}", range_header="x")


def test_a_signed_request_within_a_session_is_admitted(
    station: Station, request_: SignedRequest
) -> None:
    assert station.gateway.admission.admit(request_) == station.name


@pytest.mark.parametrize(
    "altered",
    [
        {"method": "POST"},
        {"target": "/v1/changes?limit=201"},
        {"body": b"{ }"},
        {"time": "2026-11-01T12:00:01Z"},
        {"nonce": OTHER_NONCE},
        {"range_header": "y"},
        {"signature": ""},
        {"signature": "not base64"},
        {"signature": "AAAA"},
    ],
    ids=str,
)
def test_an_altered_request_is_refused(
    gateway: Gateway, request_: SignedRequest, altered: dict[str, object]
) -> None:
    with pytest.raises(SignatureInvalid):
        gateway.admission.admit(replace(request_, **altered))  # type: ignore[arg-type]
    gateway.admission.admit(request_)


def test_a_request_that_comes_twice_is_refused(gateway: Gateway, request_: SignedRequest) -> None:
    gateway.admission.admit(request_)
    with pytest.raises(SignatureInvalid):
        gateway.admission.admit(request_)


def test_a_restart_does_not_forget_what_was_seen(
    open_gateway_at: OpenGateway, tmp_path: Path, request_: SignedRequest, gateway: Gateway
) -> None:
    gateway.admission.admit(request_)
    gateway.close()
    again = open_gateway_at(tmp_path / "gateway")
    with pytest.raises(SignatureInvalid):
        again.admission.admit(request_)


@pytest.mark.parametrize("seconds", [-302, 302, 3600])
def test_a_request_from_another_time_is_refused_with_the_difference(
    station: Station, token: str, seconds: int
) -> None:
    at = UNTIL - timedelta(seconds=seconds)
    with pytest.raises(ClockSkew) as caught:
        station.gateway.admission.admit(station.signed(TARGET, at=at, nonce=NONCE, token=token))
    assert caught.value.facts["seconds"] == seconds


@pytest.mark.parametrize("seconds", [-295, 0, 295])
def test_clocks_may_differ_by_five_minutes(station: Station, token: str, seconds: int) -> None:
    at = UNTIL + timedelta(seconds=seconds)
    asked = station.signed(TARGET, at=at, nonce=NONCE, token=token)
    assert station.gateway.admission.admit(asked) == station.name


def test_nonces_are_kept_as_long_as_a_repeat_could_be_on_time(
    station: Station, clock: SteppingClock, token: str
) -> None:
    early = station.signed(TARGET, at=UNTIL + timedelta(seconds=290), nonce=NONCE, token=token)
    station.gateway.admission.admit(early)
    clock.advance(timedelta(seconds=580))
    with pytest.raises(SignatureInvalid):
        station.gateway.admission.admit(early)


def test_a_session_ends_after_half_an_hour(
    station: Station, clock: SteppingClock, token: str
) -> None:
    clock.advance(timedelta(seconds=1790))
    asked = station.signed(TARGET, at=clock.now(), nonce=NONCE, token=token)
    assert station.gateway.admission.admit(asked) == station.name
    clock.advance(timedelta(seconds=20))
    with pytest.raises(SessionExpired):
        station.gateway.admission.admit(
            station.signed(TARGET, at=clock.now(), nonce=OTHER_NONCE, token=token)
        )


@pytest.mark.parametrize("foreign", ["", "guess"])
def test_a_request_without_a_session_is_refused(station: Station, foreign: str) -> None:
    asked = station.signed(TARGET, at=UNTIL, nonce=NONCE, token=foreign)
    with pytest.raises(SessionExpired):
        station.gateway.admission.admit(asked)


def test_another_stations_session_is_no_session(gateway: Gateway, token: str) -> None:
    asked = enrol(gateway).signed(TARGET, at=UNTIL, nonce=NONCE, token=token)
    with pytest.raises(SessionExpired):
        gateway.admission.admit(asked)


def test_who_is_not_known_or_no_longer_welcome_is_refused(
    station: Station, request_: SignedRequest
) -> None:
    admission = station.gateway.admission
    with pytest.raises(AccessRevoked):
        admission.admit(replace(request_, station="station-nobody"))
    station.gateway.revoke(station.name)
    with pytest.raises(AccessRevoked):
        admission.admit(request_)


@pytest.mark.parametrize("nonce", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "٠" * 32])
def test_a_nonce_is_32_hex_digits(station: Station, token: str, nonce: str) -> None:
    with pytest.raises(MalformedMessage):
        station.gateway.admission.admit(station.signed(TARGET, at=UNTIL, nonce=nonce, token=token))


@pytest.mark.parametrize("time", ["", "now", "2026-13-45T99:99:99Z", "2026-11-01T12:00:00"])
def test_a_time_that_is_none_is_malformed_even_if_signed(
    station: Station, token: str, time: str
) -> None:
    asked = station.signed(TARGET, at=UNTIL, nonce=NONCE, token=token, time=time)
    with pytest.raises(MalformedMessage):
        station.gateway.admission.admit(asked)
