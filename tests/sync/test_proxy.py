"""A proxy is used only if it is named, sees nothing but where we go, and is not trusted."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from cport_desktop.clock import SystemClock
from cport_desktop.errors import (
    CertificateRejected,
    ProxyPasswordWanted,
    ProxyRefused,
    ValueUnknown,
)
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.proxy import parse_proxy
from cport_desktop.sync.question import Terms
from cport_desktop.sync.transfer import Persistence
from tests.hostile.certificates import new_authority, server_context
from tests.hostile.scripted_server import answer, serving

AUTHORITY = new_authority()


@contextmanager
def a_proxy(answering: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """One tunnel, if `answering` says so; what was asked for, as it came."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            near, _ = listener.accept()
            with near:
                asked.append(near.recv(65536))
                near.sendall(answering)
                if b" 200 " in answering:
                    _, target, _ = asked[0].split(b" ", 2)
                    host, port = target.decode().split(":")
                    with socket.create_connection((host, int(port))) as far:
                        back = threading.Thread(target=_relay, args=(far, near))
                        back.start()
                        _relay(near, far)
                        back.join()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _relay(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)


def enrol_through(proxy: str, url: str, authority_pem: bytes = AUTHORITY.pem) -> bytes:
    terms = Terms(proxy=proxy, persistence=Persistence(attempts=1), has_network=lambda: True)
    transport = PortalTransport(url, authority_pem=authority_pem, clock=SystemClock(), terms=terms)
    with closing(transport):
        return transport.enrol(b"the code from paper")


def test_a_proxy_sees_the_address_and_no_word_of_what_is_said(tmp_path: Path):
    with (
        serving(lambda _: [answer(200, b"message")], server_context(AUTHORITY, tmp_path)) as server,
        a_proxy(b"HTTP/1.1 200 Connection established\r\n\r\n") as (proxy, asked),
    ):
        assert enrol_through(proxy, server.url) == b"message"
    assert asked[0].startswith(b"CONNECT 127.0.0.1:")
    assert b"code" not in asked[0]


def test_a_proxy_that_breaks_tls_open_is_rejected(tmp_path: Path):
    # Its own authority may be on the system's list; ours alone counts.
    with (
        serving(lambda _: [], server_context(new_authority(), tmp_path)) as server,
        a_proxy(b"HTTP/1.1 200 Connection established\r\n\r\n") as (proxy, _),
        pytest.raises(CertificateRejected),
    ):
        enrol_through(proxy, server.url)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"HTTP/1.1 403 Forbidden by office rules", ProxyRefused),
        (b"HTTP/1.1 502 Bad Gateway", ProxyRefused),
        (b"HTTP/1.1 407 Proxy Authentication Required", ProxyPasswordWanted),
    ],
)
def test_a_proxy_that_refuses_is_named_with_its_status_and_no_word_of_its_own(line, expected):
    with a_proxy(line + b"\r\n\r\n") as (proxy, _), pytest.raises(ProxyRefused) as caught:
        enrol_through(proxy, "https://portal.example")
    assert type(caught.value) is expected
    assert caught.value.facts["status"] == int(line.split()[1])
    assert "office" not in str(caught.value)


def test_a_proxy_where_nobody_listens_is_not_taken_for_the_portal():
    with a_proxy(b"") as (proxy, _):
        pass
    with pytest.raises(ProxyRefused) as caught:
        enrol_through(proxy, "https://portal.example")
    assert caught.value.facts["cause"] == "nobody listens at its address"


def test_a_proxy_whose_name_has_no_address_is_not_taken_for_the_portal():
    with pytest.raises(ProxyRefused):
        enrol_through("http://proxy.invalid:3128", "https://portal.example")


def test_name_and_password_go_to_the_proxy_alone(tmp_path: Path):
    with (
        serving(lambda _: [answer(200, b"message")], server_context(AUTHORITY, tmp_path)) as server,
        a_proxy(b"HTTP/1.1 200 Connection established\r\n\r\n") as (proxy, asked),
    ):
        named = proxy.replace("http://", "http://ada:two%20words@")
        assert enrol_through(named, server.url) == b"message"
    expected = base64.b64encode(b"ada:two words")
    assert b"Proxy-Authorization: Basic " + expected in asked[0]
    assert "proxy-authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    "text",
    [
        "https://proxy.example:3128",
        "socks5://proxy.example:1080",
        "http://proxy.example",
        "http://proxy.example:3128/path",
        "http://:3128",
        "proxy.example:3128",
        "http://ada:secret@proxy.example:3128/?x=1",
    ],
)
def test_what_is_no_proxy_is_refused_and_not_repeated(text):
    with pytest.raises(ValueUnknown) as caught:
        parse_proxy(text)
    assert "secret" not in str(caught.value)


def test_no_proxy_is_taken_from_the_environment(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(lambda _: [answer(200, b"m")], server_context(AUTHORITY, tmp_path)) as server:
        transport = PortalTransport(server.url, authority_pem=AUTHORITY.pem, clock=SystemClock())
        with closing(transport):
            assert transport.enrol(b"{}") == b"m"
