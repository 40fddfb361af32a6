"""«Law enforcement first»: whether a hotline waits with notice and takedown, and what was asked.

The portal's word is a record (`TakedownHold`); an analyst's own request or its lifting, as long as
the portal has not answered it, is laid over it and marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import (
    UNANSWERED,
    HoldTakedown,
    LiftTakedownHold,
    OperationRow,
)


@dataclass(frozen=True, slots=True)
class TakedownHold:
    """The portal's word: the hotline waits until then. `agency`: who asked for it."""

    report_id: ReportId
    until: datetime
    reason: str
    agency: str


@dataclass(frozen=True, slots=True)
class TakedownMark:
    """What a list needs of it. `confirmed_until`: the portal's word. `asked`: the newest thing that was
    asked for here and not answered yet.
    """

    confirmed_until: datetime | None = None
    asked: HoldTakedown | LiftTakedownHold | None = None


NOBODY_WAITS: Final = TakedownMark()


class TakedownState(StrEnum):
    NONE = "none"
    ASKED = "asked"
    """Asked for here, and not confirmed yet."""
    HELD = "held"
    LIFT_ASKED = "lift_asked"
    """Still held; that it need not wait is on its way."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class TakedownStanding:
    """`until`: of the hold that is asked for, or that stands. `confirmed_until`: what the portal
    has confirmed, if a longer or shorter one is asked for meanwhile.
    """

    state: TakedownState
    until: datetime | None = None
    confirmed_until: datetime | None = None


def standing(
    operations: Iterable[OperationRow], hold: TakedownHold | None, *, now: datetime
) -> TakedownStanding:
    """How it stands with one report: `operations` on it, in the order made, over the portal's word."""
    asked = [
        row.operation.body
        for row in operations
        if row.state in UNANSWERED
        and isinstance(row.operation.body, HoldTakedown | LiftTakedownHold)
    ]
    told_until = None if hold is None else hold.until
    return standing_of(TakedownMark(told_until, asked[-1] if asked else None), now=now)


def standing_of(mark: TakedownMark, *, now: datetime) -> TakedownStanding:
    """How it stands with the report that wears this mark."""
    told = mark.confirmed_until
    confirmed = told if told is not None and told > now else None
    match mark.asked:
        case HoldTakedown(until=until):
            return TakedownStanding(TakedownState.ASKED, until, confirmed)
        case LiftTakedownHold() if confirmed is not None:
            return TakedownStanding(TakedownState.LIFT_ASKED, confirmed, confirmed)
        case _:
            pass
    if told is None:
        return TakedownStanding(TakedownState.NONE)
    state = TakedownState.EXPIRED if confirmed is None else TakedownState.HELD
    return TakedownStanding(state, told, confirmed)
