"""What the window shows of the exchange with the portal, and what it orders: plain rows, frozen.

`ui.exchanging` says what may be asked; the answers and orders are these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from pathlib import Path

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
    facts: tuple[tuple[str, str], ...] = ()
    """What else belongs to its kind, and to its fate: labels and values."""
    means: str = ""
    """What its state comes to, where that is not what it usually does."""


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


@dataclass(frozen=True, slots=True)
class StickOrder:
    """A bundle to be written. `part_size`: bytes of one file at most; None: one file."""

    path: Path
    part_size: int | None = None


@dataclass(frozen=True, slots=True)
class StickSent:
    """A bundle that was written, read back and compared. `media`: how many files it asks for."""

    sequence: int
    files: tuple[Path, ...]
    size: int
    operations: int
    media: int


@dataclass(frozen=True, slots=True)
class StickReceived:
    """A bundle that was taken in. `facts` are counts as the history keeps them. `is_known`: it had
    been taken in before; `has_more`: the portal has more than fitted.
    """

    sequence: int
    facts: Mapping[str, ExchangeFact] = field(default_factory=dict)
    is_known: bool = False
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class BundleLine:
    """A bundle that went out or came in, by its number."""

    sequence: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StickStanding:
    """How the road by stick stands. `is_answered`: what went out last has come back."""

    sent: BundleLine | None
    received: BundleLine | None
    is_answered: bool
    operations: int
    media: int
