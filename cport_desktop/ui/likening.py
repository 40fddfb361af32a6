"""What the window may ask about what lists know of media, what is alike, and stacks.

`Likening` belongs to an open vault and is filled by `ui.likening_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.known import Hit, Known
from cport_desktop.domain.likeness import Similar, Stack, StackMember
from cport_desktop.domain.rows import Page


@dataclass(frozen=True, slots=True)
class Seen:
    """How often and since when the same bytes were reported here. `decisions`: classifications and
    how many reports have each; undecided ones are counted apart.
    """

    reports: int
    hotlines: int
    first: datetime | None
    last: datetime | None
    decisions: tuple[tuple[int, int], ...]
    undecided: int


@dataclass(frozen=True, slots=True)
class Extent:
    """With how many standing lists and entries an item was compared; `newest`: when the last of these
    lists came; `is_whole`: nothing is outstanding.
    """

    lists: int
    entries: int
    newest: datetime | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class KnownLines:
    """All that is known of an item without a look; hits that stand come first."""

    media_id: MediaId
    known: Known | None
    hits: tuple[Hit, ...]
    seen: Seen
    extent: Extent


@dataclass(frozen=True, slots=True)
class SimilarLines:
    """The nearest few; `total`: how many there are."""

    rows: tuple[Similar, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StackLines:
    """A stack with all its contents, the one that it began with first."""

    stack: Stack
    members: tuple[StackMember, ...]


@dataclass(frozen=True, slots=True)
class StackDecision:
    """What is said of every undecided report with an item of this stack."""

    media_id: MediaId
    classification: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LeftReport:
    """A report that stays undecided, and why, in a sentence."""

    report_id: ReportId
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionLines:
    """What a decision would come to, or came to: reports, content items in them, and what is left."""

    reports: int
    contents: int
    left: tuple[LeftReport, ...]


@dataclass(frozen=True, slots=True)
class Likening:
    """Intentions about what is known and what is alike."""

    badges: Callable[[Sequence[MediaId]], Mapping[MediaId, Badge]]
    """Of a page, in a number of queries that does not grow with it; not recorded."""
    provenance: Callable[[MediaId], KnownLines]
    similar: Callable[[MediaId, int], SimilarLines]
    """(…, how many); the search is recorded."""
    stacks: Callable[[str, int, str | None], Page[Stack]]
    """(query text, limit, cursor): stacks with an item in the reports that the query finds."""
    stack: Callable[[MediaId], StackLines]
    """The stack that an item is in; its consultation is recorded."""
    split: Callable[[Sequence[MediaId]], tuple[int, Changes]]
    """These are a stack of their own; how many contents that is."""
    merge: Callable[[MediaId, MediaId], tuple[int, Changes]]
    """The stacks of these two are one; how many contents it has."""
    foresee: Callable[[StackDecision], DecisionLines]
    decide: Callable[[StackDecision, int], tuple[DecisionLines, Changes]]
    """(…, how many reports were foreseen); `CountDiffers` if it is another number now."""
    avoided: Callable[[Avoided, int], None]
    """So many items were passed over without a look; it is one's own count."""
