"""A media file on its way: its state, and what a person may say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import MediaId


class TransferState(StrEnum):
    WAITING = "waiting"
    """Its turn comes: asked for first, then what is on a screen, then that of newer reports."""
    ARRIVING = "arriving"
    """Bytes come in just now."""
    FAILED = "failed"
    """It did not come; asked for again from `not_before` on, or at once by hand."""
    HELD_BACK = "held_back"
    """The link in use does not carry it."""
    PAUSED = "paused"
    CANCELLED = "cancelled"
    """Nobody wants it until somebody asks for it."""
    REFUSED = "refused"
    """The portal's bytes were not those announced; none was kept."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A media item whose file is not here. `bytes_here` of `size` are, sealed. `tries`: failures in
    a row; `last_error`: the code of the last one.
    """

    media_id: MediaId
    state: TransferState
    size: int
    bytes_here: int
    is_asked_for: bool
    tries: int
    last_error: str | None
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class TransferTally:
    """How many files are still to come, and of how many bytes; `is_paused`: all of them wait for a
    person. `failed`, `paused`, `cancelled` and `refused` say how many do not come by themselves.
    """

    waiting: int
    bytes_waiting: int
    failed: int
    paused: int
    cancelled: int
    refused: int
    is_paused: bool
