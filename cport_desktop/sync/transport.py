"""The road to a portal, as a port: carries bytes and understands none of them.

Every implementation wraps what its own library raises into `RoadError` and hands over
foreign bytes as they came, bounded in length; parsing and checking is done by others
(`sync.exchange`, `formats.portal_messages`).

Implementations: `sync.portal.PortalTransport` (HTTPS) and `demo.double.DemoTransport`
(the reference gateway in process). One contract suite holds for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from cport_desktop.domain.batch import Position
from cport_desktop.domain.ids import MediaId

LONGEST_MESSAGE = 8 * 1024 * 1024
"""Bytes; a page of changes beyond this is refused unread (an honest one has about 1 MiB)."""


class Transport(Protocol):
    """All methods raise `RoadError`; `MessageTooLarge` for an answer beyond its bound; and
    `MalformedMessage` or `MessageMixup` for one that is no answer to the question.

    May be used from several threads at once.
    """

    def enrol(self, request: bytes) -> bytes:
        """Hand over an enrolment request; the portal's sealed answer.

        Raises:
            CodeRefused: the portal does not take the code.
            NatureRefused: the portal is of another nature.
        """
        ...

    def changes(self, position: Position, *, limit: int) -> bytes:
        """The sealed batch that follows `position`, with `limit` changes at most; or the sealed
        standing, if nothing waits there.
        """
        ...

    def operations(self, request: bytes) -> bytes:
        """Hand over operations; the portal's sealed receipts."""
        ...

    def anchor(self, request: bytes) -> bytes:
        """Hand over a head of the audit log; the portal's sealed answer.

        Raises:
            UnknownReference: the portal keeps no heads (an older one).
        """
        ...

    def in_hand(self, request: bytes) -> bytes:
        """Tell what analysts here have in hand; the portal's sealed word of the other stations.

        Raises:
            UnknownReference: the portal passes no such things on (an older one).
        """
        ...

    def media(
        self, media_id: MediaId, *, start: int, size: int
    ) -> AbstractContextManager[Iterator[bytes]]:
        """The bytes of a media file from `start` on, in pieces of at most 1 MiB.

        The iterator ends after exactly `size - start` bytes; otherwise it raises
        `TransferCut` (too few) or `MessageTooLarge` (too many). `sync.transfer.fate_after`
        says what becomes of the file then.

        Raises:
            UnknownReference: the portal has no such file.
            DigestMismatch: the portal's file became another one on the way.
        """
        ...

    def chunks(self, media_id: MediaId) -> bytes:
        """The sealed digests of a media file's parts (`sync.chunks`).

        Raises:
            UnknownReference: the portal has no such file, or tells no digests (an older one).
        """
        ...

    def close(self) -> None:
        """Let go of connections. May be called more than once."""
        ...
