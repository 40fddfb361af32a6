"""Roads that fail: behind the same port as the real ones, each broken in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cport_desktop.domain.batch import Position
from cport_desktop.domain.ids import MediaId
from cport_desktop.errors import TransferCut, Unreachable
from cport_desktop.sync.transport import Transport


class CutRoad:
    """Works for `steps` steps (a call, or a piece of media), and then no more."""

    def __init__(self, road: Transport, steps: int) -> None:
        self._road = road
        self.left = steps

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unreachable(cause="the cable is out")

    def enrol(self, request: bytes) -> bytes:
        self._step()
        return self._road.enrol(request)

    def changes(self, position: Position, *, limit: int) -> bytes:
        self._step()
        return self._road.changes(position, limit=limit)

    def operations(self, request: bytes) -> bytes:
        self._step()
        answer = self._road.operations(request)
        self._step()  # the portal has heard us, and its answer is lost
        return answer

    def anchor(self, request: bytes) -> bytes:
        self._step()
        answer = self._road.anchor(request)
        self._step()  # the portal has heard us, and its answer is lost
        return answer

    def in_hand(self, request: bytes) -> bytes:
        self._step()
        answer = self._road.in_hand(request)
        self._step()  # the portal has heard us, and its answer is lost
        return answer

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        self._step()
        with self._road.media(media_id, start=start, size=size) as pieces:
            yield self._cut(pieces, size)

    def _cut(self, pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
        for piece in pieces:
            half = len(piece) // 2
            yield piece[:half]
            self.left -= 1
            if self.left < 0:
                raise TransferCut(got=half, wanted=size)
            yield piece[half:]

    def chunks(self, media_id: MediaId) -> bytes:
        self._step()
        return self._road.chunks(media_id)

    def close(self) -> None:
        pass


class TwistedRoad:
    """Changes what comes back, as a broken or hostile portal would."""

    def __init__(
        self,
        road: Transport,
        *,
        changes: Callable[[bytes], bytes] = bytes,
        media: Callable[[bytes], bytes] = bytes,
        anchors: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self._road = road
        self._twist_changes = changes
        self._twist_media = media
        self._twist_anchors = anchors

    def enrol(self, request: bytes) -> bytes:
        return self._road.enrol(request)

    def changes(self, position: Position, *, limit: int) -> bytes:
        return self._twist_changes(self._road.changes(position, limit=limit))

    def operations(self, request: bytes) -> bytes:
        return self._road.operations(request)

    def anchor(self, request: bytes) -> bytes:
        return self._twist_anchors(self._road.anchor(request))

    def in_hand(self, request: bytes) -> bytes:
        return self._road.in_hand(request)

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        with self._road.media(media_id, start=start, size=size) as pieces:
            yield (self._twist_media(piece) for piece in pieces)

    def chunks(self, media_id: MediaId) -> bytes:
        return self._road.chunks(media_id)

    def close(self) -> None:
        pass
