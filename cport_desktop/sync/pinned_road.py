"""HTTPS to one authority that was pinned on paper, with every wait counted.

`PinnedRoad` is an httpx transport on httpcore's pool. It adds three things:

- TLS that trusts the pinned authority alone, never the system's list; version 1.2 or later;
  the host name is checked.
- A `Countdown` for each request (`counted_socket`), response headers included.
- Foreign errors become leaves of our tree here, and nowhere else.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from cport_desktop.domain.progress import IsCancelled
from cport_desktop.errors import (
    CertificateRejected,
    CportError,
    KeyFileMalformed,
    MalformedMessage,
    NameNotFound,
    TransferCut,
    Unreachable,
)
from cport_desktop.sync.countdown import Countdown
from cport_desktop.sync.counted_socket import CountingBackend, Watch

MOST_CONNECTIONS = 4
"""The exchange asks one question at a time and fetches two files beside it."""

_CERTIFICATE_CAUSES = {
    # X509_V_ERR_… of OpenSSL's x509_vfy.h; 7 is an authority of the pinned one's name
    7: "it is not from the pinned authority",
    9: "it is not valid yet, by this machine's clock",
    10: "it has expired, by this machine's clock",
    18: "it is not from the pinned authority",
    19: "it is not from the pinned authority",
    20: "it is not from the pinned authority",
    21: "it is not from the pinned authority",
    62: "it is for another host name",
    64: "it is for another address",
}


def pinned_context(authority_pem: bytes) -> ssl.SSLContext:
    """TLS that trusts this authority and nobody else.

    Raises:
        KeyFileMalformed: if it is no certificate in PEM.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cadata=authority_pem.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise KeyFileMalformed(what="the portal's TLS authority") from error
    return context


class PinnedRoad(httpx.BaseTransport):
    """Carries requests; raises leaves of `RoadError`, or `MalformedMessage` for what is no HTTP."""

    def __init__(
        self,
        context: ssl.SSLContext,
        *,
        monotonic: Callable[[], float],
        is_cancelled: IsCancelled,
        proxy: str | None,
    ) -> None:
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
        with _as_ours(request.url.host):
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, request.url.host)
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, host: str) -> None:
        self._answer = answer
        self._host = host

    def __iter__(self) -> Iterator[bytes]:
        got = 0
        try:
            with _as_ours(self._host):
                for piece in self._answer.iter_stream():
                    got += len(piece)
                    yield piece
        except (Unreachable, MalformedMessage) as error:
            # The answer had begun: how far it came is what matters.
            raise TransferCut(got=got, wanted=None) from error

    def close(self) -> None:
        self._answer.close()


def _pool(
    context: ssl.SSLContext, backend: httpcore.NetworkBackend, proxy: str | None
) -> httpcore.ConnectionPool:
    if proxy is None:
        return httpcore.ConnectionPool(
            context, max_connections=MOST_CONNECTIONS, network_backend=backend
        )
    return httpcore.HTTPProxy(
        proxy, ssl_context=context, max_connections=MOST_CONNECTIONS, network_backend=backend
    )


@contextmanager
def _as_ours(host: str) -> Iterator[None]:
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError) as error:
        raise _network_error(error, host) from error
    except httpcore.RemoteProtocolError as error:
        # httpcore's own sentence for a connection closed before an answer began.
        if "disconnected" in str(error):
            raise Unreachable(cause="the connection was closed") from error
        raise MalformedMessage(where="answer", cause="not HTTP") from error
    except httpcore.ProxyError as error:
        raise Unreachable(cause="the proxy refused") from error


def _network_error(error: BaseException, host: str) -> CportError:
    """The leaf for whatever lies at the bottom of a chain of causes."""
    for cause in _chain(error):
        match cause:
            case ssl.SSLCertVerificationError():
                reason = _CERTIFICATE_CAUSES.get(cause.verify_code, "it does not verify")
                return CertificateRejected(cause=reason)
            case ssl.SSLError():
                return Unreachable(cause="no TLS that is understood here")
            case socket.gaierror():
                return NameNotFound(host=host)
            case TimeoutError() | httpcore.TimeoutException():
                return Unreachable(cause="too long without an answer")
            case ConnectionRefusedError():
                return Unreachable(cause="nobody listens there")
            case _:
                continue
    return Unreachable(cause="the connection was lost")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
