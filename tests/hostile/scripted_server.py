"""A loopback TLS server that says exactly what a script tells it, byte for byte.

A script is a function from a request to pieces: bytes are sent, numbers are seconds of
silence, and `HANG_UP` closes the connection; without it the next request may come.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Piece = bytes | float | None
HANG_UP = None


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Script = Callable[[Asked], Iterable[Piece]]


@dataclass
class ScriptedServer:
    script: Script
    context: ssl.SSLContext | None
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, name="scripted")]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._converse, args=(plain,), name="scripted")
            self._threads.append(thread)
            thread.start()

    def _converse(self, plain: socket.socket) -> None:
        plain.settimeout(0.2)
        connection = plain
        with suppress(OSError):
            if self.context is not None:
                connection = self.context.wrap_socket(plain, server_side=True)
            while not self._stopping.is_set() and self._answer_one(connection):
                pass
        with suppress(OSError):
            connection.close()
        plain.close()

    def _answer_one(self, connection: socket.socket) -> bool:
        asked = self._read(connection)
        if asked is None:
            return False
        self.asked.append(asked)
        for piece in self.script(asked):
            if piece is HANG_UP:
                return False
            if isinstance(piece, bytes):
                self._send(connection, piece)
            elif self._stopping.wait(piece):
                return False
        return True

    def _send(self, connection: socket.socket, piece: bytes) -> None:
        connection.settimeout(10)
        connection.sendall(piece)
        connection.settimeout(0.2)

    def _read(self, connection: socket.socket) -> Asked | None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self._receive(connection)
            if not piece:
                return None
            head += piece
        head, body = head.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.strip().lower(): value.strip()
            for name, value in (line.split(":", 1) for line in lines)
        }
        while len(body) < int(headers.get("content-length", 0)):
            body += self._receive(connection)
        method, target, _ = first.split(" ")
        return Asked(method, target, headers, body)

    def _receive(self, connection: socket.socket) -> bytes:
        while not self._stopping.is_set():
            try:
                return connection.recv(65536)
            except TimeoutError:
                continue
        return b""


@contextmanager
def serving(script: Script, context: ssl.SSLContext | None) -> Iterator[ScriptedServer]:
    """A server for as long as the block lasts; all its threads have ended afterwards."""
    server = ScriptedServer(script, context)
    try:
        yield server
    finally:
        server.close()


def answer(
    status: int, body: bytes, *headers: str, length: int | None = None, reason: str = "X"
) -> bytes:
    """A whole HTTP/1.1 answer with its length stated (or another one)."""
    stated = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status} {reason}", f"Content-Length: {stated}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
