"""How old what the portal said is, by whose clock, and by which road it came.

Everything comes in one stream, so everything is as fresh as the portal's last word that nothing
more was waiting (`Hearing.as_of`, its signed time). A thing of which nothing was said since is not
stale for it. `told_at` says when there was news of a kind of thing last.

Two clocks are in this: the portal's and ours. Where ours contradicts what the portal has signed, or
what we wrote ourselves, no age is reckoned and the contradiction is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.retention import ClockDoubt, doubt_about


class Grade(StrEnum):
    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    PARTIAL = "partial"
    """The portal has never been heard to the end: older things are still to come."""
    NEVER = "never"
    """Nothing was ever heard."""
    UNKNOWN = "unknown"
    """Clocks contradict each other: no age can be told."""


class Table(StrEnum):
    """Kinds of things that the portal tells of, as people look at them."""

    REPORTS = "reports"
    MEDIA = "media"
    HOTLINES = "hotlines"
    OPERATIONS = "operations"
    HASH_LISTS = "hash_lists"
    IWOL = "iwol"
    TAXONOMIES = "taxonomies"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Limits:
    """From which age on something counts as ageing, and as old."""

    ageing_after: timedelta
    old_after: timedelta


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is on record of the exchanges. `as_of`: when the portal said last that nothing waited,
    `issued_at`: the latest moment that it has signed; both by its clock. `heard_at`: when we heard
    it to the end, by ours, and by which `road`.
    """

    as_of: datetime | None
    issued_at: datetime | None
    heard_at: datetime | None
    road: str | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """`age` is None where `grade` says why: partial, never, unknown (`doubt` says which clock)."""

    as_of: datetime | None
    heard_at: datetime | None
    road: str | None
    age: timedelta | None
    grade: Grade
    doubt: ClockDoubt | None = None


@dataclass(frozen=True, slots=True)
class TableFreshness:
    """One kind of things: how many are here, and when and by which road there was news of it last;
    None where that is not noted.
    """

    table: Table
    count: int
    freshness: Freshness
    told_at: datetime | None = None
    told_road: str | None = None


_CONTRADICTIONS: Final = (ClockDoubt.BEHIND_PORTAL, ClockDoubt.BEHIND_LOG)


def freshness_of(hearing: Hearing, *, now: datetime, limits: Limits) -> Freshness:
    """How fresh what is here is at `now`."""
    doubt = doubt_about(now, portal_said=hearing.issued_at, newest_entry=hearing.heard_at)
    contradiction = doubt if doubt in _CONTRADICTIONS else None
    grade, age = Grade.UNKNOWN, None
    if hearing.as_of is None:
        grade = Grade.NEVER if hearing.issued_at is None else Grade.PARTIAL
    elif contradiction is None:
        age = max(timedelta(0), now - hearing.as_of)
        grade = _grade(age, limits)
    return Freshness(hearing.as_of, hearing.heard_at, hearing.road, age, grade, contradiction)


def _grade(age: timedelta, limits: Limits) -> Grade:
    if age >= limits.old_after:
        return Grade.OLD
    return Grade.AGEING if age >= limits.ageing_after else Grade.FRESH
