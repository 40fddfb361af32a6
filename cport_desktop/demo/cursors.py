"""Cursors: how far a station has come, in a form that only the gateway can make.

A cursor holds three marks (the scenario's position, the settled assessments behind it, the
receipts) and proves by a MAC over them and the station that it came from here. The same marks
give the same cursor, so that a station with nothing new keeps the one it has.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import Cursor, StationId
from cport_desktop.errors import MessageMixup

_PROOF: Final = 16
"""Bytes of HMAC-SHA-256 that are kept: nobody gains more by a forged position than pages."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What comes next: `position` in the scenario; `given`, `receipt`: the last ones seen."""

    position: int = 0
    given: int = 0
    receipt: int = 0


def print_cursor(marks: Marks, station: StationId, key: bytes) -> Cursor:
    """The cursor for `marks` of `station`."""
    text = f"{marks.position}.{marks.given}.{marks.receipt}".encode()
    proof = _proof(text, station, key)
    return Cursor(base64.urlsafe_b64encode(proof + text).decode("ascii").rstrip("="))


def parse_cursor(cursor: Cursor | None, station: StationId, key: bytes) -> Marks:
    """The marks behind `cursor`; the beginning for None.

    Raises:
        MessageMixup: if it was not made here for this station.
    """
    if cursor is None:
        return Marks()
    try:
        made = base64.urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}".encode("ascii"))
        position, given, receipt = (int(mark) for mark in made[_PROOF:].decode("ascii").split("."))
    except ValueError as error:
        raise MessageMixup(what="cursor") from error
    marks = Marks(position, given, receipt)
    # The whole text is compared: base64 has more than one way to write the same bytes.
    if not hmac.compare_digest(print_cursor(marks, station, key).encode(), cursor.encode()):
        raise MessageMixup(what="cursor")
    return marks


def _proof(text: bytes, station: StationId, key: bytes) -> bytes:
    message = station.encode() + b"\n" + text
    return hmac.digest(key, message, hashlib.sha256)[:_PROOF]
