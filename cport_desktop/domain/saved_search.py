"""A search that is kept: by one analyst for themselves, or by the unit for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import AnalystId

LONGEST_NAME: Final = 80
"""Letters; a name stands on the rail."""

MOST_KEPT: Final = 500
"""Searches of one analyst, or of the unit; more would be found by nobody."""

MOST_NEW: Final = 999
"""What is new is counted so far; beyond it only said."""


class SearchSubject(StrEnum):
    REPORTS = "reports"
    MEDIA = "media"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What is asked, and how. `text` is kept as it was typed, understood or not; `sort` as on the
    command line (`-received`).
    """

    name: str
    text: str
    subject: SearchSubject = SearchSubject.REPORTS
    sort: str = "-received"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`place`: on the rail, counted from 1; None where it is not pinned. `looked_at`: the number of
    the latest arrival when this analyst last looked; 0 if they never did.
    """

    search_id: str
    terms: SearchTerms
    is_units: bool
    place: int | None
    looked_at: int

    @property
    def name(self) -> str:
        return self.terms.name


@dataclass(frozen=True, slots=True)
class RemovedSearch:
    """What a search was that is kept no more, and what it takes to keep it again. `made_at`: microseconds;
    `looks`: the number of the latest arrival when each analyst last looked.
    """

    search: SavedSearch
    made_at: int
    looks: tuple[tuple[AnalystId, int], ...]


@dataclass(frozen=True, slots=True)
class NewSince:
    """How much is new since somebody last looked. `count` is None where it cannot be told, because the
    text is not understood any more or the agreement keeps it back: `fault` has the code of the error.
    `is_more`: at least so many.
    """

    count: int | None
    is_more: bool = False
    fault: str = ""
