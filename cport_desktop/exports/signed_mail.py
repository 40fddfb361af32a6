"""A signed message in one file: plain text that any editor shows, any mail program opens, and
`openssl cms -verify` checks (S/MIME, RFC 8551: `multipart/signed`).

    MIME-Version, Date, Subject
    multipart/signed
      multipart/mixed           what is signed, to the byte, lines ended by CR LF
        text/plain              for people
        application/json        for machines
      application/pkcs7-signature

The signature is the detached CAdES that packages carry.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from cport_desktop.crypto.signing import Signer
from cport_desktop.exports.composition import confirm_written
from cport_desktop.exports.output_files import growing_new, write_out

_POLICY: Final = SMTP.clone(max_line_length=78)
_CR_LF: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said. `subject` and `name` (of the JSON file) are plain ASCII of ours."""

    subject: str
    at: datetime
    text: str
    record: bytes
    name: str


def signed_mail(letter: Letter, signer: Signer) -> bytes:
    """`letter`, signed: the same bytes for the same letter but for the signature."""
    inner = _content(letter)
    seed = hashlib.sha256(inner).hexdigest()[:24]
    boundary = f"signed-{seed}"
    signature = base64.encodebytes(signer.sign_detached(inner)).decode("ascii")
    head = _CR_LF.join(
        [
            "MIME-Version: 1.0",
            f"Date: {format_datetime(letter.at)}",
            f"Subject: {letter.subject}",
            'Content-Type: multipart/signed; protocol="application/pkcs7-signature";',
            f' micalg="sha-256"; boundary="{boundary}"',
            "",
            f"--{boundary}",
            "",
        ]
    )
    tail = _CR_LF.join(
        [
            "",
            f"--{boundary}",
            'Content-Type: application/pkcs7-signature; name="smime.p7s"',
            "Content-Transfer-Encoding: base64",
            'Content-Disposition: attachment; filename="smime.p7s"',
            "",
            signature.replace("\n", _CR_LF) + f"--{boundary}--",
            "",
        ]
    )
    return head.encode("ascii") + inner + tail.encode("ascii")


def write_and_confirm(path: Path, content: bytes) -> str:
    """A new file with `content`, read back from the medium; its SHA-256 in hex.

    Raises:
        OutputExists, StorageFull, OutputUnwritable: nothing is left of it.
        DigestMismatch: the medium gives back something else; likewise.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with growing_new(path) as (part, descriptor):
        write_out(descriptor, content)
        confirm_written(part, sha256)
    return sha256


def _content(letter: Letter) -> bytes:
    inner = EmailMessage(policy=_POLICY)
    inner.set_content(letter.text, cte="quoted-printable")
    inner.add_attachment(
        letter.record,
        maintype="application",
        subtype="json",
        cte="quoted-printable",
        filename=letter.name,
    )
    del inner["MIME-Version"]
    seed = hashlib.sha256(letter.record).hexdigest()[:24]
    inner.set_boundary(f"parts-{seed}")
    return inner.as_bytes()
