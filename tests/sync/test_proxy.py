"""A proxy is used only if it is named, sees nothing but where we go, and is not trusted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from cport_desktop.clock import SystemClock
from cport_desktop.errors import CertificateRejected, Unreachable
from cport_desktop.sync.portal import PortalTransport
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
    terms = Terms(proxy=proxy, persistence=Persistence(attempts=1))
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


def test_a_proxy_that_refuses_is_named_as_the_cause():
    with (
        a_proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as (proxy, _),
        pytest.raises(Unreachable) as caught,
    ):
        enrol_through(proxy, "https://portal.example")
    assert "proxy" in str(caught.value)
