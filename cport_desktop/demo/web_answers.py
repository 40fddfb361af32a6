"""A media file as an HTTP answer: whole or from an offset, and broken if a fault says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cport_desktop.demo.gateway import MediaFile

_PIECE: Final = 64 * 1024
_SHORTER: Final = 7
"""Bytes that a wrong length lacks."""

_OPEN_RANGE: Final = re.compile(r"bytes=([0-9]{1,18})-", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """The headers that say which part is wanted (RFC 9110, 13.1.5 and 14.2)."""

    range_header: str
    if_range: str


@dataclass(frozen=True, slots=True)
class Breakage:
    """`cut`: the line breaks after this many bytes of a body; `is_wrong_length`: see faults."""

    cut: int | None
    is_wrong_length: bool


class PiecewiseAnswer(Response):
    """A body sent in pieces; with `cut`, the connection ends after that many of its bytes."""

    def __init__(
        self, content: bytes, status: int, headers: dict[str, str], *, cut: int | None
    ) -> None:
        super().__init__(content, status, headers, media_type="application/octet-stream")
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        body = bytes(self.body)
        is_cut = self._cut is not None and self._cut < len(body)
        end = self._cut if is_cut and self._cut is not None else len(body)
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        for at in range(0, end, _PIECE):
            piece = body[at : min(at + _PIECE, end)]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if not is_cut:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        # Else returning without the end makes the server close the connection.


def media_answer(file: MediaFile, wish: Wish, breakage: Breakage) -> Response:
    """The part of `file` that is wished for: 200 with all of it, 206 from an offset on, 416
    if nothing lies there.
    """
    whole = len(file.content)
    etag = f'"{file.sha256}"'
    headers = {"ETag": etag, "Accept-Ranges": "bytes", "Cache-Control": "no-store"}
    start = _start(wish, etag)
    if start is not None and start >= whole:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{whole}"})
    if start is not None:
        headers["Content-Range"] = f"bytes {start}-{whole - 1}/{whole}"
    content = file.content[start or 0 :]
    if breakage.is_wrong_length:
        content = content[:-_SHORTER]
    return PiecewiseAnswer(content, 200 if start is None else 206, headers, cut=breakage.cut)


def _start(wish: Wish, etag: str) -> int | None:
    """Where the wished part begins; None for all of it, also if the file is another by now."""
    found = _OPEN_RANGE.fullmatch(wish.range_header.strip())
    if found is None or (wish.if_range and wish.if_range != etag):
        return None
    return int(found.group(1))
