"""Moments and spans as people write them in a query, always in UTC.

2026-05-17     that day          2026-05   that month        2026   that year
2026-05-17T09:30   that minute; T09:30:15 that second; a Z may follow
2026-01..2026-03   January to March, both included; either end may be left open
<30d           within the last 30 days (h hours, d days, w weeks)
>30d           longer ago than that
>=2026-05      from the beginning of May on; > after its end; <= and < likewise
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SPAN_FORMS = "2026-05-17, 2026-05, 2026, 2026-01..2026-03, <30d, >30d, >=2026-05"
"""What is accepted, as shown beside an error."""

_AGE = re.compile(r"^([<>])(\d{1,6})([hdw])$")
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$", re.ASCII)
_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?Z?$", re.ASCII | re.IGNORECASE)
_COMPARISON = re.compile(r"^(<=|>=|<|>)(.+)$")
_UNIT = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Span:
    """[`start`, `end`), either side open if None."""

    start: datetime | None
    end: datetime | None


def parse_span(text: str, now: datetime) -> Span | None:
    """The span that `text` means at the moment `now`; None if it is none of the forms."""
    try:
        return _age(text, now) or _range(text) or _comparison(text) or _unit(text)
    except (ValueError, OverflowError):
        return None


def _age(text: str, now: datetime) -> Span | None:
    match = _AGE.match(text)
    if match is None:
        return None
    since = now.astimezone(UTC) - int(match[2]) * _UNIT[match[3]]
    return Span(since, None) if match[1] == "<" else Span(None, since)


def _range(text: str) -> Span | None:
    first, dots, last = text.partition("..")
    if not dots or not (first or last):
        return None
    start = _unit(first) if first else Span(None, None)
    end = _unit(last) if last else Span(None, None)
    if start is None or end is None:
        return None
    if start.start and end.end and end.end <= start.start:
        return None
    return Span(start.start, end.end)


def _comparison(text: str) -> Span | None:
    match = _COMPARISON.match(text)
    unit = _unit(match[2]) if match else None
    if match is None or unit is None:
        return None
    return {
        "<": Span(None, unit.start),
        "<=": Span(None, unit.end),
        ">": Span(unit.end, None),
        ">=": Span(unit.start, None),
    }[match[1]]


def _unit(text: str) -> Span | None:
    match = _DATE.match(text)
    if match is None:
        return _clock_time(text)
    year, month, day = int(match[1]), match[2], match[3]
    start = datetime(year, int(month or 1), int(day or 1), tzinfo=UTC)
    if day:
        return Span(start, start + timedelta(days=1))
    if month:
        return Span(start, start.replace(year=year + start.month // 12, month=start.month % 12 + 1))
    return Span(start, start.replace(year=year + 1))


def _clock_time(text: str) -> Span | None:
    match = _TIME.match(text)
    if match is None:
        return None
    start = datetime.fromisoformat(match[1].upper() + (match[2] or ":00")).replace(tzinfo=UTC)
    return Span(start, start + timedelta(seconds=1 if match[2] else 60))
