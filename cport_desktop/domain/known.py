"""Known material: hash lists, what is on them, and what a content's being on one means.

A list is positive, or negative: what is on a negative one is known to be harmless and needs no look.
A hit ties a content to an entry; it stands until the entry, or its list, is withdrawn or corrected.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from cport_desktop.domain.likeness import Turn


class Algorithm(IntEnum):
    """By which digests contents are found on lists. The numbers are kept."""

    MD5 = 0
    SHA1 = 1
    SHA256 = 2
    PDQ = 3
    VPDQ = 4
    """PDQ digests of the frames of a video, with commas between them."""

    @property
    def word(self) -> str:
        """As lists and people write it."""
        return self.name.lower()


EXACT: Final = (Algorithm.MD5, Algorithm.SHA1, Algorithm.SHA256)
"""These are of the bytes; the others are of what is seen."""

DIGEST_BYTES: Final = {
    Algorithm.MD5: 16,
    Algorithm.SHA1: 20,
    Algorithm.SHA256: 32,
    Algorithm.PDQ: 32,
    Algorithm.VPDQ: 32,
}

EMPTY_INPUT: Final = frozenset(
    {
        hashlib.md5(usedforsecurity=False).digest(),
        hashlib.sha1(usedforsecurity=False).digest(),
        hashlib.sha256().digest(),
    }
)
"""Digests of nothing at all: every empty file has them, so no list means them (domain.md 4.7)."""

OWN_LIST_MARK: Final = "_"
"""Lists that were read in here have names that begin so; no portal's list can."""

LONGEST_LIST_TEXT: Final = 512
"""Characters of the name, the version or the source of a list that a person types."""


MADE_HERE: Final = "made"
"""The format of a list that no file is behind: it was made here of contents."""


class ListOrigin(StrEnum):
    PORTAL = "portal"
    FILE = "file"


class EndedBy(StrEnum):
    """Why a hit stands no more."""

    ENTRY_WITHDRAWN = "entry_withdrawn"
    ENTRY_CORRECTED = "entry_corrected"
    LIST_WITHDRAWN = "list_withdrawn"


@dataclass(frozen=True, slots=True)
class KnownList:
    """A hash list as it is here. `entries` stand; `contents` have a standing hit on it."""

    number: int
    list_id: str
    origin: ListOrigin
    name: str
    version: str
    source: str
    handling: str | None
    is_negative: bool
    made_at: datetime | None
    arrived_at: datetime
    file_sha256: str | None
    format: str | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    entries: int
    entries_withdrawn: int
    contents: int

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    @property
    def way(self) -> str:
        """How it came here: a word of `ListOrigin`, or `made`."""
        return MADE_HERE if self.format == MADE_HERE else self.origin.value


@dataclass(frozen=True, slots=True)
class Found:
    """What matching found, before it is on record. `sha256`: of the content, as announced (hex)."""

    sha256: str
    entry: int
    algorithm: Algorithm
    distance: int = 0
    turn: int = 0
    share: int | None = None
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class SaidHere:
    """One person's word on an entry: `confirm` or `dispute`, and why."""

    word: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """Why a content is known: the entry that it matches, and the list that this is on.

    `distance` in bits, 0 for digests of bytes; `turn`: the way round in which the picture matched;
    `share`: percent of a video's frames; `quality` of the content's own digest, `entry_quality` that
    of the entry's. `feedback`: pairs of a word and how many gave it. `classification` is a code;
    `category` is one too, of the list's own, which means something in `category_region` only.
    """

    list_id: str
    list_name: str
    list_version: str
    list_source: str
    is_negative: bool
    entry_id: str
    entry_name: str | None
    entry_source: str | None
    entry_quality: int | None
    classification: int | None
    feedback: tuple[tuple[str, int], ...]
    algorithm: Algorithm
    distance: int
    turn: Turn
    share: int | None
    quality: int | None
    found_at: datetime
    ended_at: datetime | None
    ended_by: EndedBy | None
    ended_reason: str | None
    category: str | None = None
    category_region: str | None = None
    said: tuple[SaidHere, ...] = ()
    """What people here said of the entry, the newest first."""

    @property
    def is_standing(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Known:
    """What lists say of a content now, in one word: `lists` of the side that counts, by name.

    `is_harmless`: only negative lists have it. A positive list outweighs all negative ones.
    `distance`: of the nearest hit that counts; 0 where the bytes themselves are on a list.
    """

    is_harmless: bool
    lists: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class HitTally:
    """What a change of contents or lists came to: hits that are new, and hits that ended."""

    new: int = 0
    ended: int = 0

    def __add__(self, other: HitTally) -> HitTally:
        return HitTally(self.new + other.new, self.ended + other.ended)
