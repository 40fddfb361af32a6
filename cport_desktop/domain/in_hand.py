"""What analysts of one agency have in hand at other stations, as the stations tell each other.

1. It is advice: nobody is kept from anything by it, and whoever decides meanwhile is asked first.
2. A station tells the whole of what it has, and the whole takes the place of what it told before; so an
   end needs no message of its own, and what is told twice is told once.
3. A lease ends by itself. What was told longer than `TOLD_FOR` ago counts no more: a station that is
   silent for so long says nothing about who does what.
4. People go by pseudonyms, unless the agreement grants their names (`work.share`, level `name`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import Actor, AnalystId, PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature

MOST_TOLD: Final = 10_000
"""Reports that one message names: two MB of it. Of more, those that were taken last are told."""
TOLD_FOR: Final = timedelta(days=30)
"""How long the word of a station counts that is not heard any more."""
CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""By so much at most, as for a signed request."""


class HandKind(StrEnum):
    LEASE = "lease"
    """Somebody is at it, until a moment."""
    ASSIGNMENT = "assignment"
    """It was given to somebody, until it is taken back."""


class SharedAs(StrEnum):
    """What a person is called toward other stations: levels of `work.share`."""

    NAME = "name"
    PSEUDONYM = "pseudonym"


class Sharing(StrEnum):
    """What became of telling and hearing in one exchange."""

    SHARED = "shared"
    NOT_GRANTED = "not_granted"
    """The agreement does not allow to share work: nothing was told, and nothing asked."""
    NOT_OFFERED = "not_offered"
    """The portal passes no such things on (an older one)."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InHand:
    """`analyst`: a name, or a pseudonym. `until`: of a lease; None of an assignment."""

    report_id: ReportId
    kind: HandKind
    analyst: Actor
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class InHandHere:
    """All that one station has in hand at `said_at`, by its own clock."""

    station: StationId
    said_at: datetime
    entries: tuple[InHand, ...]


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """`station` told it, and the portal heard it at `told_at`."""

    station: StationId
    told_at: datetime
    entry: InHand


@dataclass(frozen=True, slots=True)
class InHandElsewhere:
    """What the portal knows of all other stations of the agency."""

    portal: PortalId
    station: StationId
    nature: Nature
    issued_at: datetime
    entries: tuple[ToldElsewhere, ...]


def pseudonym(station: StationId, analyst_id: AnalystId) -> Actor:
    """What a person is called at other stations: the same each time, another one at each station.

    It cannot be turned back, since the id that it is made of is random and never leaves the vault.
    """
    mark = hashlib.sha256(f"cport-colleague-v1\n{station}\n{analyst_id}".encode()).hexdigest()
    return Actor(f"analyst-{mark[:8]}")
