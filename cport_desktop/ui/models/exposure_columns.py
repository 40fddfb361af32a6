"""The columns of one's own days, and of the unit's rules."""

from __future__ import annotations

from cport_desktop.domain.exposure import DayLedger
from cport_desktop.ui import figures
from cport_desktop.ui.exposing import RuleLine
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import exposure as words
from cport_desktop.words import exposure_page as say
from cport_desktop.words import tongue, unit_rules
from cport_desktop.words import window as window_words


def day_columns() -> tuple[Column[DayLedger], ...]:
    return (
        Column(say.DAY, lambda row: tongue.day(row.day), width=100),
        Column(
            say.LOOKED,
            lambda row: figures.clock_length(row.seconds),
            width=84,
            is_number=True,
            spoken=lambda row: words.minutes(row.seconds),
        ),
        Column(say.LOOKS, lambda row: figures.count(row.looks), width=72, is_number=True),
        Column(say.BY_LEVEL, _levels, hover=_levels),
        Column(
            say.AVOIDED,
            lambda row: figures.count(row.views_avoided),
            width=116,
            is_number=True,
            hover=_avoided,
        ),
    )


def rule_columns() -> tuple[Column[RuleLine], ...]:
    return (
        Column(say.RULE, lambda row: unit_rules.NAMES[row.rule.name.value], width=280),
        Column(say.VALUE, lambda row: one_line(unit_rules.value(row.shown)), width=230),
        Column(
            say.SET_BY,
            lambda row: one_line(row.rule.set_by or unit_rules.BORN),
            tone=lambda row: None if row.rule.set_by else "muted",
        ),
        Column(
            say.SET_AT,
            lambda row: figures.moment(row.rule.set_at) if row.rule.set_at else window_words.DASH,
            width=138,
            is_spare=True,
        ),
    )


def _levels(row: DayLedger) -> str:
    return " · ".join(
        f"{words.level(each.level, with_sound=each.with_sound)} {figures.clock_length(each.seconds)}"
        for each in row.looked
    )


def _avoided(row: DayLedger) -> str:
    return "\n".join(f"{words.AVOIDED[each.why.value]}: {each.count}" for each in row.avoided)
