"""A portal on loopback whose media are as large as one likes: made while they travel, never stored.

Every byte of a file follows from its number and its place (AES in counter mode), so that any part
of it can be sent again. How an answer goes wrong is a function of the question.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cport_desktop.clock import SystemClock
from cport_desktop.crypto import message_keys
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.chunk_map import ChunkMap, chunk_size_for
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.formats import portal_messages
from cport_desktop.formats.session_message import SessionToken, print_token
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import an_agreement
from tests.builders import NOON, an_entry
from tests.hostile.certificates import new_authority, server_context
from tests.hostile.scripted_server import HANG_UP, Asked, Piece, ScriptedServer, answer, serving

PIECE = 256 * 1024
MIB = 1 << 20
PORTAL, STATION = PortalId("portal-1"), StationId("station-1")


@dataclass
class StreamedFile:
    """A file of `size` bytes that nobody keeps."""

    number: int
    size: int
    digests: bytes = b""
    sha256: str = ""

    def __post_init__(self) -> None:
        chunk = chunk_size_for(self.size)
        whole = hashlib.sha256()
        parts = []
        for at in range(0, self.size, chunk):
            part = b"".join(self.pieces(at, min(chunk, self.size - at)))
            whole.update(part)
            parts.append(hashlib.sha256(part).digest())
        self.digests, self.sha256 = b"".join(parts), whole.hexdigest()

    def pieces(self, start: int, length: int) -> Iterator[bytes]:
        """The bytes from `start` on."""
        key = self.number.to_bytes(16, "big")
        counter = (start // 16).to_bytes(16, "big")
        stream = Cipher(algorithms.AES(key), modes.CTR(counter)).encryptor()
        stream.update(b"\0" * (start % 16))
        while length:
            piece = stream.update(b"\0" * min(PIECE, length))
            length -= len(piece)
            yield piece


@dataclass
class StreamingPortal:
    """Answers like an honest one, but for what `twist` makes of a media answer's body and
    `twist_map` of the message of digests. `sent`: bytes of media that went out.
    """

    files: dict[int, StreamedFile]
    keys: KeyPair = field(default_factory=message_keys.generate_ed25519)
    twist: Callable[[Asked, Iterator[bytes]], Iterable[Piece]] = lambda _, pieces: pieces
    twist_map: Callable[[ChunkMap], ChunkMap] = lambda chunks: chunks
    twist_head: Callable[[list[str]], list[str]] = lambda lines: lines
    sealed_by: Callable[[bytes], bytes] | None = None
    sent: int = 0

    def __call__(self, asked: Asked) -> Iterable[Piece]:
        if asked.target.startswith("/v1/token"):
            return [answer(200, print_token(SessionToken("t-1", 1800)))]
        found = re.fullmatch(r"/v1/media/(\d+)(/chunks)?", asked.target)
        file = self.files.get(int(found[1])) if found else None
        if found is None or file is None:
            return [answer(404, b'{"error":"unknown"}')]
        return [answer(200, self.map_of(file))] if found[2] else self._media(asked, file)

    def map_of(self, file: StreamedFile) -> bytes:
        """The sealed digests of the file's parts."""
        chunks = ChunkMap(
            PORTAL, STATION, Nature.DEMO, MediaId(file.number), file.size, file.sha256, file.digests
        )
        payload = portal_messages.print_chunks(self.twist_map(chunks), issued_at=datetime.now(UTC))
        sign = self.sealed_by or message_keys.signing_with(self.keys.private)
        return portal_messages.seal(payload, sign)

    def _media(self, asked: Asked, file: StreamedFile) -> Iterator[Piece]:
        start = int(asked.headers.get("range", "bytes=0-")[6:-1])
        length = file.size - start
        lines = ["HTTP/1.1 200 OK" if not start else "HTTP/1.1 206 Partial Content"]
        lines += [f"Content-Length: {length}", f'ETag: "{file.sha256}"']
        if start:
            lines.append(f"Content-Range: bytes {start}-{file.size - 1}/{file.size}")
        yield "\r\n".join([*self.twist_head(lines), "", ""]).encode()
        for piece in self.twist(asked, file.pieces(start, length)):
            if isinstance(piece, bytes):
                self.sent += len(piece)
            yield piece

    def enrolment(self, authority_pem: bytes) -> Enrolment:
        """The bond of a station with this portal."""
        answer = EnrolmentAnswer(
            portal=PORTAL,
            portal_name="Synthetic portal",
            nature=Nature.DEMO,
            station=STATION,
            portal_key=self.keys.public,
            signed_agreement=SignedAgreement(an_agreement(), b"document", b"signature"),
            signing_certificate=b"",
            signing_authority=b"",
        )
        return Enrolment(answer, "https://127.0.0.1", authority_pem, b"", b"", NOON)


def cut_after(lengths: Iterator[int]) -> Callable[[Asked, Iterator[bytes]], Iterable[Piece]]:
    """Cuts the line each time as many bytes of media have gone out as the next of `lengths` says,
    over all answers together; no more once they are used up.
    """
    left = [next(lengths, None)]

    def twist(asked: Asked, pieces: Iterator[bytes]) -> Iterator[Piece]:
        del asked
        for piece in pieces:
            if left[0] is not None and len(piece) >= left[0]:
                yield piece[: left[0]]
                left[0] = next(lengths, None)
                yield HANG_UP
                return
            if left[0] is not None:
                left[0] -= len(piece)
            yield piece

    return twist


@dataclass
class CountingRoad:
    """A real road, and how many bytes of media it handed over."""

    road: PortalTransport
    handed_over: int = 0

    def chunks(self, media_id: MediaId) -> bytes:
        return self.road.chunks(media_id)

    @contextmanager
    def media(self, media_id: MediaId, *, start: int, size: int) -> Iterator[Iterator[bytes]]:
        with self.road.media(media_id, start=start, size=size) as pieces:
            yield self._counted(pieces)

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.handed_over += len(piece)
            yield piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self.road, name)


@contextmanager
def road_to(
    portal: StreamingPortal, directory: Path, vault: Vault | None = None, **terms: Any
) -> Iterator[tuple[CountingRoad, ScriptedServer]]:
    """A road over loopback HTTPS to `portal`, with which `vault` is enrolled."""
    authority = new_authority()
    with serving(portal, server_context(authority, directory)) as server:
        if vault is not None:
            enrol(vault, portal, authority.pem)
        transport = PortalTransport(
            server.url,
            authority_pem=authority.pem,
            clock=SystemClock(),
            station=STATION,
            sign=message_keys.signing_with(message_keys.generate_ed25519().private),
            terms=Terms(**terms),
        )
        with closing(transport):
            yield CountingRoad(transport), server


def enrol(vault: Vault, portal: StreamingPortal, authority_pem: bytes) -> None:
    """The vault is bound to `portal`, and its files are announced to it."""
    with vault.transaction() as tx:
        bond.save(tx, portal.enrolment(authority_pem))
        tx.connection.executemany(
            "INSERT OR IGNORE INTO media_item"
            " (media_id, state, size, announced_sha256, newest_received)"
            " VALUES (?, 'wanted', ?, ?, ?)",
            [(file.number, file.size, file.sha256, file.number) for file in portal.files.values()],
        )
        tx.record(an_entry("announce"))
