"""Messages that no honest portal sends. All are signed by the portal's own key unless they say
otherwise: what is told from its signature alone is never unpacked or parsed at all.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping

import zstandard

from cport_desktop.crypto import message_keys
from cport_desktop.formats.sealed_message import FORMAT_LINE, LONGEST_MESSAGE, seal
from cport_desktop.formats.strict_json import MOST_BRACKETS, MOST_COMMAS

_SIGN = message_keys.signing_with


def hostile_messages(portal_key: bytes) -> Mapping[str, tuple[str, Callable[[], bytes]]]:
    """By name: the error that it becomes, and how it is made. `portal_key`: the private half."""
    sign = _SIGN(portal_key)

    def signed(packing: str, body: bytes) -> bytes:
        signature = base64.b64encode(sign(FORMAT_LINE + packing.encode() + b"\n" + body))
        return FORMAT_LINE + signature + b"\n" + packing.encode() + b"\n" + body

    def sealed(payload: bytes) -> bytes:
        """Packed, be it longer than anything honest."""
        return signed(f"zstd {len(payload)}", zstandard.ZstdCompressor().compress(payload))

    def batch(**fields: object) -> bytes:
        """One that would be applied, but for these fields."""
        return seal(json.dumps({**BATCH, "changes": [], **fields}).encode(), sign)

    def with_text(text: bytes) -> bytes:
        return sealed(json.dumps(BATCH).encode().replace(b'"PLACE"', text))

    def with_nesting(opening: bytes, closing: bytes, depth: int) -> bytes:
        return with_text(opening * depth + b"1" + closing * depth)

    return {
        # The envelope
        "empty": ("MalformedMessage", bytes),
        "another-key": ("SignatureInvalid", lambda: seal(b"{}", _SIGN(message_keys.generate_ed25519().private))),
        "another-format": ("MalformedMessage", lambda: batch().replace(b"v2", b"v3", 1)),
        "cut": ("SignatureInvalid", lambda: batch()[:-7]),
        "longer": ("SignatureInvalid", lambda: batch() + b"\n"),
        "beyond-the-bound": ("MessageTooLarge", lambda: batch() + bytes(LONGEST_MESSAGE)),
        "size-too-small": ("MalformedMessage", lambda: signed("plain 1", b"{}")),
        "size-too-large": ("MalformedMessage", lambda: signed("plain 3", b"{}")),
        # Bombs
        "bomb-that-states-little": ("MalformedMessage", lambda: signed("zstd 100", a_bomb(96 * MiB))),
        "bomb-that-states-all": ("MessageTooLarge", lambda: signed(f"zstd {96 * MiB}", a_bomb(96 * MiB))),
        "bomb-that-states-the-bound": ("MalformedMessage", lambda: signed(f"zstd {LONGEST_MESSAGE}", a_bomb(96 * MiB))),
        "bomb-that-states-nothing": ("MalformedMessage", lambda: signed(f"zstd {LONGEST_MESSAGE}", a_bomb(96 * MiB, is_stated=False))),
        "bomb-of-many-frames": ("MalformedMessage", lambda: signed(f"zstd {64 * 1024}", a_bomb(64 * 1024) * 4096)),
        "window-of-2-gib": ("MalformedMessage", lambda: signed(f"zstd {LONGEST_MESSAGE}", a_wide_frame(LONGEST_MESSAGE))),
        "zeros": ("MalformedMessage", lambda: sealed(bytes(LONGEST_MESSAGE))),
        # JSON
        "nesting-of-lists": ("MalformedMessage", lambda: with_nesting(b"[", b"]", 100_000)),
        "nesting-of-objects": ("MalformedMessage", lambda: with_nesting(b'{"a":', b"}", 100_000)),
        "nesting-without-end": ("MalformedMessage", lambda: with_text(b"[" * 100_000)),
        "too-deep-by-one": ("MalformedMessage", lambda: with_nesting(b"[", b"]", 31)),
        "tiny-lists": ("MessageTooLarge", lambda: with_text(b"[" + b"[]," * 2_000_000 + b"1]")),
        "tiny-numbers": ("MessageTooLarge", lambda: with_text(b"[" + b"1," * 4_000_000 + b"1]")),
        "tiny-texts": ("MessageTooLarge", lambda: with_text(b"[" + b'"",' * 2_500_000 + b"1]")),
        "as-many-lists-as-allowed": ("MalformedMessage", lambda: with_text(many(b"[1.5]", LISTS))),
        "as-many-objects-as-allowed": ("MalformedMessage", lambda: with_text(many(b'{"a":1.5}', LISTS))),
        "as-many-numbers-as-allowed": ("MalformedMessage", lambda: with_text(many(b"1.5", VALUES))),
        "as-many-texts-as-allowed": ("MalformedMessage", lambda: with_text(many(b'"abcdefghijklmnop"', VALUES))),
        "as-many-keys-as-allowed": ("MalformedMessage", lambda: with_text(KEYS)),
        "as-many-keys-as-allowed-loosely": ("MalformedMessage", lambda: with_text(b" " + KEYS)),
        "one-long-text": ("MalformedMessage", lambda: with_text(b'"' + b"a" * LONG + b'"')),
        "one-long-rare-text": ("MalformedMessage", lambda: with_text(b'"' + b"a" * LONG + RARE + b'"')),
        "one-long-rare-text-loosely": ("MalformedMessage", lambda: with_text(b' "' + b"a" * LONG + RARE + b'"')),
        "long-rare-texts": ("MalformedMessage", lambda: with_text(many(b'"' + b"a" * 20_000 + RARE + b'"', LONG // 20_100))),
        "one-long-escaped-text": ("MalformedMessage", lambda: with_text(b'"' + b"\\n" * (LONG // 2) + b'\\ud83d\\ude00"')),
        "a-number-of-a-million-digits": ("MalformedMessage", lambda: with_text(b"1" + b"0" * MiB)),
        "not-a-number": ("MalformedMessage", lambda: with_text(b"NaN")),
        "a-key-twice": ("MalformedMessage", lambda: with_text(b'{"a":1,"a":2}')),
        "a-key-twice-in-disguise": ("MalformedMessage", lambda: with_text(b'{"a":1,"\\u0061":2}')),
        "not-utf-8": ("MalformedMessage", lambda: with_text(b'"\xff"')),
        "half-a-surrogate": ("MalformedMessage", lambda: with_text(b'"\\ud800"')),
        "a-byte-order-mark": ("MalformedMessage", lambda: sealed(b"\xef\xbb\xbf" + json.dumps(BATCH).encode())),
        "two-texts": ("MalformedMessage", lambda: sealed(json.dumps(BATCH).encode() * 2)),
        # Shape
        "a-list": ("MalformedMessage", lambda: sealed(b"[]")),
        "no-place": ("MalformedMessage", lambda: sealed(b'{"schema":2,"kind":"batch"}')),
        "wrong-types": ("MalformedMessage", lambda: batch(changes={"kind": "new"})),
        "a-text-for-a-number": ("MalformedMessage", lambda: batch(sequence="1")),
        "a-place-of-none": ("MalformedMessage", lambda: batch(sequence=0)),
        "too-many-changes": ("MalformedMessage", lambda: batch(changes=[{"kind": "later"}] * 1001)),
        "a-later-version": ("MessageNewer", lambda: batch(schema=3)),
        # Whose, and whose turn
        "another-portal": ("MessageMixup", lambda: batch(portal="another")),
        "another-station": ("MessageMixup", lambda: batch(station="another")),
        "a-cursor-of-elsewhere": ("ChainForked", lambda: batch(cursor="c-9")),
        "a-past-of-another": ("ChainForked", lambda: batch(previous="0" * 64)),
        "out-of-order": ("MessageMissing", lambda: batch(sequence=2)),
    }  # fmt: skip


BATCH: Mapping[str, object] = {
    "schema": 2,
    "kind": "batch",
    "portal": "portal-1",
    "station": "station-1",
    "nature": "demo",
    "issuedAt": "2026-03-01T12:00:00Z",
    "sequence": 1,
    "previous": None,
    "cursor": None,
    "nextCursor": "c-1",
    "isSnapshot": False,
    "remaining": 0,
    "changes": [{"kind": "new", "report": {"reportId": 17, "later": "PLACE"}}],
}
"""All but the place is as it should be. The report is not whole, so that whatever the text is, and
however much of it was read, the message is not applied."""


MiB = 1024 * 1024
LISTS, VALUES = MOST_BRACKETS - 100, MOST_COMMAS - 100
LONG = LONGEST_MESSAGE - 1_000
RARE = "\U0001f600".encode()
"""One such character makes a text four times as long in memory."""
KEYS = b"{" + b",".join(b'"%07d":"%07d"' % (n, n) for n in range(VALUES)) + b"}"


def many(cell: bytes, count: int) -> bytes:
    return b"[" + b",".join([cell] * count) + b"]"


def a_bomb(size: int, *, is_stated: bool = True) -> bytes:
    """A frame of zeros, made piece by piece."""
    packing = zstandard.ZstdCompressor(level=3)
    pieces = packing.compressobj(size=size) if is_stated else packing.compressobj()
    piece = bytes(min(size, MiB))
    return b"".join(pieces.compress(piece) for _ in range(size // len(piece))) + pieces.flush()


def a_wide_frame(size: int) -> bytes:
    """A frame whose header asks the reader to keep 2 GiB in mind."""
    wide = bytearray(a_bomb(size, is_stated=False))
    # Frame header: content size in 8 bytes, no single segment; window of 2 GiB (RFC 8878, 3.1.1.1).
    return bytes(wide[:4]) + b"\xc0\xa8" + size.to_bytes(8, "little") + bytes(wide[6:])
