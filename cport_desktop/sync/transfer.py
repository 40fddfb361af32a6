"""When to try again, and what becomes of a media file that did not arrive: pure decisions.

The machine's time and chance come in as values, so that each decision can be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from cport_desktop.domain.digest import Digests
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.transfer import LONGEST_REST
from cport_desktop.errors import (
    CportError,
    DigestMismatch,
    MalformedMessage,
    MessageTooLarge,
    PortalBusy,
    TransferCut,
    UnknownReference,
    Unreachable,
)

LEAST_PROGRESS = 64 * 1024
"""Bytes that must have arrived for a cut transfer to count as getting on: a portal that cuts
after each byte would otherwise be asked for ever."""


@dataclass(frozen=True, slots=True)
class Persistence:
    """How often to try, and how long to wait in between, in seconds.

    `attempts` counts the first one. `longest_wait` is also the longest time that a portal may
    ask us to wait before we tell a person instead.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 30.0


def wait_before_retry(
    error: CportError, *, failures: int, persistence: Persistence, chance: float
) -> float | None:
    """Seconds to wait after the `failures`-th failure in a row; None: give up.

    The wait doubles each time up to a ceiling, and `chance` (0 to 1) takes off up to half of
    it, so that stations cut off together do not come back together. A wait that the portal
    asks for (Retry-After) is kept, or given up on if it is beyond the ceiling.
    """
    if failures >= persistence.attempts or not is_passing(error):
        return None
    ceiling = min(persistence.longest_wait, persistence.first_wait * 2.0 ** (failures - 1))
    wait = ceiling * (1 - chance / 2)
    asked = error.facts.get("retry_after") if isinstance(error, PortalBusy) else None
    if not isinstance(asked, int | float):
        return wait
    return max(wait, float(asked)) if asked <= persistence.longest_wait else None


def is_passing(error: CportError) -> bool:
    """Whether the same question may well be answered a moment later."""
    return isinstance(error, Unreachable | PortalBusy | TransferCut)


class Fate(Enum):
    """What becomes of one media file whose transfer failed."""

    PASS_OVER = auto()
    """It stays wanted, with the bytes that are here; go on with the next file."""
    REFUSE = auto()
    """The portal's bytes cannot be those announced: keep none, and say why."""
    STOP = auto()
    """Not the file's fault: no other would arrive either."""


def fate_after(error: CportError) -> Fate:
    """What becomes of a file after `error`, when retrying on the road has been given up."""
    match error:
        case UnknownReference() | TransferCut():
            return Fate.PASS_OVER
        case DigestMismatch(facts={"what": "chunk"}):
            return Fate.PASS_OVER  # What is here of it is right, and another time the rest may be.
        case MessageTooLarge() | DigestMismatch() | MalformedMessage():
            return Fate.REFUSE
        case _:
            return Fate.STOP


FIRST_REST = timedelta(minutes=1)
"""How long a file that failed is left alone: four times as long each time, `LONGEST_REST` at most."""


def rest_after(error: CportError, *, tries: int) -> timedelta:
    """How long not to ask for a file again whose `tries`-th try in a row ended with `error`.

    A first cut was most likely the road's doing, and nothing to wait for.
    """
    if isinstance(error, TransferCut):
        tries -= 1
    if tries <= 0:
        return timedelta(0)
    return min(LONGEST_REST, FIRST_REST * int(4 ** min(tries - 1, 8)))


def require_announced(notice: MediaNotice, digests: Digests) -> None:
    """Nothing, if the bytes with these digests are those that were announced.

    Raises:
        DigestMismatch: if they are not (what: size, sha256).
    """
    if digests.size != notice.size:
        raise DigestMismatch(what="size")
    if digests.sha256 != notice.sha256:
        raise DigestMismatch(what="sha256")
