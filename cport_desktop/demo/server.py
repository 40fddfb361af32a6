"""The reference gateway as an HTTPS server on this machine's loopback, and nowhere else.

TLS 1.3 with the certificate that the gateway keeps in its folder. The server runs in a thread
of its own and says nothing on any output; it stops cleanly when its owner is done.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from cport_desktop.demo.certificates import peer_certificate
from cport_desktop.demo.faults import Faults
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.web import PEER, WebGateway
from cport_desktop.errors import Unreachable

HOST: Final = "127.0.0.1"

_START_LIMIT: Final = 15.0
"""Seconds within which the server listens; it needs some hundredths."""

_NO_CHECK_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL's x509_vfy.h, for which Python has no name."""

_STOP_LIMIT: Final = 5
"""Seconds that answers under way may take when the server is asked to stop."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """Where a server listens; `authority`: the file with the TLS authority to pin."""

    url: str
    port: int
    authority: Path


class _Server(uvicorn.Server):
    """Stops at once: idle connections are not asked to say good-bye, which TLS peers may take
    half a minute to do, and whatever is left after the time for answers is dropped.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            if isinstance(connection, H11Protocol) and _is_idle(connection):
                connection.transport.abort()
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        # One turn of the loop, in which the dropped connections are closed for good.
        await asyncio.sleep(0)


class _PeerProtocol(H11Protocol):
    """Tells each request which certificate its connection has shown: uvicorn itself does not."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
        shown = None if tls is None else tls.getpeercert(binary_form=True)
        if shown:
            self.app_state = {**self.app_state, PEER: peer_certificate(shown)}


@contextmanager
def running_server(
    gateway: Gateway, *, port: int = 0, faults: Faults | None = None
) -> Iterator[RunningServer]:
    """`gateway` behind HTTPS for as long as the block lasts; port 0 takes a free one.

    Raises:
        Unreachable: if the port is taken or the server does not start in time.
    """
    listener = _listener(port)
    taken = int(listener.getsockname()[1])
    server = _Server(_config(gateway, faults or Faults()))
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="gateway server", daemon=True
    )
    thread.start()
    try:
        _wait_until(lambda: server.started or not thread.is_alive())
        if not server.started:
            raise Unreachable(cause="the gateway's server did not start")
        yield RunningServer(f"https://{HOST}:{taken}", taken, gateway.directory / "tls-ca.pem")
    finally:
        server.should_exit = True
        thread.join(_STOP_LIMIT + 1)
        server.force_exit = True
        thread.join(_STOP_LIMIT)
        listener.close()


def _is_idle(connection: H11Protocol) -> bool:
    # uvicorn declares a cycle; before the first request there is none.
    cycle: RequestResponseCycle | None = connection.cycle
    return cycle is None or cycle.response_complete


def _listener(port: int) -> socket.socket:
    # With its protocol named: asyncio switches Nagle's delay off only on such sockets, and
    # 40 ms an answer is what it would cost.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise Unreachable(cause=f"port {port} is taken") from error
    return listener


def _config(gateway: Gateway, faults: Faults) -> uvicorn.Config:
    folder = gateway.directory / "identity"

    def context(config: uvicorn.Config, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        del config, default
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_3
        made.load_cert_chain(folder / "tls-server.pem", folder / "tls-server.key")
        # Who enrols has none yet. Its time is looked at by the gateway's own clock (admission),
        # which in a rehearsal is not the machine's.
        made.verify_mode = ssl.CERT_OPTIONAL
        made.load_verify_locations(folder / "tls-ca.pem")
        made.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
        return made

    return uvicorn.Config(
        WebGateway(gateway, faults).application(),
        host=HOST,
        http=_PeerProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        ssl_context_factory=context,
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=64,
        timeout_graceful_shutdown=_STOP_LIMIT,
    )


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.005)
