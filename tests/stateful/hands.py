"""Who has what in hand, kept in plain dicts by plain rules: at each station, and at the portal between
them. It knows nothing of tables, bundles or messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cport_desktop.domain.ids import Actor, AnalystId, ReportId
from cport_desktop.domain.in_hand import HandKind, InHandElsewhere, InHandHere, ToldElsewhere
from cport_desktop.domain.lease import Assignment, Lease

_ABOUT_NOW = timedelta(seconds=1)
"""Clocks are read one after the other, each a little later."""

Entry = tuple[ReportId, HandKind, Actor]
Said = frozenset[Entry]
"""What a station says that it has in hand."""


Standing = Assignment | int | None
"""To whom a report is given; or its classification."""


@dataclass(frozen=True)
class Taken:
    by: AnalystId
    until: datetime


@dataclass(frozen=True)
class Deed:
    """What somebody did about one report: how it stood before, and how after."""

    report: ReportId
    before: Standing
    after: Standing
    exchanges: int
    """So many there had been at the station."""


@dataclass
class Hands:
    """At one station. `given`: to whom reports were given; `heard`: when the portal said what is
    believed of the other station.
    """

    taken: dict[ReportId, Taken] = field(default_factory=dict)
    given: dict[ReportId, AnalystId] = field(default_factory=dict)
    heard: datetime | None = None
    answers: dict[datetime, tuple[ToldElsewhere, ...]] = field(default_factory=dict)
    """All that the portal ever answered this station, by when."""
    deeds: dict[int, Deed] = field(default_factory=dict)
    kept: Hands | None = None
    """As it is in the backup."""

    def save(self) -> None:
        self.kept = replace(
            self, taken=dict(self.taken), given=dict(self.given), deeds={}, kept=None
        )

    def restore(self) -> None:
        """What the backup knew; numbers of deeds are given anew."""
        assert self.kept is not None
        self.taken, self.given = dict(self.kept.taken), dict(self.kept.given)
        self.heard, self.deeds = self.kept.heard, {}

    def take(self, lease: Lease, asker: AnalystId, now: datetime) -> None:
        """`asker` wanted a report, and this is who has it: must be right."""
        number = lease.report_id
        held = self.taken_at(now).get(number)
        is_free = number not in self.leased_elsewhere(now) if held is None else held.by == asker
        assert lease.is_own == is_free
        if is_free:
            self.taken[number] = Taken(asker, lease.until)

    def put_down(self, asker: AnalystId, number: ReportId | None) -> None:
        self.taken = {
            report: held
            for report, held in self.taken.items()
            if held.by != asker or number not in (None, report)
        }

    def give(self, number: ReportId, to: AnalystId | None) -> None:
        if to is None:
            self.given.pop(number, None)
        else:
            self.given[number] = to

    def taken_at(self, now: datetime) -> dict[ReportId, Taken]:
        """Leases that are not over."""
        return {report: held for report, held in self.taken.items() if held.until > now}

    def leased_elsewhere(self, now: datetime) -> set[ReportId]:
        return {
            each.entry.report_id
            for each in self.believed()
            if each.entry.until is not None and each.entry.until > now
        }

    def given_elsewhere(self) -> set[ReportId]:
        return {each.entry.report_id for each in self.believed() if each.entry.until is None}

    def believed(self) -> tuple[ToldElsewhere, ...]:
        """What was heard of the other station."""
        return () if self.heard is None else self.answers[self.heard]

    def leased_to_others(self, asker: AnalystId, now: datetime) -> set[ReportId]:
        """Reports that `asker` does not see next, and is asked about before deciding them: who had one
        before it was known that somebody else has it, too, goes on having it.
        """
        here = {report for report, held in self.taken_at(now).items() if held.by != asker}
        return (here | self.leased_elsewhere(now)) - self.held_by_oneself(asker, now)

    def with_others(self, asker: AnalystId, now: datetime) -> set[ReportId]:
        """Reports that the queue of `asker` leaves out."""
        given = {report for report, to in self.given.items() if to != asker}
        elsewhere = self.given_elsewhere() - self.held_by_oneself(asker, now)
        return self.leased_to_others(asker, now) | given | elsewhere

    def held_by_oneself(self, asker: AnalystId, now: datetime) -> set[ReportId]:
        return {report for report, held in self.taken_at(now).items() if held.by == asker}


@dataclass
class AtPortal:
    """What each station said last, by its own clock."""

    said: dict[int, InHandHere] = field(default_factory=dict)

    def heard(self, station: int, told: InHandHere, answer: InHandElsewhere) -> None:
        """A station told of itself and was answered: by what the other said last, as far as it stands."""
        last = self.said.get(station)
        if last is None or last.said_at <= told.said_at:
            self.said[station] = told
        for entry in told.entries:
            assert entry.since <= told.said_at
            assert entry.until is None or entry.until > told.said_at
        others = [one for name, one in self.said.items() if name != station]
        entries = {entry for one in others for entry in one.entries}
        sure, perhaps = (
            {e for e in entries if e.until is None or e.until > answer.issued_at + apart}
            for apart in (_ABOUT_NOW, -_ABOUT_NOW)
        )
        assert sure <= {each.entry for each in answer.entries} <= perhaps

    def said_by(self, station: int) -> Said:
        return said(self.said[station])


def said(told: InHandHere) -> Said:
    return frozenset((each.report_id, each.kind, each.analyst) for each in told.entries)
