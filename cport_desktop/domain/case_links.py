"""What the reports of a case share, as a graph of two sides: reports, and things that link them.

A thing is in it when two reports of the case share it. The graph is small enough to be looked at: of
the newest `MOST_READ` reports of the case, the things that most of them share, and the reports that these
link, the newest. What is left out is counted.

Places on paper are worked out without dice: each side is put in the order of the middle of its
neighbours' places, a few times over, so that the same graph always looks the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import ReportId

MOST_READ: Final = 500
"""Reports of a case that are compared, the newest: some 30 ms."""
MOST_SIGNS: Final = 16
"""Of one kind that a single report brings: one with hundreds of files is met by any."""
MOST_ROWS: Final = MOST_READ * MOST_SIGNS * 4
"""Content items, and likewise files, that are read for them."""
MOST_REPORTS: Final = 40
MOST_THINGS: Final = 30
MOST_ELSEWHERE: Final = 20
"""Reports outside of the case that share a thing are counted up to here."""
_ROUNDS: Final = 4
"""Each halves what crosses, or nearly; later ones change nothing that is seen."""


class ThingKind(StrEnum):
    """What links reports, the most telling first (as `domain.memory.Because`)."""

    FILE = "file"
    STACK = "stack"
    HOST = "host"
    REFERRER = "referrer"
    DOMAIN = "domain"
    LAYOUT = "layout"
    PAYMENT = "payment"


RESTS_ON: Final[Mapping[ThingKind, frozenset[str]]] = {
    ThingKind.REFERRER: frozenset({"referrerUrl"}),
    ThingKind.LAYOUT: frozenset({"hostingOrganization"}),
    ThingKind.PAYMENT: frozenset({"sourceUrlPaymentMethods", "sourceUrlSiteType"}),
}
"""The members of a report that a kind tells of; all others an agreement cannot withhold."""
_RANK: Final = {kind: place for place, kind in enumerate(ThingKind)}


@dataclass(frozen=True, slots=True)
class Thing:
    """`text` is what they share: a host, a pattern, of payments the codes as `site:method,…`, of files
    the digest of one, of a stack its mark. `sign` is what finds it in the vault.
    """

    kind: ThingKind
    text: str
    sign: str | int

    @property
    def rank(self) -> tuple[int, str]:
        return _RANK[self.kind], self.text


@dataclass(frozen=True, slots=True)
class LinkedReport:
    report_id: ReportId
    classification: int


@dataclass(frozen=True, slots=True)
class Link:
    """`reports`: places in `CaseLinks.reports`, ascending. `shared`: by how many reports of the case.
    `elsewhere`: how many others share it; of `is_more` at least so many.
    """

    thing: Thing
    reports: tuple[int, ...]
    shared: int
    elsewhere: int = 0
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """`size`: reports of the case; `read`: of these compared. `linked`: of these, how many share
    anything; `things`: how many things are shared.
    """

    reports: tuple[LinkedReport, ...]
    links: tuple[Link, ...]
    size: int
    read: int
    linked: int
    things: int

    @property
    def is_whole(self) -> bool:
        """Nothing is left out."""
        return (
            self.read == self.size
            and self.linked == len(self.reports)
            and self.things == len(self.links)
        )


Signs = Mapping[Thing, frozenset[int]]
"""Rows of the reports that have a thing."""


def chosen(signs: Signs) -> tuple[tuple[Thing, ...], tuple[int, ...], int, int]:
    """Of all things those that are shown, and the rows of the reports that they link; how many reports
    are linked at all, and how many things are shared.

    A domain that links the same reports as one of its hosts is left to that host.
    """
    shared = {thing: rows for thing, rows in signs.items() if len(rows) > 1}
    by_host = {rows for thing, rows in shared.items() if thing.kind is ThingKind.HOST}
    kept = {
        thing: rows
        for thing, rows in shared.items()
        if thing.kind is not ThingKind.DOMAIN or rows not in by_host
    }
    things = sorted(kept, key=lambda thing: (-len(kept[thing]), thing.rank))[:MOST_THINGS]
    linked = {row for rows in kept.values() for row in rows}
    # Whole groups, those of the most shared things first, rather than a few of each.
    met = dict.fromkeys(row for thing in things for row in sorted(kept[thing], reverse=True))
    rows = list(met)[:MOST_REPORTS]
    here = set(rows)
    shown = [thing for thing in things if len(kept[thing] & here) > 1]
    return *_in_order(shown, rows, kept), len(linked), len(kept)


def _in_order(
    things: Sequence[Thing], rows: Sequence[int], signs: Signs
) -> tuple[tuple[Thing, ...], tuple[int, ...]]:
    left, right = list(rows), list(things)
    for _ in range(_ROUNDS):
        places = {row: place for place, row in enumerate(left)}
        right.sort(key=lambda thing: (_middle([places.get(r) for r in signs[thing]]), thing.rank))
        seats = {thing: place for place, thing in enumerate(right)}
        left.sort(
            key=lambda row: (_middle([seats[t] for t in right if row in signs[t]]), -row),
        )
    return tuple(right), tuple(row for row in left if any(row in signs[t] for t in right))


def _middle(places: Sequence[int | None]) -> float:
    known = [place for place in places if place is not None]
    return sum(known) / len(known) if known else 0.0
