"""Cursors: how far a station has come, in a form that only the gateway can make.

A cursor holds its place in the chain and some marks (where the snapshot stands, the settled
assessments, what was fed in, the receipts), and proves by a MAC over them and the station that it came
from here. The same marks give the same cursor.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import astuple, dataclass
from typing import Final

from cport_desktop.domain.ids import Cursor, StationId
from cport_desktop.errors import MessageMixup

_PROOF: Final = 16
"""Bytes of HMAC-SHA-256 that are kept: nobody gains more by a forged position than pages."""

SNAPSHOT_DONE: Final = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """What comes behind the batch with `sequence`.

    `below`: the snapshot goes on with the report before this number; 0, it is done. `given`,
    `fed`, `receipt`: the last ones seen.
    """

    sequence: int
    below: int
    given: int
    fed: int
    receipt: int


def print_cursor(marks: Marks, station: StationId, key: bytes) -> Cursor:
    """The cursor for `marks` of `station`."""
    text = ".".join(map(str, astuple(marks))).encode()
    proof = _proof(text, station, key)
    return Cursor(base64.urlsafe_b64encode(proof + text).decode("ascii").rstrip("="))


def parse_cursor(cursor: Cursor, station: StationId, key: bytes) -> Marks:
    """The marks behind `cursor`.

    Raises:
        MessageMixup: if it was not made here for this station.
    """
    try:
        made = base64.urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}".encode("ascii"))
        marks = Marks(*(int(mark) for mark in made[_PROOF:].decode("ascii").split(".")))
    except (TypeError, ValueError) as error:
        raise MessageMixup(what="cursor") from error
    # The whole text is compared: base64 has more than one way to write the same bytes.
    if not hmac.compare_digest(print_cursor(marks, station, key).encode(), cursor.encode()):
        raise MessageMixup(what="cursor")
    return marks


def _proof(text: bytes, station: StationId, key: bytes) -> bytes:
    message = station.encode() + b"\n" + text
    return hmac.digest(key, message, hashlib.sha256)[:_PROOF]
