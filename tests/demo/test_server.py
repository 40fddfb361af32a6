"""The gateway over real loopback HTTPS: what travels, what breaks on request, how it stops."""

from __future__ import annotations

import http.client
import ipaddress
import json
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.admission import SignedRequest
from cport_desktop.demo.faults import Faults
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.ledger import Ledger
from cport_desktop.demo.server import HOST, RunningServer, running_server
from cport_desktop.domain.batch import START, Batch, Position
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import MediaNotice
from cport_desktop.errors import Unreachable
from cport_desktop.formats import portal_messages
from cport_desktop.formats.request_signing import (
    NONCE_HEADER,
    SIGNATURE_HEADER,
    STATION_HEADER,
    TIME_HEADER,
)
from cport_desktop.sync.station_certificate import StationCertificate, present
from tests.demo.stations import (
    Station,
    enrol,
    feedback_on,
    new_keys,
    notices_of,
    reports_of,
    request_for,
)
from tests.hostile.certificates import new_authority

Connect = Callable[..., "AbstractContextManager[Line]"]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def error(self) -> object:
        return json.loads(self.body)["error"]


@dataclass
class Line:
    """Plain HTTPS as an outsider would speak it, with the headers a station sends."""

    server: RunningServer
    station: Station
    clock: SteppingClock
    token: str = field(default="")

    def sign_in(self) -> Line:
        reply = self.ask("/v1/token", method="POST")
        assert reply.status == 200
        answer = json.loads(reply.body)
        assert answer["expires_in"] == 1800
        self.token = answer["token"]
        return self

    def ask(self, target: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
        signed = self.station.signed(
            target,
            at=self.clock.now(),
            nonce=secrets.token_hex(16),
            method=method,
            body=body,
            range_header=headers.get("Range", ""),
            token=self.token,
        )
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        shown = self.station.certificate
        return raw(self.server, method, target, sent_headers(signed) | names, body, shown=shown)


def sent_headers(signed: SignedRequest) -> dict[str, str]:
    return {
        STATION_HEADER: signed.station,
        TIME_HEADER: signed.time,
        NONCE_HEADER: signed.nonce,
        SIGNATURE_HEADER: signed.signature,
        "Authorization": f"Bearer {signed.token}",
    }


def strict_context(server: RunningServer) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(server.authority))
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def raw(
    server: RunningServer,
    method: str,
    target: str,
    headers: dict[str, str],
    body: bytes = b"",
    *,
    shown: StationCertificate | None = None,
) -> Reply:
    context = strict_context(server)
    if shown is not None:
        present(context, shown)
    connection = http.client.HTTPSConnection(HOST, server.port, timeout=10, context=context)
    try:
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture
def connect(gateway: Gateway, clock: SteppingClock) -> Connect:
    @contextmanager
    def connected(faults: str = "") -> Iterator[Line]:
        with running_server(gateway, faults=Faults.parse(faults)) as server:
            yield Line(server, enrol(gateway), clock)

    return connected


@pytest.fixture
def line(connect: Connect) -> Iterator[Line]:
    with connect() as line:
        yield line.sign_in()


def a_notice(line: Line) -> MediaNotice:
    return notices_of(reports_of([line.station.page(limit=20)])[0])[0]


def changes_behind(position: Position, limit: int = 20) -> str:
    """The target of a question for what follows."""
    place = f"&cursor={position.cursor}&digest={position.digest}" if position.cursor else ""
    return f"/v1/changes?limit={limit}{place}"


def page(line: Line, position: Position = START) -> Batch:
    reply = line.ask(changes_behind(position))
    return portal_messages.parse_batch(line.station.unsealed(reply.body))


def test_a_station_enrols_with_nothing_but_the_code(line: Line) -> None:
    keys = new_keys()
    request = request_for(line.station.gateway, keys)
    reply = raw(line.server, "POST", "/v1/enrolment", {}, request)
    assert reply.status == 200
    assert portal_messages.unseal_enrolment_answer(reply.body).station != line.station.name


def test_pages_travel_sealed_and_with_their_length(line: Line) -> None:
    reply = line.ask("/v1/changes?limit=20")
    assert reply.status == 200
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    assert reply.headers["Content-Encoding"] is None
    batch = portal_messages.parse_batch(line.station.unsealed(reply.body))
    assert len(reports_of([batch])) <= 20
    following = page(line, batch.position)
    assert (following.cursor, following.previous) == (batch.next_cursor, batch.digest)
    assert len(following.changes) == 20


def test_pages_are_packed_within_the_signature(line: Line) -> None:
    reply = line.ask("/v1/changes?limit=20")
    assert len(reply.body) * 3 < len(line.station.unsealed(reply.body))


def test_operations_travel_and_receipts_come_back(line: Line) -> None:
    report = reports_of([line.station.page(limit=20)])[0]
    body = portal_messages.print_operations(line.station.name, (feedback_on(report, 1),))
    reply = line.ask("/v1/operations", method="POST", body=body)
    [receipt] = portal_messages.parse_receipts(line.station.unsealed(reply.body)).receipts
    assert receipt.is_settled


def test_a_file_travels_whole_or_from_an_offset_on(line: Line) -> None:
    notice = a_notice(line)
    target, middle = f"/v1/media/{notice.media_id}", notice.size // 2
    whole = line.ask(target)
    assert (whole.status, len(whole.body)) == (200, notice.size)
    assert whole.headers["ETag"] == f'"{notice.sha256}"'
    rest = line.ask(target, Range=f"bytes={middle}-")
    assert (rest.status, rest.body) == (206, whole.body[middle:])
    assert rest.headers["Content-Range"] == f"bytes {middle}-{notice.size - 1}/{notice.size}"
    assert int(rest.headers["Content-Length"]) == notice.size - middle
    assert rest.headers["ETag"] == whole.headers["ETag"]


def test_an_offset_counts_only_for_the_same_file(line: Line) -> None:
    notice = a_notice(line)
    target = f"/v1/media/{notice.media_id}"
    same = line.ask(target, Range="bytes=5-", If_Range=f'"{notice.sha256}"')
    assert (same.status, len(same.body)) == (206, notice.size - 5)
    other = line.ask(target, Range="bytes=5-", If_Range='"another"')
    assert (other.status, len(other.body)) == (200, notice.size)
    behind = line.ask(target, Range=f"bytes={notice.size}-")
    assert behind.status == 416
    assert behind.headers["Content-Range"] == f"bytes */{notice.size}"


@pytest.mark.parametrize("odd", ["bytes=-5", "bytes=1-2", "bytes=0-1,3-4", "lines=1-", "x"])
def test_other_ranges_get_the_whole_file(line: Line, odd: str) -> None:
    notice = a_notice(line)
    reply = line.ask(f"/v1/media/{notice.media_id}", Range=odd)
    assert (reply.status, len(reply.body)) == (200, notice.size)


@pytest.mark.parametrize(
    ("target", "status", "error"),
    [
        ("/v1/changes?limit=0", 400, "malformed"),
        ("/v1/changes?limit=x", 400, "malformed"),
        ("/v1/changes?limit=9999999999", 400, "malformed"),
        ("/v1/changes?limit=5&cursor=nonsense", 404, "unknown"),
        ("/v1/media/1", 404, "unknown"),
        ("/v1/media/x", 404, "unknown"),
        (f"/v1/media/{'9' * 5000}", 404, "unknown"),
        ("/v1/nowhere", 404, "unknown"),
        ("/v1/operations", 405, "unknown"),
    ],
)
def test_refusals_name_the_problem(line: Line, target: str, status: int, error: str) -> None:
    reply = line.ask(target)
    assert (reply.status, reply.error) == (status, error)


def test_a_refused_enrolment_names_the_problem(line: Line) -> None:
    gateway = line.station.gateway
    wrong = request_for(gateway, new_keys(), code="wrong")
    live = request_for(gateway, new_keys(), nature=Nature.LIVE)
    reply = raw(line.server, "POST", "/v1/enrolment", {}, live)
    assert (reply.status, json.loads(reply.body)) == (409, {"error": "nature", "nature": "demo"})
    reply = raw(line.server, "POST", "/v1/enrolment", {}, wrong)
    assert (reply.status, reply.error) == (403, "enrolment_code")
    reply = raw(line.server, "POST", "/v1/enrolment", {}, b"{")
    assert (reply.status, reply.error) == (400, "malformed")
    reply = raw(line.server, "POST", "/v1/enrolment", {}, b" " * 70_000)
    assert (reply.status, reply.error) == (413, "malformed")


def test_who_is_not_signed_in_signed_or_on_time_is_told_which(line: Line) -> None:
    stranger = raw(line.server, "GET", "/v1/changes", {})
    assert (stranger.status, stranger.error) == (403, "access_revoked")
    line.token = "gone"
    assert (line.ask("/v1/changes").status, line.ask("/v1/changes").error) == (
        401,
        "session_expired",
    )
    signed = line.station.signed("/v1/token", at=line.clock.now(), nonce="0" * 32, method="POST")
    for status, error in ((200, None), (401, "signature")):
        shown = line.station.certificate
        reply = raw(line.server, "POST", "/v1/token", sent_headers(signed), shown=shown)
        assert reply.status == status
        assert error is None or reply.error == error
    late = line.station.signed(
        "/v1/token", at=line.clock.now(), nonce="1" * 32, method="POST", time="2026-11-01T11:00:00Z"
    )
    shown = line.station.certificate
    reply = raw(line.server, "POST", "/v1/token", sent_headers(late), shown=shown)
    assert (reply.status, reply.error) == (401, "clock_skew")
    assert json.loads(reply.body)["time"].startswith("2026-11-01T12:00")


def test_a_cut_breaks_the_line_after_so_many_bytes(connect: Connect) -> None:
    with connect("cut=500") as line:
        notice = a_notice(line.sign_in())
        with pytest.raises(http.client.IncompleteRead) as caught:
            line.ask(f"/v1/media/{notice.media_id}")
        assert len(caught.value.partial) == 500
        with pytest.raises(http.client.IncompleteRead) as caught:
            line.ask(f"/v1/media/{notice.media_id}", Range="bytes=500-")
        assert len(caught.value.partial) == 500


def test_a_wrong_length_is_stated_and_kept_to(connect: Connect) -> None:
    with connect("wrong-length") as line:
        notice = a_notice(line.sign_in())
        reply = line.ask(f"/v1/media/{notice.media_id}")
        assert int(reply.headers["Content-Length"]) == len(reply.body) == notice.size - 7


def test_a_busy_gateway_says_when_to_come_again(connect: Connect) -> None:
    with connect("5xx=1") as line:
        reply = line.ask("/v1/token", method="POST")
        assert (reply.status, reply.error) == (503, "busy")
        assert reply.headers["Retry-After"] == "1"


def test_a_stale_cursor_brings_the_beginning_again(connect: Connect) -> None:
    with connect("stale-cursor") as line:
        first = page(line.sign_in())
        again = page(line, first.position)
        assert again.cursor is None
        assert again.changes == first.changes


def test_a_replay_is_the_first_page_to_the_byte(connect: Connect) -> None:
    with connect("replay") as line:
        first = line.sign_in().ask("/v1/changes?limit=3").body
        position = portal_messages.parse_batch(line.station.unsealed(first)).position
        assert line.ask(changes_behind(position, 3)).body == first


def test_latency_makes_every_answer_late(connect: Connect) -> None:
    with connect("latency=150ms") as line:
        began = time.monotonic()
        line.sign_in()
        assert time.monotonic() - began >= 0.15


def test_it_listens_on_loopback_alone_and_speaks_tls_1_3(line: Line) -> None:
    with socket.create_connection((HOST, line.server.port), timeout=5) as plain:
        assert ipaddress.ip_address(plain.getpeername()[0]).is_loopback
        context = strict_context(line.server)
        with context.wrap_socket(plain, server_hostname="localhost") as wrapped:
            assert wrapped.version() == "TLSv1.3"
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}
    for address in others - {HOST, "::1", "127.0.1.1"}:
        with pytest.raises(OSError):
            socket.create_connection((str(address), line.server.port), timeout=2).close()


def test_another_authority_is_not_trusted(line: Line, gateway: Gateway) -> None:
    context = ssl.create_default_context(cafile=str(gateway.directory / "demo-ca.pem"))
    connection = http.client.HTTPSConnection(HOST, line.server.port, timeout=5, context=context)
    with pytest.raises(ssl.SSLCertVerificationError):
        connection.request("GET", "/v1/changes")
    connection.close()


def test_a_taken_port_is_named(line: Line, gateway: Gateway) -> None:
    with (
        pytest.raises(Unreachable),
        running_server(gateway, port=line.server.port),
    ):
        pass


def test_it_stops_at_once_with_idle_connections_and_leaves_nothing_behind(
    gateway: Gateway, capfd: pytest.CaptureFixture[str]
) -> None:
    before = set(threading.enumerate())
    with running_server(gateway) as server:
        idle = socket.create_connection((HOST, server.port), timeout=5)
        wrapped = strict_context(server).wrap_socket(idle, server_hostname=HOST)
        wrapped.sendall(b"GET /v1/changes HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"403" in wrapped.recv(4096)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    wrapped.close()
    left = {thread for thread in set(threading.enumerate()) - before if not thread.daemon}
    assert not left
    with pytest.raises(OSError):
        socket.create_connection((HOST, server.port), timeout=2).close()
    assert capfd.readouterr() == ("", "")


def test_a_server_can_be_started_again_on_the_same_port(gateway: Gateway) -> None:
    with running_server(gateway) as first:
        port = first.port
    with running_server(gateway, port=port) as again:
        assert again.url == f"https://{HOST}:{port}"


# Sessions that go on, and certificates of stations


def renewed(line: Line, refresh: str) -> Reply:
    body = json.dumps({"refreshToken": refresh}).encode()
    return line.ask("/v1/token/refresh", method="POST", body=body)


def test_a_session_is_renewed_without_signing_in_and_each_renewal_is_good_once(line: Line) -> None:
    first = json.loads(line.ask("/v1/token", method="POST").body)
    second = json.loads(renewed(line, first["refreshToken"]).body)
    assert second["token"] != first["token"]
    line.token = second["token"]
    assert line.ask("/v1/changes").status == 200

    again = renewed(line, first["refreshToken"])

    assert (again.status, again.error) == (401, "session_expired")
    # Somebody else may have what was used twice: nobody goes on with this session.
    assert line.ask("/v1/changes").error == "session_expired"
    assert renewed(line, second["refreshToken"]).error == "session_expired"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"refreshToken":"guess"}', "session_expired"),
        (b"{}", "malformed"),
        (b'{"refreshToken":"\\u0000"}', "malformed"),
        (b"[", "malformed"),
    ],
)
def test_what_renews_nothing_is_told_so(line: Line, body: bytes, error: str) -> None:
    assert line.ask("/v1/token/refresh", method="POST", body=body).error == error


def test_another_station_cannot_renew_a_session(line: Line) -> None:
    own = json.loads(line.ask("/v1/token", method="POST").body)["refreshToken"]
    other = Line(line.server, enrol(line.station.gateway), line.clock)
    assert renewed(other, own).error == "session_expired"
    assert renewed(line, own).status == 200


def test_a_station_with_a_certificate_is_not_heard_without_it_or_with_anothers(line: Line) -> None:
    signed = [
        line.station.signed("/v1/token", at=line.clock.now(), nonce=nonce * 32, method="POST")
        for nonce in "ab"
    ]
    without = raw(line.server, "POST", "/v1/token", sent_headers(signed[0]))
    others = enrol(line.station.gateway).certificate
    with_others = raw(line.server, "POST", "/v1/token", sent_headers(signed[1]), shown=others)
    assert (without.status, without.error) == (403, "certificate")
    assert (with_others.status, with_others.error) == (403, "certificate")


def test_a_certificate_out_of_its_time_is_named(line: Line, clock: SteppingClock) -> None:
    clock.advance(timedelta(days=366))
    reply = line.ask("/v1/token", method="POST")
    assert (reply.status, reply.error) == (403, "certificate_expired")


def test_a_certificate_of_an_unknown_authority_does_not_get_as_far_as_http(line: Line) -> None:
    stranger = new_authority()
    keys = new_keys().transport
    public = serialization.load_der_public_key(keys.public)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    shown = StationCertificate(stranger.certify(public), keys.private)
    with pytest.raises(OSError):
        raw(line.server, "POST", "/v1/token", {}, shown=shown)


def test_a_station_from_before_there_were_certificates_is_heard_without(line: Line) -> None:
    ledger = Ledger(line.station.gateway.directory / "ledger.db")
    record = ledger.station(line.station.name)
    assert record is not None
    ledger.save_station(replace(record, transport_key=b""))
    ledger.close()
    signed = line.station.signed("/v1/token", at=line.clock.now(), nonce="c" * 32, method="POST")
    assert raw(line.server, "POST", "/v1/token", sent_headers(signed)).status == 200
