"""Versions of the agreement as they came, and which of them is in force.

The portal is the authority. A version that takes nothing away is in force from its own moment
(`effective_from`). A narrower one waits until a supervisor or administrator accepts it, and is in
force from its own moment at the latest. Of those whose time has come the newest counts; one that the
portal has ended does not. Old versions stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.ids import Actor

ANNOUNCED: Final = (60, 30, 7)
"""Days before its end at which an agreement says so, each time more plainly."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it came here. `is_narrower`: than what was in force when it came.

    `document` and `signature` of `signed` are empty where it came before agreements were signed by
    themselves. `ended_at`: when the portal ended this agreement, and why.
    """

    signed: SignedAgreement
    received_at: datetime
    road: str
    is_narrower: bool = False
    accepted_at: datetime | None = None
    accepted_by: Actor | None = None
    accepted_because: str | None = None
    ended_at: datetime | None = None
    ended_because: str | None = None

    @property
    def starts_at(self) -> datetime:
        """From when it counts."""
        own = self.signed.agreement.effective_from
        if self.is_narrower and self.accepted_at is not None:
            return min(self.accepted_at, own)
        return own

    def is_ended(self, at: datetime) -> bool:
        """Whether the portal had ended it at `at`."""
        return self.ended_at is not None and self.ended_at <= at

    @property
    def rank(self) -> tuple[datetime, int]:
        """The newer has the higher."""
        return self.signed.agreement.issued_at, self.signed.agreement.revision


class StateKind(StrEnum):
    NONE = "none"
    """The vault is not enrolled."""
    IN_FORCE = "in_force"
    ENDING = "ending"
    """In force, and its end is announced."""
    LAPSED = "lapsed"
    ENDED = "ended"
    """The portal ended it."""


@dataclass(frozen=True, slots=True)
class AgreementState:
    """How the agreement stands. `version` is the one in force, or that was last.

    `days_left` until its end, 0 on the last day, None once it is over. `announced`: which of
    `ANNOUNCED` is reached. `waiting`: a newer version that is not in force yet.
    """

    kind: StateKind
    version: Version | None = None
    days_left: int | None = None
    announced: int | None = None
    waiting: Version | None = None


def in_force(versions: Sequence[Version], *, at: datetime) -> Version | None:
    """The version that counts at `at`: the newest whose time has come. None only if there is none
    at all; it may have run out.
    """
    begun = [version for version in versions if version.starts_at <= at]
    standing = [version for version in begun if not version.is_ended(at)]
    for some in (standing, begun, versions):
        if some:
            return max(some, key=lambda version: version.rank)
    return None


def waiting(versions: Sequence[Version], *, at: datetime) -> Version | None:
    """The newest version that is to come: it waits for its moment, or to be accepted."""
    now = in_force(versions, at=at)
    to_come = [v for v in versions if v.starts_at > at and (now is None or v.rank > now.rank)]
    return max(to_come, key=lambda version: version.rank, default=None)


def state(versions: Sequence[Version], *, at: datetime) -> AgreementState:
    """How the agreement stands at `at`."""
    version, following = in_force(versions, at=at), waiting(versions, at=at)
    if version is None:
        return AgreementState(StateKind.NONE, None, waiting=following)
    if version.is_ended(at):
        return AgreementState(StateKind.ENDED, version, waiting=following)
    left = version.signed.agreement.valid_until - at
    if left < timedelta(0):
        return AgreementState(StateKind.LAPSED, version, waiting=following)
    announced = min((days for days in ANNOUNCED if left.days < days), default=None)
    kind = StateKind.IN_FORCE if announced is None else StateKind.ENDING
    return AgreementState(kind, version, left.days, announced, following)
