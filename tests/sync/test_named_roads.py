"""Whatever keeps a station from its portal has a name of its own, and a cure that fits it.

Driven through real sockets on loopback, and through what the operating system itself says.
"""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cport_desktop.clock import SystemClock
from cport_desktop.crypto import message_keys
from cport_desktop.domain.batch import START
from cport_desktop.domain.ids import StationId
from cport_desktop.errors import (
    AccessRevoked,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOtherName,
    CertificateRejected,
    ClockSkew,
    CportError,
    KeyFileMalformed,
    NameNotFound,
    NoNetwork,
    PolicyRefused,
    PortalBusy,
    ProxyRefused,
    SessionExpired,
    StationCertificateExpired,
    StationCertificateRefused,
    Unreachable,
)
from cport_desktop.formats.session_message import SessionToken, print_token
from cport_desktop.sync.countdown import Patience
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.station_certificate import StationCertificate
from cport_desktop.sync.transfer import Persistence, is_passing
from cport_desktop.words.errors import explain
from tests.hostile.certificates import DAY, Authority, new_authority, server_context
from tests.hostile.scripted_server import Asked, answer, serving

AUTHORITY = new_authority()
TOKEN = answer(200, print_token(SessionToken("t-1", 1800)))
IMPATIENT = Patience(connect=0.3, silence=0.3, whole=1.0, grace=0.3, slowest=50_000.0)


def asked_of(url: str, **terms: Any) -> CportError:
    """The error that the first question to `url` ends with."""
    usual: dict[str, Any] = {"patience": IMPATIENT, "persistence": Persistence(attempts=1)}
    shown = terms.pop("shown", None)
    transport = PortalTransport(
        url,
        authority_pem=AUTHORITY.pem,
        clock=SystemClock(),
        station=StationId("station-1"),
        sign=message_keys.signing_with(message_keys.generate_ed25519().private),
        certificate=shown,
        terms=Terms(**usual | terms),
    )
    with closing(transport), pytest.raises(CportError) as caught:
        transport.changes(START, limit=10)
    return caught.value


def refused_with(tmp_path: Path, status: int, body: bytes, *headers: str) -> tuple[CportError, int]:
    """The error that a portal's refusal becomes, and how often it was asked for changes."""

    def script(asked: Asked) -> list[bytes]:
        return [TOKEN] if asked.target == "/v1/token" else [answer(status, body, *headers)]

    with serving(script, server_context(AUTHORITY, tmp_path)) as server:
        error = asked_of(server.url, persistence=Persistence(attempts=4, first_wait=0.01))
        return error, len([one for one in server.asked if "changes" in one.target])


@contextmanager
def a_silent_listener() -> Iterator[str]:
    """Takes connections in its queue, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.skipif(sys.platform != "linux", reason="what an address without a route is told")
def test_no_network_is_what_the_system_says_when_no_way_leads_there():
    # Linux has no route for TCP to the broadcast address, on whatever network it is.
    error = asked_of("https://255.255.255.255")
    assert type(error) is NoNetwork
    assert "cable" in explain(error).hint


def test_no_network_is_also_why_no_name_is_found_without_one():
    assert type(asked_of("https://portal.invalid", has_network=lambda: False)) is NoNetwork


def test_a_name_without_address_on_a_machine_with_a_network_is_named():
    error = asked_of("https://portal.invalid", has_network=lambda: True)
    assert type(error) is NameNotFound
    assert "portal.invalid" in explain(error).message


def test_no_answer_is_one_that_was_waited_for_and_one_that_nobody_gives():
    with a_silent_listener() as url:
        silent = asked_of(url)
    nobody = asked_of(url)
    assert type(silent) is type(nobody) is Unreachable
    assert silent.facts != nobody.facts


def test_a_proxy_that_is_not_there_is_not_the_portal():
    with a_silent_listener() as url:
        dead = url.replace("https", "http")
    assert type(asked_of("https://portal.example", proxy=dead)) is ProxyRefused


@pytest.mark.parametrize(
    ("expected", "terms", "cure"),
    [
        (CertificateExpired, {"start": -2 * DAY, "end": -DAY}, "removable media"),
        (CertificateNotYetValid, {"start": DAY, "end": 2 * DAY}, "date"),
        (CertificateOtherName, {"address": "192.0.2.1"}, "Do not go on"),
    ],
)
def test_a_certificate_out_of_its_time_or_place_has_a_name_and_a_cure(
    tmp_path, expected, terms, cure
):
    with serving(lambda _: [TOKEN], server_context(AUTHORITY, tmp_path, **terms)) as server:
        error = asked_of(server.url)
        assert type(error) is expected
        assert cure in explain(error).hint
        assert not server.asked


def test_a_certificate_of_another_authority_is_the_one_that_nobody_goes_on_with(tmp_path):
    with serving(lambda _: [TOKEN], server_context(new_authority(), tmp_path)) as server:
        assert type(asked_of(server.url)) is CertificateRejected


@pytest.mark.parametrize(
    ("expected", "status", "body", "cure"),
    [
        (ClockSkew, 401, b'{"error":"clock_skew","time":"2020-01-01T00:00:00Z"}', "Set the clock"),
        (AccessRevoked, 403, b'{"error":"access_revoked"}', "national hotline"),
        (
            PolicyRefused,
            403,
            b'{"error":"policy","clause":"4.2","reason":"synthetic reason"}',
            "portal agreement",
        ),
        (StationCertificateRefused, 403, b'{"error":"certificate"}', "enrol again"),
    ],
)
def test_what_trying_again_does_not_cure_is_asked_once(tmp_path, expected, status, body, cure):
    error, times = refused_with(tmp_path, status, body)
    assert type(error) is expected
    assert cure in explain(error).hint
    assert "try again" not in explain(error).hint.lower()
    assert times == 1


def test_a_refusal_by_policy_names_clause_and_reason_of_the_portal(tmp_path):
    body = b'{"error":"policy","clause":"4.2","reason":"synthetic reason"}'
    error, _ = refused_with(tmp_path, 403, body)
    assert "4.2" in explain(error).message
    assert "synthetic reason" in explain(error).message


def test_a_session_that_ended_is_begun_anew_once_and_then_named_with_signing_in_as_cure(tmp_path):
    error, times = refused_with(tmp_path, 401, b'{"error":"session_expired"}')
    assert type(error) is SessionExpired
    assert times == 2
    hint = explain(error).hint
    assert "Sign in" in hint
    assert "try again" not in hint.lower()
    assert "retry" not in hint.lower()
    assert not is_passing(error)


def test_a_busy_portal_says_when_to_come_back(tmp_path):
    error, times = refused_with(tmp_path, 503, b'{"error":"busy"}', "Retry-After: 900")
    assert type(error) is PortalBusy
    assert error.facts["retry_after"] == 900
    assert "900" in explain(error).hint
    assert times == 1  # so long nobody waits in front of a screen


# Our own certificate, and what a portal's TLS says of it


def a_station_certificate(authority: Authority, **time: Any) -> StationCertificate:
    pair = message_keys.generate_p256()
    public = serialization.load_der_public_key(pair.public)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return StationCertificate(authority.certify(public, **time), pair.private)


def asking_for_certificates(tmp_path: Path) -> ssl.SSLContext:
    context = server_context(AUTHORITY, tmp_path)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=AUTHORITY.pem.decode())
    return context


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize(
    ("expected", "shown", "cause"),
    [
        (StationCertificateRefused, None, "none was shown"),
        (
            StationCertificateRefused,
            a_station_certificate(new_authority("another authority")),
            "not from an authority",
        ),
        (
            StationCertificateRefused,
            a_station_certificate(new_authority()),  # of the same name
            "signature does not hold",
        ),
        (
            StationCertificateExpired,
            a_station_certificate(AUTHORITY, start=-2 * DAY, end=-DAY),
            "the portal says so",
        ),
    ],
)
def test_our_certificate_that_tls_does_not_take_is_named(tmp_path, expected, shown, cause, version):
    context = asking_for_certificates(tmp_path)
    context.maximum_version = version
    with serving(lambda _: [TOKEN], context) as server:
        error = asked_of(server.url, shown=shown)
        assert not server.asked
    if version is ssl.TLSVersion.TLSv1_2 and shown is None:
        # TLS 1.2 has no alert of its own for this (RFC 5246, 7.2.2): a failed handshake.
        assert isinstance(error, StationCertificateRefused | Unreachable)
        return
    assert type(error) is expected
    assert cause in str(error)
    assert "enrol again" in explain(error).hint


def test_our_certificate_that_expired_is_named_with_its_date(tmp_path):
    shown = a_station_certificate(AUTHORITY, start=-2 * DAY, end=-DAY)
    with serving(lambda _: [TOKEN], asking_for_certificates(tmp_path)) as server:
        error = asked_of(server.url, shown=shown)
    assert f"{shown.valid_until():%Y-%m-%d}" in explain(error).message


def test_our_certificate_is_shown_to_a_portal_that_asks_for_it(tmp_path):
    def script(asked: Asked) -> list[bytes]:
        return [TOKEN] if asked.target == "/v1/token" else [answer(503, b"{}")]

    with serving(script, asking_for_certificates(tmp_path)) as server:
        error = asked_of(server.url, shown=a_station_certificate(AUTHORITY))
    assert type(error) is PortalBusy  # it was heard


def test_a_certificate_with_anothers_key_is_not_used(tmp_path):
    one, other = a_station_certificate(AUTHORITY), a_station_certificate(AUTHORITY)
    with pytest.raises(KeyFileMalformed):
        asked_of(
            "https://portal.example",
            shown=StationCertificate(one.certificate, other.private_key),
        )
