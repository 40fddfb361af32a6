"""The clear header of a part of a courier bundle, one line of 78 bytes:

    cport-bundle-v1 S 5f3a…(32 hex digits) 0002/0003 0123456789abcdef⏎

for whom (`S` station, `P` portal), which bundle, which part of how many, and the first 16 hex
digits of the SHA-256 of the key that it is sealed to. Nothing else of a bundle can be read without
that key. See docs/formats/courier_bundle.md.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from cport_desktop.domain.courier import MOST_PARTS, BundleId, Heading, PartHeader
from cport_desktop.errors import BundleMalformed, MessageNewer

MAGIC: Final = b"cport-bundle-v1 "
_FAMILY: Final = re.compile(rb"cport-bundle-v([1-9][0-9]{0,3}) ")
_LINE: Final = re.compile(
    rb"cport-bundle-v1 ([PS]) ([0-9a-f]{32}) ([0-9]{4})/([0-9]{4}) ([0-9a-f]{16})\n"
)
_KEY_ID: Final = 16
HEADER_SIZE: Final = len(MAGIC) + 2 + 33 + 10 + _KEY_ID + 1


def key_id(public: bytes) -> str:
    """What names a sealing key in a header."""
    return hashlib.sha256(public).hexdigest()[:_KEY_ID]


def print_header(header: PartHeader) -> bytes:
    """The line."""
    place = f"{header.part:04}/{header.parts:04}"
    line = f"{header.heading.value} {header.bundle} {place} {header.key_id}\n"
    return MAGIC + line.encode("ascii")


def parse_header(untrusted: bytes) -> PartHeader:
    """What the first `HEADER_SIZE` bytes of a file say.

    Raises:
        BundleMalformed: it is no part of a bundle.
        MessageNewer: it is one of a later version.
    """
    family = _FAMILY.match(untrusted)
    if family is not None and family[1] != b"1":
        raise MessageNewer(found=int(family[1]), known=1)
    found = _LINE.fullmatch(untrusted)
    if found is None:
        raise BundleMalformed(cause=_likeness(untrusted))
    part, parts = int(found[3]), int(found[4])
    if not 1 <= part <= parts <= MOST_PARTS:
        raise BundleMalformed(cause="its part is none of its parts")
    return PartHeader(
        heading=Heading(found[1].decode()),
        bundle=BundleId(found[2].decode()),
        part=part,
        parts=parts,
        key_id=found[5].decode(),
    )


_KNOWN: Final = (
    (b"PK\x03\x04", "it is a ZIP archive"),
    (b"PK\x05\x06", "it is a ZIP archive"),
    (b"\x1f\x8b", "it is a gzip archive"),
    (b"BZh", "it is a bzip2 archive"),
    (b"\xfd7zXZ", "it is an xz archive"),
    (b"7z\xbc\xaf", "it is a 7z archive"),
    (b"Rar!", "it is a RAR archive"),
    (b"age-encryption.org", "it is an age file, perhaps a package"),
    (b"cport-message-", "it is a single message, perhaps of an enrolment"),
)


def _likeness(untrusted: bytes) -> str:
    """Why it is none, as helpfully as the first bytes allow. Nothing is ever unpacked by name."""
    if len(untrusted) < HEADER_SIZE and untrusted.startswith(MAGIC[: len(untrusted)]):
        return "it is cut within its first line"
    for beginning, words in _KNOWN:
        if untrusted.startswith(beginning):
            return words
    return "it does not begin as one"
