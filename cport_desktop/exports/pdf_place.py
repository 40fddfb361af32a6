"""The place for a signature in a PDF: a hole of known size that the child leaves and we fill.

ISO 32000-1, 12.8.1: the signature covers the whole file but the string `Contents`, and
`ByteRange` says where that is. Both stand side by side here, in a form of fixed length, so that
the process that holds the key finds the hole with one look and never parses a PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cport_desktop.errors import DocumentFailed

LARGEST_SIGNATURE = 24 * 1024
"""Bytes of CMS: four RSA-4096 certificates take 12 KiB, a time stamp with its own 8 KiB more."""
_DIGITS = 10
_UNKNOWN = b" ".join([b"0" * _DIGITS] * 3)
_RANGE = b"/ByteRange [0 %s] /Contents <%s>"
_FORM = re.compile(rb"/ByteRange \[0 (\d{10}) (\d{10}) (\d{10})\] /Contents <")


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets of the hole: `start` of its `<`, `end` behind its `>`."""

    start: int
    end: int


def empty_place() -> bytes:
    """The two entries of a signature's dictionary, before anything is known."""
    return _RANGE % (_UNKNOWN, b"0" * 2 * LARGEST_SIGNATURE)


def with_range(pdf: bytes) -> bytes:
    """`pdf`, which holds one empty place, with its offsets entered.

    Raises:
        DocumentFailed: it holds none, or several.
    """
    form = _RANGE.partition(b"%s] ")[0] + _UNKNOWN
    if pdf.count(form) != 1:
        raise DocumentFailed(cause="no single place for a signature")
    start = pdf.index(b"<", pdf.index(form))
    end = start + 2 * LARGEST_SIGNATURE + 2
    offsets = b"%010d %010d %010d" % (start, end, len(pdf) - end)
    return pdf.replace(form, form.replace(_UNKNOWN, offsets))


def place_in(untrusted: bytes) -> Place:
    """The hole of a PDF that came out of a child: there once, empty, and where it says that it is.

    Raises:
        DocumentFailed: it is not so.
    """
    found = list(_FORM.finditer(untrusted))
    if len(found) != 1:
        raise DocumentFailed(cause="no single place for a signature")
    start, end, rest = (int(number) for number in found[0].groups())
    is_so = (
        start == found[0].end() - 1
        and end == start + 2 * LARGEST_SIGNATURE + 2
        and end + rest == len(untrusted)
        and untrusted[end - 1 : end] == b">"
        and untrusted.count(b"0", start + 1, end - 1) == end - start - 2
    )
    if not is_so:
        raise DocumentFailed(cause="the place for a signature is not as it says")
    return Place(start, end)


def filled(pdf: bytes, place: Place, signature: bytes) -> bytes:
    """`pdf` with `signature` in its hole, and not a byte moved.

    Raises:
        DocumentFailed: the signature is larger than the hole.
    """
    if len(signature) > LARGEST_SIGNATURE:
        raise DocumentFailed(cause="the signature is larger than its place")
    written = signature.hex().encode().ljust(2 * LARGEST_SIGNATURE, b"0")
    view = memoryview(pdf)
    return b"".join((view[: place.start + 1], written, view[place.end - 1 :]))
