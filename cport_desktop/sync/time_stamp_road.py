"""The network road to an authority of time stamps (RFC 3161, 3.4): one question, one answer.

The address is named by a person each time. Plain HTTP is usual there and harmless: what goes is a
digest, and the answer is signed. No redirect is followed, and no proxy is taken from the
environment.
"""

from __future__ import annotations

from typing import Final

import httpx

from cport_desktop.errors import StampUnfit, StampUnreachable, ValueUnknown

_QUESTION: Final = "application/timestamp-query"
_ANSWER: Final = "application/timestamp-reply"
_LONGEST: Final = 256 * 1024
_PATIENCE: Final = httpx.Timeout(30.0, connect=10.0)
_FINE: Final = 200


def ask_by_network(url: str, question: bytes) -> bytes:
    """What the authority at `url` answers to `question` (DER).

    Raises:
        ValueUnknown: `url` is no http or https address.
        StampUnreachable: nobody answers there, or with a refusal.
        StampUnfit: the answer cannot be a time stamp.
    """
    headers = {"Content-Type": _QUESTION, "Accept": _ANSWER, "User-Agent": "cport-desktop"}
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL()
    if address.scheme not in ("http", "https") or not address.host:
        raise ValueUnknown(what="address of a time stamp authority", value=url, accepted="http://…")
    try:
        with (
            httpx.Client(timeout=_PATIENCE, trust_env=False) as client,
            client.stream("POST", address, content=question, headers=headers) as answer,
        ):
            if answer.status_code != _FINE:
                raise StampUnreachable(cause=f"HTTP {answer.status_code}")
            if answer.headers.get("content-type", "").partition(";")[0].strip() != _ANSWER:
                raise StampUnfit
            return _bounded(answer)
    except httpx.HTTPError as error:
        raise StampUnreachable(cause=type(error).__name__) from error


def _bounded(answer: httpx.Response) -> bytes:
    content = b""
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > _LONGEST:
            raise StampUnfit
    return content
