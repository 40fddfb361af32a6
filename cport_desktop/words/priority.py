"""Sentences about the queue: why a report is where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr

NOBODY_FIRST: Final = tr("Nothing is undecided, or all of it is in other hands.")
NO_REASON: Final = tr("No rule of the queue speaks of it: it waits for its turn.")
WHY_FIRST: Final = tr("Why is this first?")

_RULES: Final[Mapping[str, str]] = {
    "hotline_waits": tr("its hotline waits with notice and takedown until {until}"),
    "grave_elsewhere": tr("a file of it is in {other}, which is Baseline or National"),
    "flagged": tr("it is flagged"),
    "given_to_me": tr("it was given to you"),
    "overdue": tr("it was assigned {count:,} days ago"),
    "known": tr("a file of it is on a hash list"),
    "unseen_media": tr("none of its files was met before"),
    "hosted_here": tr("it is hosted in your jurisdiction"),
    "busy_domain": tr("{count:,} reports or more are about its domain"),
    "fresh": tr("it was received lately"),
}


def reason(rule: str, *, until: str = "", other: str = "", count: int = 0) -> str:
    """Why a rule speaks of a report. `until`: when a hotline stops waiting; `other`: the report
    elsewhere; `count`: days since its assignment, or reports of its domain.
    """
    return _RULES[rule].format(until=until, other=other, count=count)


def with_points(sentence: str, points: int) -> str:
    """A reason with what it counts."""
    return f"{sentence} (+{amount(points)})"


def considered(reports: int, in_other_hands: int) -> str:
    """How the queue came about."""
    told = tr(
        "The first of {reports} undecided reports that were compared.", reports=amount(reports)
    )
    if in_other_hands:
        told += tr(
            " {in_other_hands} more are in other hands.", in_other_hands=amount(in_other_hands)
        )
    return told
