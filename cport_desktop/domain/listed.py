"""Entries of a hash list as they leave: what one says of a file, and what the list says of itself.

A list leaves whole, or as the difference since one of its versions: what came to be on it, and what
is on it no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One known file. `digests`: pairs of an algorithm's word and a digest, hex in lower case where the
    algorithm is known here; frames of a video as one text with commas between them.

    `size` in bytes; `category`: the code as its file has it, never converted; `quality` of its
    perceptual digest, 0 to 100; `classification` a code of the taxonomy; `feedback` pairs of a word and
    how many gave it; `more` what else its list said, as pairs. `is_removed`: it is on the list no more.
    """

    entry_id: str
    digests: tuple[tuple[str, str], ...]
    name: str | None = None
    size: int | None = None
    media_type: str | None = None
    category: str | None = None
    quality: int | None = None
    classification: int | None = None
    source: str | None = None
    feedback: tuple[tuple[str, int], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    is_removed: bool = False

    def digest(self, word: str) -> str | None:
        """Its digest by that algorithm."""
        return next((text for known, text in self.digests if known == word), None)


@dataclass(frozen=True, slots=True)
class ListHead:
    """What is said of a list that leaves. `dated`: when this version was made, or came here.

    `since`: the version from which a difference is told; None for the whole list. `category_region`:
    whose numbers its categories are; None where nobody said.
    """

    list_id: str
    name: str
    version: str
    source: str
    handling: str | None
    is_negative: bool
    dated: datetime
    is_synthetic: bool
    since: str | None = None
    category_region: str | None = None

    @property
    def is_difference(self) -> bool:
        return self.since is not None


Source = Callable[[], Iterator[ListedEntry]]
"""All entries in their order, as often as they are asked for: some formats name them twice."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What a format could not carry: a word of `words.hash_list_export.LOST`, of how many entries."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A list that left. `entries` are in the file, `removed` of them as removed."""

    sha256: str
    size: int
    entries: int
    removed: int
    lost: tuple[Lost, ...]
    manifest_sha256: str
    signer: str | None
