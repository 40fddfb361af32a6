"""One's own looking and the unit's rules over plain rows in memory: synthetic, and it remembers what it
was asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from cport_desktop.domain.breaks import BreakFigures, Due, OwnFigures, Standing, in_force
from cport_desktop.domain.exposure import (
    Avoided,
    AvoidedCount,
    DayLedger,
    GivenSum,
    Looked,
    UnitWeek,
    Week,
)
from cport_desktop.domain.unit_rule import RuleName, SetRule
from cport_desktop.errors import LedgerAbsent, WeekUnfit
from cport_desktop.formats.unit_rule_value import (
    CHOICES,
    value_shown,
    value_typed,
)
from cport_desktop.ui.exposing import (
    Exposing,
    GivableLine,
    OwnLines,
    RuleLine,
    RulesOfUnit,
    TodayLine,
)
from cport_desktop.vault.unit_rules import BORN_WITH
from cport_desktop.words import exposure as words

TODAY = date(2026, 11, 21)
LAST_WEEK = Week(date(2026, 11, 9))


def a_day(number: int) -> DayLedger:
    """So many days ago; the same for the same number."""
    return DayLedger(
        TODAY - timedelta(days=number),
        looked=(
            Looked("grey", False, 312.0 + 61 * number, 52),
            Looked("full", True, 40.0 * number, number),
        ),
        avoided=(AvoidedCount(Avoided.LISTED, 31), AvoidedCount(Avoided.STACK, 96 + number)),
    )


@dataclass
class MemoryExposing:
    """Answers every intention about one's own looking."""

    is_kept: bool = True
    due: Due | None = None
    is_put_off: bool = False
    can_put_off: bool = True
    own: OwnFigures = field(default_factory=OwnFigures)
    unit: BreakFigures = field(default_factory=BreakFigures)
    days: list[DayLedger] = field(default_factory=lambda: [a_day(number) for number in range(5)])
    weeks: tuple[UnitWeek, ...] = (
        UnitWeek(LAST_WEEK, None, None, is_closed=False),
        UnitWeek(LAST_WEEK.before(), GivenSum(37_200, 4_810), 7, is_closed=True),
    )
    calls: list[tuple[object, ...]] = field(default_factory=list)

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]

    def intentions(self) -> Exposing:
        return Exposing(
            is_kept=self.is_kept,
            today=self.today,
            lines=self._lines,
            put_off=self._put_off,
            choose=self._choose,
            givable=self._givable,
            give=self._give,
            clear=self._clear,
        )

    def today(self) -> TodayLine | None:
        self.calls.append(("today",))
        if not self.is_kept:
            return None
        day = self.days[0] if self.days else DayLedger(TODAY)
        figures = in_force(self.unit, self.own)
        standing = Standing(
            figures=figures,
            stretch=figures.after * 60.0 if self.due else 0.0,
            day=day.seconds,
            due=self.due,
            until=datetime(2026, 11, 21, 12, 10, tzinfo=UTC) if self.due else None,
            can_put_off=self.due is not None and self.can_put_off,
            is_put_off=self.is_put_off,
        )
        if self.due is None:
            return TodayLine(day, standing, "", "")
        cause = words.break_due(
            standing.stretch, figures.after, figures.pause, is_binding=figures.is_binding
        )
        return TodayLine(day, standing, cause, words.break_ends("13:10"))

    def _lines(self) -> OwnLines:
        if not self.is_kept:
            raise LedgerAbsent
        figures = in_force(self.unit, self.own)
        return OwnLines(tuple(self.days), self.own, self.unit, figures, self.weeks)

    def _put_off(self) -> TodayLine | None:
        self.calls.append(("put_off",))
        self.is_put_off, self.can_put_off = True, False
        return self.today()

    def _choose(self, figures: OwnFigures) -> None:
        self.calls.append(("choose", figures))
        self.own = figures

    def _givable(self) -> GivableLine:
        if self.of("give"):
            raise WeekUnfit(week=LAST_WEEK.name, cause=words.WEEK_GIVEN)
        return GivableLine(LAST_WEEK, GivenSum(5_400, 620))

    def _give(self, week: Week) -> GivableLine:
        line = self._givable()
        self.calls.append(("give", week))
        return line

    def _clear(self, before: date | None) -> int:
        self.calls.append(("clear", before))
        gone, self.days = len(self.days), []
        return gone


@dataclass
class MemoryRules:
    """Answers every intention about the rules of the unit."""

    rules: dict[RuleName, SetRule] = field(
        default_factory=lambda: {name: SetRule(name, BORN_WITH[name]) for name in RuleName}
    )

    def intentions(self) -> RulesOfUnit:
        return RulesOfUnit(self._lines, self._set)

    def _lines(self) -> tuple[RuleLine, ...]:
        return tuple(
            RuleLine(rule, value_shown(rule.value), CHOICES.get(name, ()))
            for name, rule in self.rules.items()
        )

    def _set(self, name: str, text: str) -> None:
        rule = RuleName(name)
        self.rules[rule] = replace(self.rules[rule], value=value_typed(rule, text))
