"""A portal that answers nonsense: each kind has a name, and costs bounded time and memory.

The server here holds a certificate of the pinned authority, so that all of this could come
from a real portal that is broken or taken over.
"""

from __future__ import annotations

import gzip
import resource
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.clock import SystemClock
from cport_desktop.crypto import message_keys
from cport_desktop.domain.batch import START, Position
from cport_desktop.domain.ids import Cursor, MediaId, StationId
from cport_desktop.errors import (
    AccessRevoked,
    Cancelled,
    CertificateRejected,
    ClockSkew,
    CodeRefused,
    CportError,
    DigestMismatch,
    KeyFileMalformed,
    MalformedMessage,
    MessageMixup,
    MessageTooLarge,
    NameNotFound,
    NatureRefused,
    NotEnrolled,
    PortalBusy,
    RoadError,
    SessionExpired,
    TransferCut,
    UnknownReference,
    Unreachable,
    ValueUnknown,
)
from cport_desktop.formats.session_message import SessionToken, print_token
from cport_desktop.sync.countdown import Patience
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.transfer import LEAST_PROGRESS, Persistence
from cport_desktop.sync.transport import LONGEST_MESSAGE
from tests.hostile.certificates import DAY, Authority, new_authority, server_context
from tests.hostile.scripted_server import (
    HANG_UP,
    Asked,
    Piece,
    ScriptedServer,
    answer,
    serving,
)

TOKEN = answer(200, print_token(SessionToken("t-1", 1800)))
AT_ONCE = Persistence(attempts=1)
IMPATIENT = Patience(connect=0.7, silence=0.3, whole=1.0, grace=0.3, slowest=50_000.0)
SOON = 5.0
"""Seconds: any answer, so much later than every limit here that a busy machine keeps it, and
far earlier than the minute that the server would drag it out."""
FILE = bytes(range(256)) * 1024
OK = b"HTTP/1.1 200 OK\r\n"
HERE = Position(1, "1" * 64, Cursor("c-1"))

Answering = Callable[[Asked], Iterable[Piece]]
Opened = Callable[..., AbstractContextManager[tuple[PortalTransport, ScriptedServer]]]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return new_authority()


@pytest.fixture
def portal(authority: Authority, tmp_path: Path) -> Opened:
    """A transport to a server that gives tokens gladly and answers all else as told."""
    context = server_context(authority, tmp_path)

    @contextmanager
    def opened(
        answering: Answering | list[Piece], **terms: Any
    ) -> Iterator[tuple[PortalTransport, ScriptedServer]]:
        def script(asked: Asked) -> Iterable[Piece]:
            if asked.target == "/v1/token":
                return [TOKEN]
            return answering if isinstance(answering, list) else answering(asked)

        with (
            serving(script, context) as server,
            closing(transport_to(server.url, authority.pem, **terms)) as transport,
        ):
            yield transport, server

    return opened


def transport_to(url: str, authority_pem: bytes, **terms: Any) -> PortalTransport:
    usual: dict[str, Any] = {
        "patience": IMPATIENT,
        "persistence": AT_ONCE,
        "has_network": lambda: True,
    }
    return PortalTransport(
        url,
        authority_pem=authority_pem,
        clock=SystemClock(),
        station=StationId("station-1"),
        sign=message_keys.signing_with(message_keys.generate_ed25519().private),
        terms=Terms(**usual | terms),
    )


def fetch(transport: PortalTransport, *, start: int = 0, size: int = len(FILE)) -> bytes:
    with transport.media(MediaId(17), start=start, size=size) as pieces:
        return b"".join(pieces)


def refused_soon(transport: PortalTransport, expected: type[CportError]) -> CportError:
    started = time.monotonic()
    with pytest.raises(expected) as caught:
        transport.changes(START, limit=200)
    assert time.monotonic() - started < SOON
    assert type(caught.value) is expected
    return caught.value


def trickle(first: bytes, piece: bytes, pause: float) -> list[Piece]:
    """`piece` every `pause` seconds, for a minute."""
    drop: list[Piece] = [pause, piece]
    return [first, *(drop * int(60 / pause))]


@pytest.mark.parametrize(
    ("expected", "pieces"),
    [
        (TransferCut, [answer(200, b"short", length=50)]),
        (MalformedMessage, [OK + b"\r\nno length"]),
        (MalformedMessage, [OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"]),
        (MalformedMessage, [OK + b"Content-Length: ten\r\n\r\n"]),
        (MalformedMessage, [OK + b"Content-Length: -1\r\n\r\n"]),
        (MalformedMessage, [OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"]),
        (MessageTooLarge, [OK + b"Content-Length: %d\r\n\r\n" % (LONGEST_MESSAGE + 1)]),
        (MessageTooLarge, [OK + b"Content-Length: %d\r\n\r\n" % 10**17]),
        (MalformedMessage, [b"rubbish that is no status line\r\n\r\n"]),
        (MalformedMessage, [b"\x00\xff" * 5_000]),
        (MalformedMessage, [OK + b"X: " + b"y" * 2_000_000]),
        (MalformedMessage, [OK + b"X: y\r\n" * 200_000]),
        (MalformedMessage, [answer(302, b"", "Location: https://elsewhere.example/")]),
        (MalformedMessage, [answer(307, b"", "Location: /v1/token")]),
        (MalformedMessage, [answer(204, b"")]),
        (MalformedMessage, [answer(418, b"<html>a page of apology</html>")]),
        (Unreachable, []),
    ],
)
def test_an_answer_out_of_shape_has_a_name(portal, expected, pieces):
    with portal([*pieces, HANG_UP]) as (transport, _):
        refused_soon(transport, expected)


def test_what_follows_the_stated_length_is_not_taken_for_a_part_of_the_answer(portal):
    with portal([answer(200, b"message and more", length=7), HANG_UP]) as (transport, _):
        assert transport.changes(START, limit=1) == b"message"


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip"])
def test_a_compressed_answer_is_refused_before_it_is_read(portal, encoding):
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with portal([answer(200, bomb, f"Content-Encoding: {encoding}")]) as (transport, server):
        assert refused_soon(transport, MalformedMessage).facts["where"] == "Content-Encoding"
        assert server.asked[-1].headers["accept-encoding"] == "identity"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 32 * 1024  # KiB


@pytest.mark.parametrize(
    ("expected", "pieces"),
    [
        (Unreachable, [60.0]),
        (Unreachable, trickle(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.05)),
        (Unreachable, trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05)),
        (TransferCut, [answer(200, b"", length=1_000_000), 60.0]),
        (TransferCut, trickle(answer(200, b"", length=1_000_000), b"y", 0.05)),
    ],
    ids=["silence", "headers", "continue", "body-silence", "body"],
)
def test_a_trickle_ends_in_time(portal, expected, pieces):
    with portal(pieces) as (transport, _):
        refused_soon(transport, expected)


def test_a_steady_stream_ends_with_the_time_for_a_whole_message(portal):
    # 20 kB/s keeps the least speed of 1 kB/s for ever; only the limit on the whole ends it.
    patient = Patience(connect=2.0, silence=0.5, whole=0.6, grace=0.5, slowest=1_000.0)
    stream = trickle(answer(200, b"", length=LONGEST_MESSAGE), b"y" * 1_000, 0.05)
    with portal(stream, patience=patient) as (transport, _):
        refused_soon(transport, TransferCut)


def test_a_media_file_may_take_its_time_while_it_gets_on(portal):
    patient = Patience(connect=2.0, silence=0.5, whole=0.1, grace=0.3, slowest=1_000.0)
    slowly: list[Piece] = [answer(200, b"", length=len(FILE))]
    for at in range(0, len(FILE), len(FILE) // 8):
        slowly += [0.05, FILE[at : at + len(FILE) // 8]]
    with portal(slowly, patience=patient) as (transport, _):
        assert fetch(transport) == FILE


def test_an_endless_media_stream_stops_at_the_announced_size(portal):
    def endless(_asked: Asked) -> Iterator[Piece]:
        yield answer(200, b"", length=len(FILE))
        while True:
            yield FILE

    with portal(endless) as (transport, _):
        assert fetch(transport) == FILE


def test_a_person_who_stops_it_does_not_wait_for_the_portal(portal):
    asked_at = time.monotonic()
    patient = Patience(silence=60.0, grace=60.0)
    with portal(
        [60.0], patience=patient, is_cancelled=lambda: time.monotonic() - asked_at > 0.3
    ) as (transport, _):
        refused_soon(transport, Cancelled)


# Media: resume, and what the portal says of the file


def ranged(asked: Asked, content: bytes = FILE, tag: str = '"one"') -> bytes:
    start = int(asked.headers.get("range", "bytes=0-")[6:-1])
    if not start:
        return answer(200, content, f"ETag: {tag}")
    span = f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}"
    return answer(206, content[start:], span, f"ETag: {tag}")


def test_a_file_that_is_here_in_part_goes_on_from_there(portal):
    with portal(lambda asked: [ranged(asked)]) as (transport, server):
        assert fetch(transport, start=100_000) == FILE[100_000:]
        assert server.asked[-1].headers["range"] == "bytes=100000-"


def test_a_file_that_is_here_in_whole_is_not_asked_for(portal):
    with portal([60.0]) as (transport, server):
        assert fetch(transport, start=len(FILE)) == b""
        assert not server.asked


def test_a_portal_that_knows_no_ranges_sends_the_whole_and_we_take_the_rest(portal):
    with portal([answer(200, FILE)]) as (transport, _):
        assert fetch(transport, start=100_001) == FILE[100_001:]


def test_a_cut_file_goes_on_from_its_last_byte_and_no_byte_travels_twice(portal):
    sent = []

    def cutting(asked: Asked) -> Iterator[Piece]:
        whole = ranged(asked)
        head, body = whole.split(b"\r\n\r\n", 1)
        part = body[: LEAST_PROGRESS + 999]
        sent.append(len(part))
        yield head + b"\r\n\r\n" + part
        if len(part) < len(body):
            yield HANG_UP

    persistence = Persistence(attempts=2, first_wait=0.01)
    with portal(cutting, persistence=persistence) as (transport, server):
        assert fetch(transport) == FILE
        assert sum(sent) == len(FILE)
        assert len(sent) > 3
        assert server.asked[-1].headers["if-range"] == '"one"'


def test_a_transfer_that_gets_nowhere_is_given_up(portal):
    def nearly_nothing(asked: Asked) -> list[Piece]:
        head = ranged(asked).split(b"\r\n\r\n", 1)[0]
        return [head + b"\r\n\r\n" + b"y", HANG_UP]

    persistence = Persistence(attempts=3, first_wait=0.01)
    with portal(nearly_nothing, persistence=persistence) as (transport, server):
        with pytest.raises(TransferCut) as caught:
            fetch(transport)
        assert caught.value.facts == {"got": 3, "wanted": len(FILE)}
        assert len([asked for asked in server.asked if "media" in asked.target]) == 3


def test_a_file_that_changes_in_the_middle_of_a_transfer_is_noticed(portal):
    tags = iter(['"one"', '"two"'])

    def changing(asked: Asked) -> Iterator[Piece]:
        whole = ranged(asked, tag=next(tags))
        yield whole[: len(whole) // 2]
        yield HANG_UP

    persistence = Persistence(attempts=3, first_wait=0.01)
    with portal(changing, persistence=persistence) as (transport, _), pytest.raises(DigestMismatch):
        fetch(transport)


@pytest.mark.parametrize(
    ("expected", "start", "piece"),
    [
        (TransferCut, 0, answer(200, FILE[:-1])),
        (MessageTooLarge, 0, answer(200, FILE + b"y")),
        (TransferCut, 9, answer(416, b"", "Content-Range: bytes */9")),
        (TransferCut, 9, answer(206, FILE[9:-1], f"Content-Range: bytes 9-{len(FILE) - 2}/{len(FILE) - 1}")),
        (MessageTooLarge, 9, answer(206, FILE[9:] + b"y", f"Content-Range: bytes 9-{len(FILE)}/{len(FILE) + 1}")),
        (MalformedMessage, 9, answer(206, FILE[8:], f"Content-Range: bytes 8-{len(FILE) - 1}/{len(FILE)}")),
        (MalformedMessage, 9, answer(206, FILE[9:], f"Content-Range: bytes 9-10/{len(FILE)}")),
        (MalformedMessage, 9, answer(206, FILE[9:])),
        (MalformedMessage, 9, answer(206, FILE[9:], "Content-Range: rubbish")),
        (UnknownReference, 0, answer(404, b'{"error":"unknown"}')),
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_announced_has_a_name_and_is_not_asked_for_again(
    portal, expected, start, piece
):
    persistence = Persistence(attempts=5, first_wait=0.01)
    with portal([piece], persistence=persistence) as (transport, server):
        with pytest.raises(expected):
            fetch(transport, start=start)
        assert len([asked for asked in server.asked if "media" in asked.target]) == 1


# TLS


def refused_connection(url: str, pem: bytes, expected: type[RoadError]) -> RoadError:
    with closing(transport_to(url, pem)) as transport, pytest.raises(expected) as caught:
        transport.enrol(b"{}")
    return caught.value


def test_a_certificate_of_another_authority_is_rejected(authority, tmp_path):
    with serving(lambda _: [TOKEN], server_context(authority, tmp_path)) as server:
        error = refused_connection(server.url, new_authority().pem, CertificateRejected)
        assert "authority" in str(error)
        assert not server.asked


@pytest.mark.parametrize(
    ("named", "terms"),
    [
        ("expired", {"start": -2 * DAY, "end": -DAY}),
        ("not valid yet", {"start": DAY, "end": 2 * DAY}),
        ("another", {"address": "192.0.2.1"}),
    ],
)
def test_a_certificate_out_of_its_time_or_place_is_rejected(authority, tmp_path, named, terms):
    with serving(lambda _: [TOKEN], server_context(authority, tmp_path, **terms)) as server:
        assert named in str(refused_connection(server.url, authority.pem, CertificateRejected))
        assert not server.asked


def test_a_server_without_tls_is_not_talked_to(authority):
    with serving(lambda _: [TOKEN], None) as server:
        refused_connection(server.url, authority.pem, Unreachable)
        assert not server.asked


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
def test_old_tls_is_not_talked_to(authority, tmp_path):
    context = server_context(authority, tmp_path)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(lambda _: [TOKEN], context) as server:
        refused_connection(server.url, authority.pem, Unreachable)


def test_nobody_listening_is_unreachable_and_a_name_without_address_is_named(authority):
    with serving(lambda _: [], None) as server:
        url = server.url
    refused_connection(url, authority.pem, Unreachable)
    error = refused_connection("https://portal.invalid", authority.pem, NameNotFound)
    assert error.facts == {"host": "portal.invalid"}


def test_what_is_no_authority_is_refused_by_name():
    with pytest.raises(KeyFileMalformed):
        transport_to("https://portal.example", b"rubbish")


@pytest.mark.parametrize(
    "url",
    [
        "http://portal.example",
        "portal.example",
        "https://",
        "https://me:key@portal.example",
        "https://portal.example/?key=1",
        "https://" + "a" * 64 + ".example",
        "\x00",
    ],
)
def test_an_address_that_is_no_https_address_is_refused_without_its_secrets(authority, url):
    with pytest.raises(ValueUnknown) as caught:
        transport_to(url, authority.pem)
    assert "key" not in str(caught.value)


# What a portal may say instead of an answer


@pytest.mark.parametrize(
    ("expected", "facts", "piece"),
    [
        (SessionExpired, {}, answer(401, b'{"error":"session_expired"}')),
        (AccessRevoked, {}, answer(403, b'{"error":"access_revoked"}')),
        (AccessRevoked, {}, answer(401, b'{"error":"signature"}')),
        (PortalBusy, {"status": 503, "retry_after": 7}, answer(503, b"", "Retry-After: 7")),
        (PortalBusy, {"status": 429, "retry_after": None}, answer(429, b"", "Retry-After: soon")),
        (PortalBusy, {"status": 500, "retry_after": None}, answer(500, b"<html>")),
        (NatureRefused, {"ours": "demo", "theirs": "live"}, answer(409, b'{"error":"nature","nature":"live"}')),
        (MessageMixup, {"what": "nature"}, answer(409, b'{"error":"nature"}')),
        (MessageMixup, {"what": "cursor"}, answer(404, b'{"error":"unknown"}')),
        (CodeRefused, {}, answer(403, b'{"error":"enrolment_code"}')),
        (MalformedMessage, None, answer(400, b'{"error":"malformed"}')),
        (MalformedMessage, None, answer(400, b'{"error":"a new word"}')),
        (MalformedMessage, None, answer(400, b'{"error":"clock_skew"}')),
        (MalformedMessage, None, answer(400, b"[" * 100_000)),
        (AccessRevoked, {}, answer(403, b"y" * 1_000_000)),
    ],
)  # fmt: skip
def test_a_refusal_becomes_the_error_that_says_what_to_do(portal, expected, facts, piece):
    with portal([piece]) as (transport, _):
        error = refused_soon(transport, expected)
    assert facts is None or error.facts == facts


def test_a_clock_that_is_off_is_told_by_how_much(portal):
    ahead = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    body = f'{{"error":"clock_skew","time":"{ahead}"}}'.encode()
    with portal([answer(400, body)]) as (transport, _):
        seconds = refused_soon(transport, ClockSkew).facts["seconds"]
    assert isinstance(seconds, int)
    assert 7190 <= seconds <= 7210


def test_a_session_that_ended_is_opened_again_once(portal):
    ended = answer(401, b'{"error":"session_expired"}')
    answers = iter([ended, answer(200, b"message"), ended, ended])
    asked_for = f"/v1/changes?limit=5&cursor=c-1&digest={HERE.digest}"
    with portal(lambda _: [next(answers)]) as (transport, server):
        assert transport.changes(HERE, limit=5) == b"message"
        assert [asked.target for asked in server.asked] == [
            "/v1/token", asked_for, "/v1/token", asked_for,
        ]  # fmt: skip
        refused_soon(transport, SessionExpired)


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"token":"","expires_in":9}', b'{"token":"a b","expires_in":9}', b'{"token":"a\\r\\nX: y","expires_in":9}', b'{"token":"t","expires_in":0}', b'{"token":"t","expires_in":1e9}'],
)  # fmt: skip
def test_a_token_that_is_none_is_refused(authority, tmp_path, body):
    with (
        serving(lambda _: [answer(200, body)], server_context(authority, tmp_path)) as server,
        closing(transport_to(server.url, authority.pem)) as transport,
    ):
        refused_soon(transport, MalformedMessage)


def test_a_passing_failure_is_tried_again_with_pauses_as_the_portal_asks(portal):
    busy = answer(503, b"", "Retry-After: 3")
    answers = iter([busy, busy, answer(200, b"message")])
    slept: list[float] = []
    with portal(
        lambda _: [next(answers)],
        persistence=Persistence(attempts=4, first_wait=0.5, longest_wait=10.0),
        sleep=slept.append,
    ) as (transport, _):
        assert transport.changes(START, limit=1) == b"message"
    assert sum(slept) == pytest.approx(6.0)


def test_an_enrolment_is_asked_once_since_its_code_is_good_for_once(portal):
    with portal([answer(503, b"")], persistence=Persistence(attempts=4)) as (transport, server):
        with pytest.raises(PortalBusy):
            transport.enrol(b"{}")
        assert len(server.asked) == 1


def test_without_an_enrolment_nothing_else_is_asked(authority):
    transport = PortalTransport(
        "https://127.0.0.1:9", authority_pem=authority.pem, clock=SystemClock()
    )
    with closing(transport), pytest.raises(NotEnrolled):
        transport.changes(START, limit=1)


def test_proxies_and_authorities_of_the_environment_are_not_used(portal, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    with portal([answer(200, b"message")]) as (transport, _):
        assert transport.changes(START, limit=1) == b"message"
