"""How a list of blocked domains that was received as a file differs from what is known here of the list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cport_desktop.domain.dossier import Standing
from cport_desktop.domain.suggested_domain import DomainRule


class Side(StrEnum):
    """On which a domain stands; each is a sentence of `words.list_differences`."""

    ONLY_THERE = "only_there"
    """In the file, and the portal has not told here that it is listed."""
    ONLY_HERE = "only_here"
    """The portal told that it is listed, and the file has it not."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """One domain. `decided`: the word of the portal's decision; `reports`: about it here."""

    domain: str
    side: Side
    decided: str | None
    dossier: Standing | None
    reports: int


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A line that names nothing that could be blocked."""

    line: int
    rule: DomainRule


@dataclass(frozen=True, slots=True)
class DomainLines:
    """What a file holds. `unlisted`: the first lines that name no domain, of `unlisted_count`."""

    domains: frozenset[str]
    doubled: int
    unlisted: tuple[Unlisted, ...]
    unlisted_count: int


@dataclass(frozen=True, slots=True)
class ListCompared:
    """All of a comparison. `rows`: those that differ first, by name; `sha256`: of the file."""

    sha256: str
    lines: DomainLines
    only_there: int
    only_here: int
    both: int
    rows: tuple[Difference, ...]
