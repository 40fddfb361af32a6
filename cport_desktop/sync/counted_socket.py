"""A socket on which every wait is taken from a countdown, and a cancel is noticed soon.

httpcore's own limits are for a single read or write, so that a byte now and then would keep
a request alive for ever. Here each read and write is allowed what the countdown of the
request has left. Which request that is depends on the thread: see `Watch`.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable

import httpcore

from cport_desktop.domain.progress import IsCancelled
from cport_desktop.errors import Cancelled
from cport_desktop.sync.countdown import Countdown

NOTICE_WITHIN = 0.25
"""Seconds: how long a cancel may go unnoticed while the network is silent."""

WRITE_AT_ONCE = 64 * 1024
"""Bytes handed to the socket in one call, so that each is counted."""


class Watch(threading.local):
    """The countdown of the request that this thread is at, if any."""

    countdown: Countdown | None = None


class CountingBackend(httpcore.NetworkBackend):
    def __init__(
        self, watch: Watch, monotonic: Callable[[], float], is_cancelled: IsCancelled
    ) -> None:
        self._inner = httpcore.SyncBackend()
        self._watch = watch
        self._monotonic = monotonic
        self._is_cancelled = is_cancelled

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return _CountingStream(stream, self._watch, self._monotonic, self._is_cancelled)


class _CountingStream(httpcore.NetworkStream):
    def __init__(
        self,
        inner: httpcore.NetworkStream,
        watch: Watch,
        monotonic: Callable[[], float],
        is_cancelled: IsCancelled,
    ) -> None:
        self._inner = inner
        self._watch = watch
        self._monotonic = monotonic
        self._is_cancelled = is_cancelled

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        silence = float("inf") if timeout is None else timeout
        while True:
            allowed = min(NOTICE_WITHIN, silence, self._left())
            if allowed <= 0:
                raise httpcore.ReadTimeout
            before = self._monotonic()
            try:
                piece = self._inner.read(max_bytes, allowed)
            except httpcore.ReadTimeout:
                silence -= allowed
                self._spend(allowed, 0)
                continue
            self._spend(self._monotonic() - before, len(piece))
            return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), WRITE_AT_ONCE):
            piece = buffer[start : start + WRITE_AT_ONCE]
            allowed = min(float("inf") if timeout is None else timeout, self._left())
            if allowed <= 0:
                raise httpcore.WriteTimeout
            before = self._monotonic()
            self._inner.write(piece, allowed)
            self._spend(self._monotonic() - before, len(piece))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _CountingStream(inner, self._watch, self._monotonic, self._is_cancelled)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)

    def _left(self) -> float:
        if self._is_cancelled():
            raise Cancelled
        countdown = self._watch.countdown
        return float("inf") if countdown is None else countdown.left

    def _spend(self, waited: float, moved: int) -> None:
        if self._watch.countdown is not None:
            self._watch.countdown.spend(waited, moved)
