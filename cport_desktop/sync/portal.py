"""The HTTPS road to a portal.

    POST /v1/enrolment                     who we are, and a code from paper → sealed answer
    POST /v1/token          signed         → a token for half an hour, and one to renew it once
    POST /v1/token/refresh  signed, with that one → the next pair
    GET  /v1/changes?limit=200&cursor=…&digest=…   signed, with the token → sealed batch or standing
    POST /v1/operations                    signed, with the token → sealed receipts
    POST /v1/anchors                       signed, with the token → sealed answer to the log's head
    POST /v1/in-hand                       signed, with the token → sealed word of other stations
    GET  /v1/media/{id}                    signed, with the token → bytes, from where we were
    GET  /v1/media/{id}/chunks             signed, with the token → sealed digests of its parts

Promises: nobody but the holder of the pinned authority is talked to; no redirect is followed
and no compressed answer unpacked; an answer states its length, is bounded by it, and ends in
time; every failure is a leaf of our tree. It understands no message but the token and a
refusal. Questions that are safe to repeat are repeated with growing pauses, and a media file
that was cut goes on from its last byte. Enrolment is asked once: its code is good for once.

May be used from several threads at once.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlencode

from cport_desktop.clock import Clock
from cport_desktop.crypto.message_keys import Sign
from cport_desktop.domain.batch import Position
from cport_desktop.domain.ids import MediaId, StationId, media_reference
from cport_desktop.errors import MessageMixup, TransferCut, UnknownReference
from cport_desktop.formats.portal_messages import LONGEST_ANCHOR_MESSAGE, LONGEST_CHUNK_MESSAGE
from cport_desktop.sync.answer_headers import bytes_to_skip, require_same_tag
from cport_desktop.sync.portal_line import PortalLine
from cport_desktop.sync.question import Answer, Proof, Question, StationProof, Terms
from cport_desktop.sync.station_certificate import StationCertificate
from cport_desktop.sync.transfer import LEAST_PROGRESS
from cport_desktop.sync.transport import LONGEST_MESSAGE


class PortalTransport:
    """A `sync.transport.Transport` over HTTPS."""

    def __init__(
        self,
        url: str,
        *,
        authority_pem: bytes,
        clock: Clock,
        station: StationId | None = None,
        sign: Sign | None = None,
        certificate: StationCertificate | None = None,
        terms: Terms | None = None,
    ) -> None:
        """A road to the portal at `url`; nothing is sent yet.

        Without `station` and `sign` it can enrol and nothing else (`NotEnrolled`).

        Raises:
            ValueUnknown: if `url` is no https address, or the proxy none of http.
            KeyFileMalformed: if `authority_pem` or `certificate` is no certificate.
        """
        proof = (
            None if station is None or sign is None else StationProof(station, sign, certificate)
        )
        self._line = PortalLine(
            url, authority_pem=authority_pem, clock=clock, proof=proof, terms=terms or Terms()
        )

    def enrol(self, request: bytes) -> bytes:
        """See `Transport`. Raises `CodeRefused`, `NatureRefused` too."""
        question = Question(
            "POST",
            "/v1/enrolment",
            Proof.NONE,
            missing=MessageMixup(what="portal"),
            body=request,
            headers=_JSON,
        )
        return self._line.message(question, limit=LONGEST_MESSAGE)

    def changes(self, position: Position, *, limit: int) -> bytes:
        """See `Transport`. Raises `MessageMixup` if the portal does not know the cursor."""
        query = {"limit": str(limit)}
        if position.cursor is not None:
            query |= {"cursor": position.cursor, "digest": position.digest or ""}
        question = Question(
            "GET",
            f"/v1/changes?{urlencode(query)}",
            Proof.SESSION,
            missing=MessageMixup(what="cursor"),
        )
        return self._line.persist(lambda: self._line.message(question, limit=LONGEST_MESSAGE))

    def operations(self, request: bytes) -> bytes:
        """See `Transport`. Each operation carries its own id, so that repeating is harmless."""
        question = Question(
            "POST",
            "/v1/operations",
            Proof.SESSION,
            missing=MessageMixup(what="portal"),
            body=request,
            headers=_JSON,
        )
        return self._line.persist(lambda: self._line.message(question, limit=LONGEST_MESSAGE))

    def anchor(self, request: bytes) -> bytes:
        """See `Transport`. Handing over the same head again is harmless."""
        question = Question(
            "POST",
            "/v1/anchors",
            Proof.SESSION,
            missing=UnknownReference(kind="service", reference="anchors"),
            body=request,
            headers=_JSON,
        )
        return self._line.persist(
            lambda: self._line.message(question, limit=LONGEST_ANCHOR_MESSAGE)
        )

    def in_hand(self, request: bytes) -> bytes:
        """See `Transport`. The whole is told each time, so that repeating is harmless."""
        question = Question(
            "POST",
            "/v1/in-hand",
            Proof.SESSION,
            missing=UnknownReference(kind="service", reference="in-hand"),
            body=request,
            headers=_JSON,
        )
        return self._line.persist(lambda: self._line.message(question, limit=LONGEST_MESSAGE))

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        """See `Transport`. Raises `UnknownReference` if the portal has no such file.

        A cut is mended here as long as the transfer gets on; the file that goes on must be
        the one that began (`DigestMismatch`).
        """
        with closing(self._mended(media_id, start, size)) as pieces:
            yield pieces

    def chunks(self, media_id: MediaId) -> bytes:
        """See `Transport`."""
        question = Question(
            "GET",
            f"/v1/media/{media_id}/chunks",
            Proof.SESSION,
            missing=UnknownReference(kind="media item", reference=media_reference(media_id)),
        )
        return self._line.persist(lambda: self._line.message(question, limit=LONGEST_CHUNK_MESSAGE))

    def close(self) -> None:
        """See `Transport`."""
        self._line.close()

    def _mended(self, media_id: MediaId, start: int, size: int) -> Generator[bytes, None, None]:
        at, failures, tag = start, 0, None
        while at < size:
            began = at
            answer = self._opened(media_id, at, tag)
            with closing(answer):
                tag = require_same_tag(tag, answer.response.headers)
                for piece in self._until_cut(answer, at, size):
                    at += len(piece)
                    yield piece
            if at < size:
                failures = 1 if at - began >= LEAST_PROGRESS else failures + 1
                self._line.pause_or_raise(TransferCut(got=at, wanted=size), failures)

    def _opened(self, media_id: MediaId, at: int, tag: str | None) -> Answer:
        """The answer to our asking for the file from `at` on."""
        headers = {"Range": f"bytes={at}-"} if at else {}
        if at and tag is not None:
            headers["If-Range"] = tag
        question = Question(
            "GET",
            f"/v1/media/{media_id}",
            Proof.SESSION,
            missing=UnknownReference(kind="media item", reference=media_reference(media_id)),
            headers=headers,
            accepted=(200, 206, 416),
            is_message=False,
        )
        return self._line.persist(lambda: self._line.open(question))

    def _until_cut(self, answer: Answer, at: int, size: int) -> Iterator[bytes]:
        """The bytes of this answer from `at` on, as far as they come."""
        response = answer.response
        skip = bytes_to_skip(response.status_code, response.headers, start=at, size=size)
        try:
            for piece in self._line.pieces(answer):
                if skip < len(piece):
                    yield piece[skip:]
                skip = max(0, skip - len(piece))
        except TransferCut:
            return


_JSON = {"Content-Type": "application/json"}
