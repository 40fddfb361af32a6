"""What an act is done to: reports one by one, or all that a query finds but for some.

A query stands for its reports without naming them, so that a million can be chosen without being
loaded. What it finds is found when the act is done: what came meanwhile is in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.ids import ReportId

MOST_LEFT_OUT = 10_000
"""Reports that can be left out of all that a query finds: a person takes them out one by one."""


@dataclass(frozen=True, slots=True)
class AllFound:
    """Every report that the query `text` finds, but for `without`."""

    text: str
    without: frozenset[ReportId] = frozenset()


Chosen = tuple[ReportId, ...] | AllFound
"""Reports one by one, or all that a query finds."""


def chosen_of(choice: tuple[ReportId, ...] | str | AllFound) -> Chosen:
    """A choice in which the text of a query stands for all that it finds."""
    if isinstance(choice, str):
        return AllFound(choice)
    return choice if isinstance(choice, AllFound) else tuple(dict.fromkeys(choice))
