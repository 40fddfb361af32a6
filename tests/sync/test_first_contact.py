"""A portal that wants to see a certificate before it knows a station: it is shown the one given."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from cport_desktop.clock import SystemClock
from cport_desktop.errors import KeyFileMalformed, StationCertificateRefused, Unreachable
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.station_certificate import StationCertificate, certificate_in
from tests.hostile.scripted_server import Asked, answer, serving
from tests.sync.test_named_roads import (
    AUTHORITY,
    a_station_certificate,
    asking_for_certificates,
)


def enrol(url: str, shown: StationCertificate | None) -> bytes:
    terms = Terms(shown=shown)
    road = PortalTransport(url, authority_pem=AUTHORITY.pem, clock=SystemClock(), terms=terms)
    try:
        return road.enrol(b"{}")
    finally:
        road.close()


def test_the_certificate_that_was_given_is_shown_at_the_first_contact(tmp_path: Path) -> None:
    def script(_asked: Asked) -> list[bytes]:
        return [answer(200, b"an answer")]

    with serving(script, asking_for_certificates(tmp_path)) as server:
        assert enrol(server.url, a_station_certificate(AUTHORITY)) == b"an answer"
        with pytest.raises((StationCertificateRefused, Unreachable)):
            enrol(server.url, None)


def test_it_is_read_from_pem_files() -> None:
    shown = a_station_certificate(AUTHORITY)
    key = serialization.load_der_private_key(shown.private_key, password=None).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )

    assert certificate_in(shown.certificate, key) == shown
    assert certificate_in(key + shown.certificate, key + shown.certificate) == shown
    for certificate, private in ((b"no", key), (shown.certificate, b"no")):
        with pytest.raises(KeyFileMalformed):
            certificate_in(certificate, private)
