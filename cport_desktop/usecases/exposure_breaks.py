"""Breaks: how it stands, putting one off, and one's own figures.

Looking goes on whatever is due, unless the unit chose that its figures bind; then a look is refused
while something is due and was not put off. Whoever has no personal key is never refused: nothing is
counted of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cport_desktop.domain.breaks import (
    Due,
    OwnFigures,
    Standing,
    in_force,
    looser_than,
    out_of_bounds,
    standing,
)
from cport_desktop.domain.exposure import DayLedger, minute_of
from cport_desktop.errors import ActUnfit, BreakDue, FigureBound, ValueUnknown
from cport_desktop.usecases.exposure import require_ledger
from cport_desktop.vault import unit_rules
from cport_desktop.vault.vault import Vault
from cport_desktop.words import exposure as words


def standing_now(vault: Vault, *, now: datetime) -> Standing | None:
    """How it stands with breaks; None without a personal key."""
    if not vault.exposure.can_keep:
        return None
    here = now.astimezone()
    today = here.date()
    with vault.reader() as reader:
        unit = unit_rules.load(reader).breaks
    ledger = vault.exposure.days(today - timedelta(days=1), today)
    figures = in_force(unit, vault.exposure.own_figures())
    yesterday = ledger.on(today - timedelta(days=1))
    return standing(figures, today=ledger.on(today), before=yesterday, now=here)


def require_no_break(vault: Vault, *, now: datetime) -> None:
    """Nothing, unless the unit's figures bind and something is due that was not put off.

    Raises:
        BreakDue: what was counted, and until when.
    """
    with vault.reader() as reader:
        is_binding = unit_rules.load(reader).breaks.is_binding
    found = standing_now(vault, now=now) if is_binding else None
    if found is not None and found.forbids_looks:
        raise BreakDue(cause=cause_of(found), until=end_of(found))


def put_off(vault: Vault, *, now: datetime) -> Standing:
    """What is due is put off for some minutes. Why is asked of nobody and kept nowhere.

    Raises:
        LedgerAbsent: the slot carries no personal key.
        ActUnfit: nothing is due, or it was put off once already.
    """
    require_ledger(vault)
    found = standing_now(vault, now=now)
    if found is None or found.due is None:
        raise ActUnfit(reason=words.NOTHING_TO_PUT_OFF)
    if not found.can_put_off:
        raise ActUnfit(reason=words.PUT_OFF_ALREADY)
    minute, due = minute_of(now), found.due

    def note(day: DayLedger) -> DayLedger:
        if due is Due.BREAK:
            return replace(day, break_put_off=minute)
        return replace(day, day_put_off=minute)

    vault.exposure.change(now.astimezone().date(), note)
    return replace(found, can_put_off=False, is_put_off=True)


def choose_figures(vault: Vault, figures: OwnFigures) -> None:
    """These are the analyst's own figures from now on, sealed with their own key.

    Raises:
        LedgerAbsent: the slot carries no personal key.
        ValueUnknown: a figure that no rule can apply.
        FigureBound: looser than the unit's, which bind.
    """
    require_ledger(vault)
    if (name := out_of_bounds(figures)) is not None:
        value, accepted = getattr(figures, name), words.FIGURES_ACCEPTED[name]
        raise ValueUnknown(what=words.FIGURES[name], value=value, accepted=accepted)
    with vault.reader() as reader:
        unit = unit_rules.load(reader).breaks
    if (name := looser_than(unit, figures)) is not None:
        limit = {"after": unit.after, "pause": unit.pause, "day_cap": unit.day_cap}[name]
        raise FigureBound(figure=words.bound(name, limit), limit=limit)
    vault.exposure.choose_figures(figures)


def cause_of(found: Standing) -> str:
    """What was counted and which figure it came to, in a sentence; empty while nothing is due."""
    figures = found.figures
    match found.due:
        case Due.BREAK:
            return words.break_due(
                found.stretch, figures.after, figures.pause, is_binding=figures.is_binding
            )
        case Due.DAY_END:
            return words.day_over(found.day, figures.day_cap, is_binding=figures.is_binding)
        case None:
            return ""


def end_of(found: Standing) -> str:
    """Until when, in a sentence."""
    if found.until is None:
        return words.DAY_ENDS
    return words.break_ends(f"{found.until.astimezone():%H:%M}")
