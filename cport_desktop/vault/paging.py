"""Cursors of lists: opaque to everyone else, checked when they come back.

A cursor names its list and the last row shown (its sort key and its place), so the next page
is a seek and costs the same wherever it is.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
from typing import TypeVar

from cport_desktop.errors import UnknownReference

Part = TypeVar("Part", bound=int | str)

_LONGEST_CURSOR = 4096
"""Letters; a sort key is at most a host name or a provider's name."""


def write_cursor(listing: str, *parts: int | str) -> str:
    """The cursor behind the row with these `parts` in the list called `listing`."""
    packed = json.dumps([listing, *parts], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def read_cursor(listing: str, text: str, *kinds: type[Part]) -> tuple[Part, ...]:
    """The parts back.

    Raises:
        UnknownReference: not a cursor of this list.
    """
    try:
        padded = text[:_LONGEST_CURSOR] + "=" * (-len(text) % 4)
        name, *parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise _unknown(text) from error
    if name != listing or [type(part) for part in parts] != list(kinds):
        raise _unknown(text)
    if any(isinstance(part, int) and abs(part) >= 1 << 63 for part in parts):
        raise _unknown(text)
    return tuple(parts)


def elapsed_ms(started: float) -> float:
    """Milliseconds since `started`, a reading of `time.perf_counter`: shown to people and
    decides nothing, so it does not go through the clock port.
    """
    return (time.perf_counter() - started) * 1000


def _unknown(text: str) -> UnknownReference:
    return UnknownReference(kind="cursor", reference=text[:80])
