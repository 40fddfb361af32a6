"""Which bytes of a large file may be kept: a part at a time, once its digest is the one signed.

No I/O. A part is held in memory until it is whole and right; so what is kept never has to be taken
back, and a cut or a wrong byte costs one part at most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from cport_desktop.domain.chunk_map import ChunkMap
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.nature import require_same_nature
from cport_desktop.domain.report import MediaNotice
from cport_desktop.errors import DigestMismatch, MessageMixup
from cport_desktop.formats import portal_messages

WRONG_CHUNK = "chunk"
"""What a `DigestMismatch` over one part says is wrong."""


def accept_chunks(message: bytes, *, enrolment: Enrolment, notice: MediaNotice) -> ChunkMap:
    """The digests in a sealed message, which are of the file that was announced.

    Raises:
        SignatureInvalid, MalformedMessage, MessageTooLarge: if it is not the portal's.
        NatureRefused: if the portal is of another nature.
        MessageMixup: if it is for another station or of another file (what: portal, station, media).
        DigestMismatch: if the file is not the one announced any more (what: size, sha256).
    """
    payload = portal_messages.unseal(message, enrolment.answer.portal_key)
    chunks = portal_messages.parse_chunks(payload)
    require_same_nature(enrolment.answer.nature, chunks.nature)
    if chunks.portal != enrolment.answer.portal:
        raise MessageMixup(what="portal")
    if chunks.station != enrolment.answer.station:
        raise MessageMixup(what="station")
    if chunks.media_id != notice.media_id:
        raise MessageMixup(what="media")
    if chunks.size != notice.size:
        raise DigestMismatch(what="size")
    if chunks.sha256 != notice.sha256:
        raise DigestMismatch(what="sha256")
    return chunks


def checked(
    pieces: Iterable[bytes], chunks: ChunkMap, *, start: int, head: bytes = b""
) -> Iterator[bytes]:
    """The bytes from `start` on, as far as their parts are whole and right.

    `head`: what is here already of the part in which `start` lies; it is not handed out again.

    Raises:
        DigestMismatch: a part is not the one signed (what: chunk); all before it was handed out.
        Whatever `pieces` raises: what was not whole then is dropped.
    """
    at, known, part = start - len(head), len(head), bytearray(head)
    for piece in pieces:
        view = memoryview(piece)
        while view:
            size = min(chunks.chunk_size, chunks.size - at)
            taken = view[: size - len(part)]
            part += taken
            view = view[len(taken) :]
            if len(part) == size:
                if hashlib.sha256(part).digest() != chunks.digest_at(at):
                    raise DigestMismatch(what=WRONG_CHUNK)
                yield bytes(part[known:])
                at, known, part = at + size, 0, bytearray()
