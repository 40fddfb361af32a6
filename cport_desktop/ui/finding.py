"""What the window may ask for about finding: names for completion, and searches that are kept.

`Finding` belongs to an open vault and is filled by `ui.finding_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cport_desktop.domain.query import Field
from cport_desktop.domain.query_completion import Named
from cport_desktop.domain.saved_search import NewSince, RemovedSearch, SavedSearch, SearchTerms


@dataclass(frozen=True, slots=True)
class SearchOrder:
    """What is to be kept. `is_units`: for all; `replaces`: in the place of one of this name."""

    terms: SearchTerms
    is_units: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class BroughtLine:
    """What became of a file of searches."""

    kept: int
    renamed: int
    duplicates: int
    unread: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Searches are named by their ids."""

    names: Callable[[], Mapping[Field, tuple[Named, ...]]]
    searches: Callable[[], tuple[SavedSearch, ...]]
    save: Callable[[SearchOrder], SavedSearch]
    rename: Callable[[str, str], SavedSearch]
    remove: Callable[[str], RemovedSearch]
    put_back: Callable[[RemovedSearch], SavedSearch]
    """The way back of `remove`."""
    pin: Callable[[str, int | None], tuple[SavedSearch, ...]]
    """(…, place from 1 on, or None for nowhere)."""
    look: Callable[[str], SavedSearch]
    """From now on only what comes later is new."""
    new_since: Callable[[SavedSearch], NewSince]
    export: Callable[[Path], int]
    """All of them, into a new file, in the clear."""
    bring: Callable[[Path], BroughtLine]
    """Those of a file, for oneself."""
    may_keep_for_unit: bool


@dataclass(slots=True)
class NameBook:
    """Names that completion knows, as far as they have arrived."""

    by_field: Mapping[Field, tuple[Named, ...]] = field(default_factory=dict)

    def names(self, wanted: Field) -> Sequence[Named]:
        return self.by_field.get(wanted, ())

    def learn(self, found: Mapping[Field, tuple[Named, ...]]) -> None:
        self.by_field = found
