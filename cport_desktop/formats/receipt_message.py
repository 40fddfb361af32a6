"""A receipt for a package as JSON within a signed message (S/MIME), written here and read from others.

    {"schema":1,"kind":"packageReceipt","nature":"demo","packageSha256":…,"title":…,"agency":…,
     "receivedBy":…,"receivedAt":…,"reports":3,"media":3}

See `docs/formats/receipt.md`. What is signed is the part between the boundaries, to the byte, as
`openssl cms -verify` takes it; only messages that are laid out as `exports.signed_mail` does it are read.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cport_desktop.clock import iso_utc
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.receipt import PackageReceipt
from cport_desktop.errors import MalformedMessage, MessageTooLarge
from cport_desktop.formats.notice_message import on_one_line
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.words import receipts as words

SCHEMA: Final = 1
NAME: Final = "receipt.json"
LONGEST: Final = 256 * 1024
"""Bytes of a message: an honest one has 6,000."""

_MESSAGE: Final = re.compile(
    rb"\AMIME-Version: 1\.0\r\n(?:[A-Z][A-Za-z-]*: [^\r\n]*\r\n(?: [^\r\n]*\r\n)*){0,8}?"
    rb'Content-Type: multipart/signed;[^\r\n]*\r\n[^\r\n]*boundary="(signed-[0-9a-f]{24})"\r\n\r\n'
    rb"--\1\r\n(.*?)\r\n--\1\r\n"
    rb"Content-Type: application/pkcs7-signature[^\r\n]*\r\n(?:[A-Z][A-Za-z-]*: [^\r\n]*\r\n){0,4}\r\n"
    rb"([A-Za-z0-9+/=\r\n]+)--\1--\r\n\Z",
    re.DOTALL,
)
_Text = Annotated[str, Meta(min_length=1, max_length=500)]
_Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class _Wire(msgspec.Struct, rename="camel"):
    schema: Literal[1]
    kind: Literal["packageReceipt"]
    nature: Literal["demo", "live"]
    package_sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    title: Annotated[str, Meta(max_length=500)]
    agency: _Text
    received_by: _Text
    received_at: datetime
    reports: _Count
    media: _Count


_DECODER: Final = msgspec.json.Decoder(_Wire)


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """`content` are the bytes that `signature` (CMS, DER) is over. Nothing was checked yet."""

    receipt: PackageReceipt
    content: bytes
    signature: bytes


def print_receipt(receipt: PackageReceipt) -> bytes:
    """The JSON of `receipt`, indented, in ASCII."""
    fields = {
        "schema": SCHEMA,
        "kind": "packageReceipt",
        "nature": receipt.nature.value,
        "packageSha256": receipt.sha256,
        "title": receipt.title[:500],
        "agency": receipt.agency,
        "receivedBy": receipt.received_by,
        "receivedAt": iso_utc(receipt.received_at),
        "reports": receipt.reports,
        "media": receipt.media,
    }
    return (json.dumps(fields, indent=1) + "\n").encode("ascii")


def receipt_text(receipt: PackageReceipt) -> str:
    """What a person reads."""
    lines = words.receipt_lines(
        title=on_one_line(receipt.title),
        sha256=receipt.sha256,
        agency=on_one_line(receipt.agency),
        person=on_one_line(receipt.received_by),
        at=iso_utc(receipt.received_at),
        is_synthetic=receipt.nature.is_synthetic,
    )
    return "\n".join(lines) + "\n"


def parse_receipt(untrusted: bytes) -> SignedReceipt:
    """The receipt in a signed message, whose signature is still to be checked.

    Raises:
        MessageTooLarge: it is longer than any receipt.
        MalformedMessage: it is none.
    """
    if len(untrusted) > LONGEST:
        raise MessageTooLarge(limit=LONGEST)
    found = _MESSAGE.match(untrusted)
    if found is None:
        raise MalformedMessage(where="$", cause=words.NO_RECEIPT)
    content = found[2]
    try:
        signature = base64.b64decode(found[3].replace(b"\r\n", b""), validate=True)
    except binascii.Error as error:
        raise MalformedMessage(where="$", cause=words.NO_RECEIPT) from error
    return SignedReceipt(_receipt(_record(content)), content, signature)


def _record(content: bytes) -> bytes:
    message = message_from_bytes(content, policy=SMTP)
    for part in message.walk():
        if part.get_content_type() == "application/json" and part.get_filename() == NAME:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise MalformedMessage(where="$", cause=words.NO_RECEIPT)


def _receipt(record: bytes) -> PackageReceipt:
    require_sound(record, limit=LONGEST)
    wire = decode(_DECODER, record, "$")
    if wire.received_at.tzinfo is None:
        raise MalformedMessage(where="$.receivedAt", cause="without a time zone")
    return PackageReceipt(
        sha256=wire.package_sha256,
        title=wire.title,
        nature=Nature(wire.nature),
        agency=on_one_line(wire.agency),
        received_by=on_one_line(wire.received_by),
        received_at=wire.received_at,
        reports=wire.reports,
        media=wire.media,
    )
