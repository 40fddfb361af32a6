"""HTTPS to one authority that was pinned on paper, with every wait counted.

`PinnedRoad` is an httpx transport on httpcore's pool. It adds three things:

- TLS that trusts the pinned authority alone, never the system's list; version 1.2 or later;
  the host name is checked; the station's own certificate is shown to a portal that asks for it.
- A `Countdown` for each request (`counted_socket`), response headers included.
- Foreign errors become leaves of our tree here (`road_errors`), and nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from cport_desktop.domain.progress import IsCancelled
from cport_desktop.errors import KeyFileMalformed, MalformedMessage, TransferCut, Unreachable
from cport_desktop.sync.countdown import Countdown
from cport_desktop.sync.counted_socket import CountingBackend, Watch
from cport_desktop.sync.proxy import Proxy
from cport_desktop.sync.road_errors import Way, as_ours
from cport_desktop.sync.station_certificate import StationCertificate, present

MOST_CONNECTIONS = 4
"""The exchange asks one question at a time and fetches two files beside it."""


def pinned_context(authority_pem: bytes, shown: StationCertificate | None = None) -> ssl.SSLContext:
    """TLS that trusts this authority and nobody else, and shows `shown` if it is asked to.

    Raises:
        KeyFileMalformed: if it is no certificate in PEM, or `shown` is none.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cadata=authority_pem.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise KeyFileMalformed(what="the portal's TLS authority") from error
    if shown is not None:
        present(context, shown)
    return context


class PinnedRoad(httpx.BaseTransport):
    """Carries requests; raises leaves of `RoadError`, or `MalformedMessage` for what is no HTTP."""

    def __init__(
        self,
        context: ssl.SSLContext,
        *,
        monotonic: Callable[[], float],
        is_cancelled: IsCancelled,
        proxy: Proxy | None,
        has_network: Callable[[], bool],
    ) -> None:
        self._has_network = has_network
        self._is_by_proxy = proxy is not None
        self._watch = Watch()
        backend = CountingBackend(self._watch, monotonic, is_cancelled)
        self._pool = _pool(context, backend, proxy)

    @contextmanager
    def counting(self, countdown: Countdown) -> Iterator[None]:
        """Within, this thread's waits for the network are taken from `countdown`."""
        before, self._watch.countdown = self._watch.countdown, countdown
        try:
            yield
        finally:
            self._watch.countdown = before

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, httpx.SyncByteStream):
            raise TypeError("this road carries no asynchronous request")
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        way = Way(request.url.host, self._is_by_proxy, self._has_network)
        with as_ours(way):
            answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer, way))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, way: Way) -> None:
        self._answer = answer
        self._way = way

    def __iter__(self) -> Iterator[bytes]:
        got = 0
        try:
            with as_ours(self._way):
                for piece in self._answer.iter_stream():
                    got += len(piece)
                    yield piece
        except (Unreachable, MalformedMessage) as error:
            # The answer had begun: how far it came is what matters.
            raise TransferCut(got=got, wanted=None) from error

    def close(self) -> None:
        self._answer.close()


def _pool(
    context: ssl.SSLContext, backend: httpcore.NetworkBackend, proxy: Proxy | None
) -> httpcore.ConnectionPool:
    if proxy is None:
        return httpcore.ConnectionPool(
            context, max_connections=MOST_CONNECTIONS, network_backend=backend
        )
    return httpcore.HTTPProxy(
        proxy.address,
        proxy_auth=proxy.password,
        ssl_context=context,
        max_connections=MOST_CONNECTIONS,
        network_backend=backend,
    )
