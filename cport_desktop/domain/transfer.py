"""A media file on its way: its state, and what a person may say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import MediaId

LONGEST_REST: Final = timedelta(days=1)
"""How long a file that failed is left alone at most. One that would rest for longer failed while the
machine's clock ran ahead, and rests no more.
"""


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
    NOT_GRANTED = "not_granted"
    """The agreement grants no files of its kind; it comes as soon as one does."""


@dataclass(frozen=True, slots=True)
class KindWithheld:
    """A kind of media (`domain.media_item.MediaKind`) that the agreement does not grant. `clause`:
    numbers of those that forbid it or come nearest, None if there is none; `cause`: words of it.
    """

    kind: str
    clause: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class MediaPending:
    """`coming`: items whose files are still to come. `not_granted`: those that do not come under
    this agreement, without which an exchange is complete; `withheld` says why, for kinds that were
    announced.
    """

    coming: int
    not_granted: int = 0
    withheld: tuple[KindWithheld, ...] = ()


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
    not_granted: KindWithheld | None = None
    """What keeps it from coming, if the agreement does."""


@dataclass(frozen=True, slots=True)
class TransferTally:
    """How many files are still to come, and of how many bytes; `is_paused`: all of them wait for a
    person. `failed`, `paused`, `cancelled`, `refused` and `not_granted` say how many do not come by
    themselves.
    """

    waiting: int
    bytes_waiting: int
    failed: int
    paused: int
    cancelled: int
    refused: int
    is_paused: bool
    not_granted: int = 0

    @property
    def total(self) -> int:
        """How many files are not here."""
        return self.waiting + self.paused + self.cancelled + self.refused + self.not_granted
