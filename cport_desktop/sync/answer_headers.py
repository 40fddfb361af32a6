"""What the headers of an answer promise, checked before its body is read.

A body without a stated length could end early and nobody would notice; a compressed one could
unpack to any size. Neither is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cport_desktop.errors import DigestMismatch, MalformedMessage, MessageTooLarge, TransferCut

_LENGTH = re.compile(r"[0-9]{1,18}\Z")
_STRONG_TAG = re.compile(r'"[!#-~]{1,126}"\Z')
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})\Z")


def stated_length(headers: Mapping[str, str]) -> int:
    """The length of the body as it travels, in bytes; the body is not compressed.

    Raises:
        MalformedMessage: if no length is stated, or the body is encoded in any way.
    """
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise MalformedMessage(where="Content-Encoding", cause="only identity is accepted")
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers or not _LENGTH.match(length):
        raise MalformedMessage(where="Content-Length", cause="an answer must state its length")
    return int(length)


def bytes_to_skip(status: int, headers: Mapping[str, str], *, start: int, size: int) -> int:
    """How many bytes at the head of this media answer lie before `start`.

    0 for a partial answer (206); `start` for a portal that sends the whole again (200).

    Raises:
        TransferCut, MessageTooLarge: if the portal's file is shorter or longer than `size`.
        MalformedMessage: if the headers say nothing sure, or it is another part.
    """
    if status == 416:  # RFC 9110, 15.5.17: nothing lies at or behind `start`
        raise TransferCut(got=start, wanted=size)
    length = stated_length(headers)
    if status == 200:
        _require_size(length, size)
        return start
    first, last, whole = _content_range(headers)
    if first != start or last + 1 - first != length:
        raise MalformedMessage(where="Content-Range", cause="not the part that was asked for")
    _require_size(whole, size)
    return 0


def require_same_tag(before: str | None, headers: Mapping[str, str]) -> str | None:
    """The answer's entity tag, if it is a strong one; the same as `before`, if both are known.

    Raises:
        DigestMismatch: if the portal's file changed in the middle of a transfer.
    """
    tag = headers.get("etag", "")
    if not _STRONG_TAG.match(tag):
        return before
    if before not in (None, tag):
        raise DigestMismatch(what="ETag")
    return tag


def _content_range(headers: Mapping[str, str]) -> tuple[int, int, int]:
    found = _CONTENT_RANGE.match(headers.get("content-range", ""))
    if found is None:
        raise MalformedMessage(where="Content-Range", cause="cannot be read")
    first, last, whole = (int(number) for number in found.groups())
    return first, last, whole


def _require_size(whole: int, size: int) -> None:
    if whole > size:
        raise MessageTooLarge(limit=size)
    if whole < size:
        raise TransferCut(got=whole, wanted=size)
