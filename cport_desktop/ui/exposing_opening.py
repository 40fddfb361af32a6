"""Fills `ui.exposing` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from datetime import date
from typing import Final

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.breaks import OwnFigures, in_force
from cport_desktop.domain.exposure import Week
from cport_desktop.formats.unit_rule_value import CHOICES, value_shown
from cport_desktop.ui.exposing import (
    Exposing,
    GivableLine,
    OwnLines,
    RuleLine,
    RulesOfUnit,
    TodayLine,
)
from cport_desktop.usecases import exposure, exposure_breaks, exposure_weeks, unit_rules
from cport_desktop.vault.vault import Vault

_DAYS: Final = 60
"""So far back the page shows; the command line shows more."""


class _OwnLooking:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._clock = workstation.clock
        self._vault = vault

    def today(self) -> TodayLine | None:
        now = self._clock.now()
        standing = exposure_breaks.standing_now(self._vault, now=now)
        if standing is None:
            return None
        found = exposure.own_exposure(self._vault, days=1, now=now)
        cause = exposure_breaks.cause_of(standing)
        ends = exposure_breaks.end_of(standing) if cause else ""
        return TodayLine(found.ledger.on(found.today), standing, cause, ends)

    def lines(self) -> OwnLines:
        now = self._clock.now()
        found = exposure.own_exposure(self._vault, days=_DAYS, now=now)
        weeks = exposure_weeks.unit_weeks(self._vault, now=now)
        figures = in_force(found.unit, found.own)
        return OwnLines(found.ledger.days, found.own, found.unit, figures, weeks)

    def put_off(self) -> TodayLine | None:
        exposure_breaks.put_off(self._vault, now=self._clock.now())
        return self.today()

    def choose(self, figures: OwnFigures) -> None:
        exposure_breaks.choose_figures(self._vault, figures)

    def givable(self) -> GivableLine:
        now = self._clock.now()
        found = exposure_weeks.givable(self._vault, exposure_weeks.last_week(now=now), now=now)
        return GivableLine(found.week, found.given)

    def give(self, week: Week) -> GivableLine:
        found = exposure_weeks.give_week(self._vault, week, now=self._clock.now())
        return GivableLine(found.week, found.given)

    def clear(self, before: date | None) -> int:
        return exposure.clear(self._vault, before=before)


def exposing_of(workstation: Workstation, vault: Vault) -> Exposing:
    """All that may be asked about one's own looking, from any lane."""
    own = _OwnLooking(workstation, vault)
    return Exposing(
        is_kept=vault.exposure.can_keep,
        today=own.today,
        lines=own.lines,
        put_off=own.put_off,
        choose=own.choose,
        givable=own.givable,
        give=own.give,
        clear=own.clear,
    )


def rules_of_unit(vault: Vault) -> RulesOfUnit:
    """All that may be asked about the rules of the unit, from any lane."""

    def rules() -> tuple[RuleLine, ...]:
        return tuple(
            RuleLine(rule, value_shown(rule.value), CHOICES.get(rule.name, ()))
            for rule in unit_rules.list_rules(vault)
        )

    def set_rule(name: str, text: str) -> None:
        unit_rules.set_rule(vault, name, text)

    return RulesOfUnit(rules, set_rule)
