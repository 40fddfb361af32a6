"""A case as somebody looks at it: its moments, or what its reports share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.case import Case, Moment
from cport_desktop.domain.case_links import CaseLinks

MOST_MOMENTS: Final = 1_000
"""The newest of a case that a picture shows."""


@dataclass(frozen=True, slots=True)
class CaseTime:
    """The newest moments of a case, the newest first. `is_whole`: there are no others."""

    case: Case
    moments: tuple[Moment, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """The links of a case."""

    case: Case
    links: CaseLinks
