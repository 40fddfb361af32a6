"""What a writer carried and what it could not: counted while it is written, never lost silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.domain.listed import ListedEntry, ListHead, Lost, Source

_PIECE: Final = 1 << 16
"""Bytes that are handed on together."""

ENTRY: Final = "entry"
"""The entry as a whole: it has no digest that the format knows."""
REMOVED: Final = "removed"
"""That an entry is on the list no more."""
NAME_CHANGED: Final = "name_changed"
GUARDED: Final = "guarded"
"""A text stands behind an apostrophe, since a spreadsheet would take it for a formula."""
DIGEST: Final = "digest:"
"""Before the word of an algorithm."""
REGION: Final = "region"
"""Of which region a category is; a category that is carried without it is no statement of any region."""

FIELDS: Final = (
    *("name", "size", "media_type", "category", "quality", "classification", "source"),
    *("feedback", "more"),
)
"""What an entry may have beside digests, by the names of `ListedEntry`."""


@dataclass(slots=True)
class Tally:
    """`entries` were written, `removed` of them as removed."""

    entries: int = 0
    removed: int = 0
    _lost: Counter[str] = field(default_factory=Counter)

    def wrote(self, entry: ListedEntry) -> None:
        self.entries += 1
        self.removed += entry.is_removed

    def lose(self, what: str) -> None:
        self._lost[what] += 1

    def lose_rest(
        self, entry: ListedEntry, *, digests: Collection[str], fields: Collection[str]
    ) -> None:
        """All that this entry has and a format with these digests and fields has not."""
        for word, _ in entry.digests:
            if word not in digests:
                self.lose(f"{DIGEST}{word}")
        for name in FIELDS:
            if name not in fields and getattr(entry, name) not in (None, ()):
                self.lose(name)

    def lose_region(self, head: ListHead, entry: ListedEntry) -> None:
        """The category of this entry leaves, and not of which region it is."""
        if entry.category is not None and head.category_region:
            self.lose(REGION)

    @property
    def lost(self) -> tuple[Lost, ...]:
        """By their words."""
        return tuple(Lost(what, self._lost[what]) for what in sorted(self._lost))


Write = Callable[[ListHead, Source, Tally], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A format that lists leave in. `suffix`: of a file's name; `tells_removed`: whether a difference can
    say what is on a list no more.
    """

    name: str
    suffix: str
    write: Write
    tells_removed: bool


def standing(source: Source, tally: Tally) -> Iterator[ListedEntry]:
    """Entries that are on the list, of a format that can say nothing else."""
    for entry in source():
        if entry.is_removed:
            tally.lose(REMOVED)
        else:
            yield entry


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)
