#!/usr/bin/env python3
"""Checks an intelligence package of CPORT Desktop, step by step, on any machine.

    python3 verify_package.py package.age --identity identity.txt --trust authority.pem

It needs Python 3.9 or later and the package `cryptography` (41 or later), and nothing else: no
vault, no network, no other file. It reads the package once, in constant memory, writes nothing,
and puts nothing of the package on a disk. It takes the sealed file with the age identity of a
recipient, or the opened container (`.asice`).

It was written from the published formats and shares no line with the program that composes
packages: age v1 (C2SP), ASiC-E (ETSI EN 319 162-1), CAdES (ETSI EN 319 122-1, RFC 5652), time
stamps (RFC 3161), signed notes and inclusion proofs (C2SP, RFC 6962).

In this order: what people read · the seal (age) · the container (ZIP) · the manifest · the signature
(CAdES) · the way to an authority · time stamps · what the package says of itself · the head of the
audit log · custody and its proofs · the steps · the command line.

Exit codes: 0 verified · 2 usage · 6 no package, or a key file that cannot be read · 7 checked, and
not everything is as it should be (also when something could not be checked).

Licence: EUPL-1.2, as the program.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import hmac
import io
import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa, x25519
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID
except ImportError:
    sys.stderr.write("The Python package “cryptography” is missing: pip install cryptography\n")
    sys.exit(2)

UTC = timezone.utc  # noqa: UP017 - Python 3.9 has no datetime.UTC
READ = 1024 * 1024

# -- what people read ------------------------------------------------------------------------

PASSED, FAILED, SKIPPED, CLAIMED = "passed", "failed", "skipped", "claimed"
MARKS = {PASSED: "✓", FAILED: "✗", SKIPPED: "–", CLAIMED: "?"}

TITLES = {
    "seal": "The file is a sealed package",
    "opening": "It opens with the given identity, and its end is there",
    "container": "The container is whole and written as packages are",
    "manifest": "The manifest names every file once, and no other",
    "signature": "The signature fits the manifest",
    "authority": "The signer’s certificate comes from the given authority",
    "validity": "The certificate was valid when it was signed",
    "signer": "The signer is the expected one",
    "digests": "Every file is the one that was signed",
    "content": "The package agrees with what it says of itself",
}

FAULTS = {
    "armored": "sealed with age, but in text form; packages are binary",
    "neither": "neither a file sealed with age nor an opened package",
    "seal_header": "the header of the seal is damaged",
    "seal_truncated": "the sealed file is cut short",
    "seal": "the seal is broken: bytes were changed, cut off or added",
    "identity": "the package is not sealed to this identity",
    "no_container": "there is no container inside the seal",
    "mimetype": "the container does not begin with its type (mimetype)",
    "name_twice": "two files in the container have one name",
    "name_escapes": "a file in the container has a name that leads out of it or is no honest name",
    "compressed": "a file in the container is compressed, which packages never are",
    "header": "the header of a file in the container is not as packages are written",
    "order": "the files of the container are not in their order",
    "checksum": "a file in the container does not fit its checksum",
    "directory": "the directory of the container does not fit its files",
    "truncated": "the container is cut short",
    "trailing": "there are bytes behind the end of the container",
    "too_many": "the container holds more files than any package may",
    "too_large": "a record of the container is larger than any honest one",
    "manifest_missing": "there is no manifest in the container",
    "signature_missing": "there is no signature in the container",
    "manifest": "the manifest is not as packages are written",
    "referenced_twice": "the manifest names a file twice",
    "unreferenced": "the container holds a file that the manifest does not name",
    "missing": "the manifest names a file that is not there",
    "malformed": "the signature is not one CAdES signature with its certificate",
    "altered": "the manifest is not the one that was signed",
    "forged": "the key of the stated certificate did not make this signature",
    "authority": "the certificate does not come from the given authority",
    "expired": "a certificate was not valid at the stated time of signing",
    "weak": "the signature or a certificate rests on a key or a digest that can be broken",
    "purpose": "the signer’s certificate is not one to sign documents with",
    "future": "the time that the signer or the time stamp states has not come yet",
    "stamp_early": "the time stamp is older than the time that the signer states",
    "time_stamp": "the time stamp is damaged or speaks of something else",
    "signer": "another than the expected signer signed it",
    "digest": "a file is not the one that was signed",
    "package_missing": "there is no package.json in the container",
    "package_record": "package.json cannot be read",
    "package_format": "package.json is of another format than this version knows",
    "counts": "package.json counts other reports or media than there are",
    "checkpoint": "the signed head of the audit log is not the one that package.json names",
    "checksums": "manifest-sha256.txt lists other digests than the signed manifest",
    "bag": "the bag of the media (media/bagit.txt and its lists) does not fit the media",
    "custody": (
        "custody.json tells of the log what its proofs do not show under the head in package.json"
    ),
    "media_name": "a media file is not named by its own SHA-256",
    "synthetic": "the marks of a synthetic package contradict each other",
    "moment": "the dates of the container are not the moment of composition",
}

ADVICE = {
    "identity": "Use the identity whose public half was given to the sender.",
    "authority": "Do not rely on it before the sender’s authority has confirmed the certificate.",
    "expired": "Ask the signer for a package signed with a valid certificate.",
    "weak": "Ask the signer for a package signed with P-256, or with RSA of 2048 bits and more.",
    "purpose": "Ask the signer for a package signed with a certificate for signing.",
    "future": "Set the clock of this computer first; if it is right, do not rely on it.",
    "stamp_early": "Do not rely on it before the sender has said which of the two is true.",
    "package_format": "Verify it with a newer version of this program.",
    "signer": "Do not rely on it before the expected signer has confirmed that this one may sign.",
    "time_stamp": "Ask the sender for the time stamp again, or verify without it.",
}
COMMON_ADVICE = "Do not use it; ask the sender for the file again and compare its SHA-256."

VERDICTS = {
    "verified": "Verified.",
    "verified_expired_proven": (
        "Verified. The certificate has expired since; a time stamp proves that the signature was"
        " made while it was valid."
    ),
    "intact_expired_claimed": (
        "NOT fully verified: the signature is intact, but the certificate has expired since, and"
        " that it was valid at signing is only the signer’s claim; no time stamp proves it."
    ),
    "incomplete": "NOT verified: nothing wrong was found, but not everything was checked.",
    "refused": "NOT verified.",
}


def failed_sentence(cause: str, name: str | None) -> str:
    what = FAULTS[cause]
    what = what[:1].upper() + what[1:]
    if name is not None:
        what = f"{what}: “{name}”"
    return f"{what}. {ADVICE.get(cause, COMMON_ADVICE)}"


def some(count: int, one: str, more: str) -> str:
    return (one if count == 1 else more).replace("{count}", f"{count:,}")


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown(untrusted: bytes) -> str:
    """A foreign name, so that it cannot do anything to a terminal; 80 characters at most."""
    text = untrusted[:80].decode("latin-1")
    return "".join(c if " " <= c <= "~" else f"\\x{ord(c):02x}" for c in text)


class Wrong(Exception):
    """A step found something: `cause` is one of `FAULTS`, `name` the file that it is about."""

    def __init__(self, cause: str, name: str | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.name = name


class Unusable(Exception):
    """What was given cannot be worked with at all."""


# -- age: the seal (C2SP age.md, v1) ------------------------------------------------------------

INTRODUCTION = b"age-encryption.org/v1\n"
ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
LONGEST_HEADER = 64 * 1024
CHUNK, TAG, NONCE = 64 * 1024, 16, 16
STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)")
MAC_LINE = re.compile(rb"\n---( [A-Za-z0-9+/]{43}\n)")


class Stanza(NamedTuple):
    words: list[bytes]
    body: bytes


class Header(NamedTuple):
    stanzas: list[Stanza]
    mac: bytes
    signed: bytes
    length: int

    def recipients(self) -> int:
        return sum(stanza.words[0] == b"X25519" for stanza in self.stanzas)


def unpadded(encoded: bytes) -> bytes:
    """Base64 without padding, in its one canonical spelling."""
    try:
        found = base64.b64decode(encoded + b"=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("seal") from None
    if base64.b64encode(found).rstrip(b"=") != encoded:
        raise Wrong("seal")
    return found


def parse_header(head: bytes) -> Header:
    """The form of the header alone; nothing is decoded yet."""
    end = MAC_LINE.search(head)
    if not head.startswith(INTRODUCTION) or end is None:
        raise Wrong("seal_header")
    stanzas, position = [], len(INTRODUCTION)
    while position <= end.start():
        found = STANZA.match(head, position, end.start() + 1)
        if found is None:
            raise Wrong("seal_header")
        stanzas.append(Stanza(found[1].split(b" "), found[2].replace(b"\n", b"")))
        position = found.end()
    header = Header(stanzas, end[1].strip(), head[: end.start() + 4], end.end())
    if not header.recipients():
        raise Wrong("seal_header")
    return header


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=info).derive(secret)


def bech32_secret(text: str) -> bytes:
    """The 32 bytes of `AGE-SECRET-KEY-1…` (BIP 173)."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    lower = text.lower()
    prefix, _, data = lower.rpartition("1")
    if text not in (lower, text.upper()) or prefix != "age-secret-key-":
        raise Unusable("an age identity begins with AGE-SECRET-KEY-1")
    if not data or any(letter not in letters for letter in data):
        raise Unusable("the age identity is damaged")
    values = [letters.index(letter) for letter in data]
    check = 1
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    for value in expanded + values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    number = 0
    for value in values[:-6]:
        number = number << 5 | value
    spare = len(values[:-6]) * 5 - 256
    if check != 1 or not 0 <= spare < 5 or number & ((1 << spare) - 1):
        raise Unusable("the age identity is damaged")
    return (number >> spare).to_bytes(32, "big")


def read_identities(content: bytes) -> list[x25519.X25519PrivateKey]:
    try:
        lines = [line.strip() for line in content.decode("utf-8").splitlines()]
    except UnicodeDecodeError:
        raise Unusable("the identity file is not text") from None
    secrets = [line for line in lines if line and not line.startswith("#")]
    if not secrets:
        raise Unusable("there is no AGE-SECRET-KEY-1… line in the identity file")
    return [x25519.X25519PrivateKey.from_private_bytes(bech32_secret(s)) for s in secrets]


def file_key(header: Header, identities: list[x25519.X25519PrivateKey]) -> bytes:
    """The key of the file, which a stanza gives to one of `identities`."""
    decoded = [(stanza.words, unpadded(stanza.body)) for stanza in header.stanzas]
    mac = unpadded(header.mac)
    for identity in identities:
        mine = identity.public_key().public_bytes_raw()
        for words, body in decoded:
            if words[0] != b"X25519":
                continue
            if len(words) != 2 or len(body) != 32:
                raise Wrong("seal")
            share = unpadded(words[1])
            if len(share) != 32:
                raise Wrong("seal")
            found = unwrapped(identity, mine, share, body)
            if found is not None:
                signing = derived(found, b"", b"header")
                expected = hmac.new(signing, header.signed, hashlib.sha256).digest()
                if not hmac.compare_digest(expected, mac):
                    raise Wrong("seal")
                return found
    raise Wrong("identity")


def unwrapped(
    identity: x25519.X25519PrivateKey, mine: bytes, share: bytes, body: bytes
) -> bytes | None:
    try:
        secret = identity.exchange(x25519.X25519PublicKey.from_public_bytes(share))
        wrap = derived(secret, share + mine, b"age-encryption.org/v1/X25519")
        return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
    except (InvalidTag, ValueError):
        return None


def opened_pieces(source: Source, key: bytes) -> Iterator[bytes]:
    """The plaintext, each piece genuine; raises at the end unless the end is the true one."""
    nonce = source.exactly(NONCE)
    if len(nonce) < NONCE:
        raise Wrong("seal")
    cipher = ChaCha20Poly1305(derived(key, nonce, b"payload"))
    counter, sealed = 0, source.exactly(CHUNK + TAG)
    while True:
        following = source.exactly(CHUNK + TAG) if len(sealed) == CHUNK + TAG else b""
        is_last = not following
        try:
            plain = cipher.decrypt(counter.to_bytes(11, "big") + bytes([is_last]), sealed, None)
        except (InvalidTag, ValueError):
            raise Wrong("seal") from None
        if not plain and counter:
            raise Wrong("seal")
        if plain:
            yield plain
        if is_last:
            return
        counter, sealed = counter + 1, following


class Source:
    """A file that is read once; all that is read is digested."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._head = b""
        self._digest = hashlib.sha256()
        self.size = 0

    def peek(self) -> bytes:
        """The first bytes, enough for any honest header; they are read again."""
        while len(self._head) < LONGEST_HEADER:
            piece = self._file.read(LONGEST_HEADER - len(self._head))
            if not piece:
                break
            self._head += piece
        return self._head

    def read(self, size: int) -> bytes:
        if self._head:
            piece, self._head = self._head[:size], self._head[size:]
        else:
            piece = self._file.read(size)
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    def exactly(self, size: int) -> bytes:
        """`size` bytes, fewer only at the end."""
        pieces, left = [], size
        while left:
            piece = self.read(left)
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    def pieces(self) -> Iterator[bytes]:
        while True:
            piece = self.read(READ)
            if not piece:
                return
            yield piece

    def sha256(self) -> bytes:
        """Of everything, once it was read to its end."""
        for _ in self.pieces():
            pass
        return self._digest.digest()


# -- the container (PKWARE APPNOTE 6.3.10; one way to write each thing) --------------------------

MIMETYPE_NAME, MIMETYPE = "mimetype", b"application/vnd.etsi.asic-e+zip"
SYNTHETIC_NAME = "SYNTHETIC.txt"
SYNTHETIC_COMMENT = b"SYNTHETIC - made by a demo vault, nothing in it is real"
MANIFEST_NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME = "META-INF/signature001.p7s"
PACKAGE_NAME = "package.json"
CHECKPOINT_NAME = "audit-checkpoint.txt"
CUSTODY_NAME = "custody.json"
CHECKSUMS_NAME = "manifest-sha256.txt"
SUMMARY_NAME = "summary.pdf"
OWN_NAMES = (MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME)
MOST_MEMBERS, LONGEST_NAME = 100_000, 200
KEPT = {
    MIMETYPE_NAME: len(MIMETYPE),
    PACKAGE_NAME: 16 * 1024 * 1024,
    MANIFEST_NAME: 64 * 1024 * 1024,
    SIGNATURE_NAME: 256 * 1024,
    CHECKPOINT_NAME: 64 * 1024,
}
HONEST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)
}
LOCAL_MARK = b"PK\x03\x04"
MAX16, MAX32 = 0xFFFF, 0xFFFFFFFF


class Member(NamedTuple):
    name: str
    size: int
    crc32: int
    offset: int
    sha256: str


class Container(NamedTuple):
    members: list[Member]
    kept: dict[str, bytes]
    stamp: tuple[int, int]
    comment: bytes
    custody: Custody | None


class Pieces:
    """Pieces of bytes, taken in other portions."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def take(self, size: int) -> bytes:
        found = b"".join(bytes(part) for part in self.parts(size))
        if len(found) < size:
            raise Wrong("truncated")
        return found

    def parts(self, size: int) -> Iterator[memoryview]:
        """`size` bytes in portions, or as many as there are."""
        while size:
            if not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return
                self._rest = memoryview(piece)
            part, self._rest = self._rest[:size], self._rest[size:]
            size -= len(part)
            yield part

    def drain(self) -> int:
        """How many bytes were left."""
        left = len(self._rest)
        self._rest = memoryview(b"")
        for piece in self._pieces:
            left += len(piece)
        return left


def local_header(name: str, size: int, crc32: int, stamp: tuple[int, int]) -> bytes:
    """What stands before a file of this name, size, checksum, date and time."""
    is_long = size >= MAX32
    extra = struct.pack("<HHQQ", 1, 16, size, size) if is_long else b""
    stated = MAX32 if is_long else size
    numbers = (45 if is_long else 20, 0, 0, stamp[1], stamp[0], crc32, stated, stated)
    return (
        struct.pack("<4sHHHHHIIIHH", LOCAL_MARK, *numbers, len(name), len(extra))
        + name.encode("ascii")
        + extra
    )


def central_header(member: Member, stamp: tuple[int, int]) -> bytes:
    """What the directory says of a file."""
    numbers = (member.size, member.size, member.offset)
    extra = b"".join(struct.pack("<Q", number) for number in numbers if number >= MAX32)
    if extra:
        extra = struct.pack("<HH", 1, len(extra)) + extra
    version = 45 if extra else 20
    size, offset = min(member.size, MAX32), min(member.offset, MAX32)
    fixed = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02",
        3 << 8 | version,
        version,
        0,
        0,
        stamp[1],
        stamp[0],
        member.crc32,
        size,
        size,
        len(member.name),
        len(extra),
        0,
        0,
        0,
        0o100600 << 16,
        offset,
    )
    return fixed + member.name.encode("ascii") + extra


def directory_end(count: int, size: int, offset: int) -> bytes:
    """What closes the file, up to the comment's length, which is 0 here."""
    end = b""
    if count >= MAX16 or size >= MAX32 or offset >= MAX32:
        numbers = (44, 3 << 8 | 45, 45, 0, 0, count, count, size, offset)
        end = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", *numbers)
        end += struct.pack("<4sIQI", b"PK\x06\x07", 0, offset + size, 1)
    counts = (min(count, MAX16), min(count, MAX16), min(size, MAX32), min(offset, MAX32))
    return end + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, *counts, 0)


def read_container(pieces: Pieces) -> Container:
    """The container, read from front to end. Raises `Wrong` at the first thing amiss."""
    members: list[Member] = []
    kept: dict[str, bytes] = {}
    custody = Custody()
    stamp: tuple[int, int] | None = None
    position = 0
    while True:
        mark = pieces.take(4)
        if mark != LOCAL_MARK:
            break
        member, stamp, length = read_member(pieces, position, stamp, kept, custody)
        members.append(member)
        position += length + member.size
        if len(members) > MOST_MEMBERS:
            raise Wrong("too_many")
    if stamp is None:
        raise Wrong("no_container")
    check_names([member.name for member in members])
    comment = read_directory(pieces, mark, members, stamp, position)
    has_custody = any(member.name == CUSTODY_NAME for member in members)
    return Container(members, kept, stamp, comment, custody if has_custody else None)


def read_member(
    pieces: Pieces,
    offset: int,
    stamp: tuple[int, int] | None,
    kept: dict[str, bytes],
    custody: Custody,
) -> tuple[Member, tuple[int, int], int]:
    fixed = LOCAL_MARK + pieces.take(26)
    _, _, _, method, time, date, crc32, size, _, name_length, extra_length = struct.unpack(
        "<4sHHHHHIIIHH", fixed
    )
    if method:
        raise Wrong("compressed")
    if extra_length not in (0, 20):
        raise Wrong("header")
    untrusted = pieces.take(name_length)
    name = honest_name(untrusted, is_first=stamp is None)
    extra = pieces.take(extra_length)
    if extra:
        size = struct.unpack("<HHQQ", extra)[2]
    expected_stamp = (date, time) if stamp is None else stamp
    whole = fixed + untrusted + extra
    if whole != local_header(name, size, crc32, expected_stamp):
        raise Wrong("header", name)
    return (
        Member(name, size, crc32, offset, read_content(pieces, name, size, crc32, kept, custody)),
        expected_stamp,
        len(whole),
    )


def read_content(  # noqa: PLR0917 - what is known of a file, and where it goes
    pieces: Pieces, name: str, size: int, crc32: int, kept: dict[str, bytes], custody: Custody
) -> str:
    """The SHA-256 of a file; its content is in `kept` if it is needed."""
    limit = KEPT.get(name)
    if limit is not None and size > limit:
        raise Wrong("too_large", name)
    digest, found_crc32, found, content = hashlib.sha256(), 0, 0, []
    for part in pieces.parts(size):
        digest.update(part)
        found_crc32 = zlib.crc32(part, found_crc32)
        found += len(part)
        if limit is not None:
            content.append(bytes(part))
        if name == CUSTODY_NAME:
            custody.write(bytes(part))
    if found < size:
        raise Wrong("truncated")
    if found_crc32 != crc32:
        raise Wrong("checksum", name)
    if limit is not None:
        kept[name] = b"".join(content)
    if name == MIMETYPE_NAME and kept[name] != MIMETYPE:
        raise Wrong("mimetype")
    return digest.hexdigest()


def honest_name(untrusted: bytes, *, is_first: bool) -> str:
    if is_first and untrusted != MIMETYPE_NAME.encode():
        raise Wrong("mimetype")
    name = untrusted.decode("latin-1")
    parts = name.split("/")
    is_device = any(p.endswith(".") or p.partition(".")[0].lower() in DEVICES for p in parts)
    if len(name) > LONGEST_NAME or not HONEST_NAME.fullmatch(name) or is_device:
        raise Wrong("name_escapes", shown(untrusted))
    return name


def writing_order(name: str) -> tuple[int, str]:
    places = {MIMETYPE_NAME: 0, SYNTHETIC_NAME: 1, CHECKSUMS_NAME: 3, SUMMARY_NAME: 3}
    return (places.get(name, 4 if name.startswith("META-INF/") else 2), name)


def check_names(names: list[str]) -> None:
    seen = set()
    for name in names:
        if name.casefold() in seen:
            raise Wrong("name_twice", name)
        seen.add(name.casefold())
    for name in names:
        if any(name[:end].casefold() in seen for end, sign in enumerate(name) if sign == "/"):
            raise Wrong("name_twice", name)
    if sorted(names, key=writing_order) != names:
        raise Wrong("order")


def read_directory(
    pieces: Pieces, mark: bytes, members: list[Member], stamp: tuple[int, int], offset: int
) -> bytes:
    size = 0
    for member in members:
        expected = central_header(member, stamp)
        found = mark + pieces.take(len(expected) - len(mark))
        if found != expected:
            raise Wrong("directory", member.name)
        size += len(expected)
        mark = b""
    expected = directory_end(len(members), size, offset)
    found = pieces.take(len(expected))
    (length,) = struct.unpack("<H", found[-2:])
    if found[:-2] != expected[:-2] or length not in (0, len(SYNTHETIC_COMMENT)):
        raise Wrong("directory")
    comment = pieces.take(length)
    if comment not in (b"", SYNTHETIC_COMMENT):
        raise Wrong("directory")
    if pieces.drain():
        raise Wrong("trailing")
    return comment


# -- the manifest (ETSI EN 319 162-1, A.4), written line by line ----------------------------------

MANIFEST_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'<asic:SigReference URI="{SIGNATURE_NAME}" MimeType="application/x-pkcs7-signature"/>\n'
)
MANIFEST_TAIL = "</asic:ASiCManifest>\n"
REFERENCE = re.compile(
    r'<asic:DataObjectReference URI="([A-Za-z0-9._/-]+)" MimeType="[a-z0-9.+-]+/[a-z0-9.+-]+">'
    r'<ds:DigestMethod Algorithm="http://www\.w3\.org/2001/04/xmlenc#sha256"/>'
    r"<ds:DigestValue>([A-Za-z0-9+/]{43}=)</ds:DigestValue></asic:DataObjectReference>"
)


def read_manifest(container: Container) -> dict[str, str]:
    """The SHA-256 of every data file, by name, as the manifest says it."""
    if MANIFEST_NAME not in container.kept:
        raise Wrong("manifest_missing")
    if SIGNATURE_NAME not in container.kept:
        raise Wrong("signature_missing")
    references: dict[str, str] = {}
    twice = None
    for name, digest in references_in(container.kept[MANIFEST_NAME].decode("latin-1")):
        if name in references and twice is None:
            twice = name
        references[name] = digest
    if twice is not None:
        raise Wrong("referenced_twice", twice)
    check_references(references, container)
    return references


def check_references(references: dict[str, str], container: Container) -> None:
    """They are the data files of the container, and no others."""
    there = {member.name for member in container.members}
    for name in references:
        if name in OWN_NAMES or name not in there:
            raise Wrong("missing", name)
    for member in container.members:
        if member.name not in references and member.name not in OWN_NAMES:
            raise Wrong("unreferenced", member.name)
    for name in sorted(references):
        if name.lower().startswith("meta-inf/"):
            # Other readers of ASiC-E would take it for a further signature or manifest.
            raise Wrong("name_escapes", name)


def references_in(untrusted: str) -> list[tuple[str, str]]:
    """Name and SHA-256 of each line between the head and the tail of a manifest."""
    middle = untrusted[len(MANIFEST_HEAD) : -len(MANIFEST_TAIL)]
    *lines, last = middle.split("\n")
    if untrusted != MANIFEST_HEAD + middle + MANIFEST_TAIL or last:
        raise Wrong("manifest")
    found = []
    for line in lines:
        match = REFERENCE.fullmatch(line)
        if match is None:
            raise Wrong("manifest")
        digest = base64.b64decode(match[2])
        if base64.b64encode(digest).decode() != match[2]:
            raise Wrong("manifest")
        found.append((match[1], digest.hex()))
    return found


# -- CAdES (RFC 5652, RFC 5035, EN 319 122-1), read by a strict DER reader -------------------------

OID = {
    "data": "1.2.840.113549.1.7.1",
    "signed_data": "1.2.840.113549.1.7.2",
    "content_type": "1.2.840.113549.1.9.3",
    "message_digest": "1.2.840.113549.1.9.4",
    "signing_time": "1.2.840.113549.1.9.5",
    "signing_certificate": "1.2.840.113549.1.9.16.2.12",
    "signing_certificate_v2": "1.2.840.113549.1.9.16.2.47",
    "time_stamp": "1.2.840.113549.1.9.16.2.14",
    "tst_info": "1.2.840.113549.1.9.16.1.4",
}
DIGESTS: dict[str, Any] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
BROKEN = {
    *("1.2.840.113549.2.5", "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.4"),
    *("1.2.840.10045.4.1", "1.2.840.10045.4.3.1"),
    *("1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.113549.1.1.14"),
}
"""MD5, SHA-1 and SHA-224: by themselves, with ECDSA, and with RSA."""
ECDSA: dict[str, Any] = {
    "1.2.840.10045.4.3.2": hashes.SHA256,
    "1.2.840.10045.4.3.3": hashes.SHA384,
    "1.2.840.10045.4.3.4": hashes.SHA512,
}
RSA_PLAIN = "1.2.840.113549.1.1.1"
RSA: dict[str, Any] = {
    "1.2.840.113549.1.1.11": hashes.SHA256,
    "1.2.840.113549.1.1.12": hashes.SHA384,
    "1.2.840.113549.1.1.13": hashes.SHA512,
}
TEXTS = (12, 19, 20, 22, 28, 30)
INTEGER, OCTETS, NULL, OBJECT, UTC_TIME, TIME, SEQUENCE, SET = 2, 4, 5, 6, 23, 24, 0x30, 0x31


class Node(NamedTuple):
    """One value of DER: its tag, its content, and both with the length between them."""

    tag: int
    body: bytes
    raw: bytes

    def children(self) -> list[Node]:
        found, position = [], 0
        while position < len(self.body):
            node, position = read_node(self.body, position)
            found.append(node)
        return found

    def of(self, tag: int) -> Node:
        if self.tag != tag:
            raise Wrong("malformed")
        return self


def read_node(data: bytes, position: int) -> tuple[Node, int]:
    """The value at `position`, and where the next begins. One form of length is allowed."""
    start = position
    if position + 2 > len(data) or data[position] & 31 == 31:
        raise Wrong("malformed")
    tag, length = data[position], data[position + 1]
    position += 2
    if length >= 128:
        count = length - 128
        digits = data[position : position + count]
        if not 1 <= count <= 4 or len(digits) < count or digits[0] == 0:
            raise Wrong("malformed")
        length = int.from_bytes(digits, "big")
        if length < 128:
            raise Wrong("malformed")
        position += count
    end = position + length
    if end > len(data):
        raise Wrong("malformed")
    return Node(tag, data[position:end], data[start:end]), end


def whole_node(data: bytes) -> Node:
    node, end = read_node(data, 0)
    if end != len(data):
        raise Wrong("malformed")
    return node


def require_deep(node: Node, depth: int = 0) -> None:
    """Everything beneath is in that one form, too."""
    if depth > 40:
        raise Wrong("malformed")
    if node.tag == OBJECT:
        oid_text(node)
    if node.tag & 32:
        for child in node.children():
            require_deep(child, depth + 1)


def oid_text(node: Node) -> str:
    body = node.of(OBJECT).body
    if not body or body[-1] & 128:
        raise Wrong("malformed")
    numbers, number = [], 0
    for octet in body:
        number = number << 7 | octet & 127
        if not octet & 128:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def integer(node: Node) -> int:
    body = node.of(INTEGER).body
    if not body or (len(body) > 1 and body[0] in (0, 255) and (body[0] ^ body[1]) < 128):
        raise Wrong("malformed")
    return int.from_bytes(body, "big", signed=True)


def algorithm(node: Node) -> str:
    """The name of an algorithm whose parameters are absent or NULL."""
    name, *parameters = node.of(SEQUENCE).children()
    if [parameter.raw for parameter in parameters] not in ([], [b"\x05\x00"]):
        raise Wrong("malformed")
    return oid_text(name)


def moment_of(node: Node) -> datetime:
    """A time in the one form that DER and RFC 5280 leave; fractions of seconds as RFC 3161."""
    text = node.body.decode("latin-1")
    form = r"\d{12}Z" if node.tag == UTC_TIME else r"\d{14}(?:\.\d*[1-9])?Z"
    if node.tag not in (UTC_TIME, TIME) or not re.fullmatch(form, text, re.ASCII):
        raise Wrong("malformed")
    digits = text[:-1].partition(".")[0]
    if node.tag == UTC_TIME:
        digits = ("19" if digits >= "50" else "20") + digits
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise Wrong("malformed") from None


class Cms(NamedTuple):
    """A CMS SignedData with one signer. Nothing is verified by being here."""

    content_type: str
    content: bytes | None
    certificates: list[bytes]
    issuer: bytes
    serial: int
    key_id: bytes | None
    digest: str
    attributes: dict[str, Node]
    signed: bytes
    signature_algorithm: str
    signature: bytes
    unsigned: dict[str, Node]


def read_cms(untrusted: bytes) -> Cms:
    whole = whole_node(untrusted)
    require_deep(whole)
    kind, explicit = pair(whole.of(SEQUENCE).children())
    if oid_text(kind) != OID["signed_data"]:
        raise Wrong("malformed")
    (signed_data,) = only(explicit.of(0xA0).children())
    version, digests, encapsulated, *rest = at_least(signed_data.of(SEQUENCE).children(), 4)
    *optional, signers = rest
    parts = {node.tag: node for node in optional}
    if [node.tag for node in optional] != sorted(parts) or set(parts) - {0xA0, 0xA1}:
        raise Wrong("malformed")
    content_type, *contents = at_least(encapsulated.of(SEQUENCE).children(), 1)
    content = None
    if contents:
        (wrapped,) = only(contents)
        (octets,) = only(wrapped.of(0xA0).children())
        content = octets.of(OCTETS).body
    (signer,) = only(signers.of(SET).children())
    certificates = parts[0xA0].children() if 0xA0 in parts else []
    found = read_signer(signer, oid_text(content_type), content, [c.raw for c in certificates])
    is_newer = found.content_type != OID["data"] or found.key_id is not None
    if found.content_type == OID["data"]:
        (stated,) = only(digests.of(SET).children())
        if algorithm(stated) != found.digest or 0xA1 in parts:
            raise Wrong("malformed")
        if integer(version) != (3 if is_newer else 1):
            raise Wrong("malformed")
    return found


def read_signer(
    signer: Node, content_type: str, content: bytes | None, certificates: list[bytes]
) -> Cms:
    nodes = at_least(signer.of(SEQUENCE).children(), 6)
    version, identifier, digest, signed, signature_algorithm, signature, *rest = nodes
    issuer, serial, key_id = b"", 0, None
    if identifier.tag == 0x80:
        key_id = identifier.body
    else:
        name, number = pair(identifier.of(SEQUENCE).children())
        issuer, serial = name.raw, integer(number)
    if integer(version) != (1 if key_id is None else 3) or len(rest) > 1:
        raise Wrong("malformed")
    attributes = read_attributes(signed.of(0xA0))
    unsigned = read_attributes(rest[0].of(0xA1)) if rest else {}
    return Cms(
        content_type,
        content,
        certificates,
        issuer,
        serial,
        key_id,
        algorithm(digest),
        attributes,
        b"\x31" + signed.raw[1:],
        algorithm(signature_algorithm),
        signature.of(OCTETS).body,
        unsigned,
    )


def read_attributes(node: Node) -> dict[str, Node]:
    """The single value of each attribute, by its type."""
    found: dict[str, Node] = {}
    for attribute in node.children():
        kind, values = pair(attribute.of(SEQUENCE).children())
        (value,) = only(values.of(SET).children())
        name = oid_text(kind)
        if name in found:
            raise Wrong("malformed")
        found[name] = value
    return found


def only(nodes: list[Node]) -> list[Node]:
    if len(nodes) != 1:
        raise Wrong("malformed")
    return nodes


def pair(nodes: list[Node]) -> list[Node]:
    if len(nodes) != 2:
        raise Wrong("malformed")
    return nodes


def at_least(nodes: list[Node], count: int) -> list[Node]:
    if len(nodes) < count:
        raise Wrong("malformed")
    return nodes


UNREADABLE = (
    ValueError,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What `cryptography` says of extensions that it cannot read, or that are not there."""


class Signer(NamedTuple):
    certificate: x509.Certificate
    others: list[x509.Certificate]
    signed_at: datetime

    def name(self) -> str:
        return common_name(self.certificate.subject)


def common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def load(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(certificate)
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion):
        raise Wrong("malformed") from None


def signing_certificate(cms: Cms) -> bytes:
    """The one certificate that the signer's identifier names (its bytes)."""
    for raw in cms.certificates:
        fields = whole_node(raw).of(SEQUENCE).children()
        parts = at_least(fields, 1)[0].of(SEQUENCE).children()
        if parts and parts[0].tag == 0xA0:
            parts = parts[1:]
        serial, _, issuer = at_least(parts, 3)[:3]
        if cms.key_id is None:
            if (issuer.raw, integer(serial)) == (cms.issuer, cms.serial):
                return raw
        elif key_identifier(load(raw)) == cms.key_id:
            return raw
    raise Wrong("malformed")


def is_plain(certificate: x509.Certificate) -> bool:
    """Whether it can be shown: names of printable text, which whoever asked for it chose, and a number."""
    try:
        names = (certificate.subject, certificate.issuer)
        values = [each.value for name in names for each in name]
        if not all(is_text(name) for name in names) or certificate.serial_number <= 0:
            return False
    except (ValueError, Wrong):
        return False
    return all(isinstance(value, str) and value.isprintable() for value in values)


def is_text(name: x509.Name) -> bool:
    """Whether each of its values has a type of text."""
    parts = [
        part for each in whole_node(name.public_bytes()).children() for part in each.children()
    ]
    return all(pair(part.children())[1].tag in TEXTS for part in parts)


def key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        extension = certificate.extensions.get_extension_for_oid(
            ExtensionOID.SUBJECT_KEY_IDENTIFIER
        )
    except UNREADABLE:
        return None
    return bytes(extension.value.digest)  # type: ignore[attr-defined]


def names_certificate(cms: Cms, certificate: bytes) -> bool:
    """Whether the signed attribute speaks of this certificate (RFC 5035)."""
    newer, older = OID["signing_certificate_v2"], OID["signing_certificate"]
    node = cms.attributes.get(newer)
    if node is None and cms.content_type == OID["tst_info"]:
        node = cms.attributes.get(older)
    if node is None:
        raise Wrong("malformed")
    identifiers = at_least(node.of(SEQUENCE).children(), 1)[0].of(SEQUENCE).children()
    parts = at_least(identifiers, 1)[0].of(SEQUENCE).children()
    hashing: Any = hashes.SHA256 if newer in cms.attributes else hashes.SHA1
    if newer in cms.attributes and parts and parts[0].tag == SEQUENCE:
        hashing = DIGESTS.get(algorithm(parts[0]))
        parts = parts[1:]
    if hashing is None:
        raise Wrong("malformed")
    return digest_of(hashing, certificate) == at_least(parts, 1)[0].of(OCTETS).body


def digest_of(hashing: Any, data: bytes) -> bytes:
    digest = hashes.Hash(hashing())
    digest.update(data)
    return digest.finalize()


def check_signature(cms: Cms, data: bytes, content_type: str, *, needs_time: bool) -> Signer:
    """Who signed `data`. Raises `Wrong`: malformed, forged or altered."""
    hashing = DIGESTS.get(cms.digest)
    if cms.content_type != content_type:
        raise Wrong("malformed")
    if {cms.digest, cms.signature_algorithm} & BROKEN:
        raise Wrong("weak")
    if hashing is None:
        raise Wrong("malformed")
    raw = signing_certificate(cms)
    certificate = load(raw)
    if not fits(certificate, cms) or not names_certificate(cms, raw):
        raise Wrong("forged")
    if not is_plain(certificate):
        raise Wrong("malformed")
    kind, digest = (cms.attributes.get(OID[n]) for n in ("content_type", "message_digest"))
    if kind is None or digest is None or oid_text(kind) != content_type:
        raise Wrong("forged")
    if not hmac.compare_digest(digest.of(OCTETS).body, digest_of(hashing, data)):
        raise Wrong("altered")
    time = cms.attributes.get(OID["signing_time"])
    if time is None and needs_time:
        raise Wrong("malformed")
    signed_at = datetime.min.replace(tzinfo=UTC) if time is None else moment_of(time)
    others = [load(other) for other in cms.certificates if other != raw]
    return Signer(certificate, others, signed_at)


def fits(certificate: x509.Certificate, cms: Cms) -> bool:
    """Whether the certificate's key made the signature over the signed attributes."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise Wrong("malformed") from None
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and cms.signature_algorithm in ECDSA:
            hashing = ECDSA[cms.signature_algorithm]
            key.verify(cms.signature, cms.signed, ec.ECDSA(hashing()))
            return True
        if isinstance(key, rsa.RSAPublicKey):
            hashing = RSA.get(cms.signature_algorithm)
            if cms.signature_algorithm == RSA_PLAIN:
                hashing = DIGESTS[cms.digest]
            if hashing is not None:
                key.verify(cms.signature, cms.signed, padding.PKCS1v15(), hashing())
                return True
    except (InvalidSignature, ValueError):
        return False
    raise Wrong("malformed")


CURVES = (
    *(ec.SECP256R1, ec.SECP384R1, ec.SECP521R1),
    *(ec.BrainpoolP256R1, ec.BrainpoolP384R1, ec.BrainpoolP512R1),
)


def require_strong(signer: Signer) -> None:
    """No key counts that others can compute, and no certificate that others can make."""
    for certificate in (signer.certificate, *signer.others):
        if not is_strong_key(certificate) or not is_strongly_signed(certificate):
            raise Wrong("weak")


def is_strong_key(certificate: x509.Certificate) -> bool:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= 2048
    if isinstance(key, (ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)):
        return True
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES)


def is_strongly_signed(certificate: x509.Certificate) -> bool:
    """By another, over a digest that counts; what it signed itself proves nothing anyway."""
    if is_issued(certificate, certificate):
        return True
    if certificate.signature_algorithm_oid.dotted_string in ("1.3.101.112", "1.3.101.113"):
        return True  # Ed25519 and Ed448, which have no digest beside them
    try:
        return isinstance(certificate.signature_hash_algorithm, tuple(DIGESTS.values()))
    except UnsupportedAlgorithm:
        return False


def require_related(signer: Signer) -> None:
    """Every certificate that is carried leads on from the signer's: nothing rides along."""
    reached, rest = [signer.certificate], list(signer.others)
    while rest:
        found = [c for c in rest if any(is_issued(child, c) for child in reached)]
        if not found:
            raise Wrong("malformed")
        reached += found
        rest = [c for c in rest if c not in found]


def is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


# -- the way to an authority (RFC 5280, as far as signers' certificates need it) -------------------

UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.KEY_USAGE,
    ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    ExtensionOID.CERTIFICATE_POLICIES,
    ExtensionOID.NAME_CONSTRAINTS,
    ExtensionOID.POLICY_MAPPINGS,
    ExtensionOID.POLICY_CONSTRAINTS,
    ExtensionOID.INHIBIT_ANY_POLICY,
}
SIGNING_PURPOSES = {
    "2.5.29.37.0",
    "1.3.6.1.5.5.7.3.4",
    "1.3.6.1.5.5.7.3.36",
    "1.3.6.1.4.1.311.10.3.12",
}
"""Any, mail, documents (RFC 9336), and documents as they were called before."""
LIMITED_NAMES = (x509.DirectoryName, x509.RFC822Name, x509.DNSName)
LONGEST_CHAIN = 8


def validity(certificate: x509.Certificate) -> tuple[datetime, datetime]:
    start = getattr(certificate, "not_valid_before_utc", None)
    end = getattr(certificate, "not_valid_after_utc", None)
    if start is None or end is None:
        start = certificate.not_valid_before.replace(tzinfo=UTC)
        end = certificate.not_valid_after.replace(tzinfo=UTC)
    return start, end


def is_valid_at(certificate: x509.Certificate, moment: datetime) -> bool:
    start, end = validity(certificate)
    return start <= moment <= end


def is_understood(certificate: x509.Certificate) -> bool:
    """Whether nothing in it limits its use in a way that is not looked at here."""
    try:
        extensions = list(certificate.extensions)
    except UNREADABLE:
        return False
    for extension in extensions:
        value = extension.value
        if extension.critical and extension.oid not in UNDERSTOOD:
            return False
        if isinstance(value, x509.PolicyConstraints) and value.require_explicit_policy is not None:
            return False
        if isinstance(value, x509.NameConstraints):
            names = [*(value.permitted_subtrees or ()), *(value.excluded_subtrees or ())]
            if not all(isinstance(name, LIMITED_NAMES) for name in names):
                return False
    return True


def extension_of(certificate: x509.Certificate, kind: Any) -> Any:
    """The value of an extension; None if it has none."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether what it says of the use of its key allows signatures over documents at all."""
    usage = extension_of(certificate, x509.KeyUsage)
    return usage is None or usage.digital_signature or usage.content_commitment


def is_for_signing(certificate: x509.Certificate) -> bool:
    """Whether it is one to sign documents with, and not that of a server or of a station."""
    try:
        purposes = extension_of(certificate, x509.ExtendedKeyUsage)
        names = {purpose.dotted_string for purpose in purposes or ()}
        return may_sign(certificate) and (purposes is None or bool(names & SIGNING_PURPOSES))
    except UNREADABLE:
        return False


def may_issue(certificate: x509.Certificate, below: int) -> bool:
    """Whether it is an authority's, with `below` authorities between it and the signer."""
    try:
        extensions = certificate.extensions
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
    except UNREADABLE:
        return False
    if not basic.ca or (basic.path_length is not None and below > basic.path_length):
        return False
    try:
        return bool(extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign)
    except x509.ExtensionNotFound:
        return True


def is_meant(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether `certificate`, where it says which certificate of its issuer it means, means this one."""
    stated = extension_of(certificate, x509.AuthorityKeyIdentifier)
    if stated is None:
        return True
    key = extension_of(issuer, x509.SubjectKeyIdentifier)
    if stated.key_identifier and key is not None and stated.key_identifier != key.digest:
        return False
    number = stated.authority_cert_serial_number
    return number is None or number == issuer.serial_number


def is_within_names(path: list[x509.Certificate]) -> bool:
    """Whether each authority on the way, the anchor included, may speak of the names beneath it."""
    for position, issuer in enumerate(path[1:], start=1):
        limits = extension_of(issuer, x509.NameConstraints)
        if limits is None:
            continue
        for certificate in path[:position]:
            if certificate is not path[0] and certificate.subject == certificate.issuer:
                continue
            if not all(is_allowed(name, limits) for name in names_of(certificate)):
                return False
    return True


def names_of(certificate: x509.Certificate) -> list[x509.GeneralName]:
    alternative = extension_of(certificate, x509.SubjectAlternativeName)
    found = [x509.DirectoryName(certificate.subject)] if list(certificate.subject) else []
    if alternative is not None:
        return [*found, *alternative]
    mails = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    return [*found, *(x509.RFC822Name(str(mail.value)) for mail in mails)]


def is_allowed(name: x509.GeneralName, limits: x509.NameConstraints) -> bool:
    permitted = [base for base in limits.permitted_subtrees or () if type(base) is type(name)]
    excluded = [base for base in limits.excluded_subtrees or () if type(base) is type(name)]
    is_in = not permitted or any(is_beneath(name, base) for base in permitted)
    return is_in and not any(is_beneath(name, base) for base in excluded)


def is_beneath(name: x509.GeneralName, base: x509.GeneralName) -> bool:
    """RFC 5280, 4.2.1.10, for the kinds of `LIMITED_NAMES`."""
    if isinstance(name, x509.DirectoryName) and isinstance(base, x509.DirectoryName):
        wanted = base.value.rdns
        return name.value.rdns[: len(wanted)] == wanted
    said, limit = str(name.value).lower(), str(base.value).lower()
    if isinstance(name, x509.DNSName):
        return not limit or said == limit or said.endswith("." + limit.lstrip("."))
    if "@" in limit:
        return said == limit
    host = said.rpartition("@")[2]
    return host.endswith(limit) if limit.startswith(".") else host == limit


def authority_of(
    certificate: x509.Certificate,
    others: list[x509.Certificate],
    anchors: list[x509.Certificate],
    moment: datetime,
) -> x509.Certificate:
    """The anchor that `certificate` goes back to. Raises `Wrong`: authority or expired."""
    strong = [anchor for anchor in anchors if is_strong_key(anchor)]
    paths = list(paths_from([certificate], others, strong))
    if not paths:
        raise Wrong("authority")
    for path in paths:
        if all(is_valid_at(each, moment) for each in path):
            return path[-1]
    raise Wrong("expired")


def paths_from(
    path: list[x509.Certificate], others: list[x509.Certificate], anchors: list[x509.Certificate]
) -> Iterator[list[x509.Certificate]]:
    """Every way from the last of `path` to an anchor; the anchor is the last of each."""
    last = path[-1]
    if last in anchors and len(path) == 1:
        yield path
        return
    if not is_understood(last):
        return
    for anchor in anchors:
        if anchor.subject != last.issuer or not is_issued(last, anchor):
            continue
        is_first = anchor.version is x509.Version.v1
        is_fit = is_first or (is_understood(anchor) and may_issue(anchor, len(path) - 1))
        is_fit = is_fit and is_meant(last, anchor)
        if is_fit and is_within_names([*path, anchor]):
            yield [*path, anchor]
    if len(path) < LONGEST_CHAIN:
        for issuer in others:
            if issuer in path or issuer.subject != last.issuer or not is_issued(last, issuer):
                continue
            if may_issue(issuer, len(path) - 1) and is_meant(last, issuer):
                yield from paths_from([*path, issuer], others, anchors)


# -- time stamps (RFC 3161) ------------------------------------------------------------------------


class Stamp(NamedTuple):
    moment: datetime
    signer: Signer


def read_stamp(untrusted: bytes, imprint_of: Callable[[Any], bytes]) -> Stamp:
    """When something existed, as a token says; `imprint_of` digests it. Raises `Wrong`."""
    try:
        cms = read_cms(untrusted)
        if cms.content_type != OID["tst_info"] or cms.content is None:
            raise Wrong("time_stamp")
        signer = check_signature(cms, cms.content, OID["tst_info"], needs_time=False)
        version, _, imprint, _, moment, *_ = at_least(
            whole_node(cms.content).of(SEQUENCE).children(), 5
        )
        kind, digest = pair(imprint.of(SEQUENCE).children())
        hashing = DIGESTS.get(algorithm(kind))
        if integer(version) != 1 or hashing is None:
            raise Wrong("time_stamp")
        if not hmac.compare_digest(digest.of(OCTETS).body, imprint_of(hashing)):
            raise Wrong("time_stamp")
        extensions = signer.certificate.extensions
        usage = extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        if list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING] or not usage.critical:
            raise Wrong("time_stamp")
        if not may_sign(signer.certificate):
            raise Wrong("time_stamp")
        require_strong(signer._replace(others=[]))
        return Stamp(moment_of(moment.of(TIME)), signer)
    except (Wrong, *UNREADABLE):
        raise Wrong("time_stamp") from None


GRANTED = (0, 1)
"""RFC 3161, 2.4.2: as asked, or with changes. All else is no answer, whatever is beside it."""


def token_in(untrusted: bytes) -> bytes:
    """The token in a response of an authority (a `.tsr`), or the token that it is already."""
    try:
        first, *rest = whole_node(untrusted).of(SEQUENCE).children()
        if first.tag == SEQUENCE and len(rest) == 1:
            if integer(at_least(first.children(), 1)[0]) not in GRANTED:
                raise Wrong("time_stamp")
            return rest[0].raw
    except (Wrong, ValueError):
        raise Wrong("time_stamp") from None
    return untrusted


# -- what the package says of itself --------------------------------------------------------------

EARLY_FORMAT = "cport-package-1"
"""Media stand in `media/` itself, without a bag."""
FORMATS = (EARLY_FORMAT, "cport-package-2")
BAG_FOLDER, PAYLOAD_FOLDER = "media/", "media/data/"


RECORD: dict[str, Any] = {
    "format": str,
    "synthetic": bool,
    "nature": str,
    "title": str,
    "composed_at": str,
    "composed_by": str,
    "agency": str,
    "agreement": str,
    "taxonomy": str,
    "recipients": [{"name": str, "public": str}],
    "audit_log": {"head": str, "size": int, "key?": str},
    "counts": {
        "reports": int,
        "content_items": int,
        "media": int,
        "media_bytes": int,
        "media_items": int,
        "media_omitted": int,
    },
    "omitted_media": [{"media": str, "reason": str}],
    "software": {"name": str, "version": str},
    "media_level?": str,
    "case?": str,
    "redactions?": [
        {"what": str, "how": str, "where": [str], "reason": str, "sha256": (str, type(None))}
    ],
}
"""The shape of `package.json`; a key with a question mark may be absent."""


LONGEST_NUMBER, LARGEST_COUNT, DEEPEST = 4_300, 2**63 - 1, 32


def parsed(untrusted: str | bytes, *, is_strict: bool = False) -> Any:
    """JSON that every reader understands alike: text, and numbers. Where it `is_strict`, no key twice in
    one object and no deeper nesting than honest. Raises ValueError.
    """

    def number(digits: str) -> int:
        if len(digits) > LONGEST_NUMBER:
            raise ValueError("a number that counts nothing")
        return int(digits)

    def constant(name: str) -> None:
        raise ValueError(f"{name} is no number")

    def fraction(digits: str) -> float:
        found = float(digits)
        if found in (float("inf"), float("-inf")):
            raise ValueError("a number beyond all numbers")
        return found

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if is_strict and len(made) < len(pairs):
            raise ValueError("the same key twice in one object")
        return made

    found = json.loads(
        untrusted,
        parse_int=number,
        parse_float=fraction,
        parse_constant=constant,
        object_pairs_hook=members,
    )
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    if is_strict and depth_of(found) > DEEPEST:
        raise ValueError("nested deeper than anything honest")
    return found


def depth_of(value: Any) -> int:
    """How many objects and arrays stand within one another, at most one more than is allowed."""
    level, depth = [value], 0
    while depth <= DEEPEST:
        inner = [each for each in level if isinstance(each, (dict, list))]
        if not inner:
            break
        depth += 1
        level = [c for each in inner for c in (each.values() if isinstance(each, dict) else each)]
    return depth


def has_shape(value: Any, shape: Any) -> bool:
    """Whether a JSON value has the types and keys of `shape`; further keys do not matter."""
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(
            has_shape(value[key.rstrip("?")], inner)
            if key.rstrip("?") in value
            else key.endswith("?")
            for key, inner in shape.items()
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(has_shape(each, shape[0]) for each in value)
    return type(value) in (shape if isinstance(shape, tuple) else (shape,))


def read_record(untrusted: bytes) -> dict[str, Any]:
    """`package.json`, as far as it is compared with the package."""
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z"
    try:
        record = parsed(untrusted.decode("utf-8"), is_strict=True)
        if not has_shape(record, RECORD):
            raise Wrong("package_record")
        numbers = [record["audit_log"]["size"], *(record["counts"][n] for n in RECORD["counts"])]
        if not all(0 <= number <= LARGEST_COUNT for number in numbers):
            raise Wrong("package_record")
        if not re.fullmatch(form, record["composed_at"], re.ASCII):
            raise Wrong("package_record")
        composed_at(record)
    except (ValueError, RecursionError):
        raise Wrong("package_record") from None
    if record["format"] not in FORMATS:
        raise Wrong("package_format")
    return dict(record)


def composed_at(record: dict[str, Any]) -> datetime:
    return datetime.strptime(record["composed_at"][:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)


def check_content(container: Container, references: dict[str, str]) -> tuple[int, int]:
    """How many reports and media there are. Raises `Wrong` at the first contradiction."""
    if PACKAGE_NAME not in container.kept:
        raise Wrong("package_missing")
    record = read_record(container.kept[PACKAGE_NAME])
    is_early = record["format"] == EARLY_FORMAT
    folder = BAG_FOLDER if is_early else PAYLOAD_FOLDER
    media = [member for member in container.members if member.name.startswith(folder)]
    reports = sum(member.name.startswith("reports/") for member in container.members)
    counts = record["counts"]
    stated = (counts["reports"], counts["media"], counts["media_bytes"])
    if stated != (reports, len(media), sum(member.size for member in media)):
        raise Wrong("counts")
    for member in media:
        last = member.name.rpartition("/")[2]
        stem = last.rpartition(".")[0] or last
        if stem != member.sha256:
            raise Wrong("media_name")
    if not is_early:
        check_bag(record, container, media)
    check_marks(record, container)
    check_moment(record, container)
    check_custody(record, container)
    check_log(record, container)
    listed = sorted((n, digest) for n, digest in references.items() if n != CHECKSUMS_NAME)
    expected = "".join(f"{digest}  {name}\n" for name, digest in listed).encode("ascii")
    found = {member.name: member.sha256 for member in container.members}
    if found.get(CHECKSUMS_NAME) != hashlib.sha256(expected).hexdigest():
        raise Wrong("checksums")
    return reports, len(media)


def check_bag(record: dict[str, Any], container: Container, media: list[Member]) -> None:
    """The four tag files of the bag (RFC 8493) are those that these media must have."""
    tags: dict[str, bytes] = {}
    if media:
        log, software = record["audit_log"], record["software"]
        size = sum(member.size for member in media)
        rows = (
            ("Source-Organization", record["agency"]),
            ("External-Description", record["title"]),
            ("External-Identifier", f"{log['size']}-{log['head']}"),
            ("Bagging-Date", record["composed_at"][:10]),
            ("Payload-Oxum", f"{size}.{len(media)}"),
            ("Bag-Software-Agent", f"{software['name']} {software['version']}"),
        )
        lines = [f"{label}: {' '.join(value.split()) or '-'}\n" for label, value in rows]
        tags["bag-info.txt"] = "".join(lines).encode()
        tags["bagit.txt"] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        files = sorted(media, key=lambda member: member.name)
        listed = [f"{file.sha256}  {file.name[len(BAG_FOLDER) :]}\n" for file in files]
        tags["manifest-sha256.txt"] = "".join(listed).encode()
        digests = [f"{hashlib.sha256(tags[name]).hexdigest()}  {name}\n" for name in tags]
        tags["tagmanifest-sha256.txt"] = "".join(digests).encode()
    expected = {BAG_FOLDER + name: hashlib.sha256(tags[name]).hexdigest() for name in tags}
    found = {
        member.name: member.sha256
        for member in container.members
        if member.name.startswith(BAG_FOLDER) and not member.name.startswith(PAYLOAD_FOLDER)
    }
    if found != expected:
        raise Wrong("bag")


def check_marks(record: dict[str, Any], container: Container) -> None:
    """Everything says that it is synthetic, or nothing does."""
    has_note = any(member.name == SYNTHETIC_NAME for member in container.members)
    says = (has_note, record["nature"] == "demo", container.comment == SYNTHETIC_COMMENT)
    if any(mark != record["synthetic"] for mark in says):
        raise Wrong("synthetic")


def check_moment(record: dict[str, Any], container: Container) -> None:
    earliest = datetime(1980, 1, 1, tzinfo=UTC)
    held = min(max(composed_at(record), earliest), datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC))
    date = (held.year - 1980) << 9 | held.month << 5 | held.day
    if container.stamp != (date, held.hour << 11 | held.minute << 5 | held.second // 2):
        raise Wrong("moment")


# -- the audit log: a signed head (C2SP signed-note, tlog-checkpoint) ------------------------------


class Head(NamedTuple):
    size: int
    root: bytes


def check_log(record: dict[str, Any], container: Container) -> Head | None:
    """The signed head of the log, which is the one that `package.json` names; None if neither."""
    note, key = container.kept.get(CHECKPOINT_NAME), record["audit_log"].get("key", "")
    if note is None:
        if key:
            raise Wrong("checkpoint")
        return None
    try:
        head = signed_head(note.decode("utf-8"), key)
    except (ValueError, InvalidSignature, IndexError):
        raise Wrong("checkpoint") from None
    if (head.size, head.root.hex()) != (record["audit_log"]["size"], record["audit_log"]["head"]):
        raise Wrong("checkpoint")
    return head


def signed_head(note: str, key: str) -> Head:
    """Raises ValueError or InvalidSignature unless `key` signed `note`, which is a checkpoint."""
    name, stated_id, encoded = key.split("+", 2)
    public = base64.b64decode(encoded, validate=True)
    key_id = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    if len(public) != 33 or public[0] != 1 or stated_id != key_id.hex():
        raise ValueError("another key")
    text, blank, below = note.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise ValueError("no note")
    text += "\n"
    is_signed = False
    for line in below[:-1].split("\n"):
        dash, signer, signature = line.split(" ")
        content = base64.b64decode(signature, validate=True)
        if dash != "\u2014" or len(content) < 5:
            raise ValueError("no signature")
        if (signer, content[:4]) == (name, key_id):
            ed25519.Ed25519PublicKey.from_public_bytes(public[1:]).verify(
                content[4:], text.encode()
            )
            is_signed = True
    origin, size, root, *_ = text.split("\n")
    if not is_signed or origin != name or not re.fullmatch(r"0|[1-9]\d{0,18}", size, re.ASCII):
        raise ValueError("not signed by this key")
    found = base64.b64decode(root, validate=True)
    if len(found) != 32:
        raise ValueError("no root")
    return Head(int(size), found)


# -- the custody of each item, proved out of the log (RFC 6962) --------------------------------------

LONGEST_LINE, LONGEST_PROOF = 1024 * 1024, 63
MOST_NAMED = 2_000_000
DIGEST = re.compile(r"[0-9a-f]{64}")
TALLY = {"action": str, "count": int, "first": str, "last": str}


class Custody:
    """`custody.json` as it goes by, line by line; every proof in it is checked."""

    def __init__(self) -> None:
        self._left = b""
        self._part = "head"
        self._named: dict[int, set[str]] = {}
        self._count = 0
        self._last = 0
        self._is_sound = True
        self.head: dict[str, Any] = {}

    def write(self, piece: bytes) -> None:
        if self._is_sound:
            *lines, self._left = (self._left + piece).split(b"\n")
            self._is_sound = len(self._left) <= LONGEST_LINE and all(map(self._holds, lines))

    def is_sound(self) -> bool:
        """Whether all that it says holds under its own head, to its end."""
        is_whole = self._part == "end" and not self._left and not self._named
        return self._is_sound and is_whole

    def _holds(self, line: bytes) -> bool:
        read = {"head": self._in_head, "items": self._in_items, "entries": self._in_entries}
        if len(line) > LONGEST_LINE or self._part not in read:
            return False
        try:
            return read[self._part](line)
        except (ValueError, RecursionError):
            return False

    def _in_head(self, line: bytes) -> bool:
        end = b',"items":['
        self._part = "items"
        if not line.endswith(end):
            return False
        self.head = parsed(line[: -len(end)] + b"}")
        shape = {"format": str, "synthetic": bool, "log": {"size": int, "root": str}}
        return (
            has_shape(self.head, shape)
            and set(self.head) == set(shape)
            and set(self.head["log"]) == {"size", "root"}
            and self.head["format"] == "cport-custody-1"
            and 0 <= self.head["log"]["size"] <= 2**62
            and bool(DIGEST.fullmatch(self.head["log"]["root"]))
        )

    def _in_items(self, line: bytes) -> bool:
        if line == b'],"entries":[':
            self._part = "entries"
            return True
        item = parsed(without_comma(line))
        if not has_shape(item, {"item": str, "entries": [int], "counted": [TALLY]}):
            return False
        if len(item) != 3 or not 1 <= len(item["item"]) <= 100:
            return False
        for number in item["entries"]:
            self._named.setdefault(number, set()).add(item["item"])
        self._count += len(item["entries"])
        numbers = [*item["entries"], *(tally["count"] for tally in item["counted"])]
        is_exact = all(set(tally) == set(TALLY) for tally in item["counted"])
        return is_exact and self._count <= MOST_NAMED and all(1 <= n <= 2**62 for n in numbers)

    def _in_entries(self, line: bytes) -> bool:
        if line == b"]}":
            self._part = "end"
            return True
        entry = parsed(without_comma(line))
        if not has_shape(entry, {"entry": int, "canonical": str, "proof": [str]}):
            return False
        if len(entry) != 3 or len(entry["proof"]) > LONGEST_PROOF:
            return False
        number, self._last, last = entry["entry"], entry["entry"], self._last
        said = parsed(entry["canonical"])
        shape = {"sequence": int, "object_kind": str, "object_reference": str}
        items = self._named.pop(number, set())
        if not has_shape(said, shape) or not items or number <= last:
            return False
        is_of_many = said["object_kind"] not in ("report", "media") or (
            said["object_kind"] == "media" and said.get("verb") == "share"
        )
        is_about = is_of_many or items == {said["object_reference"]}
        return is_about and said["sequence"] == number and self._is_in_log(entry)

    def _is_in_log(self, entry: dict[str, Any]) -> bool:
        if not all(DIGEST.fullmatch(each) for each in entry["proof"]):
            return False
        leaf = hashlib.sha256(b"\x00" + entry["canonical"].encode()).digest()
        proof = [bytes.fromhex(each) for each in entry["proof"]]
        log = self.head["log"]
        return root_of(leaf, entry["entry"] - 1, log["size"], proof) == bytes.fromhex(log["root"])


def without_comma(line: bytes) -> bytes:
    return line[:-1] if line.endswith(b",") else line


def root_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root of a tree with this leaf at `index` (from 0); None if the proof has not its length.

    From the leaf upwards: what stands left of it is hashed in front, what stands right behind. A
    node without a neighbour goes up unchanged.
    """
    if not 0 <= index < size:
        return None
    found, rest = leaf, list(proof)
    while size > 1:
        if index % 2 or index + 1 < size:
            if not rest:
                return None
            neighbour = rest.pop(0)
            pair_of = neighbour + found if index % 2 else found + neighbour
            found = hashlib.sha256(b"\x01" + pair_of).digest()
        index, size = index // 2, (size + 1) // 2
    return None if rest else found


def check_custody(record: dict[str, Any], container: Container) -> None:
    """All that it tells is proved under the head that `package.json` names."""
    custody, log = container.custody, record["audit_log"]
    if custody is None:
        return
    said = {"size": log["size"], "root": log["head"]}
    if not custody.is_sound() or custody.head["log"] != said:
        raise Wrong("custody")
    if custody.head["synthetic"] != record["synthetic"]:
        raise Wrong("custody")


# -- the steps --------------------------------------------------------------------------------------


class Step(NamedTuple):
    number: int
    name: str
    state: str
    detail: str
    cause: str | None


class Steps:
    """What came out of each step, in order; what was never reached is skipped."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._failed: str | None = None
        self._reason: str | None = None
        self.made: list[Step] = []

    def add(self, state: str, detail: str, cause: str | None = None) -> None:
        name = self._names[len(self.made)]
        self.made.append(Step(len(self.made) + 1, name, state, detail, cause))

    def failed(self, wrong: Wrong) -> None:
        self._failed = self._failed or self._names[len(self.made)]
        self.add(FAILED, failed_sentence(wrong.cause, wrong.name), wrong.cause)

    def attempt(self, check: Callable[[], str]) -> bool:
        try:
            detail = check()
        except Wrong as wrong:
            self.failed(wrong)
            return False
        self.add(PASSED, detail)
        return True

    def rest_skipped(self, reason: str) -> None:
        self._reason = reason

    def finished(self) -> list[Step]:
        title = TITLES[self._failed] if self._failed else ""
        before = f"Not checked, because a step before it failed: “{title}”."
        while len(self.made) < len(self._names):
            self.add(SKIPPED, self._reason or before)
        return self.made


class Given(NamedTuple):
    """What the reader brings along, from outside the package."""

    identities: list[x25519.X25519PrivateKey]
    anchors: list[x509.Certificate] | None
    signer: str | None
    certificate: x509.Certificate | None
    stamp: bytes | None
    now: datetime


CLOCKS_APART = timedelta(days=1)
"""So far may the clocks of signer, authority and reader differ; machines without a network drift."""


class Check:
    """One package, checked once."""

    def __init__(self, source: Source, given: Given) -> None:
        self._source = source
        self._given = given
        self._is_expired = False
        self.signer: Signer | None = None
        self.stamp: Stamp | None = None
        head = source.peek()
        self._is_sealed = head.startswith(INTRODUCTION)
        if not self._is_sealed and not head.startswith(LOCAL_MARK):
            raise Unusable(FAULTS["armored" if head.startswith(ARMOR) else "neither"])
        names = list(TITLES)[0 if self._is_sealed else 2 :]
        if given.signer is None:
            names.remove("signer")
        self._steps = Steps(names)

    def steps(self) -> list[Step]:
        pieces = self._opened() if self._is_sealed else Pieces(self._source.pieces())
        if pieces is not None:
            self._check_container(pieces)
        return self._steps.finished()

    def verdict(self, steps: list[Step]) -> str:
        states = {step.state for step in steps}
        if FAILED in states:
            return "refused"
        if SKIPPED in states:
            return "incomplete"
        if CLAIMED in states:
            return "intact_expired_claimed"
        return "verified_expired_proven" if self._is_expired else "verified"

    def _opened(self) -> Pieces | None:
        head = self._source.peek()
        if not self._given.identities:
            if self._steps.attempt(lambda: self._seal_alone(head)):
                self._steps.rest_skipped(
                    "Not checked: without an identity only the seal can be checked."
                    " Give one with --identity."
                )
            return None
        if not self._steps.attempt(lambda: sealed_sentence(parse_header(head).recipients())):
            return None
        try:
            header = parse_header(head)
            key = file_key(header, self._given.identities)
        except Wrong as wrong:
            self._steps.failed(wrong)
            return None
        self._source.exactly(header.length)
        return Pieces(opened_pieces(self._source, key))

    def _seal_alone(self, head: bytes) -> str:
        header = parse_header(head)
        self._source.sha256()
        payload = self._source.size - header.length - NONCE
        last = payload % (CHUNK + TAG)
        if payload < TAG or 0 < last <= TAG:
            raise Wrong("seal_truncated")
        return sealed_sentence(header.recipients())

    def _check_container(self, pieces: Pieces) -> None:
        """The container and all behind it; the seal is judged first, by its very last byte."""
        container, wrong = None, None
        try:
            try:
                container = read_container(pieces)
            except Wrong as found:
                if found.cause in ("seal", "identity"):
                    raise
                wrong = found
                pieces.drain()
        except Wrong as broken:
            self._steps.failed(broken)
            return
        if self._is_sealed:
            self._steps.add(PASSED, "The seal opened, and every byte up to its end is genuine.")
        if container is None:
            self._steps.failed(wrong or Wrong("no_container"))
            return
        files = len(container.members)
        self._steps.add(
            PASSED,
            some(
                files,
                "{count} file, stored as it is, with honest name and nothing between.",
                "{count} files, stored as they are, with honest names and nothing between.",
            ),
        )
        self._check_files(container)

    def _check_files(self, container: Container) -> None:
        try:
            references = read_manifest(container)
        except Wrong as wrong:
            self._steps.failed(wrong)
            return
        self._steps.add(
            PASSED,
            some(
                len(references),
                "{count} file, named by the manifest exactly once, and nothing else.",
                "{count} files, each named by the manifest exactly once, and nothing else.",
            ),
        )
        if self._check_signature(container):
            self._steps.attempt(lambda: digests_sentence(container, references))
            self._steps.attempt(lambda: content_sentence(container, references))

    def _check_signature(self, container: Container) -> bool:
        untrusted, manifest = container.kept[SIGNATURE_NAME], container.kept[MANIFEST_NAME]
        try:
            cms = read_cms(untrusted)
            if cms.content is not None or set(cms.unsigned) - {OID["time_stamp"]}:
                raise Wrong("malformed")
            signer = check_signature(cms, manifest, OID["data"], needs_time=True)
            require_related(signer)
            if not all(map(is_plain, signer.others)):
                raise Wrong("malformed")
            require_strong(signer)
        except Wrong as wrong:
            self._steps.failed(wrong)
            return False
        self.signer = signer
        moment = moment_text(signer.signed_at)
        self._steps.add(PASSED, f"Signed by {signer.name()}, who states {moment} as the time.")
        stamp, bad = self._stamp(cms)
        proven = self._proven(stamp)
        is_of_use = proven is not None and is_valid_at(signer.certificate, proven)
        self._check_authority(signer, proven if proven and is_of_use else signer.signed_at)
        if bad is not None:
            self._steps.failed(bad)
        else:
            self._check_validity(signer, stamp, proven)
        if self._given.signer is not None:
            self._steps.attempt(lambda: self._expected(signer))
        return True

    def _check_authority(self, signer: Signer, moment: datetime) -> None:
        anchors = self._given.anchors
        if anchors is None:
            self._steps.add(
                SKIPPED,
                "Not checked: no authority was given to check against."
                " Give its certificate with --trust.",
            )
            return

        def check() -> str:
            anchor = authority_of(signer.certificate, signer.others, anchors, moment)
            if not is_for_signing(signer.certificate):
                raise Wrong("purpose")
            return f"The certificate goes back to {common_name(anchor.subject)}."

        self._steps.attempt(check)

    def _stamp(self, cms: Cms) -> tuple[Stamp | None, Wrong | None]:
        """The time stamp inside the signature or beside the file: the earlier that proves something."""
        found = []
        try:
            inside = cms.unsigned.get(OID["time_stamp"])
            if inside is not None:
                found.append(
                    read_stamp(inside.raw, lambda hashing: digest_of(hashing, cms.signature))
                )
            if self._given.stamp is not None:
                file_digest = self._source.sha256()
                found.append(
                    read_stamp(
                        token_in(self._given.stamp),
                        lambda hashing: file_digest if hashing is hashes.SHA256 else b"",
                    )
                )
        except Wrong as wrong:
            return None, wrong
        proving = [stamp for stamp in found if self._proven(stamp) is not None]
        self.stamp = min(proving, key=lambda stamp: stamp.moment) if proving else None
        if found and not proving:
            self.stamp = found[-1]
        return self.stamp, None

    def _proven(self, stamp: Stamp | None) -> datetime | None:
        """The moment of `stamp`, if an authority that the reader relies on made it."""
        if stamp is None or self._given.anchors is None:
            return None
        try:
            signer = stamp.signer
            anchors, moment = self._given.anchors, stamp.moment
            authority_of(signer.certificate, signer.others, anchors, moment)
        except Wrong:
            return None
        return stamp.moment

    def _check_validity(self, signer: Signer, stamp: Stamp | None, proven: datetime | None) -> None:
        start, end = validity(signer.certificate)
        if not start <= signer.signed_at <= end:
            self._steps.failed(Wrong("expired"))
            return
        if max(signer.signed_at, proven or signer.signed_at) > self._given.now + CLOCKS_APART:
            self._steps.failed(Wrong("future"))
            return
        if proven is not None and proven < max(start, signer.signed_at - CLOCKS_APART):
            self._steps.failed(Wrong("stamp_early"))
            return
        self._is_expired = self._given.now > end
        spell = (moment_text(start), moment_text(end))
        if stamp is not None and proven is not None and start <= proven <= end:
            name = stamp.signer.name()
            self._steps.add(
                PASSED,
                "The certificate is valid from {} to {}. A time stamp of {} proves that the"
                " signature existed at {}.".format(*spell, name, moment_text(proven)),
            )
            return
        reason = "No time stamp proves it."
        if stamp is not None:
            reason = "The time stamp does not go back to a given authority, and proves nothing."
        if proven is not None:
            reason = "The time stamp was made after the certificate had expired."
        if self._is_expired:
            self._steps.add(
                CLAIMED,
                "The certificate was valid from {} to {} and has expired. That the signature was"
                " made before is only the signer’s claim. {}".format(*spell, reason),
                "claimed",
            )
            return
        self._steps.add(
            PASSED,
            "The certificate is valid from {} to {}, and the time that the signer states lies"
            " within. {}".format(*spell, reason),
        )

    def _expected(self, signer: Signer) -> str:
        wanted = self._given.signer or ""
        if self._given.certificate is not None:
            is_expected = self._given.certificate == signer.certificate
        else:
            fingerprint = signer.certificate.fingerprint(hashes.SHA256()).hex()
            is_expected = wanted in (signer.name(), fingerprint)
        if not is_expected:
            raise Wrong("signer", signer.name())
        return f"Signed by {signer.name()}, as expected."


def sealed_sentence(recipients: int) -> str:
    return some(
        recipients,
        "Sealed with age to {count} recipient; the form of the seal is whole.",
        "Sealed with age to {count} recipients; the form of the seal is whole.",
    )


def digests_sentence(container: Container, references: dict[str, str]) -> str:
    for member in container.members:
        if member.name in references and references[member.name] != member.sha256:
            raise Wrong("digest", member.name)
    size = sum(m.size for m in container.members if not m.name.startswith("META-INF/"))
    return some(
        len(references),
        f"{{count}} file with {size:,} bytes agrees with the signed digests.",
        f"{{count}} files with {size:,} bytes agree with the signed digests.",
    )


def content_sentence(container: Container, references: dict[str, str]) -> str:
    reports, media = check_content(container, references)
    first = some(reports, "{count} report", "{count} reports")
    second = some(media, "{count} media file", "{count} media files")
    return f"{first} and {second}, as package.json says."


# -- the command line --------------------------------------------------------------------------------


def read_small(path: str, what: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(READ + 1)
    except OSError as error:
        raise Unusable(f"the {what} cannot be read: {error.strerror}") from None
    if len(content) > READ:
        raise Unusable(f"the {what} is too long to be one")
    return content


def read_anchors(content: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        raise Unusable("there is no certificate (PEM) in the file given with --trust") from None


def expected_certificate(wanted: str) -> x509.Certificate | None:
    """The certificate in the file that `wanted` names; None if it names no file."""
    try:
        with Path(wanted).open("rb") as file:
            content = file.read(READ)
    except (OSError, ValueError):
        return None
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)[0]
        return x509.load_der_x509_certificate(content)
    except ValueError:
        raise Unusable("there is no certificate in the file given with --signer") from None


def now_or(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Unusable("--at wants a moment like 2026-05-17T09:30:00Z") from None


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="verify_package.py",
        description="Checks an intelligence package of CPORT Desktop step by step.",
        epilog="The file for --trust must come from outside the package.",
    )
    made.add_argument(
        "file", metavar="FILE", help="NAME.age, its first part, or the opened NAME.asice"
    )
    made.add_argument("--identity", metavar="K", help="age identity of a recipient")
    made.add_argument("--trust", metavar="CA", help="certificates of authorities (PEM)")
    made.add_argument(
        "--signer", metavar="S", help="who must have signed: name, certificate file, or SHA-256"
    )
    made.add_argument(
        "--timestamp", metavar="TST", help="time stamp over FILE (else FILE.tst, if it is there)"
    )
    made.add_argument("--at", metavar="MOMENT", help="judge as if it were then (UTC)")
    made.add_argument("--json", action="store_true", help="one JSON object")
    return made


def given_by(options: argparse.Namespace) -> Given:
    identities = []
    if options.identity:
        identities = read_identities(read_small(options.identity, "identity file"))
    anchors = None
    if options.trust:
        anchors = read_anchors(read_small(options.trust, "file given with --trust"))
    return Given(
        identities=identities,
        anchors=anchors,
        signer=options.signer,
        certificate=None if options.signer is None else expected_certificate(options.signer),
        stamp=stamp_beside(options),
        now=now_or(options.at),
    )


def stamp_beside(options: argparse.Namespace) -> bytes | None:
    if options.timestamp:
        return read_small(options.timestamp, "time stamp")
    try:
        with Path(whole_name(options.file) + ".tst").open("rb") as file:
            return file.read(READ)
    except OSError:
        return None


def answer(check: Check) -> dict[str, Any]:
    steps = check.steps()
    verdict = check.verdict(steps)
    found: dict[str, Any] = {
        "verified": verdict.startswith("verified"),
        "verdict": verdict,
        "steps": [step._asdict() for step in steps],
    }
    if check.signer is not None:
        start, end = validity(check.signer.certificate)
        found["signer"] = {
            "name": check.signer.name(),
            "sha256": check.signer.certificate.fingerprint(hashes.SHA256()).hex(),
            "signed_at": moment_text(check.signer.signed_at),
            "valid_from": moment_text(start),
            "valid_until": moment_text(end),
        }
    return found


def printed(found: dict[str, Any]) -> str:
    width = max(len(step["name"]) for step in found["steps"])
    lines = [
        f"{step['number']:>2} {MARKS[step['state']]} {step['name']:<{width}}  {step['detail']}"
        for step in found["steps"]
    ]
    return "\n".join([*lines, VERDICTS[found["verdict"]]])


class Joined(io.RawIOBase):
    """Files, one behind the other."""

    def __init__(self, paths: list[Path]) -> None:
        self._left = list(paths)
        self._file: BinaryIO | None = None

    def read(self, size: int = -1) -> bytes:
        while True:
            piece = self._file.read(size) if self._file is not None else b""
            if piece:
                return piece
            self.close_one()
            if not self._left:
                return b""
            self._file = self._left.pop(0).open("rb")

    def close_one(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def close(self) -> None:
        self.close_one()
        super().close()


def whole_name(path: str) -> str:
    """`path`, or that of the whole if it names its first part or the list of the parts."""
    for ending in (".001", ".parts.txt"):
        if path.endswith(ending):
            return path[: -len(ending)]
    return path


def opened(path: str) -> Any:
    """The file, or its parts (`NAME.001`, `NAME.002` …) as if they were one."""
    whole = whole_name(path)
    try:
        if whole == path and Path(path).is_file():
            return Path(path).open("rb")
        parts: list[Path] = []
        while len(parts) < 999 and Path(f"{whole}.{len(parts) + 1:03}").is_file():
            parts.append(Path(f"{whole}.{len(parts) + 1:03}"))
        return Joined(parts) if parts else Path(path).open("rb")
    except OSError as error:
        raise Unusable(f"{shown(path.encode())}: {error.strerror}") from None


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    try:
        given = given_by(options)
        with opened(options.file) as file:
            found = answer(Check(Source(file), given))
    except Unusable as error:
        if options.json:
            problem = {"code": "untrusted.package", "exit": 6, "message": str(error)}
            print(json.dumps({"error": problem}, ensure_ascii=False))
        else:
            sys.stderr.write(f"Not checked: {error}.\n")
        return 6
    print(json.dumps(found, ensure_ascii=False) if options.json else printed(found))
    return 0 if found["verified"] else 7


if __name__ == "__main__":
    sys.exit(main())
