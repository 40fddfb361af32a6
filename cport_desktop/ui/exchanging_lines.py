"""What the window shows of the exchange with the portal, and what it orders: plain rows, frozen.

`ui.exchanging` says what may be asked; the answers and orders are these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from cport_desktop.domain.exchange_history import ExchangeFact
from cport_desktop.domain.ids import ReportId


class OutboxView(StrEnum):
    """Which operations the outbox shows."""

    ALL = auto()
    NEEDING = auto()
    """Those that wait for the analyst: rejected, or overtaken by what changed."""


class OutboxAct(StrEnum):
    """What an analyst can do with an operation that needs them."""

    REVISE = auto()
    SEND = auto()
    SET_ASIDE = auto()


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One operation. `words` are all the analyst wrote, `answer` all the portal said; `changed`
    says what is otherwise since it was written; each is empty if there is nothing.
    """

    operation_id: str
    report_id: ReportId | None
    about: str
    what: str
    state: str
    words: str
    answer: str
    changed: str
    made_at: datetime
    answered_at: datetime | None
    actor: str
    acts: frozenset[OutboxAct] = frozenset()


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    """One exchange of the history. `outcome` is a word of `domain.exchange_history`, the code of
    the error that ended it, or None while it is under way.
    """

    number: int
    road: str
    direction: str
    started_at: datetime
    ended_at: datetime | None
    actor: str
    outcome: str | None
    facts: Mapping[str, ExchangeFact] = field(default_factory=dict)
