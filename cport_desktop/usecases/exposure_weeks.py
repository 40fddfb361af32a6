"""What a unit knows together of a week: each gives their own sum, rounded and without a name, if they
want to.

It is off until somebody does it, week by week. A sum is shown where at least five gave, a week after
the week's end, and then stays as it is: nobody can add to what was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cport_desktop.domain.exposure import GivenSum, UnitWeek, Week, rounded_sum, week_of
from cport_desktop.errors import WeekUnfit
from cport_desktop.usecases.exposure import require_ledger
from cport_desktop.vault.vault import Vault
from cport_desktop.words import exposure as words


@dataclass(frozen=True, slots=True)
class Givable:
    """What could be given of a week, exactly as it would be."""

    week: Week
    given: GivenSum


def last_week(*, now: datetime) -> Week:
    """The latest week that is over."""
    return week_of(now.astimezone().date()).before()


def givable(vault: Vault, week: Week, *, now: datetime) -> Givable:
    """What would be given of this week. Nothing is given by asking.

    Raises:
        LedgerAbsent: the slot carries no personal key.
        WeekUnfit: it is not over, was given already, is closed, or nothing was counted in it.
    """
    require_ledger(vault)
    if not week.is_over(_today(now)):
        raise WeekUnfit(week=week.name, cause=words.WEEK_NOT_OVER)
    if vault.exposure.has_given(week):
        raise WeekUnfit(week=week.name, cause=words.WEEK_GIVEN)
    if vault.exposure.is_closed(week):
        raise WeekUnfit(week=week.name, cause=words.WEEK_CLOSED)
    days = vault.exposure.days(week.days[0], week.days[-1]).days
    if not days:
        raise WeekUnfit(week=week.name, cause=words.WEEK_EMPTY)
    return Givable(week, rounded_sum(days))


def give_week(vault: Vault, week: Week, *, now: datetime) -> Givable:
    """The unit's sum of this week has the analyst's in it, rounded and without a name.

    Raises:
        LedgerAbsent, WeekUnfit: as `givable`.
        StorageFull, VaultDamaged: the disk; nothing was given.
    """
    found = givable(vault, week, now=now)
    if not vault.exposure.give(week, found.given):
        raise WeekUnfit(week=week.name, cause=words.WEEK_CLOSED)
    return found


def unit_weeks(vault: Vault, *, now: datetime) -> tuple[UnitWeek, ...]:
    """What the unit knows of each week, the newest first; anybody may see it."""
    return vault.exposure.unit_weeks(_today(now))


def _today(now: datetime) -> date:
    return now.astimezone().date()
