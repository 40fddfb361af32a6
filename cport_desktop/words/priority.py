"""Sentences about the queue: why a report is where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

NOBODY_FIRST: Final = tr("Nothing is undecided, or all of it is in other hands.")
NO_REASON: Final = tr("No rule of the queue speaks of it: it waits for its turn.")

_RULES: Final[Mapping[str, str]] = {
    "hotline_waits": tr("its hotline waits with notice and takedown until {until}"),
    "grave_elsewhere": tr("a file of it is in {other}, which is Baseline or National"),
    "flagged": tr("it is flagged"),
    "given_to_me": tr("it was given to you"),
    "known": tr("a file of it is on a hash list"),
    "unseen_media": tr("none of its files was met before"),
    "hosted_here": tr("it is hosted in your jurisdiction"),
    "fresh": tr("it was received lately"),
}


def reason(rule: str, *, until: str = "", other: str = "", count: int = 0) -> str:
    """Why a rule speaks of a report. `until`: when a hotline stops waiting; `other`: the report
    elsewhere; `count`: days since its assignment, or reports of its domain.
    """
    if rule == "overdue":
        return tr_many("it was assigned {count} day ago", "it was assigned {count} days ago", count)
    if rule == "busy_domain":
        return tr_many(
            "{count} report or more is about its domain",
            "{count} reports or more are about its domain",
            count,
        )
    return _RULES[rule].format(until=until, other=other)


def with_points(sentence: str, points: int) -> str:
    """A reason with what it counts."""
    return f"{sentence} (+{amount(points)})"


def considered(reports: int, in_other_hands: int) -> str:
    """How the queue came about."""
    told = tr_many(
        "The first of {count} undecided report that was compared.",
        "The first of {count} undecided reports that were compared.",
        reports,
    )
    if not in_other_hands:
        return told
    others = tr_many(
        "{count} more is in other hands.", "{count} more are in other hands.", in_other_hands
    )
    return f"{told} {others}"
