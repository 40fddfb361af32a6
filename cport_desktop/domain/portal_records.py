"""What the portal tells of beside reports: hash lists and their entries, decisions about domains.

These are the portal's words about things that others keep. What this station makes of them
(matching, its own suggestions) lies elsewhere. Words of lists that belong to others (states,
algorithms) are plain text: one that this version does not know is kept and shown as it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class HashList:
    """A list of digests as its owner publishes it. `source`: the body that answers for it.

    `handling`: licence, or how it may be used. `count`: entries of this version, as stated.
    `is_negative`: what is on it is known to be harmless.
    """

    list_id: str
    name: str
    version: str
    source: str
    handling: str | None
    created_at: datetime
    algorithms: tuple[str, ...]
    count: int
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class HashListEntry:
    """One known file: `digests` are pairs of algorithm and digest (hex in lower case, where the
    algorithm is known here).

    `quality`: of a perceptual digest, 0 to 100. `classification`: a code of the taxonomy. `source`:
    who contributed it. `feedback`: pairs of a word and how many gave it.
    """

    list_id: str
    entry_id: str
    digests: tuple[tuple[str, str], ...]
    quality: int | None
    classification: int | None
    source: str | None
    feedback: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class IwolDecision:
    """What was decided about a domain, by which version of the criteria."""

    domain: str
    state: str
    criteria_version: str
    decided_by: str
    decided_at: datetime
    note: str | None


_BETWEEN: Final = "/"


def entry_reference(list_id: str, entry_id: str) -> str:
    """How an entry is named among all: `LIST/ENTRY`, so that a withdrawn one tells its list."""
    return f"{list_id}{_BETWEEN}{entry_id}"


def list_of_entry(reference: str) -> str | None:
    """The list of an entry that is named so; None if it is not named so."""
    list_id, between, entry_id = reference.partition(_BETWEEN)
    return list_id if between and list_id and entry_id else None
