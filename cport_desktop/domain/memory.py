"""What is remembered of other reports when one is opened: why they belong together, and what came of
them.

The most telling reason comes first: the order of `Because`. What very many reports have in common tells
little, and stands behind all that fewer have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import HotlineId, ReportId
from cport_desktop.domain.report import ReportStatus

MOST_COUNTED: Final = 200
"""Reports that are looked at for one reason: beyond that it is said that there are more."""
MOST_EXAMPLES: Final = 3
"""Of one reason: those of which something came, the newest first."""


class Because(StrEnum):
    SAME_BYTES = "same_bytes"
    """A file of it was announced for them too."""
    LOOKS_ALIKE = "looks_alike"
    """A file of theirs is in a stack with one of its files."""
    SAME_HOST = "same_host"
    SAME_REFERRER = "same_referrer"
    SAME_DOMAIN = "same_domain"
    SAME_LAYOUT = "same_layout"
    """The same AS, and a path of the same pattern."""
    SAME_PAYMENT = "same_payment"
    """The same kind of site and ways to pay."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report, as it stands. `action`: the last one's code, and when it was taken."""

    report_id: ReportId
    received_at: datetime
    hotline: HotlineId
    status: ReportStatus
    classification: int
    action: int | None
    acted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """One reason. `shared`: what they have in common, as text (hosts, a pattern; of payments the codes as
    `site:method,…`). `reports`: how many others, `earlier` of them received before it; of `is_more` at
    least so many. `decided`: classifications as seen, and how many have each.
    """

    because: Because
    shared: tuple[str, ...]
    reports: int
    earlier: int
    is_more: bool
    decided: tuple[tuple[int, int], ...]
    undecided: int
    examples: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """All reasons, the most telling first. `is_whole`: every report has been compared."""

    report_id: ReportId
    reasons: tuple[Remembered, ...]
    is_whole: bool


def most_telling_first(reasons: Iterable[Remembered]) -> tuple[Remembered, ...]:
    """The reasons in the order in which a person wants them."""
    order = list(Because)
    return tuple(sorted(reasons, key=lambda one: (one.is_more, order.index(one.because))))
