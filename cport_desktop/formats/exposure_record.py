"""A day of looking, and an analyst's own figures, as bytes: JSON, bounded, the same size when sealed.

What a later version wrote and this one cannot read is None, never an error.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from cport_desktop.domain.breaks import OwnFigures
from cport_desktop.domain.exposure import (
    KEPT_MINUTES,
    MOST_LEVELS,
    Avoided,
    AvoidedCount,
    DayLedger,
    Looked,
    Minute,
)

_LONGEST_LEVEL: Final = 16
_Level = Annotated[str, Meta(max_length=_LONGEST_LEVEL)]
_Seconds = Annotated[float, Meta(ge=0, le=90_000)]
_Count = Annotated[int, Meta(ge=0, le=10**9)]
_Number = Annotated[int, Meta(ge=0, le=10**9)]
_Minutes = Annotated[int, Meta(ge=0, le=1_440)]


class _Day(msgspec.Struct):
    """`looked`: level, with sound, seconds, looks. `minutes`: number, seconds."""

    day: date
    looked: Annotated[list[tuple[_Level, bool, _Seconds, _Count]], Meta(max_length=MOST_LEVELS)]
    avoided: Annotated[list[tuple[_Level, _Count]], Meta(max_length=MOST_LEVELS)]
    minutes: Annotated[list[tuple[_Number, _Seconds]], Meta(max_length=KEPT_MINUTES)]
    break_put_off: _Number | None = None
    day_put_off: _Number | None = None


class _Own(msgspec.Struct):
    after: _Minutes | None = None
    pause: _Minutes | None = None
    day_cap: _Minutes | None = None


def print_day(ledger: DayLedger) -> bytes:
    """What `parse_day` reads back; a few kilobytes at most."""
    looked = [
        (each.level[:_LONGEST_LEVEL], each.with_sound, round(each.seconds, 1), each.looks)
        for each in ledger.looked
    ]
    return msgspec.json.encode(
        _Day(
            ledger.day,
            looked,
            [(each.why.value, each.count) for each in ledger.avoided],
            [(each.number, each.seconds) for each in ledger.minutes],
            ledger.break_put_off,
            ledger.day_put_off,
        )
    )


def parse_day(stored: bytes) -> DayLedger | None:
    """The day that was kept."""
    try:
        day = msgspec.json.decode(stored, type=_Day)
    except msgspec.DecodeError:
        return None
    reasons = {each.value: each for each in Avoided}
    return DayLedger(
        day.day,
        tuple(Looked(*each) for each in day.looked),
        tuple(AvoidedCount(reasons[why], n) for why, n in day.avoided if why in reasons),
        tuple(Minute(*each) for each in day.minutes),
        day.break_put_off,
        day.day_put_off,
    )


def print_own_figures(figures: OwnFigures) -> bytes:
    """What `parse_own_figures` reads back."""
    return msgspec.json.encode(_Own(figures.after, figures.pause, figures.day_cap))


def parse_own_figures(stored: bytes) -> OwnFigures | None:
    """The figures that were kept."""
    try:
        own = msgspec.json.decode(stored, type=_Own)
    except msgspec.DecodeError:
        return None
    return OwnFigures(own.after, own.pause, own.day_cap)
