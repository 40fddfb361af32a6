"""Sentences about the queue: why a report is where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOBODY_FIRST: Final = "Nothing is undecided, or all of it is in other hands."
NO_REASON: Final = "No rule of the queue speaks of it: it waits for its turn."
WHY_FIRST: Final = "Why is this first?"

_RULES: Final[Mapping[str, str]] = {
    "hotline_waits": "its hotline waits with notice and takedown until {until}",
    "grave_elsewhere": "a file of it is in {other}, which is Baseline or National",
    "flagged": "it is flagged",
    "given_to_me": "it was given to you",
    "overdue": "it was assigned {count:,} days ago",
    "known": "a file of it is on a hash list",
    "unseen_media": "none of its files was met before",
    "hosted_here": "it is hosted in your jurisdiction",
    "busy_domain": "{count:,} reports or more are about its domain",
    "fresh": "it was received lately",
}


def reason(rule: str, *, until: str = "", other: str = "", count: int = 0) -> str:
    """Why a rule speaks of a report. `until`: when a hotline stops waiting; `other`: the report
    elsewhere; `count`: days since its assignment, or reports of its domain.
    """
    return _RULES[rule].format(until=until, other=other, count=count)


def with_points(sentence: str, points: int) -> str:
    """A reason with what it counts."""
    return f"{sentence} (+{points:,})"


def considered(reports: int, in_other_hands: int) -> str:
    """How the queue came about."""
    told = f"The first of {reports:,} undecided reports that were compared."
    if in_other_hands:
        told += f" {in_other_hands:,} more are in other hands."
    return told
