"""The reference gateway behind the `Transport` port, in the same process and with no network.

The same gateway as behind HTTPS, and the same errors; what is not exercised here is the road
itself (TLS, signed requests, sessions, cuts), which `demo.server` is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.batch import Position
from cport_desktop.domain.ids import MediaId, StationId
from cport_desktop.errors import MessageTooLarge, NotEnrolled, TransferCut

_PIECE: Final = 64 * 1024


class DemoTransport:
    """`station` is None until enrolment has told which one this is (`as_station`)."""

    def __init__(self, gateway: Gateway, station: StationId | None = None) -> None:
        self._gateway = gateway
        self._station = station

    def as_station(self, station: StationId) -> DemoTransport:
        """The same road for an enrolled station."""
        return DemoTransport(self._gateway, station)

    def enrol(self, request: bytes) -> bytes:
        return self._gateway.enrol(request)

    def changes(self, position: Position, *, limit: int) -> bytes:
        return self._gateway.changes(
            self._known(), position.cursor, digest=position.digest, limit=limit
        )

    def operations(self, request: bytes) -> bytes:
        return self._gateway.operations(self._known(), request)

    def anchor(self, request: bytes) -> bytes:
        return self._gateway.anchor(self._known(), request)

    def in_hand(self, request: bytes) -> bytes:
        return self._gateway.in_hand(self._known(), request)

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        """As the port says; the whole length is known at once, so it is judged at once."""
        content = self._gateway.media(self._known(), media_id).content
        if len(content) > size:
            raise MessageTooLarge(limit=size)
        yield _pieces(content, start, size)

    def chunks(self, media_id: MediaId) -> bytes:
        return self._gateway.chunks(self._known(), media_id)

    def close(self) -> None:
        """Nothing to let go of: the gateway is its owner's."""

    def _known(self) -> StationId:
        if self._station is None:
            raise NotEnrolled
        return self._station


def _pieces(content: bytes, start: int, size: int) -> Iterator[bytes]:
    for at in range(start, len(content), _PIECE):
        yield content[at : at + _PIECE]
    if len(content) < size:
        raise TransferCut(got=max(0, len(content) - start), wanted=size - start)
