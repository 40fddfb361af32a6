"""What the window may ask while reports are decided one after the other, and about undoing.

`Triaging` belongs to an open vault and is filled by `ui.triaging_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import ReportRow


@dataclass(frozen=True, slots=True)
class DecisionAsked:
    """What is said of the reported page of each of these reports. `typed`: their count as it was typed.
    `despite_leases`: also of those that a colleague has in hand.
    """

    chosen: Chosen
    classification: int
    typed: int | None = None
    despite_leases: bool = False


@dataclass(frozen=True, slots=True)
class GivingAsked:
    """These reports go to the analyst of this name; None: to nobody. `typed`: their count as typed."""

    chosen: Chosen
    to: str | None
    typed: int | None = None


@dataclass(frozen=True, slots=True)
class StaysLine:
    """A report that stays as it was, and why, in a sentence. `is_in_hand`: a colleague has it."""

    report_id: ReportId | None
    reason: str
    is_in_hand: bool = False


@dataclass(frozen=True, slots=True)
class SecondLine:
    """What both readers found, once the second has said it."""

    is_confirmed: bool
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class DecidedLines:
    decided: tuple[ReportId, ...]
    stays: tuple[StaysLine, ...]
    not_reached: int = 0
    second: SecondLine | None = None
    """It waited for a second reader, and this is what came of their word."""


@dataclass(frozen=True, slots=True)
class TurnedLines:
    """`told`: what was undone or done again, in a sentence that names the item."""

    told: str
    stays: tuple[StaysLine, ...]


@dataclass(frozen=True, slots=True)
class HandLine:
    """Who has a report in hand, until when. `told`: a sentence that says more than that, and stands in its
    place: somebody elsewhere has it as well, or was given it.
    """

    report_id: ReportId
    holder: str
    until: datetime
    is_own: bool
    told: str = ""


@dataclass(frozen=True, slots=True)
class StackAsked:
    """What Shift with a digit would decide: `reports` undecided ones of the stack of a report's first
    picture; None where it has none here.
    """

    report_id: ReportId
    classification: int
    reports: int | None


@dataclass(frozen=True, slots=True)
class Triaging:
    """Intentions of triage."""

    typed_above: Callable[[], int]
    """The unit's rule: above so many items their count is typed."""
    decide: Callable[[DecisionAsked, Announce, IsCancelled], tuple[DecidedLines, Changes]]
    foresee_stack: Callable[[ReportId, int], StackAsked]
    """(…, classification)"""
    decide_stack: Callable[[StackAsked], tuple[DecidedLines, Changes]]
    undo: Callable[[Announce, IsCancelled], tuple[TurnedLines, Changes]]
    redo: Callable[[Announce, IsCancelled], tuple[TurnedLines, Changes]]
    flag: Callable[[ReportId], tuple[bool, Changes]]
    """It is flagged, or is no more if it was; which of the two."""
    rows: Callable[[Sequence[ReportId]], tuple[ReportRow, ...]]
    """These rows as they are now."""
    colleagues: Callable[[], tuple[str, ...]]
    """Names of those to whom reports can be given."""
    assign: Callable[[GivingAsked, Announce, IsCancelled], tuple[int, Changes]]
    """How many were given that were not before."""
    in_hand: Callable[[ReportId], HandLine | None]
    take: Callable[[ReportId], HandLine]
    """The report is in the analyst's hands, or (is_own False) still in a colleague's."""
    give_back: Callable[[], int]
    """Nothing is in the analyst's hands any more."""
