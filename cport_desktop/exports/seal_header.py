"""What can be said of a sealed file without any key: the outer form of age (C2SP age.md, v1).

age-encryption.org/v1        one line
-> X25519 …                  a stanza for each recipient, with its body
--- MAC                      one line
16 bytes, then chunks of 64 KiB, each with a tag of 16 bytes
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cport_desktop.errors import PackageMalformed
from cport_desktop.exports.piece_stream import Source

INTRODUCTION = b"age-encryption.org/v1\n"
ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
LONGEST_HEADER = 64 * 1024
"""Bytes: five hundred recipients."""
_NONCE = 16
_TAG = 16
_CHUNK = 64 * 1024 + _TAG
_READ = 256 * 1024
_END = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_STANZA = re.compile(rb"-> ([!-~]+)(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n")


@dataclass(frozen=True, slots=True)
class SealHeader:
    """`recipients` are X25519 stanzas; `length` the bytes of the header."""

    recipients: int
    length: int


def read_head(source: Source) -> bytes:
    """The first bytes of `source`, enough for any honest header, or all there are."""
    head = b""
    while len(head) < LONGEST_HEADER and (piece := source.read(LONGEST_HEADER - len(head))):
        head += piece
    return head


def parse_header(head: bytes) -> SealHeader:
    """The header at the beginning of `head`.

    Raises:
        PackageMalformed: if there is none, or it is damaged.
    """
    end = _END.search(head)
    if not head.startswith(INTRODUCTION) or end is None:
        raise PackageMalformed(cause="seal_header")
    stanzas = head[len(INTRODUCTION) : end.start() + 1]
    kinds = []
    position = 0
    while position < len(stanzas):
        stanza = _STANZA.match(stanzas, position)
        if stanza is None:
            raise PackageMalformed(cause="seal_header")
        kinds.append(stanza[1])
        position = stanza.end()
    if b"X25519" not in kinds:
        raise PackageMalformed(cause="seal_header")
    return SealHeader(recipients=kinds.count(b"X25519"), length=end.end())


def require_whole_form(source: Source, header: SealHeader) -> None:
    """`source`, read from its first byte to its end, has a length that age can give a file.

    Raises:
        PackageMalformed: it ends too early.
    """
    size = 0
    while piece := source.read(_READ):
        size += len(piece)
    payload = size - header.length - _NONCE
    last = payload % _CHUNK
    if payload < _TAG or 0 < last <= _TAG:
        raise PackageMalformed(cause="seal_truncated")
