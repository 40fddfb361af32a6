"""Verbs of one's own looking. None of them takes a person: there is nobody else's to be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session
from cport_desktop.cli.short_lists import short_list
from cport_desktop.clock import iso_utc
from cport_desktop.domain.breaks import PUT_OFF, BreakFigures, OwnFigures, Standing, in_force
from cport_desktop.domain.exposure import DayLedger, UnitWeek, Week, week_named
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases import exposure, exposure_breaks, exposure_weeks
from cport_desktop.usecases.exposure_breaks import cause_of, end_of
from cport_desktop.words import exposure as words


def show(session: Session) -> Answer:
    """`cport exposure show [--days N]`."""
    days, now = session.options.number("days"), session.workstation.clock.now()
    with session.vault() as vault:
        found = exposure.own_exposure(vault, days=days, now=now)
    shown = found.ledger.days
    fields: dict[str, Json] = {
        "from": found.first.isoformat(),
        "to": found.today.isoformat(),
        "today": _day(found.ledger.on(found.today)),
        "days": [_day(day) for day in shown],
        "is_private": True,
    }
    rows = [
        (
            day.day.isoformat(),
            words.level(each.level, with_sound=each.with_sound),
            words.minutes(each.seconds),
            str(each.looks),
        )
        for day in shown
        for each in day.looked
    ]
    avoided = [
        f"{day.day.isoformat()}: {words.AVOIDED[each.why.value]}: {each.count}"
        for day in shown
        for each in day.avoided
    ]
    told = table(("Day", "Level", "Looked", "Looks"), rows) if rows else words.NOTHING_COUNTED
    return Answer(fields, "\n".join([told, *avoided, "", words.PRIVATE]))


def breaks(session: Session) -> Answer:
    """`cport exposure breaks [--after M] [--pause M] [--day-cap M] [--as-unit] [--put-off]`."""
    options, now = session.options, session.workstation.clock.now()
    with session.vault() as vault:
        found = exposure.own_exposure(vault, days=1, now=now)
        own = _own_figures(session, found.own)
        if own != found.own:
            exposure_breaks.choose_figures(vault, own)
        if options.flag("put_off"):
            exposure_breaks.put_off(vault, now=now)
        standing = exposure_breaks.standing_now(vault, now=now)
    figures = in_force(found.unit, own)
    fields: dict[str, Json] = {
        "figures": _figures(figures),
        "own": asdict(own),
        "unit": _figures(found.unit),
        "due": None if standing is None or standing.due is None else standing.due.value,
        "until": _until(standing),
        "is_put_off": standing is not None and standing.is_put_off,
        "can_put_off": standing is not None and standing.can_put_off,
        "seconds_since_break": 0.0 if standing is None else round(standing.stretch, 1),
        "seconds_today": 0.0 if standing is None else round(standing.day, 1),
    }
    return Answer(fields, "\n".join([_figures_line(figures), *_told(standing)]))


def give(session: Session) -> Answer:
    """`cport exposure give [--week W] [--confirm]`."""
    options, now = session.options, session.workstation.clock.now()
    named = options.text("week")
    week = exposure_weeks.last_week(now=now) if named is None else _week(named)
    with session.vault() as vault:
        is_given = options.flag("confirm")
        act = exposure_weeks.give_week if is_given else exposure_weeks.givable
        found = act(vault, week, now=now)
    given = found.given
    fields: dict[str, Json] = {
        "week": week.name,
        "seconds": given.seconds,
        "views_avoided": given.views_avoided,
        "is_given": is_given,
    }
    told = words.given if is_given else words.would_give
    return Answer(fields, told(week.name, given.seconds, given.views_avoided))


def clear(session: Session) -> Answer:
    """`cport exposure clear [--before DATE] [--confirm]`."""
    before = session.options.text("before")
    until = None if before is None else date.fromisoformat(before)
    with session.vault() as vault:
        exposure.require_ledger(vault)
        if not session.options.flag("confirm"):
            return Answer({"is_cleared": False}, words.WOULD_CLEAR)
        days = exposure.clear(vault, before=until)
    return Answer({"is_cleared": True, "days": days}, words.cleared(days))


def unit(session: Session) -> Answer:
    """`cport exposure unit`."""
    with session.vault() as vault:
        found = exposure_weeks.unit_weeks(vault, now=session.workstation.clock.now())
    return short_list(session, [_unit_week(week) for week in found], _weeks_told)


def _own_figures(session: Session, before: OwnFigures) -> OwnFigures:
    options = session.options
    own = OwnFigures() if options.flag("as_unit") else before
    for name in ("after", "pause", "day_cap"):
        if options.text(name) is not None:
            own = replace(own, **{name: options.number(name)})
    return own


def _week(name: str) -> Week:
    week = week_named(name)
    if week is None:
        raise ValueUnknown(what="week", value=name, accepted="2026-W21")
    return week


def _day(day: DayLedger) -> dict[str, Json]:
    return {
        "id": day.day.isoformat(),
        "seconds": round(day.seconds, 1),
        "looks": day.looks,
        "views_avoided": day.views_avoided,
        "levels": [
            {
                "level": each.level,
                "with_sound": each.with_sound,
                "seconds": round(each.seconds, 1),
                "looks": each.looks,
            }
            for each in day.looked
        ],
        "avoided": {each.why.value: each.count for each in day.avoided},
    }


def _figures(figures: BreakFigures) -> dict[str, Json]:
    return dict(asdict(figures))


def _figures_line(figures: BreakFigures) -> str:
    return words.figures_line(
        figures.after,
        figures.within,
        figures.pause,
        figures.day_cap,
        is_binding=figures.is_binding,
    )


def _until(standing: Standing | None) -> str | None:
    return None if standing is None or standing.until is None else iso_utc(standing.until)


def _told(standing: Standing | None) -> list[str]:
    if standing is None or standing.due is None:
        return [words.NO_BREAK_DUE]
    off = [words.put_off(PUT_OFF)] if standing.is_put_off else []
    return [cause_of(standing), end_of(standing), *off]


def _unit_week(week: UnitWeek) -> dict[str, Json]:
    return {
        "id": week.week.name,
        "seconds": None if week.given is None else week.given.seconds,
        "views_avoided": None if week.given is None else week.given.views_avoided,
        "givers": week.givers,
        "is_closed": week.is_closed,
    }


def _weeks_told(items: Sequence[Record]) -> str:
    rows = []
    for item in items:
        seconds, avoided, givers = item["seconds"], item["views_avoided"], item["givers"]
        if isinstance(seconds, int):
            rows.append((str(item["id"]), str(seconds // 60), str(avoided), str(givers)))
        else:
            rows.append((str(item["id"]), words.TOO_FEW, "", ""))
    return f"{table(('Week', 'Minutes', 'Views avoided', 'Givers'), rows)}\n\n{words.UNIT_SUMS}"
