"""What the signature speaks of: one digest for each data file.

The ASiC manifest (EN 319 162-1, annex A.4) is written in one way only, line by line, so it is
read by comparing lines and no XML parser meets foreign bytes. `manifest-sha256.txt` says the
same in the form that `sha256sum --check` reads.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cport_desktop.errors import PackageMalformed
from cport_desktop.exports.container import SIGNATURE_NAME

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'<asic:SigReference URI="{SIGNATURE_NAME}" MimeType="application/x-pkcs7-signature"/>\n'
)
_TAIL = "</asic:ASiCManifest>\n"
_REFERENCE = re.compile(
    r'<asic:DataObjectReference URI="([A-Za-z0-9._/-]+)" MimeType="([a-z0-9.+-]+/[a-z0-9.+-]+)">'
    r'<ds:DigestMethod Algorithm="http://www\.w3\.org/2001/04/xmlenc#sha256"/>'
    r"<ds:DigestValue>([A-Za-z0-9+/]{43}=)</ds:DigestValue></asic:DataObjectReference>"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A data file as the manifest speaks of it; `sha256` in lower-case hex."""

    name: str
    media_type: str
    sha256: str


def print_manifest(references: Iterable[Reference]) -> bytes:
    """The ASiC manifest of `references`, in their order."""
    return (_HEAD + "".join(_line(reference) for reference in references) + _TAIL).encode("ascii")


def parse_manifest(untrusted: bytes) -> tuple[Reference, ...]:
    """The references of a manifest that was written by `print_manifest`.

    Raises:
        PackageMalformed: if it was not, in any byte, or names a file twice.
    """
    try:
        text = untrusted.decode("ascii")
    except UnicodeDecodeError as error:
        raise PackageMalformed(cause="manifest") from error
    body = text.removeprefix(_HEAD).removesuffix(_TAIL)
    references = tuple(_reference(line) for line in body.split("\n")[:-1])
    if print_manifest(references) != untrusted:
        raise PackageMalformed(cause="manifest")
    seen: set[str] = set()
    for reference in references:
        if reference.name in seen:
            raise PackageMalformed(cause="referenced_twice", name=reference.name)
        seen.add(reference.name)
    return references


def print_checksums(references: Sequence[Reference]) -> bytes:
    """`references` in the form of `sha256sum`, by name."""
    lines = sorted((reference.name, reference.sha256) for reference in references)
    return "".join(f"{digest}  {name}\n" for name, digest in lines).encode("ascii")


def _line(reference: Reference) -> str:
    digest = base64.b64encode(bytes.fromhex(reference.sha256)).decode("ascii")
    return (
        f'<asic:DataObjectReference URI="{reference.name}" MimeType="{reference.media_type}">'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n"
    )


def _reference(line: str) -> Reference:
    match = _REFERENCE.fullmatch(line)
    if match is None:
        raise PackageMalformed(cause="manifest")
    return Reference(match[1], match[2], base64.b64decode(match[3]).hex())
